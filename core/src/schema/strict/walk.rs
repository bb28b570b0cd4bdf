//! The walk that finds everything, in the order in which the API server's decoder meets it.
//!
//! upstream: sigs.k8s.io/json internal/golang/encoding/json (`decode.go`, `kubernetes_patch.go`)

use std::collections::HashSet;

use super::scalar::{self, Misfit};
use super::{FieldError, FieldErrorKind, TypeError, hints};
use crate::object::{FieldPath, Object, Value, ValueKind};
use crate::schema::{Shape, Struct, Type};

/// Walks an object with its type.
pub(super) fn walk<'a>(
    object: &'a Object,
    value_type: Type<'a>,
    json: bool,
) -> (Vec<FieldError>, Vec<TypeError>) {
    let mut walk = Walk {
        object,
        json,
        open: Vec::new(),
        path: Vec::new(),
        fields: Vec::new(),
        types: Vec::new(),
        complained: HashSet::new(),
    };
    walk.enter(object.root(), value_type, Place { pointer: false, own: false });
    walk.run();
    (walk.fields, walk.types)
}

/// One step of the way to a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Field(&'a str),
    Key(&'a str),
    Index(usize),
}

/// What a value stands in.
#[derive(Clone, Copy)]
struct Place {
    /// The Go field is a pointer: null never reaches the type.
    pointer: bool,
    /// Below a type that decodes itself: what its decoder misses nobody hears of, and what it refuses ends all.
    own: bool,
}

/// A container whose children are being decoded.
pub(super) struct Open<'a> {
    pub(super) value: Value<'a>,
    pub(super) target: Target<'a>,
    children: std::vec::IntoIter<Value<'a>>,
    own: bool,
    index: usize,
    /// Names of fields, or keys, that were there already.
    seen: HashSet<&'a str>,
}

/// What the children of a container are decoded into.
#[derive(Clone, Copy)]
pub(super) enum Target<'a> {
    Struct(Struct<'a>),
    Map(Type<'a>),
    List(Type<'a>),
    /// Bytes written as a list of numbers, and texts in a schema's place.
    Scalars(Shape<'a>),
    /// Go's `any`: only keys that are there twice are noticed.
    Any,
}

struct Walk<'a> {
    object: &'a Object,
    json: bool,
    // Explicit stack: schemas of schemas are as deep as the input wants.
    open: Vec<Open<'a>>,
    path: Vec<Step<'a>>,
    fields: Vec<FieldError>,
    types: Vec<TypeError>,
    /// Upstream complains once about each path.
    complained: HashSet<(FieldErrorKind, String)>,
}

impl<'a> Walk<'a> {
    fn run(&mut self) {
        while let Some(top) = self.open.last_mut() {
            let Some(child) = top.children.next() else {
                self.open.pop();
                self.path.pop();
                continue;
            };
            let place = Place { pointer: false, own: top.own };
            match top.target {
                Target::List(item) => {
                    self.path.push(Step::Index(top.index));
                    top.index += 1;
                    self.enter(child, item, place);
                }
                Target::Scalars(shape) => {
                    self.path.push(Step::Index(top.index));
                    top.index += 1;
                    self.judge(child, shape, place);
                    self.path.pop();
                }
                Target::Map(value) => {
                    self.key(child);
                    self.path.push(Step::Key(child.key_or_empty()));
                    self.enter(child, value, place);
                }
                Target::Any => {
                    if top.value.kind() == ValueKind::Sequence {
                        self.path.push(Step::Index(top.index));
                        top.index += 1;
                    } else {
                        self.key(child);
                        self.path.push(Step::Key(child.key_or_empty()));
                    }
                    self.any(child, place);
                }
                Target::Struct(target) => {
                    let key = child.key_or_empty();
                    if let Some(field) = target.field(key) {
                        self.key(child);
                        self.path.push(Step::Field(key));
                        let place = Place { pointer: field.is_pointer(), ..place };
                        self.enter(child, field.value_type(), place);
                    } else if !top.own {
                        self.complain(FieldErrorKind::Unknown, child);
                    }
                }
            }
        }
    }

    /// Notices that a key or a field is there a second time.
    fn key(&mut self, child: Value<'a>) {
        let Some(top) = self.open.last_mut() else { return };
        if !top.seen.insert(child.key_or_empty()) && !top.own {
            self.complain(FieldErrorKind::Duplicate, child);
        }
    }

    /// Decodes the value at the end of the path into a type; the path's last step is taken back when it is done.
    fn enter(&mut self, value: Value<'a>, value_type: Type<'a>, place: Place) {
        let shape = value_type.shape();
        let target = match (shape, value.kind()) {
            (Shape::Struct(target), ValueKind::Mapping) => (Target::Struct(target), place.own),
            (Shape::Map { value }, ValueKind::Mapping) => (Target::Map(value), place.own),
            (Shape::List { item }, ValueKind::Sequence) => (Target::List(item), place.own),
            (Shape::Bytes, ValueKind::Sequence) => {
                (Target::Scalars(Shape::Integer { bits: 8, signed: false }), place.own)
            }
            (Shape::Any, _) => return self.any(value, place),
            (
                Shape::JsonSchemaPropsOrBool { schema }
                | Shape::JsonSchemaPropsOrArray { schema }
                | Shape::JsonSchemaPropsOrStringArray { schema },
                ValueKind::Mapping,
            ) => (Target::Struct(schema), true),
            (Shape::JsonSchemaPropsOrArray { schema }, ValueKind::Sequence) => {
                (Target::List(schema.as_type()), true)
            }
            (Shape::JsonSchemaPropsOrStringArray { .. }, ValueKind::Sequence) => {
                (Target::Scalars(Shape::String), true)
            }
            _ => {
                self.judge(value, shape, place);
                self.path.pop();
                return;
            }
        };
        self.open(value, target.0, target.1);
    }

    /// Decodes a value into Go's `any`.
    fn any(&mut self, value: Value<'a>, place: Place) {
        if matches!(value.kind(), ValueKind::Mapping | ValueKind::Sequence) {
            return self.open(value, Target::Any, place.own);
        }
        self.judge(value, Shape::Any, place);
        self.path.pop();
    }

    fn open(&mut self, value: Value<'a>, target: Target<'a>, own: bool) {
        let mut children: Vec<Value<'a>> = value.written().collect();
        if !self.json {
            // YAML becomes JSON by way of Go maps, which are written in the order of their keys.
            children.retain(|child| !child.is_replaced());
            if value.kind() == ValueKind::Mapping {
                children.sort_by(|left, right| left.key_or_empty().cmp(right.key_or_empty()));
            }
        }
        let children = children.into_iter();
        self.open.push(Open { value, target, children, own, index: 0, seen: HashSet::new() });
    }

    fn judge(&mut self, value: Value<'a>, shape: Shape<'a>, place: Place) {
        let Some(Misfit { expected, reason, stops }) = scalar::misfit(value, shape, place.pointer) else {
            return;
        };
        let location = value.location(self.field_path());
        let stops = stops || place.own;
        self.types.push(TypeError { expected, found: value.kind(), reason, location, stops });
    }

    fn complain(&mut self, kind: FieldErrorKind, child: Value<'a>) {
        let key = child.key_or_empty();
        let path = printed(&self.path, key);
        if !self.complained.insert((kind, path.clone())) {
            return;
        }
        let unknown = kind == FieldErrorKind::Unknown;
        let own_path = self.field_path();
        let is_map = self.open.last().is_some_and(|top| matches!(top.target, Target::Map(_) | Target::Any));
        let mut location = child.location(if is_map { own_path.key(key) } else { own_path.field(key) });
        location.position = child.key_position();
        let hint = if unknown { hints::of(self.object, &self.open, &self.path, child) } else { None };
        self.fields.push(FieldError { kind, path, location, hint });
    }

    fn field_path(&self) -> FieldPath {
        self.path.iter().fold(FieldPath::root(), |path, step| match step {
            Step::Field(name) => path.field(name),
            Step::Key(key) => path.key(key),
            Step::Index(index) => path.index(*index),
        })
    }
}

/// A path as the strict decoder prints it.
pub(super) fn printed(path: &[Step<'_>], last: &str) -> String {
    let mut text = path_text(path);
    if !path.is_empty() {
        text.push('.');
    }
    text + last
}

/// The same without a last field.
pub(super) fn path_text(path: &[Step<'_>]) -> String {
    let mut text = String::new();
    for (index, step) in path.iter().enumerate() {
        match step {
            Step::Field(name) | Step::Key(name) => {
                if index > 0 {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Index(item) => {
                text.push('[');
                text.push_str(&item.to_string());
                text.push(']');
            }
        }
    }
    text
}
