//! `HorizontalPodAutoscaler`: `autoscaling/v1` knows the processor alone and keeps all else in annotations.

mod annotations;
mod metrics;

use super::fields::{map_at, remove_annotation, text, written};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;
use crate::version::KubeVersion;

const METRICS: &str = "autoscaling.alpha.kubernetes.io/metrics";
const BEHAVIOR: &str = "autoscaling.alpha.kubernetes.io/behavior";
const CURRENT_METRICS: &str = "autoscaling.alpha.kubernetes.io/current-metrics";
const CONDITIONS: &str = "autoscaling.alpha.kubernetes.io/conditions";
const TOLERANCES: [&str; 2] = [
    "autoscaling.alpha.kubernetes.io/scale-down-tolerance",
    "autoscaling.alpha.kubernetes.io/scale-up-tolerance",
];

/// The utilization that `v1` means when it says nothing.
const DEFAULT_UTILIZATION: i64 = 80;

// upstream: pkg/apis/autoscaling/v1/conversion.go, pkg/apis/autoscaling/v2/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, version: KubeVersion, object: &mut DraftMap) {
    match (from.version.as_str(), to.version.as_str()) {
        // Until 1.35 a value of zero was kept beside an average.
        ("v1", "v2") => raise(object, version.minor() < 36),
        ("v2", "v1") => lower(object),
        _ => {}
    }
}

fn raise(object: &mut DraftMap, keeps_zero: bool) {
    let mut take = |key| remove_annotation(object, key).and_then(|value| value.as_str().map(str::to_owned));
    let kept = [take(METRICS), take(BEHAVIOR), take(CURRENT_METRICS), take(CONDITIONS)];
    for key in TOLERANCES {
        remove_annotation(object, key);
    }
    let [metrics, behavior, current, conditions] = kept.map(Option::unwrap_or_default);

    let spec = object.entry("spec").as_map();
    spec.remove("behavior");
    let utilization = spec.remove("targetCPUUtilizationPercentage").filter(|value| *value != Draft::Null);
    let mut all = annotations::metrics(&metrics, keeps_zero).unwrap_or_default();
    match utilization {
        Some(utilization) => all.push(metrics::utilization(utilization)),
        None if all.is_empty() => all.push(metrics::utilization(Draft::integer(DEFAULT_UTILIZATION))),
        None => {}
    }
    spec.set("metrics", Draft::List(all));
    if let Some(behavior) = annotations::behavior(&behavior) {
        spec.set("behavior", behavior);
    }

    let utilization = map_at(object, &["status"])
        .and_then(|status| status.remove("currentCPUUtilizationPercentage"))
        .filter(|value| *value != Draft::Null);
    let utilization = utilization.map(|utilization| vec![metrics::current_utilization(utilization)]);
    for (key, list) in [
        ("currentMetrics", annotations::current_metrics(&current).or(utilization)),
        ("conditions", annotations::conditions(&conditions)),
    ] {
        if let Some(list) = list {
            object.entry("status").as_map().set(key, Draft::List(list));
        }
    }
}

fn lower(object: &mut DraftMap) {
    for key in [METRICS, BEHAVIOR, CURRENT_METRICS, CONDITIONS].into_iter().chain(TOLERANCES) {
        remove_annotation(object, key);
    }
    let mut kept: Vec<(&str, Option<String>)> = Vec::new();
    if let Some(spec) = map_at(object, &["spec"]) {
        spec.remove("targetCPUUtilizationPercentage");
        let all = list(spec.remove("metrics"));
        let (of_processor, others): (Vec<Draft>, Vec<Draft>) =
            all.into_iter().partition(|metric| processor(metric, "target").is_some());
        if let Some(utilization) = of_processor.first().and_then(|metric| processor(metric, "target")) {
            spec.set("targetCPUUtilizationPercentage", utilization);
        }
        kept.push((METRICS, annotations::write_metrics(&others)));
        let behavior = spec.remove("behavior").filter(|behavior| *behavior != Draft::Null);
        kept.push((BEHAVIOR, behavior.and_then(|behavior| annotations::write_behavior(&behavior))));
    }
    if let Some(status) = map_at(object, &["status"]) {
        status.remove("currentCPUUtilizationPercentage");
        let current = list(status.remove("currentMetrics"));
        if let Some(utilization) =
            current.iter().filter_map(|metric| processor(metric, "current")).next_back()
        {
            status.set("currentCPUUtilizationPercentage", utilization);
        }
        kept.push((CURRENT_METRICS, annotations::write_current_metrics(&current)));
        kept.push((CONDITIONS, annotations::write_conditions(&list(status.remove("conditions")))));
    }
    for (key, text) in kept {
        if let Some(text) = text {
            super::fields::annotate(object, key, &text);
        }
    }
}

/// The utilization of the processor that a metric asks for or reports.
fn processor(metric: &Draft, part: &str) -> Option<Draft> {
    let Draft::Map(metric) = metric else { return None };
    let Some(Draft::Map(resource)) = metric.get("resource") else { return None };
    let Some(Draft::Map(part)) = resource.get(part) else { return None };
    let is_processor = text(metric, "type") == "Resource" && text(resource, "name") == "cpu";
    written(part, "averageUtilization").filter(|_| is_processor).cloned()
}

fn list(value: Option<Draft>) -> Vec<Draft> {
    match value {
        Some(Draft::List(items)) => items,
        _ => Vec::new(),
    }
}
