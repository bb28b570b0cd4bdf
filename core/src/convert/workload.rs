//! Workloads: fields of the oldest versions live on as annotations in the newer ones.

use super::ConvertError;
use super::fields::{annotate, annotation, map_at, remove_annotation};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";
const ROLLBACK_TO: &str = "deprecated.deployment.rollback.to";

// upstream: pkg/apis/apps/v1/conversion.go (Convert_apps_DaemonSet_To_v1_DaemonSet and back)
pub(super) fn daemon_set(
    from: &GroupVersion,
    to: &GroupVersion,
    object: &mut DraftMap,
) -> Result<(), ConvertError> {
    let generation = if from.group == "extensions" {
        remove_annotation(object, TEMPLATE_GENERATION);
        let spec = map_at(object, &["spec"]);
        spec.and_then(|spec| spec.remove("templateGeneration")).as_ref().and_then(integer)
    } else {
        let generation = annotation(object, TEMPLATE_GENERATION).map(|text| {
            text.parse::<i64>().map_err(|_| ConvertError::Refused { message: not_a_number(text) })
        });
        let generation = generation.transpose()?;
        if to.group == "extensions" {
            remove_annotation(object, TEMPLATE_GENERATION);
        }
        generation
    };
    // Zero is what a daemon set has that says nothing.
    let Some(generation) = generation.filter(|generation| *generation != 0) else { return Ok(()) };
    if to.group == "extensions" {
        object.entry("spec").as_map().set("templateGeneration", Draft::integer(generation));
    } else {
        annotate(object, TEMPLATE_GENERATION, &generation.to_string());
    }
    Ok(())
}

// upstream: pkg/apis/apps/v1/conversion.go (Convert_apps_Deployment_To_v1_Deployment and back)
pub(super) fn deployment(
    from: &GroupVersion,
    to: &GroupVersion,
    object: &mut DraftMap,
) -> Result<(), ConvertError> {
    if has_rollback(from) && has_rollback(to) {
        return Ok(());
    }
    let revision = if has_rollback(from) {
        remove_annotation(object, ROLLBACK_TO);
        let spec = map_at(object, &["spec"]);
        let rollback = spec.and_then(|spec| spec.remove("rollbackTo"));
        match rollback {
            Some(Draft::Map(rollback)) => Some(rollback.get("revision").and_then(integer).unwrap_or(0)),
            _ => None,
        }
    } else {
        let revision = annotation(object, ROLLBACK_TO).filter(|text| !text.is_empty()).map(|text| {
            let message = || {
                format!("failed to parse annotation[{ROLLBACK_TO}]={text} as int64: {}", not_a_number(text))
            };
            text.parse::<i64>().map_err(|_| ConvertError::Refused { message: message() })
        });
        let revision = revision.transpose()?;
        // An empty annotation is nothing to the field, and is dropped where there is no field.
        if has_rollback(to) == revision.is_some() {
            remove_annotation(object, ROLLBACK_TO);
        }
        revision
    };
    let Some(revision) = revision else { return Ok(()) };
    if has_rollback(to) {
        let rollback = Draft::map([("revision", Draft::integer(revision))]);
        object.entry("spec").as_map().set("rollbackTo", rollback);
    } else {
        annotate(object, ROLLBACK_TO, &revision.to_string());
    }
    Ok(())
}

/// `status.observedGeneration` may be missing in `apps/v1beta1` and is zero everywhere else.
pub(super) fn stateful_set(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    if to.version == "v1beta1"
        && from.version != "v1beta1"
        && let Some(status) = map_at(object, &["status"])
        && super::fields::written(status, "observedGeneration").is_none()
    {
        status.set("observedGeneration", Draft::integer(0));
    }
}

/// Whether deployments of a version have the field `spec.rollbackTo`.
fn has_rollback(version: &GroupVersion) -> bool {
    version.version == "v1beta1"
}

fn integer(value: &Draft) -> Option<i64> {
    if let Draft::Number(number) = value { number.parse().ok() } else { None }
}

fn not_a_number(text: &str) -> String {
    let reason = if text.parse::<i128>().is_ok() { "value out of range" } else { "invalid syntax" };
    format!("strconv.ParseInt: parsing {text:?}: {reason}")
}
