//! The lines that a finding is about, ready to be printed.

use kubelogic_core::object::Position;

use super::extent::word;
use super::secret::blanked;
use crate::style::shown;

/// At most so many characters of a line are shown.
const WIDTH: usize = 100;
/// At most so many lines of a range are shown at its beginning; the last one follows.
const TOP: u32 = 3;

/// Some lines of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The lines, in their order; between the last two there may be more.
    pub lines: Vec<Line>,
    /// How many characters of the first line stand before the place.
    pub caret: usize,
    /// How many characters of the first line are meant, at least one; of a range over several lines, none.
    pub width: usize,
}

/// One line of an input: control characters are replaced, secrets are stars, and what is too long is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The number of the line, from 1.
    pub number: u32,
    /// Its text.
    pub text: String,
}

/// An input as text, with the start of each line.
#[derive(Debug)]
pub(super) struct Text {
    text: String,
    starts: Vec<usize>,
}

impl Text {
    /// Text of bytes. An input in UTF-16 is shown without excerpts.
    pub(super) fn new(bytes: Vec<u8>) -> Option<Self> {
        let text = match bytes.as_slice() {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return None,
            [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
            _ => String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        };
        let starts = line_starts(&text);
        Some(Self { text, starts })
    }

    fn line(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        Some(self.text.get(start..end)?.trim_end_matches(['\n', '\r']))
    }

    pub(super) fn word_end(&self, position: Position) -> Option<Position> {
        let column = usize::try_from(position.column).ok()?.checked_sub(1)?;
        let width = u32::try_from(word(self.line(position.line)?, column)).ok()?;
        Some(Position { line: position.line, column: position.column.checked_add(width)? })
    }

    pub(super) fn excerpt(&self, from: Position, end: Option<Position>, open: bool) -> Option<Excerpt> {
        let whole = self.line(from.line)?;
        let column = usize::try_from(from.column).ok()?.checked_sub(1)?;
        let last = end.map_or(from.line, |end| if end.column > 1 { end.line } else { end.line - 1 });
        let width = match end {
            _ if last > from.line => 0,
            Some(end) if end.line == from.line && end.column > from.column => {
                usize::try_from(end.column - from.column).ok()?
            }
            _ => word(whole, column).max(1),
        };
        let (text, caret) = window(&visible(whole, open), column);
        let most = text.chars().count().saturating_sub(caret).max(1);
        let mut lines = vec![Line { number: from.line, text }];
        let shown = |number: &u32| *number < from.line.saturating_add(TOP) || *number == last;
        for number in (from.line.saturating_add(1)..=last).filter(shown) {
            let Some(line) = self.line(number) else { break };
            lines.push(Line { number, text: window(&visible(line, open), 0).0 });
        }
        Some(Excerpt { lines, caret, width: width.min(most) })
    }
}

fn visible(line: &str, open: bool) -> String {
    if open { shown(line).replace('\u{FFFD}', "?") } else { blanked(line) }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(index, _)| index + 1)).collect()
}

/// The part of a long line around a column.
fn window(line: &str, column: usize) -> (String, usize) {
    let length = line.chars().count();
    let column = column.min(length);
    if length <= WIDTH {
        return (line.to_owned(), column);
    }
    let start = column.saturating_sub(WIDTH / 2).min(length - WIDTH);
    let mut text: String = line.chars().skip(start).take(WIDTH).collect();
    let mut caret = column - start;
    if start > 0 {
        text.insert(0, '…');
        caret += 1;
    }
    if start + WIDTH < length {
        text.push('…');
    }
    (text, caret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let line = "x".repeat(500);
        let (text, caret) = window(&line, 300);
        assert_eq!(text.chars().count(), WIDTH + 2);
        assert_eq!(caret, WIDTH / 2 + 1);
        let (text, caret) = window(&line, 500);
        assert!(text.starts_with('…') && !text.ends_with('…'));
        assert_eq!(caret, WIDTH + 1);
        assert_eq!(window("short", 9), ("short".to_owned(), 5));
    }

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn a_range_shows_its_first_lines_and_its_last_one() {
        let text = Text::new(b"\xEF\xBB\xBFa:\r\n  b: 1\r\n  c: 2\r\n  d: 3\r\n  e: 4\r\nf: 5\r\n".to_vec())
            .unwrap();
        let excerpt = text.excerpt(at(1, 1), Some(at(6, 1)), true).unwrap();
        let numbers: Vec<u32> = excerpt.lines.iter().map(|line| line.number).collect();
        assert_eq!((numbers, excerpt.width), (vec![1, 2, 3, 5], 0));
        assert_eq!(excerpt.lines[3].text, "  e: 4");
        let excerpt = text.excerpt(at(2, 3), Some(at(2, 7)), false).unwrap();
        assert_eq!((excerpt.lines[0].text.as_str(), excerpt.caret, excerpt.width), ("  b: *", 2, 4));
        assert_eq!(text.excerpt(at(9, 1), None, true), None);
    }
}
