//! Single values as Go's decoder takes them: null changes nothing, any other kind than the wanted one is refused.
//!
//! upstream: sigs.k8s.io/json internal/golang/encoding/json/decode.go (literalStore, array, object)

use kubelogic_core::object::{FieldPath, Value, ValueKind};

use super::Refusal;
use super::base64::decode as base64;
use super::place::Place;
use crate::secret::{Secret, SecretBytes};

/// The fields of an object in order of name; none for null.
pub(super) fn fields<'a>(
    value: Value<'a>,
    place: &Place<'_>,
    wanted: &str,
) -> Result<Vec<(&'a str, Value<'a>)>, Refusal> {
    match value.kind() {
        ValueKind::Null => Ok(Vec::new()),
        ValueKind::Mapping => {
            let mut fields: Vec<_> = value.entries().collect();
            // YAML becomes JSON through a Go map, which is written in order of key.
            fields.sort_unstable_by_key(|(key, _)| *key);
            Ok(fields)
        }
        _ => Err(mismatch(value, place, wanted)),
    }
}

/// The items of a list; nothing for null.
pub(super) fn items<'a>(
    value: Value<'a>,
    place: &Place<'_>,
    wanted: &str,
) -> Result<Option<Vec<Value<'a>>>, Refusal> {
    match value.kind() {
        ValueKind::Null => Ok(None),
        ValueKind::Sequence => Ok(Some(value.items().collect())),
        _ => Err(mismatch(value, place, wanted)),
    }
}

pub(super) fn text(
    value: Value<'_>,
    place: &Place<'_>,
    wanted: &str,
    out: &mut String,
) -> Result<(), Refusal> {
    match (value.kind(), value.as_str()) {
        (_, Some(text)) => text.clone_into(out),
        (ValueKind::Null, _) => {}
        _ => return Err(mismatch(value, place, wanted)),
    }
    Ok(())
}

pub(super) fn secret(value: Value<'_>, place: &Place<'_>, out: &mut Secret) -> Result<(), Refusal> {
    let mut content = String::new();
    text(value, place, "string", &mut content)?;
    *out = Secret::new(content);
    Ok(())
}

pub(super) fn flag(value: Value<'_>, place: &Place<'_>, out: &mut bool) -> Result<(), Refusal> {
    match (value.kind(), value.as_bool()) {
        (_, Some(flag)) => *out = flag,
        (ValueKind::Null, _) => {}
        _ => return Err(mismatch(value, place, "bool")),
    }
    Ok(())
}

/// A list of texts; nothing for null.
pub(super) fn texts(value: Value<'_>, place: &Place<'_>) -> Result<Option<Vec<String>>, Refusal> {
    let Some(items) = items(value, place, "[]string")? else { return Ok(None) };
    let one = |item| {
        let mut content = String::new();
        text(item, place, "string", &mut content).map(|()| content)
    };
    items.into_iter().map(one).collect::<Result<_, _>>().map(Some)
}

/// Bytes: base64, or a list of numbers.
pub(super) fn bytes(value: Value<'_>, place: &Place<'_>, out: &mut SecretBytes) -> Result<(), Refusal> {
    if let Some(text) = value.as_str() {
        let bytes = base64(text.as_bytes()).map_err(|at| Refusal {
            code: "kubeconfig/base64",
            message: format!("illegal base64 data at input byte {at}"),
            location: Some(value.location(FieldPath::root())),
        })?;
        *out = SecretBytes::new(bytes);
        return Ok(());
    }
    let Some(items) = items(value, place, "[]uint8")? else { return Ok(()) };
    let mut bytes = Vec::with_capacity(items.len());
    for item in items {
        bytes.push(match (item.kind(), item.as_number()) {
            (ValueKind::Null, _) => 0,
            (_, Some(number)) => match number.as_json().parse() {
                Ok(byte) => byte,
                Err(_) => {
                    return Err(refusal(item, place, &format!("number {}", number.as_json()), "uint8"));
                }
            },
            _ => return Err(mismatch(item, place, "uint8")),
        });
    }
    *out = SecretBytes::new(bytes);
    Ok(())
}

pub(super) fn mismatch(value: Value<'_>, place: &Place<'_>, wanted: &str) -> Refusal {
    refusal(value, place, value.kind().name(), wanted)
}

fn refusal(value: Value<'_>, place: &Place<'_>, found: &str, wanted: &str) -> Refusal {
    Refusal {
        code: "kubeconfig/type",
        message: place.mismatch(found, wanted),
        location: Some(value.location(FieldPath::root())),
    }
}
