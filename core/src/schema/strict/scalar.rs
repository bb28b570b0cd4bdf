//! Which values a type takes, to the letter of Go's decoders.
//!
//! upstream: sigs.k8s.io/json internal/golang/encoding/json/decode.go (`literalStore`), and the types that decode
//! themselves

use crate::meta::{Duration, MicroTime, Quantity, Time};
use crate::object::{Number, Value, ValueKind};
use crate::schema::Shape;

/// Why a value does not fit.
pub(super) struct Misfit {
    /// What the type takes, with its article.
    pub(super) expected: &'static str,
    /// What is wrong with a value of the right kind.
    pub(super) reason: Option<String>,
    /// The type decodes itself: its refusal ends the decoding.
    pub(super) stops: bool,
}

impl Misfit {
    fn of(expected: &'static str) -> Self {
        Self { expected, reason: None, stops: false }
    }

    fn because(self, reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }

    fn stops(self) -> Self {
        Self { stops: true, ..self }
    }
}

/// Why a value does not fit a shape; containers whose children are looked at one by one fit.
///
/// `pointer`: null does not reach the type.
pub(super) fn misfit(value: Value<'_>, shape: Shape<'_>, pointer: bool) -> Option<Misfit> {
    use ValueKind as Kind;
    let kind = value.kind();
    let plain = |expected| Some(Misfit::of(expected));
    let own = |expected| Some(Misfit::of(expected).stops());
    match (shape, kind) {
        (Shape::Duration | Shape::BootstrapTokenString | Shape::JsonSchemaPropsOrBool { .. }, Kind::Null)
            if !pointer =>
        {
            own(match shape {
                Shape::Duration => "a duration",
                Shape::BootstrapTokenString => "a bootstrap token",
                _ => "a JSON schema or a boolean",
            })
        }
        // Null is the zero value of everything else, raw values take everything, and a list or a text in a schema's
        // place becomes nothing, without a word.
        (_, Kind::Null)
        | (
            Shape::RawExtension
            | Shape::Unknown
            | Shape::Json
            | Shape::Fields
            | Shape::JsonSchemaPropsOrArray { .. }
            | Shape::JsonSchemaPropsOrStringArray { .. },
            _,
        )
        | (Shape::Struct(_) | Shape::Map { .. }, Kind::Mapping)
        | (Shape::List { .. } | Shape::Bytes, Kind::Sequence)
        | (Shape::Bool, Kind::Bool)
        | (Shape::String | Shape::IntOrString, Kind::String)
        | (Shape::JsonSchemaPropsOrBool { .. }, Kind::Bool | Kind::Mapping) => None,

        (Shape::Struct(_) | Shape::Map { .. }, _) => plain("an object"),
        (Shape::List { .. }, _) => plain("an array"),
        (Shape::Bool, _) => plain("a boolean"),
        (Shape::String, _) => plain("a string"),
        (Shape::Bytes, Kind::String) => bytes(value.as_str()?),
        (Shape::Bytes, _) => plain("base64 text"),
        (Shape::Integer { bits, signed }, Kind::Number) => integer(value.as_number()?, bits, signed),
        (Shape::Integer { .. }, _) => plain("an integer"),
        (Shape::Float { bits }, Kind::Number) => float(value.as_number()?, bits),
        (Shape::Float { .. }, _) => plain("a number"),
        (Shape::Any, _) => any(value.as_number()?),

        (Shape::Quantity, Kind::String | Kind::Number) => quantity(value),
        (Shape::Quantity, _) => own("a quantity"),
        (Shape::IntOrString, Kind::Number) => {
            let misfit = integer(value.as_number()?, 32, true)?;
            Some(Misfit { expected: "an integer or a string", ..misfit.stops() })
        }
        (Shape::IntOrString, _) => own("an integer or a string"),
        (Shape::Time, Kind::String) => parsed("a time", Time::parse(value.as_str()?)),
        (Shape::Time, _) => own("a time"),
        (Shape::MicroTime, Kind::String) => {
            parsed("a time with microseconds", MicroTime::parse(value.as_str()?))
        }
        (Shape::MicroTime, _) => own("a time with microseconds"),
        (Shape::Duration | Shape::TimeOrDuration, Kind::String) => {
            parsed("a duration", Duration::parse(value.as_str()?))
        }
        (Shape::Duration, _) => own("a duration"),
        (Shape::TimeOrDuration, Kind::Number) => {
            let misfit = integer(value.as_number()?, 64, true)?;
            Some(Misfit { expected: "a duration or nanoseconds", ..misfit.stops() })
        }
        (Shape::TimeOrDuration, _) => own("a duration or nanoseconds"),
        (Shape::BootstrapTokenString, Kind::String) if is_bootstrap_token(value.as_str()?) => None,
        (Shape::BootstrapTokenString, _) => own("a bootstrap token"),
        (Shape::JsonSchemaPropsOrBool { .. }, _) => own("a JSON schema or a boolean"),
    }
}

fn integer(number: Number<'_>, bits: u8, signed: bool) -> Option<Misfit> {
    let text = number.as_json();
    let fits = if signed {
        let least = i64::MIN >> (64 - u32::from(bits));
        text.parse::<i64>().is_ok_and(|value| (least..=!least).contains(&value))
    } else {
        let most = u64::MAX >> (64 - u32::from(bits));
        text.parse::<u64>().is_ok_and(|value| value <= most)
    };
    if fits {
        return None;
    }
    let whole = text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0);
    let reason = if !text.contains(['.', 'e', 'E']) {
        let sign = if signed { "" } else { " without a sign" };
        format!("`{text}` does not fit an integer of {bits} bits{sign}")
    } else if whole && number.is_json() {
        format!("JSON writes integers without a point and without an exponent, and this is `{text}`")
    } else {
        format!("`{text}` is no integer")
    };
    Some(Misfit::of("an integer").because(reason))
}

fn float(number: Number<'_>, bits: u8) -> Option<Misfit> {
    let text = number.as_json();
    let fits = if bits == 32 {
        text.parse::<f32>().is_ok_and(f32::is_finite)
    } else {
        text.parse::<f64>().is_ok_and(f64::is_finite)
    };
    (!fits).then(|| Misfit::of("a number").because(format!("`{text}` does not fit a float of {bits} bits")))
}

/// A number that Go decodes into `any`: an integer when it is one, a float otherwise.
fn any(number: Number<'_>) -> Option<Misfit> {
    let text = number.as_json();
    if text.parse::<i64>().is_ok() { None } else { float(number, 64) }
}

/// Base64 as Go's `StdEncoding` reads it: line ends anywhere, padding required.
fn bytes(text: &str) -> Option<Misfit> {
    // upstream: Go's encoding/base64 (decodeQuantum)
    let (mut letters, mut padding) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'\r' | b'\n' => {}
            b'=' => padding += 1,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => letters += 1,
            _ => return Some(Misfit::of("base64 text").because("it is no base64")),
        }
    }
    let fits = matches!((letters % 4, padding), (0, 0) | (2, 2) | (3, 1));
    (!fits).then(|| Misfit::of("base64 text").because("the base64 is not complete"))
}

fn quantity(value: Value<'_>) -> Option<Misfit> {
    let text = if let Some(number) = value.as_number() {
        number.as_json()
    } else {
        // The quantity's decoder looks at the JSON text itself: what JSON writes with a backslash never fits.
        let text = value.as_str()?;
        let escaped = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\' | b'<' | b'>' | b'&');
        if text.bytes().any(escaped) || has_escape(value, text) {
            return Some(Misfit::of("a quantity").because("a quantity is written without escapes").stops());
        }
        text.trim()
    };
    parsed("a quantity", text.parse::<Quantity>())
}

/// Whether JSON text for a string has a backslash in it, which the text itself does not show.
fn has_escape(value: Value<'_>, text: &str) -> bool {
    let literal = value.span().map(|span| value.source(span)).unwrap_or_default();
    if super::is_json(value.whole_text()) {
        literal.contains('\\')
    } else {
        // Go writes these two with a backslash.
        text.contains(['\u{2028}', '\u{2029}'])
    }
}

fn parsed<T, E: std::fmt::Display>(expected: &'static str, outcome: Result<T, E>) -> Option<Misfit> {
    outcome.err().map(|error| Misfit::of(expected).because(error.to_string()).stops())
}

fn is_bootstrap_token(text: &str) -> bool {
    // upstream: kubernetes cmd/kubeadm/app/apis/bootstraptoken/v1/utils.go
    let small = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
    };
    text.split_once('.').is_some_and(|(id, secret)| small(id, 6) && small(secret, 16))
}
