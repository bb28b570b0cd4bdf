// The module root. Every build names the module file of one Kubernetes minor:
// go build -modfile=versions/1.37.mod .
module kubelogic/conformance/oracle/kubelet

go 1.22.0
