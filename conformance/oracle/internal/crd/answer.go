package crd

import (
	"context"
	"encoding/json"
	"sort"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	apischema "k8s.io/apimachinery/pkg/runtime/schema"
	kjson "sigs.k8s.io/json"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question holds the fields of every question about custom resources.
type Question struct {
	// Definitions and the objects they define, in any order.
	Objects []json.RawMessage `json:"objects"`
}

// Definition is what the API server says of one definition.
type Definition struct {
	Name   string   `json:"name"`
	Errors []string `json:"errors"`
}

// Checked is what the API server says of one object.
type Checked struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Name       string   `json:"name"`
	Served     bool     `json:"served"`
	Decodes    bool     `json:"decodes"`
	Strict     []string `json:"strict"`
	Invalid    []string `json:"invalid"`
}

// CheckAnswer answers crd.check.
type CheckAnswer struct {
	Definitions []Definition `json:"definitions"`
	Objects     []Checked    `json:"objects"`
}

// Written is one object after a step of the API server; without text when it
// was refused.
type Written struct {
	Kind string  `json:"kind"`
	Name string  `json:"name"`
	JSON *string `json:"json"`
}

// WrittenAnswer answers crd.prune and crd.default.
type WrittenAnswer struct {
	Objects []Written `json:"objects"`
}

type head struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct {
		Name string `json:"name"`
	} `json:"metadata"`
}

// headOf reads what names an object; fields of the wrong type are empty.
func headOf(raw json.RawMessage) head {
	var found head
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(raw, &fields)
	_ = json.Unmarshal(fields["apiVersion"], &found.APIVersion)
	_ = json.Unmarshal(fields["kind"], &found.Kind)
	var metadata map[string]json.RawMessage
	_ = json.Unmarshal(fields["metadata"], &metadata)
	_ = json.Unmarshal(metadata["name"], &found.Metadata.Name)
	return found
}

// Answer answers the questions about custom resources.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	definitions := map[string]*definition{}
	check := CheckAnswer{Definitions: []Definition{}, Objects: []Checked{}}
	for _, raw := range question.Objects {
		if found := headOf(raw); !isDefinition(found.APIVersion, found.Kind) {
			continue
		}
		made, err := compile(raw)
		if err != nil {
			return nil, protocol.Errorf("bad-definition", "%v", err)
		}
		definitions[key(made.group, made.kind)] = made
		check.Definitions = append(check.Definitions, Definition{Name: made.name, Errors: made.errors})
	}
	written := WrittenAnswer{Objects: []Written{}}
	for _, raw := range question.Objects {
		found := headOf(raw)
		gv, err := apischema.ParseGroupVersion(found.APIVersion)
		made := definitions[key(gv.Group, found.Kind)]
		if err != nil || made == nil {
			continue
		}
		switch ask {
		case "crd.check":
			checked := checkObject(made, gv.Version, raw)
			checked.APIVersion, checked.Kind, checked.Name = found.APIVersion, found.Kind, found.Metadata.Name
			check.Objects = append(check.Objects, checked)
		case "crd.prune", "crd.default":
			entry := Written{Kind: found.Kind, Name: found.Metadata.Name}
			entry.JSON = writeObject(made, gv.Version, raw, ask == "crd.default")
			written.Objects = append(written.Objects, entry)
		default:
			return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
		}
	}
	if ask == "crd.check" {
		return check, nil
	}
	return written, nil
}

func checkObject(made *definition, name string, raw []byte) Checked {
	checked := Checked{Strict: []string{}, Invalid: []string{}}
	version := made.versions[name]
	checked.Served = version != nil && version.served
	if !checked.Served {
		return checked
	}
	object, strict, err := decode(made, version, raw)
	if err != nil {
		return checked
	}
	checked.Decodes = true
	checked.Strict = append(checked.Strict, strict...)
	defaulting.Default(object, version.structural)
	created := &unstructured.Unstructured{Object: object}
	prepareMetadata(created, made.namespaced)
	version.strategy.PrepareForCreate(context.Background(), created)
	for _, found := range version.strategy.Validate(context.Background(), created) {
		checked.Invalid = append(checked.Invalid, found.Error())
	}
	// Their order depends on that of Go's maps.
	sort.Strings(checked.Invalid)
	return checked
}

func writeObject(made *definition, name string, raw []byte, withDefaults bool) *string {
	version := made.versions[name]
	if version == nil || !version.served {
		return nil
	}
	object, _, err := decode(made, version, raw)
	if err != nil {
		return nil
	}
	if withDefaults {
		defaulting.Default(object, version.structural)
	}
	text, err := (&unstructured.Unstructured{Object: object}).MarshalJSON()
	if err != nil {
		return nil
	}
	line := string(text[:len(text)-1])
	return &line
}

// decode does what the decoder of custom resources does under strict field
// validation: the same steps in the same order.
func decode(made *definition, version *version, raw []byte) (map[string]any, []string, error) {
	object := map[string]any{}
	duplicates, err := kjson.UnmarshalStrict(raw, &object)
	if err != nil {
		return nil, nil, err
	}
	strict := []string{}
	for _, found := range duplicates {
		strict = append(strict, found.Error())
	}
	for _, name := range []string{"kind", "apiVersion"} {
		if _, _, err := unstructured.NestedString(object, name); err != nil {
			return nil, nil, err
		}
	}
	kind, apiVersion := object["kind"], object["apiVersion"]
	metadata, found, unknown, err := objectmeta.GetObjectMetaWithOptions(object, objectmeta.ObjectMetaOptions{ReturnUnknownFieldPaths: true})
	if err != nil {
		return nil, nil, err
	}
	if !made.preserving {
		tracking := schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
		unknown = append(unknown, pruning.PruneWithOptions(object, version.structural, true, tracking)...)
		defaulting.PruneNonNullableNullsWithoutDefaults(object, version.structural)
	}
	fieldError, embedded := objectmeta.CoerceWithOptions(nil, object, version.structural, false, objectmeta.CoerceOptions{ReturnUnknownFieldPaths: true})
	if fieldError != nil {
		return nil, nil, fieldError
	}
	unknown = append(unknown, embedded...)
	for _, path := range unknown {
		strict = append(strict, `unknown field "`+path+`"`)
	}
	object["kind"], object["apiVersion"] = kind, apiVersion
	if found {
		if err := objectmeta.SetObjectMeta(object, metadata); err != nil {
			return nil, nil, err
		}
		if metadata.CreationTimestamp.IsZero() {
			// Written by older versions although nobody asked for it.
			unstructured.RemoveNestedField(object, "metadata", "creationTimestamp")
		}
	}
	return object, strict, nil
}
