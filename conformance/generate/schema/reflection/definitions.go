package main

import (
	"encoding/json"
	"fmt"
	"log"
	"reflect"
	"strings"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"k8s.io/kubernetes/pkg/generated/openapi"
)

// Field is a field with what the OpenAPI definitions add to its Go type.
type Field struct {
	Name, Type    string
	OmitEmpty     bool     `json:",omitempty"`
	Required      bool     `json:",omitempty"`
	Format        string   `json:",omitempty"`
	Enum          []string `json:",omitempty"`
	ListType      string   `json:",omitempty"`
	ListMapKeys   []string `json:",omitempty"`
	MapType       string   `json:",omitempty"`
	PatchStrategy string   `json:",omitempty"`
	PatchMergeKey string   `json:",omitempty"`
	Default       string   `json:",omitempty"`
}

var definitions = openapi.GetOpenAPIDefinitions(func(path string) spec.Ref { return spec.MustCreateRef("#/" + path) })

type documented struct {
	name   string
	schema spec.Schema
}

// definition finds the OpenAPI definition of a Go type. Older releases name them by package path.
func definition(goType reflect.Type) *documented {
	names := []string{goType.PkgPath() + "." + goType.Name()}
	if name := ownModelName(goType); name != "" {
		names = append(names, name)
	}
	for _, name := range names {
		if found, known := definitions[name]; known {
			return &documented{modelName(name), found.Schema}
		}
	}
	return nil
}

// ownModelName is what a type calls itself, which a struct without a name of its own takes from what it embeds.
func ownModelName(goType reflect.Type) string {
	named, ok := reflect.New(goType).Interface().(interface{ OpenAPIModelName() string })
	if !ok {
		return ""
	}
	name := named.OpenAPIModelName()
	for i := range goType.NumField() {
		if field := goType.Field(i); field.Anonymous && field.Type.Kind() == reflect.Struct && ownModelName(field.Type) == name {
			return ""
		}
	}
	return name
}

// modelName turns the host of a package path round, as the OpenAPI documents do: k8s.io/api/core/v1.Pod is
// io.k8s.api.core.v1.Pod.
func modelName(name string) string {
	host, rest, isPath := strings.Cut(name, "/")
	if !isPath {
		return name
	}
	labels := strings.Split(host, ".")
	for i, j := 0, len(labels)-1; i < j; i, j = i+1, j-1 {
		labels[i], labels[j] = labels[j], labels[i]
	}
	return strings.Join(labels, ".") + "." + strings.ReplaceAll(rest, "/", ".")
}

func (d *documented) atomic() bool {
	mapType, _ := d.schema.Extensions.GetString("x-kubernetes-map-type")
	return mapType == "atomic"
}

func (d *documented) describe(field *Field) {
	for _, required := range d.schema.Required {
		field.Required = field.Required || required == field.Name
	}
	property, known := d.schema.Properties[field.Name]
	if !known {
		log.Fatalf("the definition %s has no field %s", d.name, field.Name)
	}
	field.Format = property.Format
	enum := property.Enum
	if property.Items != nil && property.Items.Schema != nil {
		enum = append(enum, property.Items.Schema.Enum...)
	}
	for _, value := range enum {
		field.Enum = append(field.Enum, fmt.Sprint(value))
	}
	if listType, ok := property.Extensions.GetString("x-kubernetes-list-type"); ok {
		field.ListType = listType
	}
	if keys, ok := property.Extensions.GetStringSlice("x-kubernetes-list-map-keys"); ok {
		field.ListMapKeys = keys
	}
	field.MapType, _ = property.Extensions.GetString("x-kubernetes-map-type")
	field.PatchStrategy, _ = property.Extensions.GetString("x-kubernetes-patch-strategy")
	field.PatchMergeKey, _ = property.Extensions.GetString("x-kubernetes-patch-merge-key")
	// A default that is Go's zero value says nothing: the field has it anyway.
	if value := property.Default; value != nil && !reflect.ValueOf(value).IsZero() {
		text, err := json.Marshal(value)
		if err != nil {
			log.Fatal(err)
		}
		if string(text) != "{}" {
			field.Default = string(text)
		}
	}
}
