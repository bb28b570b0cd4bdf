//! `x-kubernetes-map-type`, `x-kubernetes-list-type` and the keys of lists.

use std::collections::BTreeSet;

use super::super::super::raw::{Misread, Raw};
use super::super::{list, shown};
use super::Walk;
use crate::object::{FieldPath, Value, ValueKind};
use crate::quote::quoted;
use crate::schema::crd::accept::Problem;

const KEYS: &str = "x-kubernetes-list-map-keys";
const LIST_TYPE: &str = "x-kubernetes-list-type";
const MAP_TYPE: &str = "x-kubernetes-map-type";

pub(super) fn check(
    walk: &mut Walk<'_, '_>,
    raw: &Raw<'_>,
    value: Value<'_>,
    path: &str,
) -> Result<(), Misread> {
    let items = raw.items.filter(|items| items.kind() == ValueKind::Mapping);
    let item = items.map(Raw::read).transpose()?.map(Box::new);
    if let Some(map_type) = raw.map_type {
        must_be(walk, raw, value, path, "object", "x-kubernetes-map-type is specified");
        known(walk, value, path, MAP_TYPE, map_type, &["atomic", "granular"]);
    }
    if let Some(list_type) = raw.list_type {
        if raw.kind != "array" {
            must_be(walk, raw, value, path, "array", "x-kubernetes-list-type is specified");
        } else if let (true, Some(item)) = (list_type == "set", &item) {
            set_items(walk, item, value, path);
        }
        known(walk, value, path, LIST_TYPE, list_type, &["atomic", "set", "map"]);
    }
    if !raw.list_keys.is_empty() {
        let must = "must be map if x-kubernetes-list-map-keys is non-empty";
        match raw.list_type {
            None => walk.add(value, path, LIST_TYPE, &format!("Required value: {must}")),
            Some("map") => {}
            Some(other) => {
                walk.add(value, path, LIST_TYPE, &format!("Invalid value: {}: {must}", quoted(other)));
            }
        }
    }
    if raw.list_type == Some("map") {
        map(walk, raw, item.as_deref(), value, path)?;
    }
    if let (Some(list_type @ ("set" | "map")), Some(item)) = (raw.list_type, &item) {
        keys(walk, raw, item, list_type, value, path)?;
    }
    Ok(())
}

fn must_be(walk: &mut Walk<'_, '_>, raw: &Raw<'_>, value: Value<'_>, path: &str, kind: &str, because: &str) {
    let must = format!("must be {kind} if {because}");
    if raw.kind.is_empty() {
        walk.add(value, path, "type", &format!("Required value: {must}"));
    } else if raw.kind != kind {
        walk.add(value, path, "type", &format!("Invalid value: {}: {must}", quoted(raw.kind)));
    }
}

fn known(walk: &mut Walk<'_, '_>, value: Value<'_>, path: &str, field: &str, written: &str, words: &[&str]) {
    if !words.contains(&written) {
        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let body = format!("Unsupported value: {}: supported values: {}", quoted(written), words.join(", "));
        walk.add(value, path, field, &body);
    }
}

/// What is an item of a set is replaced as one.
fn set_items(walk: &mut Walk<'_, '_>, item: &Raw<'_>, value: Value<'_>, path: &str) {
    let field = match item.kind {
        "array" if item.list_type.is_some_and(|list_type| list_type != "atomic") => LIST_TYPE,
        "object" if item.map_type != Some("atomic") => MAP_TYPE,
        _ => return,
    };
    // upstream prints the list type in both cases
    let nothing = if walk.report.version.minor() >= 34 { "null" } else { "\"null\"" };
    let value_text =
        item.list_type.map_or_else(|| nothing.to_owned(), |list_type| shown(list_type, walk.report.version));
    let must = "must be atomic as item of a list with x-kubernetes-list-type=set";
    walk.add_below(value, path, &["items", field], &format!("Invalid value: {value_text}: {must}"));
}

fn map(
    walk: &mut Walk<'_, '_>,
    raw: &Raw<'_>,
    item: Option<&Raw<'_>>,
    value: Value<'_>,
    path: &str,
) -> Result<(), Misread> {
    if raw.list_keys.is_empty() {
        walk.add(value, path, KEYS, "Required value: must not be empty if x-kubernetes-list-type is map");
    }
    let Some(item) = item else {
        let body = if raw.items.is_none() {
            "Required value: must have a schema if x-kubernetes-list-type is map"
        } else {
            "Invalid value: must only have a single schema if x-kubernetes-list-type is map"
        };
        walk.add(value, path, "items", body);
        return Ok(());
    };
    if item.kind != "object" {
        let body = format!(
            "Invalid value: {}: must be object if parent array's x-kubernetes-list-type is map",
            quoted(item.kind)
        );
        walk.add_below(value, path, &["items", "type"], &body);
        return Ok(());
    }
    let all = list(&raw.list_keys, walk.report.version);
    let mut seen = BTreeSet::new();
    for key in &raw.list_keys {
        if let Some(property) = item.properties.and_then(|properties| properties.get(key)) {
            if matches!(Raw::read(property)?.kind, "array" | "object") {
                // upstream prints the type of the item
                let body = "Invalid value: \"object\": must be a scalar type if parent array's \
                            x-kubernetes-list-type is map";
                walk.add_property(property, path, key, "type", body);
            }
        } else {
            let body = format!("Invalid value: {all}: entries must all be names of item properties");
            walk.add(value, path, KEYS, &body);
        }
        if !seen.insert(*key) {
            walk.add(value, path, KEYS, &format!("Invalid value: {all}: must not contain duplicate entries"));
        }
    }
    Ok(())
}

/// upstream: `validateMapListKeysMapSet`
fn keys(
    walk: &mut Walk<'_, '_>,
    raw: &Raw<'_>,
    item: &Raw<'_>,
    list_type: &str,
    value: Value<'_>,
    path: &str,
) -> Result<(), Misread> {
    if item.nullable {
        let body = format!("Forbidden: cannot be nullable when x-kubernetes-list-type is {list_type}");
        walk.add_below(value, path, &["items", "nullable"], &body);
    }
    if list_type != "map" {
        return Ok(());
    }
    for key in &raw.list_keys {
        let Some(property) = item.properties.and_then(|properties| properties.get(key)) else { continue };
        let known = Raw::read(property)?;
        if !item.required.contains(key) && known.default.is_none() {
            let body = "Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be \
                        a required property";
            walk.add_property(property, path, key, "default", body);
        }
        if known.nullable {
            let body = "Forbidden: this property is in x-kubernetes-list-map-keys, so it cannot be nullable";
            walk.add_property(property, path, key, "nullable", body);
        }
    }
    Ok(())
}

impl Walk<'_, '_> {
    /// A problem of a field below a field.
    fn add_below(&mut self, value: Value<'_>, path: &str, fields: &[&str], body: &str) {
        let path = format!("{path}.{}", fields.join("."));
        let mut at = value;
        for field in fields {
            at = at.get(field).unwrap_or(at);
        }
        let location = at.location(FieldPath::root());
        self.report.problems.push(Problem { text: format!("{path}: {body}"), location, structural: false });
    }

    /// A problem of a property of the items.
    fn add_property(&mut self, property: Value<'_>, path: &str, key: &str, field: &str, body: &str) {
        self.add(property, &format!("{path}.items.properties[{key}]"), field, body);
    }
}
