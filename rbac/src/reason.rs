//! Upstream's texts: reasons and evaluation errors.

use std::collections::BTreeSet;

use crate::model::{Binding, BindingKind, RoleKind, Subject, SubjectKind};
use kubelogic_core::quote::quoted;

/// Why a request was allowed.
pub(crate) fn allowed(binding: &Binding, subject: &Subject) -> String {
    format!("RBAC: allowed by {}", source(binding, subject))
}

/// Why somebody has a rule.
pub(crate) fn source(binding: &Binding, subject: &Subject) -> String {
    // upstream: pkg/registry/rbac/validation/rule.go (roleBindingDescriber, describeSubject): the namespace
    // stands after the name.
    let name = match binding.kind {
        BindingKind::ClusterRoleBinding => quoted(&binding.name),
        BindingKind::RoleBinding => quoted(&format!("{}/{}", binding.name, binding.namespace)),
    };
    let to = match subject.subject_kind() {
        Some(SubjectKind::ServiceAccount) => {
            quoted(&format!("{}/{}", subject.name, subject.namespace_in(&binding.namespace)))
        }
        _ => quoted(&subject.name),
    };
    format!(
        "{} {name} of {} {} to {} {to}",
        binding.kind.name(),
        binding.role_ref.kind,
        quoted(&binding.role_ref.name),
        subject.kind,
    )
}

/// What upstream says about a binding whose role is not there.
pub(crate) fn unresolved(binding: &Binding) -> String {
    // upstream: pkg/registry/rbac/validation/rule.go (GetRoleReferenceRules)
    let name = quoted(&binding.role_ref.name);
    match RoleKind::of(&binding.role_ref.kind) {
        Some(RoleKind::Role) => format!("role.rbac.authorization.k8s.io {name} not found"),
        Some(RoleKind::ClusterRole) => format!("clusterrole.rbac.authorization.k8s.io {name} not found"),
        None => format!("unsupported role reference kind: {}", quoted(&binding.role_ref.kind)),
    }
}

/// Why a request was not allowed: empty unless something could not be evaluated.
pub(crate) fn not_allowed(errors: impl IntoIterator<Item = String>) -> String {
    let text = joined(errors);
    if text.is_empty() { text } else { format!("RBAC: {text}") }
}

/// Errors in one text as upstream joins them, each text once; empty without any.
///
/// ```
/// use kubelogic_rbac::joined_errors;
/// let errors = ["a", "b", "a"].map(str::to_owned);
/// assert_eq!(joined_errors(errors), "[a, b]");
/// assert_eq!(joined_errors(["a".to_owned()]), "a");
/// ```
pub fn joined(errors: impl IntoIterator<Item = String>) -> String {
    // upstream: apimachinery pkg/util/errors/errors.go (aggregate.Error): each text once, brackets for several.
    let mut seen = BTreeSet::new();
    let distinct: Vec<String> = errors.into_iter().filter(|error| seen.insert(error.clone())).collect();
    match distinct.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}
