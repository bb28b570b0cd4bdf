//! Values as YAML byte for byte as kubectl writes them.
//!
//! upstream: go.yaml.in/yaml/v2 encode.go, emitterc.go, sorter.go (through sigs.k8s.io/yaml `Marshal`)

mod order;
mod scalar;

use crate::object::{Value, ValueKind};

/// The value as YAML in the bytes that kubectl prints and writes: keys in its order, its quotes, its indentation.
///
/// ```
/// use kubelogic_core::read::{Options, json_value, write::to_kubectl_yaml};
/// let text = r#"{"b": ["on", "x", 1], "a10": {"c": "1\n2"}, "a9": [], "d": " lead"}"#;
/// let value = json_value(text, &Options::named("-")).unwrap();
/// assert_eq!(
///     to_kubectl_yaml(value.root()),
///     "a9: []\na10:\n  c: |-\n    1\n    2\nb:\n- \"on\"\n- x\n- 1\nd: ' lead'\n",
/// );
/// ```
pub fn to_kubectl_yaml(value: Value<'_>) -> String {
    let mut emitter = Emitter::default();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut next = Some((value, Place::Root));
    loop {
        if let Some((value, place)) = next.take()
            && let Some(children) = emitter.begin(value, place)
        {
            open.push(children);
        }
        let Some(top) = open.last_mut() else { break };
        let Some((key, value)) = top.children.next() else {
            emitter.indent = top.outer;
            open.pop();
            continue;
        };
        emitter.write_indent();
        match key {
            None => emitter.indicator("-", true, false, true),
            Some(key) => emitter.key(key),
        }
        next = Some((value, if key.is_some() { Place::Mapping } else { Place::Sequence }));
    }
    emitter.write_indent();
    emitter.out
}

/// A container whose children are still to be written.
struct Open<'a> {
    children: std::vec::IntoIter<(Option<&'a str>, Value<'a>)>,
    /// The indentation around it.
    outer: Option<usize>,
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Mapping,
    Sequence,
}

/// What upstream's emitter remembers of what it wrote.
struct Emitter {
    out: String,
    column: usize,
    /// `None` before the first container.
    indent: Option<usize>,
    /// The last character was a space, or begins a line.
    whitespace: bool,
    /// Only indentation has been written in this line.
    indention: bool,
}

impl Default for Emitter {
    fn default() -> Self {
        Self { out: String::new(), column: 0, indent: None, whitespace: true, indention: true }
    }
}

impl Emitter {
    /// Writes a scalar or an empty container; the children of another one are to be written by the caller.
    fn begin<'a>(&mut self, value: Value<'a>, place: Place) -> Option<Open<'a>> {
        let sequence = value.kind() == ValueKind::Sequence;
        let children: Vec<(Option<&'a str>, Value<'a>)> = match value.kind() {
            ValueKind::Sequence => value.items().map(|item| (None, item)).collect(),
            ValueKind::Mapping => {
                let entries = order::sorted(value.entries().collect());
                entries.into_iter().map(|(key, value)| (Some(key), value)).collect()
            }
            _ => {
                self.scalar(value);
                return None;
            }
        };
        if children.is_empty() {
            self.indicator(if sequence { "[" } else { "{" }, true, true, false);
            self.indicator(if sequence { "]" } else { "}" }, false, false, false);
            return None;
        }
        let outer = self.indent;
        // A list stands under its key without indentation.
        let indentless = sequence && place == Place::Mapping && !self.indention;
        self.indent = Some(match outer {
            None => 0,
            Some(indent) if indentless => indent,
            Some(indent) => indent + 2,
        });
        Some(Open { children: children.into_iter(), outer })
    }

    fn key(&mut self, key: &str) {
        let shape = scalar::Shape::of(key);
        // upstream: yaml_emitter_check_simple_key
        if !shape.multiline && key.len() <= 128 {
            self.text(key, &shape, true);
            self.indicator(":", false, false, false);
        } else {
            self.indicator("?", true, false, true);
            self.text(key, &shape, false);
            self.write_indent();
            self.indicator(":", true, false, true);
        }
    }

    fn put(&mut self, character: char) {
        self.out.push(character);
        self.column += 1;
    }

    fn put_break(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    /// A line break of the text: those of Unicode stand as they are.
    fn write_break(&mut self, character: char) {
        self.out.push(character);
        self.column = 0;
    }

    fn write_indent(&mut self) {
        let indent = self.indent.unwrap_or(0);
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.put_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    fn indicator(&mut self, text: &str, need_whitespace: bool, is_whitespace: bool, is_indention: bool) {
        if need_whitespace && !self.whitespace {
            self.put(' ');
        }
        self.out.push_str(text);
        self.column += text.chars().count();
        self.whitespace = is_whitespace;
        self.indention = self.indention && is_indention;
    }
}

#[cfg(test)]
mod tests;
