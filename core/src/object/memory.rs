//! Objects that a program hands over: no text, so no positions, only paths.

use super::Object;
use super::builder::{Text, TreeBuilder};
use super::source::{Origin, SourceName};
use super::tree::{NodeKind, Span};
use std::collections::HashMap;

/// Builds an [`Object`] from values in memory, front to back.
///
/// A mapping takes a [`key`](Self::key) before each value. What is opened is closed with
/// [`close`](Self::close). When a mapping gets the same key twice, the last value wins.
///
/// ```
/// use kubelogic_core::object::{MemoryBuilder, SourceName};
/// let mut builder = MemoryBuilder::new();
/// builder.open_mapping();
/// builder.key("kind");
/// builder.string("Pod");
/// builder.close();
/// let object = builder.finish(SourceName::new("api")).unwrap();
/// assert_eq!(object.kind(), "Pod");
/// ```
#[derive(Debug, Default)]
pub struct MemoryBuilder {
    tree: TreeBuilder,
    text: String,
    open: Vec<(super::builder::NodeId, bool)>,
}

impl MemoryBuilder {
    /// Starts with nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many containers are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The key of the value that comes next.
    pub fn key(&mut self, key: &str) {
        let span = self.keep(key);
        if u16::try_from(span.len).is_ok() {
            self.tree.key(Text::Verbatim(span));
        } else {
            self.tree.key(Text::Decoded(key, span));
        }
    }

    /// Adds a null.
    pub fn null(&mut self) {
        self.tree.null(Span::default());
    }

    /// Adds a boolean.
    pub fn bool(&mut self, value: bool) {
        self.tree.bool(value, Span::default());
    }

    /// Adds a number in JSON's notation.
    pub fn number(&mut self, json: &str) {
        let span = self.keep(json);
        self.tree.number(Text::Verbatim(span), true);
    }

    /// Adds a text.
    pub fn string(&mut self, value: &str) {
        let span = self.keep(value);
        self.tree.string(Text::Verbatim(span));
    }

    /// Opens a mapping.
    pub fn open_mapping(&mut self) {
        let id = self.tree.open_mapping(0);
        self.open.push((id, true));
    }

    /// Opens a sequence.
    pub fn open_sequence(&mut self) {
        let id = self.tree.open_sequence(0);
        self.open.push((id, false));
    }

    /// Closes what was opened last.
    pub fn close(&mut self) {
        self.tree.close();
        if let Some((id, true)) = self.open.pop() {
            self.replace_duplicates(id);
        }
    }

    /// Ends the object; `None` when nothing was added.
    pub fn finish(self, source: SourceName) -> Option<Object> {
        Object::new(self.tree.finish(&self.text, Origin::memory(source)))
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        Span { start, len: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }

    fn replace_duplicates(&mut self, mapping: super::builder::NodeId) {
        let mut seen: HashMap<&str, super::builder::NodeId> = HashMap::new();
        let mut replaced = Vec::new();
        let end = self.tree.next_id().0;
        let mut next = mapping.0 + 1;
        while next < end {
            let id = super::builder::NodeId(next);
            let Some(node) = self.tree.node(id) else { break };
            let range = if node.has(super::tree::KEY_IN_EXTRA) {
                None
            } else {
                self.text.get(node.key_at as usize..node.key_at as usize + usize::from(node.key_len))
            };
            if let Some(key) = range
                && let Some(earlier) = seen.insert(key, id)
            {
                replaced.push(earlier);
            }
            debug_assert!(node.kind != NodeKind::Mapping || node.len > 0);
            next += node.width();
        }
        for earlier in replaced {
            self.tree.replace(earlier);
        }
    }
}
