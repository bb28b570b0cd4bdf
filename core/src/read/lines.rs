//! Lines and columns of byte offsets.

use memchr::{memchr, memchr_iter, memrchr};

use crate::object::Position;

/// Finds positions in one text, quickly when they are asked for from front to back.
pub(super) struct Lines<'t> {
    text: &'t str,
    start: Position,
    at: usize,
    position: Position,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self::starting(text, Position::START)
    }

    /// The text itself starts at a position.
    pub(super) fn starting(text: &'t str, start: Position) -> Self {
        Self { text, start, at: 0, position: start }
    }

    /// The position of a byte; the next call goes on from there.
    pub(super) fn position(&mut self, at: usize) -> Position {
        if at < self.at {
            return self.position_anywhere(at);
        }
        let between = self.text.get(self.at..at).unwrap_or_default();
        self.position = advance(self.position, between);
        self.at = at;
        self.position
    }

    /// The position of any byte.
    pub(super) fn position_anywhere(&self, at: usize) -> Position {
        position_in(self.text, self.start, at)
    }
}

/// The position of a byte of a text that itself starts at a position.
pub(super) fn position_in(text: &str, start: Position, at: usize) -> Position {
    advance(start, text.get(..floor_boundary(text, at)).unwrap_or(text))
}

/// The position behind a piece of text.
fn advance(from: Position, text: &str) -> Position {
    let bytes = text.as_bytes();
    if memchr(b'\r', bytes).is_some() {
        return from.advanced(text, text.len());
    }
    let feeds = memchr_iter(b'\n', bytes).count();
    let last = memrchr(b'\n', bytes).map_or(0, |at| at + 1);
    let column = if feeds > 0 { 1 } else { from.column };
    let characters = text.get(last..).unwrap_or_default().chars().count();
    let add = |to: u32, count: usize| to.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
    Position { line: add(from.line, feeds), column: add(column, characters) }
}

/// The last character boundary that is not behind byte `at`.
pub(super) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
