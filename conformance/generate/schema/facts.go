package main

// facts is what the reflection program prints for one release.
type facts struct {
	Kinds []kind
	Types []structure
}

type kind struct{ Group, Version, Kind, Type, Source string }

type structure struct {
	Name   string
	Atomic bool
	// KeepsUnknown is true when fields that are not listed are kept.
	KeepsUnknown bool
	Fields       []field
	Document     string
}

type field struct {
	Name, Type string
	OmitEmpty  bool
	Required   bool
	// Experimental is true when only the experimental channel of a project has it.
	Experimental  bool
	Format        string
	Enum          []string
	ListType      string
	ListMapKeys   []string
	MapType       string
	PatchStrategy string
	PatchMergeKey string
	Default       string
}
