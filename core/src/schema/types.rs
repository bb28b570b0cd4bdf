//! The fields of every kind, in each Kubernetes version.

mod field;
mod kinds;
mod shape;
mod structs;
mod table;

use std::collections::BTreeMap;
use std::fmt;

use crate::version::KubeVersion;
pub use field::{Field, ListType, MapType};
pub use kinds::{Kind, KindSource};
pub use shape::{JsonKind, Shape};
pub use structs::{Fields, Struct};
use table::Version;

/// The kinds and types of one Kubernetes version, as its decoders know them.
///
/// Kinds of the API, kinds of configuration files and a few widely used custom resources are in it. That a kind is
/// here does not mean that an API server serves it: that is what [`Discovery`](super::Discovery) says.
///
/// Cloning is free; a type is read from the tables when somebody asks for its fields.
///
/// ```
/// use kubelogic_core::schema::{ListType, Shape, Types};
/// let types = Types::of("1.37".parse()?);
/// let pod = types.kind("", "v1", "Pod").unwrap();
/// assert_eq!(pod.name(), "core/v1.Pod");
/// let Some(containers) = pod.at(["spec", "containers"]) else { panic!() };
/// assert!(containers.required());
/// assert_eq!(containers.list_type(), Some(ListType::Map));
/// assert_eq!(containers.list_map_keys().collect::<Vec<_>>(), ["name"]);
/// let Shape::List { item } = containers.value_type().shape() else { panic!() };
/// assert_eq!(item.name(), "core/v1.Container");
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Types {
    kube: KubeVersion,
    version: &'static Version,
}

/// The minor versions that have something: from `since` on, up to and with `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Availability {
    /// The first minor version that has it; [`KubeVersion::OLDEST`] means that one or an older one.
    pub since: KubeVersion,
    /// The last minor version that has it, unless the newest one still does.
    pub until: Option<KubeVersion>,
}

/// A type in one Kubernetes version.
#[derive(Clone, Copy)]
pub struct Type<'a> {
    version: &'a Version,
    /// As the tables write it, without leading `*`.
    text: &'a str,
    base: table::Base,
}

impl Types {
    /// The types of a version.
    pub fn of(version: KubeVersion) -> Self {
        Self { kube: version, version: Version::of(version.minor()) }
    }

    /// The version.
    pub fn kube_version(&self) -> KubeVersion {
        self.kube
    }

    /// The type of a kind.
    pub fn kind(&self, group: &str, version: &str, kind: &str) -> Option<Type<'static>> {
        Some(self.find(group, version, kind)?.value_type())
    }

    /// A kind with where it comes from.
    ///
    /// ```
    /// use kubelogic_core::schema::{KindSource, Types};
    /// let types = Types::of("1.37".parse()?);
    /// let kubelet = types.find("kubelet.config.k8s.io", "v1beta1", "KubeletConfiguration").unwrap();
    /// assert_eq!(kubelet.source(), KindSource::Configuration);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn find(&self, group: &str, version: &str, kind: &str) -> Option<Kind<'static>> {
        kinds::find(self.version, group, version, kind)
    }

    /// Every kind, by group, version and name.
    pub fn kinds(&self) -> impl Iterator<Item = Kind<'static>> + use<> {
        kinds::all(self.version)
    }

    /// When a kind was there, over all minor versions.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let flow = Types::kind_since_until("flowcontrol.apiserver.k8s.io", "v1beta2", "FlowSchema").unwrap();
    /// assert_eq!(flow.since.to_string(), "1.29");
    /// assert!(Types::kind_since_until("example.com", "v1", "Unicorn").is_none());
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn kind_since_until(group: &str, version: &str, kind: &str) -> Option<Availability> {
        kinds::availability(group, version, kind)
    }
}

impl<'a> Type<'a> {
    /// The Go type's name with as much of its package as tells packages apart: `core/v1.PodSpec`, `[]core/v1.Container`,
    /// `map[string]string`, `Quantity`, `int32`.
    ///
    /// Named scalars go by what they are: a phase is a `string`.
    pub fn name(self) -> &'a str {
        self.text
    }

    /// What it is made of.
    pub fn shape(self) -> Shape<'a> {
        shape::of(self)
    }

    /// The struct, if it is one.
    pub fn as_struct(self) -> Option<Struct<'a>> {
        match self.shape() {
            Shape::Struct(one) => Some(one),
            _ => None,
        }
    }

    /// The field at a path of names; lists and maps on the way are stepped into.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let types = Types::of("1.37".parse()?);
    /// let deployment = types.kind("apps", "v1", "Deployment").unwrap();
    /// let image = deployment.at(["spec", "template", "spec", "containers", "image"]).unwrap();
    /// assert_eq!(image.value_type().name(), "string");
    /// assert!(deployment.at(["spec", "tempalte"]).is_none());
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn at<'n>(self, path: impl IntoIterator<Item = &'n str>) -> Option<Field<'a>> {
        let mut names = path.into_iter();
        let mut field = self.as_struct()?.field(names.next()?)?;
        for name in names {
            field = field.value_type().innermost().as_struct()?.field(name)?;
        }
        Some(field)
    }

    /// Every struct that it is made of, itself among them, by name.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let types = Types::of("1.37".parse()?);
    /// let map = types.kind("", "v1", "ConfigMap").unwrap();
    /// let names: Vec<_> = map.structs().into_iter().map(|one| one.own_name()).collect();
    /// assert_eq!(names, ["ConfigMap", "ManagedFieldsEntry", "ObjectMeta", "OwnerReference"]);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn structs(self) -> Vec<Struct<'a>> {
        let mut known: BTreeMap<&str, Struct<'a>> = BTreeMap::new();
        let mut waiting: Vec<Struct<'a>> = self.innermost().as_struct().into_iter().collect();
        while let Some(one) = waiting.pop() {
            if known.insert(one.name(), one).is_none() {
                waiting.extend(one.fields().filter_map(|field| field.value_type().innermost().as_struct()));
            }
        }
        known.into_values().collect()
    }

    /// What is in it, however deeply lists and maps are nested; itself when it is neither.
    #[must_use]
    pub fn innermost(self) -> Self {
        let mut here = self;
        // Ends: each step is a shorter text.
        while let Shape::List { item } | Shape::Map { value: item } = here.shape() {
            here = item;
        }
        here
    }
}

impl Availability {
    /// From two minor versions of the tables.
    fn of(since: u16, until: u16) -> Option<Self> {
        let newest = until == KubeVersion::NEWEST.minor();
        let until = if newest { None } else { Some(KubeVersion::new(until).ok()?) };
        Some(Self { since: KubeVersion::new(since).ok()?, until })
    }

    /// Whether a version has it.
    pub fn contains(self, version: KubeVersion) -> bool {
        let until = self.until.unwrap_or(KubeVersion::NEWEST);
        (self.since.minor()..=until.minor()).contains(&version.minor())
    }
}

impl fmt::Debug for Types {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Types").field("version", &self.kube).finish_non_exhaustive()
    }
}

impl fmt::Debug for Type<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Type").field(&self.text).finish()
    }
}

/// The same type of the same version.
impl PartialEq for Type<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && std::ptr::eq(self.version, other.version)
    }
}

impl Eq for Type<'_> {}

#[cfg(test)]
mod tests;
