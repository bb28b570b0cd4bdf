//! Whether some rules allow everything that others allow, as the API server and kubectl decide it.

mod breakdown;
mod compact;
mod text;

pub use breakdown::breakdown;
pub use compact::{compact_for_api_server, compact_for_kubectl};
pub use text::in_escalation_notation;
pub(crate) use text::in_struct_notation;

use std::borrow::Borrow;

use crate::model::PolicyRule;
use breakdown::owned;

/// What is left when some rules are taken away from others: the pieces that no single rule of the owner covers, in the
/// order of the servant's rules.
///
/// Each rule of the servant is split into pieces of one API group, resource, verb and name, or of one path and verb. A
/// piece is covered when one rule of the owner covers all of it: two rules never do so together, and `*` is only covered
/// by `*`. A rule without verbs, or without groups or resources, has no pieces.
///
/// ```
/// use kubelogic_rbac::{PolicyRule, uncovered};
/// let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
/// let pods = |verbs: &[&str]| PolicyRule {
///     verbs: list(verbs),
///     api_groups: list(&[""]),
///     resources: list(&["pods"]),
///     ..PolicyRule::default()
/// };
/// assert!(uncovered(&[pods(&["*"])], &[pods(&["get", "list"])]).is_empty());
/// assert_eq!(uncovered(&[pods(&["get"])], &[pods(&["get", "list"])]), [pods(&["list"])]);
/// assert_eq!(uncovered(&[pods(&["get", "list"])], &[pods(&["*"])]), [pods(&["*"])]);
/// ```
pub fn uncovered<'a>(
    owner: &[impl Borrow<PolicyRule>],
    servant: impl IntoIterator<Item = &'a PolicyRule>,
) -> Vec<PolicyRule> {
    // upstream: component-helpers auth/rbac/validation/policy_comparator.go (Covers). The owner's rules are narrowed
    // down once per group and once per resource, not for every piece.
    let owner: Vec<&PolicyRule> = owner.iter().map(Borrow::borrow).collect();
    let mut left = Vec::new();
    let (mut by_group, mut by_resource, mut by_verb) = (Vec::new(), Vec::new(), Vec::new());
    for rule in servant {
        for group in &rule.api_groups {
            narrow(&mut by_group, &owner, |own| has(&own.api_groups, "*") || has(&own.api_groups, group));
            for resource in &rule.resources {
                narrow(&mut by_resource, &by_group, |own| covers_resource(&own.resources, resource));
                for verb in &rule.verbs {
                    narrow(&mut by_verb, &by_resource, |own| covers_verb(own, verb));
                    let any_name = by_verb.iter().any(|own| own.resource_names.is_empty());
                    if rule.resource_names.is_empty() && !any_name {
                        left.push(owned(group, resource, verb, None));
                    }
                    for name in &rule.resource_names {
                        if !any_name && !by_verb.iter().any(|own| has(&own.resource_names, name)) {
                            left.push(owned(group, resource, verb, Some(name)));
                        }
                    }
                }
            }
        }
        for path in &rule.non_resource_urls {
            for verb in &rule.verbs {
                let covered = owner.iter().any(|own| {
                    // A rule that is limited to names covers no path.
                    own.resource_names.is_empty()
                        && covers_verb(own, verb)
                        && own.non_resource_urls.iter().any(|given| covers_path(given, path))
                });
                if !covered {
                    left.push(breakdown::owned_path(path, verb));
                }
            }
        }
    }
    left
}

fn narrow<'a>(into: &mut Vec<&'a PolicyRule>, from: &[&'a PolicyRule], fits: impl Fn(&PolicyRule) -> bool) {
    into.clear();
    into.extend(from.iter().copied().filter(|rule| fits(rule)));
}

fn covers_verb(owner: &PolicyRule, verb: &str) -> bool {
    has(&owner.verbs, "*") || has(&owner.verbs, verb)
}

fn covers_resource(owner: &[String], resource: &str) -> bool {
    let subresource = resource.split_once('/').map(|(_, subresource)| subresource);
    owner.iter().any(|given| {
        given == "*"
            || given == resource
            || (subresource.is_some() && given.strip_prefix("*/") == subresource)
    })
}

fn covers_path(owner: &str, path: &str) -> bool {
    owner == path || (owner.ends_with('*') && path.starts_with(owner.trim_end_matches('*')))
}

fn has(list: &[String], wanted: &str) -> bool {
    list.iter().any(|given| given == wanted)
}

#[cfg(test)]
mod tests;
