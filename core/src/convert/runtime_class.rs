//! `RuntimeClass`: `v1alpha1` has a `spec`, later versions have its fields at the top.

use super::fields::map_at;
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

/// The names in `spec` and at the top.
const NAMES: &[(&str, &str)] =
    &[("runtimeHandler", "handler"), ("overhead", "overhead"), ("scheduling", "scheduling")];

// upstream: pkg/apis/node/v1alpha1/conversion.go
pub(super) fn convert(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    match (from.version == "v1alpha1", to.version == "v1alpha1") {
        (true, false) => raise(object),
        (false, true) => lower(object),
        _ => {}
    }
}

fn raise(object: &mut DraftMap) {
    let mut spec = map_at(object, &["spec"]).map(std::mem::take).unwrap_or_default();
    object.remove("spec");
    for (inside, outside) in NAMES {
        object.remove(outside);
        if let Some(value) = spec.remove(inside) {
            object.set(outside, value);
        }
    }
}

fn lower(object: &mut DraftMap) {
    let mut spec = DraftMap::default();
    for (inside, outside) in NAMES {
        if let Some(value) = object.remove(outside) {
            spec.set(inside, value);
        }
    }
    object.set("spec", Draft::Map(spec));
}
