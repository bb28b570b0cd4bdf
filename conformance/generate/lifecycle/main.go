// Command lifecycle writes the table of API types: in which release each was introduced, deprecated and removed, and
// what replaces it.
//
//	go run ./lifecycle ../../core/data/lifecycle.tsv
//
// The source is what the Go types say of themselves: their methods APILifecycleIntroduced, -Deprecated, -Removed and
// -Replacement in k8s.io/api, k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator. Types that were deleted before
// the oldest supported minor come from the releases that still had them; their rows end before that minor. Some that
// never said anything of themselves are listed in documented.go.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"kubelogic.example/generate/releases"
)

// before lists one release of k8s.io/api for each minor that is older than the supported ones and has such methods.
var before = []struct {
	minor   int
	version string
}{
	{19, "v0.19.16"},
	{20, "v0.20.15"},
	{21, "v0.21.14"},
	{22, "v0.22.17"},
	{23, "v0.23.17"},
	{24, "v0.24.17"},
	{25, "v0.25.16"},
	{26, "v0.26.15"},
	{27, "v0.27.16"},
	{28, "v0.28.15"},
}

// modules holds the modules that API types are in, and where in them.
var modules = []struct{ path, folder string }{
	{"k8s.io/api", ""},
	{"k8s.io/apiextensions-apiserver", "pkg/apis"},
	{"k8s.io/kube-aggregator", "pkg/apis"},
}

// instead names another patch release where the public module proxy does not have the one of that minor.
var instead = map[string]string{"k8s.io/kube-aggregator@v0.31.14": "v0.31.10"}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./lifecycle OUTPUT-FILE")
	}
	t := &table{}
	for _, old := range before {
		types, err := read("k8s.io/api", old.version, "")
		if err != nil {
			log.Fatal(err)
		}
		t.add(old.minor, types)
	}
	for _, release := range releases.All {
		for _, module := range modules {
			version := strings.Replace(release.Version, "v1.", "v0.", 1)
			if other, found := instead[module.path+"@"+version]; found {
				version = other
			}
			types, err := read(module.path, version, module.folder)
			if err != nil {
				log.Fatal(err)
			}
			t.add(release.Minor, types)
		}
	}
	t.keepDeleted(releases.All[0].Minor)
	t.rows = append(t.rows, documented...)
	if err := t.write(os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

// read finds the API types of a module with what they say of themselves.
func read(module, version, folder string) ([]apiType, error) {
	source, err := releases.ModuleDir(module, version)
	if err != nil {
		return nil, err
	}
	// One folder for each version of a group.
	folders, err := filepath.Glob(filepath.Join(source, folder, "*", "v*"))
	if err != nil {
		return nil, err
	}
	var types []apiType
	for _, version := range folders {
		found, err := readFolder(version)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", version, err)
		}
		types = append(types, found...)
	}
	if len(types) == 0 {
		return nil, fmt.Errorf("%s@%s: no type says anything of itself", module, version)
	}
	return types, nil
}

// table holds rows that are valid for a range of minors.
type table struct{ rows []row }

type row struct {
	since, until int
	apiType
}

// add records the types of one minor. Minors must come in ascending order.
func (t *table) add(minor int, types []apiType) {
	for _, found := range types {
		known := slices.IndexFunc(t.rows, func(r row) bool { return r.apiType == found && r.until == minor-1 })
		if known >= 0 {
			t.rows[known].until = minor
		} else {
			t.rows = append(t.rows, row{minor, minor, found})
		}
	}
}

// keepDeleted drops what was said before a minor of types that still were there in it, or that had a newer row
// before it.
func (t *table) keepDeleted(minor int) {
	later := map[string]int{}
	for _, r := range t.rows {
		later[r.name()] = max(later[r.name()], r.until)
	}
	t.rows = slices.DeleteFunc(t.rows, func(r row) bool { return r.until < minor && later[r.name()] > r.until })
	for i := range t.rows {
		// How far back a row reaches is of no use before the oldest supported minor.
		if t.rows[i].until >= minor {
			t.rows[i].since = max(t.rows[i].since, minor)
		}
	}
}

func (t *table) write(path string) error {
	slices.SortStableFunc(t.rows, func(a, b row) int {
		if order := strings.Compare(a.name(), b.name()); order != 0 {
			return order
		}
		return a.since - b.since
	})
	var text strings.Builder
	text.WriteString("since\tuntil\tgroup\tversion\tkind\tintroduced\tdeprecated\tremoved\treplacement\n")
	for _, r := range t.rows {
		fmt.Fprintf(&text, "%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.since, r.until, r.group, r.version, r.kind,
			r.introduced, r.deprecated, r.removed, r.replacement)
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}
