//! Which kinds there are.

use std::fmt;
use std::sync::OnceLock;

use serde::Serialize;

use super::table::{Version, base_of};
use super::{Availability, Type};

const TEXTS: [&str; 2] =
    [include_str!("../../../data/schema/kinds.tsv"), include_str!("../../../data/schema/custom/kinds.tsv")];

/// A kind in one Kubernetes version.
#[derive(Clone, Copy)]
pub struct Kind<'a> {
    version: &'a Version,
    row: &'static Row,
}

/// Where a kind comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KindSource {
    /// API servers speak it, also in requests and answers that are never stored.
    Api,
    /// Components, commands and their plug-ins read or write it as a file.
    Configuration,
    /// A published custom resource definition; it does not depend on the version of Kubernetes.
    Custom,
}

/// One line of the table.
struct Row {
    since: u16,
    until: u16,
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    source: KindSource,
    value: &'static str,
}

impl<'a> Kind<'a> {
    /// The API group; empty for the core group.
    pub fn group(self) -> &'static str {
        self.row.group
    }

    /// The version of the group.
    pub fn version(self) -> &'static str {
        self.row.version
    }

    /// The name of the kind.
    pub fn kind(self) -> &'static str {
        self.row.kind
    }

    /// Where it comes from.
    pub fn source(self) -> KindSource {
        self.row.source
    }

    /// Its type.
    pub fn value_type(self) -> Type<'a> {
        Type { version: self.version, text: self.row.value, base: base_of(self.row.value) }
    }

    /// When it was there.
    pub fn availability(self) -> Option<Availability> {
        availability(self.row.group, self.row.version, self.row.kind)
    }
}

pub(super) fn find(types: &'static Version, group: &str, version: &str, kind: &str) -> Option<Kind<'static>> {
    let row = of_name(group, version, kind).iter().find(|row| row.has(types.minor))?;
    Some(Kind { version: types, row })
}

pub(super) fn all(types: &'static Version) -> impl Iterator<Item = Kind<'static>> + use<> {
    rows().iter().filter(|row| row.has(types.minor)).map(|row| Kind { version: types, row })
}

pub(super) fn availability(group: &str, version: &str, kind: &str) -> Option<Availability> {
    let rows = of_name(group, version, kind);
    let since = rows.iter().map(|row| row.since).min()?;
    let until = rows.iter().map(|row| row.until).max()?;
    Availability::of(since, until)
}

impl Row {
    fn has(&self, minor: u16) -> bool {
        (self.since..=self.until).contains(&minor)
    }

    fn name(&self) -> (&str, &str, &str) {
        (self.group, self.version, self.kind)
    }
}

/// The rows of one kind, over all minor versions.
fn of_name<'a>(group: &'a str, version: &'a str, kind: &'a str) -> &'static [Row] {
    let rows = rows();
    let wanted = (group, version, kind);
    let start = rows.partition_point(|row| row.name() < wanted);
    let (_, from) = rows.split_at_checked(start).unwrap_or_default();
    let length = from.iter().take_while(|row| row.name() == wanted).count();
    from.get(..length).unwrap_or_default()
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows: Vec<Row> = TEXTS.iter().flat_map(|text| text.lines().skip(1)).filter_map(row).collect();
        rows.sort_by(|left, right| left.name().cmp(&right.name()).then(left.since.cmp(&right.since)));
        rows
    })
}

// The generator writes every row whole; a test holds that none is passed over here.
fn row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let mut next = || cells.next();
    Some(Row {
        since: next()?.parse().ok()?,
        until: next()?.parse().ok()?,
        group: next()?,
        version: next()?,
        kind: next()?,
        source: match next()? {
            "api" => KindSource::Api,
            "configuration" => KindSource::Configuration,
            "custom" => KindSource::Custom,
            _ => return None,
        },
        value: next()?,
    })
}

impl fmt::Debug for Kind<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { group, version, kind, source, .. } = self.row;
        write!(out, "Kind({group}/{version} {kind}, {source:?})")
    }
}

/// The same kind of the same version.
impl PartialEq for Kind<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.row, other.row) && std::ptr::eq(self.version, other.version)
    }
}

impl Eq for Kind<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines: usize = TEXTS.iter().map(|text| text.lines().count() - 1).sum();
        assert_eq!(rows().len(), lines);
        assert!(lines > 500, "{lines}");
    }
}
