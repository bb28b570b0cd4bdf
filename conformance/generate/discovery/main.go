// Command discovery writes the discovery tables: which groups, versions, resources and subresources the API server
// of each Kubernetes minor version serves.
//
//	go run ./discovery ../../core/data/discovery
//
// The source is the discovery documents that every Kubernetes release carries in api/discovery. They were recorded
// from an API server with every API and every feature gate switched on, so which of those an API server serves
// when nobody passes flags is read from two Go files of the same release (see defaults.go).
package main

import (
	"log"
	"os"
	"path/filepath"

	"kubelogic.example/generate/releases"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./discovery OUTPUT-FOLDER")
	}
	folder := os.Args[1]

	groups := newTable("position", "group", "versions")
	resources := newTable("default", "group", "version", "resource", "singular", "kind", "scope", "verbs",
		"short-names", "categories")
	for _, release := range releases.All {
		source, err := release.SourceDir()
		if err != nil {
			log.Fatal(err)
		}
		if err := addRelease(release, source, groups, resources); err != nil {
			log.Fatalf("%s: %v", release.Version, err)
		}
	}

	if err := os.MkdirAll(folder, 0o755); err != nil {
		log.Fatal(err)
	}
	// Groups read best in their order of preference, resources in the order of their names.
	if err := groups.write(filepath.Join(folder, "groups.tsv"), nil); err != nil {
		log.Fatal(err)
	}
	if err := resources.write(filepath.Join(folder, "resources.tsv"), []int{1, 2, 3}); err != nil {
		log.Fatal(err)
	}
}
