//! Objects with known fields.

use std::fmt;
use std::slice;

use super::table::{Base, Block, Version, base_of};
use super::{Availability, Field, Type};

/// An object with known fields, in one Kubernetes version.
#[derive(Clone, Copy)]
pub struct Struct<'a> {
    pub(super) version: &'a Version,
    block: &'static Block,
    layout: &'a Layout,
    index: u32,
}

/// The fields of a struct, in Go's order. Made by [`Struct::fields`].
#[derive(Clone)]
pub struct Fields<'a> {
    version: &'a Version,
    rows: slice::Iter<'a, Row>,
}

/// The fields of a struct in one version.
pub(super) struct Layout {
    rows: Vec<Row>,
    /// A hash table of names: one more than the place in `rows`, 0 where there is none.
    names: Vec<u16>,
    pub(super) atomic: bool,
    pub(super) keeps_unknown: bool,
}

/// One line of the tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) since: u16,
    pub(super) until: u16,
    pub(super) name: &'static str,
    /// Without the leading `*`.
    pub(super) value: &'static str,
    pub(super) base: Base,
    pub(super) pointer: bool,
    /// `r`: required, `o`: left out when empty, `x`: experimental.
    pub(super) marks: &'static str,
    pub(super) format: &'static str,
    pub(super) enumeration: &'static str,
    pub(super) list: &'static str,
    pub(super) patch: &'static str,
    pub(super) default: &'static str,
}

impl<'a> Struct<'a> {
    pub(super) fn new(version: &'a Version, index: u32) -> Option<Self> {
        let (block, layout) = version.layout(index)?;
        Some(Self { version, block, layout, index })
    }

    /// The name of its type, such as `core/v1.PodSpec`.
    pub fn name(self) -> &'static str {
        self.block.name
    }

    /// The name without its package, such as `PodSpec`; of an object in a custom resource the kind and a path.
    pub fn own_name(self) -> &'static str {
        let (_, behind) = self.name().rsplit_once('/').unwrap_or(("", self.name()));
        behind.split_once('.').map_or(behind, |(_, own)| own)
    }

    /// Its type.
    pub fn as_type(self) -> Type<'a> {
        Type { version: self.version, text: self.block.name, base: Base::Struct(self.index) }
    }

    /// A field by its name, which is case-sensitive.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let types = Types::of("1.37".parse()?);
    /// let pod = types.kind("", "v1", "Pod").unwrap().as_struct().unwrap();
    /// assert!(pod.field("spec").is_some());
    /// assert!(pod.field("Spec").is_none());
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn field(self, name: &str) -> Option<Field<'a>> {
        let row = self.layout.find(name)?;
        Some(Field { version: self.version, row })
    }

    /// Every field, in Go's order.
    pub fn fields(self) -> Fields<'a> {
        Fields { version: self.version, rows: self.layout.rows.iter() }
    }

    /// When a field that this version does not have is there: the next time, or else the last time before.
    ///
    /// ```
    /// use kubelogic_core::schema::Types;
    /// let spec = |version: &str| -> Result<_, kubelogic_core::version::KubeVersionError> {
    ///     Ok(Types::of(version.parse()?).kind("", "v1", "Pod").unwrap().at(["spec"]).unwrap().value_type())
    /// };
    /// let old = spec("1.29")?.as_struct().unwrap();
    /// assert!(old.field("resources").is_none());
    /// assert_eq!(old.field_of_other_minor("resources").unwrap().since.to_string(), "1.32");
    /// assert!(old.field_of_other_minor("resuorces").is_none());
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn field_of_other_minor(self, name: &str) -> Option<Availability> {
        let ranges = ranges_of(&spans_of(self.block), name);
        let minor = self.version.minor;
        let next = ranges.iter().find(|(since, _)| *since > minor);
        let (since, until) = *next.or_else(|| ranges.last())?;
        Availability::of(since, until)
    }

    /// The names of all fields that other minor versions have and this one has not.
    pub fn names_of_other_minors(self) -> impl Iterator<Item = &'static str> {
        let mut names: Vec<&'static str> = spans_of(self.block).into_iter().map(|span| span.name).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().filter(move |name| self.layout.find(name).is_none())
    }

    /// Whether server-side apply replaces it as a whole.
    pub fn is_atomic(self) -> bool {
        self.layout.atomic
    }

    /// Whether it keeps fields that are not listed here, as some custom resources do.
    pub fn keeps_unknown_fields(self) -> bool {
        self.layout.keeps_unknown
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        Some(Field { version: self.version, row: self.rows.next()? })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for Fields<'_> {}

impl Layout {
    pub(super) fn read(block: &'static Block, minor: u16) -> Self {
        let spans = spans_of(block);
        let here = spans.iter().filter(|span| (span.since..=span.until).contains(&minor));
        let rows: Vec<Row> = here.filter_map(|span| row(span, &spans)).collect();
        let mut names = vec![0_u16; (rows.len() * 2).next_power_of_two()];
        for (place, row) in rows.iter().enumerate() {
            let mut slot = slot_of(row.name, names.len());
            while names.get(slot).is_some_and(|taken| *taken != 0) {
                slot = (slot + 1) % names.len();
            }
            if let (Some(free), Ok(number)) = (names.get_mut(slot), u16::try_from(place + 1)) {
                *free = number;
            }
        }
        let marks = block.heads.iter().find_map(|head| {
            let mut cells = head.split('\t');
            let since: u16 = cells.next()?.parse().ok()?;
            let until: u16 = cells.next()?.parse().ok()?;
            (since..=until).contains(&minor).then(|| cells.next().unwrap_or_default())
        });
        let marked = |word| marks.is_some_and(|marks| marks.split(',').any(|mark| mark == word));
        Self { rows, names, atomic: marked("atomic"), keeps_unknown: marked("keeps-unknown") }
    }

    fn find(&self, name: &str) -> Option<&Row> {
        let mut slot = slot_of(name, self.names.len());
        // At least half of the slots are free.
        loop {
            let place = usize::from(*self.names.get(slot)?).checked_sub(1)?;
            let row = self.rows.get(place)?;
            if row.name == name {
                return Some(row);
            }
            slot = (slot + 1) % self.names.len();
        }
    }
}

/// FNV-1a, folded to the size of the table, which is a power of two.
fn slot_of(name: &str, size: usize) -> usize {
    let hash =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    ((hash ^ (hash >> 15)) as usize) & (size.wrapping_sub(1))
}

/// A line of the tables, read as far as the name.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub(super) since: u16,
    pub(super) until: u16,
    pub(super) name: &'static str,
    rest: &'static str,
}

/// The lines of a type, over all minor versions.
fn spans_of(block: &'static Block) -> Vec<Span> {
    block.rows.lines().filter_map(span).collect()
}

// The generator writes every row whole; a test holds that none is passed over here.
pub(super) fn span(line: &'static str) -> Option<Span> {
    let mut cells = line.strip_prefix('\t')?.splitn(4, '\t');
    let since = cells.next()?.parse().ok()?;
    let until = cells.next()?.parse().ok()?;
    Some(Span { since, until, name: cells.next()?, rest: cells.next()? })
}

/// The unbroken ranges in which a field is there, oldest first, whatever else about it changed meanwhile.
fn ranges_of(spans: &[Span], name: &str) -> Vec<(u16, u16)> {
    let mut ranges: Vec<(u16, u16)> =
        spans.iter().filter(|span| span.name == name).map(|span| (span.since, span.until)).collect();
    ranges.sort_unstable();
    ranges.dedup_by(|next, before| {
        let goes_on = next.0 <= before.1 + 1;
        if goes_on {
            before.1 = before.1.max(next.1);
        }
        goes_on
    });
    ranges
}

/// A whole line, with the range in which the field is there among all lines of its type.
pub(super) fn row(line: &Span, all: &[Span]) -> Option<Row> {
    let mut ranges = ranges_of(all, line.name).into_iter();
    let (since, until) = ranges.find(|(since, until)| (*since..=*until).contains(&line.since))?;
    let mut cells = line.rest.split('\t');
    let written = cells.next()?;
    let value = written.trim_start_matches('*');
    // Empty cells at the end of a line are left out.
    let mut next = || cells.next().unwrap_or_default();
    Some(Row {
        since,
        until,
        name: line.name,
        value,
        base: base_of(value),
        pointer: written.starts_with('*'),
        marks: next(),
        format: next(),
        enumeration: next(),
        list: next(),
        patch: next(),
        default: next(),
    })
}

impl fmt::Debug for Struct<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Struct").field(&self.block.name).finish()
    }
}

impl fmt::Debug for Fields<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.rows.clone().map(|row| row.name)).finish()
    }
}

/// The same struct of the same version.
impl PartialEq for Struct<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.version, other.version)
    }
}

impl Eq for Struct<'_> {}
