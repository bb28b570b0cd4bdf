//! Values as JSON.

use std::fmt::Write as _;

use crate::object::{Value, ValueKind};
use crate::read::number::{go_json_float, parse_go_float};

/// The value as compact JSON: keys in their order, numbers as they are.
///
/// ```
/// use kubelogic_core::read::{Options, json_value, write::to_json};
/// let value = json_value(r#"{"b": [1.0, "<"], "a": {}}"#, &Options::named("-")).unwrap();
/// assert_eq!(to_json(value.root()), r#"{"b":[1.0,"<"],"a":{}}"#);
/// ```
pub fn to_json(value: Value<'_>) -> String {
    Writer { out: String::new(), form: Form::Compact }.write(value)
}

/// The value as JSON in lines, indented by two spaces.
///
/// ```
/// use kubelogic_core::read::{Options, yaml_value, write::to_pretty_json};
/// let value = yaml_value("{a: [1, x], b: {}}", &Options::named("-")).unwrap();
/// assert_eq!(to_pretty_json(value.root()), "{\n  \"a\": [\n    1,\n    \"x\"\n  ],\n  \"b\": {}\n}");
/// ```
pub fn to_pretty_json(value: Value<'_>) -> String {
    Writer { out: String::new(), form: Form::Pretty }.write(value)
}

/// The value as the API machinery marshals it: keys sorted, numbers and characters as Go writes them.
///
/// Two values with the same canonical JSON are the same value to a Kubernetes component.
///
/// ```
/// use kubelogic_core::read::{Options, json_value, write::to_canonical_json};
/// let value = json_value(r#"{"b": 1e3, "a": "<&>"}"#, &Options::named("-")).unwrap();
/// assert_eq!(to_canonical_json(value.root()), "{\"a\":\"\\u003c\\u0026\\u003e\",\"b\":1000}");
/// ```
pub fn to_canonical_json(value: Value<'_>) -> String {
    Writer { out: String::new(), form: Form::Canonical }.write(value)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Compact,
    Pretty,
    Canonical,
}

struct Writer {
    out: String,
    form: Form,
}

/// The rest of an open container.
struct Open<'a> {
    children: std::vec::IntoIter<(Option<&'a str>, Value<'a>)>,
    mapping: bool,
    empty: bool,
}

impl Writer {
    fn write(mut self, value: Value<'_>) -> String {
        // A stack of our own: depth is up to the document.
        let mut open: Vec<Open<'_>> = Vec::new();
        let mut next = Some(value);
        loop {
            if let Some(value) = next.take() {
                match value.kind() {
                    ValueKind::Sequence | ValueKind::Mapping => open.push(self.open(value)),
                    _ => self.scalar(value),
                }
            }
            let depth = open.len();
            let Some(top) = open.last_mut() else { return self.out };
            if let Some((key, value)) = top.children.next() {
                if !std::mem::replace(&mut top.empty, false) {
                    self.out.push(',');
                }
                self.line(depth);
                if let Some(key) = key {
                    self.string(key);
                    self.out.push_str(if self.form == Form::Pretty { ": " } else { ":" });
                }
                next = Some(value);
            } else {
                let (mapping, empty) = (top.mapping, top.empty);
                open.pop();
                if !empty {
                    self.line(depth - 1);
                }
                self.out.push(if mapping { '}' } else { ']' });
            }
        }
    }

    fn open<'a>(&mut self, value: Value<'a>) -> Open<'a> {
        let mapping = value.kind() == ValueKind::Mapping;
        self.out.push(if mapping { '{' } else { '[' });
        let children = if mapping {
            let mut entries: Vec<_> = value.entries().map(|(key, value)| (Some(key), value)).collect();
            if self.form == Form::Canonical {
                entries.sort_by_key(|(key, _)| *key);
            }
            entries
        } else {
            value.items().map(|item| (None, item)).collect()
        };
        Open { children: children.into_iter(), mapping, empty: true }
    }

    fn line(&mut self, depth: usize) {
        if self.form == Form::Pretty {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("  ", depth));
        }
    }

    fn scalar(&mut self, value: Value<'_>) {
        match value.kind() {
            ValueKind::Bool => {
                self.out.push_str(if value.as_bool() == Some(true) { "true" } else { "false" });
            }
            ValueKind::String => self.string(value.as_str().unwrap_or_default()),
            ValueKind::Number => {
                let text = value.as_number().map_or("0", |number| number.as_json());
                if self.form == Form::Canonical {
                    self.out.push_str(&canonical_number(text));
                } else {
                    self.out.push_str(text);
                }
            }
            _ => self.out.push_str("null"),
        }
    }

    fn string(&mut self, text: &str) {
        let html = self.form == Form::Canonical;
        write_string(&mut self.out, text, html);
    }
}

/// A JSON string. `html` escapes `<`, `>` and `&` as Go does.
pub(super) fn write_string(out: &mut String, text: &str, html: bool) {
    out.push('"');
    let mut rest = text;
    let special = |character: char| {
        character < ' '
            || matches!(character, '"' | '\\' | '\u{2028}' | '\u{2029}')
            || (html && matches!(character, '<' | '>' | '&'))
    };
    while let Some(at) = rest.find(special) {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let mut characters = after.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\x08') => out.push_str("\\b"),
            Some('\x0C') => out.push_str("\\f"),
            Some(other) => escape_unit(out, other),
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// A number as upstream keeps it: an integer of 64 bits, or a float.
fn canonical_number(text: &str) -> String {
    if let Ok(value) = text.parse::<i64>() {
        return value.to_string();
    }
    match parse_go_float(text) {
        Some(value) => go_json_float(value),
        None => text.to_owned(),
    }
}

fn escape_unit(out: &mut String, character: char) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\\u{:04x}", u32::from(character));
}
