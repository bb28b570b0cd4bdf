package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// document is the part of an OpenAPI v3 document that we compare.
type document struct {
	Components struct{ Schemas map[string]*documentSchema }
}

type documentSchema struct {
	Properties    map[string]*documentSchema
	Required      []string
	Format        string
	Enum          []any
	Items         *documentSchema
	Default       any
	ListType      string   `json:"x-kubernetes-list-type"`
	ListMapKeys   []string `json:"x-kubernetes-list-map-keys"`
	MapType       string   `json:"x-kubernetes-map-type"`
	PatchStrategy string   `json:"x-kubernetes-patch-strategy"`
	PatchMergeKey string   `json:"x-kubernetes-patch-merge-key"`
}

// checkDocuments holds the types of a release against the OpenAPI documents that it carries, which were written by a
// real API server: the same properties, and the same said about each. It returns how many of both it compared.
func checkDocuments(source string, found *facts) (types, properties int, err error) {
	schemas, err := readDocuments(source)
	if err != nil {
		return 0, 0, err
	}
	for _, one := range found.Types {
		schema, known := schemas[one.Document]
		if !known {
			continue
		}
		types++
		var names, expected []string
		for _, field := range one.Fields {
			names = append(names, field.Name)
		}
		for name := range schema.Properties {
			expected = append(expected, name)
		}
		slices.Sort(names)
		slices.Sort(expected)
		if !slices.Equal(names, expected) {
			return 0, 0, fmt.Errorf("%s has the fields %v, its document %v", one.Name, names, expected)
		}
		if one.Atomic != (schema.MapType == "atomic") {
			return 0, 0, fmt.Errorf("%s and its document differ in being atomic", one.Name)
		}
		for _, field := range one.Fields {
			properties++
			said := schema.Properties[field.Name].field(field.Name, schema.Required)
			ours := field
			ours.Type, ours.OmitEmpty = "", false
			// The documents were recorded without enumerations.
			ours.Enum, said.Enum = nil, nil
			left, right := fmt.Sprintf("%+v", ours), fmt.Sprintf("%+v", said)
			if left != right {
				return 0, 0, fmt.Errorf("%s.%s: %s, but its document says %s", one.Name, field.Name, left, right)
			}
		}
	}
	return types, properties, nil
}

func (s *documentSchema) field(name string, required []string) field {
	said := field{
		Name: name, Required: slices.Contains(required, name), Format: s.Format, ListType: s.ListType,
		ListMapKeys: s.ListMapKeys, MapType: s.MapType, PatchStrategy: s.PatchStrategy, PatchMergeKey: s.PatchMergeKey,
	}
	enum := s.Enum
	if s.Items != nil {
		enum = append(slices.Clone(enum), s.Items.Enum...)
	}
	for _, value := range enum {
		said.Enum = append(said.Enum, fmt.Sprint(value))
	}
	text, err := json.Marshal(s.Default)
	if zero := []string{"null", "{}", `""`, "0", "false", "[]"}; err == nil && !slices.Contains(zero, string(text)) {
		said.Default = string(text)
	}
	return said
}

func readDocuments(source string) (map[string]*documentSchema, error) {
	paths, err := filepath.Glob(filepath.Join(source, "api", "openapi-spec", "v3", "*.json"))
	if err != nil {
		return nil, err
	}
	schemas := map[string]*documentSchema{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var one document
		if err := json.Unmarshal(content, &one); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for name, schema := range one.Components.Schemas {
			schemas[strings.TrimSpace(name)] = schema
		}
	}
	return schemas, nil
}
