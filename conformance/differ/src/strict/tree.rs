//! A manifest that can be spoilt in ways that no parsed object allows: keys may be there twice.

use std::fmt::Write as _;

use kubelogic_core::object::{Value, ValueKind};

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree {
    Null,
    Bool(bool),
    /// As JSON writes it.
    Number(String),
    Text(String),
    List(Vec<Tree>),
    Map(Vec<(String, Tree)>),
}

impl Tree {
    pub(crate) fn of(value: Value<'_>) -> Self {
        match value.kind() {
            ValueKind::Null => Self::Null,
            ValueKind::Bool => Self::Bool(value.as_bool().unwrap_or_default()),
            ValueKind::Number => {
                Self::Number(value.as_number().map(|number| number.as_json().to_owned()).unwrap_or_default())
            }
            ValueKind::String => Self::Text(value.as_str().unwrap_or_default().to_owned()),
            ValueKind::Sequence => Self::List(value.items().map(Self::of).collect()),
            ValueKind::Mapping => {
                Self::Map(value.entries().map(|(key, value)| (key.to_owned(), Self::of(value))).collect())
            }
        }
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(crate) fn number(text: &str) -> Self {
        Self::Number(text.to_owned())
    }

    /// How many values there are, itself included.
    pub(crate) fn size(&self) -> usize {
        1 + match self {
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value.size()).sum(),
            _ => 0,
        }
    }

    /// Value number `index`, counted from the front.
    pub(crate) fn nth(&mut self, index: usize) -> Option<&mut Self> {
        let mut rest = index;
        self.find(&mut rest)
    }

    fn find(&mut self, rest: &mut usize) -> Option<&mut Self> {
        if *rest == 0 {
            return Some(self);
        }
        *rest -= 1;
        match self {
            Self::List(items) => items.iter_mut().find_map(|item| item.find(rest)),
            Self::Map(entries) => entries.iter_mut().find_map(|(_, value)| value.find(rest)),
            _ => None,
        }
    }

    /// As JSON, in the order of the entries.
    pub(crate) fn to_json(&self) -> String {
        let mut out = String::new();
        self.json(&mut out);
        out
    }

    fn json(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => quote(out, text),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.json(out);
                }
                out.push(']');
            }
            Self::Map(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(out, key);
                    out.push(':');
                    value.json(out);
                }
                out.push('}');
            }
        }
    }

    /// As YAML in block style, in the order of the entries.
    pub(crate) fn to_yaml(&self) -> String {
        let mut out = String::new();
        self.yaml(&mut out, 0);
        out.push('\n');
        out
    }

    fn yaml(&self, out: &mut String, indent: usize) {
        match self {
            Self::List(items) if !items.is_empty() => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push('\n');
                        pad(out, indent);
                    }
                    out.push_str("- ");
                    item.yaml(out, indent + 2);
                }
            }
            Self::Map(entries) if !entries.is_empty() => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push('\n');
                        pad(out, indent);
                    }
                    let plain = !key.is_empty()
                        && key.bytes().all(|byte| byte.is_ascii_alphabetic())
                        && !matches!(
                            key.to_ascii_lowercase().as_str(),
                            "y" | "n" | "yes" | "no" | "on" | "off" | "true" | "false" | "null"
                        );
                    if plain {
                        out.push_str(key);
                    } else {
                        quote(out, key);
                    }
                    out.push(':');
                    match value {
                        Self::Map(inner) if !inner.is_empty() => {
                            out.push('\n');
                            pad(out, indent + 2);
                            value.yaml(out, indent + 2);
                        }
                        Self::List(inner) if !inner.is_empty() => {
                            out.push('\n');
                            pad(out, indent);
                            value.yaml(out, indent);
                        }
                        _ => {
                            out.push(' ');
                            value.json(out);
                        }
                    }
                }
            }
            _ => self.json(out),
        }
    }
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' '..='~' => out.push(letter),
            _ if u32::from(letter) < 0x1_0000 => {
                // A string takes every write.
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}
