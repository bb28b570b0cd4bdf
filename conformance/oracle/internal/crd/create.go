package crd

import (
	"context"
	"fmt"
	"reflect"
	"sort"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// strategy is what the API server does to an object that is to be made.
type strategy interface {
	PrepareForCreate(ctx context.Context, obj runtime.Object)
	Validate(ctx context.Context, obj runtime.Object) field.ErrorList
}

// newStrategy calls the constructor with the arguments of the version at hand:
// selectable fields came later.
func newStrategy(crd *apiextensionsv1.CustomResourceDefinition, declared apiextensionsv1.CustomResourceDefinitionVersion, validator validation.SchemaValidator, structural *schema.Structural) (strategy, error) {
	subresources := &apiextensions.CustomResourceSubresources{}
	if declared.Subresources != nil {
		if err := apiextensionsv1.Convert_v1_CustomResourceSubresources_To_apiextensions_CustomResourceSubresources(declared.Subresources, subresources, nil); err != nil {
			return nil, err
		}
	}
	kind := apischema.GroupVersionKind{Group: crd.Spec.Group, Version: declared.Name, Kind: crd.Spec.Names.Kind}
	namespaced := crd.Spec.Scope != apiextensionsv1.ClusterScoped
	constructor := reflect.ValueOf(customresource.NewStrategy)
	given := []any{nil, namespaced, kind, validator, nil, structural, subresources.Status, subresources.Scale}
	arguments := []reflect.Value{}
	for i := range constructor.Type().NumIn() {
		if i == len(given) {
			arguments = append(arguments, reflect.ValueOf(declared).FieldByName("SelectableFields"))
			break
		}
		if given[i] == nil {
			arguments = append(arguments, reflect.Zero(constructor.Type().In(i)))
			continue
		}
		arguments = append(arguments, reflect.ValueOf(given[i]))
	}
	made, ok := constructor.Call(arguments)[0].Interface().(strategy)
	if !ok {
		return nil, fmt.Errorf("customresource.NewStrategy makes something else")
	}
	return made, nil
}

// generatedEnding takes the place of the random ending of a generated name.
const generatedEnding = "xxxxx"

// prepareMetadata does what the API server does to metadata before a strategy
// sees it: names are generated, the namespace is that of the request, and what
// only the server writes is gone.
func prepareMetadata(object metav1.Object, namespaced bool) {
	if object.GetName() == "" && object.GetGenerateName() != "" {
		base := object.GetGenerateName()
		if len(base) > 63-len(generatedEnding) {
			base = strings.ToValidUTF8(base[:63-len(generatedEnding)], "")
		}
		object.SetName(base + generatedEnding)
	}
	if !namespaced {
		object.SetNamespace("")
	} else if object.GetNamespace() == "" {
		object.SetNamespace("default")
	}
	object.SetManagedFields(nil)
	object.SetDeletionTimestamp(nil)
	object.SetDeletionGracePeriodSeconds(nil)
}

// createErrors lists why a definition is refused, in the API server's order.
// Errors whose order is that of Go's maps are sorted among themselves.
func createErrors(internal *apiextensions.CustomResourceDefinition) []string {
	ctx := context.Background()
	definition := internal.DeepCopy()
	prepareMetadata(definition, false)
	creation := strategy(customresourcedefinition.NewStrategy(scheme))
	creation.PrepareForCreate(ctx, definition)
	texts := []string{}
	places := []string{}
	for _, found := range creation.Validate(ctx, definition) {
		texts = append(texts, textOf(found))
		places = append(places, unordered(found.Field))
	}
	for start := 0; start < len(texts); {
		end := start + 1
		for end < len(texts) && places[start] != "" && places[end] == places[start] {
			end++
		}
		sort.Strings(texts[start:end])
		start = end
	}
	return texts
}

// unordered names the part of a definition within which errors have no order.
func unordered(path string) string {
	for _, part := range []string{"metadata.labels", "metadata.annotations", "spec.validation"} {
		if strings.HasPrefix(path, part) {
			return part
		}
	}
	if rest, found := strings.CutPrefix(path, "spec.versions["); found {
		if index, below, found := strings.Cut(rest, "]"); found && strings.HasPrefix(below, ".schema") {
			return "spec.versions[" + index + "].schema"
		}
	}
	return ""
}

// textOf prints an error. Whole lists of versions and whole schemas are left
// out: they are printed as Go's internal types, up to 1.33 with addresses.
func textOf(found *field.Error) string {
	switch found.BadValue.(type) {
	case []apiextensions.CustomResourceDefinitionVersion, apiextensions.JSONSchemaProps, *apiextensions.JSONSchemaPropsOrArray:
		return fmt.Sprintf("%s: %s: %s", found.Field, found.Type, found.Detail)
	}
	// Go's own words about an address that it cannot read are left out, too.
	const unreadable = "url must be a valid URL"
	if before, after, cut := strings.Cut(found.Error(), unreadable+": "); cut {
		return before + unreadable + after[strings.LastIndex(after, "; desired format"):]
	}
	return found.Error()
}
