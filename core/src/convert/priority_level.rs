//! `PriorityLevelConfiguration`: a share was renamed, and versions differ in whether it can be zero.

use super::fields::{annotate, annotation, map_at, remove_annotation, rename, written};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

/// Says in `v1beta3` that a share of zero is meant.
const KEEP_ZERO: &str = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";
const ASSURED: &str = "assuredConcurrencyShares";
const NOMINAL: &str = "nominalConcurrencyShares";

// upstream: pkg/apis/flowcontrol/v1beta2/conversion.go, pkg/apis/flowcontrol/v1beta3/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    let keeps_zero = from.version == "v1beta3" && annotation(object, KEEP_ZERO).is_some();
    if keeps_zero {
        remove_annotation(object, KEEP_ZERO);
    }
    let limited = map_at(object, &["spec", "limited"]);
    let Some(limited) = limited else { return };
    if has_assured(from) {
        rename(limited, ASSURED, NOMINAL);
    }
    if keeps_zero && written(limited, NOMINAL).is_none() {
        limited.set(NOMINAL, Draft::integer(0));
    }
    let is_zero = written(limited, NOMINAL).is_none_or(|share| *share == Draft::integer(0));
    if has_assured(to) {
        rename(limited, NOMINAL, ASSURED);
    } else if to.version == "v1beta3" && is_zero {
        annotate(object, KEEP_ZERO, "");
    }
}

fn has_assured(version: &GroupVersion) -> bool {
    matches!(version.version.as_str(), "v1beta1" | "v1beta2")
}
