//! The scanner's tokens.

/// Where the text of a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Letter for letter in the source.
    Source { start: u32, len: u32 },
    /// Folded, unescaped or taken from a block: in the scanner's scratch buffer.
    Scratch { start: u32, len: u32 },
}

impl Piece {
    pub(super) const EMPTY: Self = Self::Source { start: 0, len: 0 };
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
    Block,
}

/// What a token is. Names of anchors are source ranges; tags and directives stand in a side table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    StreamEnd,
    Version { major: u8, minor: u8 },
    TagDirective(u32),
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag(u32),
    Scalar(Style, Piece),
}

/// One token and the bytes that it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The two parts of a tag, or of a `%TAG` directive: handle and suffix, handle and prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TagParts {
    pub(super) handle: Vec<u8>,
    pub(super) suffix: Vec<u8>,
}
