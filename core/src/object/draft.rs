//! Values that can be changed, to make a new object of what was read.

use std::fmt;

use super::memory::MemoryBuilder;
use super::source::SourceName;
use super::value::{Entries, Items, Value, ValueKind};
use super::{Object, Origin};

/// A value that can be changed.
///
/// ```
/// use kubelogic_core::object::{Draft, Object};
/// let pod = Object::from_serialize(&serde_json::json!({"kind": "Pod", "metadata": {"name": "a"}})).unwrap();
/// let mut draft = Draft::of(pod.root());
/// draft.map_at("metadata").set("namespace", Draft::text("shop"));
/// let moved = draft.into_object(pod.origin()).unwrap();
/// assert_eq!((moved.name(), moved.namespace()), ("a", "shop"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Draft {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number in JSON's notation.
    Number(Box<str>),
    /// Text.
    String(Box<str>),
    /// A list.
    List(Vec<Draft>),
    /// A mapping; the order of its keys is kept.
    Map(DraftMap),
}

/// The entries of a [`Draft::Map`], in their order, each key once.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DraftMap(Vec<(Box<str>, Draft)>);

impl Draft {
    /// A copy of a value that was read.
    pub fn of(value: Value<'_>) -> Self {
        // Explicit work list: the depth of a value is the input's choice.
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut next = Some((None, value));
        loop {
            let (key, done) = match next.take() {
                Some((key, value)) => match value.kind() {
                    ValueKind::Sequence => {
                        open.push(Open::List(key, value.items(), Vec::new()));
                        (None, None)
                    }
                    ValueKind::Mapping => {
                        open.push(Open::Map(key, value.entries(), DraftMap::default()));
                        (None, None)
                    }
                    _ => (key, Some(Self::scalar(value))),
                },
                None => match open.pop() {
                    Some(Open::List(key, _, items)) => (key, Some(Self::List(items))),
                    Some(Open::Map(key, _, entries)) => (key, Some(Self::Map(entries))),
                    None => return Self::Null,
                },
            };
            if let Some(done) = done {
                match (open.last_mut(), key) {
                    (Some(Open::List(_, _, items)), _) => items.push(done),
                    // Keys of a value are different from each other: nothing has to be searched.
                    (Some(Open::Map(_, _, entries)), Some(key)) => entries.0.push((key.into(), done)),
                    _ => return done,
                }
            }
            next = match open.last_mut() {
                Some(Open::List(_, items, _)) => items.next().map(|item| (None, item)),
                Some(Open::Map(_, entries, _)) => entries.next().map(|(key, value)| (Some(key), value)),
                None => None,
            };
        }
    }

    /// A text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::String(text.as_ref().into())
    }

    /// A whole number.
    pub fn integer(number: impl Into<i64>) -> Self {
        Self::Number(number.into().to_string().into())
    }

    /// A mapping of these entries, in this order.
    pub fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The value of a key; nothing when this is no mapping or has no such key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        if let Self::Map(entries) = self { entries.get(key) } else { None }
    }

    /// The entries, if it is a mapping. Anything else becomes an empty one first.
    pub fn as_map(&mut self) -> &mut DraftMap {
        match self {
            Self::Map(entries) => entries,
            other => {
                *other = Self::Map(DraftMap::default());
                other.as_map()
            }
        }
    }

    /// The mapping under a key of this mapping; made when it is not there.
    pub fn map_at(&mut self, key: &str) -> &mut DraftMap {
        self.as_map().entry(key).as_map()
    }

    /// The items, if it is a list. Anything else becomes an empty one first.
    pub fn as_list(&mut self) -> &mut Vec<Self> {
        match self {
            Self::List(items) => items,
            other => {
                *other = Self::List(Vec::new());
                other.as_list()
            }
        }
    }

    /// An object of this value, which was made from what stands at `origin`; it has no text and no positions of its
    /// own. Nothing for a value that is no mapping.
    pub fn into_object(self, origin: &Origin) -> Option<Object> {
        let Self::Map(_) = self else { return None };
        let mut builder = MemoryBuilder::new();
        let mut work = vec![Step::Value(None, &self)];
        while let Some(step) = work.pop() {
            let (key, value) = match step {
                Step::Value(key, value) => (key, value),
                Step::Close => {
                    builder.close();
                    continue;
                }
            };
            if let Some(key) = key {
                builder.key(key);
            }
            match value {
                Self::Null => builder.null(),
                Self::Bool(value) => builder.bool(*value),
                Self::Number(json) => builder.number(json),
                Self::String(text) => builder.string(text),
                Self::List(items) => {
                    builder.open_sequence();
                    work.push(Step::Close);
                    work.extend(items.iter().rev().map(|item| Step::Value(None, item)));
                }
                Self::Map(DraftMap(entries)) => {
                    builder.open_mapping();
                    work.push(Step::Close);
                    work.extend(entries.iter().rev().map(|(key, value)| Step::Value(Some(key), value)));
                }
            }
        }
        let object = builder.finish(SourceName::new(origin.source.as_str()))?;
        Some(object.at_origin(Origin { start: None, ..origin.clone() }))
    }

    fn scalar(value: Value<'_>) -> Self {
        if let Some(flag) = value.as_bool() {
            Self::Bool(flag)
        } else if let Some(text) = value.as_str() {
            Self::String(text.into())
        } else if let Some(number) = value.as_number() {
            Self::Number(number.as_json().into())
        } else {
            Self::Null
        }
    }
}

impl DraftMap {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Draft> {
        self.0.iter().find(|(known, _)| **known == *key).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Draft> {
        self.0.iter_mut().find(|(known, _)| **known == *key).map(|(_, value)| value)
    }

    /// The value of a key, to be changed; a new key comes last and is null.
    #[expect(clippy::indexing_slicing, reason = "the index was just found or made")]
    pub fn entry(&mut self, key: &str) -> &mut Draft {
        let index = self.0.iter().position(|(known, _)| **known == *key).unwrap_or_else(|| {
            self.0.push((key.into(), Draft::Null));
            self.0.len() - 1
        });
        &mut self.0[index].1
    }

    /// Sets the value of a key, which keeps its place; a new one comes last.
    pub fn set(&mut self, key: &str, value: Draft) {
        *self.entry(key) = value;
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Draft> {
        let index = self.0.iter().position(|(known, _)| **known == *key)?;
        Some(self.0.remove(index).1)
    }

    /// Gives a key another name; it keeps its place.
    pub fn rename(&mut self, key: &str, name: &str) {
        if let Some((known, _)) = self.0.iter_mut().find(|(known, _)| **known == *key) {
            *known = name.into();
        }
    }

    /// Keys and values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Draft)> {
        self.0.iter().map(|(key, value)| (&**key, value))
    }

    /// Keys and values in their order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Draft)> {
        self.0.iter_mut().map(|(key, value)| (&**key, value))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Of two equal keys the last one wins, in the place of the first.
impl FromIterator<(Box<str>, Draft)> for DraftMap {
    fn from_iter<I: IntoIterator<Item = (Box<str>, Draft)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (key, value) in entries {
            map.set(&key, value);
        }
        map
    }
}

impl fmt::Debug for Draft {
    /// The kind only: a value may be a secret.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Null => "Draft(null)",
            Self::Bool(_) => "Draft(bool)",
            Self::Number(_) => "Draft(number)",
            Self::String(_) => "Draft(string)",
            Self::List(_) => "Draft(array)",
            Self::Map(_) => "Draft(object)",
        })
    }
}

impl fmt::Debug for DraftMap {
    /// The number of entries only: a value may be a secret.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "DraftMap({})", self.0.len())
    }
}

/// A container that is being copied: its key, what is left of it, and what was copied.
enum Open<'a> {
    List(Option<&'a str>, Items<'a>, Vec<Draft>),
    Map(Option<&'a str>, Entries<'a>, DraftMap),
}

enum Step<'a> {
    Value(Option<&'a str>, &'a Draft),
    Close,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: &serde_json::Value) -> Object {
        Object::from_serialize(json).unwrap()
    }

    #[test]
    fn a_copy_is_what_was_read() {
        for json in [
            serde_json::json!({}),
            serde_json::json!({"a": [], "b": {}, "c": null, "d": [{"e": [1, "x", true, null, 1.5]}], "f": {"g": {}}}),
        ] {
            let object = object(&json);
            let copy = Draft::of(object.root()).into_object(object.origin()).unwrap();
            assert_eq!(copy, object);
            assert_eq!(copy.to_typed::<serde_json::Value>().unwrap(), json);
        }
    }

    #[test]
    fn depth_is_no_danger() {
        let text = format!("{}1{}", r#"{"a":["#.repeat(400), "]}".repeat(400));
        let reading = crate::read::documents(&text, &crate::read::Options::named("deep"));
        let deep = reading.documents.into_iter().next().unwrap().unwrap();
        assert_eq!(Draft::of(deep.root()).into_object(deep.origin()).unwrap(), deep);
    }

    #[test]
    fn changed_keys_keep_their_places() {
        let mut draft = Draft::of(object(&serde_json::json!({"a": 1, "b": 2, "c": 3})).root());
        let map = draft.as_map();
        map.set("b", Draft::text("x"));
        map.rename("a", "z");
        map.set("d", Draft::integer(4));
        assert_eq!(map.remove("c"), Some(Draft::integer(3)));
        let keys: Vec<&str> = map.iter().map(|(key, _)| key).collect();
        assert_eq!((keys, map.len()), (vec!["z", "b", "d"], 3));
        assert_eq!(format!("{draft:?} {:?}", Draft::text("secret")), "Draft(object) Draft(string)");
    }
}
