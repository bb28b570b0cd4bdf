// These files are copied into a module that is made for one Kubernetes minor version; see ../build.go.
module kubelogic.example/generate/schema/reflection

go 1.26
