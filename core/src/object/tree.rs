//! The arena that holds one object: nodes in document order, scalars as ranges of the kept text.
//!
//! INVARIANT: `nodes` is a preorder walk. A container's `len` counts itself and everything below it, so that
//! the next sibling of node `i` is `i + len`. Every range lies on character boundaries of its buffer.

use std::sync::Arc;

use super::source::{Origin, Position};

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum NodeKind {
    Null,
    False,
    True,
    Number,
    String,
    Sequence,
    Mapping,
}

/// The text of a scalar or key stands in `Tree::extra` behind a [`HEADER`], not in `Tree::text`.
pub(crate) const VALUE_IN_EXTRA: u8 = 1;
/// The same for the key.
pub(crate) const KEY_IN_EXTRA: u8 = 2;
/// The node is the value of a mapping entry.
pub(crate) const HAS_KEY: u8 = 4;
/// A later entry of the mapping replaced this one: every walk passes over it.
pub(crate) const REPLACED: u8 = 8;
/// A number that was written as JSON, where `1.0` and `1e3` are no integers.
pub(crate) const JSON_NUMBER: u8 = 16;
/// The text stands between quotes, which belong to the value's place in the source.
pub(crate) const QUOTED: u8 = 32;
/// The same for the key.
pub(crate) const KEY_QUOTED: u8 = 64;
/// The key was a number, a boolean or null before it became text.
pub(crate) const KEY_RESOLVED: u8 = 128;

/// Bytes before each text in `extra`: start and length of its literal in `text`, then its own length.
///
/// Each number takes five bytes of seven bits, lowest first, so that `extra` stays UTF-8.
pub(crate) const HEADER: u32 = 3 * NUMBER;
const NUMBER: u32 = 5;

/// One number of a header.
pub(crate) fn header_number(value: u32) -> [u8; NUMBER as usize] {
    let mut rest = value;
    std::array::from_fn(|_| {
        let low = u8::try_from(rest & 0x7F).unwrap_or(0);
        rest >>= 7;
        low
    })
}

/// One value: 16 bytes.
///
/// `at` and `len` are the text's range for scalars (in `text` or `extra`); for containers `at` is the place
/// in `text` and `len` the number of nodes in the subtree. Booleans and null keep their literal's range.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) key_at: u32,
    pub(crate) key_len: u16,
    pub(crate) kind: NodeKind,
    pub(crate) flags: u8,
    pub(crate) at: u32,
    pub(crate) len: u32,
}

const _: () = assert!(size_of::<Node>() == 16);

impl Node {
    pub(crate) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(crate) fn is_container(self) -> bool {
        matches!(self.kind, NodeKind::Sequence | NodeKind::Mapping)
    }

    /// How many nodes the value takes, itself included.
    pub(crate) fn width(self) -> u32 {
        if self.is_container() { self.len } else { 1 }
    }
}

/// A piece of the kept text: byte offset and length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Number of bytes.
    pub len: u32,
}

/// The arena. Built by [`TreeBuilder`](super::builder::TreeBuilder) only.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// Its own piece of the input; shared only by the items of a list that aliases tie together.
    pub(crate) text: Arc<str>,
    pub(crate) extra: Box<str>,
    pub(crate) nodes: Box<[Node]>,
    pub(crate) origin: Origin,
}

impl Tree {
    pub(crate) fn node(&self, index: u32) -> Option<Node> {
        self.nodes.get(index as usize).copied()
    }

    /// The decoded text of a scalar.
    pub(crate) fn scalar_text(&self, node: Node) -> &str {
        slice(if node.has(VALUE_IN_EXTRA) { &self.extra } else { &self.text }, node.at, node.len)
    }

    /// The decoded text of the key of a mapping entry; empty for other nodes.
    pub(crate) fn key_text(&self, node: Node) -> &str {
        if !node.has(HAS_KEY) {
            return "";
        }
        if node.has(KEY_IN_EXTRA) {
            slice(&self.extra, node.key_at, self.header(node.key_at, 2))
        } else {
            slice(&self.text, node.key_at, u32::from(node.key_len))
        }
    }

    /// Where the value stands in `text`.
    pub(crate) fn value_span(&self, node: Node) -> Span {
        if node.is_container() {
            return Span { start: node.at, len: 1 };
        }
        if node.has(VALUE_IN_EXTRA) {
            return self.literal_span(node.at);
        }
        quoted(Span { start: node.at, len: node.len }, node.has(QUOTED))
    }

    /// Where the key stands in `text`; `None` when the node is no mapping entry.
    pub(crate) fn key_span(&self, node: Node) -> Option<Span> {
        if !node.has(HAS_KEY) {
            return None;
        }
        Some(if node.has(KEY_IN_EXTRA) {
            self.literal_span(node.key_at)
        } else {
            quoted(Span { start: node.key_at, len: u32::from(node.key_len) }, node.has(KEY_QUOTED))
        })
    }

    /// The line and column of byte `offset` of the text; `None` when the object was not read from text.
    pub(crate) fn position(&self, offset: u32) -> Option<Position> {
        self.origin.start.map(|start| start.advanced(&self.text, offset as usize))
    }

    fn literal_span(&self, at: u32) -> Span {
        Span { start: self.header(at, 0), len: self.header(at, 1) }
    }

    fn header(&self, at: u32, which: u32) -> u32 {
        header_value(&self.extra, at, which)
    }
}

/// Number `which` of the header before byte `at` of a buffer of decoded texts.
pub(crate) fn header_value(extra: &str, at: u32, which: u32) -> u32 {
    let start = (at + which * NUMBER).saturating_sub(HEADER) as usize;
    let bytes = extra.as_bytes().get(start..start + NUMBER as usize).unwrap_or_default();
    bytes.iter().rev().fold(0, |sum, byte| (sum << 7) | u32::from(*byte))
}

fn slice(text: &str, at: u32, len: u32) -> &str {
    text.get(at as usize..(at as usize).saturating_add(len as usize)).unwrap_or_default()
}

fn quoted(span: Span, quoted: bool) -> Span {
    if quoted { Span { start: span.start.saturating_sub(1), len: span.len.saturating_add(2) } } else { span }
}
