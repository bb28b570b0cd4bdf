//! Rules that differ only in their verbs, as one.

use std::collections::HashMap;

use crate::model::PolicyRule;

/// Merges rules as the API server does before it names those that are missing: rules of one API group, one resource and
/// at most one name become one with the verbs of all, repeated ones included.
///
/// Rules that cannot be merged come first, in their order. Upstream gives the others in random order, this in the order
/// in which their resources are first seen.
///
/// ```
/// use kubelogic_rbac::{PolicyRule, compact_for_api_server, compact_for_kubectl};
/// let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
/// let pods = |verbs: &[&str]| PolicyRule {
///     verbs: list(verbs),
///     api_groups: list(&[""]),
///     resources: list(&["pods"]),
///     ..PolicyRule::default()
/// };
/// let rules = [pods(&["get"]), pods(&["get"]), pods(&["list"])];
/// assert_eq!(compact_for_api_server(&rules), [pods(&["get", "get", "list"])]);
/// assert_eq!(compact_for_kubectl(&rules), [pods(&["get", "list"])]);
/// ```
pub fn compact_for_api_server(rules: &[PolicyRule]) -> Vec<PolicyRule> {
    // upstream: pkg/registry/rbac/validation/policy_compact.go (CompactRules)
    compact(rules, |verbs, more| verbs.extend(more.iter().cloned()))
}

/// Merges rules as kubectl does before it lists them: see [`compact_for_api_server`]; a verb that is there already is not
/// added again.
pub fn compact_for_kubectl(rules: &[PolicyRule]) -> Vec<PolicyRule> {
    // upstream: kubectl pkg/util/rbac/rbac.go (CompactRules): the verbs of one rule are not compared with each other.
    compact(rules, |verbs, more| {
        let new: Vec<String> = more.iter().filter(|verb| !verbs.contains(verb)).cloned().collect();
        verbs.extend(new);
    })
}

fn compact(rules: &[PolicyRule], add: impl Fn(&mut Vec<String>, &[String])) -> Vec<PolicyRule> {
    let mut others = Vec::new();
    let mut merged: Vec<PolicyRule> = Vec::new();
    let mut places: HashMap<(&str, &str, Option<&str>), usize> = HashMap::new();
    for rule in rules {
        let Some(key) = key(rule) else {
            others.push(rule.clone());
            continue;
        };
        let place = *places.entry(key).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(first) => add(&mut first.verbs, &rule.verbs),
            None => merged.push(rule.clone()),
        }
    }
    others.append(&mut merged);
    others
}

/// What rules that can be merged have in common.
fn key(rule: &PolicyRule) -> Option<(&str, &str, Option<&str>)> {
    if !rule.non_resource_urls.is_empty() {
        return None;
    }
    let name = match rule.resource_names.as_slice() {
        [] => None,
        [one] => Some(one.as_str()),
        _ => return None,
    };
    match (rule.api_groups.as_slice(), rule.resources.as_slice()) {
        ([group], [resource]) => Some((group, resource, name)),
        _ => None,
    }
}
