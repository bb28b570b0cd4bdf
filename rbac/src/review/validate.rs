//! What the API server refuses about a review.

use kubelogic_core::field::{BadValue, FieldError, FieldErrorKind};
use kubelogic_core::meta::{label_key_problems, label_value_problems};
use kubelogic_core::object::FieldPath;
use kubelogic_core::quote::{json_text, quoted};
use kubelogic_core::version::KubeVersion;

use super::model::{NonResourceAttributes, ResourceAttributes};
use super::object_meta;
use super::read::{Review, ReviewKind};
use crate::request::{Gate, Gates};

/// Everything that is wrong with a review, in upstream's order.
pub(super) fn errors(review: &Review, gates: &Gates) -> Vec<FieldError> {
    // upstream: pkg/apis/authorization/validation/validation.go
    let version = gates.kube_version();
    let mut errors = Vec::new();
    let spec = || FieldPath::root().field("spec");
    let (resource, path) = (review.spec.resource.as_ref(), review.spec.path.as_ref());
    errors.extend(one_of(resource, path, version));
    let user = &review.spec.user;
    if review.kind != ReviewKind::SelfSubjectAccessReview && user.name.is_empty() && user.groups.is_empty() {
        let detail = "at least one of user or group must be specified";
        errors.push(FieldError::invalid(spec().field("user"), "", detail));
    }
    if gates.is_on(Gate::AuthorizeWithSelectors)
        && let Some(resource) = resource
    {
        selectors(resource, version, &mut errors);
    }
    let local = review.kind == ReviewKind::LocalSubjectAccessReview;
    if !object_meta::is_empty(&review.metadata, local) {
        let detail = if local { "must be empty except for namespace" } else { "must be empty" };
        let value = BadValue::Json(object_meta::printed(&review.metadata, version));
        errors.push(FieldError::invalid(FieldPath::root().field("metadata"), value, detail));
    }
    if local {
        if let Some(resource) = resource
            && resource.namespace != review.metadata.namespace
        {
            let field = spec().field("resourceAttributes").field("namespace");
            errors.push(FieldError::invalid(field, &resource.namespace, "must match metadata.namespace"));
        }
        if path.is_some() {
            let field = spec().field("nonResourceAttributes");
            let detail = "disallowed on this kind of request";
            errors.push(FieldError::invalid(field, printed(path, version), detail));
        }
    }
    errors
}

/// A review asks for a resource or for a path.
fn one_of(
    resource: Option<&ResourceAttributes>,
    path: Option<&NonResourceAttributes>,
    version: KubeVersion,
) -> Option<FieldError> {
    let spec = FieldPath::root().field("spec");
    let one = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
    let both = resource.is_some();
    if both != path.is_some() {
        return None;
    }
    let (field, detail) = match (version.minor() >= 37, both) {
        (true, _) => (spec, one),
        (false, true) => (
            spec.field("nonResourceAttributes"),
            "cannot be specified in combination with resourceAttributes",
        ),
        (false, false) => (spec.field("resourceAttributes"), one),
    };
    Some(FieldError::invalid(field, printed(path, version), detail))
}

/// A request for a path as an error shows it.
fn printed(path: Option<&NonResourceAttributes>, version: KubeVersion) -> BadValue {
    match (path, version.minor() >= 34) {
        (None, true) => BadValue::Json("null".to_owned()),
        (None, false) => BadValue::Text("null".to_owned()),
        (Some(path), true) => BadValue::Json(format!(
            r#"{{"Path":{},"Verb":{}}}"#,
            json_text(&path.path),
            json_text(&path.verb)
        )),
        (Some(path), false) => BadValue::Json(format!(
            "authorization.NonResourceAttributes{{Path:{}, Verb:{}}}",
            quoted(&path.path),
            quoted(&path.verb)
        )),
    }
}

fn selectors(resource: &ResourceAttributes, version: KubeVersion, errors: &mut Vec<FieldError>) {
    let base = FieldPath::root().field("spec").field("resourceAttributes");
    if let Some(selector) = &resource.field_selector {
        let base = base.clone().field("fieldSelector");
        one_form(&selector.raw_selector, selector.requirements.is_empty(), &base, errors);
        for (index, requirement) in selector.requirements.iter().enumerate() {
            // upstream: apimachinery pkg/apis/meta/v1/validation/validation.go (ValidateFieldSelectorRequirement)
            let at = |name: &str| base.clone().field("requirements").index(index).field(name);
            if requirement.key.is_empty() {
                errors.push(FieldError::required(at("key"), "must be specified"));
            }
            values(&requirement.operator, requirement.values.is_empty(), at, errors);
        }
    }
    if let Some(selector) = &resource.label_selector {
        let base = base.field("labelSelector");
        one_form(&selector.raw_selector, selector.requirements.is_empty(), &base, errors);
        for (index, requirement) in selector.requirements.iter().enumerate() {
            // upstream: apimachinery pkg/apis/meta/v1/validation/validation.go (ValidateLabelSelectorRequirement)
            let at = |name: &str| base.clone().field("requirements").index(index).field(name);
            values(&requirement.operator, requirement.values.is_empty(), at, errors);
            for detail in label_key_problems(&requirement.key, version) {
                errors.push(FieldError::invalid(at("key"), &requirement.key, &detail));
            }
            for (index, value) in requirement.values.iter().enumerate() {
                for detail in label_value_problems(value, version) {
                    errors.push(FieldError::invalid(at("values").index(index), value, &detail));
                }
            }
        }
    }
}

/// A selector is a text or a list of conditions.
fn one_form(raw: &str, no_requirements: bool, base: &FieldPath, errors: &mut Vec<FieldError>) {
    if !raw.is_empty() && !no_requirements {
        let detail = "may not specified at the same time as requirements";
        errors.push(FieldError::invalid(base.clone().field("rawSelector"), raw, detail));
    }
    if raw.is_empty() && no_requirements {
        let detail = format!("when {base} is specified, requirements or rawSelector is required");
        errors.push(FieldError::new(
            FieldErrorKind::Required,
            base.clone().field("requirements"),
            BadValue::Omitted,
            &detail,
        ));
    }
}

/// Operators that are not known are let pass: a newer client may know them.
fn values(operator: &str, empty: bool, at: impl Fn(&str) -> FieldPath, errors: &mut Vec<FieldError>) {
    match (operator, empty) {
        ("In" | "NotIn", true) => {
            let detail = "must be specified when `operator` is 'In' or 'NotIn'";
            errors.push(FieldError::required(at("values"), detail));
        }
        ("Exists" | "DoesNotExist", false) => {
            let detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
            errors.push(FieldError::forbidden(at("values"), detail));
        }
        _ => {}
    }
}
