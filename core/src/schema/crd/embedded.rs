//! Embedded resources have an `apiVersion`, a `kind` and metadata that could be those of an object.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/objectmeta/validation.go

use super::create;
use super::node::{NodeId, Schema};
use super::text;
use super::validate::Fault;
use crate::decode::{Decoder, FieldValidation};
use crate::meta::{MetadataRules, NameRule, ObjectMetadata};
use crate::object::{FieldPath, Object, Value, ValueKind};
use crate::quote::quoted;
use crate::version::KubeVersion;

/// What is wrong with the type and the metadata of every embedded resource of an object.
pub(super) fn check(object: &Object, schema: &Schema, version: KubeVersion) -> Vec<Fault> {
    let mut embedded = Embedded { schema, version, faults: Vec::new() };
    if !schema.nodes.is_empty() && schema.nodes.iter().any(|node| node.embedded) {
        embedded.value(object.root(), Schema::ROOT, &FieldPath::root());
    }
    embedded.faults
}

/// The same for a value of one node.
pub(super) fn check_at(value: Value<'_>, schema: &Schema, id: NodeId, version: KubeVersion) -> Vec<Fault> {
    let mut embedded = Embedded { schema, version, faults: Vec::new() };
    embedded.value(value, id, &FieldPath::root());
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
        if let Some(metadata) = value.get("metadata") {
            self.metadata(metadata, &path.clone().field("metadata"));
        }
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
        let problems = NameRule::Dns1035Label.problems(&kind.to_lowercase(), self.version);
        (!problems.is_empty())
            .then(|| format!("may have mixed case, but should otherwise match: {}", problems.join(",")))
    }

    /// Metadata need not be there, and need not have a name.
    fn metadata(&mut self, value: Value<'_>, path: &FieldPath) {
        let mut metadata: ObjectMetadata = Decoder::new(FieldValidation::Ignore).decode(value);
        if metadata.name.is_empty() {
            "fakename".clone_into(&mut metadata.name);
        }
        let rules = MetadataRules {
            name: NameRule::PathSegment,
            namespaced: !metadata.namespace.is_empty(),
            standard_finalizers: false,
            version: self.version,
        };
        self.faults.extend(create::refused(&metadata, rules, path).into_iter().map(Fault::from));
    }

    fn fault(&mut self, path: FieldPath, body: &str) {
        let text = format!("{path}: {body}");
        self.faults.push(Fault { message: text.clone(), text, path });
    }
}
