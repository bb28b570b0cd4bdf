// The module root. Every build names the module file of one Kubernetes minor:
// go build -modfile=versions/1.37.mod ./light
module kubelogic/conformance/oracle

go 1.22.0
