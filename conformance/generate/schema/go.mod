module kubelogic.example/generate/schema

go 1.26

require kubelogic.example/generate v0.0.0

replace kubelogic.example/generate => ..
