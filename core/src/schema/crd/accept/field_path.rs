//! Paths to a field of a schema, such as `.spec.size` or `.spec['size']`.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/cel/validation.go (`ValidFieldPath`)

use crate::object::{FieldPath, Value, ValueKind};

/// How a path may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// With dots only.
    Dots,
    /// With dots, and with quoted names in brackets.
    Brackets,
}

/// What a path leads to.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    /// The path as upstream prints it.
    pub(super) path: String,
    /// Its first step.
    pub(super) root: String,
    /// The schema of the field; nothing below `additionalProperties: true`.
    pub(super) schema: Option<Value<'a>>,
}

const NO_FIELD: &str = "does not refer to a valid field";
const NO_END: &str = "unexpected end of JSON path";

/// Follows a path through a schema; the error is why there is nothing.
pub(super) fn find<'a>(
    written: &str,
    schema: Option<Value<'a>>,
    notation: Notation,
) -> Result<Found<'a>, String> {
    let mut found = Found { path: String::new(), root: String::new(), schema };
    let mut path = FieldPath::root();
    let mut tokens = tokens(written).into_iter();
    while let Some(token) = tokens.next() {
        let name = match token {
            "." => tokens.next().ok_or(NO_END)?.to_owned(),
            "[" if notation == Notation::Dots => return Err("array notation is not allowed".to_owned()),
            "[" => {
                let token = tokens.next().ok_or(NO_END)?;
                let inside = token
                    .strip_prefix('\'')
                    .and_then(|rest| rest.strip_suffix('\''))
                    .ok_or_else(|| format!("expected single quoted string but got {token}"))?;
                unescaped(inside)?
            }
            other => return Err(format!("expected [ or . but got: {other}")),
        };
        path = step(&mut found, path, &name)?;
        if found.root.is_empty() {
            found.root.clone_from(&name);
        }
        if token == "[" {
            match tokens.next() {
                Some("]") => {}
                Some(other) => return Err(format!("expected ] but got {other}")),
                None => return Err(NO_END.to_owned()),
            }
        }
    }
    found.path = path.to_string();
    Ok(found)
}

fn step(found: &mut Found<'_>, path: FieldPath, name: &str) -> Result<FieldPath, String> {
    let Some(schema) = found.schema else { return Err(NO_FIELD.to_owned()) };
    let is_filled = |properties: &Value<'_>| properties.entries().next().is_some();
    let set = |name: &str| schema.get(name).filter(|value| !value.is_null());
    if let Some(properties) = set("properties").filter(is_filled) {
        found.schema = Some(properties.get(name).ok_or(NO_FIELD)?);
        return Ok(path.field(name));
    }
    let additional = set("additionalProperties").ok_or(NO_FIELD)?;
    found.schema = (additional.kind() == ValueKind::Mapping).then_some(additional);
    Ok(path.key(name))
}

/// Dots and brackets by themselves, what stands between them, and quoted texts whole.
fn tokens(written: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = written;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '.' | '[' | ']' => 1,
            '\'' => quoted_end(rest),
            _ => rest.find(['.', '[', ']']).unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        tokens.push(token);
        rest = after;
    }
    tokens
}

fn quoted_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |(index, byte): (usize, &u8)| {
        let escaped = index > 0 && bytes.get(index - 1) == Some(&b'\\');
        (index > 0 && *byte == b'\'' && !escaped).then_some(index + 1)
    };
    bytes.iter().enumerate().find_map(ends).unwrap_or(text.len())
}

/// upstream: `unescapeSingleQuote`, which reads the text as Go reads a string between double quotes
fn unescaped(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some(letter @ ('\'' | '"' | '\\')) => out.push(letter),
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                _ => return Err("invalid string literal: invalid syntax".to_owned()),
            },
            other => out.push(other),
        }
    }
    Ok(out)
}
