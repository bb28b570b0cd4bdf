//! What a scalar means: null, a boolean, a number or text.
//!
//! upstream: go.yaml.in/yaml/v2 resolve.go; Go's strconv for the numbers

use super::timestamp::is_timestamp;
use crate::read::number::parse_go_float;

/// The meaning of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    /// Above what fits in `Int`.
    Unsigned(u64),
    Float(f64),
    /// The text as it stands.
    Text,
    /// Text decoded from base64; bytes that are no UTF-8 are replaced when it becomes JSON.
    Binary(String),
}

/// Why a scalar has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// The tag names a type that the text is not of.
    WrongType,
    NotBase64,
}

const PREFIX: &[u8] = b"tag:yaml.org,2002:";

/// Resolves a scalar with a tag, or without quotes.
pub(super) fn resolve(tag: &[u8], text: &str) -> Result<Resolved, Unresolved> {
    if tag.is_empty() {
        return Ok(resolve_plain(text));
    }
    let Some(name) = tag.strip_prefix(PREFIX) else { return Ok(Resolved::Text) };
    let resolved = match name {
        b"binary" => return decode_base64(text).map(Resolved::Binary).ok_or(Unresolved::NotBase64),
        b"timestamp" => {
            return if is_timestamp(text) { Ok(Resolved::Text) } else { Err(Unresolved::WrongType) };
        }
        b"bool" | b"int" | b"float" | b"null" => resolve_plain(text),
        _ => return Ok(Resolved::Text),
    };
    match (name, resolved) {
        (b"bool", found @ Resolved::Bool(_))
        | (b"int", found @ (Resolved::Int(_) | Resolved::Unsigned(_)))
        | (b"float", found @ Resolved::Float(_))
        | (b"null", found @ Resolved::Null) => Ok(found),
        #[expect(clippy::cast_precision_loss, reason = "as upstream converts")]
        (b"float", Resolved::Int(value)) => Ok(Resolved::Float(value as f64)),
        _ => Err(Unresolved::WrongType),
    }
}

/// Resolves a scalar without quotes and without a tag.
pub(super) fn resolve_plain(text: &str) -> Resolved {
    let Some(first) = text.as_bytes().first() else { return Resolved::Null };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => resolve_word(text),
        b'.' => resolve_point(text),
        b'0'..=b'9' | b'+' | b'-' => resolve_number(text),
        _ => Resolved::Text,
    }
}

fn resolve_word(text: &str) -> Resolved {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Resolved::Bool(true)
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Resolved::Bool(false)
        }
        "~" | "null" | "Null" | "NULL" => Resolved::Null,
        _ => Resolved::Text,
    }
}

fn resolve_point(text: &str) -> Resolved {
    match text {
        ".nan" | ".NaN" | ".NAN" => Resolved::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" => Resolved::Float(f64::INFINITY),
        _ => parse_go_float(text).map_or(Resolved::Text, Resolved::Float),
    }
}

fn resolve_number(text: &str) -> Resolved {
    match text {
        "+.inf" | "+.Inf" | "+.INF" => return Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Resolved::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let joined;
    let plain = if text.contains('_') {
        joined = text.replace('_', "");
        joined.as_str()
    } else {
        text
    };
    if let Some(value) = parse_int(plain) {
        return Resolved::Int(value);
    }
    if let Some(value) = parse_unsigned(plain) {
        return Resolved::Unsigned(value);
    }
    if is_float(plain)
        && let Some(value) = parse_go_float(plain)
    {
        return Resolved::Float(value);
    }
    // `0b` has been read above; what is left is a second sign behind the prefix.
    if let Some(digits) = plain.strip_prefix("0b") {
        if let Some(value) = parse_signed(digits, 2) {
            return Resolved::Int(value);
        }
        if let Some(value) = parse_digits(digits, 2) {
            return Resolved::Unsigned(value);
        }
    } else if let Some(digits) = plain.strip_prefix("-0b")
        && let Some(value) = parse_signed(&format!("-{digits}"), 2)
    {
        return Resolved::Int(value);
    }
    Resolved::Text
}

/// Go's `strconv.ParseInt` with base 0, without underscores.
fn parse_int(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, text.get(1..)?),
        Some(b'+') => (false, text.get(1..)?),
        _ => (false, text),
    };
    signed(negative, parse_unsigned(digits)?)
}

/// Go's `strconv.ParseUint` with base 0, without underscores.
fn parse_unsigned(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (text.get(2..)?, 16),
        [b'0', b'b' | b'B', _, ..] => (text.get(2..)?, 2),
        [b'0', b'o' | b'O', _, ..] => (text.get(2..)?, 8),
        [b'0', _, ..] => (text.get(1..)?, 8),
        _ => (text, 10),
    };
    parse_digits(digits, radix)
}

/// Go's `strconv.ParseInt` with a base.
fn parse_signed(text: &str, radix: u32) -> Option<i64> {
    match text.as_bytes().first() {
        Some(b'-') => signed(true, parse_digits(text.get(1..)?, radix)?),
        Some(b'+') => signed(false, parse_digits(text.get(1..)?, radix)?),
        _ => signed(false, parse_digits(text, radix)?),
    }
}

fn parse_digits(text: &str, radix: u32) -> Option<u64> {
    // Rust's own parser takes a sign, Go's does not.
    if text.starts_with(['+', '-']) { None } else { u64::from_str_radix(text, radix).ok() }
}

fn signed(negative: bool, magnitude: u64) -> Option<i64> {
    if negative { 0_i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => !mantissa.is_empty() && digits(mantissa),
    };
    mantissa
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

/// Go's `base64.StdEncoding`: padded, line breaks are passed over.
fn decode_base64(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut count = 0_u32;
    let mut padding = 0_u32;
    for byte in text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            _ => return None,
        };
        if padding > 0 {
            return None;
        }
        bits = (bits << 6) | u32::from(value);
        count += 1;
        if count == 4 {
            out.extend(bits.to_be_bytes().get(1..).unwrap_or_default());
            bits = 0;
            count = 0;
        }
    }
    match (count, padding) {
        (0, 0) => {}
        (2, 2) => out.push((bits >> 4).to_be_bytes()[3]),
        (3, 1) => out.extend((bits >> 2).to_be_bytes().get(2..).unwrap_or_default()),
        _ => return None,
    }
    Some(crate::read::input::replace_invalid(&out))
}
