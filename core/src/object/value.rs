//! A read-only view of one value of an object.

use std::fmt;

use super::path::{FieldPath, PathStep};
use super::source::{Location, Position};
use super::tree::{JSON_NUMBER, Node, NodeKind, REPLACED, Span, Tree};

/// The six kinds of value that JSON knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueKind {
    /// `null`, or nothing after a key in YAML.
    Null,
    /// `true` or `false`.
    Bool,
    /// Any number.
    Number,
    /// Text.
    String,
    /// A list.
    Sequence,
    /// An object with fields, or a map with free keys.
    Mapping,
}

impl ValueKind {
    /// The kind's name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "bool",
            Self::Number => "number",
            Self::String => "string",
            Self::Sequence => "array",
            Self::Mapping => "object",
        }
    }
}

impl fmt::Display for ValueKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// One value of an [`Object`](super::Object): cheap to copy, knows where it was written.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    tree: &'a Tree,
    index: u32,
    node: Node,
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<'a> {
    text: &'a str,
    literal: &'a str,
    json: bool,
}

impl<'a> Number<'a> {
    /// The number in JSON's notation, as the API server receives it: `31` for the YAML literal `0x1F`.
    pub fn as_json(&self) -> &'a str {
        self.text
    }

    /// The literal in the source; the same as [`as_json`](Self::as_json) when there is no source text.
    pub fn literal(&self) -> &'a str {
        self.literal
    }

    /// Whether it was written in JSON, where `1.0` is no integer.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// The value as a signed integer, when the API server would take it for one.
    pub fn as_i64(&self) -> Option<i64> {
        self.text.parse().ok()
    }

    /// The value as a float.
    pub fn as_f64(&self) -> Option<f64> {
        self.text.parse().ok()
    }
}

impl<'a> Value<'a> {
    pub(crate) fn root(tree: &'a Tree) -> Option<Self> {
        tree.node(0).map(|node| Self { tree, index: 0, node })
    }

    pub(crate) fn tree(&self) -> &'a Tree {
        self.tree
    }

    /// Which node of the tree it is.
    pub(crate) fn index(&self) -> u32 {
        self.index
    }

    /// A null that stands nowhere.
    pub(crate) fn empty(tree: &'a Tree) -> Self {
        let node = Node { key_at: 0, key_len: 0, kind: NodeKind::Null, flags: 0, at: 0, len: 0 };
        Self { tree, index: 0, node }
    }

    /// The kind of value.
    pub fn kind(&self) -> ValueKind {
        match self.node.kind {
            NodeKind::Null => ValueKind::Null,
            NodeKind::False | NodeKind::True => ValueKind::Bool,
            NodeKind::Number => ValueKind::Number,
            NodeKind::String => ValueKind::String,
            NodeKind::Sequence => ValueKind::Sequence,
            NodeKind::Mapping => ValueKind::Mapping,
        }
    }

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.node.kind == NodeKind::Null
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.node.kind {
            NodeKind::True => Some(true),
            NodeKind::False => Some(false),
            _ => None,
        }
    }

    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&'a str> {
        (self.node.kind == NodeKind::String).then(|| self.tree.scalar_text(self.node))
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<Number<'a>> {
        (self.node.kind == NodeKind::Number).then(|| {
            let text = self.tree.scalar_text(self.node);
            let span = self.tree.value_span(self.node);
            let literal = (span.start as usize, span.start as usize + span.len as usize);
            let literal = self.tree.text.get(literal.0..literal.1).filter(|literal| !literal.is_empty());
            Number { text, literal: literal.unwrap_or(text), json: self.node.has(JSON_NUMBER) }
        })
    }

    /// The number as a signed integer, if it is one.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(|number| number.as_i64())
    }

    /// The items of a sequence; nothing for any other kind.
    pub fn items(&self) -> Items<'a> {
        Items(self.children(NodeKind::Sequence))
    }

    /// The entries of a mapping in the order in which they were written; nothing for any other kind.
    pub fn entries(&self) -> Entries<'a> {
        Entries(self.children(NodeKind::Mapping))
    }

    /// The value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<Self> {
        // The tree is walked from the front; a mapping of Kubernetes rarely has more than a dozen keys.
        self.children(NodeKind::Mapping).find(|value| value.tree.key_text(value.node) == key)
    }

    /// Everything that was written in a container, in the order of the text: also the entries that a later one
    /// replaced, and what was merged.
    pub(crate) fn written(&self) -> Written<'a> {
        let end = if self.node.is_container() { self.index + self.node.len } else { self.index };
        Written { tree: self.tree, next: self.index + 1, end }
    }

    /// Whether a later entry of the mapping replaced this one.
    pub(crate) fn is_replaced(&self) -> bool {
        self.node.has(REPLACED)
    }

    /// The key of an entry, or nothing.
    pub(crate) fn key_or_empty(&self) -> &'a str {
        self.tree.key_text(self.node)
    }

    /// Whether the key was a number, a boolean or null before it became text.
    pub(crate) fn has_resolved_key(&self) -> bool {
        self.node.has(super::tree::KEY_RESOLVED)
    }

    /// Where the key stands in the object's text.
    pub(crate) fn key_span(&self) -> Option<Span> {
        self.tree.origin.start.and(self.tree.key_span(self.node))
    }

    /// The text of the whole object; empty when it has none.
    pub(crate) fn whole_text(&self) -> &'a str {
        &self.tree.text
    }

    /// A piece of the object's text; empty when it has none.
    pub(crate) fn source(&self, span: Span) -> &'a str {
        let start = span.start as usize;
        self.tree.text.get(start..start.saturating_add(span.len as usize)).unwrap_or_default()
    }

    /// Whether a mapping in the value, or the one around it, has a key that a later one replaced.
    pub(crate) fn has_replaced(&self) -> bool {
        let end = self.index.saturating_add(self.node.width());
        (self.index..end).any(|index| self.tree.node(index).is_some_and(|node| node.has(REPLACED)))
    }

    /// The value at a path below this one.
    pub fn at(&self, path: &FieldPath) -> Option<Self> {
        path.steps().iter().try_fold(*self, |value, step| match step {
            PathStep::Field(name) | PathStep::Key(name) => value.get(name),
            PathStep::Index(index) => value.items().nth(*index),
        })
    }

    /// The key under which the value stands in its mapping.
    pub fn key(&self) -> Option<&'a str> {
        self.node.has(super::tree::HAS_KEY).then(|| self.tree.key_text(self.node))
    }

    /// Where the value begins, when the object was read from text.
    pub fn position(&self) -> Option<Position> {
        self.tree.position(self.tree.value_span(self.node).start)
    }

    /// Where the key of the value begins, when it has one and the object was read from text.
    pub fn key_position(&self) -> Option<Position> {
        self.tree.key_span(self.node).and_then(|span| self.tree.position(span.start))
    }

    /// Source, document, path, line and column of the value. `path` is the value's own path.
    pub fn location(&self, path: FieldPath) -> Location {
        let origin = &self.tree.origin;
        Location {
            source: origin.source.clone(),
            document: origin.document,
            item: origin.item,
            path,
            position: self.position(),
        }
    }

    /// The bytes of the object's text that the value takes; a container gives its first byte.
    pub fn span(&self) -> Option<Span> {
        self.tree.origin.start.map(|_| self.tree.value_span(self.node))
    }

    fn children(&self, kind: NodeKind) -> Children<'a> {
        let end = if self.node.kind == kind { self.index + self.node.len } else { self.index };
        Children { tree: self.tree, next: self.index + 1, end }
    }
}

/// Values are equal when they hold the same data; the order of keys and the notation do not matter.
impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        // Explicit work list: input depth is capped by the readers, but the stack is not ours.
        let mut work = vec![(*self, *other)];
        while let Some((left, right)) = work.pop() {
            if left.kind() != right.kind() {
                return false;
            }
            match left.kind() {
                ValueKind::Null => {}
                ValueKind::Bool => {
                    if left.as_bool() != right.as_bool() {
                        return false;
                    }
                }
                ValueKind::Number | ValueKind::String => {
                    if left.tree.scalar_text(left.node) != right.tree.scalar_text(right.node) {
                        return false;
                    }
                }
                ValueKind::Sequence => {
                    let (mut one, mut two) = (left.items(), right.items());
                    loop {
                        match (one.next(), two.next()) {
                            (None, None) => break,
                            (Some(one), Some(two)) => work.push((one, two)),
                            _ => return false,
                        }
                    }
                }
                ValueKind::Mapping => {
                    if left.entries().count() != right.entries().count() {
                        return false;
                    }
                    for (key, one) in left.entries() {
                        match right.get(key) {
                            Some(two) => work.push((one, two)),
                            None => return false,
                        }
                    }
                }
            }
        }
        true
    }
}

impl fmt::Debug for Value<'_> {
    /// Kind and position only: a value may be a secret.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Value({}", self.kind())?;
        if let Some(position) = self.position() {
            write!(out, " at {position}")?;
        }
        out.write_str(")")
    }
}

#[derive(Clone)]
struct Children<'a> {
    tree: &'a Tree,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Children<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        while self.next < self.end {
            let index = self.next;
            let node = self.tree.node(index)?;
            self.next = index + node.width();
            if !node.has(REPLACED) {
                return Some(Value { tree: self.tree, index, node });
            }
        }
        None
    }
}

/// Every child of a container, from [`Value::written`].
#[derive(Clone)]
pub(crate) struct Written<'a> {
    tree: &'a Tree,
    next: u32,
    end: u32,
}

impl<'a> Iterator for Written<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        let node = self.tree.node(index)?;
        self.next = index + node.width();
        Some(Value { tree: self.tree, index, node })
    }
}

/// The items of a sequence, from [`Value::items`].
#[derive(Clone)]
pub struct Items<'a>(Children<'a>);

impl fmt::Debug for Items<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Items(..)")
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        self.0.next()
    }
}

/// The entries of a mapping, from [`Value::entries`].
#[derive(Clone)]
pub struct Entries<'a>(Children<'a>);

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Entries(..)")
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = (&'a str, Value<'a>);

    fn next(&mut self) -> Option<(&'a str, Value<'a>)> {
        self.0.next().map(|value| (value.tree.key_text(value.node), value))
    }
}
