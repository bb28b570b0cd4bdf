//! Groups, versions and resources of one Kubernetes version.

use std::sync::Arc;

use super::CustomResource;
use super::table::{self, Row};
use crate::version::KubeVersion;

/// What an API server of one version serves, and what custom resource definitions add to it.
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
#[derive(Clone, Debug)]
pub struct Discovery {
    version: KubeVersion,
    custom: Arc<[CustomResource]>,
}

/// A resource in one version of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource<'a> {
    /// The API group; empty for the core group.
    pub group: &'a str,
    /// The version of the group.
    pub version: &'a str,
    /// The plural name, which requests and rules use.
    pub plural: &'a str,
    /// The singular name.
    pub singular: &'a str,
    /// The kind.
    pub kind: &'a str,
    /// Whether objects live in namespaces.
    pub namespaced: bool,
    /// Whether the API server serves it without being told to.
    pub by_default: bool,
    names: Names<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names<'a> {
    BuiltIn { short: &'a str, verbs: &'a str, categories: &'a str },
    Custom(&'a [String]),
}

/// The verbs that every custom resource has.
const CUSTOM_VERBS: &str = "create,delete,deletecollection,get,list,patch,update,watch";

impl<'a> Resource<'a> {
    /// The short names, such as `po`.
    pub fn short_names(self) -> impl Iterator<Item = &'a str> {
        let (built_in, custom) = match self.names {
            Names::BuiltIn { short, .. } => (short, [].as_slice()),
            Names::Custom(names) => ("", names),
        };
        listed(built_in).chain(custom.iter().map(String::as_str))
    }

    /// The verbs that the API server offers for it.
    pub fn verbs(self) -> impl Iterator<Item = &'a str> {
        listed(match self.names {
            Names::BuiltIn { verbs, .. } => verbs,
            Names::Custom(_) => CUSTOM_VERBS,
        })
    }

    /// The categories, such as `all`.
    pub fn categories(self) -> impl Iterator<Item = &'a str> {
        listed(match self.names {
            Names::BuiltIn { categories, .. } => categories,
            Names::Custom(_) => "",
        })
    }

    fn of_row(row: &'static Row) -> Self {
        Resource {
            group: row.group,
            version: row.version,
            plural: row.resource,
            singular: row.singular,
            kind: row.kind,
            namespaced: row.namespaced,
            by_default: row.by_default,
            names: Names::BuiltIn { short: row.short_names, verbs: row.verbs, categories: row.categories },
        }
    }

    fn of_custom(resource: &'a CustomResource, version: &'a str) -> Self {
        Resource {
            group: &resource.group,
            version,
            plural: &resource.plural,
            singular: &resource.singular,
            kind: &resource.kind,
            namespaced: resource.namespaced,
            by_default: true,
            names: Names::Custom(&resource.short_names),
        }
    }
}

impl Discovery {
    /// What an API server of this version serves by itself.
    pub fn of(version: KubeVersion) -> Self {
        Self { version, custom: Arc::new([]) }
    }

    /// The same with resources that custom resource definitions add, in any order.
    #[must_use]
    pub fn with_custom(mut self, resources: impl IntoIterator<Item = CustomResource>) -> Self {
        let mut custom: Vec<CustomResource> = self.custom.iter().cloned().chain(resources).collect();
        // upstream: kube-aggregator orders groups of equal priority by name.
        custom.sort_by(|left, right| (&left.group, &left.plural).cmp(&(&right.group, &right.plural)));
        self.custom = custom.into();
        self
    }

    /// The version.
    pub fn kube_version(&self) -> KubeVersion {
        self.version
    }

    /// Every resource, most preferred group and version first; subresources are not among them.
    pub fn resources(&self) -> impl Iterator<Item = Resource<'_>> {
        let minor = self.version.minor();
        let built_in = table::groups(minor).into_iter().flat_map(move |group| {
            group.versions.split(',').flat_map(move |version| {
                let rows = table::resources(minor);
                rows.filter(move |row| {
                    row.group == group.name && row.version == version && !row.resource.contains('/')
                })
            })
        });
        let custom = self.custom.iter().flat_map(|resource| {
            let versions = resource.versions_by_preference();
            versions.into_iter().map(move |version| Resource::of_custom(resource, version))
        });
        built_in.map(Resource::of_row).chain(custom)
    }

    /// A resource by its plural name, in the preferred version that has it.
    pub fn resource(&self, group: &str, plural: &str) -> Option<Resource<'_>> {
        self.resources().find(|resource| resource.group == group && resource.plural == plural)
    }

    /// A kind in a version of its group.
    pub fn kind(&self, group: &str, version: &str, kind: &str) -> Option<Resource<'_>> {
        self.resources()
            .find(|resource| resource.group == group && resource.version == version && resource.kind == kind)
    }

    /// A kind in every version of its group, the preferred one first.
    pub fn kinds(&self, group: &str, kind: &str) -> impl Iterator<Item = Resource<'_>> {
        self.resources().filter(move |resource| resource.group == group && resource.kind == kind)
    }

    /// The subresources of a resource, such as `log`, in the order of their names.
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
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|word| !word.is_empty())
}
