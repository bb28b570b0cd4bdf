//! Cuts text into tokens, as go-yaml's scanner does.
//!
//! The rules are libyaml's: a token stays in the queue as long as it may turn out to be a key, which is known
//! when the `:` comes, at the latest 1,024 characters or one line break later. How far the scanner reads ahead
//! can be seen from outside (an error behind the end of a document counts only if it was read), therefore the
//! queue and the table of possible keys work exactly as upstream's.
//!
//! upstream: go.yaml.in/yaml/v2 scannerc.go

use std::collections::VecDeque;

use super::characters::{
    break_length, byte, is_blank, is_break, is_break_or_end, is_white_or_end, line_length,
};
use super::fault::Fault;
use super::token::{TagParts, Token, TokenKind};

/// A simple key ends at most this many characters behind its start.
const KEY_LENGTH: usize = 1024;
/// Levels of `[` and `{`, and of indentation, that upstream accepts.
const DEEPEST: usize = 10_000;

/// A place where a key without `?` may have begun.
#[derive(Clone, Copy, Debug, Default)]
struct PossibleKey {
    possible: bool,
    /// A token here can be nothing but a key.
    required: bool,
    token: usize,
    at: usize,
    line: usize,
    column: usize,
}

/// A place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    at: usize,
    line: usize,
    wide: usize,
    key_allowed: bool,
}

#[derive(Debug)]
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// The next byte.
    pub(super) at: usize,
    /// Where the current line begins.
    pub(super) line: usize,
    /// Bytes of the current line, before `at`, that begin no character.
    pub(super) wide: usize,
    /// The column of the innermost block collection; -1 outside all.
    pub(super) indent: isize,
    pub(super) flow: usize,
    pub(super) key_allowed: bool,
    /// Decoded texts of the tokens in the queue.
    pub(super) scratch: String,
    pub(super) tags: Vec<TagParts>,
    indents: Vec<isize>,
    queue: VecDeque<Token>,
    /// How many tokens were taken from the queue.
    taken: usize,
    ready: bool,
    ended: bool,
    keys: Vec<PossibleKey>,
    /// Token number to index in `keys`, ascending.
    keys_by_token: VecDeque<(usize, usize)>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            line: if text.starts_with('\u{FEFF}') { 3 } else { 0 },
            wide: 0,
            indent: -1,
            flow: 0,
            key_allowed: true,
            scratch: String::new(),
            tags: Vec::new(),
            indents: Vec::new(),
            queue: VecDeque::with_capacity(32),
            taken: 0,
            ready: false,
            ended: false,
            keys: vec![PossibleKey::default()],
            keys_by_token: VecDeque::new(),
        }
    }

    /// The next token, which stays.
    pub(super) fn peek(&mut self) -> Result<Token, Fault> {
        if !self.ready {
            self.fill()?;
            self.ready = true;
        }
        let end = Token { kind: TokenKind::StreamEnd, start: self.offset(), end: self.offset() };
        Ok(self.queue.front().copied().unwrap_or(end))
    }

    /// Takes the token that was peeked.
    pub(super) fn skip(&mut self) {
        self.ready = false;
        self.taken += 1;
        self.queue.pop_front();
    }

    pub(super) fn column(&self) -> usize {
        self.at - self.line - self.wide
    }

    pub(super) fn byte(&self) -> u8 {
        byte(self.bytes, self.at)
    }

    pub(super) fn byte_after(&self, distance: usize) -> u8 {
        byte(self.bytes, self.at + distance)
    }

    pub(super) fn offset(&self) -> u32 {
        to_u32(self.at)
    }

    /// Goes over the line break at the current byte; nothing happens when there is none.
    pub(super) fn skip_break(&mut self) {
        let length = break_length(self.bytes, self.at);
        if length > 0 {
            self.at += length;
            self.line = self.at;
            self.wide = 0;
        }
    }

    /// Goes over one character that is no line break.
    pub(super) fn skip_character(&mut self) {
        let width = super::characters::width(self.byte());
        self.at += width;
        self.wide += width - 1;
    }

    pub(super) fn skip_blanks(&mut self) {
        while is_blank(self.byte()) {
            self.at += 1;
        }
    }

    pub(super) fn skip_comment(&mut self) {
        if self.byte() == b'#' {
            self.skip_line_content();
        }
    }

    /// Goes to the end of the line.
    pub(super) fn skip_line_content(&mut self) {
        loop {
            self.at += line_length(self.bytes, self.at);
            if is_break_or_end(self.bytes, self.at) {
                return;
            }
            self.skip_character();
        }
    }

    /// `---` or `...` at the beginning of a line.
    pub(super) fn at_document_indicator(&self) -> bool {
        matches!(self.byte(), b'-' | b'.')
            && self.column() == 0
            && (self.bytes.get(self.at..self.at + 3) == Some(b"---")
                || self.bytes.get(self.at..self.at + 3) == Some(b"..."))
            && is_white_or_end(self.bytes, self.at + 3)
    }

    /// No token is waiting, and none of the current line can still become a key that must be there.
    pub(super) fn is_idle(&self) -> bool {
        self.queue.is_empty()
            && self.flow == 0
            && self.keys.last().is_none_or(|key| !(key.possible && key.required))
    }

    /// Where the scanner stands, to return to.
    pub(super) fn place(&self) -> Place {
        Place { at: self.at, line: self.line, wide: self.wide, key_allowed: self.key_allowed }
    }

    pub(super) fn return_to(&mut self, place: Place) {
        self.at = place.at;
        self.line = place.line;
        self.wide = place.wide;
        self.key_allowed = place.key_allowed;
    }

    pub(super) fn may_indent(&self) -> bool {
        self.indents.len() < DEEPEST
    }

    /// Opens a block collection at a deeper column.
    pub(super) fn indent_to(&mut self, column: isize) {
        self.indents.push(self.indent);
        self.indent = column;
        self.key_allowed = true;
    }

    /// Closes the innermost block collection.
    pub(super) fn dedent(&mut self) {
        self.indent = self.indents.pop().unwrap_or(-1);
    }

    fn fill(&mut self) -> Result<(), Fault> {
        if self.queue.is_empty() {
            self.scratch.clear();
        }
        loop {
            if !self.queue.is_empty() {
                match self.key_of_token(self.taken) {
                    Some(index) if self.key_is_valid(index)? => {}
                    _ => return Ok(()),
                }
            }
            if self.ended {
                return Ok(());
            }
            self.fetch()?;
        }
    }

    fn fetch(&mut self) -> Result<(), Fault> {
        self.skip_to_token();
        self.unroll(self.column().cast_signed());
        let first = self.byte();
        match first {
            0 => return self.fetch_stream_end(),
            b'%' if self.column() == 0 => return self.fetch_directive(),
            b'-' | b'.' if self.at_document_indicator() => {
                let kind = if first == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
                return self.fetch_document_indicator(kind);
            }
            b'[' => return self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => return self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => return self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => return self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => return self.fetch_flow_entry(),
            b'-' if self.white_follows() => return self.fetch_block_entry(),
            b'?' if self.flow > 0 || self.white_follows() => return self.fetch_key(),
            b':' if self.flow > 0 || self.white_follows() => return self.fetch_value(),
            b'*' => return self.fetch_name(TokenKind::Alias),
            b'&' => return self.fetch_name(TokenKind::Anchor),
            b'!' => return self.fetch_tag(),
            b'|' | b'>' if self.flow == 0 => return self.fetch_block_scalar(first == b'|'),
            b'\'' | b'"' => return self.fetch_quoted(first == b'\''),
            b' ' | b'\t' | b'\n' | b'\r' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => {}
            // `-`, `?` and `:` begin a plain scalar when something follows at once.
            _ if !is_break(self.bytes, self.at) => return self.fetch_plain(),
            _ => {}
        }
        Err(match first {
            b'\t' => Fault::syntax("a tab cannot indent a line", self.at),
            b'@' | b'`' => Fault::syntax("`@` and `` ` `` cannot begin a value without quotes", self.at),
            b'%' => Fault::syntax("`%` cannot begin a value without quotes", self.at),
            _ => Fault::syntax("this character cannot begin a value", self.at),
        })
    }

    fn white_follows(&self) -> bool {
        is_white_or_end(self.bytes, self.at + 1)
    }

    /// Goes over spaces, comments and line breaks, and over tabs where they cannot be indentation.
    pub(super) fn skip_to_token(&mut self) {
        loop {
            if self.at == self.line && self.bytes.get(self.at..self.at + 3) == Some(b"\xEF\xBB\xBF") {
                self.skip_character();
            }
            let tabs = self.flow > 0 || !self.key_allowed;
            while self.byte() == b' ' || (tabs && self.byte() == b'\t') {
                self.at += 1;
            }
            self.skip_comment();
            if !is_break(self.bytes, self.at) {
                return;
            }
            self.skip_break();
            if self.flow == 0 {
                self.key_allowed = true;
            }
        }
    }

    pub(super) fn push(&mut self, kind: TokenKind, start: u32) {
        let end = self.offset();
        self.queue.push_back(Token { kind, start, end });
    }

    pub(super) fn push_until(&mut self, kind: TokenKind, start: u32, end: u32) {
        self.queue.push_back(Token { kind, start, end });
    }

    /// Adds a token of one character.
    fn push_indicator(&mut self, kind: TokenKind) {
        let start = self.offset();
        self.at += 1;
        self.push(kind, start);
    }

    /// Puts a token before token `number`, or at the end when that one was already taken.
    fn insert(&mut self, number: usize, kind: TokenKind, at: usize) {
        let token = Token { kind, start: to_u32(at), end: to_u32(at) };
        match number.checked_sub(self.taken) {
            Some(index) if index <= self.queue.len() => self.queue.insert(index, token),
            _ => self.queue.push_back(token),
        }
    }

    // Possible keys.

    fn key_of_token(&mut self, number: usize) -> Option<usize> {
        while self.keys_by_token.front().is_some_and(|(token, _)| *token < number) {
            self.keys_by_token.pop_front();
        }
        self.keys_by_token.front().filter(|(token, _)| *token == number).map(|(_, index)| *index)
    }

    fn forget_token(&mut self, number: usize) {
        for index in (0..self.keys_by_token.len()).rev() {
            match self.keys_by_token.get(index) {
                Some((token, _)) if *token > number => {}
                Some((token, _)) if *token == number => {
                    self.keys_by_token.remove(index);
                    return;
                }
                _ => return,
            }
        }
    }

    fn key_is_valid(&mut self, index: usize) -> Result<bool, Fault> {
        let Some(key) = self.keys.get(index).copied() else { return Ok(false) };
        if !key.possible {
            return Ok(false);
        }
        if key.line == self.line && !self.too_far(key.at) {
            return Ok(true);
        }
        if key.required {
            return Err(Fault::missing_colon(key.at));
        }
        if let Some(key) = self.keys.get_mut(index) {
            key.possible = false;
        }
        Ok(false)
    }

    /// Whether a key that began at `start`, in the same line, is longer than a simple key may be.
    fn too_far(&self, start: usize) -> bool {
        let bytes = self.at - start;
        bytes > KEY_LENGTH
            && (bytes > 4 * KEY_LENGTH
                || self.text.get(start..self.at).is_none_or(|key| key.chars().count() > KEY_LENGTH))
    }

    /// A key may begin here.
    pub(super) fn save_key(&mut self) -> Result<(), Fault> {
        if !self.key_allowed {
            return Ok(());
        }
        let column = self.column();
        let key = PossibleKey {
            possible: true,
            required: self.flow == 0 && self.indent == column.cast_signed(),
            token: self.taken + self.queue.len(),
            at: self.at,
            line: self.line,
            column,
        };
        self.remove_key()?;
        let index = self.keys.len().saturating_sub(1);
        if let Some(last) = self.keys.last_mut() {
            *last = key;
        }
        match self.keys_by_token.back_mut() {
            Some((token, at)) if *token == key.token => *at = index,
            _ => self.keys_by_token.push_back((key.token, index)),
        }
        Ok(())
    }

    /// What began here is no key after all.
    pub(super) fn remove_key(&mut self) -> Result<(), Fault> {
        let Some(key) = self.keys.last_mut() else { return Ok(()) };
        if key.possible {
            if key.required {
                return Err(Fault::missing_colon(key.at));
            }
            key.possible = false;
            let number = key.token;
            self.forget_token(number);
        }
        Ok(())
    }

    // Indentation.

    /// Opens a block collection when the column is deeper than the last one.
    fn roll(
        &mut self,
        column: usize,
        number: Option<usize>,
        kind: TokenKind,
        at: usize,
    ) -> Result<(), Fault> {
        if self.flow > 0 || self.indent >= column.cast_signed() {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column.cast_signed();
        if self.indents.len() > DEEPEST {
            return Err(Fault::too_deep(DEEPEST, at));
        }
        self.insert(number.unwrap_or(usize::MAX), kind, at);
        Ok(())
    }

    /// Closes the block collections that are deeper than the column.
    fn unroll(&mut self, column: isize) {
        if self.flow > 0 {
            return;
        }
        while self.indent > column {
            let start = self.offset();
            self.push(TokenKind::BlockEnd, start);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    // One function for each token that the scanner itself reads.

    fn fetch_stream_end(&mut self) -> Result<(), Fault> {
        if self.column() != 0 {
            self.line = self.at;
            self.wide = 0;
        }
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.ended = true;
        let start = self.offset();
        self.push(TokenKind::StreamEnd, start);
        Ok(())
    }

    fn fetch_directive(&mut self) -> Result<(), Fault> {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.scan_directive()
    }

    fn fetch_document_indicator(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        let start = self.offset();
        self.at += 3;
        self.push(kind, start);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.save_key()?;
        let token = self.taken + self.queue.len();
        self.keys.push(PossibleKey {
            token,
            at: self.at,
            line: self.line,
            column: self.column(),
            ..PossibleKey::default()
        });
        self.flow += 1;
        if self.flow > DEEPEST {
            return Err(Fault::too_deep(DEEPEST, self.at));
        }
        self.key_allowed = true;
        self.push_indicator(kind);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.remove_key()?;
        if self.flow > 0 {
            self.flow -= 1;
            // Upstream forgets the key that the opening bracket may have begun as well, and so must we.
            if let Some(key) = self.keys.pop() {
                self.forget_token(key.token);
            }
        }
        self.key_allowed = false;
        self.push_indicator(kind);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Result<(), Fault> {
        self.remove_key()?;
        self.key_allowed = true;
        self.push_indicator(TokenKind::FlowEntry);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Result<(), Fault> {
        if self.flow == 0 {
            if !self.key_allowed {
                return Err(Fault::syntax("a list item cannot begin here", self.at));
            }
            self.roll(self.column(), None, TokenKind::BlockSequenceStart, self.at)?;
        }
        self.remove_key()?;
        self.key_allowed = true;
        self.push_indicator(TokenKind::BlockEntry);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Fault> {
        if self.flow == 0 {
            if !self.key_allowed {
                return Err(Fault::syntax("a key cannot begin here", self.at));
            }
            self.roll(self.column(), None, TokenKind::BlockMappingStart, self.at)?;
        }
        self.remove_key()?;
        self.key_allowed = self.flow == 0;
        self.push_indicator(TokenKind::Key);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Fault> {
        let index = self.keys.len().saturating_sub(1);
        let key = self.keys.last().copied().unwrap_or_default();
        if self.key_is_valid(index)? {
            self.insert(key.token, TokenKind::Key, key.at);
            self.roll(key.column, Some(key.token), TokenKind::BlockMappingStart, key.at)?;
            if let Some(last) = self.keys.last_mut() {
                last.possible = false;
            }
            self.forget_token(key.token);
            self.key_allowed = false;
        } else {
            if self.flow == 0 {
                if !self.key_allowed {
                    return Err(Fault::syntax("a `: ` cannot stand here", self.at)
                        .help("put the text before it between quotes, or begin a new line"));
                }
                self.roll(self.column(), None, TokenKind::BlockMappingStart, self.at)?;
            }
            self.key_allowed = self.flow == 0;
        }
        self.push_indicator(TokenKind::Value);
        Ok(())
    }

    fn fetch_name(&mut self, kind: TokenKind) -> Result<(), Fault> {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_name(kind)
    }

    fn fetch_tag(&mut self) -> Result<(), Fault> {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_tag()
    }

    fn fetch_block_scalar(&mut self, literal: bool) -> Result<(), Fault> {
        self.remove_key()?;
        self.key_allowed = true;
        self.scan_block_scalar(literal)
    }

    fn fetch_quoted(&mut self, single: bool) -> Result<(), Fault> {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_quoted(single)
    }

    fn fetch_plain(&mut self) -> Result<(), Fault> {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_plain()
    }
}

/// Offsets fit: a text of 4 GB or more is refused before it is scanned.
pub(super) fn to_u32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
