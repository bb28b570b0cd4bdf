//! Rules as upstream prints them.

use std::fmt::Write as _;

use kubelogic_core::quote::quoted;

use crate::model::PolicyRule;

/// The rule as it stands in the API server's refusals, fields that are empty left out.
///
/// ```
/// use kubelogic_rbac::{PolicyRule, in_escalation_notation};
/// let rule = PolicyRule {
///     verbs: vec!["get".into(), "list".into()],
///     api_groups: vec!["apps".into()],
///     resources: vec!["deployments".into()],
///     ..PolicyRule::default()
/// };
/// assert_eq!(
///     in_escalation_notation(&rule),
///     r#"{APIGroups:["apps"], Resources:["deployments"], Verbs:["get" "list"]}"#
/// );
/// ```
pub fn in_escalation_notation(rule: &PolicyRule) -> String {
    // upstream: pkg/apis/rbac/v1/evaluation_helpers.go (CompactString)
    let fields = [
        ("APIGroups", &rule.api_groups),
        ("Resources", &rule.resources),
        ("NonResourceURLs", &rule.non_resource_urls),
        ("ResourceNames", &rule.resource_names),
        ("Verbs", &rule.verbs),
    ];
    let given = fields.iter().filter(|(_, words)| !words.is_empty());
    let parts: Vec<String> = given
        .map(|(field, words)| {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            format!("{field}:[{}]", words.join(" "))
        })
        .collect();
    format!("{{{}}}", parts.join(", "))
}

/// The rule as Go prints the fields of a struct, with `separator` between them and words as they are.
pub(crate) fn in_struct_notation(rule: &PolicyRule, separator: &str) -> String {
    let fields = [
        ("Verbs", &rule.verbs),
        ("APIGroups", &rule.api_groups),
        ("Resources", &rule.resources),
        ("ResourceNames", &rule.resource_names),
        ("NonResourceURLs", &rule.non_resource_urls),
    ];
    let mut text = String::from("{");
    for (index, (field, words)) in fields.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{field}:[{}]", words.join(" "));
    }
    text.push('}');
    text
}
