//! A metric as `autoscaling/v1` writes it in annotations, and as `v2` writes it in fields.

use super::super::fields::{text, written};
use crate::object::{Draft, DraftMap};

/// How the sources of metrics are called, in both versions and in upstream's order.
const SOURCES: [&str; 5] = ["object", "pods", "resource", "containerResource", "external"];

/// What the processor shall be used to.
pub(super) fn utilization(percent: Draft) -> Draft {
    let target = Draft::map([("type", Draft::text("Utilization")), ("averageUtilization", percent)]);
    of_processor("target", target)
}

/// What the processor is used to.
pub(super) fn current_utilization(percent: Draft) -> Draft {
    of_processor("current", Draft::map([("averageUtilization", percent)]))
}

fn of_processor(key: &str, value: Draft) -> Draft {
    let resource = Draft::map([("name", Draft::text("cpu")), (key, value)]);
    Draft::map([("type", Draft::text("Resource")), ("resource", resource)])
}

/// A wanted metric of `v1` as one of `v2`.
// upstream: pkg/apis/autoscaling/v1/conversion.go (Convert_v1_*MetricSource_To_*)
pub(super) fn raise(metric: &DraftMap, keeps_zero: bool) -> Draft {
    raise_with(metric, |name, source| raise_source(name, source, keeps_zero))
}

/// A reported metric of `v1` as one of `v2`.
// upstream: pkg/apis/autoscaling/v1/conversion.go (Convert_v1_*MetricStatus_To_*)
pub(super) fn raise_current(metric: &DraftMap) -> Draft {
    raise_with(metric, raise_status)
}

fn raise_with(metric: &DraftMap, raise: impl Fn(&str, &DraftMap) -> DraftMap) -> Draft {
    let mut raised = DraftMap::default();
    raised.set("type", Draft::text(text(metric, "type")));
    for name in SOURCES {
        if let Some(Draft::Map(source)) = metric.get(name) {
            raised.set(name, Draft::Map(raise(name, source)));
        }
    }
    Draft::Map(raised)
}

fn raise_source(name: &str, source: &DraftMap, keeps_zero: bool) -> DraftMap {
    let mut raised = DraftMap::default();
    let mut target = DraftMap::default();
    let mut set = |kind: &str, value: Option<Draft>, average: Option<Draft>, utilization: Option<Draft>| {
        target.set("type", Draft::text(kind));
        put(&mut target, [("value", value), ("averageValue", average), ("averageUtilization", utilization)]);
    };
    let field = |key: &str| written(source, key).cloned();
    match name {
        "object" => {
            put(
                &mut raised,
                [("describedObject", field("target")), ("metric", Some(metric_of(source, "selector")))],
            );
            let value = field("targetValue").unwrap_or_else(|| Draft::text("0"));
            match field("averageValue") {
                None => set("Value", Some(value), None, None),
                // `v1` cannot leave the value out, and writes zero.
                average => set(
                    "AverageValue",
                    Some(value).filter(|value| keeps_zero || !is_zero(value)),
                    average,
                    None,
                ),
            }
        }
        "pods" => {
            put(&mut raised, [("metric", Some(metric_of(source, "selector")))]);
            let average = field("targetAverageValue").unwrap_or_else(|| Draft::text("0"));
            set("AverageValue", None, Some(average), None);
        }
        "external" => {
            put(&mut raised, [("metric", Some(metric_of(source, "metricSelector")))]);
            let value = field("targetValue");
            let kind = if value.is_some() { "Value" } else { "AverageValue" };
            set(kind, value, field("targetAverageValue"), None);
        }
        _ => {
            put(&mut raised, [("name", field("name")), ("container", field("container"))]);
            let utilization = field("targetAverageUtilization");
            let kind = if utilization.is_some() { "Utilization" } else { "AverageValue" };
            set(kind, None, field("targetAverageValue"), utilization);
        }
    }
    raised.set("target", Draft::Map(target));
    raised
}

fn raise_status(name: &str, source: &DraftMap) -> DraftMap {
    let mut raised = DraftMap::default();
    let mut current = DraftMap::default();
    let field = |key: &str| written(source, key).cloned();
    let always = |key: &str| Some(field(key).unwrap_or_else(|| Draft::text("0")));
    match name {
        "object" => {
            put(
                &mut raised,
                [("describedObject", field("target")), ("metric", Some(metric_of(source, "selector")))],
            );
            put(&mut current, [("value", always("currentValue")), ("averageValue", field("averageValue"))]);
        }
        "pods" => {
            put(&mut raised, [("metric", Some(metric_of(source, "selector")))]);
            put(&mut current, [("averageValue", always("currentAverageValue"))]);
        }
        "external" => {
            put(&mut raised, [("metric", Some(metric_of(source, "metricSelector")))]);
            put(
                &mut current,
                [("value", always("currentValue")), ("averageValue", field("currentAverageValue"))],
            );
        }
        _ => {
            put(&mut raised, [("name", field("name")), ("container", field("container"))]);
            let utilization = field("currentAverageUtilization");
            put(
                &mut current,
                [("averageValue", always("currentAverageValue")), ("averageUtilization", utilization)],
            );
        }
    }
    raised.set("current", Draft::Map(current));
    raised
}

/// A metric of `v2` as one of `v1`, with its fields in upstream's order.
pub(super) fn lower(metric: &Draft, status: bool) -> Draft {
    let empty = DraftMap::default();
    let metric = if let Draft::Map(metric) = metric { metric } else { &empty };
    let mut lowered = DraftMap::default();
    lowered.set("type", Draft::text(text(metric, "type")));
    for name in SOURCES {
        if let Some(Draft::Map(source)) = metric.get(name) {
            lowered.set(name, Draft::Map(lower_source(name, source, status)));
        }
    }
    Draft::Map(lowered)
}

/// A wanted or a reported source: they differ in where the values stand, how they are called in `v1`, and which of
/// them `v1` cannot leave out.
fn lower_source(name: &str, source: &DraftMap, status: bool) -> DraftMap {
    let part = |part: &str, key: &str| {
        source.get(part).and_then(|map| map.get(key)).filter(|it| **it != Draft::Null).cloned()
    };
    let field = |key: &str| part(if status { "current" } else { "target" }, key);
    let metric = |key: &str| part("metric", key);
    let zero = || Draft::text("0");
    let always = |key: &str| Some(field(key).unwrap_or_else(zero));
    let reported = |key: &str| if status { always(key) } else { field(key) };
    let called = |wanted, current| if status { current } else { wanted };
    let value = called("targetValue", "currentValue");
    let average = called("targetAverageValue", "currentAverageValue");
    let utilization = called("targetAverageUtilization", "currentAverageUtilization");
    let metric_name = Some(metric("name").unwrap_or_else(|| Draft::text("")));
    let mut lowered = DraftMap::default();
    match name {
        "object" => put(
            &mut lowered,
            [
                ("target", Some(described(source))),
                ("metricName", metric_name),
                (value, always("value")),
                ("selector", metric("selector")),
                ("averageValue", field("averageValue")),
            ],
        ),
        "pods" => put(
            &mut lowered,
            [
                ("metricName", metric_name),
                (average, always("averageValue")),
                ("selector", metric("selector")),
            ],
        ),
        "external" => put(
            &mut lowered,
            [
                ("metricName", metric_name),
                ("metricSelector", metric("selector")),
                (value, reported("value")),
                (average, field("averageValue")),
            ],
        ),
        _ => {
            put(
                &mut lowered,
                [
                    ("name", Some(Draft::text(text(source, "name")))),
                    (utilization, field("averageUtilization")),
                    (average, reported("averageValue")),
                ],
            );
            container(name, source, &mut lowered);
        }
    }
    lowered
}

fn container(name: &str, source: &DraftMap, lowered: &mut DraftMap) {
    if name == "containerResource" {
        lowered.set("container", Draft::text(text(source, "container")));
    }
}

/// Which object a metric describes, with its fields in upstream's order.
fn described(source: &DraftMap) -> Draft {
    let field = |key: &str| source.get("describedObject").and_then(|object| object.get(key)).cloned();
    let mut described = DraftMap::default();
    let empty = || Some(Draft::text(""));
    put(&mut described, [("kind", field("kind").or_else(empty)), ("name", field("name").or_else(empty))]);
    put(&mut described, [("apiVersion", field("apiVersion").filter(|version| version.as_str() != Some("")))]);
    Draft::Map(described)
}

/// Name and selector of a metric, which `v1` writes beside the values.
fn metric_of(source: &DraftMap, selector: &str) -> Draft {
    let mut metric = DraftMap::default();
    let name = written(source, "metricName").cloned().unwrap_or_else(|| Draft::text(""));
    put(&mut metric, [("name", Some(name)), ("selector", written(source, selector).cloned())]);
    Draft::Map(metric)
}

fn put<const N: usize>(map: &mut DraftMap, fields: [(&str, Option<Draft>); N]) {
    for (key, value) in fields {
        if let Some(value) = value {
            map.set(key, value);
        }
    }
}

/// Whether a quantity is zero, whatever its suffix.
fn is_zero(quantity: &Draft) -> bool {
    let (Draft::String(text) | Draft::Number(text)) = quantity else { return false };
    let number = text.trim().trim_start_matches(['+', '-']);
    let end = number.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(number.len());
    number.get(..end).unwrap_or_default().bytes().all(|digit| digit == b'0' || digit == b'.')
}
