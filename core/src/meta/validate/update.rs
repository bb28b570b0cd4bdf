//! Metadata of an object that is to be changed.

use super::create::{annotation_errors, generation_errors, managed_fields_errors, standard_finalizer_errors};
use super::metadata::ObjectMetadata;
use super::owner::owner_errors;
use super::{MetadataRules, label_errors};
use crate::field::{BadValue, FieldError, FieldErrorKind};
use crate::meta::Time;
use crate::object::FieldPath;
use crate::quote::{json_text, quoted};

/// The first minor version that looks whether the generation is negative when an object is changed.
const GENERATION_SINCE: u16 = 37;

/// Everything that the API server refuses about the new metadata of an object, in its words and order.
///
/// ```
/// use kubelogic_core::meta::{MetadataRules, NameRule, ObjectMetadata, metadata_update_errors};
/// use kubelogic_core::object::FieldPath;
/// use kubelogic_core::version::KubeVersion;
///
/// let old = ObjectMetadata { name: "shop".into(), resource_version: "7".into(), ..Default::default() };
/// let new = ObjectMetadata { name: "cart".into(), ..old.clone() };
/// let version = KubeVersion::default();
/// let rules = MetadataRules { name: NameRule::DnsLabel, namespaced: true, standard_finalizers: true, version };
/// let errors = metadata_update_errors(&new, &old, rules, &FieldPath::root().field("metadata"));
/// assert_eq!(errors[0].to_string(), r#"metadata.name: Invalid value: "cart": field is immutable"#);
/// ```
pub fn metadata_update_errors(
    new: &ObjectMetadata,
    old: &ObjectMetadata,
    rules: MetadataRules,
    path: &FieldPath,
) -> Vec<FieldError> {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateObjectMetaAccessorUpdate)
    let version = rules.version;
    let at = |field: &str| path.clone().field(field);
    let mut errors = Vec::new();
    if old.deletion_timestamp.is_some() {
        added_finalizers(new, old, &at("finalizers"), &mut errors);
    }
    if new.resource_version.is_empty() {
        errors.push(FieldError::invalid(at("resourceVersion"), "", "must be specified for an update"));
    }
    if version.minor() >= GENERATION_SINCE {
        generation_errors(new.generation, &at, &mut errors);
    }
    if new.generation < old.generation {
        errors.push(FieldError::invalid(at("generation"), new.generation, "must not be decremented"));
    }
    // Values that are no plain strings are printed as JSON since 1.34.
    let as_json = version.minor() >= 34;
    let nothing = || BadValue::Json(if as_json { "null" } else { "\"null\"" }.to_owned());
    let time = |time: Option<Time>| {
        time.map_or_else(nothing, |time| {
            BadValue::Json(if as_json { format!("\"{time}\"") } else { go_time(time) })
        })
    };
    let uid = if as_json { json_text(&new.uid) } else { quoted(&new.uid) };
    // Before 1.34 an absent time of creation is Go's zero time and not `null`.
    let created = match new.creation_timestamp {
        None if !as_json => BadValue::Json("0001-01-01 00:00:00 +0000 UTC".to_owned()),
        given => time(given),
    };
    let grace = new.deletion_grace_period_seconds;
    let fields = [
        ("name", new.name == old.name, BadValue::from(&new.name)),
        ("namespace", new.namespace == old.namespace, BadValue::from(&new.namespace)),
        ("uid", new.uid == old.uid, BadValue::Json(uid)),
        ("creationTimestamp", new.creation_timestamp == old.creation_timestamp, created),
        ("deletionTimestamp", new.deletion_timestamp == old.deletion_timestamp, time(new.deletion_timestamp)),
        (
            "deletionGracePeriodSeconds",
            grace == old.deletion_grace_period_seconds,
            grace.map_or_else(nothing, BadValue::from),
        ),
    ];
    for (field, same, value) in fields {
        if !same {
            errors.push(FieldError::new(FieldErrorKind::Invalid, at(field), value, "field is immutable"));
        }
    }
    label_errors(&new.labels, || at("labels"), version, &mut errors);
    annotation_errors(&new.annotations, || at("annotations"), version, &mut errors);
    owner_errors(&new.owner_references, &at("ownerReferences"), version, &mut errors);
    managed_fields_errors(&new.managed_fields, &at("managedFields"), version, &mut errors);
    if rules.standard_finalizers {
        standard_finalizer_errors(&new.finalizers, &at("finalizers"), &mut errors);
    }
    errors
}

/// Nothing more may hold up an object that is going.
fn added_finalizers(
    new: &ObjectMetadata,
    old: &ObjectMetadata,
    path: &FieldPath,
    errors: &mut Vec<FieldError>,
) {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateNoNewFinalizers)
    let mut added: Vec<&String> =
        new.finalizers.iter().filter(|finalizer| !old.finalizers.contains(finalizer)).collect();
    added.sort_unstable();
    added.dedup();
    if !added.is_empty() {
        let list: Vec<String> = added.iter().map(|finalizer| quoted(finalizer)).collect();
        let detail = format!(
            "no new finalizers can be added if the object is being deleted, found new finalizers []string{{{}}}",
            list.join(", ")
        );
        errors.push(FieldError::forbidden(path.clone(), &detail));
    }
}

/// A time in Go's own notation, in UTC.
fn go_time(time: Time) -> String {
    let text = time.to_string().replace('T', " ");
    let fraction = format!(".{:09}", time.nanosecond());
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    format!("{}{fraction} +0000 UTC", text.trim_end_matches('Z'))
}
