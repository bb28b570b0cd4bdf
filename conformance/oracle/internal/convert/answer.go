// Package convert asks the API server's schemes to convert objects between the
// versions of their kinds.
package convert

import (
	"encoding/json"
	"reflect"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question holds the fields of every question.
type Question struct {
	Object json.RawMessage `json:"object"`
	// convert.object: the version to convert to, as apiVersion names it.
	To string `json:"to"`
	// convert.object: keep what conversion and encoding add, zero values above
	// all.
	Whole bool `json:"whole"`
	// convert.object: default the object in its own version before.
	Defaults bool `json:"defaults"`
	// convert.same: the object to compare with, of the same kind and version.
	Other json.RawMessage `json:"other"`
}

// Converted is the answer to convert.object.
type Converted struct {
	Object json.RawMessage `json:"object,omitempty"`
	// Why the scheme refuses.
	Error string `json:"error,omitempty"`
}

// Same is the answer to convert.same.
type Same struct {
	Same bool `json:"same"`
	// Why an object cannot be read.
	Error string `json:"error,omitempty"`
}

// Kinds is the answer to convert.kinds.
type Kinds struct {
	Kinds []Versions `json:"kinds"`
}

// Versions is the versions of one kind.
type Versions struct {
	Kind     string   `json:"kind"`
	Versions []string `json:"versions"`
}

// Answer answers the questions about conversion.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	switch ask {
	case "convert.object":
		return convertObject(&question)
	case "convert.same":
		return same(&question)
	case "convert.kinds":
		return kinds(), nil
	}
	return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
}

func convertObject(question *Question) (any, *protocol.Error) {
	target, err := schema.ParseGroupVersion(question.To)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	object, _, err := serializer.Decode(question.Object, nil, nil)
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	if question.Defaults {
		scheme.Default(object)
	}
	internal, err := toInternal(object)
	if err != nil {
		return Converted{Error: err.Error()}, nil
	}
	converted, err := scheme.ConvertToVersion(internal, target)
	if err != nil {
		return Converted{Error: err.Error()}, nil
	}
	text, err := runtime.Encode(serializer, converted)
	if err != nil {
		return nil, protocol.Errorf("bad-answer", "%v", err)
	}
	if !question.Whole {
		if text, err = written(text); err != nil {
			return nil, protocol.Errorf("bad-answer", "%v", err)
		}
	}
	return Converted{Object: text}, nil
}

// same compares two objects of one version as the API server holds them: nil
// and empty lists are equal, and so are notations of one quantity.
func same(question *Question) (any, *protocol.Error) {
	one, err := decodeInternal(question.Object)
	if err != nil {
		return Same{Error: err.Error()}, nil
	}
	other, err := decodeInternal(question.Other)
	if err != nil {
		return Same{Error: err.Error()}, nil
	}
	return Same{Same: reflect.TypeOf(one) == reflect.TypeOf(other) && equality.Semantic.DeepEqual(one, other)}, nil
}

func decodeInternal(text []byte) (runtime.Object, error) {
	object, _, err := serializer.Decode(text, nil, nil)
	if err != nil {
		return nil, err
	}
	return toInternal(object)
}

func toInternal(object runtime.Object) (runtime.Object, error) {
	group := object.GetObjectKind().GroupVersionKind().Group
	return scheme.ConvertToVersion(object, schema.GroupVersion{Group: group, Version: runtime.APIVersionInternal})
}

func kinds() Kinds {
	answer := Kinds{Kinds: []Versions{}}
	for _, known := range families() {
		versions := Versions{Kind: known.kinds[0].Kind}
		for _, kind := range known.kinds {
			versions.Versions = append(versions.Versions, kind.GroupVersion().String())
		}
		answer.Kinds = append(answer.Kinds, versions)
	}
	return answer
}
