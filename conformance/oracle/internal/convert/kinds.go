package convert

import (
	"reflect"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// family is the versions of one kind: those that convert to the same internal
// type.
type family struct {
	internal reflect.Type
	kinds    []schema.GroupVersionKind
}

// families lists every kind that has more than one version, by its name.
func families() []family {
	internal := map[reflect.Type]*family{}
	for kind, type_ := range scheme.AllKnownTypes() {
		if kind.Version != runtime.APIVersionInternal || strings.HasSuffix(kind.Kind, "List") || !isOwn(type_) {
			continue
		}
		if internal[type_] == nil {
			internal[type_] = &family{internal: type_}
		}
		known := internal[type_]
		for _, version := range scheme.VersionsForGroupKind(kind.GroupKind()) {
			known.kinds = append(known.kinds, version.WithKind(kind.Kind))
		}
	}
	var found []family
	for _, known := range internal {
		if len(known.kinds) > 1 {
			sort.Slice(known.kinds, func(i, j int) bool { return known.kinds[i].String() < known.kinds[j].String() })
			found = append(found, *known)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].kinds[0].String() < found[j].kinds[0].String() })
	return found
}

// isOwn tells types of one API from those that every group registers.
func isOwn(type_ reflect.Type) bool {
	return strings.Contains(type_.PkgPath(), "/apis/") && !strings.Contains(type_.PkgPath(), "/apis/meta/")
}
