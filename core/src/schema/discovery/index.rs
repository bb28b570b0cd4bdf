//! The resources of one version and of custom resource definitions, in order of preference and by name.

use std::sync::{Arc, OnceLock};

use super::super::CustomResource;
use super::super::custom::compare_versions;
use super::super::table::{self, Row};
use super::Resource;
use crate::version::KubeVersion;

/// Resources in order of preference, and the same by kind and by plural name.
#[derive(Debug)]
pub(super) struct Index {
    custom: Vec<CustomResource>,
    resources: Vec<Entry>,
    by_kind: Vec<u32>,
    by_plural: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Entry {
    BuiltIn(&'static Row),
    /// A version of a custom resource, by position in its list of versions.
    Custom {
        resource: usize,
        version: usize,
    },
}

/// The index without custom resources; each minor version builds it once.
pub(super) fn built_in(minor: u16) -> Arc<Index> {
    const COUNT: usize = (*KubeVersion::RANGE.end() - *KubeVersion::RANGE.start()) as usize + 1;
    static BUILT: [OnceLock<Arc<Index>>; COUNT] = [const { OnceLock::new() }; COUNT];
    let build = || Arc::new(Index::new(minor, Vec::new()));
    match BUILT.get(usize::from(minor - KubeVersion::RANGE.start())) {
        Some(cell) => cell.get_or_init(build).clone(),
        None => build(),
    }
}

impl Index {
    pub(super) fn new(minor: u16, custom: Vec<CustomResource>) -> Self {
        let mut index =
            Self { resources: order(minor, &custom), custom, by_kind: Vec::new(), by_plural: Vec::new() };
        index.by_kind = index.sorted(kind);
        index.by_plural = index.sorted(plural);
        index
    }

    pub(super) fn custom(&self) -> &[CustomResource] {
        &self.custom
    }

    pub(super) fn resources(&self) -> impl Iterator<Item = Resource<'_>> {
        self.resources.iter().filter_map(|entry| resource(*entry, &self.custom))
    }

    pub(super) fn by_kind(&self, group: &str, name: &str) -> impl Iterator<Item = Resource<'_>> {
        self.equal(&self.by_kind, kind, group, name)
    }

    pub(super) fn by_plural(&self, group: &str, name: &str) -> impl Iterator<Item = Resource<'_>> {
        self.equal(&self.by_plural, plural, group, name)
    }

    /// Positions by group and name; those that share both stay in order of preference.
    fn sorted(&self, name: Name) -> Vec<u32> {
        let mut positions: Vec<u32> = (0..).take(self.resources.len()).collect();
        positions.sort_by_key(|position| self.names(*position, name));
        positions
    }

    fn equal<'a>(
        &'a self,
        positions: &'a [u32],
        of: Name,
        group: &str,
        name: &str,
    ) -> impl Iterator<Item = Resource<'a>> {
        let wanted = Some((group, name));
        let start = positions.partition_point(|position| self.names(*position, of) < wanted);
        let rest = positions.get(start..).unwrap_or_default();
        let count = rest.iter().take_while(|position| self.names(**position, of) == wanted).count();
        rest.iter().take(count).filter_map(|position| self.at(*position))
    }

    fn names(&self, position: u32, name: Name) -> Option<(&str, &str)> {
        name(self.resources.get(usize::try_from(position).ok()?)?, &self.custom)
    }

    fn at(&self, position: u32) -> Option<Resource<'_>> {
        resource(*self.resources.get(usize::try_from(position).ok()?)?, &self.custom)
    }
}

/// Group and name of an entry, without the rest of it.
type Name = for<'a> fn(&'a Entry, &'a [CustomResource]) -> Option<(&'a str, &'a str)>;

fn kind<'a>(entry: &'a Entry, custom: &'a [CustomResource]) -> Option<(&'a str, &'a str)> {
    match entry {
        Entry::BuiltIn(row) => Some((row.group, row.kind)),
        Entry::Custom { resource, .. } => custom.get(*resource).map(|custom| (&*custom.group, &*custom.kind)),
    }
}

fn plural<'a>(entry: &'a Entry, custom: &'a [CustomResource]) -> Option<(&'a str, &'a str)> {
    match entry {
        Entry::BuiltIn(row) => Some((row.group, row.resource)),
        Entry::Custom { resource, .. } => {
            custom.get(*resource).map(|custom| (&*custom.group, &*custom.plural))
        }
    }
}

fn resource(entry: Entry, custom: &[CustomResource]) -> Option<Resource<'_>> {
    match entry {
        Entry::BuiltIn(row) => Some(Resource::of_row(row)),
        Entry::Custom { resource, version } => {
            let resource = custom.get(resource)?;
            Some(Resource::of_custom(resource, resource.versions.get(version)?))
        }
    }
}

/// Built-in groups in upstream's order, then the other groups by name; in a group the versions by preference; in a
/// version the resources by name.
fn order(minor: u16, custom: &[CustomResource]) -> Vec<Entry> {
    let rows: Vec<&'static Row> = table::resources(minor).filter(|row| !row.resource.contains('/')).collect();
    let groups = table::groups(minor);

    let mut added: Vec<(&str, &str, &str, Entry)> = Vec::new();
    for (position, resource) in custom.iter().enumerate() {
        for (version, name) in resource.versions.iter().enumerate() {
            let hidden =
                rows.iter().any(|row| row.by_default && row.group == resource.group && row.version == name);
            // upstream: apiserver pkg/endpoints/discovery/aggregated/handler.go: the built-in source of a
            // group and version comes before the one of custom resources.
            if !hidden {
                let entry = Entry::Custom { resource: position, version };
                added.push((&resource.group, name, &resource.plural, entry));
            }
        }
    }
    added.sort_by(|left, right| {
        let by_version = || compare_versions(left.1, right.1);
        left.0.cmp(right.0).then_with(by_version).then_with(|| left.2.cmp(right.2))
    });

    let mut entries = Vec::with_capacity(rows.len() + added.len());
    for group in &groups {
        // upstream: crdregistration_controller.go registers each version with priority 100, more than any built-in
        // version has, and its group with 1000, less than any built-in group has.
        entries.extend(added.iter().filter(|(name, ..)| *name == group.name).map(|(.., entry)| *entry));
        for version in group.versions.split(',') {
            let of_version = |row: &&&'static Row| row.group == group.name && row.version == version;
            entries.extend(rows.iter().filter(of_version).map(|row| Entry::BuiltIn(row)));
        }
    }
    let is_built_in = |name: &str| groups.iter().any(|group| group.name == name);
    entries.extend(added.iter().filter(|(name, ..)| !is_built_in(name)).map(|(.., entry)| *entry));
    entries
}
