//! Edits of bytes: every byte outside of them stays as it is.

use kubelogic_core::finding::Edit;
use kubelogic_core::object::Position;

/// Why edits cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// Positions count characters, and these bytes are none of UTF-8.
    #[error("it is not in UTF-8")]
    NotUtf8,
    /// The text has no such position: it is not the text that was checked.
    #[error("it has no line {}, column {}", .0.line, .0.column)]
    Outside(Position),
    /// Two edits touch each other, or one ends before it begins.
    #[error("two changes touch each other at line {}, column {}", .0.line, .0.column)]
    Touching(Position),
}

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Makes edits. Lines end as they did, a byte-order mark stays, and so does every other byte.
///
/// # Errors
///
/// The bytes are not UTF-8, or an edit does not fit them.
///
/// ```
/// use kubelogic::finding::Edit;
/// use kubelogic::fix::apply;
/// use kubelogic::object::Position;
/// let edit = Edit {
///     start: Position { line: 2, column: 1 },
///     end: Position { line: 2, column: 9 },
///     text: "metadata".to_owned(),
/// };
/// let text = b"\xEF\xBB\xBFkind: Pod\r\nmetadate: {} # \xC3\xA9\r\n";
/// assert_eq!(apply(text, &[edit]).unwrap(), b"\xEF\xBB\xBFkind: Pod\r\nmetadata: {} # \xC3\xA9\r\n");
/// ```
pub fn apply(bytes: &[u8], edits: &[Edit]) -> Result<Vec<u8>, EditError> {
    let (mark, text) = match bytes.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => (&[][..], bytes),
    };
    let text = std::str::from_utf8(text).map_err(|_| EditError::NotUtf8)?;
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort();
    let mut finder = Finder { text, at: 0, position: Position::START };
    let mut changed = mark.to_vec();
    let mut done = 0;
    for (index, edit) in edits.iter().enumerate() {
        let start = finder.offset(edit.start)?;
        let end = finder.offset(edit.end)?;
        if start < done || end < start || (index > 0 && start == done) {
            return Err(EditError::Touching(edit.start));
        }
        changed.extend_from_slice(text.as_bytes().get(done..start).unwrap_or_default());
        changed.extend_from_slice(edit.text.as_bytes());
        done = end;
    }
    changed.extend_from_slice(text.as_bytes().get(done..).unwrap_or_default());
    Ok(changed)
}

/// Finds offsets of positions, from front to back.
struct Finder<'t> {
    text: &'t str,
    at: usize,
    position: Position,
}

impl Finder<'_> {
    fn offset(&mut self, wanted: Position) -> Result<usize, EditError> {
        if wanted < self.position {
            return Err(EditError::Touching(wanted));
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut characters = rest.char_indices().peekable();
        while self.position < wanted {
            let Some((at, character)) = characters.next() else { return Err(EditError::Outside(wanted)) };
            // As positions count: `\n`, `\r\n` and a lone `\r` end a line.
            let pair = character == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n');
            if (character == '\n' || character == '\r') && !pair {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
            if self.position > wanted {
                // The line ends before the column.
                return Err(EditError::Outside(wanted));
            }
            let next = characters.peek().map_or(rest.len(), |(next, _)| *next);
            debug_assert!(next > at);
            if self.position == wanted {
                self.at += next;
                return Ok(self.at);
            }
        }
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: (u32, u32), end: (u32, u32), text: &str) -> Edit {
        let position = |(line, column)| Position { line, column };
        Edit { start: position(start), end: position(end), text: text.to_owned() }
    }

    #[test]
    fn several_edits_are_made_in_any_order() {
        let edits = [edit((3, 1), (3, 2), "C"), edit((1, 2), (1, 2), "+"), edit((2, 1), (3, 1), "")];
        // The second and the third touch.
        assert_eq!(apply(b"a\nb\nc\n", &edits), Err(EditError::Touching(Position { line: 3, column: 1 })));
        assert_eq!(apply(b"a\nb\nc\n", &edits[..2]).unwrap(), b"a+\nb\nC\n");
        assert_eq!(apply(b"a\rb\r\nc", &[edit((3, 1), (3, 2), "")]).unwrap(), b"a\rb\r\n");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for place in [(1, 4), (2, 2), (3, 1), (9, 9)] {
            let outside = Position { line: place.0, column: place.1 };
            assert_eq!(
                apply(b"ab\n\xC3\xA9", &[edit(place, place, "x")]).err(),
                (place != (2, 2)).then_some(EditError::Outside(outside))
            );
        }
        assert_eq!(apply(b"a\xFF", &[]), Err(EditError::NotUtf8));
        assert!(matches!(apply(b"abc", &[edit((1, 3), (1, 2), "")]), Err(EditError::Touching(_))));
    }

    #[test]
    fn positions_are_those_of_the_reader() {
        let text = "a\r\nb\rc\n\ré\r\r\nx";
        for (offset, _) in text.char_indices() {
            let place = Position::START.advanced(text, offset);
            let made =
                apply(text.as_bytes(), &[Edit { start: place, end: place, text: "+".to_owned() }]).unwrap();
            assert_eq!(made.iter().position(|byte| *byte == b'+'), Some(offset), "{place}");
        }
    }
}
