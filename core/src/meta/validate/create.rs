//! Metadata of an object that is to be made.

use std::collections::BTreeMap;

use super::metadata::{ManagedFieldsEntry, ObjectMetadata, OwnerReference};
use super::owner::owner_errors;
use super::{go_strings, label_errors};
use crate::field::{BadValue, FieldError, FieldErrorKind};
use crate::meta::{NameRule, annotation_key_problems, dns_label_problems, label_key_problems};
use crate::object::FieldPath;
use crate::quote::{json_text, quoted};
use crate::version::KubeVersion;

/// What applies to the objects of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetadataRules {
    /// The rule for the name.
    pub name: NameRule,
    /// Whether the object is in a namespace.
    pub namespaced: bool,
    /// Whether a finalizer without a prefix must be one that Kubernetes knows: so for all kinds that are built in.
    pub standard_finalizers: bool,
    /// The version of the API server.
    pub version: KubeVersion,
}

/// Everything that the API server refuses about the metadata of a new object, in its words and order.
///
/// Upstream looks at labels and annotations in no fixed order; here it is that of the keys.
///
/// ```
/// use kubelogic_core::meta::{MetadataRules, NameRule, ObjectMetadata, metadata_errors};
/// use kubelogic_core::object::FieldPath;
/// use kubelogic_core::version::KubeVersion;
///
/// let metadata = ObjectMetadata { name: "Shop".into(), namespace: "default".into(), ..Default::default() };
/// let version = KubeVersion::default();
/// let rules = MetadataRules { name: NameRule::DnsLabel, namespaced: true, standard_finalizers: true, version };
/// let errors = metadata_errors(&metadata, rules, &FieldPath::root().field("metadata"));
/// assert!(errors[0].to_string().starts_with(r#"metadata.name: Invalid value: "Shop": a lowercase RFC 1123 label"#));
/// ```
pub fn metadata_errors(metadata: &ObjectMetadata, rules: MetadataRules, path: &FieldPath) -> Vec<FieldError> {
    let metadata = NewMetadata {
        name: &metadata.name,
        generate_name: &metadata.generate_name,
        namespace: &metadata.namespace,
        generation: metadata.generation,
        labels: &metadata.labels,
        annotations: &metadata.annotations,
        owner_references: &metadata.owner_references,
        finalizers: &metadata.finalizers,
        managed_fields: &metadata.managed_fields,
    };
    metadata.errors(rules, path)
}

/// The metadata of a new object, as far as it is checked, of models that do not keep the rest.
#[derive(Clone, Copy, Debug)]
pub struct NewMetadata<'a> {
    /// The name.
    pub name: &'a str,
    /// What the API server makes a name of when there is none.
    pub generate_name: &'a str,
    /// The namespace; empty for objects of the whole cluster.
    pub namespace: &'a str,
    /// How often the specification was changed.
    pub generation: i64,
    /// Labels.
    pub labels: &'a BTreeMap<String, String>,
    /// Annotations.
    pub annotations: &'a BTreeMap<String, String>,
    /// The objects that it goes with.
    pub owner_references: &'a [OwnerReference],
    /// What must happen before it is gone.
    pub finalizers: &'a [String],
    /// Who set which fields.
    pub managed_fields: &'a [ManagedFieldsEntry],
}

impl NewMetadata<'_> {
    /// As [`metadata_errors`].
    pub fn errors(&self, rules: MetadataRules, path: &FieldPath) -> Vec<FieldError> {
        new_errors(self, rules, path)
    }
}

fn new_errors(metadata: &NewMetadata<'_>, rules: MetadataRules, path: &FieldPath) -> Vec<FieldError> {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateObjectMetaAccessor)
    let at = |field: &str| path.clone().field(field);
    let mut errors = Vec::new();
    if !metadata.generate_name.is_empty() {
        for detail in rules.name.prefix_problems(metadata.generate_name, rules.version) {
            errors.push(FieldError::invalid(at("generateName"), metadata.generate_name, &detail));
        }
    }
    if metadata.name.is_empty() {
        errors.push(FieldError::required(at("name"), "name or generateName is required"));
    } else {
        for detail in rules.name.problems(metadata.name, rules.version) {
            errors.push(FieldError::invalid(at("name"), metadata.name, &detail));
        }
    }
    match (rules.namespaced, metadata.namespace.is_empty()) {
        (true, true) => errors.push(FieldError::required(at("namespace"), "")),
        (true, false) => {
            for detail in dns_label_problems(metadata.namespace) {
                errors.push(FieldError::invalid(at("namespace"), metadata.namespace, &detail));
            }
        }
        (false, true) => {}
        (false, false) => errors.push(FieldError::forbidden(at("namespace"), "not allowed on this type")),
    }
    generation_errors(metadata.generation, &at, &mut errors);
    label_errors(metadata.labels, || at("labels"), rules.version, &mut errors);
    annotation_errors(metadata.annotations, || at("annotations"), rules.version, &mut errors);
    // Paths are made when there is something to look at: nearly always there is nothing.
    if !metadata.owner_references.is_empty() {
        owner_errors(metadata.owner_references, &at("ownerReferences"), rules.version, &mut errors);
    }
    if !metadata.finalizers.is_empty() {
        finalizer_errors(metadata.finalizers, &at("finalizers"), rules.version, &mut errors);
    }
    if !metadata.managed_fields.is_empty() {
        managed_fields_errors(metadata.managed_fields, &at("managedFields"), rules.version, &mut errors);
    }
    if rules.standard_finalizers && !metadata.finalizers.is_empty() {
        standard_finalizer_errors(metadata.finalizers, &at("finalizers"), &mut errors);
    }
    errors
}

pub(super) fn generation_errors(
    generation: i64,
    at: &impl Fn(&str) -> FieldPath,
    errors: &mut Vec<FieldError>,
) {
    if generation < 0 {
        let detail = "must be greater than or equal to 0";
        errors.push(FieldError::invalid(at("generation"), generation, detail));
    }
}

/// Bytes of all annotations together.
const ANNOTATIONS_LIMIT: usize = 256 * 1024;

pub(super) fn annotation_errors(
    annotations: &BTreeMap<String, String>,
    path: impl Fn() -> FieldPath,
    version: KubeVersion,
    errors: &mut Vec<FieldError>,
) {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateAnnotations)
    for key in annotations.keys() {
        let wrong = annotation_key_problems(key, version).into_iter();
        errors.extend(wrong.map(|detail| FieldError::invalid(path(), key, &detail)));
    }
    let size: usize = annotations.iter().map(|(key, value)| key.len() + value.len()).sum();
    if size > ANNOTATIONS_LIMIT {
        errors.push(FieldError::too_long(path(), ANNOTATIONS_LIMIT, version));
    }
}

fn finalizer_errors(
    finalizers: &[String],
    path: &FieldPath,
    version: KubeVersion,
    errors: &mut Vec<FieldError>,
) {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateFinalizers)
    for finalizer in finalizers {
        let wrong = label_key_problems(finalizer, version).into_iter();
        errors.extend(wrong.map(|detail| FieldError::invalid(path.clone(), finalizer, &detail)));
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has("orphan") && has("foregroundDeletion") {
        let list = BadValue::Json(go_strings(finalizers, version));
        let detail = "finalizer orphan and foregroundDeletion cannot be both set";
        errors.push(FieldError::new(FieldErrorKind::Invalid, path.clone(), list, detail));
    }
}

pub(super) fn standard_finalizer_errors(
    finalizers: &[String],
    path: &FieldPath,
    errors: &mut Vec<FieldError>,
) {
    // upstream: pkg/apis/core/validation/validation.go (validateKubeFinalizerName)
    for (index, finalizer) in finalizers.iter().enumerate() {
        let standard = ["kubernetes", "orphan", "foregroundDeletion"];
        if !finalizer.contains('/') && !standard.contains(&finalizer.as_str()) {
            let detail = "name is neither a standard finalizer name nor is it fully qualified";
            errors.push(FieldError::invalid(path.clone().index(index), finalizer, detail));
        }
    }
}

/// The first minor version that treats a manager's operation like other words.
const OPERATIONS_SINCE: u16 = 37;
const MANAGER_LIMIT: usize = 128;
const SUBRESOURCE_LIMIT: usize = 256;

pub(super) fn managed_fields_errors(
    entries: &[ManagedFieldsEntry],
    path: &FieldPath,
    version: KubeVersion,
    errors: &mut Vec<FieldError>,
) {
    // upstream: apimachinery pkg/apis/meta/v1/validation/validation.go (ValidateManagedFields)
    for (index, entry) in entries.iter().enumerate() {
        let at = |field: &str| path.clone().index(index).field(field);
        let named =
            |text: &str| BadValue::Json(if version.minor() >= 34 { json_text(text) } else { quoted(text) });
        let operation = entry.operation.as_str();
        match (operation, version.minor() >= OPERATIONS_SINCE) {
            ("Apply" | "Update", _) => {}
            ("", true) => errors.push(FieldError::required(at("operation"), "must not be empty")),
            (_, true) => {
                errors.push(FieldError::not_supported(
                    at("operation"),
                    named(operation),
                    &["Apply", "Update"],
                ));
            }
            (_, false) => {
                let detail = "must be `Apply` or `Update`";
                errors.push(FieldError::invalid(at("operation"), named(operation), detail));
            }
        }
        if !entry.fields_type.is_empty() && entry.fields_type != "FieldsV1" {
            errors.push(FieldError::invalid(at("fieldsType"), &entry.fields_type, "must be `FieldsV1`"));
        }
        if entry.manager.len() > MANAGER_LIMIT {
            errors.push(FieldError::too_long(at("manager"), MANAGER_LIMIT, version));
        }
        for (place, letter) in entry.manager.char_indices() {
            if !matches!(letter, '"' | '\\') && quoted(letter.encode_utf8(&mut [0; 4])).contains('\\') {
                let detail = format!("invalid character U+{:04X} (at position {place})", u32::from(letter));
                errors.push(FieldError::invalid(at("manager"), &entry.manager, &detail));
            }
        }
        if entry.subresource.len() > SUBRESOURCE_LIMIT {
            errors.push(FieldError::too_long(at("subresource"), SUBRESOURCE_LIMIT, version));
        }
    }
}
