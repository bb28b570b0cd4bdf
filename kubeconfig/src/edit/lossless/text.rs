//! A text in which single values change.

use kubelogic_core::object::{Object, Value, ValueKind};
use kubelogic_core::read::write::to_kubectl_yaml;
use serde_json::json;

use super::difference::Step;
use super::place::{
    dash, end, find, flow_end, is_flow, key_start, last_start, line_end, line_start, own_end, start, starts,
};

/// The text of a document, and what it says.
pub(super) struct Text<'a> {
    content: &'a str,
    root: Value<'a>,
    starts: Vec<usize>,
}

impl<'a> Text<'a> {
    /// Nothing unless the document is a mapping.
    pub(super) fn new(text: &'a str, root: Value<'a>) -> Option<Self> {
        (root.kind() == ValueKind::Mapping).then(|| Self { content: text, root, starts: starts(root, text) })
    }

    /// The text with a value set.
    pub(super) fn set(&self, path: &[Step], value: &serde_json::Value) -> Option<String> {
        let (last, above) = path.split_last()?;
        if let Some(old) = find(self.root, path) {
            return self.replace(old, path, value);
        }
        if let Some(parent) = find(self.root, above) {
            return match last {
                Step::Key(key) => self.insert_key(parent, above, key, value),
                Step::Named(_) => self.append_item(parent, above, value),
                Step::Index(_) => None,
            };
        }
        // What is around it is made with it.
        let around = match last {
            Step::Key(key) => json!({ key: value }),
            Step::Named(_) => json!([value]),
            Step::Index(_) => return None,
        };
        self.set(above, &around)
    }

    /// The text without a value; as it is when there is none.
    pub(super) fn remove(&self, path: &[Step]) -> Option<String> {
        let Some(value) = find(self.root, path) else { return Some(self.content.to_owned()) };
        let parent = find(self.root, path.get(..path.len().checked_sub(1)?)?)?;
        let from = self.begin(value)?;
        if is_flow(self.content, parent) {
            return self.remove_flow(parent, from, value);
        }
        let line = line_start(self.content, from);
        let before = self.content.get(line..from)?;
        if !before.trim_matches(' ').is_empty() {
            // Something else stands in the line: the value is emptied where it stands.
            return self.replace_text(value, "null");
        }
        let end = self.own_end(value, from);
        let keeps = parent.items().count() + parent.entries().count() > 1;
        if !keeps && parent.kind() == ValueKind::Mapping && start(parent) != start(self.root) {
            // A mapping that loses its last key stays a mapping.
            let indent = " ".repeat(from - line);
            return Some(self.cut(line, end, &format!("{indent}{{}}{}", self.line_break())));
        }
        Some(self.cut(line, end, ""))
    }

    /// Where a value begins with its key, or with its dash.
    fn begin(&self, value: Value<'a>) -> Option<usize> {
        if let Some(at) = key_start(self.content, value) {
            return Some(at);
        }
        let at = start(value)?;
        dash(self.content, at).filter(|_| !self.in_flow(at)).or(Some(at))
    }

    /// Whether a dash before a place would be no dash of a list.
    fn in_flow(&self, at: usize) -> bool {
        let line = self.content.get(line_start(self.content, at)..at).unwrap_or_default();
        line.contains(['{', '['])
    }

    fn own_end(&self, value: Value<'a>, from: usize) -> usize {
        let last = last_start(value, self.content).unwrap_or(from).max(from);
        let next = self.starts.iter().copied().find(|begin| *begin > last);
        own_end(self.content, last, next)
    }

    fn remove_flow(&self, parent: Value<'a>, from: usize, value: Value<'a>) -> Option<String> {
        let begin = start(value)?;
        let mut end =
            if begin < from { flow_end(self.content, from)? } else { flow_end(self.content, begin)? };
        let mut from = from;
        let rest = self.content.get(end..)?;
        let after = rest.trim_start();
        if after.starts_with(',') {
            end += rest.len() - after.len() + 1;
            end += self.content.get(end..)?.len() - self.content.get(end..)?.trim_start_matches(' ').len();
        } else {
            let before = self.content.get(..from)?.trim_end();
            if before.ends_with(',') {
                from = before.len() - 1;
            } else if start(parent)? + 1 < from {
                from = start(parent)? + 1;
            }
        }
        Some(self.cut(from, end, ""))
    }

    /// Another value where one stands.
    fn replace(&self, old: Value<'a>, path: &[Step], value: &serde_json::Value) -> Option<String> {
        let simple = |value: &serde_json::Value| !value.is_array() && !value.is_object();
        let container = matches!(old.kind(), ValueKind::Mapping | ValueKind::Sequence);
        if simple(value) && !container && self.is_one_line(old) {
            let flow = self.flow_around(path);
            return self.replace_text(old, &scalar(value, flow)?);
        }
        if container && is_flow(self.content, old) {
            let from = start(old)?;
            return Some(self.cut(from, flow_end(self.content, from)?, &value.to_string()));
        }
        if old.is_null() || (!container && self.is_one_line(old)) {
            return self.fill(old, path, value);
        }
        // Several lines: they go, and the value is put back.
        let without = self.remove(path)?;
        let object = read(&without)?;
        Text::new(object.text(), object.root())?.set(path, value)
    }

    /// A container where nothing, or a scalar, stands.
    fn fill(&self, old: Value<'a>, path: &[Step], value: &serde_json::Value) -> Option<String> {
        let (from, to) = (start(old)?, end(old)?);
        let behind = self.content.get(to..line_end(self.content, to))?.trim();
        let own_line = behind.is_empty() || behind.starts_with('#');
        let Some(key) = key_start(self.content, old).filter(|_| own_line && !self.flow_around(path)) else {
            return self.replace_text(old, &format!(" {value}"));
        };
        let column = key - line_start(self.content, key);
        let indent = if value.is_array() { column } else { column + 2 };
        let mut text = self.cut(from, to, "");
        let at = line_end(&text, from);
        let lines = self.lines(&yaml(value)?, indent);
        let gap = if text.get(..at)?.ends_with('\n') { "" } else { self.line_break() };
        text.insert_str(at, &format!("{gap}{lines}"));
        Some(text)
    }

    fn replace_text(&self, old: Value<'a>, new: &str) -> Option<String> {
        let (from, to) = (start(old)?, end(old)?);
        // A value that is not written stands directly behind its colon.
        let gap = if from == to && self.content.get(..from)?.ends_with([':', '-']) { " " } else { "" };
        Some(self.cut(from, to, &format!("{gap}{new}")))
    }

    fn insert_key(
        &self,
        parent: Value<'a>,
        path: &[Step],
        key: &str,
        value: &serde_json::Value,
    ) -> Option<String> {
        if parent.kind() != ValueKind::Mapping
            || parent.entries().next().is_none() && !is_flow(self.content, parent)
        {
            return self.replace(parent, path, &json!({ key: value }));
        }
        let at = start(parent)?;
        if is_flow(self.content, parent) {
            let comma = if parent.entries().next().is_some() { ", " } else { "" };
            let new = format!("{}: {value}{comma}", serde_json::Value::from(key));
            return Some(self.cut(at + 1, at + 1, &new));
        }
        let first = self.starts.iter().copied().find(|begin| *begin >= at)?;
        let column = first - line_start(self.content, first);
        // A file says of what kind it is, and where it points to, at its beginning.
        if start(parent) == start(self.root) && !value.is_array() && !value.is_object() {
            let lines = self.lines(&yaml(&json!({ key: value }))?, column);
            return Some(self.cut(line_start(self.content, first), line_start(self.content, first), &lines));
        }
        let (_, last) = parent.entries().max_by_key(|(_, value)| start(*value))?;
        let end = self.own_end(last, key_start(self.content, last)?);
        Some(self.insert_lines(end, &self.lines(&yaml(&json!({ key: value }))?, column)))
    }

    fn append_item(&self, items: Value<'a>, path: &[Step], value: &serde_json::Value) -> Option<String> {
        let Some(last) = items.items().last() else {
            return self.replace(items, path, &json!([value]));
        };
        if is_flow(self.content, items) {
            let at = start(items)? + 1;
            return Some(self.cut(at, at, &format!("{value}, ")));
        }
        let dash = self.begin(last)?;
        let column = dash - line_start(self.content, dash);
        let end = self.own_end(last, dash);
        Some(self.insert_lines(end, &self.lines(&yaml(&json!([value]))?, column)))
    }

    /// Lines at the beginning of a line, or behind a last line without an end.
    fn insert_lines(&self, at: usize, lines: &str) -> String {
        let before = self.content.get(..at).unwrap_or_default();
        if before.is_empty() || before.ends_with('\n') {
            return self.cut(at, at, lines);
        }
        let lines = lines.strip_suffix(self.line_break()).unwrap_or(lines);
        self.cut(at, at, &format!("{}{lines}", self.line_break()))
    }

    fn lines(&self, yaml: &str, indent: usize) -> String {
        let mut out = String::new();
        for line in yaml.split_terminator('\n') {
            if !line.is_empty() {
                out.extend(std::iter::repeat_n(' ', indent));
                out.push_str(line);
            }
            out.push_str(self.line_break());
        }
        out
    }

    fn line_break(&self) -> &'static str {
        if self.content.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn is_one_line(&self, value: Value<'a>) -> bool {
        let (Some(from), Some(to)) = (start(value), end(value)) else { return false };
        let own = self.content.get(from..to).unwrap_or_default();
        // The content of a block scalar begins below its indicator.
        !own.contains('\n') && !own.starts_with(['|', '>'])
    }

    fn flow_around(&self, path: &[Step]) -> bool {
        (0..path.len())
            .filter_map(|length| find(self.root, path.get(..length)?))
            .any(|around| is_flow(self.content, around))
    }

    fn cut(&self, from: usize, to: usize, new: &str) -> String {
        let before = self.content.get(..from).unwrap_or_default();
        format!("{before}{new}{}", self.content.get(to..).unwrap_or_default())
    }
}

fn read(text: &str) -> Option<Object> {
    kubelogic_core::read::yaml_value(text, &kubelogic_core::read::Options::named("kubeconfig")).ok()
}

fn yaml(value: &serde_json::Value) -> Option<String> {
    read(&value.to_string()).map(|object| to_kubectl_yaml(object.root()))
}

/// A scalar in a line: as kubectl writes it, or as JSON among brackets.
fn scalar(value: &serde_json::Value, flow: bool) -> Option<String> {
    if flow {
        return Some(value.to_string());
    }
    let line = yaml(&json!({ "k": value }))?;
    let text = line.strip_prefix("k: ")?.strip_suffix('\n')?;
    Some(if text.contains('\n') { value.to_string() } else { text.to_owned() })
}
