//! Rules in CEL, as far as they are no CEL: that they are there, and what goes with them.

use super::super::super::compile::{Purpose, compile};
use super::super::field_path::{self, Notation};
use super::Walk;
use crate::object::{Value, ValueKind};
use crate::quote::quoted;

const FIELD: &str = "x-kubernetes-validations";
const REASONS: [&str; 4] =
    ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

pub(super) fn check(walk: &mut Walk<'_, '_>, schema: Value<'_>, path: &str) {
    let rules = schema.get(FIELD).filter(|rules| rules.kind() == ValueKind::Sequence);
    for (index, rule) in rules.into_iter().flat_map(|rules| rules.items()).enumerate() {
        let path = format!("{path}.{FIELD}[{index}]");
        one(walk, schema, rule, &path);
    }
}

fn one(walk: &mut Walk<'_, '_>, schema: Value<'_>, value: Value<'_>, path: &str) {
    let text = |name: &str| value.get(name).and_then(|text| text.as_str()).unwrap_or_default();
    let (rule, message, expression) = (text("rule"), text("message"), text("messageExpression"));
    let (reason, field) = (text("reason"), text("fieldPath"));
    // Before 1.34 the words began with the field.
    let named = |name: &str, rest: &str, version: u16| {
        if version >= 34 { rest.to_owned() } else { format!("{name} {rest}") }
    };
    let minor = walk.report.version.minor();
    let mut add = |name: &str, body: &str| walk.add(value, path, name, body);
    let invalid = |written: &str, detail: &str| format!("Invalid value: {}: {detail}", quoted(written));
    let breaks = |text: &str| text.contains(['\n', '\r']);
    if rule.trim().is_empty() {
        add("rule", "Required value: rule is not specified");
    } else if !message.is_empty() && message.trim().is_empty() {
        add("message", &invalid(message, &named("message", "must be non-empty if specified", minor)));
    } else if breaks(message.trim()) {
        add("message", &invalid(message, &named("message", "must not contain line breaks", minor)));
    } else if breaks(rule.trim()) && message.trim().is_empty() {
        add("message", "Required value: message must be specified if rule contains line breaks");
    }
    if !expression.is_empty() && expression.trim().is_empty() {
        add("messageExpression", "Required value: messageExpression must be non-empty if specified");
    }
    if value.get("reason").is_some_and(|reason| !reason.is_null()) && !REASONS.contains(&reason) {
        let known: Vec<String> = REASONS.iter().map(|word| quoted(word)).collect();
        let body = format!("Unsupported value: {}: supported values: {}", quoted(reason), known.join(", "));
        add("reason", &body);
    }
    if !field.is_empty() && field.trim().is_empty() {
        add("fieldPath", &invalid(field, &named("fieldPath", "must be non-empty if specified", minor)));
    }
    if breaks(field) {
        add("fieldPath", &invalid(field, &named("fieldPath", "must not contain line breaks", minor)));
    }
    if !field.is_empty() && field_path::find(field, Some(schema), Notation::Brackets).is_err() {
        // upstream takes every path when the schema cannot be made structural
        let compiled = compile(schema, path, walk.report.version, Purpose::Defaults);
        if compiled.is_ok_and(|compiled| compiled.structure.is_none()) {
            walk.add(
                value,
                path,
                "fieldPath",
                &invalid(field, &named("fieldPath", "must be a valid path", minor)),
            );
        }
    }
}
