//! How Go prints values in messages.

use crate::object::{Value, ValueKind};
use crate::quote::quoted;
use crate::read::write::to_canonical_json;
use crate::version::KubeVersion;

/// A number as the API server holds it: whole numbers of 64 bits, and floats.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    /// The number of a value; nothing when it is no number, or too large for a float.
    pub(super) fn of(value: Value<'_>) -> Option<Self> {
        let text = value.as_number()?.as_json();
        match text.parse() {
            Ok(int) => Some(Self::Int(int)),
            Err(_) => text.parse().ok().filter(|float: &f64| float.is_finite()).map(Self::Float),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "upstream loses the same digits")]
    pub(super) fn as_float(self) -> f64 {
        match self {
            Self::Int(int) => int as f64,
            Self::Float(float) => float,
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Self::Int(int) => int.to_string(),
            Self::Float(value) => float(value),
        }
    }
}

/// A float as `%v` prints it: the shortest digits that read back, with an exponent below 1e-4 and from 1e6 on.
pub(super) fn float(value: f64) -> String {
    if value == 0.0 {
        return if value.is_sign_negative() { "-0".to_owned() } else { "0".to_owned() };
    }
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        return format!("{value}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

/// A refused value in a message.
pub(super) fn value(value: Value<'_>, version: KubeVersion) -> String {
    match value.kind() {
        ValueKind::String => quoted(value.as_str().unwrap_or_default()),
        ValueKind::Bool => value.as_bool().unwrap_or_default().to_string(),
        ValueKind::Number => Number::of(value).map(Number::text).unwrap_or_default(),
        // upstream: apimachinery pkg/util/validation/field/errors.go (ErrorBody), JSON from 1.34 on
        _ if version.minor() >= 34 => to_canonical_json(value),
        ValueKind::Null => "\"null\"".to_owned(),
        _ => go_syntax(value),
    }
}

/// A value as `%#v` writes it.
fn go_syntax(value: Value<'_>) -> String {
    match value.kind() {
        ValueKind::Null => "interface {}(nil)".to_owned(),
        ValueKind::Bool => value.as_bool().unwrap_or_default().to_string(),
        ValueKind::Number => Number::of(value).map(Number::text).unwrap_or_default(),
        ValueKind::String => quoted(value.as_str().unwrap_or_default()),
        ValueKind::Sequence => {
            let items: Vec<String> = value.items().map(go_syntax).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        ValueKind::Mapping => {
            let mut entries: Vec<(&str, Value<'_>)> = value.entries().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}:{}", quoted(key), go_syntax(*value))).collect();
            format!("map[string]interface {{}}{{{}}}", entries.join(", "))
        }
    }
}

/// A value as `%v` writes it.
pub(super) fn plain(value: Value<'_>) -> String {
    match value.kind() {
        ValueKind::Null => "<nil>".to_owned(),
        ValueKind::Bool => value.as_bool().unwrap_or_default().to_string(),
        ValueKind::Number => Number::of(value).map(Number::text).unwrap_or_default(),
        ValueKind::String => value.as_str().unwrap_or_default().to_owned(),
        ValueKind::Sequence => {
            let items: Vec<String> = value.items().map(plain).collect();
            format!("[{}]", items.join(" "))
        }
        ValueKind::Mapping => {
            let mut entries: Vec<(&str, Value<'_>)> = value.entries().collect();
            entries.sort_by_key(|(key, _)| *key);
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{key}:{}", plain(*value))).collect();
            format!("map[{}]", entries.join(" "))
        }
    }
}

/// The type of a value as `%T` writes it.
pub(super) fn type_name(value: Value<'_>) -> &'static str {
    match value.kind() {
        ValueKind::Null => "<nil>",
        ValueKind::Bool => "bool",
        ValueKind::Number if matches!(Number::of(value), Some(Number::Int(_))) => "int64",
        ValueKind::Number => "float64",
        ValueKind::String => "string",
        ValueKind::Sequence => "[]interface {}",
        ValueKind::Mapping => "map[string]interface {}",
    }
}

/// Whether two values are one to Go's `reflect.DeepEqual`: a whole number is never a float.
pub(super) fn equal(one: Value<'_>, two: Value<'_>) -> bool {
    match (one.kind(), two.kind()) {
        (ValueKind::Number, ValueKind::Number) => match (Number::of(one), Number::of(two)) {
            (Some(Number::Int(one)), Some(Number::Int(two))) => one == two,
            #[expect(clippy::float_cmp, reason = "upstream compares exactly")]
            (Some(Number::Float(one)), Some(Number::Float(two))) => one == two,
            _ => false,
        },
        (ValueKind::Sequence, ValueKind::Sequence) => {
            one.items().count() == two.items().count()
                && one.items().zip(two.items()).all(|(one, two)| equal(one, two))
        }
        (ValueKind::Mapping, ValueKind::Mapping) => {
            one.entries().count() == two.entries().count()
                && one.entries().all(|(key, value)| two.get(key).is_some_and(|other| equal(value, other)))
        }
        (left, right) => left == right && one == two,
    }
}

#[cfg(test)]
mod tests {
    use super::float;

    #[test]
    fn numbers_look_as_in_go() {
        // Values printed by Go's fmt with %v.
        for (value, text) in [
            (1.5, "1.5"),
            (1e20, "1e+20"),
            (1_234_567.0, "1.234567e+06"),
            (1e-5, "1e-05"),
            (100_000.0, "100000"),
            (-0.0, "-0"),
        ] {
            assert_eq!(float(value), text);
        }
    }
}
