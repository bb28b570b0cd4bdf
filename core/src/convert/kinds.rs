//! The kinds that Kubernetes converts, with their versions.

use std::sync::OnceLock;

use crate::schema::GroupVersion;

/// A kind with several versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// With commas between them, the best one first.
    versions: &'static str,
}

const TABLE: &str = include_str!("../../data/conversions.tsv");

impl Kind {
    /// The versions, the best one first.
    pub(super) fn versions(&self) -> impl Iterator<Item = GroupVersion> {
        self.versions.split(',').filter_map(|version| version.parse().ok())
    }

    pub(super) fn has(&self, wanted: &GroupVersion) -> bool {
        self.versions().any(|version| version == *wanted)
    }
}

/// The kind that has this version.
pub(super) fn find(name: &str, version: &GroupVersion) -> Option<Kind> {
    all().iter().find(|kind| kind.name == name && kind.has(version)).copied()
}

/// Every kind, by its name.
pub(super) fn all() -> &'static [Kind] {
    static KINDS: OnceLock<Vec<Kind>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let kind = |line: &'static str| {
            let (name, versions) = line.split_once('\t')?;
            Some(Kind { name, versions })
        };
        TABLE.lines().skip(1).filter_map(kind).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_kind_with_several_versions() {
        assert_eq!(all().len(), TABLE.lines().count() - 1);
        for kind in all() {
            assert!(
                kind.versions().count() > 1 && kind.versions().count() == kind.versions.split(',').count()
            );
        }
    }
}
