//! Groups, versions and resources of one Kubernetes version.

mod index;
mod resource;

use std::fmt;
use std::sync::Arc;

use super::CustomResource;
use super::table;
use crate::version::KubeVersion;
use index::Index;
pub use resource::{Resource, Subresource};

/// What an API server of one version serves, and what custom resource definitions add to it.
///
/// Everything that a version can serve is in it, alpha and beta resources too; [`Resource::by_default`] tells what an
/// API server serves when nobody asks for more. Words that people type are looked up among the latter only.
///
/// Cloning is cheap.
///
/// ```
/// use kubelogic_core::schema::Discovery;
/// let discovery = Discovery::of("1.37".parse()?);
/// let pods = discovery.resource("", "pods").unwrap();
/// assert_eq!((pods.kind, pods.version, pods.namespaced), ("Pod", "v1", true));
/// assert!(!discovery.kind("rbac.authorization.k8s.io", "v1", "ClusterRole").unwrap().namespaced);
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
#[derive(Clone)]
pub struct Discovery {
    version: KubeVersion,
    index: Arc<Index>,
}

impl Discovery {
    /// What an API server of this version serves by itself.
    pub fn of(version: KubeVersion) -> Self {
        Self { version, index: index::built_in(version.minor()) }
    }

    /// The same with resources that custom resource definitions add, in any order.
    ///
    /// They come behind the built-in groups, so that they never take a plural name, a kind or a short name from a
    /// built-in resource; but as in kubectl, one whose plural or singular name is `po` is what `po` stands for. A
    /// version that the API server itself serves hides custom resources that claim to be part of it.
    #[must_use]
    pub fn with_custom(mut self, resources: impl IntoIterator<Item = CustomResource>) -> Self {
        let mut custom = self.index.custom().to_vec();
        let before = custom.len();
        custom.extend(resources);
        if custom.len() > before {
            self.index = Arc::new(Index::new(self.version.minor(), custom));
        }
        self
    }

    /// The version.
    pub fn kube_version(&self) -> KubeVersion {
        self.version
    }

    /// Every resource, most preferred group and version first; subresources are not among them.
    pub fn resources(&self) -> impl Iterator<Item = Resource<'_>> {
        self.index.resources()
    }

    /// A resource by its plural name, in the preferred version that has it.
    pub fn resource(&self, group: &str, plural: &str) -> Option<Resource<'_>> {
        self.index.by_plural(group, plural).next()
    }

    /// A kind in a version of its group.
    pub fn kind(&self, group: &str, version: &str, kind: &str) -> Option<Resource<'_>> {
        self.kinds(group, kind).find(|resource| resource.version == version)
    }

    /// A kind in every version of its group, the preferred one first.
    pub fn kinds(&self, group: &str, kind: &str) -> impl Iterator<Item = Resource<'_>> {
        self.index.by_kind(group, kind)
    }

    /// The subresources of a built-in resource, such as `log`, in the order of their names.
    ///
    /// ```
    /// use kubelogic_core::schema::Discovery;
    /// let discovery = Discovery::of("1.37".parse()?);
    /// assert!(discovery.subresources("", "pods").any(|name| name == "log"));
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn subresources(&self, group: &str, plural: &str) -> impl Iterator<Item = &'static str> {
        let rows = table::resources(self.version.minor()).filter(move |row| row.group == group);
        let mut names: Vec<&'static str> = rows
            .filter_map(|row| row.resource.split_once('/'))
            .filter(|(resource, _)| *resource == plural)
            .map(|(_, subresource)| subresource)
            .collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter()
    }

    /// A subresource of a built-in resource in one version of its group.
    ///
    /// ```
    /// use kubelogic_core::schema::Discovery;
    /// let discovery = Discovery::of("1.37".parse()?);
    /// let eviction = discovery.subresource("", "v1", "pods", "eviction").unwrap();
    /// assert_eq!((eviction.group, eviction.version, eviction.kind), ("policy", "v1", "Eviction"));
    /// assert_eq!(eviction.verbs().collect::<Vec<_>>(), ["create"]);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn subresource(&self, group: &str, version: &str, plural: &str, name: &str) -> Option<Subresource> {
        table::resources(self.version.minor())
            .filter(|row| row.group == group && row.version == version)
            .find(|row| row.resource.split_once('/') == Some((plural, name)))
            .map(Subresource::of_row)
    }
}

impl fmt::Debug for Discovery {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let custom = self.index.custom();
        out.debug_struct("Discovery")
            .field("version", &self.version)
            .field("custom", &custom)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
