//! What each node of a structural schema must and must not say.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/validation.go

use std::fmt::Write as _;

use super::super::raw::{Misread, Raw};
use super::Flaw;
use crate::object::{FieldPath, Value, ValueKind};
use crate::quote::quoted;

/// What a node describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Root,
    Item,
    Field,
}

/// The way to a node, made into text only for a flaw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trail<'a> {
    parent: Option<&'a Trail<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Field(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Trail<'a> {
    pub(super) fn root(path: &'a str) -> Self {
        Self { parent: None, step: Step::Field(path) }
    }

    pub(super) fn field<'b>(&'b self, name: &'b str) -> Trail<'b> {
        Trail { parent: Some(self), step: Step::Field(name) }
    }

    pub(super) fn key<'b>(&'b self, name: &'b str) -> Trail<'b> {
        Trail { parent: Some(self), step: Step::Key(name) }
    }

    pub(super) fn index(&self, index: usize) -> Trail<'_> {
        Trail { parent: Some(self), step: Step::Index(index) }
    }

    pub(super) fn text(&self) -> String {
        let mut steps = vec![self.step];
        let mut next = self.parent;
        while let Some(trail) = next {
            steps.push(trail.step);
            next = trail.parent;
        }
        let mut text = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Field(name) if text.is_empty() => text.push_str(name),
                Step::Field(name) => {
                    let _ = write!(text, ".{name}");
                }
                Step::Key(key) => {
                    let _ = write!(text, "[{key}]");
                }
                Step::Index(index) => {
                    let _ = write!(text, "[{index}]");
                }
            }
        }
        text
    }
}

struct Report<'a, 'f> {
    value: Value<'a>,
    flaws: &'f mut Vec<Flaw>,
}

impl Report<'_, '_> {
    fn add(&mut self, trail: &Trail<'_>, field: &str, body: &str) {
        let at = self.value.get(field).unwrap_or(self.value);
        let text = format!("{}: {body}", trail.field(field).text());
        self.flaws.push(Flaw { text, location: at.location(FieldPath::root()) });
    }
}

/// The rules for a node of the structure.
pub(super) fn check(
    raw: &Raw<'_>,
    value: Value<'_>,
    trail: &Trail<'_>,
    level: Level,
    flaws: &mut Vec<Flaw>,
) -> Result<(), Misread> {
    let mut report = Report { value, flaws };
    let preserve = raw.preserve == Some(true);
    let has_items = raw.items.is_some_and(|items| items.kind() == ValueKind::Mapping);
    if raw.kind == "array" && !has_items {
        report.add(trail, "items", "Required value: must be specified");
    }
    if raw.additional.is_some() && level == Level::Root {
        report.add(trail, "additionalProperties", "Forbidden: must not be used at the root");
    }
    if raw.int_or_string && preserve {
        let body = "Invalid value: true: must be false if x-kubernetes-int-or-string is true";
        report.add(trail, "x-kubernetes-preserve-unknown-fields", body);
    }
    if raw.int_or_string && raw.embedded {
        let body = "Invalid value: true: must be false if x-kubernetes-int-or-string is true";
        report.add(trail, "x-kubernetes-embedded-resource", body);
    }
    check_type(raw, trail, level, preserve, &mut report);
    if raw.embedded && raw.additional.is_some() {
        let body = "Forbidden: must not be used if x-kubernetes-embedded-resource is set";
        report.add(trail, "additionalProperties", body);
    }
    check_meta_fields(raw, trail, level, &mut report)?;
    let has_properties = raw.properties.is_some_and(|properties| properties.entries().next().is_some());
    if raw.embedded && !preserve && !has_properties {
        let body = "Required value: must not be empty if x-kubernetes-embedded-resource is true without \
                    x-kubernetes-preserve-unknown-fields";
        report.add(trail, "properties", body);
    }
    Ok(())
}

fn check_type(raw: &Raw<'_>, trail: &Trail<'_>, level: Level, preserve: bool, report: &mut Report<'_, '_>) {
    if raw.embedded && raw.kind != "object" {
        let must = "must be object if x-kubernetes-embedded-resource is true";
        let body = if raw.kind.is_empty() {
            format!("Required value: {must}")
        } else {
            format!("Invalid value: {}: {must}", quoted(raw.kind))
        };
        report.add(trail, "type", &body);
    } else if raw.kind.is_empty() && !raw.int_or_string && !preserve {
        let must = match level {
            Level::Root => "at the root",
            Level::Item => "for specified array items",
            Level::Field => "for specified object fields",
        };
        report.add(trail, "type", &format!("Required value: must not be empty {must}"));
    }
    if level == Level::Root && !raw.kind.is_empty() && raw.kind != "object" {
        report.add(
            trail,
            "type",
            &format!("Invalid value: {}: must be object at the root", quoted(raw.kind)),
        );
    }
}

/// What a schema may say about `apiVersion`, `kind` and `metadata`.
fn check_meta_fields(
    raw: &Raw<'_>,
    trail: &Trail<'_>,
    level: Level,
    report: &mut Report<'_, '_>,
) -> Result<(), Misread> {
    let Some(properties) = raw.properties else { return Ok(()) };
    let trail = trail.field("properties");
    let is_resource = level == Level::Root || raw.embedded;
    for name in ["kind", "apiVersion"] {
        if let Some(property) = properties.get(name).filter(|_| is_resource) {
            let found = Raw::read(property)?;
            if found.kind != "string" {
                let body = format!("Invalid value: {}: must be string", quoted(found.kind));
                Report { value: property, flaws: report.flaws }.add(&trail.key(name), "type", &body);
            }
        }
    }
    let Some(metadata) = properties.get("metadata") else { return Ok(()) };
    let found = Raw::read(metadata)?;
    if is_resource && found.kind != "object" {
        let body = format!("Invalid value: {}: must be object", quoted(found.kind));
        Report { value: metadata, flaws: report.flaws }.add(&trail.key("metadata"), "type", &body);
    }
    if level == Level::Root && !restricts_names_only(&found) {
        let body = "Forbidden: must not specify anything other than name and generateName, but metadata is \
                    implicitly specified";
        let text = format!("{}: {body}", trail.key("metadata").text());
        report.flaws.push(Flaw { text, location: metadata.location(FieldPath::root()) });
    }
    Ok(())
}

fn restricts_names_only(metadata: &Raw<'_>) -> bool {
    let names = metadata.properties.is_none_or(|properties| {
        properties.entries().all(|(name, _)| matches!(name, "name" | "generateName"))
    });
    let rest = Raw { kind: "object", properties: None, default: None, ..metadata.clone() };
    names && rest.is_only_type("object")
}

/// The rules for a node that only restricts values: it has no structure of its own.
pub(super) fn check_nested(raw: &Raw<'_>, value: Value<'_>, trail: &Trail<'_>, flaws: &mut Vec<Flaw>) {
    let mut report = Report { value, flaws };
    let mut forbid = |is: bool, field: &str, must: &str| {
        if is {
            report.add(trail, field, &format!("Forbidden: must be {must} to be structural"));
        }
    };
    forbid(!raw.kind.is_empty(), "type", "empty");
    let additional = raw.additional.is_some_and(|additional| additional.as_bool() != Some(false));
    forbid(additional, "additionalProperties", "undefined");
    forbid(raw.default.is_some(), "default", "undefined");
    forbid(!raw.title.is_empty(), "title", "empty");
    forbid(!raw.description.is_empty(), "description", "empty");
    forbid(raw.nullable, "nullable", "false");
    forbid(raw.preserve == Some(true), "x-kubernetes-preserve-unknown-fields", "false");
    forbid(raw.embedded, "x-kubernetes-embedded-resource", "false");
    forbid(raw.int_or_string, "x-kubernetes-int-or-string", "false");
    forbid(!raw.list_keys.is_empty(), "x-kubernetes-list-map-keys", "empty");
    forbid(raw.list_type.is_some(), "x-kubernetes-list-type", "undefined");
    forbid(raw.map_type.is_some(), "x-kubernetes-map-type", "undefined");
    forbid(raw.validations.is_some(), "x-kubernetes-validations", "empty");
    if let Some(metadata) = raw.properties.and_then(|properties| properties.get("metadata")) {
        let text = format!(
            "{}: Forbidden: must not be specified in a nested context",
            trail.field("properties").key("metadata").text()
        );
        report.flaws.push(Flaw { text, location: metadata.location(FieldPath::root()) });
    }
}
