//! What annotations of `autoscaling/v1` say, read as Go's JSON decoder reads it and written as its encoder writes it.

use super::super::fields::{text, written};
use super::metrics;
use crate::object::{Draft, DraftMap, Origin, SourceName};
use crate::read::{Options, json_value, write::to_json};

/// The wanted metrics; nothing when the text is no list of them.
pub(super) fn metrics(json: &str, keeps_zero: bool) -> Option<Vec<Draft>> {
    list(json).map(|all| all.iter().map(|metric| metrics::raise(metric, keeps_zero)).collect())
}

/// The reported metrics; nothing when the text is no list of them.
pub(super) fn current_metrics(json: &str) -> Option<Vec<Draft>> {
    list(json).map(|all| all.iter().map(metrics::raise_current).collect())
}

/// The conditions; nothing when the text is no list of them.
pub(super) fn conditions(json: &str) -> Option<Vec<Draft>> {
    list(json).map(|all| all.into_iter().map(Draft::Map).collect())
}

/// How to scale up and down; nothing when the text says neither.
pub(super) fn behavior(json: &str) -> Option<Draft> {
    let Draft::Map(mut behavior) = read(json)? else { return None };
    // Upstream writes the names of Go's fields, which begin with capitals.
    rename(&mut behavior, &["scaleUp", "scaleDown"]);
    for direction in ["scaleUp", "scaleDown"] {
        match behavior.get_mut(direction) {
            Some(Draft::Map(rules)) => {
                rename(rules, &["stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance"]);
                if let Some(Draft::List(policies)) = rules.get_mut("policies") {
                    for policy in policies {
                        rename(policy.as_map(), &["type", "value", "periodSeconds"]);
                    }
                }
                let keys: Vec<String> = rules
                    .iter()
                    .filter(|(_, value)| **value == Draft::Null)
                    .map(|(key, _)| key.to_owned())
                    .collect();
                for key in keys {
                    rules.remove(&key);
                }
            }
            _ => {
                behavior.remove(direction);
            }
        }
    }
    (!behavior.is_empty()).then_some(Draft::Map(behavior))
}

/// The wanted metrics as text; nothing when there are none.
pub(super) fn write_metrics(all: &[Draft]) -> Option<String> {
    write_list(all.iter().map(|metric| metrics::lower(metric, false)).collect())
}

/// The reported metrics as text; nothing when there are none.
pub(super) fn write_current_metrics(all: &[Draft]) -> Option<String> {
    write_list(all.iter().map(|metric| metrics::lower(metric, true)).collect())
}

/// The conditions as text; nothing when there are none.
pub(super) fn write_conditions(all: &[Draft]) -> Option<String> {
    let condition = |condition: &Draft| {
        let empty = DraftMap::default();
        let condition = if let Draft::Map(condition) = condition { condition } else { &empty };
        let mut ordered = DraftMap::default();
        ordered.set("type", Draft::text(text(condition, "type")));
        ordered.set("status", Draft::text(text(condition, "status")));
        ordered.set("lastTransitionTime", condition.get("lastTransitionTime").cloned().unwrap_or_default());
        for key in ["reason", "message", "observedGeneration"] {
            if let Some(value) = written(condition, key).filter(|value| value.as_str() != Some("")) {
                ordered.set(key, value.clone());
            }
        }
        Draft::Map(ordered)
    };
    write_list(all.iter().map(condition).collect())
}

/// How to scale as text, with the names of Go's fields.
pub(super) fn write_behavior(behavior: &Draft) -> Option<String> {
    let rules = |direction: &str| match behavior.get(direction) {
        Some(Draft::Map(rules)) => {
            let field = |key: &str| rules.get(key).cloned().unwrap_or_default();
            let policies = match rules.get("policies") {
                Some(Draft::List(policies)) => Draft::List(policies.iter().map(policy).collect()),
                _ => Draft::Null,
            };
            Draft::map([
                ("StabilizationWindowSeconds", field("stabilizationWindowSeconds")),
                ("SelectPolicy", field("selectPolicy")),
                ("Policies", policies),
                ("Tolerance", field("tolerance")),
            ])
        }
        _ => Draft::Null,
    };
    write(Draft::map([("ScaleUp", rules("scaleUp")), ("ScaleDown", rules("scaleDown"))]))
}

fn policy(policy: &Draft) -> Draft {
    let number = |key: &str| {
        policy.get(key).filter(|it| **it != Draft::Null).cloned().unwrap_or_else(|| Draft::integer(0))
    };
    let kind = policy.get("type").and_then(Draft::as_str).unwrap_or_default();
    Draft::map([
        ("Type", Draft::text(kind)),
        ("Value", number("value")),
        ("PeriodSeconds", number("periodSeconds")),
    ])
}

fn write_list(list: Vec<Draft>) -> Option<String> {
    if list.is_empty() { None } else { write(Draft::List(list)) }
}

fn write(value: Draft) -> Option<String> {
    let origin = Origin::memory(SourceName::new("annotation"));
    let object = Draft::map([("value", value)]).into_object(&origin)?;
    object.root().get("value").map(to_json)
}

fn read(json: &str) -> Option<Draft> {
    json_value(json, &Options::named("annotation")).ok().map(|object| Draft::of(object.root()))
}

/// The mappings of a list, with the names that their fields have in types: Go's decoder does not tell capitals apart.
fn list(json: &str) -> Option<Vec<DraftMap>> {
    let Draft::List(items) = read(json)? else { return None };
    let item = |item: Draft| match item {
        Draft::Map(mut map) => {
            rename(&mut map, FIELDS);
            for (_, source) in map.iter_mut() {
                if let Draft::Map(source) = source {
                    rename(source, FIELDS);
                }
            }
            Some(map)
        }
        Draft::Null => Some(DraftMap::default()),
        _ => None,
    };
    items.into_iter().map(item).collect()
}

/// The fields of metrics and conditions.
const FIELDS: &[&str] = &[
    "type",
    "object",
    "pods",
    "resource",
    "containerResource",
    "external",
    "target",
    "metricName",
    "targetValue",
    "targetAverageValue",
    "targetAverageUtilization",
    "currentValue",
    "currentAverageValue",
    "currentAverageUtilization",
    "averageValue",
    "selector",
    "metricSelector",
    "name",
    "container",
    "status",
    "lastTransitionTime",
    "reason",
    "message",
    "observedGeneration",
];

fn rename(map: &mut DraftMap, names: &[&str]) {
    for name in names {
        let written =
            map.iter().map(|(key, _)| key).find(|key| key.eq_ignore_ascii_case(name) && key != name);
        if let Some(written) = written.map(str::to_owned) {
            map.rename(&written, name);
        }
    }
}
