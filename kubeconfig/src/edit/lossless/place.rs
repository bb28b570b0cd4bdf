//! Where values begin and end in a text.

use kubelogic_core::object::{Value, ValueKind};

use super::difference::Step;

/// The value at a path.
pub(super) fn find<'a>(root: Value<'a>, path: &[Step]) -> Option<Value<'a>> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Named(name) => value
            .items()
            .find(|item| item.get("name").and_then(|found| found.as_str()).unwrap_or_default() == name),
        Step::Index(index) => value.items().nth(*index),
    })
}

/// Where a value begins.
pub(super) fn start(value: Value<'_>) -> Option<usize> {
    value.span().and_then(|span| usize::try_from(span.start).ok())
}

/// Where a scalar ends.
pub(super) fn end(value: Value<'_>) -> Option<usize> {
    let span = value.span()?;
    usize::try_from(span.start.checked_add(span.len)?).ok()
}

/// Whether a value is written between brackets.
pub(super) fn is_flow(text: &str, value: Value<'_>) -> bool {
    let container = matches!(value.kind(), ValueKind::Mapping | ValueKind::Sequence);
    container && start(value).and_then(|at| text.get(at..)).is_some_and(|rest| rest.starts_with(['{', '[']))
}

/// Where each key and value begins, in order.
pub(super) fn starts(root: Value<'_>, text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut work = vec![root];
    while let Some(value) = work.pop() {
        found.extend(start(value));
        for (_, inner) in value.entries() {
            found.extend(key_start(text, inner));
            work.push(inner);
        }
        let flow = is_flow(text, value);
        for item in value.items() {
            found.extend(start(item).filter(|_| !flow).and_then(|at| dash(text, at)));
            work.push(item);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The dash of an item that begins at a place.
pub(super) fn dash(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.trim_end_matches([' ', '\n', '\r']);
    before.ends_with('-').then(|| before.len() - 1)
}

/// Where the key of a value begins.
pub(super) fn key_start(text: &str, value: Value<'_>) -> Option<usize> {
    let position = value.key_position()?;
    let line = usize::try_from(position.line).ok()?.checked_sub(1)?;
    let column = usize::try_from(position.column).ok()?.checked_sub(1)?;
    let mut begin = 0;
    for _ in 0..line {
        begin += next_line(text.get(begin..)?)?;
    }
    let rest = text.get(begin..)?;
    rest.char_indices().nth(column).map(|(at, _)| begin + at)
}

/// Behind the first line end: `\n`, `\r\n` or a lone `\r`.
fn next_line(text: &str) -> Option<usize> {
    let at = text.find(['\n', '\r'])?;
    let two = text.get(at..).is_some_and(|rest| rest.starts_with("\r\n"));
    Some(at + if two { 2 } else { 1 })
}

/// The last place where something begins in a value.
pub(super) fn last_start(value: Value<'_>, text: &str) -> Option<usize> {
    starts(value, text).last().copied()
}

/// The beginning of the line of a place.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Behind the end of the line of a place.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end + 1)
}

/// Behind the last line that something between two places has for itself: blank lines and comments before what comes
/// next belong to that.
pub(super) fn own_end(text: &str, from: usize, next: Option<usize>) -> usize {
    let mut end = match next {
        Some(next) => line_start(text, next),
        None => document_end(text, from),
    };
    let first = line_end(text, from);
    while end > first {
        let line = line_start(text, end.saturating_sub(1));
        let content = text.get(line..end).unwrap_or_default().trim();
        if !content.is_empty() && !content.starts_with('#') {
            break;
        }
        end = line;
    }
    end.max(first)
}

/// Where the document of a place ends: before a line of three dashes or dots.
fn document_end(text: &str, from: usize) -> usize {
    let mut at = line_end(text, from);
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        if rest.starts_with("---") || rest.starts_with("...") {
            return at;
        }
        at = line_end(text, at);
    }
    text.len()
}

/// Behind a value between brackets, or a scalar among such values, that begins at a place.
pub(super) fn flow_end(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut characters = text.get(start..)?.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let at = start + at;
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' | ',' if depth == 0 => return Some(at),
            '}' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            '"' => loop {
                match characters.next()?.1 {
                    '\\' => drop(characters.next()),
                    '"' => break,
                    _ => {}
                }
            },
            '\'' if quote_begins(text, at) => loop {
                if characters.next()?.1 == '\'' && characters.next_if(|(_, next)| *next == '\'').is_none() {
                    break;
                }
            },
            '#' if quote_begins(text, at) => while characters.next_if(|(_, next)| *next != '\n').is_some() {},
            _ => {}
        }
    }
    None
}

/// Inside a plain scalar these characters mean themselves.
fn quote_begins(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|before| before.is_whitespace() || matches!(before, ',' | '[' | '{' | ':'))
}
