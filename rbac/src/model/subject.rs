//! Whom a binding names.

use std::fmt;

use super::GROUP;

/// A user, a group or a service account, as a binding names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// `User`, `Group` or `ServiceAccount`; anything else applies to nobody.
    pub kind: String,
    /// The API group of the kind; not looked at when requests are decided.
    pub api_group: String,
    /// The name.
    pub name: String,
    /// The namespace of a service account; when empty, that of the RoleBinding.
    pub namespace: String,
}

/// The kinds of subject that a request can match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// By user name.
    User,
    /// By membership.
    Group,
    /// By the user name that stands for a service account.
    ServiceAccount,
}

kubelogic_core::model! {
    /// A subject in `v1` and `v1beta1`.
    pub(super) struct SubjectV1 {
        kind: String = "kind",
        api_group: String = "apiGroup",
        name: String = "name",
        namespace: String = "namespace",
    }

    /// A subject in `v1alpha1`.
    pub(super) struct SubjectV1alpha1 {
        kind: String = "kind",
        api_version: String = "apiVersion",
        name: String = "name",
        namespace: String = "namespace",
    }
}

impl Subject {
    /// The kind, if it is one that a request can match.
    pub fn subject_kind(&self) -> Option<SubjectKind> {
        match self.kind.as_str() {
            "User" => Some(SubjectKind::User),
            "Group" => Some(SubjectKind::Group),
            "ServiceAccount" => Some(SubjectKind::ServiceAccount),
            _ => None,
        }
    }

    /// The namespace of a service account in a binding of `binding_namespace`.
    pub(crate) fn namespace_in<'a>(&'a self, binding_namespace: &'a str) -> &'a str {
        if self.namespace.is_empty() { binding_namespace } else { &self.namespace }
    }

    /// The user name of the service account; `None` when it has no namespace and so applies to nobody.
    pub(crate) fn service_account_user(&self, binding_namespace: &str) -> Option<String> {
        // upstream: apiserver pkg/authentication/serviceaccount/util.go (MatchesUsername)
        let namespace = self.namespace_in(binding_namespace);
        (!namespace.is_empty()).then(|| format!("system:serviceaccount:{namespace}:{}", self.name))
    }

    /// Whether the subject, in a binding of `binding_namespace`, is this user.
    pub(crate) fn applies_to(&self, user: &str, groups: &[String], binding_namespace: &str) -> bool {
        // upstream: pkg/registry/rbac/validation/rule.go (appliesToUser)
        match self.subject_kind() {
            Some(SubjectKind::User) => self.name == user,
            Some(SubjectKind::Group) => groups.contains(&self.name),
            Some(SubjectKind::ServiceAccount) => {
                self.service_account_user(binding_namespace).is_some_and(|account| account == user)
            }
            None => false,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.namespace.is_empty() {
            write!(out, "{} `{}`", self.kind, self.name)
        } else {
            write!(out, "{} `{}/{}`", self.kind, self.namespace, self.name)
        }
    }
}

impl From<SubjectV1> for Subject {
    fn from(given: SubjectV1) -> Self {
        // upstream: pkg/apis/rbac/v1/defaults.go (SetDefaults_Subject)
        let api_group = match (given.api_group.as_str(), given.kind.as_str()) {
            ("", "User" | "Group") => GROUP.to_owned(),
            _ => given.api_group,
        };
        Self { kind: given.kind, api_group, name: given.name, namespace: given.namespace }
    }
}

impl From<SubjectV1alpha1> for Subject {
    fn from(given: SubjectV1alpha1) -> Self {
        // upstream: pkg/apis/rbac/v1alpha1/conversion.go: the kinds that are known ignore the given version,
        // and the user `*` stands for everybody who is authenticated.
        let (kind, api_group, name) = match given.kind.as_str() {
            "ServiceAccount" => (given.kind, String::new(), given.name),
            "User" if given.name == "*" => {
                ("Group".to_owned(), GROUP.to_owned(), "system:authenticated".to_owned())
            }
            "User" | "Group" => (given.kind, GROUP.to_owned(), given.name),
            _ => (given.kind, group_of(&given.api_version).to_owned(), given.name),
        };
        Self { kind, api_group, name, namespace: given.namespace }
    }
}

fn group_of(api_version: &str) -> &str {
    // upstream: apimachinery pkg/runtime/schema/group_version.go (ParseGroupVersion)
    match api_version.split_once('/') {
        Some((group, version)) if !version.contains('/') => group,
        _ => "",
    }
}
