// Package types asks Go's own encoder which fields the types of a kind have: a
// value of each type is filled and written, and what is written is looked at.
package types

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	audit "k8s.io/apiserver/pkg/apis/audit/v1"
	"k8s.io/client-go/kubernetes/scheme"
	clientcmd "k8s.io/client-go/tools/clientcmd/api/v1"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	apiregistrationv1beta1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question names a kind.
type Question struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

// Types is the answer: the types of a kind and of everything below it, by name.
type Types struct {
	Types []Type `json:"types"`
}

// Type is one struct.
type Type struct {
	Name string `json:"name"`
	// In the order in which Go writes them.
	Fields []Field `json:"fields"`
}

// Field is one field as JSON has it.
type Field struct {
	Name string `json:"name"`
	// object, array, string, number, boolean; any when it depends on the value.
	JSON string `json:"json"`
}

var known = func() *runtime.Scheme {
	all := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		scheme.AddToScheme, apiextensions.AddToScheme, apiextensionsv1beta1.AddToScheme,
		apiregistration.AddToScheme, apiregistrationv1beta1.AddToScheme, audit.AddToScheme, clientcmd.AddToScheme,
	} {
		if err := add(all); err != nil {
			panic(err)
		}
	}
	return all
}()

// Answer answers types.of and, to find out what there is to ask, types.kinds.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	switch ask {
	case "types.kinds":
		return kinds(), nil
	case "types.of":
	default:
		return nil, protocol.Errorf("unknown-question", "there is no question %q", ask)
	}
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	goType, found := known.AllKnownTypes()[schema.FromAPIVersionAndKind(question.APIVersion, question.Kind)]
	if !found {
		return nil, protocol.Errorf("bad-question", "%s %s is not registered", question.APIVersion, question.Kind)
	}
	types := map[reflect.Type]bool{}
	collect(goType, types, true)
	var answer Types
	for one := range types {
		fields, err := fieldsOf(one)
		if err != nil {
			return nil, protocol.Errorf("bad-question", "%s: %v", one, err)
		}
		answer.Types = append(answer.Types, Type{Name: one.Name(), Fields: fields})
	}
	sort.Slice(answer.Types, func(i, j int) bool {
		left, right := answer.Types[i], answer.Types[j]
		if left.Name != right.Name {
			return left.Name < right.Name
		}
		return fmt.Sprint(left.Fields) < fmt.Sprint(right.Fields)
	})
	return answer, nil
}

func kinds() []Question {
	var all []Question
	for kind := range known.AllKnownTypes() {
		if kind.Version == runtime.APIVersionInternal {
			continue
		}
		apiVersion, name := kind.ToAPIVersionAndKind()
		all = append(all, Question{apiVersion, name})
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].APIVersion+" "+all[i].Kind < all[j].APIVersion+" "+all[j].Kind
	})
	return all
}

var marshaler = reflect.TypeOf((*json.Marshaler)(nil)).Elem()

// collect finds the structs that JSON sees below a type. Embedded ones are part
// of the struct around them.
func collect(goType reflect.Type, found map[reflect.Type]bool, own bool) {
	switch goType.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		collect(goType.Elem(), found, true)
	case reflect.Struct:
		if _, special := specials[goType]; special || own && found[goType] {
			return
		}
		if own {
			if goType.Implements(marshaler) || reflect.PointerTo(goType).Implements(marshaler) {
				panic(fmt.Sprintf("%s writes itself in a way of its own", goType))
			}
			found[goType] = true
		}
		for i := 0; i < goType.NumField(); i++ {
			field := goType.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if name != "-" {
				collect(field.Type, found, !field.Anonymous || name != "")
			}
		}
	}
}

// fieldsOf writes a filled value and reads the names again.
func fieldsOf(goType reflect.Type) ([]Field, error) {
	value := reflect.New(goType).Elem()
	unclear := map[string]bool{}
	fill(value, nil)
	text, err := json.Marshal(value.Addr().Interface())
	if err != nil {
		return nil, err
	}
	markUnclear(goType, unclear)
	decoder := json.NewDecoder(bytes.NewReader(text))
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	fields := []Field{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return nil, err
		}
		kind := kindOf(raw)
		if unclear[name.(string)] {
			kind = "any"
		}
		fields = append(fields, Field{name.(string), kind})
	}
	return fields, nil
}

// markUnclear notes the fields whose JSON depends on the value.
func markUnclear(goType reflect.Type, unclear map[string]bool) {
	for i := 0; i < goType.NumField(); i++ {
		field := goType.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		inner := field.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if field.Anonymous && name == "" && inner.Kind() == reflect.Struct {
			markUnclear(inner, unclear)
		} else if special, known := specials[inner]; known && special.unclear {
			unclear[name] = true
		}
	}
}

func kindOf(raw json.RawMessage) string {
	switch raw[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}
