//! Codes of reading.

use kubelogic_core::finding::Severity::Warning;

use super::{Code, finding};

/// What cannot be read is reported as a finding, too, and nothing makes a check clean that could not read.
const fn unread(name: &'static str, title: &'static str, about: &'static str, remedy: &'static str) -> Code {
    finding(name, kubelogic_core::finding::Severity::Error, title, about, remedy)
}

pub(super) const CODES: &[Code] = &[
    unread(
        "read/syntax",
        "the text is neither YAML nor JSON",
        "The text breaks a rule of YAML, or of JSON if it begins with a brace, or it breaks off in the middle. kubectl refuses the whole file; here the other documents are read, and this one is not checked.",
        "Look at the place, and at the line above it: a missing quote or bracket is often noticed only later.",
    )
    .shown("kind: [\n"),
    unread(
        "read/template",
        "a template that was not rendered",
        "Double braces stand where YAML expects a value. This is the source of a Helm chart or of another generator, not a manifest; no component reads it.",
        "Render it first, for example with `helm template`, and check what that prints.",
    )
    .shown("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\n"),
    unread(
        "read/separator",
        "something follows `---` in its line",
        "kubectl takes a line that begins with `---` for the end of a document only when nothing but a comment follows in it. With text behind it, it refuses the file.",
        "Begin the document in the next line.",
    )
    .shown("kind: A\n--- kind: B\n"),
    unread(
        "read/too-deep",
        "values are nested too deeply",
        "The document is nested deeper than the limit of 1,000 levels. No API object comes near it, and readers without a limit crash.",
        "Make sure that the file is what it should be. A program can set another limit.",
    ),
    unread(
        "read/document-too-large",
        "a document is too large",
        "One document, or one item of a list, is larger than the limit of 8 MB. An API server takes no request of that size.",
        "Split it, or set another limit if the input really is meant.",
    ),
    unread(
        "read/run-too-large",
        "the input is too large",
        "All inputs together are larger than the limit of one run, 4 GB. What stands behind was not read.",
        "Check the folders one after the other.",
    ),
    unread(
        "read/alias",
        "an alias has no anchor",
        "`*name` stands for the value that `&name` marks. Here no such mark stands before it in the document, or the alias is inside of the value itself.",
        "Define the anchor in the same document and before the alias, or write the value out. A text that begins with `*` needs quotes.",
    )
    .shown("kind: A\nspec: *missing\n"),
    unread(
        "read/alias-expansion",
        "aliases multiply the size of a document",
        "Aliases of aliases would make a document many times as large as its text. kubectl refuses it, since a few lines could fill all memory.",
        "Write the values out, or nest fewer aliases.",
    ),
    unread(
        "read/merge",
        "a merge key cannot be merged",
        "`<<` takes a mapping, or a list of mappings, and puts their entries into the mapping around it. Here its value is something else.",
        "Give it an alias of a mapping.",
    )
    .shown("kind: A\nspec:\n  <<: text\n"),
    unread(
        "read/key",
        "a key that JSON cannot have",
        "The API speaks JSON, and its keys are text. A key that is a list, a mapping, null or too large a number has no place there, and kubectl refuses the document.",
        "Put the key between quotes if it is meant as text.",
    )
    .shown("kind: A\ndata:\n  ~: x\n"),
    unread(
        "read/value",
        "a value that JSON cannot have",
        "The API speaks JSON, which knows neither infinity nor not-a-number.",
        "Put the value between quotes if it is meant as text.",
    )
    .shown("kind: A\ndata:\n  x: .inf\n"),
    unread(
        "read/tag",
        "the value does not fit its tag",
        "A tag such as `!!int` says how to read a value, and the text of this one cannot be read so.",
        "Take the tag away, or correct the value.",
    )
    .shown("kind: A\ndata:\n  x: !!int word\n"),
    unread(
        "read/binary-input",
        "this is no text",
        "The input has zero bytes where text has none: an archive, an image or a program.",
        "Unpack it, or name the files that are manifests.",
    ),
    unread(
        "read/not-an-object",
        "a document is no mapping",
        "A manifest is a mapping with `apiVersion` and `kind`. This document, or this item of a list, is a text, a number or a list.",
        "Look for a missing colon, or for a `- ` that should not be there.",
    )
    .shown("just some words\n"),
    unread(
        "read/missing-kind",
        "an object does not say what it is",
        "Without `kind` nobody knows which type the object has, and kubectl refuses it; in a list `apiVersion` is needed as well.",
        "Add both.",
    )
    .shown("apiVersion: v1\nmetadata:\n  name: a\n"),
    unread(
        "read/list",
        "a list that is none",
        "The `items` of an object whose kind ends in `List` are no list, or the list contains another list.",
        "Give `items` a list of objects.",
    )
    .shown("apiVersion: v1\nkind: List\nitems: {}\n"),
    unread(
        "read/metadata-type",
        "a field of `metadata` has the wrong type",
        "kubectl reads some fields of `metadata` before anything else, and takes only text there: a label `1` or `true` without quotes is a number or a truth value, and the object is refused.",
        "Put the value between quotes.",
    )
    .shown("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    version: 1.10\n"),
    unread(
        "read/file",
        "a file cannot be read",
        "A path does not exist, may not be read, or a folder holds no manifests. Nothing of it was checked.",
        "Correct the path. Of a folder, files are read that end in `.json`, `.yaml` or `.yml`.",
    ),
    finding(
        "read/duplicate-key",
        Warning,
        "a key stands twice",
        "A key stands twice in one mapping. kubectl takes the last one and says nothing; the API server refuses the request only with strict validation. What the first one says is lost.",
        "Keep one of them.",
    )
    .shown("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: red\n  color: blue\n"),
    finding(
        "read/ambiguous-key",
        Warning,
        "two keys become one, and chance decides which",
        "Two keys are different in YAML and the same in JSON, such as `true` and `'true'`. Which of the two values kubectl takes changes from run to run.",
        "Keep one of them.",
    )
    .shown("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  true: x\n  'true': y\n"),
    finding(
        "read/dropped-content",
        Warning,
        "the document ends before its text does",
        "After its first value, for instance behind a closing brace or `...`, the document ends for kubectl, and it passes over the rest without a word.",
        "Begin another document with a line `---`.",
    )
    .shown("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n...\nkind: Secret\n"),
    finding(
        "read/invalid-utf-8",
        Warning,
        "bytes that are no characters",
        "The file is not UTF-8 in this place. kubectl puts U+FFFD where the bytes stand, so that the object holds something that nobody wrote.",
        "Save the file as UTF-8.",
    ),
];
