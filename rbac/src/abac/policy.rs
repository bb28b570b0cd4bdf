//! One policy and what it allows.

use kubelogic_core::access::{Attributes, Target, UserInfo};
use serde::Serialize;

/// A policy as it is compared with requests: every form means one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AbacPolicy {
    /// The user; empty when the group alone decides.
    pub user: String,
    /// The group; empty when the user alone decides. When both are given both must fit.
    pub group: String,
    /// Whether only `get`, `list` and `watch` are allowed.
    pub readonly: bool,
    /// The API group, or `*`.
    pub api_group: String,
    /// The resource, or `*`. Subresources and names are never looked at.
    pub resource: String,
    /// The namespace, or `*`.
    pub namespace: String,
    /// A path, by prefix when it ends with a star, or `*`.
    pub non_resource_path: String,
}

impl AbacPolicy {
    /// Whether the policy allows a request.
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, UserInfo};
    /// use kubelogic_rbac::AbacPolicy;
    ///
    /// let any = || "*".to_owned();
    /// let policy = AbacPolicy {
    ///     user: "ann".into(), readonly: true, api_group: any(), resource: "pods".into(), namespace: any(),
    ///     ..AbacPolicy::default()
    /// };
    /// let ann = UserInfo::named("ann");
    /// assert!(policy.allows(&ann, &Attributes::resource("get", "", "pods").subresource("exec")));
    /// assert!(!policy.allows(&ann, &Attributes::resource("delete", "", "pods")));
    /// ```
    pub fn allows(&self, user: &UserInfo, attributes: &Attributes<'_>) -> bool {
        // upstream: pkg/auth/authorizer/abac/abac.go (matches)
        self.is_for(user)
            && (!self.readonly || matches!(attributes.verb, "get" | "list" | "watch"))
            && self.is_about(attributes)
    }

    fn is_for(&self, user: &UserInfo) -> bool {
        if self.user.is_empty() && self.group.is_empty() {
            return false;
        }
        let fits = |own: &str, found: bool| own.is_empty() || own == "*" || found;
        fits(&self.user, self.user == user.name) && fits(&self.group, user.groups.contains(&self.group))
    }

    fn is_about(&self, attributes: &Attributes<'_>) -> bool {
        let fits = |own: &str, asked: &str| own == "*" || own == asked;
        match attributes.target {
            Target::Resource { group, resource, namespace, .. } => {
                fits(&self.namespace, namespace)
                    && fits(&self.resource, resource)
                    && fits(&self.api_group, group)
            }
            Target::Path(path) => {
                let own = self.non_resource_path.as_str();
                fits(own, path) || (own.ends_with('*') && path.starts_with(own.trim_end_matches('*')))
            }
        }
    }
}
