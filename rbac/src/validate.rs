//! What the API server refuses about roles and bindings, with its own texts.

mod metadata;
mod problem;

pub(crate) use problem::Problem;

use kubelogic_core::meta::{LabelSelector, Selector, dns_subdomain_problems, path_segment_problems};
use kubelogic_core::object::FieldPath;
use kubelogic_core::version::KubeVersion;

use crate::model::{Binding, BindingKind, GROUP, PolicyRule, Role, RoleKind, Subject, SubjectKind};

/// Everything that the API server of a version would refuse a role for, in its order.
pub(crate) fn role(role: &Role, version: KubeVersion) -> Vec<Problem> {
    Problem::in_order_of(version, role_by_hand(role, version), |_| false)
}

/// The same in the order and with the texts of rules that are written by hand.
pub(crate) fn role_by_hand(role: &Role, version: KubeVersion) -> Vec<Problem> {
    // upstream: pkg/apis/rbac/validation/validation.go (ValidateRole, ValidateClusterRole)
    let namespaced = role.kind == RoleKind::Role;
    let metadata = metadata::check(&role.metadata, &role.namespace, namespaced, version);
    let mut problems: Vec<Problem> = metadata.collect();
    for (index, given) in role.rules.iter().enumerate() {
        rule(given, role.kind, || FieldPath::root().field("rules").index(index), &mut problems);
    }
    if let Some(aggregation) = &role.aggregation_rule {
        let selectors = FieldPath::root().field("aggregationRule").field("clusterRoleSelectors");
        if aggregation.cluster_role_selectors.is_empty() {
            let detail = "at least one clusterRoleSelector required if aggregationRule is non-nil";
            problems.push(Problem::required(selectors.clone(), detail));
        }
        for (index, given) in aggregation.cluster_role_selectors.iter().enumerate() {
            selector(given, &selectors.clone().index(index), version, &mut problems);
        }
    }
    problems
}

/// Everything that the API server of a version would refuse a binding for, in its order.
pub(crate) fn binding(binding: &Binding, version: KubeVersion) -> Vec<Problem> {
    Problem::in_order_of(version, binding_by_hand(binding, version), |_| false)
}

/// The same in the order and with the texts of rules that are written by hand.
pub(crate) fn binding_by_hand(binding: &Binding, version: KubeVersion) -> Vec<Problem> {
    // upstream: pkg/apis/rbac/validation/validation.go (ValidateRoleBinding, ValidateClusterRoleBinding)
    let namespaced = binding.kind == BindingKind::RoleBinding;
    let metadata = metadata::check(&binding.metadata, &binding.namespace, namespaced, version);
    let mut problems: Vec<Problem> = metadata.collect();
    // Paths are made when something is wrong: nearly nothing is, and a cluster may have a million bindings.
    let role_ref = |field: &str| FieldPath::root().field("roleRef").field(field);
    let given = &binding.role_ref;
    if given.api_group != GROUP {
        problems.push(Problem::not_supported(role_ref("apiGroup"), &given.api_group, &[GROUP]));
    }
    let kinds: &[&str] = if namespaced { &["Role", "ClusterRole"] } else { &["ClusterRole"] };
    if !kinds.contains(&given.kind.as_str()) {
        problems.push(Problem::not_supported(role_ref("kind"), &given.kind, kinds));
    }
    if given.name.is_empty() {
        problems.push(Problem::required(role_ref("name"), "").declared());
    } else {
        let wrong = path_segment_problems(&given.name).into_iter();
        problems.extend(wrong.map(|detail| Problem::invalid(role_ref("name"), &given.name, &detail)));
    }
    for (index, given) in binding.subjects.iter().enumerate() {
        subject(given, namespaced, || FieldPath::root().field("subjects").index(index), &mut problems);
    }
    problems
}

fn rule(rule: &PolicyRule, kind: RoleKind, path: impl Fn() -> FieldPath, problems: &mut Vec<Problem>) {
    // upstream: pkg/apis/rbac/validation/validation.go (ValidatePolicyRule)
    let at = |field: &str| path().field(field);
    if rule.verbs.is_empty() {
        problems.push(Problem::required(at("verbs"), "verbs must contain at least one value").declared());
    }
    if !rule.non_resource_urls.is_empty() {
        let mut refuse = |detail: &str| {
            problems.push(Problem::invalid_list(at("nonResourceURLs"), &rule.non_resource_urls, detail));
        };
        if kind == RoleKind::Role {
            refuse("namespaced rules cannot apply to non-resource URLs");
        }
        let resources = [&rule.api_groups, &rule.resources, &rule.resource_names];
        if resources.iter().any(|list| !list.is_empty()) {
            refuse("rules cannot apply to both regular resources and non-resource URLs");
        }
        return;
    }
    if rule.api_groups.is_empty() {
        let detail = "resource rules must supply at least one api group";
        problems.push(Problem::required(at("apiGroups"), detail));
    }
    if rule.resources.is_empty() {
        let detail = "resource rules must supply at least one resource";
        problems.push(Problem::required(at("resources"), detail));
    }
}

fn subject(subject: &Subject, namespaced: bool, path: impl Fn() -> FieldPath, problems: &mut Vec<Problem>) {
    // upstream: pkg/apis/rbac/validation/validation.go (ValidateRoleBindingSubject)
    let at = |field: &str| path().field(field);
    if subject.name.is_empty() {
        problems.push(Problem::required(at("name"), "").declared());
    }
    match subject.subject_kind() {
        Some(SubjectKind::ServiceAccount) => {
            if !subject.name.is_empty() {
                let wrong = dns_subdomain_problems(&subject.name).into_iter();
                problems.extend(wrong.map(|detail| Problem::invalid(at("name"), &subject.name, &detail)));
            }
            if !subject.api_group.is_empty() {
                problems.push(Problem::not_supported(at("apiGroup"), &subject.api_group, &[""]));
            }
            if !namespaced && subject.namespace.is_empty() {
                problems.push(Problem::required(at("namespace"), ""));
            }
        }
        Some(SubjectKind::User | SubjectKind::Group) => {
            if subject.api_group != GROUP {
                problems.push(Problem::not_supported(at("apiGroup"), &subject.api_group, &[GROUP]));
            }
        }
        None => {
            let kinds = ["ServiceAccount", "User", "Group"];
            problems.push(Problem::not_supported(at("kind"), &subject.kind, &kinds));
        }
    }
}

fn selector(selector: &LabelSelector, path: &FieldPath, version: KubeVersion, problems: &mut Vec<Problem>) {
    problems.extend(selector.errors(path, version).into_iter().map(Problem::from));
    if Selector::new(selector, version).is_err() {
        // The value that upstream prints here is the selector that could not be made.
        problems.push(Problem::invalid_null(path.clone(), "invalid label selector."));
    }
}

#[cfg(test)]
mod tests;
