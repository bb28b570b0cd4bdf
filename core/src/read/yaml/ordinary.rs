//! The lines that manifests are mostly made of, read without tokens: `key: value`, `key:`, `- item`.
//!
//! This is a short cut, not a dialect. Each step looks first and then takes exactly what the token machine
//! would have taken; whatever looks unusual is left to that machine, from an unchanged place.

use super::characters::{Run, byte, is_break_or_end, run_length};
use super::parser::{Event, EventKind, Parser, State};
use super::scanner::to_u32;
use super::token::{Piece, Style};

/// A key of the ordinary kind: where it ends, and the colon stands.
#[derive(Clone, Copy)]
struct Key {
    start: usize,
    end: usize,
}

impl Parser<'_> {
    /// In a block mapping, behind an entry: the next key, or the end of the mapping.
    pub(super) fn ordinary_key(&mut self) -> Option<Event> {
        let column = self.line_begins()?;
        let indent = self.scanner.indent;
        if column == indent {
            let key = self.key_at(self.scanner.at)?;
            self.scanner.at = key.end + 1;
            self.scanner.key_allowed = false;
            self.state = State::BlockMappingColon;
            return Some(scalar(Style::Plain, key.start, key.end, key.start, key.end));
        }
        (column < indent).then(|| self.dedent(EventKind::MappingEnd))
    }

    /// In a block mapping, behind the colon: the value, if it stands in the same line and is ordinary, or the
    /// beginning of the block in the next lines.
    pub(super) fn ordinary_value(&mut self) -> Option<Event> {
        if !self.scanner.is_idle() {
            return None;
        }
        let event = self.ordinary_scalar();
        if event.is_some() {
            self.state = State::BlockMappingKey;
            return event;
        }
        // A block begins in another line.
        let before = self.scanner.place();
        if let Some(column) = self.next_line() {
            let indent = self.scanner.indent;
            let at = self.scanner.at;
            if byte(self.scanner.bytes, at) == b'-' {
                if column >= indent && self.dash_at(at) && self.may_indent() {
                    self.states.push(State::BlockMappingKey);
                    if column > indent {
                        self.scanner.indent_to(column);
                        self.state = State::BlockSequenceEntry;
                    } else {
                        self.state = State::IndentlessSequenceEntry;
                    }
                    return Some(container(EventKind::SequenceStart, at));
                }
            } else if column > indent && self.key_at(at).is_some() && self.may_indent() {
                self.states.push(State::BlockMappingKey);
                self.scanner.indent_to(column);
                self.state = State::BlockMappingKey;
                return Some(container(EventKind::MappingStart, at));
            }
        }
        self.scanner.return_to(before);
        None
    }

    /// In a block sequence, behind an item: the next item, or the end of the sequence.
    pub(super) fn ordinary_item(&mut self, indentless: bool) -> Option<Event> {
        let column = self.line_begins()?;
        let indent = self.scanner.indent;
        let at = self.scanner.at;
        if column < indent {
            return Some(if indentless {
                self.pop();
                container(EventKind::SequenceEnd, at)
            } else {
                self.dedent(EventKind::SequenceEnd)
            });
        }
        if column != indent || !self.dash_at(at) {
            let ends = indentless && column == indent && is_key_start(byte(self.scanner.bytes, at));
            return ends.then(|| {
                self.pop();
                container(EventKind::SequenceEnd, at)
            });
        }
        let before = self.scanner.place();
        self.scanner.at += 1;
        while self.scanner.byte() == b' ' {
            self.scanner.at += 1;
        }
        let item = self.scanner.at;
        let entry = if indentless { State::IndentlessSequenceEntry } else { State::BlockSequenceEntry };
        if self.key_at(item).is_some() && self.may_indent() {
            self.states.push(entry);
            self.scanner.indent_to(self.scanner.column().cast_signed());
            self.state = State::BlockMappingKey;
            return Some(container(EventKind::MappingStart, item));
        }
        let event = self.ordinary_scalar();
        if event.is_some() {
            self.state = entry;
        } else {
            self.scanner.return_to(before);
        }
        event
    }

    /// Goes to the next token, if a new line began before it; gives its column.
    fn line_begins(&mut self) -> Option<isize> {
        if !self.scanner.is_idle() {
            return None;
        }
        self.scanner.skip_to_token();
        let begins = self.scanner.key_allowed && self.scanner.byte() != 0;
        begins.then(|| self.scanner.column().cast_signed())
    }

    /// Goes to the first token of another line; `None` when the current line still has one.
    fn next_line(&mut self) -> Option<isize> {
        let line = self.scanner.line;
        self.scanner.skip_to_token();
        let begins = self.scanner.line != line && self.scanner.byte() != 0;
        begins.then(|| self.scanner.column().cast_signed())
    }

    fn dedent(&mut self, kind: EventKind) -> Event {
        self.pop();
        self.scanner.dedent();
        container(kind, self.scanner.at)
    }

    fn may_indent(&self) -> bool {
        self.scanner.may_indent()
    }

    /// A key without quotes, of one word, with its colon in the same line.
    fn key_at(&self, at: usize) -> Option<Key> {
        /// As many characters as a key may have; a longer one is left to the scanner.
        const LONGEST: usize = 1024;
        let bytes = self.scanner.bytes;
        if !is_key_start(byte(bytes, at)) {
            return None;
        }
        let mut end = at;
        loop {
            end += run_length(bytes, end, Run::Block);
            if byte(bytes, end) != b':' {
                return None;
            }
            if matches!(byte(bytes, end + 1), b' ' | b'\n') {
                break;
            }
            if byte(bytes, end + 1) >= 0x80 || is_break_or_end(bytes, end + 1) {
                return None;
            }
            end += 1;
        }
        (end - at <= LONGEST).then_some(Key { start: at, end })
    }

    /// A dash with a space behind it.
    fn dash_at(&self, at: usize) -> bool {
        byte(self.scanner.bytes, at) == b'-' && byte(self.scanner.bytes, at + 1) == b' '
    }

    /// A scalar of one line, without escapes, behind spaces.
    fn ordinary_scalar(&mut self) -> Option<Event> {
        let before = self.scanner.at;
        while self.scanner.byte() == b' ' {
            self.scanner.at += 1;
        }
        let event = match self.scanner.byte() {
            b'"' => self.quoted_word(Run::Double, b'"'),
            b'\'' => self.quoted_word(Run::Single, b'\''),
            first if is_key_start(first) => self.plain_line(),
            _ => None,
        };
        if event.is_none() {
            self.scanner.at = before;
        }
        event
    }

    fn quoted_word(&mut self, run: Run, quote: u8) -> Option<Event> {
        let bytes = self.scanner.bytes;
        let start = self.scanner.at;
        let mut end = start + 1;
        loop {
            end += run_length(bytes, end, run);
            match byte(bytes, end) {
                b' ' => end += 1,
                found if found == quote => break,
                _ => return None,
            }
        }
        if quote == b'\'' && byte(bytes, end + 1) == b'\'' {
            return None;
        }
        self.scanner.at = end + 1;
        self.scanner.key_allowed = false;
        // A colon behind the quote would make it a key, or an error.
        if !matches!(byte(bytes, end + 1), b'\n') {
            self.scanner.at = start;
            return None;
        }
        Some(scalar(Style::Quoted, start + 1, end, start, end + 1))
    }

    /// Words up to the end of the line, when the next line does not go on with them.
    fn plain_line(&mut self) -> Option<Event> {
        let bytes = self.scanner.bytes;
        let start = self.scanner.at;
        let mut at = start;
        let mut end;
        loop {
            at += run_length(bytes, at, Run::Block);
            end = at;
            match byte(bytes, at) {
                b'\n' => break,
                b' ' => {
                    while byte(bytes, at) == b' ' {
                        at += 1;
                    }
                    match byte(bytes, at) {
                        b'\n' => break,
                        b'#' => return None,
                        _ => {}
                    }
                }
                b':' if byte(bytes, at + 1).is_ascii_graphic() => at += 1,
                _ => return None,
            }
        }
        // Up to the next line that holds anything.
        let mut line = at + 1;
        let mut next = line;
        loop {
            match byte(bytes, next) {
                b' ' => next += 1,
                b'\n' => {
                    next += 1;
                    line = next;
                }
                b'\t' | b'\r' | 0x80.. => return None,
                _ => break,
            }
        }
        if (next - line).cast_signed() > self.scanner.indent {
            return None;
        }
        self.scanner.at = next;
        self.scanner.line = line;
        self.scanner.wide = 0;
        self.scanner.key_allowed = true;
        Some(scalar(Style::Plain, start, end, start, end))
    }
}

/// Characters that begin a plain scalar and nothing else.
fn is_key_start(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'$')
}

fn scalar(style: Style, start: usize, end: usize, at: usize, behind: usize) -> Event {
    let piece = Piece::Source { start: to_u32(start), len: to_u32(end - start) };
    let (at, behind) = (to_u32(at), to_u32(behind));
    Event { kind: EventKind::Scalar(style, piece), properties: None, start: at, at, end: behind }
}

fn container(kind: EventKind, at: usize) -> Event {
    Event { kind, properties: None, start: to_u32(at), at: to_u32(at), end: to_u32(at) }
}
