//! The discovery tables as they lie in `core/data/discovery`.

use std::sync::OnceLock;

/// One resource or subresource over a range of minor versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    since: u16,
    until: u16,
    /// Served without flags.
    pub(super) by_default: bool,
    pub(super) group: &'static str,
    pub(super) version: &'static str,
    /// `pods`, or `pods/log` for a subresource.
    pub(super) resource: &'static str,
    pub(super) singular: &'static str,
    pub(super) kind: &'static str,
    pub(super) namespaced: bool,
    pub(super) verbs: &'static str,
    pub(super) short_names: &'static str,
    pub(super) categories: &'static str,
}

/// One group over a range of minor versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    since: u16,
    until: u16,
    position: u16,
    pub(super) name: &'static str,
    /// Preferred version first.
    pub(super) versions: &'static str,
}

const RESOURCES: &str = include_str!("../../data/discovery/resources.tsv");
const GROUPS: &str = include_str!("../../data/discovery/groups.tsv");

/// The resources of a minor version, in the order of the table.
pub(super) fn resources(minor: u16) -> impl Iterator<Item = &'static Row> {
    all_resources().filter(move |row| (row.since..=row.until).contains(&minor))
}

/// The resources of all minor versions before this one, in the order of the table.
pub(super) fn before(minor: u16) -> impl Iterator<Item = &'static Row> {
    all_resources().filter(move |row| row.since < minor)
}

fn all_resources() -> impl Iterator<Item = &'static Row> {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| RESOURCES.lines().skip(1).filter_map(row).collect()).iter()
}

/// The groups of a minor version, the most preferred first.
pub(super) fn groups(minor: u16) -> Vec<&'static Group> {
    static ROWS: OnceLock<Vec<Group>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| GROUPS.lines().skip(1).filter_map(group).collect());
    let mut groups: Vec<_> = rows.iter().filter(|row| (row.since..=row.until).contains(&minor)).collect();
    groups.sort_by_key(|group| group.position);
    groups
}

// The generator writes every row whole; the test below holds that none is passed over here.
fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Row {
        since: next()?.parse().ok()?,
        until: next()?.parse().ok()?,
        by_default: next()? == "yes",
        group: next()?,
        version: next()?,
        resource: next()?,
        singular: next()?,
        kind: next()?,
        namespaced: next()? == "Namespaced",
        verbs: next()?,
        short_names: next()?,
        categories: next()?,
    })
}

fn group(line: &'static str) -> Option<Group> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Group {
        since: next()?.parse().ok()?,
        until: next()?.parse().ok()?,
        position: next()?.parse().ok()?,
        name: next()?,
        versions: next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        assert_eq!(RESOURCES.lines().skip(1).filter_map(row).count(), RESOURCES.lines().count() - 1);
        assert_eq!(GROUPS.lines().skip(1).filter_map(group).count(), GROUPS.lines().count() - 1);
    }

    #[test]
    fn every_served_version_belongs_to_a_group_and_names_are_unique() {
        for minor in 29..=37 {
            let groups = groups(minor);
            let mut seen = std::collections::BTreeSet::new();
            for row in resources(minor) {
                let group = groups.iter().find(|group| group.name == row.group);
                let group = group.unwrap_or_else(|| panic!("1.{minor}: no group {}", row.group));
                assert!(
                    group.versions.split(',').any(|version| version == row.version),
                    "1.{minor}: {}/{}",
                    row.group,
                    row.version
                );
                assert!(seen.insert((row.group, row.version, row.resource)), "1.{minor}: {row:?}");
            }
        }
    }
}
