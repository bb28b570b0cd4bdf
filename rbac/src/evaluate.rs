//! One rule and one request, compared letter by letter: slow, and what the index must agree with.

use kubelogic_core::access::{Attributes, Target};

use crate::model::PolicyRule;

/// Which parts of a rule fit a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four parts of a rule that fit or not, each on its own")]
pub(crate) struct Fit {
    pub(crate) verb: bool,
    /// API group; always true for paths.
    pub(crate) group: bool,
    /// Resource with subresource, or the path.
    pub(crate) target: bool,
    /// Object name; always true for paths.
    pub(crate) name: bool,
}

impl PolicyRule {
    /// Whether the rule allows the request.
    ///
    /// ```
    /// use kubelogic_core::access::Attributes;
    /// use kubelogic_rbac::PolicyRule;
    ///
    /// let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    /// let rule = PolicyRule {
    ///     verbs: list(&["get"]),
    ///     api_groups: list(&[""]),
    ///     resources: list(&["pods", "*/log"]),
    ///     ..PolicyRule::default()
    /// };
    /// assert!(rule.allows(&Attributes::resource("get", "", "pods")));
    /// assert!(rule.allows(&Attributes::resource("get", "", "jobs").subresource("log")));
    /// assert!(!rule.allows(&Attributes::resource("get", "", "pods").subresource("status")));
    /// assert!(!rule.allows(&Attributes::path("get", "/healthz")));
    /// ```
    pub fn allows(&self, attributes: &Attributes<'_>) -> bool {
        let fit = self.fit(attributes);
        fit.verb && fit.group && fit.target && fit.name
    }

    pub(crate) fn fit(&self, attributes: &Attributes<'_>) -> Fit {
        // upstream: plugin/pkg/auth/authorizer/rbac/rbac.go (RuleAllows),
        // pkg/apis/rbac/v1/evaluation_helpers.go
        let verb = has(&self.verbs, "*") || has(&self.verbs, attributes.verb);
        match attributes.target {
            Target::Resource { group, resource, subresource, name, .. } => Fit {
                verb,
                group: has(&self.api_groups, "*") || has(&self.api_groups, group),
                target: self.resources.iter().any(|given| resource_fits(given, resource, subresource)),
                name: self.resource_names.is_empty() || has(&self.resource_names, name),
            },
            Target::Path(path) => {
                let target = self.non_resource_urls.iter().any(|given| path_fits(given, path));
                Fit { verb, group: true, target, name: true }
            }
        }
    }
}

fn resource_fits(given: &str, resource: &str, subresource: &str) -> bool {
    if given == "*" {
        return true;
    }
    if subresource.is_empty() {
        return given == resource;
    }
    let exact = given.strip_prefix(resource).and_then(|rest| rest.strip_prefix('/')) == Some(subresource);
    exact || given.strip_prefix("*/") == Some(subresource)
}

fn path_fits(given: &str, path: &str) -> bool {
    given == "*" || given == path || (given.ends_with('*') && path.starts_with(given.trim_end_matches('*')))
}

fn has(list: &[String], wanted: &str) -> bool {
    list.iter().any(|given| given == wanted)
}
