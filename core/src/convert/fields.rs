//! Fields of what is being converted.

use crate::object::{Draft, DraftMap};

/// The mapping at a path; nothing when there is none.
pub(super) fn map_at<'a>(object: &'a mut DraftMap, path: &[&str]) -> Option<&'a mut DraftMap> {
    path.iter().try_fold(object, |map, key| match map.get_mut(key) {
        Some(Draft::Map(inner)) => Some(inner),
        _ => None,
    })
}

/// Does something with each mapping in a list.
pub(super) fn each(map: &mut DraftMap, list: &str, mut change: impl FnMut(&mut DraftMap)) {
    if let Some(Draft::List(items)) = map.get_mut(list) {
        for item in items {
            if let Draft::Map(item) = item {
                change(item);
            }
        }
    }
}

/// The text of a key; empty when it is no text.
pub(super) fn text<'a>(map: &'a DraftMap, key: &str) -> &'a str {
    map.get(key).and_then(Draft::as_str).unwrap_or_default()
}

/// The value of a key, unless it is null or not there.
pub(super) fn written<'a>(map: &'a DraftMap, key: &str) -> Option<&'a Draft> {
    map.get(key).filter(|value| **value != Draft::Null)
}

/// Renames a key. A key that has the new name already means nothing in the old version, and is dropped.
pub(super) fn rename(map: &mut DraftMap, from: &str, to: &str) {
    map.remove(to);
    map.rename(from, to);
}

/// Whether nothing is there, or only what decoding takes for nothing.
pub(super) fn is_empty(value: Option<&Draft>) -> bool {
    match value {
        None | Some(Draft::Null) => true,
        Some(Draft::List(items)) => items.is_empty(),
        Some(Draft::Map(entries)) => entries.is_empty(),
        Some(_) => false,
    }
}

/// The text of an annotation; nothing when it is no text.
pub(super) fn annotation<'a>(object: &'a DraftMap, key: &str) -> Option<&'a str> {
    object.get("metadata")?.get("annotations")?.get(key)?.as_str()
}

/// Sets an annotation.
pub(super) fn annotate(object: &mut DraftMap, key: &str, value: &str) {
    object.entry("metadata").map_at("annotations").set(key, Draft::text(value));
}

/// Takes an annotation out, and with the last one the fields that held it.
pub(super) fn remove_annotation(object: &mut DraftMap, key: &str) -> Option<Draft> {
    let metadata = map_at(object, &["metadata"])?;
    let annotations = map_at(metadata, &["annotations"])?;
    let removed = annotations.remove(key)?;
    if annotations.is_empty() {
        metadata.remove("annotations");
        if metadata.is_empty() {
            object.remove("metadata");
        }
    }
    Some(removed)
}

/// Whether two values are equal to decoding: the order of keys does not matter, nor whether something empty is written.
pub(super) fn same(one: Option<&Draft>, other: Option<&Draft>) -> bool {
    // Explicit work list: the depth of a schema is the input's choice.
    let mut work = vec![(one, other)];
    while let Some((one, other)) = work.pop() {
        match (one, other) {
            (Some(Draft::Map(left)), Some(Draft::Map(right))) => {
                let others = right.iter().filter(|(key, _)| left.get(key).is_none());
                for (key, _) in left.iter().chain(others) {
                    let (one, other) = (left.get(key), right.get(key));
                    if !(is_free(key) && is_empty(one) && is_empty(other)) {
                        work.push((one, other));
                    }
                }
            }
            (Some(Draft::List(left)), Some(Draft::List(right))) if left.len() == right.len() => {
                work.extend(left.iter().zip(right).map(|(left, right)| (Some(left), Some(right))));
            }
            (left, right) if left == right => {}
            (None | Some(Draft::Null), Some(Draft::Null)) | (Some(Draft::Null), None) => {}
            (None | Some(Draft::Null), Some(Draft::List(items)))
            | (Some(Draft::List(items)), None | Some(Draft::Null))
                if items.is_empty() => {}
            _ => return false,
        }
    }
    true
}

/// Whether the field of a schema is a map with free keys, of which an empty one is none.
fn is_free(key: &str) -> bool {
    matches!(key, "properties" | "patternProperties" | "definitions" | "dependencies")
}
