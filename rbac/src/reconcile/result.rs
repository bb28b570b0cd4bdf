//! The object as it will be.

use std::collections::BTreeMap;

use kubelogic_core::object::Object;
use serde_json::{Map, Value, json};

use super::api_version;
use super::written::{Selector, Written};
use crate::model::{ObjectMeta, PolicyRule, RoleRef, Subject};

/// Labels and annotations of both; what is stored wins.
pub(super) struct Merged {
    labels: BTreeMap<String, String>,
    annotations: BTreeMap<String, String>,
    pub(super) changed: bool,
}

impl Merged {
    pub(super) fn new(stored: &ObjectMeta, desired: &Written<'_>) -> Self {
        let (labels, more_labels) = merge(&stored.labels, desired.labels.as_ref());
        let (annotations, more_annotations) = merge(&stored.annotations, desired.annotations.as_ref());
        Self { labels, annotations, changed: more_labels || more_annotations }
    }
}

/// Both maps, and whether that is another one than the stored one. An empty map of the file is one that an object
/// without a map lacks.
fn merge(
    stored: &BTreeMap<String, String>,
    desired: Option<&BTreeMap<String, String>>,
) -> (BTreeMap<String, String>, bool) {
    let mut all = stored.clone();
    for (key, value) in desired.into_iter().flatten() {
        all.entry(key.clone()).or_insert_with(|| value.clone());
    }
    let made = desired.is_some() && stored.is_empty();
    let changed = made || all != *stored;
    (all, changed)
}

pub(super) fn role(
    object: &Object,
    merged: Option<&Merged>,
    rules: &[PolicyRule],
    selectors: Option<&[Selector]>,
) -> Value {
    let mut result = base(object, merged);
    result.insert("rules".to_owned(), rules.iter().map(|rule| json!(rule)).collect());
    result.remove("aggregationRule");
    if let Some(selectors) = selectors {
        let selectors: Vec<Value> = selectors.iter().map(|selector| selector.json.clone()).collect();
        result.insert("aggregationRule".to_owned(), json!({"clusterRoleSelectors": selectors}));
    }
    without_empty(Value::Object(result))
}

pub(super) fn binding(
    object: &Object,
    merged: Option<&Merged>,
    reference: &RoleRef,
    subjects: &[Subject],
) -> Value {
    let mut result = base(object, merged);
    let RoleRef { api_group, kind, name } = reference;
    result.insert("roleRef".to_owned(), json!({"apiGroup": api_group, "kind": kind, "name": name}));
    result.insert("subjects".to_owned(), subjects.iter().map(subject).collect());
    without_empty(Value::Object(result))
}

fn subject(subject: &Subject) -> Value {
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), json!(subject.kind));
    fields.insert("name".to_owned(), json!(subject.name));
    for (field, value) in [("apiGroup", &subject.api_group), ("namespace", &subject.namespace)] {
        if !value.is_empty() {
            fields.insert(field.to_owned(), json!(value));
        }
    }
    Value::Object(fields)
}

/// The object without what it grants.
fn base(object: &Object, merged: Option<&Merged>) -> Map<String, Value> {
    let mut result = Map::new();
    result.insert("apiVersion".to_owned(), json!(api_version()));
    result.insert("kind".to_owned(), json!(object.kind()));
    let metadata = object.root().get("metadata").and_then(|metadata| metadata.to_typed::<Value>().ok());
    let mut metadata = match metadata {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    if let Some(merged) = merged {
        for (field, map) in [("labels", &merged.labels), ("annotations", &merged.annotations)] {
            metadata.remove(field);
            if !map.is_empty() {
                metadata.insert(field.to_owned(), json!(map));
            }
        }
    }
    result.insert("metadata".to_owned(), Value::Object(metadata));
    result
}

/// Without nulls and empty lists.
fn without_empty(value: Value) -> Value {
    let kept = |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(key, value)| (key, without_empty(value)))
            .filter(|(_, value)| kept(value))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.into_iter().map(without_empty).collect(),
        other => other,
    }
}
