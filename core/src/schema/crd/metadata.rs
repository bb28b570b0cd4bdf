//! `metadata` as the API server reads it: typed, whatever a schema says.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/objectmeta/coerce.go (`GetObjectMetaWithOptions`)

use super::walk::{Sink, UnknownField, copy};
use crate::meta::fields::{MetadataType as Type, OBJECT_META, OWNER_REFERENCE};
use crate::near::nearest;
use crate::object::{FieldPath, Location, Value, ValueKind};
use crate::read::is_rfc3339;
use crate::read::write::to_canonical_json;

/// A value that the field cannot hold, and what it must be.
type Wrong<'v> = (Value<'v>, String);

/// The fields of `metadata` that do not exist, in order of name; an error when a value has the wrong type.
/// `path` is that of the metadata itself.
pub(super) fn read<'v>(metadata: Value<'v>, path: &str) -> Result<Vec<UnknownField>, Wrong<'v>> {
    let mut unknown = Vec::new();
    fields(metadata, OBJECT_META, path, &mut unknown)?;
    Ok(unknown)
}

fn fields<'v>(
    value: Value<'v>,
    known: &'static [(&'static str, Type)],
    path: &str,
    unknown: &mut Vec<UnknownField>,
) -> Result<(), Wrong<'v>> {
    if value.is_null() {
        return Ok(());
    }
    if value.kind() != ValueKind::Mapping {
        return Err((value, format!("`{path}` must be an object")));
    }
    // upstream writes the metadata as JSON first, with sorted keys
    let mut entries: Vec<_> = value.entries().collect();
    entries.sort_by_key(|(key, _)| *key);
    for (key, value) in entries {
        let path = format!("{path}.{key}");
        if let Some((_, wanted)) = known.iter().find(|(name, _)| *name == key) {
            field(value, *wanted, &path, unknown)?;
            continue;
        }
        let location = FieldPath::parse(&path).unwrap_or_default();
        let location = Location { position: value.key_position(), ..value.location(location) };
        let nearest = nearest(key, known.iter().map(|(name, _)| *name)).map(str::to_owned);
        unknown.push(UnknownField { path, location, nearest });
    }
    Ok(())
}

fn field<'v>(
    value: Value<'v>,
    wanted: Type,
    path: &str,
    unknown: &mut Vec<UnknownField>,
) -> Result<(), Wrong<'v>> {
    if value.is_null() {
        return Ok(());
    }
    let must = |right: bool, what: &str| {
        if right { Ok(()) } else { Err((value, format!("`{path}` must be {what}"))) }
    };
    let plain = |value: &Value<'v>| matches!(value.kind(), ValueKind::String | ValueKind::Null);
    match wanted {
        Type::Any => Ok(()),
        Type::String => must(value.as_str().is_some(), "a string"),
        Type::Bool => must(value.as_bool().is_some(), "true or false"),
        Type::Integer => must(is_integer(value), "a whole number"),
        Type::Time => must(value.as_str().is_some_and(is_rfc3339), "a time such as 2006-01-02T15:04:05Z"),
        Type::Strings => {
            must(value.kind() == ValueKind::Mapping, "an object whose values are strings")?;
            match value.entries().find(|(_, value)| !plain(value)) {
                Some((key, value)) => Err((value, format!("`{path}[{key}]` must be a string"))),
                None => Ok(()),
            }
        }
        Type::StringList => {
            must(value.kind() == ValueKind::Sequence, "a list of strings")?;
            must(value.items().all(|item| plain(&item)), "a list of strings")
        }
        Type::List(known) => {
            must(value.kind() == ValueKind::Sequence, "a list")?;
            let mut items = value.items().enumerate();
            items.try_for_each(|(index, item)| fields(item, known, &format!("{path}[{index}]"), unknown))
        }
    }
}

/// Upstream writes metadata as JSON before it reads it typed, which makes `1` of `1.0`.
fn is_integer(value: Value<'_>) -> bool {
    value.kind() == ValueKind::Number && to_canonical_json(value).parse::<i64>().is_ok()
}

/// Whether known fields look different once they are written again: nulls and what is empty are gone then.
pub(super) fn is_rewritten(metadata: Value<'_>) -> bool {
    let empty = |value: Value<'_>| {
        value.is_null()
            || value.as_str() == Some("")
            || value.entries().chain(value.items().map(|item| ("", item))).any(|(_, value)| value.is_null())
    };
    metadata.is_null() || metadata.entries().any(|(_, value)| empty(value) || value.items().next().is_some())
}

/// Writes the entries of `metadata` without what does not exist, what is empty and what cannot be read.
pub(super) fn write_entries(metadata: Value<'_>, out: &mut impl Sink) {
    for (key, value) in metadata.entries() {
        if let Some(wanted) = kept(key, value) {
            out.key(key);
            write_field(value, wanted, out);
        }
    }
}

/// Whether a field of `metadata` is still there once it is written again.
pub(super) fn keeps(metadata: Value<'_>, name: &str) -> bool {
    metadata.get(name).and_then(|value| kept(name, value)).is_some()
}

fn kept(key: &str, value: Value<'_>) -> Option<Type> {
    let (_, wanted) = OBJECT_META.iter().find(|(name, _)| *name == key)?;
    let stays = !is_empty(value, *wanted) && field(value, *wanted, "", &mut Vec::new()).is_ok();
    stays.then_some(*wanted)
}

/// Fields that are written even when they are empty: the four that name an owner.
fn always(known: &'static [(&'static str, Type)]) -> impl Iterator<Item = &'static str> {
    let named = if known.len() == OWNER_REFERENCE.len() { 4 } else { 0 };
    known.iter().take(named).map(|(name, _)| *name)
}

/// What upstream leaves out when it writes metadata again.
fn is_empty(value: Value<'_>, wanted: Type) -> bool {
    match wanted {
        Type::String => value.is_null() || value.as_str() == Some(""),
        Type::Integer => value.is_null() || value.as_i64() == Some(0),
        Type::Strings | Type::StringList | Type::List(_) => {
            value.entries().next().is_none() && value.items().next().is_none()
        }
        _ => value.is_null(),
    }
}

fn write_field(value: Value<'_>, wanted: Type, out: &mut impl Sink) {
    match (wanted, value.kind()) {
        (Type::Strings, ValueKind::Mapping) => {
            out.open(ValueKind::Mapping);
            for (key, value) in value.entries() {
                out.key(key);
                out.string(value.as_str().unwrap_or_default());
            }
            out.close();
        }
        (Type::StringList, ValueKind::Sequence) => {
            out.open(ValueKind::Sequence);
            for item in value.items() {
                out.string(item.as_str().unwrap_or_default());
            }
            out.close();
        }
        (Type::List(known), ValueKind::Sequence) => {
            out.open(ValueKind::Sequence);
            for item in value.items() {
                out.open(ValueKind::Mapping);
                for (key, value) in item.entries() {
                    let wanted = known.iter().find(|(name, _)| *name == key).map(|(_, wanted)| *wanted);
                    let is_filled =
                        |wanted| always(known).any(|name| name == key) || !is_empty(value, wanted);
                    if !value.is_null() && wanted.is_some_and(is_filled) {
                        out.key(key);
                        copy(value, out);
                    }
                }
                for name in always(known) {
                    if item.get(name).is_none_or(|value| value.is_null()) {
                        out.key(name);
                        out.string("");
                    }
                }
                out.close();
            }
            out.close();
        }
        _ => copy(value, out),
    }
}
