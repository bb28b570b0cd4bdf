package main

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// customModules are the modules whose custom resource definitions become tables, each with the channel that holds
// everything and the one that holds what is stable. Of a kind that several modules have, the first counts.
var customModules = []struct{ path, version, all, stable string }{
	{"sigs.k8s.io/gateway-api", "v1.7.0", "config/crd/experimental", "config/crd/standard"},
	// The newest release has replaced the kinds of the one before by another kind.
	{"sigs.k8s.io/network-policy-api", "v0.2.0", "config/crd/experimental", "config/crd/standard"},
	{"sigs.k8s.io/network-policy-api", "v0.1.7", "config/crd/experimental", "config/crd/standard"},
}

// definition is the part of a CustomResourceDefinition that we use.
type definition struct {
	Kind string
	Spec struct {
		Group    string
		Names    struct{ Kind string }
		Versions []struct {
			Name   string
			Served bool
			Schema struct{ OpenAPIV3Schema property }
		}
	}
}

// property is the part of a structural schema that we use.
type property struct {
	Type                 string
	Format               string
	Properties           map[string]*property
	AdditionalProperties *property
	Items                *property
	Required             []string
	Enum                 []any
	Default              any
	IntOrString          bool     `json:"x-kubernetes-int-or-string"`
	PreserveUnknown      bool     `json:"x-kubernetes-preserve-unknown-fields"`
	Embedded             bool     `json:"x-kubernetes-embedded-resource"`
	ListType             string   `json:"x-kubernetes-list-type"`
	ListMapKeys          []string `json:"x-kubernetes-list-map-keys"`
	MapType              string   `json:"x-kubernetes-map-type"`
}

// customFacts reads the definitions of all modules.
func customFacts() (*facts, error) {
	found := &facts{}
	seen := map[string]bool{}
	for _, module := range customModules {
		all, err := definitions(module.path, module.version, module.all)
		if err != nil {
			return nil, err
		}
		stable, err := definitions(module.path, module.version, module.stable)
		if err != nil {
			return nil, err
		}
		for _, one := range all {
			writer := &customWriter{found: found, kind: one.Spec.Names.Kind, group: one.Spec.Group, reused: map[string]string{}}
			for _, version := range one.Spec.Versions {
				key := one.Spec.Group + "/" + version.Name + "/" + one.Spec.Names.Kind
				if !version.Served || seen[key] {
					continue
				}
				seen[key] = true
				root := version.Schema.OpenAPIV3Schema
				writer.version = version.Name
				name, err := writer.write(&root, stableSchema(stable, &one, version.Name), nil)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", key, err)
				}
				found.Kinds = append(found.Kinds, kind{one.Spec.Group, version.Name, one.Spec.Names.Kind, name, "custom"})
			}
		}
	}
	return found, nil
}

// stableSchema is the schema of the same kind and version in the stable channel. A kind that is not in there has no
// field that stands out.
func stableSchema(stable []definition, wanted *definition, version string) *property {
	for _, one := range stable {
		if one.Spec.Group == wanted.Spec.Group && one.Spec.Names.Kind == wanted.Spec.Names.Kind {
			for i := range one.Spec.Versions {
				if one.Spec.Versions[i].Name == version {
					return &one.Spec.Versions[i].Schema.OpenAPIV3Schema
				}
			}
		}
	}
	return nil
}

type customWriter struct {
	found                *facts
	group, version, kind string
	// reused maps what a struct at some path holds to its name, so that versions share what they have in common.
	reused map[string]string
}

// write turns a schema into a type and returns how it is written. `stable` is the same place in the stable channel.
func (w *customWriter) write(schema, stable *property, at []string) (string, error) {
	switch {
	case schema.IntOrString:
		return "IntOrString", nil
	case schema.Embedded:
		return "RawExtension", nil
	case schema.Items != nil:
		inner, err := w.write(schema.Items, stable.items(), at)
		return "[]" + inner, err
	case schema.AdditionalProperties != nil:
		inner, err := w.write(schema.AdditionalProperties, stable.values(), at)
		return "map[string]" + inner, err
	case schema.Properties == nil && schema.PreserveUnknown:
		return "JSON", nil
	}
	switch schema.Type {
	case "string":
		return "string", nil
	case "boolean":
		return "bool", nil
	case "number":
		return "float64", nil
	case "integer":
		if schema.Format == "int32" {
			return "int32", nil
		}
		return "int64", nil
	case "object":
		return w.object(schema, stable, at)
	}
	return "", fmt.Errorf("%s has the type %q", strings.Join(at, "."), schema.Type)
}

func (w *customWriter) object(schema, stable *property, at []string) (string, error) {
	one := structure{Atomic: schema.MapType == "atomic", KeepsUnknown: schema.PreserveUnknown}
	var names []string
	for name := range schema.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := schema.Properties[name]
		below := append(slices.Clone(at), name)
		var written string
		var err error
		if len(at) == 0 && name == "metadata" {
			written = "meta/v1.ObjectMeta"
		} else if written, err = w.write(value, stable.field(name), below); err != nil {
			return "", err
		}
		described := field{
			Name: name, Type: written, Format: value.Format,
			Required: slices.Contains(schema.Required, name), Experimental: stable != nil && stable.field(name) == nil,
			ListType: value.ListType, ListMapKeys: value.ListMapKeys,
		}
		if value.MapType != "" && value.AdditionalProperties != nil {
			described.MapType = value.MapType
		}
		enum := value.Enum
		if value.Items != nil {
			enum = append(slices.Clone(enum), value.Items.Enum...)
		}
		for _, possible := range enum {
			described.Enum = append(described.Enum, fmt.Sprint(possible))
		}
		if value.Default != nil {
			text, err := json.Marshal(value.Default)
			if err != nil {
				return "", err
			}
			described.Default = string(text)
		}
		one.Fields = append(one.Fields, described)
	}
	content, err := json.Marshal(one)
	if err != nil {
		return "", err
	}
	key := strings.Join(at, ".") + " " + string(content)
	if name, known := w.reused[key]; known {
		return name, nil
	}
	one.Name = strings.Join(append([]string{w.group + "/" + w.version + "." + w.kind}, at...), ".")
	w.reused[key] = one.Name
	w.found.Types = append(w.found.Types, one)
	return one.Name, nil
}

func (p *property) items() *property {
	if p == nil {
		return nil
	}
	return p.Items
}

func (p *property) values() *property {
	if p == nil {
		return nil
	}
	return p.AdditionalProperties
}

func (p *property) field(name string) *property {
	if p == nil {
		return nil
	}
	return p.Properties[name]
}

// definitions reads the definitions in a folder of a module, by file name. They are read from the module's archive,
// because the go command refuses to unpack a module that asks for a newer Go.
func definitions(module, version, folder string) ([]definition, error) {
	output, err := exec.Command("go", "mod", "download", "-json", module+"@"+version).Output()
	var answer struct{ Zip, Error string }
	if decodeErr := json.Unmarshal(output, &answer); decodeErr != nil {
		return nil, fmt.Errorf("go mod download %s@%s: %w", module, version, err)
	}
	if answer.Zip == "" {
		return nil, fmt.Errorf("go mod download %s@%s: %s", module, version, answer.Error)
	}
	archive, err := zip.OpenReader(answer.Zip)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	var found []definition
	for _, file := range archive.File {
		name := strings.TrimPrefix(file.Name, module+"@"+version+"/")
		if path.Dir(name) != folder || path.Ext(name) != ".yaml" {
			continue
		}
		opened, err := file.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(opened)
		opened.Close()
		if err != nil {
			return nil, err
		}
		var one definition
		if err := yaml.Unmarshal(content, &one); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
		if one.Kind == "CustomResourceDefinition" {
			found = append(found, one)
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s@%s has no definitions in %s", module, version, folder)
	}
	return found, nil
}
