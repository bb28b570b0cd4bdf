//! What the root of a schema may say when `status` is a subresource: its schema is taken out and used alone.

use super::super::Report;
use crate::object::Value;
use crate::quote::quoted;

/// Fields of a schema as upstream names them, in its order. `type` has a rule of its own.
const BEFORE_TYPE: [&str; 3] = ["id", "$schema", "$ref"];

const ALLOWED: [(&str, &str); 22] = [
    ("Description", "description"),
    ("Type", "type"),
    ("Format", "format"),
    ("Title", "title"),
    ("Maximum", "maximum"),
    ("ExclusiveMaximum", "exclusiveMaximum"),
    ("Minimum", "minimum"),
    ("ExclusiveMinimum", "exclusiveMinimum"),
    ("MaxLength", "maxLength"),
    ("MinLength", "minLength"),
    ("Pattern", "pattern"),
    ("MaxItems", "maxItems"),
    ("MinItems", "minItems"),
    ("UniqueItems", "uniqueItems"),
    ("MultipleOf", "multipleOf"),
    ("Required", "required"),
    ("Items", "items"),
    ("Properties", "properties"),
    ("ExternalDocs", "externalDocs"),
    ("Example", "example"),
    ("XPreserveUnknownFields", "x-kubernetes-preserve-unknown-fields"),
    ("XValidations", "x-kubernetes-validations"),
];

const FORBIDDEN: [&str; 22] = [
    "id",
    "$schema",
    "$ref",
    "nullable",
    "default",
    "enum",
    "maxProperties",
    "minProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "additionalProperties",
    "patternProperties",
    "dependencies",
    "additionalItems",
    "definitions",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
];

pub(super) fn check(schema: Value<'_>, path: &str, report: &mut Report<'_>) {
    let kind = schema.get("type").and_then(|kind| kind.as_str()).unwrap_or_default();
    let wrong_type = !kind.is_empty() && kind != "object";
    // Only the first is reported.
    if BEFORE_TYPE.iter().any(|name| is_set(schema, name)) || !wrong_type {
        if FORBIDDEN.iter().any(|name| is_set(schema, name)) {
            let names: Vec<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
            let detail = format!(
                "only [{}] fields are allowed at the root of the schema if the status subresource is enabled",
                names.join(" ")
            );
            report.invalid_whole(path, &detail);
        }
    } else {
        let detail = "only \"object\" is allowed as the type at the root of the schema if the status subresource is \
                      enabled";
        report.invalid(&format!("{path}.type"), &quoted(kind), detail);
    }
}

/// Whether a field is there and not Go's zero value.
fn is_set(schema: Value<'_>, name: &str) -> bool {
    let found = schema.get(name).filter(|value| !value.is_null());
    let switches = ["nullable", "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string"];
    found.is_some_and(|value| match name {
        "id" | "$schema" => value.as_str() != Some(""),
        _ if switches.contains(&name) => value.as_bool() == Some(true),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::{ALLOWED, BEFORE_TYPE, FORBIDDEN};

    #[test]
    fn every_field_of_a_schema_is_allowed_or_not() {
        // Go's JSONSchemaProps has 44 fields.
        assert_eq!(ALLOWED.len() + FORBIDDEN.len(), 44);
        assert!(ALLOWED.iter().all(|(_, name)| !FORBIDDEN.contains(name)));
        assert!(BEFORE_TYPE.iter().all(|name| FORBIDDEN.contains(name)));
    }
}
