package main

import (
	"log"
	"reflect"
	"slices"
	"strings"
)

// visible is a field as JSON sees it.
type visible struct {
	name      string
	goType    reflect.Type
	omitEmpty bool
	index     []int
	tagged    bool
}

// visibleFields lists the fields of a struct in the order of the source, fields of embedded structs among them, as
// Go's JSON packages see them: the shallowest field of a name wins, then one with a tag; two equals hide each other.
func visibleFields(root reflect.Type) []visible {
	var found []visible
	collect(root, nil, map[reflect.Type]bool{}, &found)

	byName := map[string][]visible{}
	for _, one := range found {
		byName[one.name] = append(byName[one.name], one)
	}
	var fields []visible
	for _, same := range byName {
		slices.SortStableFunc(same, func(a, b visible) int {
			if len(a.index) != len(b.index) {
				return len(a.index) - len(b.index)
			}
			if a.tagged != b.tagged {
				if a.tagged {
					return -1
				}
				return 1
			}
			return 0
		})
		if len(same) > 1 && len(same[0].index) == len(same[1].index) && same[0].tagged == same[1].tagged {
			continue
		}
		fields = append(fields, same[0])
	}
	slices.SortFunc(fields, func(a, b visible) int { return slices.Compare(a.index, b.index) })
	return fields
}

func collect(from reflect.Type, index []int, above map[reflect.Type]bool, found *[]visible) {
	if above[from] {
		return
	}
	above[from] = true
	defer delete(above, from)
	for i := range from.NumField() {
		field := from.Field(i)
		tag := field.Tag.Get("json")
		if tag == "-" {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		here := append(slices.Clone(index), i)
		if field.Anonymous && name == "" {
			embedded := field.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			if embedded.Kind() == reflect.Struct {
				collect(embedded, here, above, found)
				continue
			}
		}
		if !field.IsExported() {
			continue
		}
		one := visible{name: name, goType: field.Type, index: here, tagged: name != ""}
		if name == "" {
			one.name = field.Name
		}
		for option := range strings.SplitSeq(options, ",") {
			switch option {
			case "omitempty", "omitzero":
				one.omitEmpty = true
			case "", "inline":
			default:
				log.Fatalf("%s.%s has the JSON option %q", from, field.Name, option)
			}
		}
		*found = append(*found, one)
	}
}
