//! One walk over an object along its schema: prunes, drops nulls, fills defaults in, and reads metadata.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/{pruning,defaulting,objectmeta}. There these are walks of
//! their own, one after the other; what one of them does to a value never depends on what another did to its
//! neighbours, so that one walk gives the same result.

use std::fmt::Write as _;

use super::metadata;
use super::node::{Additional, Node, NodeId, Schema, is_meta_field};
use crate::near::nearest;
use crate::object::{FieldPath, Location, MemoryBuilder, Object, Value, ValueKind};

/// Takes the values that a walk writes.
pub(super) trait Sink {
    /// Whether anything comes of what is written.
    const WRITES: bool;
    fn key(&mut self, key: &str);
    fn scalar(&mut self, value: Value<'_>);
    fn string(&mut self, text: &str);
    fn open(&mut self, kind: ValueKind);
    fn close(&mut self);
}

/// Takes nothing: the walk only looks.
#[derive(Debug, Default)]
pub(super) struct Nothing;

impl Sink for Nothing {
    const WRITES: bool = false;
    fn key(&mut self, _: &str) {}
    fn scalar(&mut self, _: Value<'_>) {}
    fn string(&mut self, _: &str) {}
    fn open(&mut self, _: ValueKind) {}
    fn close(&mut self) {}
}

impl Sink for MemoryBuilder {
    const WRITES: bool = true;
    fn key(&mut self, key: &str) {
        Self::key(self, key);
    }
    fn scalar(&mut self, value: Value<'_>) {
        match value.kind() {
            ValueKind::Bool => self.bool(value.as_bool().unwrap_or_default()),
            ValueKind::Number => self.number(value.as_number().map_or("0", |number| number.as_json())),
            ValueKind::String => Self::string(self, value.as_str().unwrap_or_default()),
            _ => self.null(),
        }
    }
    fn string(&mut self, text: &str) {
        Self::string(self, text);
    }
    fn open(&mut self, kind: ValueKind) {
        if kind == ValueKind::Sequence { self.open_sequence() } else { self.open_mapping() }
    }
    fn close(&mut self) {
        Self::close(self);
    }
}

/// Copies a value as it is.
pub(super) fn copy(value: Value<'_>, out: &mut impl Sink) {
    // The depth of the recursion is that of the document, which the readers cap.
    match value.kind() {
        ValueKind::Mapping => {
            out.open(ValueKind::Mapping);
            for (key, value) in value.entries() {
                out.key(key);
                copy(value, out);
            }
            out.close();
        }
        ValueKind::Sequence => {
            out.open(ValueKind::Sequence);
            for item in value.items() {
                copy(item, out);
            }
            out.close();
        }
        _ => out.scalar(value),
    }
}

/// What happens to fields that a schema does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// They go.
    Prune,
    /// They stay here; below what is named, pruning goes on.
    Skip,
    /// Everything stays.
    Keep,
}

/// What a walk does besides looking.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    /// Unknown fields go, and so do nulls that may not be.
    pub(super) prune: bool,
    /// Missing values are filled in.
    pub(super) defaults: bool,
    /// `status` of the root goes, as on the way to a new object whose status is written elsewhere.
    pub(super) drop_status: bool,
}

/// A field that no schema names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnknownField {
    /// As the API server prints it.
    pub(super) path: String,
    pub(super) location: Location,
    pub(super) nearest: Option<String>,
}

/// A value that keeps the object from being read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) location: Location,
}

/// A step from a value to one below it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'v> {
    /// A named property.
    Field(&'v str),
    /// A key without a name in the schema.
    Key(&'v str),
    /// An item.
    Index(usize),
}

/// The walk.
pub(super) struct Walk<'v, S> {
    schema: &'v Schema,
    pub(super) out: S,
    steps: Steps,
    path: Vec<Step<'v>>,
    /// Unknown fields of the metadata of the object, of its own, and of the metadata of embedded resources.
    metadata: Vec<UnknownField>,
    own: Vec<UnknownField>,
    embedded: Vec<UnknownField>,
    pub(super) refused: Option<Refused>,
    /// Whether what is written differs from what was read.
    pub(super) changed: bool,
    /// What is written is a default: it is not pruned again.
    in_default: bool,
    /// What cannot be read is dropped instead of refused, as upstream does to defaults.
    lenient: bool,
}

impl<'v, S: Sink> Walk<'v, S> {
    pub(super) fn new(schema: &'v Schema, steps: Steps, out: S) -> Self {
        Self {
            schema,
            out,
            steps,
            path: Vec::new(),
            metadata: Vec::new(),
            own: Vec::new(),
            embedded: Vec::new(),
            refused: None,
            changed: false,
            in_default: false,
            lenient: false,
        }
    }

    /// Drops what cannot be read.
    pub(super) fn lenient(self) -> Self {
        Self { lenient: true, ..self }
    }

    /// The value stands somewhere in an object, and is none itself.
    pub(super) fn standing_alone(mut self) -> Self {
        self.path.push(Step::Field("default"));
        self
    }

    /// Whether fields go that no schema names.
    pub(super) fn prunes(&self) -> bool {
        !self.own.is_empty()
    }

    /// Unknown fields in the order of the API server: sorted, in three groups.
    pub(super) fn into_unknown(self) -> Vec<UnknownField> {
        let Self { metadata: mut all, mut own, mut embedded, .. } = self;
        own.sort_by(|one, two| one.path.cmp(&two.path));
        embedded.sort_by(|one, two| one.path.cmp(&two.path));
        all.append(&mut own);
        all.append(&mut embedded);
        all
    }

    /// Walks a whole object.
    pub(super) fn object(&mut self, object: &'v Object) {
        let root = object.root();
        let id = (!self.schema.nodes.is_empty()).then_some(Schema::ROOT);
        for name in ["kind", "apiVersion"] {
            if let Some(value) = root.get(name).filter(|value| value.as_str().is_none()) {
                self.refuse(value, format!("`{name}` must be a string"));
            }
        }
        let mode = if self.steps.prune { Mode::Prune } else { Mode::Keep };
        self.mapping(root, id, mode, true);
    }

    /// Walks a value that stands alone, such as a default.
    pub(super) fn value(&mut self, value: Value<'v>, id: Option<NodeId>, mode: Mode) {
        match value.kind() {
            ValueKind::Mapping => self.mapping(value, id, mode, false),
            ValueKind::Sequence => self.sequence(value, id, mode),
            _ => self.out.scalar(value),
        }
    }

    fn node(&self, id: Option<NodeId>) -> Option<&'v Node> {
        id.and_then(|id| self.schema.node(id))
    }

    fn mapping(&mut self, value: Value<'v>, id: Option<NodeId>, mode: Mode, is_root: bool) {
        let node = self.node(id);
        if !S::WRITES && node.is_none() && mode == Mode::Keep && !is_root {
            return;
        }
        let mode = match (mode, node) {
            (Mode::Prune, Some(node)) if node.preserve => Mode::Skip,
            (Mode::Skip, None) => Mode::Keep,
            _ => mode,
        };
        let is_resource = is_root || node.is_some_and(|node| node.embedded);
        self.out.open(ValueKind::Mapping);
        for (key, value) in value.entries() {
            if is_root && key == "status" && self.steps.drop_status {
                self.changed = true;
                continue;
            }
            let property = node.and_then(|node| node.property(key));
            let additional = node.and_then(|node| node.additional);
            let known = property.is_some() || additional.is_some();
            let child_mode = match mode {
                Mode::Keep => Mode::Keep,
                _ if is_resource && is_meta_field(key) => Mode::Keep,
                _ if known => Mode::Prune,
                Mode::Skip => Mode::Keep,
                Mode::Prune => {
                    self.changed = true;
                    self.unknown_field(key, value, node);
                    continue;
                }
            };
            let child = property.or(match additional {
                Some(Additional::Schema(id)) => Some(id),
                _ => None,
            });
            self.path.push(if property.is_some() || is_resource { Step::Field(key) } else { Step::Key(key) });
            if is_resource && is_meta_field(key) && !self.in_default {
                self.meta_field(key, value, child, is_root);
            } else {
                self.entry(key, value, child, child_mode);
            }
            self.path.pop();
        }
        if let Some(node) = node
            && self.steps.defaults
        {
            for (name, property) in &node.properties {
                let is_dropped = is_root && &**name == "status" && self.steps.drop_status;
                if let Some(default) = self.node(Some(*property)).and_then(|node| node.default.as_ref())
                    && !is_dropped
                    && value.get(name).is_none()
                {
                    self.changed = true;
                    self.out.key(name);
                    self.default(default, *property);
                }
            }
        }
        self.out.close();
    }

    /// An entry that stays, unless it is a null that may not be one.
    fn entry(&mut self, key: &str, value: Value<'v>, child: Option<NodeId>, mode: Mode) {
        if value.is_null()
            && let Some(node) = self.node(child)
            && !node.nullable
        {
            match (&node.default, child) {
                (None, _) if self.steps.prune && !self.in_default => {
                    self.changed = true;
                    return;
                }
                (Some(default), Some(child)) if self.steps.defaults => {
                    self.changed = true;
                    self.out.key(key);
                    self.default(default, child);
                    return;
                }
                _ => {}
            }
        }
        self.out.key(key);
        self.value(value, child, mode);
    }

    fn sequence(&mut self, value: Value<'v>, id: Option<NodeId>, mode: Mode) {
        let node = self.node(id);
        let mode = match (mode, node) {
            (Mode::Prune, Some(node)) if node.preserve => Mode::Skip,
            (mode, _) => mode,
        };
        let items = node.and_then(|node| node.items);
        if !S::WRITES && items.is_none() && mode != Mode::Prune {
            return;
        }
        // Without a schema for items nothing below them is kept back in a part that is preserved.
        let mode = if mode == Mode::Skip && items.is_none() { Mode::Keep } else { mode };
        self.out.open(ValueKind::Sequence);
        for (index, item) in value.items().enumerate() {
            self.path.push(Step::Index(index));
            let default =
                self.node(items).filter(|node| item.is_null() && !node.nullable && self.steps.defaults);
            match (default.and_then(|node| node.default.as_ref()), items) {
                (Some(default), Some(items)) => {
                    self.changed = true;
                    self.default(default, items);
                }
                _ => self.value(item, items, mode),
            }
            self.path.pop();
        }
        self.out.close();
    }

    fn default(&mut self, default: &'v Object, id: NodeId) {
        let before = std::mem::replace(&mut self.in_default, true);
        self.value(default.root(), Some(id), Mode::Keep);
        self.in_default = before;
    }

    /// `apiVersion`, `kind` and `metadata` of the object itself or of an embedded resource.
    fn meta_field(&mut self, key: &'v str, value: Value<'v>, child: Option<NodeId>, is_root: bool) {
        if self.lenient {
            if key == "metadata" && matches!(value.kind(), ValueKind::Mapping | ValueKind::Null) {
                self.out.key(key);
                self.out.open(ValueKind::Mapping);
                metadata::write_entries(value, &mut self.out);
                self.out.close();
            } else if key == "metadata" || value.as_str().is_some() {
                self.entry(key, value, child, Mode::Keep);
            }
            return;
        }
        if key != "metadata" {
            if !is_root && value.as_str().is_none() && self.null_stays(value, child) {
                let message = format!("`{}` must be a string", self.field_path());
                self.refuse(value, message);
            }
            return self.entry(key, value, child, Mode::Keep);
        }
        if !is_root && !self.null_stays(value, child) {
            return self.entry(key, value, child, Mode::Keep);
        }
        match metadata::read(value, &self.field_path()) {
            Ok(unknown) => {
                self.changed |= !unknown.is_empty() || metadata::is_rewritten(value);
                if is_root { &mut self.metadata } else { &mut self.embedded }.extend(unknown);
            }
            Err((field, message)) => self.refuse(field, message),
        }
        self.out.key(key);
        self.out.open(ValueKind::Mapping);
        metadata::write_entries(value, &mut self.out);
        if let Some(node) = self.node(child)
            && self.steps.defaults
        {
            for (name, property) in &node.properties {
                if let Some(default) = self.node(Some(*property)).and_then(|node| node.default.as_ref())
                    && !metadata::keeps(value, name)
                {
                    self.changed = true;
                    self.out.key(name);
                    self.default(default, *property);
                }
            }
        }
        self.out.close();
    }

    /// Whether a value is still there once nulls that may not be are gone.
    fn null_stays(&self, value: Value<'_>, child: Option<NodeId>) -> bool {
        !value.is_null()
            || self.node(child).is_none_or(|node| node.nullable || node.default.is_some())
            || !self.steps.prune
    }

    fn refuse(&mut self, value: Value<'_>, message: String) {
        if self.refused.is_none() {
            self.refused = Some(Refused { message, location: value.location(self.location_path()) });
        }
    }

    fn unknown_field(&mut self, key: &'v str, value: Value<'v>, node: Option<&'v Node>) {
        if self.path.is_empty() && is_meta_field(key) {
            return;
        }
        self.path.push(Step::Field(key));
        let path = self.unknown_path();
        let known = node.into_iter().flat_map(|node| node.properties.iter().map(|(name, _)| &**name));
        let nearest = nearest(key, known).map(str::to_owned);
        let location = Location { position: value.key_position(), ..value.location(self.location_path()) };
        self.own.push(UnknownField { path, location, nearest });
        self.path.pop();
    }

    /// The path in the notation of unknown fields: every key behind a dot.
    fn unknown_path(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            match step {
                Step::Field(name) | Step::Key(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(name);
                }
                Step::Index(index) => {
                    let _ = write!(text, "[{index}]");
                }
            }
        }
        text
    }

    /// The path in the notation of other messages: keys without a name in brackets.
    fn field_path(&self) -> String {
        self.location_path().to_string()
    }

    fn location_path(&self) -> FieldPath {
        self.path.iter().fold(FieldPath::root(), |path, step| match step {
            Step::Field(name) => path.field(name),
            Step::Key(key) => path.key(key),
            Step::Index(index) => path.index(*index),
        })
    }
}
