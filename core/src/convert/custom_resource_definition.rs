//! `CustomResourceDefinition`: `v1beta1` has one schema for all versions, `v1` has one in each.

use super::fields::{each, is_empty, map_at, rename, same, text, written};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

/// The names of a field of all versions in `v1beta1`, and of a field of each version.
const PER_VERSION: &[(&str, &str)] = &[
    ("subresources", "subresources"),
    ("validation", "schema"),
    ("additionalPrinterColumns", "additionalPrinterColumns"),
    ("selectableFields", "selectableFields"),
];

// upstream: apiextensions-apiserver pkg/apis/apiextensions/v1/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    let Some(spec) = map_at(object, &["spec"]) else { return };
    match (from.version.as_str(), to.version.as_str()) {
        ("v1beta1", "v1") => raise(spec),
        ("v1", "v1beta1") => lower(spec),
        _ => {}
    }
}

fn raise(spec: &mut DraftMap) {
    rename_columns(spec, "JSONPath", "jsonPath");
    let name = spec.remove("version");
    if is_empty(spec.get("versions"))
        && let Some(name) = name.filter(|name| name.as_str().is_some_and(|name| !name.is_empty()))
    {
        let only = [("name", name), ("served", Draft::Bool(true)), ("storage", Draft::Bool(true))];
        spec.set("versions", Draft::List(vec![Draft::map(only)]));
    }
    for (all, one) in PER_VERSION {
        if let Some(value) = spec.remove(all).filter(|value| *value != Draft::Null) {
            each(spec, "versions", |version| version.set(one, value.clone()));
        }
    }
    let Some(conversion) = map_at(spec, &["conversion"]) else { return };
    conversion.remove("webhook");
    let client = conversion.remove("webhookClientConfig").filter(|client| *client != Draft::Null);
    let reviews = conversion.remove("conversionReviewVersions").filter(|reviews| *reviews != Draft::Null);
    if client.is_some() || reviews.is_some() {
        let webhook = conversion.entry("webhook").as_map();
        for (key, value) in [("clientConfig", client), ("conversionReviewVersions", reviews)] {
            if let Some(value) = value {
                webhook.set(key, value);
            }
        }
    }
}

fn lower(spec: &mut DraftMap) {
    if let Some(Draft::List(versions)) = spec.get("versions")
        && let Some(Draft::Map(first)) = versions.first()
    {
        let name = text(first, "name").to_owned();
        let shared: Vec<_> = PER_VERSION
            .iter()
            .filter(|(_, one)| versions.iter().all(|version| same(version.get(one), first.get(one))))
            .map(|(all, one)| (*all, *one, written(first, one).cloned()))
            .collect();
        spec.set("version", Draft::text(name));
        for (all, one, value) in shared {
            each(spec, "versions", |version| {
                version.remove(one);
            });
            if let Some(value) = value {
                spec.set(all, value);
            }
        }
    }
    rename_columns(spec, "jsonPath", "JSONPath");
    // Absent means true in `v1beta1`.
    if written(spec, "preserveUnknownFields").is_none() {
        spec.set("preserveUnknownFields", Draft::Bool(false));
    }
    let Some(conversion) = map_at(spec, &["conversion"]) else { return };
    conversion.remove("webhookClientConfig");
    conversion.remove("conversionReviewVersions");
    if let Some(Draft::Map(mut webhook)) = conversion.remove("webhook") {
        for (inside, outside) in [
            ("clientConfig", "webhookClientConfig"),
            ("conversionReviewVersions", "conversionReviewVersions"),
        ] {
            if let Some(value) = webhook.remove(inside).filter(|value| *value != Draft::Null) {
                conversion.set(outside, value);
            }
        }
    }
}

fn rename_columns(spec: &mut DraftMap, from: &str, to: &str) {
    let columns = |map: &mut DraftMap| {
        each(map, "additionalPrinterColumns", |column| rename(column, from, to));
    };
    columns(spec);
    each(spec, "versions", columns);
}
