//! Event: the core group and `events.k8s.io` have the same fields under different names.

use super::fields::rename;
use crate::object::DraftMap;
use crate::schema::GroupVersion;

/// The names of `v1` and of `events.k8s.io`.
const NAMES: &[(&str, &str)] = &[
    ("message", "note"),
    ("involvedObject", "regarding"),
    ("reportingComponent", "reportingController"),
    ("source", "deprecatedSource"),
    ("firstTimestamp", "deprecatedFirstTimestamp"),
    ("lastTimestamp", "deprecatedLastTimestamp"),
    ("count", "deprecatedCount"),
];

// upstream: pkg/apis/events/v1/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    if from.group == to.group {
        return;
    }
    for (core, events) in NAMES {
        let (old, new) = if to.group.is_empty() { (events, core) } else { (core, events) };
        rename(object, old, new);
    }
}
