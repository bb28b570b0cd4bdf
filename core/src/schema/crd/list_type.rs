//! Lists that are sets or maps: no item, or no key, stands twice.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/listtype/validation.go

use std::collections::HashMap;

use super::node::{Additional, ListType, Node, NodeId, Schema};
use super::text;
use super::validate::Fault;
use crate::object::{FieldPath, MemoryBuilder, Object, SourceName, Value, ValueKind};
use crate::read::write::to_canonical_json;
use crate::version::KubeVersion;

/// Every duplicate in an object.
pub(super) fn check(object: &Object, schema: &Schema, version: KubeVersion) -> Vec<Fault> {
    let mut lists = Lists { schema, version, faults: Vec::new() };
    if !schema.nodes.is_empty() {
        lists.mapping(object.root(), Schema::ROOT, &FieldPath::root());
    }
    lists.faults
}

struct Lists<'a> {
    schema: &'a Schema,
    version: KubeVersion,
    faults: Vec<Fault>,
}

impl Lists<'_> {
    /// The depth of the recursion is that of the schema.
    fn value(&mut self, value: Value<'_>, id: NodeId, path: &FieldPath) {
        match value.kind() {
            ValueKind::Mapping => self.mapping(value, id, path),
            ValueKind::Sequence => self.sequence(value, id, path),
            _ => {}
        }
    }

    fn mapping(&mut self, value: Value<'_>, id: NodeId, path: &FieldPath) {
        let Some(node) = self.schema.node(id) else { return };
        for (key, value) in value.entries().filter(|(_, value)| is_container(*value)) {
            if let Some(Additional::Schema(additional)) = node.additional {
                self.value(value, additional, &path.clone().key(key));
            }
            if let Some(property) = node.property(key) {
                self.value(value, property, &path.clone().field(key));
            }
        }
    }

    fn sequence(&mut self, value: Value<'_>, id: NodeId, path: &FieldPath) {
        let Some(node) = self.schema.node(id) else { return };
        match node.list_type {
            Some(ListType::Set) => {
                for (index, item) in repeated(value.items().map(Key::of)) {
                    let shown = item.value.map_or_else(String::new, |item| text::value(item, self.version));
                    self.fault(&path.clone().index(index), &format!("Duplicate value: {shown}"));
                }
            }
            Some(ListType::Map) => self.map(value, node, path),
            _ => {}
        }
        if let Some(items) = node.items {
            for (index, item) in value.items().enumerate().filter(|(_, item)| is_container(*item)) {
                self.value(item, items, &path.clone().index(index));
            }
        }
    }

    fn map(&mut self, list: Value<'_>, node: &Node, path: &FieldPath) {
        let stranger = list
            .items()
            .enumerate()
            .find(|(_, item)| !matches!(item.kind(), ValueKind::Mapping | ValueKind::Null));
        if let Some((index, item)) = stranger {
            let shown = text::value(item, self.version);
            let body = format!("Invalid value: {shown}: must be an object for an array of list-type map");
            return self.fault(&path.clone().index(index), &body);
        }
        if let [key] = node.list_keys.as_slice() {
            for (index, found) in repeated(list.items().map(|item| Key::one(item.get(key)))) {
                let shown = object_of([(&**key, found.value)]);
                self.duplicate(&path.clone().index(index), shown.as_ref());
            }
            return;
        }
        let keys = list.items().map(|item| {
            let present = node.list_keys.iter().map(|key| (&**key, item.get(key)));
            Key::many(object_of(present).as_ref())
        });
        let found: Vec<usize> = repeated(keys).map(|(index, _)| index).collect();
        for index in found {
            let Some(item) = list.items().nth(index) else { continue };
            let shown = object_of(node.list_keys.iter().map(|key| (&**key, item.get(key))));
            self.duplicate(&path.clone().index(index), shown.as_ref());
        }
    }

    fn duplicate(&mut self, path: &FieldPath, shown: Option<&Object>) {
        let shown = shown.map_or_else(String::new, |shown| text::value(shown.root(), self.version));
        self.fault(path, &format!("Duplicate value: {shown}"));
    }

    fn fault(&mut self, path: &FieldPath, body: &str) {
        let text = format!("{path}: {body}");
        self.faults.push(Fault { message: text.clone(), text, path: path.clone() });
    }
}

fn is_container(value: Value<'_>) -> bool {
    matches!(value.kind(), ValueKind::Mapping | ValueKind::Sequence)
}

/// What items are compared by.
struct Key<'v> {
    text: String,
    value: Option<Value<'v>>,
}

impl<'v> Key<'v> {
    /// Scalars by kind and value, everything else by its JSON.
    fn of(value: Value<'v>) -> Self {
        let text = match (text::Number::of(value), value.kind()) {
            (Some(number @ text::Number::Int(_)), _) => format!("i{}", number.text()),
            (Some(number), _) => format!("f{}", number.text()),
            (None, _) => to_canonical_json(value),
        };
        Self { text, value: Some(value) }
    }

    fn one(value: Option<Value<'v>>) -> Self {
        value.map_or(Self { text: String::new(), value: None }, Self::of)
    }

    fn many(object: Option<&Object>) -> Self {
        Self { text: object.map_or_else(String::new, |object| to_canonical_json(object.root())), value: None }
    }
}

/// The second appearance of each key that appears more than once.
fn repeated<'v>(keys: impl Iterator<Item = Key<'v>>) -> impl Iterator<Item = (usize, Key<'v>)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    keys.enumerate().filter(move |(_, key)| {
        let times = seen.entry(key.text.clone()).or_default();
        *times += 1;
        *times == 2
    })
}

/// An object of the keys that are there.
fn object_of<'k, 'v>(entries: impl IntoIterator<Item = (&'k str, Option<Value<'v>>)>) -> Option<Object> {
    let mut builder = MemoryBuilder::new();
    builder.open_mapping();
    for (key, value) in entries {
        if let Some(value) = value {
            builder.key(key);
            super::walk::copy(value, &mut builder);
        }
    }
    builder.close();
    builder.finish(SourceName::new(""))
}
