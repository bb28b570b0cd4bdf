//! What the API server refuses about `metadata`.

use std::collections::BTreeMap;

use kubelogic_core::meta::{
    annotation_key_problems, dns_label_problems, label_key_problems, label_value_problems,
    path_segment_problems,
};
use kubelogic_core::object::FieldPath;
use kubelogic_core::quote::json_text;
use kubelogic_core::version::KubeVersion;

use super::Problem;
use crate::model::{ObjectMeta, OwnerReference};

/// Everything about the metadata of an object whose name becomes part of a path.
pub(super) fn check(
    metadata: &ObjectMeta,
    namespace: &str,
    namespaced: bool,
    version: KubeVersion,
) -> Vec<Problem> {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateObjectMetaAccessor)
    let at = |field: &str| FieldPath::root().field("metadata").field(field);
    let mut problems = Vec::new();
    // upstream: pkg/apis/rbac/validation/validation.go (ValidateRBACName) treats it like a whole name.
    for detail in path_segment_problems(&metadata.generate_name) {
        problems.push(Problem::invalid(at("generateName"), &metadata.generate_name, &detail));
    }
    if metadata.known_name().is_empty() {
        problems.push(Problem::required(at("name"), "name or generateName is required"));
    }
    for detail in path_segment_problems(&metadata.name) {
        problems.push(Problem::invalid(at("name"), &metadata.name, &detail));
    }
    if namespaced {
        for detail in dns_label_problems(namespace) {
            problems.push(Problem::invalid(at("namespace"), namespace, &detail));
        }
    }
    if metadata.generation < 0 {
        let detail = "must be greater than or equal to 0";
        problems.push(Problem::invalid_number(at("generation"), metadata.generation, detail));
    }
    labels(&metadata.labels, || at("labels"), version, &mut problems);
    annotations(&metadata.annotations, || at("annotations"), version, &mut problems);
    if !metadata.owner_references.is_empty() {
        owners(&metadata.owner_references, &at("ownerReferences"), version, &mut problems);
    }
    if !metadata.finalizers.is_empty() {
        finalizers(&metadata.finalizers, &at("finalizers"), version, &mut problems);
    }
    problems
}

pub(super) fn labels(
    labels: &BTreeMap<String, String>,
    path: impl Fn() -> FieldPath,
    version: KubeVersion,
    problems: &mut Vec<Problem>,
) {
    // upstream: apimachinery pkg/apis/meta/v1/validation/validation.go (ValidateLabels), there in map order
    for (key, value) in labels {
        let wrong = label_key_problems(key, version).into_iter();
        problems.extend(wrong.map(|detail| Problem::invalid(path(), key, &detail)));
        let wrong = label_value_problems(value, version).into_iter();
        problems.extend(wrong.map(|detail| Problem::invalid(path(), value, &detail)));
    }
}

/// Bytes of all annotations together.
const ANNOTATIONS_LIMIT: usize = 256 * 1024;

fn annotations(
    annotations: &BTreeMap<String, String>,
    path: impl Fn() -> FieldPath,
    version: KubeVersion,
    problems: &mut Vec<Problem>,
) {
    for key in annotations.keys() {
        // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateAnnotations): the case does not count.
        let wrong = annotation_key_problems(key, version).into_iter();
        problems.extend(wrong.map(|detail| Problem::invalid(path(), key, &detail)));
    }
    let size: usize = annotations.iter().map(|(key, value)| key.len() + value.len()).sum();
    if size > ANNOTATIONS_LIMIT {
        let detail = format!("may not be more than {ANNOTATIONS_LIMIT} bytes");
        problems.push(Problem::too_long(path(), &detail));
    }
}

/// The first minor version that names the position of an owner.
const OWNERS_BY_INDEX: u16 = 37;

fn owners(owners: &[OwnerReference], path: &FieldPath, version: KubeVersion, problems: &mut Vec<Problem>) {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateOwnerReferences)
    let by_index = version.minor() >= OWNERS_BY_INDEX;
    let mut controller: Option<String> = None;
    for (index, owner) in owners.iter().enumerate() {
        let own = if by_index { path.clone().index(index) } else { path.clone() };
        let at = |field: &str| own.clone().field(field);
        let empty = "must not be empty";
        let unreadable = owner.api_version.matches('/').count() > 1 || owner.api_version.ends_with('/');
        match (owner.api_version.is_empty(), by_index) {
            (true, true) => problems.push(Problem::required(at("apiVersion"), empty)),
            (false, true) if unreadable => {
                let detail = "must be <group>/<version> or <version>";
                problems.push(Problem::invalid(at("apiVersion"), &owner.api_version, detail));
            }
            (is_empty, false) if is_empty || unreadable => {
                let detail = "version must not be empty";
                problems.push(Problem::invalid(at("apiVersion"), &owner.api_version, detail));
            }
            _ => {}
        }
        for (field, value) in [("kind", &owner.kind), ("name", &owner.name), ("uid", &owner.uid)] {
            if value.is_empty() && by_index {
                problems.push(Problem::required(at(field), empty));
            } else if value.is_empty() {
                problems.push(Problem::invalid(at(field), value, empty));
            }
        }
        if owner.api_version == "v1" && owner.kind == "Event" {
            let detail = "/v1, Kind=Event is disallowed from being an owner";
            problems.push(Problem::invalid_json(own, &json_of(owner), detail));
        }
        if owner.controller == Some(true) {
            let this = format!("{}/{}", owner.kind, owner.name);
            let Some(first) = &controller else {
                controller = Some(this);
                continue;
            };
            let all: Vec<String> = owners.iter().map(json_of).collect();
            let detail = format!(
                "Only one reference can have Controller set to true. Found \"true\" in references for {first} and \
                 {this}"
            );
            problems.push(Problem::invalid_json(path.clone(), &format!("[{}]", all.join(",")), &detail));
        }
    }
}

/// An owner as Go's JSON encoder writes it.
fn json_of(owner: &OwnerReference) -> String {
    let texts = [
        ("apiVersion", &owner.api_version),
        ("kind", &owner.kind),
        ("name", &owner.name),
        ("uid", &owner.uid),
    ];
    let mut fields: Vec<String> =
        texts.iter().map(|(key, value)| format!("\"{key}\":{}", json_text(value))).collect();
    for (key, value) in [("controller", owner.controller), ("blockOwnerDeletion", owner.block_owner_deletion)]
    {
        fields.extend(value.map(|value| format!("\"{key}\":{value}")));
    }
    format!("{{{}}}", fields.join(","))
}

fn finalizers(finalizers: &[String], path: &FieldPath, version: KubeVersion, problems: &mut Vec<Problem>) {
    // upstream: apimachinery pkg/api/validation/objectmeta.go (ValidateFinalizers)
    for finalizer in finalizers {
        let wrong = label_key_problems(finalizer, version).into_iter();
        problems.extend(wrong.map(|detail| Problem::invalid(path.clone(), finalizer, &detail)));
    }
    let has = |name: &str| finalizers.iter().any(|finalizer| finalizer == name);
    if has("orphan") && has("foregroundDeletion") {
        let detail = "finalizer orphan and foregroundDeletion cannot be both set";
        problems.push(Problem::invalid_list(path.clone(), finalizers, detail));
    }
    // upstream: pkg/apis/core/validation/validation.go (ValidateObjectMeta) adds this one with a position.
    for (index, finalizer) in finalizers.iter().enumerate() {
        let standard = ["kubernetes", "orphan", "foregroundDeletion"];
        if !finalizer.contains('/') && !standard.contains(&finalizer.as_str()) {
            let detail = "name is neither a standard finalizer name nor is it fully qualified";
            problems.push(Problem::invalid(path.clone().index(index), finalizer, detail));
        }
    }
}
