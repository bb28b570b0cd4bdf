//! Keys that stand twice in a YAML mapping, as go-yaml's strict decoder reports them.
//!
//! upstream: go.yaml.in/yaml/v2 decode.go (`setMapIndex`)

use std::collections::HashMap;

use crate::object::{Object, Value, ValueKind, Written};
use crate::quote::quoted;

/// How upstream's message begins.
pub(crate) const HEAD: &str = "yaml: unmarshal errors:\n";

/// What go-yaml's strict decoder says of keys that stand twice in a mapping of a value that was read from YAML: all of
/// them in one message, in its words. Nothing when there are none.
///
/// What an alias repeats is reported again, and so is a key that came with a merge: upstream does not know better.
/// Lines are those of the values, counted from the beginning of the document.
///
/// ```
/// use kubelogic_core::read::{Options, duplicate_keys, yaml_value};
/// let twice = yaml_value("a: 1\nb: {c: 2, c: 3}\na: 4\n", &Options::named("-")).unwrap();
/// assert_eq!(
///     duplicate_keys(&twice).unwrap(),
///     "yaml: unmarshal errors:\n  line 2: key \"c\" already set in map\n  line 3: key \"a\" already set in map",
/// );
/// assert_eq!(duplicate_keys(&yaml_value("a: 1\n", &Options::named("-")).unwrap()), None);
/// ```
pub fn duplicate_keys(object: &Object) -> Option<String> {
    let start = object.origin().start.map_or(1, |start| start.line);
    let mut lines = Vec::new();
    // Explicit stack: how deep a value is, is the input's choice.
    let mut open = vec![Open::new(object.root())];
    while let Some(top) = open.last_mut() {
        let Some(child) = top.children.next() else {
            let done = open.pop().map(|done| done.value);
            // A key is complained about when its value has been decoded.
            if let (Some(value), Some(parent)) = (done, open.last_mut()) {
                lines.extend(parent.set(value, start));
            }
            continue;
        };
        if is_merge_source(child) {
            continue;
        }
        match child.kind() {
            ValueKind::Mapping | ValueKind::Sequence => open.push(Open::new(child)),
            _ => lines.extend(top.set(child, start)),
        }
    }
    (!lines.is_empty()).then(|| format!("{HEAD}{}", lines.join("\n")))
}

/// A container whose children are being looked at.
struct Open<'a> {
    value: Value<'a>,
    children: Written<'a>,
    /// The forms of each key that was set.
    keys: HashMap<&'a str, Vec<KeyForm>>,
}

/// Keys of different forms are different keys to go-yaml.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyForm {
    Text,
    Int,
    Float,
}

impl<'a> Open<'a> {
    fn new(value: Value<'a>) -> Self {
        Self { value, children: value.written(), keys: HashMap::new() }
    }

    fn set(&mut self, value: Value<'a>, start: u32) -> Option<String> {
        if self.value.kind() != ValueKind::Mapping {
            return None;
        }
        let key = value.key_or_empty();
        let form = form(value, key);
        let set = self.keys.entry(key).or_default();
        if !set.contains(&form) {
            set.push(form);
            return None;
        }
        let line = value.position().map_or(1, |position| position.line.saturating_sub(start) + 1);
        let key = if value.has_resolved_key() { key.to_owned() } else { quoted(key) };
        Some(format!("  line {line}: key {key} already set in map"))
    }
}

fn form(value: Value<'_>, key: &str) -> KeyForm {
    if !value.has_resolved_key() {
        return KeyForm::Text;
    }
    let literal = value.key_span().map_or(key, |span| value.source(span));
    let decimal = !literal.contains(['x', 'X', 'o']) && literal.contains(['.', 'e', 'E']);
    // `true` and `false` have an `e` as well, but no number has their text.
    if decimal { KeyForm::Float } else { KeyForm::Int }
}

/// The value of a `<<`: its entries follow as copies.
fn is_merge_source(value: Value<'_>) -> bool {
    value.is_replaced() && value.key_or_empty() == "<<" && value.key_span().is_some_and(|span| span.len == 0)
}
