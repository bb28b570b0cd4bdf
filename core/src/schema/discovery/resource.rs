//! What discovery says about one resource.

use super::super::CustomResource;
use super::super::table::Row;

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

/// A subresource in one version of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subresource {
    /// The name behind the slash, such as `log`.
    pub name: &'static str,
    /// The group of the kind that it reads and writes.
    pub group: &'static str,
    /// The version of that kind.
    pub version: &'static str,
    /// The kind that it reads and writes, such as `Scale`.
    pub kind: &'static str,
    /// Whether the API server serves it without being told to.
    pub by_default: bool,
    verbs: &'static str,
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

    pub(super) fn of_row(row: &'static Row) -> Self {
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

    pub(super) fn of_custom(resource: &'a CustomResource, version: &'a str) -> Self {
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

impl Subresource {
    /// The verbs that the API server offers for it.
    pub fn verbs(self) -> impl Iterator<Item = &'static str> {
        listed(self.verbs)
    }

    pub(super) fn of_row(row: &'static Row) -> Self {
        // `Kind` of the resource's own version, or `group/version/Kind`.
        let mut parts = row.kind.splitn(3, '/');
        let (group, version, kind) = match (parts.next(), parts.next(), parts.next()) {
            (Some(group), Some(version), Some(kind)) => (group, version, kind),
            _ => (row.group, row.version, row.kind),
        };
        let name = row.resource.split_once('/').map_or("", |(_, name)| name);
        Self { name, group, version, kind, by_default: row.by_default, verbs: row.verbs }
    }
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').filter(|word| !word.is_empty())
}
