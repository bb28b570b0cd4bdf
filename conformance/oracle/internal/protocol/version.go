package protocol

import (
	"runtime/debug"
	"strings"
)

// Module is one dependency of the running binary as the linker recorded it.
type Module struct {
	Path    string `json:"path"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

// LinkedModule finds a module the binary was linked with. Replacements are
// resolved, because that is the code that runs.
func LinkedModule(path string) (Module, bool) {
	information, ok := debug.ReadBuildInfo()
	if !ok {
		return Module{}, false
	}
	for _, dependency := range information.Deps {
		if dependency.Path != path {
			continue
		}
		if dependency.Replace != nil {
			dependency = dependency.Replace
		}
		return Module{Path: dependency.Path, Version: dependency.Version, Hash: dependency.Sum}, true
	}
	return Module{}, false
}

// KubeVersion is the Kubernetes version whose code this binary holds, such as
// 1.37.1. Staging modules carry it as v0.37.1.
func KubeVersion() string {
	linked, ok := LinkedModule("k8s.io/apimachinery")
	if !ok {
		return "unknown"
	}
	return "1." + strings.TrimPrefix(linked.Version, "v0.")
}

// KubeMinor is KubeVersion without the patch number, such as 1.37.
func KubeMinor() string {
	return minorOf(KubeVersion())
}

func minorOf(version string) string {
	parts := strings.Split(strings.TrimPrefix(version, "v"), ".")
	if len(parts) < 2 {
		return version
	}
	return parts[0] + "." + parts[1]
}

func versionMismatch(wanted string) *Error {
	if wanted == "" || minorOf(wanted) == KubeMinor() {
		return nil
	}
	return Errorf("version-unsupported", "this oracle is built from %s, not %s", KubeVersion(), wanted)
}
