package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// tables collects kinds and types over all minor versions. Versions must come in ascending order.
type tables struct {
	kinds []row
	types map[string]*typeRows
}

// row is valid from since to until.
type row struct {
	since, until int
	cells        string
}

// typeRows is one type: when it exists, and its fields in Go's order.
type typeRows struct {
	existence []row
	fields    []row
}

func newTables() *tables { return &tables{types: map[string]*typeRows{}} }

func (t *tables) add(since, until int, found *facts) error {
	var kinds []row
	for _, one := range found.Kinds {
		cells, err := joined(one.Group, one.Version, one.Kind, one.Source, one.Type)
		if err != nil {
			return err
		}
		kinds = append(kinds, row{since, until, cells})
	}
	// The kinds of a release come sorted, and so does the table.
	t.kinds = merged(t.kinds, kinds)
	for _, one := range found.Types {
		rows := t.types[one.Name]
		if rows == nil {
			rows = &typeRows{}
			t.types[one.Name] = rows
		}
		var marks []string
		if one.Atomic {
			marks = append(marks, "atomic")
		}
		if one.KeepsUnknown {
			marks = append(marks, "keeps-unknown")
		}
		rows.existence = merged(rows.existence, []row{{since, until, strings.Join(marks, ",")}})
		var fields []row
		for _, field := range one.Fields {
			cells, err := field.cells()
			if err != nil {
				return fmt.Errorf("%s.%s: %w", one.Name, field.Name, err)
			}
			fields = append(fields, row{since, until, cells})
		}
		rows.fields = merged(rows.fields, fields)
	}
	return nil
}

// merged puts the rows of the next version among those so far: rows that go on are made longer, new ones are put
// behind the row that comes before them. Leaving out the rows of other versions, what is left keeps its order.
func merged(soFar, next []row) []row {
	at := 0
	for _, one := range next {
		found := slices.IndexFunc(soFar[at:], func(old row) bool {
			return old.cells == one.cells && old.until == one.since-1
		})
		if found >= 0 {
			at += found
			soFar[at].until = one.until
		} else {
			soFar = slices.Insert(soFar, at, one)
		}
		at++
	}
	return soFar
}

// cells writes: name, type, marks (r: required, o: left out when empty, x: experimental), format, enum, list or map type, patch
// strategy, default. Empty cells at the end are left out.
func (f field) cells() (string, error) {
	marks := ""
	if f.Required {
		marks += "r"
	}
	if f.OmitEmpty {
		marks += "o"
	}
	if f.Experimental {
		marks += "x"
	}
	for _, value := range f.Enum {
		if strings.Contains(value, ",") {
			return "", fmt.Errorf("the enum value %q has a comma", value)
		}
	}
	list := f.ListType
	if len(f.ListMapKeys) > 0 {
		list += ":" + strings.Join(f.ListMapKeys, ",")
	}
	if f.MapType != "" {
		if list != "" {
			return "", fmt.Errorf("both a list and a map")
		}
		list = "map-" + f.MapType
	}
	patch := f.PatchStrategy
	if f.PatchMergeKey != "" {
		patch += ":" + f.PatchMergeKey
	}
	// A leading comma tells the list of one empty value from no list.
	enum := ""
	for _, value := range f.Enum {
		enum += "," + value
	}
	text, err := joined(f.Name, f.Type, marks, f.Format, enum, list, patch, f.Default)
	return strings.TrimRight(text, "\t"), err
}

func joined(cells ...string) (string, error) {
	for _, cell := range cells {
		if strings.ContainsAny(cell, "\t\r\n") {
			return "", fmt.Errorf("%q cannot be written to a table", cell)
		}
	}
	return strings.Join(cells, "\t"), nil
}

func (t *tables) write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	slices.SortStableFunc(t.kinds, func(a, b row) int {
		// By group, version and kind; of the same kind the older rows first.
		left, right := strings.Split(a.cells, "\t"), strings.Split(b.cells, "\t")
		if order := slices.Compare(left[:3], right[:3]); order != 0 {
			return order
		}
		return a.since - b.since
	})
	var text strings.Builder
	text.WriteString("since\tuntil\tgroup\tversion\tkind\tsource\ttype\n")
	for _, one := range t.kinds {
		fmt.Fprintf(&text, "%d\t%d\t%s\n", one.since, one.until, one.cells)
	}
	if err := os.WriteFile(filepath.Join(folder, "kinds.tsv"), []byte(text.String()), 0o644); err != nil {
		return err
	}

	text.Reset()
	var names []string
	for name := range t.types {
		names = append(names, name)
	}
	slices.Sort(names)
	text.WriteString("type\tsince\tuntil\tmarks\n\tsince\tuntil\tfield\ttype\tmarks\tformat\tenum\tlist\tpatch\tdefault\n")
	for _, name := range names {
		rows := t.types[name]
		for _, one := range rows.existence {
			fmt.Fprintf(&text, "%s\n", strings.TrimRight(fmt.Sprintf("%s\t%d\t%d\t%s", name, one.since, one.until, one.cells), "\t"))
		}
		for _, one := range rows.fields {
			fmt.Fprintf(&text, "\t%d\t%d\t%s\n", one.since, one.until, one.cells)
		}
	}
	return os.WriteFile(filepath.Join(folder, "types.tsv"), []byte(text.String()), 0o644)
}
