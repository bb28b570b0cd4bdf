//! What is known about one field.

use std::fmt;

use serde::Serialize;

use super::structs::Row;
use super::table::Version;
use super::{Availability, Type};
use crate::version::KubeVersion;

/// A field of a struct, in one Kubernetes version.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    pub(super) version: &'a Version,
    pub(super) row: &'a Row,
}

/// How the items of a list belong together, `x-kubernetes-list-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ListType {
    /// The list is one value.
    Atomic,
    /// Each item may be there once.
    Set,
    /// Each item has a key: see [`Field::list_map_keys`].
    Map,
}

/// How the entries of a map or object belong together, `x-kubernetes-map-type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MapType {
    /// The map is one value.
    Atomic,
    /// Each entry stands for itself.
    Granular,
}

impl<'a> Field<'a> {
    /// The name, as manifests write it.
    pub fn name(self) -> &'static str {
        self.row.name
    }

    /// The type of its value.
    pub fn value_type(self) -> Type<'a> {
        Type { version: self.version, text: self.row.value, base: self.row.base }
    }

    /// Whether the Go field is a pointer, so that absent and the zero value are not the same.
    pub fn is_pointer(self) -> bool {
        self.row.pointer
    }

    /// Whether OpenAPI says that it must be there. Decoding does not ask for it; validation does.
    pub fn required(self) -> bool {
        self.row.marks.contains('r')
    }

    /// Whether Go leaves it out when it writes an empty value.
    pub fn omits_empty(self) -> bool {
        self.row.marks.contains('o')
    }

    /// The values that OpenAPI lists, of the field or of its items; empty when any value will do.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let types = Types::of("1.37".parse()?);
    /// let policy = types.kind("", "v1", "Pod").unwrap().at(["spec", "restartPolicy"]).unwrap();
    /// assert_eq!(policy.enum_values().collect::<Vec<_>>(), ["Always", "Never", "OnFailure"]);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn enum_values(self) -> impl Iterator<Item = &'static str> + use<> {
        // Every value has a comma in front, so an empty cell is no value and `,` is the empty one.
        self.row.enumeration.split(',').skip(1)
    }

    /// Whether it is only there in the experimental channel of a custom resource's project.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let types = Types::of("1.37".parse()?);
    /// let route = types.kind("gateway.networking.k8s.io", "v1", "HTTPRoute").unwrap();
    /// assert!(!route.at(["spec", "rules", "matches"]).unwrap().is_experimental());
    /// assert!(route.at(["spec", "rules", "sessionPersistence"]).unwrap().is_experimental());
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn is_experimental(self) -> bool {
        self.row.marks.contains('x')
    }

    /// The format that OpenAPI names, such as `int32`.
    pub fn format(self) -> Option<&'static str> {
        some(self.row.format)
    }

    /// How the items belong together, for a list that says so.
    pub fn list_type(self) -> Option<ListType> {
        match self.list().0 {
            "atomic" => Some(ListType::Atomic),
            "set" => Some(ListType::Set),
            "map" => Some(ListType::Map),
            _ => None,
        }
    }

    /// The fields that tell the items of a list apart.
    pub fn list_map_keys(self) -> impl Iterator<Item = &'static str> + use<> {
        self.list().1.split(',').filter(|key| !key.is_empty())
    }

    /// How the entries belong together, for a map or object that says so.
    pub fn map_type(self) -> Option<MapType> {
        match self.row.list {
            "map-atomic" => Some(MapType::Atomic),
            "map-granular" => Some(MapType::Granular),
            _ => None,
        }
    }

    /// What a strategic merge patch does with it: `merge`, `replace`, `retainKeys`, or several with commas.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let types = Types::of("1.37".parse()?);
    /// let volumes = types.kind("", "v1", "Pod").unwrap().at(["spec", "volumes"]).unwrap();
    /// assert_eq!(volumes.patch_strategy(), Some("merge,retainKeys"));
    /// assert_eq!(volumes.patch_merge_key(), Some("name"));
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn patch_strategy(self) -> Option<&'static str> {
        some(self.row.patch.split_once(':').map_or(self.row.patch, |(strategy, _)| strategy))
    }

    /// The field by which a strategic merge patch tells the items of a list apart.
    pub fn patch_merge_key(self) -> Option<&'static str> {
        some(self.row.patch.split_once(':').map_or("", |(_, key)| key))
    }

    /// The default that OpenAPI declares, as JSON; defaults that are Go's zero value are not kept.
    pub fn default(self) -> Option<&'static str> {
        some(self.row.default)
    }

    /// The first minor version that has the field; [`KubeVersion::OLDEST`] means that one or an older one.
    pub fn since(self) -> KubeVersion {
        KubeVersion::new(self.row.since).unwrap_or(KubeVersion::OLDEST)
    }

    /// The last minor version that has the field, unless the newest one still does.
    pub fn until(self) -> Option<KubeVersion> {
        Availability::of(self.row.since, self.row.until).and_then(|there| there.until)
    }

    /// `map:name,protocol` as its two parts.
    fn list(self) -> (&'static str, &'static str) {
        self.row.list.split_once(':').unwrap_or((self.row.list, ""))
    }
}

fn some(cell: &'static str) -> Option<&'static str> {
    (!cell.is_empty()).then_some(cell)
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Field")
            .field("name", &self.row.name)
            .field("type", &self.row.value)
            .finish_non_exhaustive()
    }
}

/// The same field of the same type and version.
impl PartialEq for Field<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.row, other.row)
    }
}

impl Eq for Field<'_> {}
