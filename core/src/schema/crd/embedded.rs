//! Embedded resources have an `apiVersion` and a `kind` that could be those of an object.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/objectmeta/validation.go

use super::node::{NodeId, Schema};
use super::text;
use super::validate::Fault;
use crate::object::{FieldPath, Object, Value, ValueKind};
use crate::quote::quoted;
use crate::version::KubeVersion;

/// What is wrong with the type of every embedded resource of an object.
pub(super) fn check(object: &Object, schema: &Schema, version: KubeVersion) -> Vec<Fault> {
    let mut embedded = Embedded { schema, version, faults: Vec::new() };
    if !schema.nodes.is_empty() && schema.nodes.iter().any(|node| node.embedded) {
        embedded.value(object.root(), Schema::ROOT, &FieldPath::root());
    }
    embedded.faults
}

struct Embedded<'a> {
    schema: &'a Schema,
    version: KubeVersion,
    faults: Vec<Fault>,
}

impl Embedded<'_> {
    /// The depth of the recursion is that of the schema.
    fn value(&mut self, value: Value<'_>, id: NodeId, path: &FieldPath) {
        let Some(node) = self.schema.node(id) else { return };
        if node.embedded && value.kind() == ValueKind::Mapping {
            self.resource(value, path);
        }
        for (key, value) in value.entries() {
            if let Some(property) = node.property(key) {
                self.value(value, property, &path.clone().field(key));
            } else if let Some(additional) = node.additional_schema() {
                self.value(value, additional, &path.clone().key(key));
            }
        }
        if let Some(items) = node.items {
            for (index, item) in value.items().enumerate() {
                self.value(item, items, &path.clone().index(index));
            }
        }
    }

    fn resource(&mut self, value: Value<'_>, path: &FieldPath) {
        for name in ["apiVersion", "kind"] {
            let path = path.clone().field(name);
            let Some(value) = value.get(name) else {
                let detail = if self.version.minor() < 34 { ": must not be empty" } else { "" };
                self.fault(path, &format!("Required value{detail}"));
                continue;
            };
            let Some(word) = value.as_str() else {
                let body = format!("Invalid value: {}: must be a string", text::value(value, self.version));
                self.fault(path, &body);
                continue;
            };
            let problem = if word.is_empty() {
                Some("must not be empty".to_owned())
            } else if name == "apiVersion" {
                (word.matches('/').count() > 1).then(|| format!("unexpected GroupVersion string: {word}"))
            } else {
                self.kind_problem(word)
            };
            if let Some(problem) = problem {
                self.fault(path, &format!("Invalid value: {}: {problem}", quoted(word)));
            }
        }
    }

    fn kind_problem(&self, kind: &str) -> Option<String> {
        // upstream: apimachinery pkg/util/validation/validation.go (IsDNS1035Label)
        let word = kind.to_lowercase();
        let mut problems = Vec::new();
        if word.len() > 63 {
            let unit = if self.version.minor() >= 35 { "bytes" } else { "characters" };
            problems.push(format!("must be no more than 63 {unit}"));
        }
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_label = word.starts_with(|first: char| first.is_ascii_lowercase())
            && !word.ends_with('-')
            && word.bytes().all(letter);
        if !is_label {
            problems.push(
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an \
                 alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex \
                 used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
                    .to_owned(),
            );
        }
        (!problems.is_empty())
            .then(|| format!("may have mixed case, but should otherwise match: {}", problems.join(",")))
    }

    fn fault(&mut self, path: FieldPath, body: &str) {
        let text = format!("{path}: {body}");
        self.faults.push(Fault { message: text.clone(), text, path });
    }
}
