//! Documents to objects: lists become their items, and what is no object is refused as kubectl refuses it.
//!
//! upstream: apimachinery pkg/apis/meta/v1/unstructured/helpers.go (`unstructuredJSONScheme`);
//! cli-runtime pkg/resource/visitor.go (`FlattenListVisitor`), mapper.go (`infoForObject`)

use super::error::{Code, ReadError};
use super::metadata::wrong_metadata;
use super::stream::Document;
use crate::object::builder::{NodeId, TreeBuilder};
use crate::object::tree::Tree;
use crate::object::{FieldPath, Object, Origin, Value, ValueKind};

/// The objects of one document, and what is wrong with it; in order.
pub(super) fn flatten(document: Document, out: &mut Vec<Result<Object, ReadError>>) {
    let Document { tree, items } = document;
    let Some(root) = Object::new(tree) else { return };
    let value = root.root();
    if value.is_null() {
        return;
    }
    if value.kind() != ValueKind::Mapping {
        let message = format!("a document must be a mapping, and this is a value of kind {}", value.kind());
        out.push(Err(error(Code::NotAnObject, message, value, FieldPath::root())));
        return;
    }
    if let Err(error) = check_document(value) {
        out.push(Err(error));
        return;
    }
    let Some(list) = value.get("items") else {
        out.push(Ok(root));
        return;
    };
    match list.kind() {
        ValueKind::Null => {}
        ValueKind::Sequence => {
            let items = match items {
                Some(items) if list.items().next().is_none() => items,
                _ => cut_items(list, root.origin()),
            };
            let kind = text(value, "kind");
            let kind = kind.strip_suffix("List").unwrap_or(kind);
            for item in items {
                out.push(flatten_item(item, kind, text(value, "apiVersion")));
            }
        }
        _ => {
            let message = "a document with `items` is a list to kubectl, and these are no list";
            let path = FieldPath::root().field("items");
            out.push(Err(error(Code::List, message.to_owned(), list, path)));
        }
    }
}

/// What kubectl checks of a whole document.
fn check_document(value: Value<'_>) -> Result<(), ReadError> {
    for field in ["kind", "apiVersion"] {
        if let Some(found) = value.get(field)
            && !matches!(found.kind(), ValueKind::String | ValueKind::Null)
        {
            let message = format!("`{field}` must be a string");
            let code = if field == "kind" { Code::MissingKind } else { Code::MetadataType };
            return Err(error(code, message, found, FieldPath::root().field(field)));
        }
    }
    if text(value, "kind").is_empty() {
        return Err(missing_kind(value));
    }
    if text(value, "apiVersion").matches('/').count() > 1 {
        return Err(bad_version(value));
    }
    match value.get("metadata").and_then(wrong_metadata) {
        Some((path, found, wanted)) => {
            let message = format!("`{path}` must be {wanted}");
            Err(error(Code::MetadataType, message, found, path))
        }
        None => Ok(()),
    }
}

fn flatten_item(tree: Tree, kind: &str, api_version: &str) -> Result<Object, ReadError> {
    let origin = tree.origin.clone();
    let Some(mut object) = Object::new(tree) else {
        return Err(ReadError {
            code: Code::NotAnObject,
            message: "a list item must be a mapping".to_owned(),
            location: crate::object::Location {
                position: origin.start,
                source: origin.source,
                document: origin.document,
                item: origin.item,
                path: FieldPath::root(),
            },
            help: None,
        });
    };
    if object.root().is_null() {
        // Nothing is an object without fields, and an item of a typed list still has a type.
        let mut empty = TreeBuilder::new();
        empty.open_mapping(0);
        empty.close();
        let empty = Object::new(empty.finish(object.text(), origin));
        object = empty.unwrap_or(object);
    }
    if object.root().kind() != ValueKind::Mapping {
        let root = object.root();
        let message = format!("a list item must be a mapping, and this is a value of kind {}", root.kind());
        return Err(error(Code::NotAnObject, message, root, FieldPath::root()));
    }
    // Items of a typed list, such as `PodList`, have the type that the list names.
    if object.kind().is_empty() && object.api_version().is_empty() && !kind.is_empty() {
        object = object.with_fields(&[("kind", kind), ("apiVersion", api_version)]);
    }
    let root = object.root();
    if root.get("items").is_some_and(|items| items.kind() == ValueKind::Sequence) {
        let message = "a list inside a list cannot be read by kubectl";
        return Err(error(Code::List, message.to_owned(), root, FieldPath::root()));
    }
    if object.kind().is_empty() {
        return Err(missing_kind(root));
    }
    let version = object.api_version();
    let version_missing = version.rsplit_once('/').map_or(version, |(_, version)| version).is_empty();
    if version.matches('/').count() > 1 {
        return Err(bad_version(root));
    }
    if version_missing {
        let message = "a list item needs `apiVersion`";
        return Err(error(Code::MissingKind, message.to_owned(), root, FieldPath::root()));
    }
    Ok(object)
}

/// The items of a list that was read in one piece.
fn cut_items(list: Value<'_>, origin: &Origin) -> Vec<Tree> {
    let items = list.items().enumerate().map(|(index, item)| {
        let origin = Origin { item: u32::try_from(index).ok(), ..origin.clone() };
        TreeBuilder::cut(item.tree(), NodeId(item.index()), origin)
    });
    items.collect()
}

fn missing_kind(value: Value<'_>) -> ReadError {
    let other = value.entries().find(|(key, _)| key.eq_ignore_ascii_case("kind") && *key != "kind");
    let mut error = error(Code::MissingKind, "`kind` is missing".to_owned(), value, FieldPath::root());
    error.help = match other {
        Some((key, _)) => Some(format!("keys are case-sensitive: `{key}` is not `kind`")),
        None => Some("every object needs `apiVersion` and `kind`".to_owned()),
    };
    error
}

fn bad_version(value: Value<'_>) -> ReadError {
    let found = value.get("apiVersion").unwrap_or(value);
    let message = "`apiVersion` must be a version, or a group and a version with one `/` between them";
    error(Code::MissingKind, message.to_owned(), found, FieldPath::root().field("apiVersion"))
}

fn error(code: Code, message: String, value: Value<'_>, path: FieldPath) -> ReadError {
    ReadError { code, message, location: value.location(path), help: None }
}

fn text<'a>(value: Value<'a>, key: &str) -> &'a str {
    value.get(key).and_then(|value| value.as_str()).unwrap_or_default()
}
