package main

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
)

// What is read back for a version is what was written for it, in its order, whatever came and went in between.
func TestMergedRowsOfAVersionAreThatVersionsRows(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for range 2_000 {
		var table []row
		written := map[int][]string{}
		for version := 29; version <= 37; version++ {
			names := random.Perm(8)[:random.Intn(8)]
			if random.Intn(2) == 0 {
				slices.Sort(names)
			}
			var next []row
			for _, name := range names {
				cells := fmt.Sprintf("field%d", name)
				written[version] = append(written[version], cells)
				next = append(next, row{version, version, cells})
			}
			table = merged(table, next)
		}
		for version, expected := range written {
			var read []string
			for _, one := range table {
				if one.since <= version && version <= one.until {
					read = append(read, one.cells)
				}
			}
			if !slices.Equal(read, expected) {
				t.Fatalf("1.%d: wrote %v, read %v", version, expected, read)
			}
		}
	}
}

func TestARowThatStaysIsWrittenOnce(t *testing.T) {
	var table []row
	for version := 29; version <= 37; version++ {
		rows := []row{{version, version, "a"}, {version, version, "c"}}
		if version >= 33 {
			rows = slices.Insert(rows, 1, row{version, version, "b"})
		}
		table = merged(table, rows)
	}
	expected := []row{{29, 37, "a"}, {33, 37, "b"}, {29, 37, "c"}}
	if !slices.Equal(table, expected) {
		t.Fatalf("%v", table)
	}
}
