//! Puts values together to trees, for the YAML and the JSON reader alike: keys and duplicates, the items of
//! lists as trees of their own, paths for messages.

use std::collections::HashMap;

use super::suspects::{Suspect, Suspects};
use super::yaml::fault::Fault;
use crate::finding::Severity;
use crate::object::builder::{NodeId, Text, TreeBuilder};
use crate::object::tree::{HAS_KEY, KEY_IN_EXTRA, KEY_RESOLVED, Node, NodeKind, REPLACED};
use crate::object::{FieldPath, Span};
use crate::read::error::Code;

/// Keys of a mapping are compared one by one up to this many, then looked up in a table.
const SMALL: usize = 16;
/// Duplicate keys of one document that are reported.
const MOST_NOTES: usize = 100;

/// What a key was before it became text. Keys of different forms are different keys to go-yaml.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyForm {
    Text,
    Null,
    Bool,
    Int,
    /// The bits, because two floats may have one text.
    Float(u64),
    /// Some other form than text: the key came with a merge key.
    Merged,
}

impl KeyForm {
    /// Whether two keys with one text are one key.
    fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Merged, form) | (form, Self::Merged) => form != Self::Text,
            (one, two) => one == two,
        }
    }
}

/// A finding about a document, before its file is known.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) at: usize,
    pub(super) related: Option<(usize, &'static str)>,
    pub(super) path: FieldPath,
    /// Which item of the document's list it is about.
    pub(super) item: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    node: NodeId,
    hash: u32,
    form: KeyForm,
    at: u32,
    /// It came with a merge key: replacing it is ordinary.
    merged: bool,
}

#[derive(Debug)]
struct Frame {
    node: NodeId,
    /// First own entry of the stack of keys.
    keys: usize,
    /// Items so far, of a sequence.
    items: u32,
    /// Latest place of each key in the stack of keys, once there are many.
    table: Option<HashMap<Box<str>, usize>>,
}

/// One item of a list, cut out of its document.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) builder: TreeBuilder,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) index: u32,
    /// Which of several lists under one key, from 1.
    pub(super) list: u32,
}

/// The state outside the item that is being read.
#[derive(Debug)]
struct Outer {
    builder: TreeBuilder,
    suspects: Suspects,
    depth: usize,
    start: usize,
}

/// Takes finished items of a list.
pub(super) type TakeItem<'s> = &'s mut dyn FnMut(Item) -> Result<(), Fault>;

pub(super) struct Assembler<'t, 's> {
    pub(super) text: &'t str,
    pub(super) builder: TreeBuilder,
    pub(super) notes: Vec<Note>,
    /// Where the ranges of the current builder begin to count.
    base: u32,
    frames: Vec<Frame>,
    keys: Vec<Key>,
    suspects: Suspects,
    depth_limit: usize,
    bytes_limit: usize,
    /// Set when the items of a list become trees of their own.
    take_item: Option<TakeItem<'s>>,
    /// How many frames are open when an item of the list begins.
    list_depth: Option<usize>,
    outer: Option<Outer>,
    items: u32,
    item_bytes: usize,
    /// Nodes of the item before, which the next one is likely to need as well.
    last_nodes: usize,
    /// Counts builders: a node of an earlier one cannot be copied.
    generation: u32,
    lists: u32,
}

impl<'t, 's> Assembler<'t, 's> {
    pub(super) fn new(
        text: &'t str,
        depth_limit: usize,
        bytes_limit: usize,
        take_item: Option<TakeItem<'s>>,
    ) -> Self {
        Self {
            text,
            builder: TreeBuilder::new(),
            notes: Vec::new(),
            base: 0,
            frames: Vec::with_capacity(16),
            keys: Vec::with_capacity(64),
            suspects: Suspects::default(),
            depth_limit,
            bytes_limit,
            take_item,
            list_depth: None,
            outer: None,
            items: 0,
            item_bytes: 0,
            last_nodes: 0,
            generation: 0,
            lists: 0,
        }
    }

    pub(super) fn generation(&self) -> u32 {
        if self.outer.is_some() { self.generation } else { 0 }
    }

    /// How many lists had their items taken; more than one means that a key `items` replaced another.
    pub(super) fn lists(&self) -> u32 {
        self.lists
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        Span { start: start.saturating_sub(self.base), len: end.saturating_sub(start) }
    }

    fn offset(&self, at: u32) -> u32 {
        at.saturating_sub(self.base)
    }

    /// Says that a value begins; cuts items of a list out.
    pub(super) fn begin(&mut self, start: u32) -> Result<(), Fault> {
        if self.list_depth == Some(self.frames.len()) && self.outer.is_none() {
            let fresh = TreeBuilder::with_capacity(self.last_nodes);
            self.outer = Some(Outer {
                builder: std::mem::replace(&mut self.builder, fresh),
                suspects: std::mem::take(&mut self.suspects),
                depth: self.frames.len(),
                start: start as usize,
            });
            self.base = start;
            self.generation += 1;
        }
        self.check_size(start as usize)?;
        if let Some(frame) = self.frames.last_mut() {
            frame.items += 1;
        }
        Ok(())
    }

    /// Says that a value ended; hands items of a list over.
    pub(super) fn end(&mut self, end: u32) -> Result<(), Fault> {
        self.check_size(end as usize)?;
        if self.outer.as_ref().is_none_or(|outer| outer.depth != self.frames.len()) {
            return Ok(());
        }
        self.check_suspects()?;
        let Some(outer) = self.outer.take() else { return Ok(()) };
        let builder = std::mem::replace(&mut self.builder, outer.builder);
        self.suspects = outer.suspects;
        self.base = 0;
        self.last_nodes = builder.next_id().0 as usize;
        let item =
            Item { builder, start: outer.start, end: end as usize, index: self.items, list: self.lists };
        self.items += 1;
        self.item_bytes += (end as usize).saturating_sub(outer.start);
        match self.take_item.as_mut() {
            Some(take) => take(item),
            None => Ok(()),
        }
    }

    pub(super) fn open_mapping(&mut self, at: u32) -> Result<NodeId, Fault> {
        let node = self.builder.open_mapping(self.offset(at));
        self.push_frame(node, at)
    }

    pub(super) fn open_sequence(&mut self, at: u32) -> Result<NodeId, Fault> {
        // The items of the root mapping's `items` become trees of their own.
        let list = self.take_item.is_some() && self.frames.len() == 1 && self.pending_key_is("items");
        let node = self.builder.open_sequence(self.offset(at));
        let node = self.push_frame(node, at)?;
        if list {
            self.list_depth = Some(self.frames.len());
            self.lists += 1;
            self.items = 0;
        }
        Ok(node)
    }

    pub(super) fn close(&mut self) {
        self.builder.close();
        if let Some(frame) = self.frames.pop() {
            self.keys.truncate(frame.keys);
        }
        if self.list_depth.is_some_and(|depth| depth > self.frames.len()) {
            self.list_depth = None;
        }
    }

    /// The key of the value that comes next.
    pub(super) fn key(&mut self, text: Text<'_>, form: KeyForm, at: u32) {
        let value = match text {
            Text::Decoded(value, _) => value,
            Text::Verbatim(span) | Text::Quoted(span) => self.slice(span),
        };
        let hash = hash(value);
        let node = self.builder.next_id();
        self.claim(value, Key { node, hash, form, at, merged: false });
        match text {
            // The arena keeps keys of this length only in their decoded form.
            Text::Verbatim(span) | Text::Quoted(span) if span.len > u32::from(u16::MAX) => {
                let value = self.text.get(self.absolute(span)).unwrap_or_default();
                self.builder.key(Text::Decoded(value, span));
            }
            text => self.builder.key(text),
        }
        if form != KeyForm::Text {
            self.builder.mark_resolved_key();
        }
    }

    /// Adds a copy of an entry of a finished mapping to the open one, as a merge key does.
    fn merge_entry(&mut self, entry: NodeId) {
        let Some(node) = self.builder.node(entry) else { return };
        let text = self.key_text(entry).to_owned();
        let new = self.builder.next_id();
        let form = if node.has(KEY_RESOLVED) { KeyForm::Merged } else { KeyForm::Text };
        let at = if node.has(KEY_IN_EXTRA) { node.at } else { node.key_at } + self.base;
        self.claim(&text, Key { node: new, hash: hash(&text), form, at, merged: true });
        self.builder.copy_entry(entry);
        self.suspects.copy(&self.builder, entry, new);
    }

    /// Assigns all entries of a finished mapping to the open one.
    pub(super) fn merge_mapping(&mut self, mapping: NodeId) {
        for entry in self.children(mapping) {
            self.merge_entry(entry);
        }
    }

    /// The live children of a finished container.
    pub(super) fn children(&self, container: NodeId) -> Vec<NodeId> {
        let Some(node) = self.builder.node(container) else { return Vec::new() };
        let mut children = Vec::new();
        let mut next = container.0 + 1;
        while next < container.0 + node.width() {
            let Some(child) = self.builder.node(NodeId(next)) else { break };
            if !child.has(REPLACED) {
                children.push(NodeId(next));
            }
            next += child.width();
        }
        children
    }

    /// The innermost open container.
    pub(super) fn current(&self) -> NodeId {
        self.frames.last().map_or(NodeId(0), |frame| frame.node)
    }

    /// Whether the text of an integer is what JSON would have.
    pub(super) fn is_canonical_integer(&self, span: Span) -> bool {
        let text = self.slice(span);
        let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
        digits.iter().all(u8::is_ascii_digit) && (digits.first() != Some(&b'0') || text == "0")
    }

    pub(super) fn is_mapping(&self, id: NodeId) -> bool {
        self.builder.node(id).is_some_and(|node| node.kind == NodeKind::Mapping)
    }

    pub(super) fn bytes_limit(&self) -> usize {
        self.bytes_limit
    }

    /// How much text a copy of a value repeats.
    pub(super) fn text_bytes(&self, id: NodeId) -> usize {
        let width = self.builder.node(id).map_or(0, Node::width);
        let nodes = (id.0..id.0 + width).filter_map(|index| self.builder.node(NodeId(index)));
        nodes.map(|node| if node.is_container() { 1 } else { node.len as usize + 1 }).sum()
    }

    /// Appends a copy of a finished value.
    pub(super) fn copy(&mut self, from: NodeId) {
        let to = self.builder.copy(from);
        self.suspects.copy(&self.builder, from, to);
    }

    pub(super) fn suspect(&mut self, node: NodeId, what: Suspect, at: u32) {
        self.suspects.add(node, what, at);
    }

    /// Fails when a suspect of the current tree was not replaced.
    pub(super) fn check_suspects(&self) -> Result<(), Fault> {
        self.suspects.check(&self.builder)
    }

    /// The path of the open value, from the root of the item or document.
    pub(super) fn path(&self) -> FieldPath {
        let skip = self.outer.as_ref().map_or(0, |outer| outer.depth);
        let mut path = FieldPath::root();
        let mut parent: Option<&Frame> = None;
        for frame in self.frames.iter().skip(skip) {
            if let Some(parent) = parent {
                path = self.step(path, frame.node, parent.items);
            }
            parent = Some(frame);
        }
        path
    }

    fn step(&self, path: FieldPath, node: NodeId, items: u32) -> FieldPath {
        if self.builder.node(node).is_some_and(|node| node.has(HAS_KEY)) {
            path_step(path, self.key_text(node))
        } else {
            path.index(items.saturating_sub(1) as usize)
        }
    }

    fn push_frame(&mut self, node: NodeId, at: u32) -> Result<NodeId, Fault> {
        if self.frames.len() - self.outer.as_ref().map_or(0, |outer| outer.depth) >= self.depth_limit {
            return Err(Fault::too_deep(self.depth_limit, at as usize));
        }
        self.frames.push(Frame { node, keys: self.keys.len(), items: 0, table: None });
        Ok(node)
    }

    fn check_size(&self, at: usize) -> Result<(), Fault> {
        if self.text.len() <= self.bytes_limit {
            return Ok(());
        }
        let (bytes, start, what) = match &self.outer {
            Some(outer) => (at.saturating_sub(outer.start), outer.start, "list item"),
            None => (at.saturating_sub(self.item_bytes), 0, "document"),
        };
        if bytes <= self.bytes_limit {
            return Ok(());
        }
        let message = format!("the {what} that begins here is larger than {} bytes", self.bytes_limit);
        Err(Fault::new(Code::DocumentTooLarge, message, start))
    }

    /// Makes an entry the one that holds its key in the open mapping.
    fn claim(&mut self, text: &str, key: Key) {
        let Some(frame) = self.frames.last() else { return };
        let first = frame.keys;
        let found = if let Some(table) = &frame.table {
            table.get(text).copied()
        } else {
            let own = self.keys.get(first..).unwrap_or_default();
            let found = own.iter().position(|old| old.hash == key.hash && self.key_text(old.node) == text);
            found.map(|index| first + index)
        };
        if let Some(index) = found
            && let Some(old) = self.keys.get(index).copied()
        {
            if !old.form.is_same(key.form)
                && let Some(frame) = self.frames.last()
            {
                self.suspects.keep(&self.builder, old.node, frame.node);
            }
            self.builder.replace(old.node);
            if let Some(place) = self.keys.get_mut(index) {
                *place = key;
            }
            if !key.merged && !old.merged {
                self.note_duplicate(text, old, key);
            }
            return;
        }
        let index = self.keys.len();
        self.keys.push(key);
        let many = index - first >= SMALL;
        if let Some(frame) = self.frames.last_mut()
            && let Some(table) = &mut frame.table
        {
            table.insert(text.into(), index);
        } else if many {
            let own = (first..index).filter_map(|index| {
                self.keys.get(index).map(|key| (Box::from(self.key_text(key.node)), index))
            });
            let mut table: HashMap<Box<str>, usize> = own.collect();
            table.insert(text.into(), index);
            if let Some(frame) = self.frames.last_mut() {
                frame.table = Some(table);
            }
        }
    }

    fn note_duplicate(&mut self, text: &str, old: Key, new: Key) {
        if self.notes.len() >= MOST_NOTES {
            return;
        }
        let mut path = self.path();
        path = path_step(path, text);
        let shown = super::shorten(text);
        let (code, message) = if old.form.is_same(new.form) {
            ("read/duplicate-key", format!("key `{shown}` stands twice in one mapping; the last one counts"))
        } else {
            (
                "read/ambiguous-key",
                format!("two different keys become `{shown}`; which one counts is chance, the last one here"),
            )
        };
        let item = self.outer.as_ref().map(|_| self.items);
        self.notes.push(Note {
            code,
            severity: Severity::Warning,
            message,
            at: new.at as usize,
            related: Some((old.at as usize, "the first one")),
            path,
            item,
        });
    }

    fn pending_key_is(&self, text: &str) -> bool {
        self.builder.pending_key(self.text).is_some_and(|key| key == text)
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(self.absolute(span)).unwrap_or_default()
    }

    fn absolute(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.base as usize + span.start as usize;
        start..start + span.len as usize
    }

    fn key_text(&self, id: NodeId) -> &str {
        self.builder.key_text(id, self.text.get(self.base as usize..).unwrap_or_default())
    }
}

/// Adds a key to a path: as a field when it looks like one.
pub(super) fn path_step(path: FieldPath, key: &str) -> FieldPath {
    let field = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$'));
    if field { path.field(key) } else { path.key(key) }
}

/// A short hash for comparing keys; equal texts have equal hashes, and that is all.
fn hash(text: &str) -> u32 {
    let mut sum = u32::try_from(text.len()).unwrap_or(u32::MAX);
    for chunk in text.as_bytes().chunks(4) {
        let mut word = [0_u8; 4];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        sum = (sum.rotate_left(5) ^ u32::from_le_bytes(word)).wrapping_mul(0x9E37_79B1);
    }
    sum
}
