//! Where text came from: the name of an input and a position in it.

use std::fmt;
use std::sync::Arc;

use memchr::{memchr_iter, memrchr, memrchr_iter};

use serde::Serialize;

use crate::object::FieldPath;

/// The name of an input as people know it: a path, `-` for standard input, or a name given by the caller.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct SourceName(Arc<str>);

impl SourceName {
    /// Names an input.
    ///
    /// ```
    /// use kubelogic_core::object::SourceName;
    /// assert_eq!(SourceName::new("roles.yaml").as_str(), "roles.yaml");
    /// ```
    pub fn new(name: impl AsRef<str>) -> Self {
        Self(Arc::from(name.as_ref()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A line and a column, both counted from 1; columns count Unicode characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode characters.
    pub column: u32,
}

impl Position {
    /// The first character of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The position of byte `offset` in `text` when the text itself starts at `self`.
    ///
    /// An offset past the end is the end. `\n`, `\r\n` and a lone `\r` end a line.
    ///
    /// ```
    /// use kubelogic_core::object::Position;
    /// let position = Position::START.advanced("a: 1\nb: é!", 10);
    /// assert_eq!((position.line, position.column), (2, 5));
    /// ```
    #[must_use]
    pub fn advanced(self, text: &str, offset: usize) -> Self {
        let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
        // Only a lone carriage return needs a look at each line; nearly no text has any.
        let feeds = memchr_iter(b'\n', before).count();
        let last_feed = memrchr(b'\n', before);
        let is_lone = |at: &usize| text.as_bytes().get(at + 1) != Some(&b'\n');
        let returns = memchr_iter(b'\r', before).filter(is_lone).count();
        let last_lone = if returns > 0 { memrchr_iter(b'\r', before).find(is_lone) } else { None };
        let line = self.line.saturating_add(u32::try_from(feeds + returns).unwrap_or(u32::MAX));
        let line_start = last_feed.max(last_lone).map(|at| at + 1);
        let (start, base) = match line_start {
            Some(start) => (start, 1),
            None => (0, self.column),
        };
        // Continuation bytes do not start a character.
        let characters =
            before.get(start..).unwrap_or_default().iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Self { line, column: base.saturating_add(u32::try_from(characters).unwrap_or(u32::MAX)) }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.line, self.column)
    }
}

/// Where one document, or one item of a List, begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The input.
    pub source: SourceName,
    /// Which document of the input, from 1.
    pub document: u32,
    /// Which item of the document's list, from 0; `None` when the document is no list.
    pub item: Option<u32>,
    /// Where the text of the object starts in the input; `None` when it was not read from text.
    pub start: Option<Position>,
}

impl Origin {
    /// An object that was handed over by a program and has no text.
    ///
    /// ```
    /// use kubelogic_core::object::{Origin, SourceName};
    /// assert_eq!(Origin::memory(SourceName::new("api")).start, None);
    /// ```
    pub fn memory(source: SourceName) -> Self {
        Self { source, document: 1, item: None, start: None }
    }
}

/// A place in the input: source, document, field path, and line and column where known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct Location {
    /// The input.
    pub source: SourceName,
    /// Which document of the input, from 1.
    pub document: u32,
    /// Which item of the document's list, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// The field, empty for the whole document.
    #[serde(skip_serializing_if = "FieldPath::is_root")]
    #[cfg_attr(feature = "json-schema", schemars(with = "String", default))]
    pub path: FieldPath,
    /// Line and column, when the input was text.
    #[serde(flatten)]
    pub position: Option<Position>,
}

impl fmt::Display for Location {
    /// `file:line:column`, or `file` with the document's number when there is no position.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(out, "{}:{position}", self.source),
            None => write!(out, "{}#{}", self.source, self.document),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn every_end_of_line_counts_once() {
        let text = "a\r\nb\rc\n\ré\r\r\nx";
        let places: Vec<_> = (0..=text.len())
            .filter(|offset| text.is_char_boundary(*offset))
            .map(|offset| Position::START.advanced(text, offset).to_string())
            .collect();
        // Before each of: a, CR, LF, b, CR, c, LF, CR, é, CR, CR, LF, x, end.
        let wanted = [
            "1:1", "1:2", "1:3", "2:1", "2:2", "3:1", "3:2", "4:1", "5:1", "5:2", "6:1", "6:2", "7:1", "7:2",
        ];
        assert_eq!(places, wanted);
    }
}
