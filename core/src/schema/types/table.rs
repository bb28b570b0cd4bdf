//! The type tables as they lie in `core/data/schema`.
//!
//! A line that does not start with a tab is a type: name, since, until, marks. The lines behind it that do
//! are its fields over all minor versions; those of one version are in Go's order.

use std::sync::OnceLock;

use super::structs::Layout;
use crate::version::KubeVersion;

const TEXTS: [&str; 2] =
    [include_str!("../../../data/schema/types.tsv"), include_str!("../../../data/schema/custom/types.tsv")];

/// A type of the tables, over all minor versions.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) name: &'static str,
    /// What follows the name in each of its lines.
    pub(super) heads: Vec<&'static str>,
    /// The lines of its fields.
    pub(super) rows: &'static str,
}

/// What lists, maps and pointers end in: a scalar, a decoder of its own, or a struct by its place in [`blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Struct(u32),
    Any,
    Bool,
    String,
    Bytes,
    Integer {
        bits: u8,
        signed: bool,
    },
    Float {
        bits: u8,
    },
    Quantity,
    IntOrString,
    Time,
    MicroTime,
    Duration,
    TimeOrDuration,
    RawExtension,
    Unknown,
    Json,
    Fields,
    BootstrapTokenString,
    /// With the struct that a schema is.
    SchemaOrBool(u32),
    SchemaOrArray(u32),
    SchemaOrStrings(u32),
}

/// The types of one minor version: each is read when it is first asked for.
pub(super) struct Version {
    pub(super) minor: u16,
    layouts: Vec<OnceLock<Layout>>,
}

impl Version {
    pub(super) fn of(minor: u16) -> &'static Self {
        static VERSIONS: [OnceLock<Version>; VERSION_COUNT] = [const { OnceLock::new() }; VERSION_COUNT];
        let position = usize::from(minor.saturating_sub(KubeVersion::OLDEST.minor()));
        // A `KubeVersion` is in range, so there is always a place.
        let place = VERSIONS.get(position).unwrap_or(&VERSIONS[0]);
        place.get_or_init(|| Self { minor, layouts: (0..blocks().len()).map(|_| OnceLock::new()).collect() })
    }

    /// The fields of the struct at this place.
    pub(super) fn layout(&self, index: u32) -> Option<(&'static Block, &Layout)> {
        let place = index as usize;
        let block = blocks().get(place)?;
        Some((block, self.layouts.get(place)?.get_or_init(|| Layout::read(block, self.minor))))
    }
}

const VERSION_COUNT: usize = (KubeVersion::NEWEST.minor() - KubeVersion::OLDEST.minor()) as usize + 1;

/// Every type, by name.
pub(super) fn blocks() -> &'static [Block] {
    static BLOCKS: OnceLock<Vec<Block>> = OnceLock::new();
    BLOCKS.get_or_init(|| {
        let mut blocks: Vec<Block> = TEXTS.iter().flat_map(|text| blocks_of(text)).collect();
        blocks.sort_unstable_by_key(|block| block.name);
        blocks
    })
}

fn blocks_of(text: &'static str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // The first two lines name the columns.
    let mut rest = text.splitn(3, '\n').nth(2).unwrap_or_default();
    while let Some((head, after)) = rest.split_once('\n') {
        let (name, head) = head.split_once('\t').unwrap_or((head, ""));
        let length = length_of_rows(after);
        let (rows, next) = after.split_at_checked(length).unwrap_or((after, ""));
        match blocks.last_mut() {
            Some(last) if last.name == name => {
                last.heads.push(head);
                last.rows = rows;
            }
            _ => blocks.push(Block { name, heads: vec![head], rows }),
        }
        rest = next;
    }
    blocks
}

/// The length of the lines that start with a tab.
fn length_of_rows(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    while bytes.get(length) == Some(&b'\t') {
        let line = bytes.get(length..).unwrap_or_default();
        length += memchr::memchr(b'\n', line).map_or(line.len(), |end| end + 1);
    }
    length
}

/// The place of a struct.
pub(super) fn index_of(name: &str) -> Option<u32> {
    let place = blocks().binary_search_by(|block| block.name.cmp(name)).ok()?;
    u32::try_from(place).ok()
}

/// What a written type ends in.
pub(super) fn base_of(text: &str) -> Base {
    let mut end = text;
    loop {
        let inner = end.strip_prefix("[]").or_else(|| end.strip_prefix("map[string]"));
        match inner.or_else(|| end.strip_prefix('*')) {
            Some(inner) => end = inner,
            None => break,
        }
    }
    match end {
        "bool" => Base::Bool,
        "string" => Base::String,
        "bytes" => Base::Bytes,
        "int" | "int64" => Base::Integer { bits: 64, signed: true },
        "int32" => Base::Integer { bits: 32, signed: true },
        "int16" => Base::Integer { bits: 16, signed: true },
        "int8" => Base::Integer { bits: 8, signed: true },
        "uint" | "uint64" => Base::Integer { bits: 64, signed: false },
        "uint32" => Base::Integer { bits: 32, signed: false },
        "uint16" => Base::Integer { bits: 16, signed: false },
        "uint8" => Base::Integer { bits: 8, signed: false },
        "float64" => Base::Float { bits: 64 },
        "float32" => Base::Float { bits: 32 },
        "Quantity" => Base::Quantity,
        "IntOrString" => Base::IntOrString,
        "Time" => Base::Time,
        "MicroTime" => Base::MicroTime,
        "Duration" => Base::Duration,
        "TimeOrDuration" => Base::TimeOrDuration,
        "RawExtension" => Base::RawExtension,
        "Unknown" => Base::Unknown,
        "JSON" => Base::Json,
        "FieldsV1" => Base::Fields,
        "BootstrapTokenString" => Base::BootstrapTokenString,
        _ => named(end).unwrap_or(Base::Any),
    }
}

fn named(name: &str) -> Option<Base> {
    let schema = |package: &str| index_of(&format!("{package}.JSONSchemaProps"));
    if let Some(package) = name.strip_suffix(".JSONSchemaPropsOrBool") {
        return schema(package).map(Base::SchemaOrBool);
    }
    if let Some(package) = name.strip_suffix(".JSONSchemaPropsOrArray") {
        return schema(package).map(Base::SchemaOrArray);
    }
    if let Some(package) = name.strip_suffix(".JSONSchemaPropsOrStringArray") {
        return schema(package).map(Base::SchemaOrStrings);
    }
    index_of(name).map(Base::Struct)
}
