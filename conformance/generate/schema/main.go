// Command schema writes the schema tables: the kinds that each Kubernetes minor version registers, and the fields of
// every type below them.
//
//	go run . ../../../core/data/schema
//
// What a type holds is what Go's reflection finds in the types that the real decoders fill (see reflection). The
// OpenAPI definitions of the same release add what Go's types do not say: what is required, formats, enumerations, list
// types and defaults. They must agree with the OpenAPI documents that the release carries in api/openapi-spec/v3.
// The folder `custom` holds the same tables for the custom resources of a few projects, from their definitions.
package main

import (
	"log"
	"os"
	"path/filepath"
	"strings"

	"kubelogic.example/generate/releases"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run . OUTPUT-FOLDER")
	}
	folder := os.Args[1]
	builtIn := newTables()
	for _, release := range releases.All {
		source, err := release.SourceDir()
		if err != nil {
			log.Fatal(err)
		}
		found, err := reflect(release, source)
		if err != nil {
			log.Fatal(err)
		}
		forgetRequired(found)
		if err := builtIn.add(release.Minor, release.Minor, found); err != nil {
			log.Fatalf("%s: %v", release.Version, err)
		}
		types, properties, err := checkDocuments(source, found)
		if err != nil {
			log.Fatalf("%s: %v", release.Version, err)
		}
		log.Printf("%s: %d kinds, %d types, of which %d with %d fields agree with the OpenAPI documents",
			release.Version, len(found.Kinds), len(found.Types), types, properties)
	}
	if err := builtIn.write(folder); err != nil {
		log.Fatal(err)
	}

	// Custom resources do not depend on the version of Kubernetes.
	found, err := customFacts()
	if err != nil {
		log.Fatal(err)
	}
	custom := newTables()
	if err := custom.add(releases.All[0].Minor, releases.All[len(releases.All)-1].Minor, found); err != nil {
		log.Fatal(err)
	}
	log.Printf("custom resources: %d kinds, %d types", len(found.Kinds), len(found.Types))
	if err := custom.write(filepath.Join(folder, "custom")); err != nil {
		log.Fatal(err)
	}
}

// forgetRequired takes what is required from types that only configuration files use: their OpenAPI definitions call
// every field required that Go writes even when it is empty, and nothing ever holds a file against them.
func forgetRequired(found *facts) {
	types := map[string]*structure{}
	for i := range found.Types {
		types[found.Types[i].Name] = &found.Types[i]
	}
	served := map[string]bool{}
	var mark func(expression string)
	mark = func(expression string) {
		name := expression[strings.LastIndexAny(expression, "]*")+1:]
		one := types[name]
		if one == nil || served[name] {
			return
		}
		served[name] = true
		for _, field := range one.Fields {
			mark(field.Type)
		}
	}
	for _, kind := range found.Kinds {
		if kind.Source == "api" {
			mark(kind.Type)
		}
	}
	for name, one := range types {
		for i := range one.Fields {
			one.Fields[i].Required = one.Fields[i].Required && served[name]
		}
	}
}
