//! Changes of an object's text, by byte.

use crate::finding::Edit;
use crate::object::{Object, Span, Value};

/// Changes of the text of one object.
#[derive(Debug)]
pub(super) struct Edits<'a> {
    object: &'a Object,
    /// First byte, first byte behind, and what stands there afterwards.
    changes: Vec<(usize, usize, String)>,
}

/// Where a key stands in its line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Characters before it.
    pub(super) indent: usize,
}

impl<'a> Edits<'a> {
    pub(super) fn of(object: &'a Object) -> Self {
        Self { object, changes: Vec::new() }
    }

    /// Replaces the text of a scalar and keeps its quotes.
    pub(super) fn replace_scalar(&mut self, value: Value<'_>, text: &str) -> Option<()> {
        let (start, end) = range(value.span()?);
        let literal = self.object.text().get(start..end)?;
        let inside = literal.find(value.as_str()?)?;
        let start = start + inside;
        self.replace(start, start + value.as_str()?.len(), text.to_owned());
        Some(())
    }

    pub(super) fn replace(&mut self, start: usize, end: usize, text: String) {
        self.changes.push((start, end, text));
    }

    /// The key of a value, when it begins its line as in block style.
    pub(super) fn key_of(&self, value: Value<'_>) -> Option<Key> {
        let (start, end) = range(value.key_span()?);
        let text = self.object.text();
        if text.get(start..end)? != value.key()? {
            return None;
        }
        let line = text.get(..start)?.rfind(['\n', '\r']).map_or(0, |feed| feed + 1);
        let before = text.get(line..start)?;
        let column = value.key_position()?.column;
        before.bytes().all(|byte| matches!(byte, b' ' | b'-')).then_some(Key {
            start,
            end,
            indent: usize::try_from(column).ok()?.saturating_sub(1),
        })
    }

    /// What ends a line of the text.
    pub(super) fn line_end(&self) -> &'static str {
        if self.object.text().contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The text with all changes.
    pub(super) fn applied(&mut self) -> Option<String> {
        self.changes.sort();
        let text = self.object.text();
        let mut applied = String::with_capacity(text.len());
        let mut done = 0;
        for (start, end, change) in &self.changes {
            applied.push_str(text.get(done..*start)?);
            applied.push_str(change);
            done = *end;
        }
        applied.push_str(text.get(done..)?);
        Some(applied)
    }

    /// The changes with their places in the input.
    pub(super) fn finish(self) -> Option<Vec<Edit>> {
        let start = self.object.origin().start?;
        let text = self.object.text();
        let edit = |(from, to, change): (usize, usize, String)| Edit {
            start: start.advanced(text, from),
            end: start.advanced(text, to),
            text: change,
        };
        Some(self.changes.into_iter().map(edit).collect())
    }
}

fn range(span: Span) -> (usize, usize) {
    let start = span.start as usize;
    (start, start + span.len as usize)
}
