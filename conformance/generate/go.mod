module kubelogic.example/generate

go 1.26
