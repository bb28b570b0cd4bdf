//! Device claims and slices: `resource.k8s.io/v1beta1` writes the fields of a request and of a device one level apart from
//! the later versions.

use super::fields::{each, is_empty, map_at};
use crate::object::{Draft, DraftMap};
use crate::schema::GroupVersion;

/// What `exactly` holds, which `v1beta1` writes in the request itself.
const REQUEST: &[&str] = &[
    "deviceClassName",
    "selectors",
    "allocationMode",
    "count",
    "adminAccess",
    "tolerations",
    "capacity",
    "derivedAttributes",
];

/// What `basic` holds in `v1beta1`, and the device itself later.
const DEVICE: &[&str] = &[
    "attributes",
    "capacity",
    "consumesCounters",
    "nodeName",
    "nodeSelector",
    "allNodes",
    "taints",
    "bindsToNode",
    "bindingConditions",
    "bindingFailureConditions",
    "allowMultipleAllocations",
    "nodeAllocatableResources",
];

// upstream: pkg/apis/resource/v1beta1/conversion.go (DeviceRequest)
pub(super) fn claim(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap, spec: &[&str]) {
    let Some(devices) = map_at(object, spec).and_then(|spec| map_at(spec, &["devices"])) else { return };
    match (is_flat(from), is_flat(to)) {
        (true, false) => each(devices, "requests", |request| {
            request.remove("exactly");
            let exactly = take(request, REQUEST);
            if exactly.iter().any(|(key, value)| is_set(key, value)) {
                request.set("exactly", Draft::Map(exactly));
            }
        }),
        (false, true) => each(devices, "requests", |request| {
            take(request, REQUEST);
            if let Some(Draft::Map(mut exactly)) = request.remove("exactly") {
                give(&mut exactly, request, REQUEST);
            }
        }),
        _ => {}
    }
}

// upstream: pkg/apis/resource/v1beta1/conversion.go (Device, ResourceSliceSpec)
pub(super) fn slice(from: &GroupVersion, to: &GroupVersion, object: &mut DraftMap) {
    let Some(spec) = map_at(object, &["spec"]) else { return };
    match (is_flat(from), is_flat(to)) {
        (true, false) => {
            if spec.get("nodeName").is_some_and(|name| name.as_str() == Some("")) {
                spec.remove("nodeName");
            }
            if spec.get("allNodes") == Some(&Draft::Bool(false)) {
                spec.remove("allNodes");
            }
            each(spec, "devices", |device| {
                take(device, DEVICE);
                if let Some(Draft::Map(mut basic)) = device.remove("basic") {
                    give(&mut basic, device, DEVICE);
                }
            });
        }
        (false, true) => each(spec, "devices", |device| {
            let basic = take(device, DEVICE);
            device.set("basic", Draft::Map(basic));
        }),
        _ => {}
    }
}

fn is_flat(version: &GroupVersion) -> bool {
    version.version == "v1beta1"
}

/// Takes fields out of a mapping.
fn take(map: &mut DraftMap, fields: &[&str]) -> DraftMap {
    let mut taken = DraftMap::default();
    give(map, &mut taken, fields);
    taken
}

/// Moves fields from one mapping to another.
fn give(from: &mut DraftMap, to: &mut DraftMap, fields: &[&str]) {
    for field in fields {
        if let Some(value) = from.remove(field) {
            to.set(field, value);
        }
    }
}

/// Whether the field of a request says anything: texts and numbers do unless they are empty, the others when they are
/// there.
fn is_set(key: &str, value: &Draft) -> bool {
    match key {
        "deviceClassName" | "allocationMode" => value.as_str().is_some_and(|text| !text.is_empty()),
        "count" => !is_empty(Some(value)) && *value != Draft::integer(0),
        _ => *value != Draft::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_say_nothing_make_no_request() {
        for (key, value, expected) in [
            ("deviceClassName", Draft::text(""), false),
            ("count", Draft::integer(0), false),
            ("count", Draft::integer(1), true),
            ("selectors", Draft::List(Vec::new()), true),
            ("adminAccess", Draft::Null, false),
            ("adminAccess", Draft::Bool(false), true),
        ] {
            assert_eq!(is_set(key, &value), expected, "{key} {value:?}");
        }
    }
}
