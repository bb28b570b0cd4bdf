//! The schema of a version: structure, defaults, and what each node may say.
//!
//! upstream: `validateCustomResourceDefinitionValidation`, `ValidateCustomResourceDefinitionOpenAPISchema`

mod lists;
mod root;
mod rules;

use super::super::compile::{DEPTH_LIMIT, Purpose, Unreadable, compile};
use super::super::node::is_meta_field;
use super::super::raw::{Misread, Raw};
use super::written::{Written, schema_of};
use super::{Problem, Report, default};
use crate::object::{FieldPath, Value, ValueKind};
use crate::quote::quoted;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

/// Every version needs a schema.
pub(super) fn presence(written: &Written<'_>, report: &mut Report<'_>) {
    if schema_of(written.validation).is_none() {
        for (index, version) in written.versions.iter().enumerate() {
            if schema_of(version.schema).is_none() {
                let path = format!("spec.versions[{index}].schema.openAPIV3Schema");
                report
                    .required(&path, if report.version.minor() >= 34 { "" } else { "schemas are required" });
            }
        }
    }
    // Without a word in the old form unknown fields stay, and defaults may not be.
    let has_defaults = written.preserve == Some(true)
        && std::iter::once(written.validation)
            .chain(written.versions.iter().map(|version| version.schema))
            .filter_map(schema_of)
            .any(|schema| has_default(schema, 0));
    if has_defaults {
        let detail = "must be false in order to use defaults in the schema";
        report.invalid("spec.preserveUnknownFields", "true", detail);
    }
}

/// Whether a schema or one below it has a default.
fn has_default(schema: Value<'_>, depth: usize) -> bool {
    if depth > DEPTH_LIMIT || schema.kind() != ValueKind::Mapping {
        return false;
    }
    schema.entries().any(|(key, value)| match key {
        "default" => !value.is_null(),
        "not" | "additionalProperties" | "additionalItems" => has_default(value, depth + 1),
        "items" => has_default(value, depth + 1) || value.items().any(|item| has_default(item, depth + 1)),
        "allOf" | "anyOf" | "oneOf" => value.items().any(|item| has_default(item, depth + 1)),
        "properties" | "patternProperties" | "definitions" | "dependencies" => {
            value.entries().any(|(_, value)| has_default(value, depth + 1))
        }
        _ => false,
    })
}

/// The schema below a `validation` or a `schema`.
pub(super) fn check(
    validation: Option<Value<'_>>,
    has_status: bool,
    path: &str,
    report: &mut Report<'_>,
) -> Result<(), Misread> {
    let Some(schema) = schema_of(validation) else { return Ok(()) };
    let path = format!("{path}.openAPIV3Schema");
    let before = report.problems.len();
    if has_status {
        root::check(schema, &path, report);
    }
    if schema.get("nullable").and_then(|nullable| nullable.as_bool()) == Some(true) {
        report.forbidden(&format!("{path}.nullable"), "nullable cannot be true at the root");
    }
    let compiled = match compile(schema, &path, report.version, Purpose::Defaults) {
        Ok(compiled) => compiled,
        Err(Unreadable::Misread(misread)) => return Err(misread),
        // It is refused for its depth.
        Err(Unreadable::TooDeep(_)) => return Ok(()),
    };
    let is_fatal = compiled.structure.is_some();
    let flaws = compiled.flaws.iter().map(|flaw| Problem {
        text: flaw.text.clone(),
        location: if flaw.location.document == 0 {
            schema.location(FieldPath::root())
        } else {
            flaw.location.clone()
        },
        structural: true,
    });
    let flaws: Vec<Problem> = flaws.collect();
    if !is_fatal && flaws.is_empty() {
        default::check(compiled.schema, schema, &path, report);
    }
    if !is_fatal {
        report.problems.extend(flaws.iter().cloned());
    }
    let mut walk = Walk { report, depth: 0 };
    walk.node(schema, &path, &Around { is_root: true, ..Around::default() })?;
    if is_fatal && report.problems.len() == before {
        report.problems.extend(flaws);
    }
    Ok(())
}

/// What the schemas around a node say about it.
#[derive(Clone, Debug, Default)]
struct Around {
    is_root: bool,
    /// Why there may be no default.
    no_default: Option<String>,
    in_metadata: bool,
}

struct Walk<'r, 'a> {
    report: &'r mut Report<'a>,
    depth: usize,
}

impl Walk<'_, '_> {
    fn add(&mut self, value: Value<'_>, path: &str, field: &str, body: &str) {
        let at = value.get(field).unwrap_or(value);
        let location = at.location(FieldPath::root());
        self.report.problems.push(Problem {
            text: format!("{path}.{field}: {body}"),
            location,
            structural: false,
        });
    }

    fn node(&mut self, value: Value<'_>, path: &str, around: &Around) -> Result<(), Misread> {
        if value.kind() != ValueKind::Mapping || self.depth > DEPTH_LIMIT {
            return Ok(());
        }
        let raw = Box::new(Raw::read(value)?);
        self.own(&raw, value, path, around);
        if raw.unique_items {
            let body =
                "Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
            self.add(value, path, "uniqueItems", body);
        }
        let has_properties = raw.properties.is_some_and(|properties| properties.entries().next().is_some());
        if raw.additional.is_some_and(|additional| additional.as_bool() != Some(true)) && has_properties {
            let body = "Forbidden: additionalProperties and properties are mutual exclusive";
            self.add(value, path, "additionalProperties", body);
        }
        self.depth += 1;
        self.below(&raw, value, path, around)?;
        self.depth -= 1;
        self.preserve(&raw, value, path);
        lists::check(self, &raw, value, path)?;
        rules::check(self, value, path);
        Ok(())
    }

    fn below(&mut self, raw: &Raw<'_>, value: Value<'_>, path: &str, around: &Around) -> Result<(), Misread> {
        let inherited = Around { is_root: false, ..around.clone() };
        if let Some(additional) = raw.additional {
            let mut around = inherited.clone();
            if around.in_metadata {
                around.no_default =
                    Some("inside additionalProperties applying to object metadata".to_owned());
            }
            self.node(additional, &format!("{path}.additionalProperties"), &around)?;
        }
        for (name, property) in raw.properties.into_iter().flat_map(|properties| properties.entries()) {
            let mut below = inherited.clone();
            if (around.is_root || raw.embedded) && is_meta_field(name) {
                below.in_metadata = true;
                if around.is_root {
                    below.no_default = Some(format!("in top-level {name}"));
                }
            }
            self.node(property, &format!("{path}.properties[{name}]"), &below)?;
        }
        if let Some(not) = raw.not {
            self.node(not, &format!("{path}.not"), &inherited)?;
        }
        for (name, list) in [("allOf", raw.all_of), ("oneOf", raw.one_of), ("anyOf", raw.any_of)] {
            for (index, item) in list.into_iter().flat_map(|list| list.items()).enumerate() {
                self.node(item, &format!("{path}.{name}[{index}]"), &inherited)?;
            }
        }
        for name in ["definitions", "dependencies"] {
            for (key, below) in value.get(name).into_iter().flat_map(|all| all.entries()) {
                self.node(below, &format!("{path}.{name}[{key}]"), &inherited)?;
            }
        }
        if let Some(items) = raw.items {
            self.node(items, &format!("{path}.items"), &inherited)?;
            for (index, item) in items.items().enumerate() {
                self.node(item, &format!("{path}.items[{index}]"), &inherited)?;
            }
        }
        Ok(())
    }

    /// upstream: `specStandardValidatorV3`
    fn own(&mut self, raw: &Raw<'_>, value: Value<'_>, path: &str, around: &Around) {
        if !raw.kind.is_empty() && !TYPES.contains(&raw.kind) {
            let known: Vec<String> = TYPES.iter().map(|word| quoted(word)).collect();
            let body =
                format!("Unsupported value: {}: supported values: {}", quoted(raw.kind), known.join(", "));
            self.add(value, path, "type", &body);
        }
        if let (Some(_), Some(reason)) = (raw.default, &around.no_default) {
            self.add(value, path, "default", &format!("Forbidden: must not be set {reason}"));
        }
        let set = |name: &str| value.get(name).filter(|value| !value.is_null());
        let is_filled = |value: &Value<'_>| value.entries().next().is_some();
        let has = |name: &str| match name {
            "id" => set(name).is_some_and(|id| id.as_str() != Some("")),
            "patternProperties" | "definitions" => set(name).as_ref().is_some_and(is_filled),
            _ => set(name).is_some(),
        };
        for name in ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"] {
            if has(name) {
                self.add(value, path, name, &format!("Forbidden: {name} is not supported"));
            }
        }
        if raw.kind == "null" {
            let body = "Forbidden: type cannot be set to null, use nullable as an alternative";
            self.add(value, path, "type", body);
        }
        if raw.items.is_some_and(|items| items.items().next().is_some()) {
            self.add(value, path, "items", "Forbidden: items must be a schema object and not an array");
        }
        if around.in_metadata && raw.embedded {
            let body = "Forbidden: must not be used inside of resource meta";
            self.add(value, path, "x-kubernetes-embedded-resource", body);
        }
    }

    fn preserve(&mut self, raw: &Raw<'_>, value: Value<'_>, path: &str) {
        if raw.preserve == Some(false) {
            let body = "Invalid value: false: must be true or undefined";
            self.add(value, path, "x-kubernetes-preserve-unknown-fields", body);
        }
    }
}
