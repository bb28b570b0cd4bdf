// Package releases names the Kubernetes releases that the tables are generated from, and fetches their sources.
package releases

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

// Release is the release that stands for one minor version.
type Release struct {
	Minor   int
	Version string
}

// All lists one release per supported minor version, oldest first.
var All = []Release{
	{29, "v1.29.6"},
	{30, "v1.30.14"},
	{31, "v1.31.14"},
	{32, "v1.32.13"},
	{33, "v1.33.13"},
	{34, "v1.34.4"},
	{35, "v1.35.8"},
	{36, "v1.36.4"},
	{37, "v1.37.1"},
}

// SourceDir downloads the module k8s.io/kubernetes at this release, unless the module cache has it already, and
// returns the folder that holds it.
func (r Release) SourceDir() (string, error) {
	return ModuleDir("k8s.io/kubernetes", r.Version)
}

// ModuleDir downloads a version of a module, unless the module cache has it already, and returns the folder that
// holds it.
func ModuleDir(path, version string) (string, error) {
	command := exec.Command("go", "mod", "download", "-json", path+"@"+version)
	command.Stderr = os.Stderr
	output, err := command.Output()
	var module struct{ Dir, Error string }
	if decodeErr := json.Unmarshal(output, &module); decodeErr != nil {
		return "", fmt.Errorf("go mod download %s@%s: %w", path, version, err)
	}
	if module.Error != "" {
		return "", fmt.Errorf("go mod download %s@%s: %s", path, version, module.Error)
	}
	return module.Dir, err
}
