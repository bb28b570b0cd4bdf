package main

import (
	"encoding"
	"encoding/json"
	"log"
	"reflect"
	"slices"
	"strings"
)

// customDecoders names the types that read JSON in a way of their own. One that is not listed stops the generator.
var customDecoders = map[string]string{
	"k8s.io/apimachinery/pkg/api/resource.Quantity":   "Quantity",
	"k8s.io/apimachinery/pkg/util/intstr.IntOrString": "IntOrString",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Time":       "Time",
	"k8s.io/apimachinery/pkg/apis/meta/v1.MicroTime":  "MicroTime",
	"k8s.io/apimachinery/pkg/apis/meta/v1.Duration":   "Duration",
	"k8s.io/apimachinery/pkg/apis/meta/v1.FieldsV1":   "FieldsV1",
	"k8s.io/apimachinery/pkg/runtime.RawExtension":    "RawExtension",
	"k8s.io/apimachinery/pkg/runtime.Unknown":         "Unknown",

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSON":                              "JSON",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrArray":            "apiextensions/v1.JSONSchemaPropsOrArray",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrBool":             "apiextensions/v1.JSONSchemaPropsOrBool",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaPropsOrStringArray":      "apiextensions/v1.JSONSchemaPropsOrStringArray",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSON":                         "JSON",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaPropsOrArray":       "apiextensions/v1beta1.JSONSchemaPropsOrArray",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaPropsOrBool":        "apiextensions/v1beta1.JSONSchemaPropsOrBool",
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1.JSONSchemaPropsOrStringArray": "apiextensions/v1beta1.JSONSchemaPropsOrStringArray",

	"k8s.io/component-base/logs/api/v1.TimeOrMetaDuration":                          "TimeOrDuration",
	"k8s.io/kubernetes/cmd/kubeadm/app/apis/bootstraptoken/v1.BootstrapTokenString": "BootstrapTokenString",
}

// types collects the structs that are reached from registered kinds.
type types struct {
	known map[string]*Type
	from  map[string]reflect.Type
}

func newTypes() *types {
	return &types{known: map[string]*Type{}, from: map[string]reflect.Type{}}
}

func (t *types) all() []*Type {
	var all []*Type
	for _, one := range t.known {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *Type) int { return strings.Compare(a.Name, b.Name) })
	return all
}

var (
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// expression writes a type: `*`, `[]` and `map[string]` before a scalar, a custom decoder or the name of a struct.
func (t *types) expression(goType reflect.Type) string {
	if goType.Kind() == reflect.Pointer {
		return "*" + t.expression(goType.Elem())
	}
	if decoder, custom := t.custom(goType); custom {
		return decoder
	}
	switch goType.Kind() {
	case reflect.Bool, reflect.String, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return goType.Kind().String()
	case reflect.Slice:
		if goType.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "[]" + t.expression(goType.Elem())
	case reflect.Map:
		if goType.Key().Kind() != reflect.String {
			log.Fatalf("%s has keys that are no strings", goType)
		}
		if goType.Key().Implements(textUnmarshaler) || reflect.PointerTo(goType.Key()).Implements(textUnmarshaler) {
			log.Fatalf("%s has keys that decode in a way of their own", goType)
		}
		return "map[string]" + t.expression(goType.Elem())
	case reflect.Interface:
		if goType.NumMethod() != 0 {
			log.Fatalf("%s is an interface with methods", goType)
		}
		return "any"
	case reflect.Struct:
		return t.structure(goType)
	}
	log.Fatalf("%s has a kind that JSON does not know", goType)
	return ""
}

func (t *types) custom(goType reflect.Type) (string, bool) {
	pointer := reflect.PointerTo(goType)
	if !pointer.Implements(unmarshaler) && !pointer.Implements(textUnmarshaler) {
		return "", false
	}
	path := goType.PkgPath() + "." + goType.Name()
	if decoder, known := customDecoders[path]; known {
		return decoder, true
	}
	// A struct around another decoder takes its methods.
	if goType.Kind() == reflect.Struct && goType.NumField() == 1 && goType.Field(0).Anonymous {
		return t.custom(goType.Field(0).Type)
	}
	log.Fatalf("%s decodes in a way of its own that is not known here", path)
	return "", false
}

func (t *types) structure(goType reflect.Type) string {
	name := shortName(goType)
	if before, known := t.from[name]; known {
		if before != goType {
			log.Fatalf("%s is short for both %s and %s", name, before.PkgPath(), goType.PkgPath())
		}
		return name
	}
	if goType.Name() == "" {
		log.Fatalf("%s has no name", goType)
	}
	one := &Type{Name: name}
	// Known before its fields are: some types contain themselves.
	t.from[name], t.known[name] = goType, one
	documented := definition(goType)
	if documented != nil {
		one.Atomic = documented.atomic()
		one.Document = documented.name
	}
	for _, found := range visibleFields(goType) {
		field := Field{Name: found.name, Type: t.expression(found.goType), OmitEmpty: found.omitEmpty}
		if documented != nil {
			documented.describe(&field)
		}
		one.Fields = append(one.Fields, field)
	}
	return name
}
