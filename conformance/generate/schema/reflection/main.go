// Command reflection prints what one Kubernetes minor version decodes: every kind that is registered in its schemes,
// and the fields of every type below them, as JSON on standard output.
//
// It is built by the program in the folder above, once for each minor version, beside a generated file that lists the
// packages of that version (the variable `registrations`).
package main

import (
	"encoding/json"
	"log"
	"os"
	"reflect"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
)

// registration is a package that registers kinds.
type registration struct {
	source string // "api" or "configuration"
	add    func(*runtime.Scheme) error
}

// Kind is a registered kind.
type Kind struct{ Group, Version, Kind, Type, Source string }

// Type is a struct.
type Type struct {
	Name string
	// Atomic is true when server-side apply replaces it as a whole.
	Atomic bool `json:",omitempty"`
	Fields []Field
	// Document is the name of its OpenAPI schema; empty when it has none.
	Document string
}

func main() {
	log.SetFlags(0)
	types := newTypes()
	var kinds []Kind
	for _, one := range registrations {
		scheme := runtime.NewScheme()
		if err := one.add(scheme); err != nil {
			log.Fatal(err)
		}
		for known, goType := range scheme.AllKnownTypes() {
			if known.Version == runtime.APIVersionInternal || everywhere(known.Kind) && known.Group != "" {
				continue
			}
			expression := types.expression(goType)
			kinds = append(kinds, Kind{known.Group, known.Version, known.Kind, expression, one.source})
		}
	}
	order := func(a, b Kind) int {
		return slices.Compare([]string{a.Group, a.Version, a.Kind, a.Source, a.Type}, []string{b.Group, b.Version, b.Kind, b.Source, b.Type})
	}
	slices.SortFunc(kinds, order)
	// Every package registers a few kinds of meta/v1 too; "api" comes first.
	kinds = slices.CompactFunc(kinds, func(a, b Kind) bool {
		return a.Group == b.Group && a.Version == b.Version && a.Kind == b.Kind && a.Type == b.Type
	})
	for i := range kinds[1:] {
		a, b := kinds[i], kinds[i+1]
		if a.Group == b.Group && a.Version == b.Version && a.Kind == b.Kind {
			log.Fatalf("%s and %s are the same kind", a, b)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(map[string]any{"Kinds": kinds, "Types": types.all()}); err != nil {
		log.Fatal(err)
	}
}

// everywhere names the kinds that are registered in every group version beside those of the group; the core group
// keeps them.
func everywhere(kind string) bool {
	switch kind {
	case "WatchEvent", "ListOptions", "GetOptions", "DeleteOptions", "CreateOptions", "UpdateOptions", "PatchOptions", "ExportOptions":
		return true
	}
	return false
}

// shortName is the name of a type with as much of its package's path as tells packages apart.
func shortName(goType reflect.Type) string {
	path := goType.PkgPath()
	if _, rest, found := strings.Cut(path, "/apis/"); found {
		path = rest
	}
	for _, prefix := range []string{"k8s.io/api/", "k8s.io/client-go/tools/", "k8s.io/apimachinery/pkg/", "k8s.io/apiserver/pkg/", "k8s.io/"} {
		path = strings.TrimPrefix(path, prefix)
	}
	path = strings.TrimPrefix(path, "config/apis/")
	// kubeadm/v1beta4 and not apis/kubeadm/v1beta4.
	if _, rest, found := strings.Cut(path, "apis/"); found {
		path = rest
	}
	return path + "." + goType.Name()
}
