//! A group with a version, and a kind in it.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A version of an API group, as `apiVersion` names it.
///
/// ```
/// use kubelogic_core::schema::GroupVersion;
/// let apps: GroupVersion = "apps/v1".parse()?;
/// assert_eq!((apps.group.as_str(), apps.version.as_str()), ("apps", "v1"));
/// assert_eq!("v1".parse::<GroupVersion>()?.group, "");
/// assert_eq!("a/b/c".parse::<GroupVersion>().unwrap_err().to_string(), "`a/b/c` is no group and version, write it like `apps/v1`");
/// # Ok::<(), kubelogic_core::schema::GroupVersionError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupVersion {
    /// The API group; empty for the core group.
    pub group: String,
    /// The version.
    pub version: String,
}

/// A text that is no group with a version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is no group and version, write it like `apps/v1`")]
pub struct GroupVersionError {
    given: String,
}

/// A kind in one version of its group, as the tables name it.
///
/// ```
/// use kubelogic_core::schema::GroupVersionKind;
/// let ingress = GroupVersionKind { group: "networking.k8s.io", version: "v1", kind: "Ingress" };
/// assert_eq!(ingress.to_string(), "networking.k8s.io/v1 Ingress");
/// assert_eq!(ingress.api_version(), "networking.k8s.io/v1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GroupVersionKind {
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The version.
    pub version: &'static str,
    /// The kind.
    pub kind: &'static str,
}

impl GroupVersion {
    /// A version of a group.
    ///
    /// ```
    /// use kubelogic_core::schema::GroupVersion;
    /// assert_eq!(GroupVersion::new("", "v1").to_string(), "v1");
    /// ```
    pub fn new(group: impl Into<String>, version: impl Into<String>) -> Self {
        Self { group: group.into(), version: version.into() }
    }
}

impl FromStr for GroupVersion {
    type Err = GroupVersionError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let (group, version) = given.split_once('/').unwrap_or(("", given));
        // upstream: apimachinery pkg/runtime/schema/group_version.go (ParseGroupVersion) takes an empty version, which
        // no object can have.
        if version.is_empty() || version.contains('/') {
            return Err(GroupVersionError { given: given.to_owned() });
        }
        Ok(Self::new(group, version))
    }
}

impl fmt::Display for GroupVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_api_version(&self.group, &self.version, out)
    }
}

impl GroupVersionKind {
    /// `group/version`, or only the version in the core group.
    pub fn api_version(&self) -> String {
        GroupVersion::new(self.group, self.version).to_string()
    }
}

impl fmt::Display for GroupVersionKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_api_version(self.group, self.version, out)?;
        write!(out, " {}", self.kind)
    }
}

fn write_api_version(group: &str, version: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if group.is_empty() { out.write_str(version) } else { write!(out, "{group}/{version}") }
}
