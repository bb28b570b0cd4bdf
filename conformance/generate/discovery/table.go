package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// table holds rows that are valid for a range of minor versions. Rows with the same cells in consecutive versions
// become one row.
type table struct {
	header []string
	rows   []row
	last   map[string]int // cells -> index into rows
}

type row struct {
	since, until int
	cells        []string
}

func newTable(header ...string) *table {
	return &table{header: header, last: map[string]int{}}
}

// add records one row of one minor version. Versions must come in ascending order.
func (t *table) add(minor int, cells ...string) {
	if len(cells) != len(t.header) {
		panic(fmt.Sprintf("row with %d cells in a table with %d columns", len(cells), len(t.header)))
	}
	for _, cell := range cells {
		if strings.ContainsAny(cell, "\t\r\n") {
			panic(fmt.Sprintf("cell %q cannot be written to a table", cell))
		}
	}
	key := strings.Join(cells, "\t")
	if i, seen := t.last[key]; seen && t.rows[i].until == minor-1 {
		t.rows[i].until = minor
		return
	}
	t.last[key] = len(t.rows)
	t.rows = append(t.rows, row{minor, minor, cells})
}

// write sorts the rows by the given columns and then by version. Without columns they are sorted by version and keep
// the order of their source.
func (t *table) write(path string, columns []int) error {
	slices.SortStableFunc(t.rows, func(a, b row) int {
		for _, column := range columns {
			if order := strings.Compare(a.cells[column], b.cells[column]); order != 0 {
				return order
			}
		}
		return a.since - b.since
	})
	var text strings.Builder
	fmt.Fprintf(&text, "since\tuntil\t%s\n", strings.Join(t.header, "\t"))
	for _, r := range t.rows {
		fmt.Fprintf(&text, "%d\t%d\t%s\n", r.since, r.until, strings.Join(r.cells, "\t"))
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}
