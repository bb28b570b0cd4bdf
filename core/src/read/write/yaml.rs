//! Values as YAML.

use std::fmt::Write as _;

use super::json::write_string;
use crate::object::{Value, ValueKind};
use crate::read::yaml::plain_is_text;

/// The value as YAML in block form that kubectl reads back to the same value.
///
/// A string stands without quotes only when no reader of YAML 1.1 or 1.2 takes it for anything else; texts of
/// several lines become literal blocks where that is exact.
///
/// ```
/// use kubelogic_core::read::{Options, json_value, write::to_yaml};
/// let value = json_value(r#"{"a": ["on", "x", 1], "b": {"c": "1\n2\n"}, "d": []}"#, &Options::named("-")).unwrap();
/// assert_eq!(to_yaml(value.root()), "a:\n- \"on\"\n- x\n- 1\nb:\n  c: |\n    1\n    2\nd: []\n");
/// ```
pub fn to_yaml(value: Value<'_>) -> String {
    let mut out = String::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    match begin(&mut out, value, 0) {
        Some(children) => open.push(children),
        None => out.push('\n'),
    }
    while let Some(top) = open.last_mut() {
        let Some((key, value)) = top.children.next() else {
            open.pop();
            continue;
        };
        let indent = top.indent;
        // The first entry of a mapping in a list stands behind the dash.
        if !std::mem::replace(&mut top.inline, false) {
            out.extend(std::iter::repeat_n(' ', indent));
        }
        let Some(key) = key else {
            out.push_str("- ");
            match begin(&mut out, value, indent + 2) {
                Some(mut children) => {
                    children.inline = true;
                    open.push(children);
                }
                None => out.push('\n'),
            }
            continue;
        };
        write_key(&mut out, key, indent);
        let children = children(value, indent + 2);
        if children.children.len() == 0 {
            out.push(' ');
            scalar(&mut out, value, indent);
            out.push('\n');
        } else {
            out.push('\n');
            // Lists stand under their key, as kubectl prints them.
            let sequence = value.kind() == ValueKind::Sequence;
            open.push(if sequence { Open { indent, ..children } } else { children });
        }
    }
    out
}

struct Open<'a> {
    children: std::vec::IntoIter<(Option<&'a str>, Value<'a>)>,
    indent: usize,
    inline: bool,
}

/// Writes a scalar or an empty container; a container with children is returned to be written.
fn begin<'a>(out: &mut String, value: Value<'a>, indent: usize) -> Option<Open<'a>> {
    let open = children(value, indent);
    if open.children.len() > 0 {
        return Some(open);
    }
    scalar(out, value, indent.saturating_sub(2));
    None
}

fn children(value: Value<'_>, indent: usize) -> Open<'_> {
    let children: Vec<_> = if value.kind() == ValueKind::Mapping {
        value.entries().map(|(key, value)| (Some(key), value)).collect()
    } else {
        value.items().map(|item| (None, item)).collect()
    };
    Open { children: children.into_iter(), indent, inline: false }
}

/// Writes a scalar; its block lines are indented deeper than `indent`.
fn scalar(out: &mut String, value: Value<'_>, indent: usize) {
    match value.kind() {
        ValueKind::Null => out.push_str("null"),
        ValueKind::Bool => out.push_str(if value.as_bool() == Some(true) { "true" } else { "false" }),
        ValueKind::Number => out.push_str(value.as_number().map_or("0", |number| number.as_json())),
        ValueKind::Sequence => out.push_str("[]"),
        ValueKind::Mapping => out.push_str("{}"),
        ValueKind::String => {
            let text = value.as_str().unwrap_or_default();
            if plain(text) {
                out.push_str(text);
            } else if block(text) {
                write_block(out, text, indent);
            } else {
                quote(out, text);
            }
        }
    }
}

fn write_key(out: &mut String, key: &str, indent: usize) {
    /// Upstream's scanner gives up on longer keys, which then need a `?`.
    const LONGEST: usize = 1000;
    if key.chars().count() + escapes(key) > LONGEST {
        out.push_str("? ");
        quote(out, key);
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', indent));
        out.push(':');
        return;
    }
    if plain(key) && key != "<<" {
        out.push_str(key);
    } else {
        quote(out, key);
    }
    out.push(':');
}

/// How much longer a text may become between quotes.
fn escapes(text: &str) -> usize {
    text.chars().filter(|character| needs_escape(*character)).count() * 9
}

/// Whether a text can stand without quotes.
fn plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins = first.is_ascii_alphanumeric() || matches!(first, '_' | '/' | '.' | '(' | '$');
    let inside = text
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || " _-./:@+=,$()~^;\\*&!%".contains(character));
    begins
        && inside
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.starts_with("---")
        && !text.starts_with("...")
        && plain_is_text(text)
        && !looks_like_more(text)
}

/// Texts that YAML 1.2, or another reader of 1.1, takes for numbers, dates or times.
fn looks_like_more(text: &str) -> bool {
    let numeric = text.bytes().all(|byte| byte.is_ascii_hexdigit() || b"._:+-TZtzxXoOe ".contains(&byte));
    let lower = text.to_ascii_lowercase();
    (numeric && text.bytes().any(|byte| byte.is_ascii_digit()))
        || matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "null")
        || matches!(lower.as_str(), ".inf" | ".nan" | "inf" | "nan" | "infinity" | "=" | "<<")
}

/// Whether a text of several lines can be a literal block.
fn block(text: &str) -> bool {
    let body = text.trim_end_matches('\n');
    body.contains('\n')
        && !body.starts_with([' ', '\n', '\t'])
        && text.chars().all(|character| character == '\n' || character == '\t' || !needs_escape(character))
        // A line that begins with `---` would end the document for kubectl, but block lines are indented.
        && body.lines().all(|line| !line.is_empty() || !line.starts_with('\t'))
        && !body.lines().any(|line| line.trim_matches(' ').is_empty() && !line.is_empty())
        && !body.lines().any(|line| line.starts_with('\t'))
}

fn write_block(out: &mut String, text: &str, indent: usize) {
    let body = text.trim_end_matches('\n');
    let feeds = text.len() - body.len();
    out.push_str(match feeds {
        0 => "|-",
        1 => "|",
        _ => "|+",
    });
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent + 2));
            out.push_str(line);
        }
    }
    // The caller ends the last line.
    out.extend(std::iter::repeat_n('\n', feeds.saturating_sub(1)));
}

/// Characters that a scalar can only have as an escape.
fn needs_escape(character: char) -> bool {
    match character {
        ' '..='~' => false,
        '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFFD}' | '\u{10000}'.. => {
            matches!(character, '\u{2028}' | '\u{2029}')
        }
        _ => true,
    }
}

/// Writes a text between double quotes.
fn quote(out: &mut String, text: &str) {
    if text.chars().all(|character| !needs_escape(character) || character < ' ') {
        // JSON's escapes are YAML's as well.
        write_string(out, text, false);
        return;
    }
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            other if !needs_escape(other) => out.push(other),
            other => escape(out, u32::from(other)),
        }
    }
    out.push('"');
}

fn escape(out: &mut String, code: u32) {
    // Writing to a string cannot fail.
    let _ = match code {
        0..=0xFF => write!(out, "\\x{code:02x}"),
        0x100..=0xFFFF => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}
