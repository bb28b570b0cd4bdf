//! Rules in their smallest pieces.

use crate::model::PolicyRule;

/// The smallest pieces of a rule, each with one verb and one path, or one API group, one resource and at most one name.
///
/// ```
/// use kubelogic_rbac::{PolicyRule, breakdown};
/// let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
/// let rule = PolicyRule {
///     verbs: list(&["get", "list"]),
///     api_groups: list(&[""]),
///     resources: list(&["pods"]),
///     ..PolicyRule::default()
/// };
/// assert_eq!(breakdown(&rule).len(), 2);
/// ```
pub fn breakdown(rule: &PolicyRule) -> Vec<PolicyRule> {
    // upstream: component-helpers auth/rbac/validation/policy_comparator.go (BreakdownRule), and the same in kubectl
    let mut pieces = Vec::new();
    for group in &rule.api_groups {
        for resource in &rule.resources {
            for verb in &rule.verbs {
                if rule.resource_names.is_empty() {
                    pieces.push(owned(group, resource, verb, None));
                }
                let named = rule.resource_names.iter();
                pieces.extend(named.map(|name| owned(group, resource, verb, Some(name))));
            }
        }
    }
    for path in &rule.non_resource_urls {
        pieces.extend(rule.verbs.iter().map(|verb| owned_path(path, verb)));
    }
    pieces
}

/// A piece for a resource.
pub(super) fn owned(group: &str, resource: &str, verb: &str, name: Option<&str>) -> PolicyRule {
    PolicyRule {
        verbs: vec![verb.to_owned()],
        api_groups: vec![group.to_owned()],
        resources: vec![resource.to_owned()],
        resource_names: name.map(str::to_owned).into_iter().collect(),
        non_resource_urls: Vec::new(),
    }
}

/// A piece for a path.
pub(super) fn owned_path(path: &str, verb: &str) -> PolicyRule {
    PolicyRule {
        verbs: vec![verb.to_owned()],
        non_resource_urls: vec![path.to_owned()],
        ..PolicyRule::default()
    }
}
