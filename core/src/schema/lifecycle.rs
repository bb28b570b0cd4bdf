//! When API types came, when they go, and what replaces them.

mod findings;
mod table;

use std::fmt;

use serde::{Serialize, Serializer};

use super::table as served;
use super::{Discovery, GroupVersionKind};
use crate::version::KubeVersion;
pub use findings::findings;

/// A minor release of Kubernetes, past or to come.
///
/// ```
/// use kubelogic_core::schema::Release;
/// let release = Release { major: 1, minor: 22 };
/// assert_eq!(release.to_string(), "1.22");
/// assert!(release.is_reached("1.37".parse()?));
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// The major version.
    pub major: u16,
    /// The minor version.
    pub minor: u16,
}

/// Where the facts about a type come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LifecycleSource {
    /// The type of the asked version says so itself.
    Type,
    /// The asked version has no such type any more; the last one that had it said so.
    EarlierVersion,
    /// The type of the asked version says nothing, or is not there yet; that of a later version says so.
    LaterVersion,
    /// No version's type says anything; the documentation does, or that the type is gone.
    Documentation,
}

/// When an API type was introduced, deprecated and removed, and what replaces it.
///
/// These are upstream's own words: planned releases are among them, and a type of which upstream says less has less.
/// What a version really serves is in [`Discovery`].
///
/// ```
/// use kubelogic_core::schema::Lifecycle;
/// let ingress = Lifecycle::of("extensions", "v1beta1", "Ingress").unwrap();
/// assert_eq!(ingress.removed.unwrap().to_string(), "1.22");
/// assert_eq!(ingress.replacement.unwrap().to_string(), "networking.k8s.io/v1 Ingress");
/// assert_eq!(
///     ingress.warning("1.37".parse()?).unwrap(),
///     "extensions/v1beta1 Ingress is deprecated in v1.14+, unavailable in v1.22+; use networking.k8s.io/v1 Ingress"
/// );
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifecycle {
    /// The type.
    pub of: GroupVersionKind,
    /// The first release with the type.
    pub introduced: Option<Release>,
    /// The first release that calls the type deprecated.
    pub deprecated: Option<Release>,
    /// The first release that does not serve the type.
    pub removed: Option<Release>,
    /// What to use instead, as upstream says it. It may be gone as well: see [`Lifecycle::successor`].
    pub replacement: Option<GroupVersionKind>,
    /// Where this comes from.
    pub source: LifecycleSource,
}

impl Release {
    /// Reads a release such as `1.22`; a leading `v` may stand before it.
    ///
    /// ```
    /// use kubelogic_core::schema::Release;
    /// assert_eq!(Release::parse("v1.22"), Some(Release { major: 1, minor: 22 }));
    /// assert_eq!(Release::parse("1.22.3"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (major, minor) = text.strip_prefix('v').unwrap_or(text).split_once('.')?;
        Some(Self { major: major.parse().ok()?, minor: minor.parse().ok()? })
    }

    /// Whether a version is this release or a later one.
    pub fn is_reached(self, version: KubeVersion) -> bool {
        self <= Self { major: 1, minor: version.minor() }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.major, self.minor)
    }
}

/// As text, such as `1.22`.
impl Serialize for Release {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "json-schema")]
impl schemars::JsonSchema for Release {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Release".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A minor release of Kubernetes, past or to come, such as `1.22`.",
            "pattern": r"^[0-9]+\.[0-9]+$",
        })
    }
}

impl Lifecycle {
    /// What the newest version says of a type; `None` for types of which no version says anything.
    ///
    /// ```
    /// use kubelogic_core::schema::{Lifecycle, LifecycleSource};
    /// let policy = Lifecycle::of("policy", "v1beta1", "PodSecurityPolicy").unwrap();
    /// assert_eq!((policy.removed.unwrap().to_string().as_str(), policy.replacement), ("1.25", None));
    /// assert_eq!(policy.source, LifecycleSource::EarlierVersion);
    /// assert!(Lifecycle::of("example.com", "v1", "Widget").is_none());
    /// ```
    pub fn of(group: &str, version: &str, kind: &str) -> Option<Self> {
        Self::at(KubeVersion::NEWEST, group, version, kind)
    }

    /// What a version says of a type. Plans change: 1.35 and 1.37 may name different releases of removal.
    ///
    /// ```
    /// use kubelogic_core::schema::Lifecycle;
    /// let at = |version: &str| {
    ///     let bundle = Lifecycle::at(version.parse().unwrap(), "certificates.k8s.io", "v1beta1", "ClusterTrustBundle");
    ///     bundle.unwrap().removed.unwrap().to_string()
    /// };
    /// assert_eq!((at("1.35").as_str(), at("1.36").as_str()), ("1.39", "1.40"));
    /// ```
    pub fn at(kube_version: KubeVersion, group: &str, version: &str, kind: &str) -> Option<Self> {
        let row = table::nearest(kube_version.minor(), group, version, kind)?;
        let source = row.source(kube_version.minor());
        Some(row.lifecycle(source))
    }

    /// Every type that a version says something of, and those that are gone, by group, version and kind.
    ///
    /// ```
    /// use kubelogic_core::schema::Lifecycle;
    /// let removed = Lifecycle::all("1.37".parse()?).filter(|known| known.removed.is_some_and(|release| release.minor == 25));
    /// assert!(removed.map(|known| known.of.to_string()).any(|name| name == "policy/v1beta1 PodDisruptionBudget"));
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn all(kube_version: KubeVersion) -> impl Iterator<Item = Self> {
        table::names()
            .filter_map(move |of| Self::at(kube_version, of.group, of.version, of.kind))
            // What a later version introduces is not known yet.
            .filter(move |known| {
                known.source == LifecycleSource::Type
                    || known.introduced.is_none_or(|release| release.is_reached(kube_version))
            })
    }

    /// Whether a version calls the type deprecated.
    pub fn is_deprecated(&self, version: KubeVersion) -> bool {
        // upstream: apiserver pkg/endpoints/deprecation/deprecation.go (IsDeprecated)
        self.deprecated.is_some_and(|release| release.is_reached(version))
    }

    /// The warning that an API server of a version sends with every answer about the type; `None` when the type is not
    /// deprecated there.
    pub fn warning(&self, version: KubeVersion) -> Option<String> {
        // upstream: apiserver pkg/endpoints/deprecation/deprecation.go (WarningMessage)
        let deprecated = self.deprecated.filter(|release| release.is_reached(version))?;
        let removed = self.removed.map(|removed| format!(", unavailable in v{removed}+")).unwrap_or_default();
        let replacement = self.replacement.map(|found| format!("; use {found}")).unwrap_or_default();
        Some(format!("{} is deprecated in v{deprecated}+{removed}{replacement}", self.of))
    }

    /// What an API server of a version serves in place of the type: its replacement, the replacement of that when it is
    /// gone too, or else the kind in another version of the group.
    ///
    /// ```
    /// use kubelogic_core::schema::Lifecycle;
    /// let job = Lifecycle::of("batch", "v1beta1", "CronJob").unwrap();
    /// assert_eq!(job.successor("1.37".parse()?).unwrap().to_string(), "batch/v1 CronJob");
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn successor(&self, version: KubeVersion) -> Option<GroupVersionKind> {
        let discovery = Discovery::of(version);
        let mut next = self.replacement;
        let mut served = None;
        // A chain is as long as a kind has versions; nothing but a mistake in the table is longer.
        for _ in 0..8 {
            let Some(found) = next else { break };
            let known = Self::at(version, found.group, found.version, found.kind);
            if discovery.kind(found.group, found.version, found.kind).is_some_and(|known| known.by_default) {
                served = Some(found);
            }
            // What is served and on its way out is taken only when nothing better comes.
            next = known
                .filter(|known| served.is_none() || known.is_deprecated(version))
                .and_then(|known| known.replacement);
        }
        served.or_else(|| served_elsewhere(version, self.of.group, self.of.version, self.of.kind))
    }
}

/// A kind in the most preferred other version of its group that an API server serves by default.
fn served_elsewhere(
    kube_version: KubeVersion,
    group: &str,
    other_than: &str,
    kind: &str,
) -> Option<GroupVersionKind> {
    let rows: Vec<_> = served::resources(kube_version.minor())
        .filter(|row| row.by_default && row.group == group && row.kind == kind && !row.resource.contains('/'))
        .collect();
    let groups = served::groups(kube_version.minor());
    let versions = groups.iter().find(|known| known.name == group)?.versions.split(',');
    let found = versions
        .filter(|version| *version != other_than)
        .find_map(|version| rows.iter().find(|row| row.version == version))?;
    Some(GroupVersionKind { group: found.group, version: found.version, kind: found.kind })
}

#[cfg(test)]
mod tests;
