//! The paths of the subresource `scale`.
//!
//! upstream: `ValidateCustomResourceDefinitionSubresources`, `validateSimpleJSONPath`

use super::written::Subresources;
use super::{Report, shown};
use crate::quote::quoted;

pub(super) fn check(subresources: Option<&Subresources<'_>>, path: &str, report: &mut Report<'_>) {
    let Some(scale) = subresources.and_then(|subresources| subresources.scale.as_ref()) else { return };
    let required = [
        ("specReplicasPath", scale.spec_replicas, "spec"),
        ("statusReplicasPath", scale.status_replicas, "status"),
    ];
    for (field, written, part) in required {
        let path = format!("{path}.scale.{field}");
        if written.is_empty() {
            report.required(&path, "");
        } else if is_simple(written, &path, report) && !written.starts_with(&format!(".{part}.")) {
            report.invalid(&path, &quoted(written), &format!("should be a json path under .{part}"));
        }
    }
    if let Some(written) = scale.label_selector.filter(|written| !written.is_empty()) {
        let path = format!("{path}.scale.labelSelectorPath");
        let is_below = written.starts_with(".spec.") || written.starts_with(".status.");
        if is_simple(written, &path, report) && !is_below {
            let detail = "should be a json path under either .spec or .status";
            report.invalid(&path, &shown(written, report.version), detail);
        }
    }
}

/// Whether a path begins with a dot; upstream asks no more of it.
pub(super) fn is_simple(written: &str, path: &str, report: &mut Report<'_>) -> bool {
    let is_simple = written.starts_with('.');
    if !is_simple {
        report.invalid(path, &quoted(written), "must be a simple json path starting with .");
    }
    is_simple
}
