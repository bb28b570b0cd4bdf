package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"kubelogic.example/generate/releases"
)

// goModule is what `go mod edit -json` and `go mod download -json` say.
type goModule struct {
	Go      string
	Godebug []struct{ Key, Value string }
	Require []struct{ Path, Version string }
	Replace []struct {
		Old, New struct{ Path, Version string }
	}
}

// reflect builds the program in the folder `reflection` with the modules of one release, and returns what it prints.
//
// The versions of all modules are those of the release's own go.mod, with its staging modules taken from where they
// are published.
func reflect(release releases.Release, source string) (*facts, error) {
	folder, err := os.MkdirTemp("", "kubelogic-schema-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if err := writeModule(folder, release, source); err != nil {
		return nil, err
	}
	command := exec.Command("go", "run", "-mod=mod", ".")
	command.Dir = folder
	command.Env = append(os.Environ(), "GOWORK=off")
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("reflecting on %s: %w", release.Version, err)
	}
	var found facts
	if err := json.Unmarshal(output, &found); err != nil {
		return nil, err
	}
	return &found, nil
}

func writeModule(folder string, release releases.Release, source string) error {
	output, err := exec.Command("go", "mod", "edit", "-json", filepath.Join(source, "go.mod")).Output()
	if err != nil {
		return err
	}
	var upstream goModule
	if err := json.Unmarshal(output, &upstream); err != nil {
		return err
	}
	published := strings.Replace(release.Version, "v1.", "v0.", 1)
	var text strings.Builder
	fmt.Fprintf(&text, "module kubelogic.example/reflection\n\ngo 1.26\n\n")
	fmt.Fprintf(&text, "require k8s.io/kubernetes %s\n", release.Version)
	staging := map[string]bool{}
	for _, replaced := range upstream.Replace {
		if strings.HasPrefix(replaced.New.Path, "./staging/") {
			staging[replaced.Old.Path] = true
			fmt.Fprintf(&text, "replace %s => %s %s\n", replaced.Old.Path, replaced.Old.Path, published)
		}
	}
	for _, required := range upstream.Require {
		// Other staging modules are found through k8s.io/kubernetes if they are needed at all.
		if !staging[required.Path] || needed(required.Path) {
			fmt.Fprintf(&text, "require %s %s\n", required.Path, required.Version)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "go.mod"), []byte(text.String()), 0o644); err != nil {
		return err
	}
	sums, err := os.ReadFile(filepath.Join(source, "go.sum"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "go.sum"), sums, 0o644); err != nil {
		return err
	}
	programs, err := filepath.Glob("reflection/*.go")
	if err != nil {
		return err
	}
	for _, program := range programs {
		content, err := os.ReadFile(program)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(program)), content, 0o644); err != nil {
			return err
		}
	}
	sources := map[string]string{"k8s.io/kubernetes": source}
	for module := range staging {
		if !needed(module) {
			continue
		}
		if sources[module], err = moduleSource(module, published); err != nil {
			return err
		}
	}
	return writeRegistrations(filepath.Join(folder, "registrations.go"), sources)
}

// needed tells whether a listed package is in a module.
func needed(module string) bool {
	for _, one := range packages {
		if strings.HasPrefix(one.path, module+"/") {
			return true
		}
	}
	return false
}

// moduleSource downloads a module and returns its folder.
func moduleSource(module, version string) (string, error) {
	output, err := exec.Command("go", "mod", "download", "-json", module+"@"+version).Output()
	var answer struct{ Dir, Error string }
	if decodeErr := json.Unmarshal(output, &answer); decodeErr != nil {
		return "", fmt.Errorf("go mod download %s@%s: %w", module, version, err)
	}
	if answer.Error != "" {
		return "", fmt.Errorf("go mod download %s@%s: %s", module, version, answer.Error)
	}
	return answer.Dir, nil
}

// writeRegistrations writes the Go file that lists the packages of this release.
func writeRegistrations(path string, sources map[string]string) error {
	var imports, entries strings.Builder
	listed := map[string]bool{}
	for i, one := range packages {
		module, folder := "", ""
		for candidate, source := range sources {
			if strings.HasPrefix(one.path, candidate+"/") {
				module, folder = candidate, filepath.Join(source, strings.TrimPrefix(one.path, candidate))
			}
		}
		if module == "" {
			return fmt.Errorf("no module has %s", one.path)
		}
		if _, err := os.Stat(folder); err != nil {
			continue
		}
		listed[folder] = true
		add := "AddToScheme"
		if strings.HasSuffix(one.path, "/meta/v1") {
			add = "AddMetaToScheme"
		}
		fmt.Fprintf(&imports, "\tp%d %q\n", i, one.path)
		fmt.Fprintf(&entries, "\t{%q, p%d.%s},\n", one.source, i, add)
	}
	if err := checkComplete(sources, listed); err != nil {
		return err
	}
	text := "package main\n\nimport (\n" + imports.String() + ")\n\nvar registrations = []registration{\n" + entries.String() + "}\n"
	return os.WriteFile(path, []byte(text), 0o644)
}
