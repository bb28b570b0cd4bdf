//! Builds the arena of one object, front to back.

use std::sync::Arc;

use super::source::Origin;
use super::tree::{
    HAS_KEY, HEADER, JSON_NUMBER, KEY_IN_EXTRA, KEY_QUOTED, KEY_RESOLVED, Node, NodeKind, QUOTED, REPLACED,
    Span, Tree, VALUE_IN_EXTRA, header_number, header_value,
};

/// The text of a scalar or key that is about to be added.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text<'a> {
    /// The value is the source text of this range, letter for letter.
    Verbatim(Span),
    /// The same between quotes: the range is what stands inside them.
    Quoted(Span),
    /// The value differs from its literal, or has none: the value, and the literal's range.
    Decoded(&'a str, Span),
}

/// Writes one [`Tree`]: keys and values in document order, containers opened and closed.
///
/// The caller keeps the grammar: in a mapping each value is preceded by its key, and what is opened is closed.
/// A value without a key in a mapping, or a second root, is not detected here.
#[derive(Debug, Default)]
pub(crate) struct TreeBuilder {
    nodes: Vec<Node>,
    extra: String,
    open: Vec<u32>,
    key: Option<(u32, u16, u8)>,
}

/// A node that was added; valid until the builder is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(pub(crate) u32);

impl TreeBuilder {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A builder with room for so many nodes.
    pub(crate) fn with_capacity(nodes: usize) -> Self {
        Self { nodes: Vec::with_capacity(nodes), ..Self::default() }
    }

    /// The key of the value that comes next, when there is one; `text` is what all ranges refer to.
    pub(crate) fn pending_key<'a>(&'a self, text: &'a str) -> Option<&'a str> {
        self.key.map(|(at, len, flags)| self.key_slice(text, at, len, flags))
    }

    /// The key of a node; empty when it has none.
    pub(crate) fn key_text<'a>(&'a self, id: NodeId, text: &'a str) -> &'a str {
        match self.node(id) {
            Some(node) if node.has(HAS_KEY) => self.key_slice(text, node.key_at, node.key_len, node.flags),
            _ => "",
        }
    }

    fn key_slice<'a>(&'a self, text: &'a str, at: u32, len: u16, flags: u8) -> &'a str {
        let (buffer, len) = if flags & KEY_IN_EXTRA == 0 {
            (text, usize::from(len))
        } else {
            (self.extra.as_str(), header_value(&self.extra, at, 2) as usize)
        };
        buffer.get(at as usize..at as usize + len).unwrap_or_default()
    }

    /// The number of nodes so far; the next value gets this id.
    pub(crate) fn next_id(&self) -> NodeId {
        NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX))
    }

    /// The key of the value that comes next.
    pub(crate) fn key(&mut self, text: Text<'_>) {
        self.key = Some(match text {
            Text::Verbatim(span) | Text::Quoted(span) if u16::try_from(span.len).is_err() => {
                // Only a key of more than 65,535 bytes; the caller decodes those.
                (span.start, u16::MAX, HAS_KEY)
            }
            Text::Verbatim(span) => (span.start, u16::try_from(span.len).unwrap_or(0), HAS_KEY),
            Text::Quoted(span) => (span.start, u16::try_from(span.len).unwrap_or(0), HAS_KEY | KEY_QUOTED),
            Text::Decoded(value, literal) => {
                let (at, _) = self.push_extra(value, literal);
                (at, 0, HAS_KEY | KEY_IN_EXTRA)
            }
        });
    }

    /// The key that comes next was no text before it became a key.
    pub(crate) fn mark_resolved_key(&mut self) {
        if let Some((_, _, flags)) = &mut self.key {
            *flags |= KEY_RESOLVED;
        }
    }

    pub(crate) fn null(&mut self, literal: Span) -> NodeId {
        self.push(NodeKind::Null, 0, literal.start, literal.len)
    }

    pub(crate) fn bool(&mut self, value: bool, literal: Span) -> NodeId {
        let kind = if value { NodeKind::True } else { NodeKind::False };
        self.push(kind, 0, literal.start, literal.len)
    }

    /// A number; the text is its JSON form.
    pub(crate) fn number(&mut self, text: Text<'_>, json: bool) -> NodeId {
        self.scalar(NodeKind::Number, text, if json { JSON_NUMBER } else { 0 })
    }

    pub(crate) fn string(&mut self, text: Text<'_>) -> NodeId {
        self.scalar(NodeKind::String, text, 0)
    }

    pub(crate) fn open_mapping(&mut self, at: u32) -> NodeId {
        self.open(NodeKind::Mapping, at)
    }

    pub(crate) fn open_sequence(&mut self, at: u32) -> NodeId {
        self.open(NodeKind::Sequence, at)
    }

    /// Closes the container opened last.
    pub(crate) fn close(&mut self) {
        let end = self.next_id().0;
        if let Some(index) = self.open.pop()
            && let Some(node) = self.nodes.get_mut(index as usize)
        {
            node.len = end - index;
        }
    }

    /// Appends a copy of a finished value, under the pending key if there is one.
    pub(crate) fn copy(&mut self, from: NodeId) -> NodeId {
        let id = self.next_id();
        let Some(first) = self.nodes.get(from.0 as usize).copied() else { return id };
        let (key_at, key_len, key_flags) = self.key.take().unwrap_or_default();
        let key_mask = HAS_KEY | KEY_IN_EXTRA | KEY_QUOTED | KEY_RESOLVED | REPLACED;
        self.nodes.push(Node { key_at, key_len, flags: (first.flags & !key_mask) | key_flags, ..first });
        let (start, end) = (from.0 as usize + 1, from.0 as usize + first.width() as usize);
        if start < end {
            self.nodes.extend_from_within(start..end.min(self.nodes.len()));
        }
        id
    }

    /// Appends a copy of an entry of a mapping with its own key, as a merge key does.
    pub(crate) fn copy_entry(&mut self, from: NodeId) -> NodeId {
        if let Some(node) = self.nodes.get(from.0 as usize) {
            self.key = Some((
                node.key_at,
                node.key_len,
                node.flags & (HAS_KEY | KEY_IN_EXTRA | KEY_QUOTED | KEY_RESOLVED),
            ));
        }
        self.copy(from)
    }

    /// Marks an entry as replaced by a later one.
    pub(crate) fn replace(&mut self, entry: NodeId) {
        if let Some(node) = self.nodes.get_mut(entry.0 as usize) {
            node.flags |= REPLACED;
        }
    }

    pub(crate) fn node(&self, id: NodeId) -> Option<Node> {
        self.nodes.get(id.0 as usize).copied()
    }

    /// Ends the object. `text` is what all ranges refer to.
    pub(crate) fn finish(self, text: &str, origin: Origin) -> Tree {
        self.finish_shared(Arc::from(text), origin)
    }

    fn finish_shared(self, text: Arc<str>, origin: Origin) -> Tree {
        Tree { text, extra: self.extra.into_boxed_str(), nodes: self.nodes.into_boxed_slice(), origin }
    }

    /// Sets string fields of a finished mapping, as upstream sets the kind of the items of a typed list.
    pub(crate) fn set_fields(tree: Tree, fields: &[(&str, &str)]) -> Tree {
        let Tree { text, extra, nodes, origin } = tree;
        let mut builder = Self { nodes: nodes.into_vec(), extra: extra.into_string(), ..Self::default() };
        let end = builder.nodes.len();
        let mut next = 1;
        while let Some(node) = builder.nodes.get(next).copied() {
            let key = builder.key_text(NodeId(u32::try_from(next).unwrap_or(u32::MAX)), &text);
            if fields.iter().any(|(field, _)| *field == key)
                && let Some(node) = builder.nodes.get_mut(next)
            {
                node.flags |= REPLACED;
            }
            next += node.width() as usize;
        }
        for (field, value) in fields {
            builder.key(Text::Decoded(field, Span::default()));
            builder.string(Text::Decoded(value, Span::default()));
        }
        let added = u32::try_from(builder.nodes.len() - end).unwrap_or(0);
        if let Some(root) = builder.nodes.first_mut() {
            root.len += added;
        }
        builder.finish_shared(text, origin)
    }

    /// A tree of its own for one value of a finished tree; both share the text.
    pub(crate) fn cut(tree: &Tree, id: NodeId, origin: Origin) -> Tree {
        let start = id.0 as usize;
        let width = tree.node(id.0).map_or(0, Node::width) as usize;
        let mut builder = Self::default();
        for (index, node) in tree.nodes.iter().skip(start).take(width).enumerate() {
            let mut node = *node;
            if index == 0 {
                node.flags &= !(HAS_KEY | KEY_IN_EXTRA | KEY_QUOTED | KEY_RESOLVED | REPLACED);
            }
            if node.has(KEY_IN_EXTRA) {
                let literal = tree.key_span(node).unwrap_or_default();
                node.key_at = builder.push_extra(tree.key_text(node), literal).0;
            }
            if node.has(VALUE_IN_EXTRA) {
                node.at = builder.push_extra(tree.scalar_text(node), tree.value_span(node)).0;
            }
            builder.nodes.push(node);
        }
        builder.finish_shared(Arc::clone(&tree.text), origin)
    }

    /// Ends an object that keeps nothing of the text but its own keys and values.
    pub(crate) fn finish_detached(self, text: &str, origin: Origin) -> Tree {
        let mut builder = Self::default();
        for (index, node) in self.nodes.iter().enumerate() {
            let mut node = *node;
            if node.has(HAS_KEY) {
                let key = self.key_text(NodeId(u32::try_from(index).unwrap_or(u32::MAX)), text);
                node.key_at = builder.push_extra(key, Span::default()).0;
                node.key_len = 0;
                node.flags = (node.flags & !KEY_QUOTED) | KEY_IN_EXTRA;
            }
            if matches!(node.kind, NodeKind::Number | NodeKind::String) {
                let buffer = if node.has(VALUE_IN_EXTRA) { &self.extra } else { text };
                let range = node.at as usize..node.at as usize + node.len as usize;
                let value = buffer.get(range).unwrap_or_default();
                (node.at, node.len) = builder.push_extra(value, Span::default());
                node.flags = (node.flags & !QUOTED) | VALUE_IN_EXTRA;
            } else {
                node.at = 0;
                if !node.is_container() {
                    node.len = 0;
                }
            }
            builder.nodes.push(node);
        }
        builder.finish("", origin)
    }

    fn scalar(&mut self, kind: NodeKind, text: Text<'_>, flags: u8) -> NodeId {
        match text {
            Text::Verbatim(span) => self.push(kind, flags, span.start, span.len),
            Text::Quoted(span) => self.push(kind, flags | QUOTED, span.start, span.len),
            Text::Decoded(value, literal) => {
                let (at, len) = self.push_extra(value, literal);
                self.push(kind, flags | VALUE_IN_EXTRA, at, len)
            }
        }
    }

    fn open(&mut self, kind: NodeKind, at: u32) -> NodeId {
        let id = self.push(kind, 0, at, 1);
        self.open.push(id.0);
        id
    }

    fn push(&mut self, kind: NodeKind, flags: u8, at: u32, len: u32) -> NodeId {
        let id = self.next_id();
        let (key_at, key_len, key_flags) = self.key.take().unwrap_or_default();
        self.nodes.push(Node { key_at, key_len, kind, flags: flags | key_flags, at, len });
        id
    }

    fn push_extra(&mut self, value: &str, literal: Span) -> (u32, u32) {
        let len = u32::try_from(value.len()).unwrap_or(u32::MAX);
        for number in [literal.start, literal.len, len] {
            self.extra.extend(header_number(number).map(char::from));
        }
        let at = u32::try_from(self.extra.len()).unwrap_or(u32::MAX);
        debug_assert!(at >= HEADER);
        self.extra.push_str(value);
        (at, len)
    }
}
