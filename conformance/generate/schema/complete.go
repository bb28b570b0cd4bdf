package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var versionFolder = regexp.MustCompile(`^v[0-9]+((alpha|beta)[0-9]+)?$`)

// checkComplete fails when a release registers kinds in a package that is not listed, so that a new one is not missed.
func checkComplete(sources map[string]string, listed map[string]bool) error {
	var missing []string
	for module, source := range sources {
		switch module {
		case "k8s.io/api", "k8s.io/sample-apiserver", "k8s.io/sample-controller", "k8s.io/code-generator", "k8s.io/sample-cli-plugin":
			// The scheme of client-go has the packages of k8s.io/api.
			continue
		}
		err := filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "test" || entry.Name() == "testing") {
				return filepath.SkipDir
			}
			folder := filepath.Dir(path)
			if entry.Name() != "register.go" || !versionFolder.MatchString(filepath.Base(folder)) || listed[folder] {
				return nil
			}
			for part := range unlisted {
				if strings.Contains(filepath.ToSlash(path), part) {
					return nil
				}
			}
			content, err := os.ReadFile(path)
			if err == nil && strings.Contains(string(content), "AddKnownTypes(") {
				missing = append(missing, module+strings.TrimPrefix(folder, source))
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("packages that register kinds and are not listed: %s", strings.Join(missing, ", "))
	}
	return nil
}
