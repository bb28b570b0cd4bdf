//! The types of the fields of `metadata`, which kubectl checks before it sends anything.
//!
//! upstream: cli-runtime `pkg/resource/metadata_decoder.go`

use super::assemble::path_step;
use super::yaml::is_rfc3339;
use crate::meta::fields::{MetadataType as Type, OBJECT_META};
use crate::object::{FieldPath, Value, ValueKind};

type Wrong<'a> = (FieldPath, Value<'a>, &'static str);

/// The first field of `metadata` that has the wrong type, and what it must be. Null is always accepted.
pub(super) fn wrong_metadata(metadata: Value<'_>) -> Option<Wrong<'_>> {
    wrong_fields(metadata, OBJECT_META, &FieldPath::root().field("metadata"))
}

fn wrong_fields<'a>(
    value: Value<'a>,
    fields: &[(&'static str, Type)],
    path: &FieldPath,
) -> Option<Wrong<'a>> {
    match value.kind() {
        ValueKind::Null => None,
        ValueKind::Mapping => value.entries().find_map(|(key, value)| {
            let (_, wanted) = fields.iter().find(|(name, _)| *name == key)?;
            wrong_value(value, *wanted, &path.clone().field(key))
        }),
        _ => Some((path.clone(), value, "an object")),
    }
}

fn wrong_value<'a>(value: Value<'a>, wanted: Type, path: &FieldPath) -> Option<Wrong<'a>> {
    if value.is_null() {
        return None;
    }
    let wrong = |right: bool, what: &'static str| (!right).then(|| (path.clone(), value, what));
    match wanted {
        Type::Any => None,
        Type::String => wrong(value.as_str().is_some(), "a string"),
        Type::Bool => wrong(value.as_bool().is_some(), "true or false"),
        Type::Integer => wrong(value.as_i64().is_some(), "an integer"),
        Type::Time => wrong(value.as_str().is_some_and(is_rfc3339), "a time such as 2006-01-02T15:04:05Z"),
        Type::Strings if value.kind() == ValueKind::Mapping => value
            .entries()
            .find(|(_, value)| !matches!(value.kind(), ValueKind::String | ValueKind::Null))
            .map(|(key, value)| (path_step(path.clone(), key), value, "a string")),
        Type::StringList if value.kind() == ValueKind::Sequence => value
            .items()
            .enumerate()
            .find(|(_, value)| !matches!(value.kind(), ValueKind::String | ValueKind::Null))
            .map(|(index, value)| (path.clone().index(index), value, "a string")),
        Type::List(fields) if value.kind() == ValueKind::Sequence => value
            .items()
            .enumerate()
            .find_map(|(index, value)| wrong_fields(value, fields, &path.clone().index(index))),
        Type::Strings => wrong(false, "an object whose values are strings"),
        Type::StringList | Type::List(_) => wrong(false, "a list"),
    }
}
