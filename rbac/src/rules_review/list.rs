//! The rules of a user as `kubectl auth can-i --list` prints them.

use super::RulesReview;
use super::table::aligned;
use crate::covers::{breakdown, compact_for_kubectl, in_struct_notation};
use crate::model::PolicyRule;

/// The rules as kubectl lists them: split into pieces, merged, and in kubectl's order.
///
/// ```
/// use kubelogic_rbac::{RulesReview, listed_rules};
/// assert_eq!(listed_rules(&RulesReview::of_everything()).len(), 2);
/// ```
pub fn listed_rules(review: &RulesReview) -> Vec<PolicyRule> {
    // upstream: kubectl pkg/cmd/auth/cani.go (printStatus)
    let rules = review.resource_rules.iter().chain(&review.non_resource_rules);
    let pieces: Vec<PolicyRule> = rules.flat_map(breakdown).collect();
    let mut rules = compact_for_kubectl(&pieces);
    // upstream: api rbac/v1 (PolicyRule.String): what kubectl sorts by
    rules.sort_by_cached_key(|rule| in_struct_notation(rule, ","));
    rules
}

/// The table that kubectl prints on standard output.
///
/// ```
/// use kubelogic_rbac::{RulesReview, printed_rules};
/// assert_eq!(
///     printed_rules(&RulesReview::of_everything(), false),
///     "Resources   Non-Resource URLs   Resource Names   Verbs\n\
///      *.*         []                  []               [*]\n\
///      \u{20}           [*]                 []               [*]\n"
/// );
/// ```
pub fn printed_rules(review: &RulesReview, no_headers: bool) -> String {
    let mut text = String::new();
    if !no_headers {
        text.push_str("Resources\tNon-Resource URLs\tResource Names\tVerbs\n");
    }
    for rule in listed_rules(review) {
        let line = [
            resource(&rule),
            format!("[{}]", rule.non_resource_urls.join(" ")),
            format!("[{}]", rule.resource_names.join(" ")),
            format!("[{}]", rule.verbs.join(" ")),
        ];
        text.push_str(&line.join("\t"));
        text.push('\n');
    }
    aligned(&text)
}

/// `RESOURCE.GROUP/SUBRESOURCE`
fn resource(rule: &PolicyRule) -> String {
    // upstream: kubectl pkg/describe/describe.go (CombineResourceGroup)
    let Some(first) = rule.resources.first() else { return String::new() };
    let (resource, subresource) = match first.split_once('/') {
        Some((resource, subresource)) => (resource, Some(subresource)),
        None => (first.as_str(), None),
    };
    let mut text = resource.to_owned();
    if let Some(group) = rule.api_groups.first().filter(|group| !group.is_empty()) {
        text.push('.');
        text.push_str(group);
    }
    if let Some(subresource) = subresource {
        text.push('/');
        text.push_str(subresource);
    }
    text
}
