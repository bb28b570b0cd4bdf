//! Owners of an object.

use super::metadata::OwnerReference;
use crate::field::{BadValue, FieldError, FieldErrorKind};
use crate::object::FieldPath;
use crate::quote::{json_text, quoted};
use crate::version::KubeVersion;

/// The first minor version that names the position of an owner.
const BY_INDEX_SINCE: u16 = 37;

pub(super) fn owner_errors(
    owners: &[OwnerReference],
    path: &FieldPath,
    version: KubeVersion,
    errors: &mut Vec<FieldError>,
) {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateOwnerReferences)
    let by_index = version.minor() >= BY_INDEX_SINCE;
    let mut controller: Option<String> = None;
    for (index, owner) in owners.iter().enumerate() {
        let own = if by_index { path.clone().index(index) } else { path.clone() };
        let at = |field: &str| own.clone().field(field);
        let unreadable = owner.api_version.matches('/').count() > 1 || owner.api_version.ends_with('/');
        match (owner.api_version.is_empty(), by_index) {
            (true, true) => errors.push(FieldError::required(at("apiVersion"), "must not be empty")),
            (false, true) if unreadable => {
                let detail = "must be <group>/<version> or <version>";
                errors.push(FieldError::invalid(at("apiVersion"), &owner.api_version, detail));
            }
            (is_empty, false) if is_empty || unreadable => {
                let detail = "version must not be empty";
                errors.push(FieldError::invalid(at("apiVersion"), &owner.api_version, detail));
            }
            _ => {}
        }
        for (field, value) in [("kind", &owner.kind), ("name", &owner.name), ("uid", &owner.uid)] {
            if !value.is_empty() {
                continue;
            }
            errors.push(match version.minor() {
                BY_INDEX_SINCE.. => FieldError::required(at(field), "must not be empty"),
                34.. => FieldError::invalid(at(field), "", "must not be empty"),
                _ => FieldError::invalid(at(field), "", &format!("{field} must not be empty")),
            });
        }
        if matches!(owner.api_version.as_str(), "v1" | "/v1") && owner.kind == "Event" {
            let detail = "/v1, Kind=Event is disallowed from being an owner";
            errors.push(invalid(own, shown(owner, version), detail));
        }
        if owner.controller != Some(true) {
            continue;
        }
        let this = format!("{}/{}", owner.kind, owner.name);
        let Some(first) = &controller else {
            controller = Some(this);
            continue;
        };
        let detail = format!(
            "Only one reference can have Controller set to true. Found \"true\" in references for {first} and {this}"
        );
        let all: Vec<String> = owners.iter().map(|owner| shown(owner, version)).collect();
        let all = if version.minor() >= 34 {
            format!("[{}]", all.join(","))
        } else {
            format!("[]v1.OwnerReference{{{}}}", all.join(", "))
        };
        errors.push(invalid(path.clone(), all, &detail));
    }
}

fn invalid(path: FieldPath, shown: String, detail: &str) -> FieldError {
    FieldError::new(FieldErrorKind::Invalid, path, BadValue::Json(shown), detail)
}

/// An owner as the version prints it: as JSON since 1.34. Before, Go's own notation showed where the switches are
/// in memory; here it is what they say.
fn shown(owner: &OwnerReference, version: KubeVersion) -> String {
    let switches = [("controller", owner.controller), ("blockOwnerDeletion", owner.block_owner_deletion)];
    if version.minor() < 34 {
        let switch = |value: Option<bool>| value.map_or_else(|| "nil".to_owned(), |value| value.to_string());
        return format!(
            "v1.OwnerReference{{APIVersion:{}, Kind:{}, Name:{}, UID:{}, Controller:(*bool)({}), \
             BlockOwnerDeletion:(*bool)({})}}",
            quoted(&owner.api_version),
            quoted(&owner.kind),
            quoted(&owner.name),
            quoted(&owner.uid),
            switch(owner.controller),
            switch(owner.block_owner_deletion),
        );
    }
    let texts = [
        ("apiVersion", &owner.api_version),
        ("kind", &owner.kind),
        ("name", &owner.name),
        ("uid", &owner.uid),
    ];
    let mut fields: Vec<String> =
        texts.iter().map(|(key, value)| format!("\"{key}\":{}", json_text(value))).collect();
    for (key, value) in switches {
        fields.extend(value.map(|value| format!("\"{key}\":{value}")));
    }
    format!("{{{}}}", fields.join(","))
}
