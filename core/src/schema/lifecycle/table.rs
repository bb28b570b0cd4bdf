//! The table of API types as it lies in `core/data/lifecycle.tsv`.

use std::sync::OnceLock;

use super::{Lifecycle, LifecycleSource, Release};
use crate::schema::GroupVersionKind;

/// What types say of themselves over a range of minor versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    since: u16,
    until: u16,
    of: GroupVersionKind,
    introduced: Option<Release>,
    deprecated: Option<Release>,
    removed: Option<Release>,
    replacement: Option<GroupVersionKind>,
}

const TABLE: &str = include_str!("../../../data/lifecycle.tsv");

impl Row {
    /// Whether the types of a minor version say this.
    fn holds(&self, minor: u16) -> bool {
        (self.since..=self.until).contains(&minor)
    }

    /// What the row is for a minor version.
    pub(super) fn source(&self, minor: u16) -> LifecycleSource {
        match (self.since, self.until) {
            (_, 0) => LifecycleSource::Documentation,
            (since, _) if minor < since => LifecycleSource::LaterVersion,
            (_, until) if until < minor => LifecycleSource::EarlierVersion,
            _ => LifecycleSource::Type,
        }
    }

    pub(super) fn lifecycle(&self, source: LifecycleSource) -> Lifecycle {
        Lifecycle {
            of: self.of,
            introduced: self.introduced,
            deprecated: self.deprecated,
            removed: self.removed,
            replacement: self.replacement,
            source,
        }
    }

    fn name(&self) -> (&'static str, &'static str, &'static str) {
        (self.of.group, self.of.version, self.of.kind)
    }
}

/// The row of a type that holds for a minor version; without one the last row before it, then the first one after it.
pub(super) fn nearest(minor: u16, group: &str, version: &str, kind: &str) -> Option<&'static Row> {
    let rows = rows();
    let start = rows.partition_point(|row| row.name() < (group, version, kind));
    let of_type = || {
        let rest = rows.get(start..).unwrap_or_default().iter();
        rest.take_while(move |row| row.name() == (group, version, kind))
    };
    of_type()
        .find(|row| row.holds(minor))
        .or_else(|| of_type().filter(|row| row.until < minor).last())
        .or_else(|| of_type().next())
}

/// The types, by group, version and kind.
pub(super) fn names() -> impl Iterator<Item = GroupVersionKind> {
    let mut last = None;
    rows().iter().map(|row| row.of).filter(move |of| last.replace(*of) != Some(*of))
}

/// By group, version, kind and minor version.
fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows: Vec<Row> = TABLE.lines().skip(1).filter_map(row).collect();
        rows.sort_by_key(|row| (row.name(), row.since));
        rows
    })
}

// The generator writes every row whole; the test below holds that none is passed over here.
fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Row {
        since: next()?.parse().ok()?,
        until: next()?.parse().ok()?,
        of: GroupVersionKind { group: next()?, version: next()?, kind: next()? },
        introduced: optional(next()?, Release::parse).ok()?,
        deprecated: optional(next()?, Release::parse).ok()?,
        removed: optional(next()?, Release::parse).ok()?,
        replacement: optional(next()?, replacement).ok()?,
    })
}

/// Nothing for an empty cell; an error for one that cannot be read.
fn optional<T>(cell: &'static str, read: impl Fn(&'static str) -> Option<T>) -> Result<Option<T>, ()> {
    if cell.is_empty() { Ok(None) } else { read(cell).map(Some).ok_or(()) }
}

fn replacement(cell: &'static str) -> Option<GroupVersionKind> {
    let (group, rest) = cell.split_once('/')?;
    let (version, kind) = rest.split_once('/')?;
    Some(GroupVersionKind { group, version, kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_no_two_hold_for_one_version() {
        assert_eq!(rows().len(), TABLE.lines().count() - 1);
        for pair in rows().windows(2) {
            let (before, after) = (&pair[0], &pair[1]);
            assert!(before.name() != after.name() || before.until < after.since, "{before:?} {after:?}");
        }
    }
}
