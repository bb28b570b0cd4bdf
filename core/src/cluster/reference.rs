//! What an object is called.

use std::fmt;

use serde::Serialize;

use crate::object::Object;

/// A kind without its version.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupKind {
    /// The API group; empty for the core group.
    pub group: String,
    /// The kind.
    pub kind: String,
}

impl GroupKind {
    /// A kind of a group.
    ///
    /// ```
    /// use kubelogic_core::cluster::GroupKind;
    /// assert_eq!(GroupKind::new("apps", "Deployment").to_string(), "Deployment.apps");
    /// assert_eq!(GroupKind::new("", "Pod").to_string(), "Pod");
    /// ```
    pub fn new(group: impl Into<String>, kind: impl Into<String>) -> Self {
        Self { group: group.into(), kind: kind.into() }
    }

    /// The kind under which the API server stores objects of this one.
    ///
    /// Some kinds were served by two groups; both names mean the same stored object.
    ///
    /// ```
    /// use kubelogic_core::cluster::GroupKind;
    /// let old = GroupKind::new("extensions", "Ingress");
    /// assert_eq!(old.stored(), GroupKind::new("networking.k8s.io", "Ingress"));
    /// ```
    #[must_use]
    pub fn stored(self) -> Self {
        // upstream: pkg/kubeapiserver/default_storage_factory_builder.go (AddCohabitatingResources)
        let group = match (self.group.as_str(), self.kind.as_str()) {
            ("extensions", "NetworkPolicy" | "Ingress") => "networking.k8s.io",
            ("extensions", "Deployment" | "DaemonSet" | "ReplicaSet") => "apps",
            ("extensions", "PodSecurityPolicy") => "policy",
            ("extensions", "ReplicationController") | ("events.k8s.io", "Event") => "",
            _ => return self,
        };
        Self { group: group.to_owned(), kind: self.kind }
    }

    /// The kind of an object, under the name in which it is stored.
    pub fn of(object: &Object) -> Self {
        let (group, _) = split_api_version(object.api_version());
        Self::new(group, object.kind()).stored()
    }
}

impl fmt::Display for GroupKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.kind)?;
        if self.group.is_empty() { Ok(()) } else { write!(out, ".{}", self.group) }
    }
}

/// Group and version of an `apiVersion`.
///
/// ```
/// use kubelogic_core::cluster::split_api_version;
/// assert_eq!(split_api_version("apps/v1"), ("apps", "v1"));
/// assert_eq!(split_api_version("v1"), ("", "v1"));
/// ```
pub fn split_api_version(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

/// Names one object: its kind, its namespace if it has one, and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ObjectRef {
    /// The API group; empty for the core group.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// The kind.
    pub kind: String,
    /// The namespace; empty for cluster-scoped objects.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl ObjectRef {
    /// Names an object.
    pub fn new(kind: &GroupKind, namespace: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            group: kind.group.clone(),
            kind: kind.kind.clone(),
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    /// The object's kind.
    pub fn group_kind(&self) -> GroupKind {
        GroupKind::new(&self.group, &self.kind)
    }
}

impl fmt::Display for ObjectRef {
    /// `Role.rbac.authorization.k8s.io shop/reader`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.kind)?;
        if !self.group.is_empty() {
            write!(out, ".{}", self.group)?;
        }
        out.write_str(" ")?;
        if !self.namespace.is_empty() {
            write!(out, "{}/", self.namespace)?;
        }
        out.write_str(&self.name)
    }
}
