//! JSON as the API machinery reads it.
//!
//! Keys are case-sensitive, the last of equal keys counts, lone surrogates become U+FFFD, numbers keep their text.
//!
//! upstream: sigs.k8s.io/json (Go's encoding/json)

use super::assemble::{Assembler, KeyForm};
use super::error::Code;
use super::number::parse_go_float;
use super::yaml::fault::Fault;
use crate::object::builder::Text;

/// Reads one value that begins at or after `start`; returns the end of it.
pub(super) struct JsonReader<'t, 'a, 's> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    out: &'a mut Assembler<'t, 's>,
    scratch: String,
    fault: Option<Fault>,
}

enum Next {
    Value,
    /// A container was closed or a scalar read: a comma or the end of the container follows.
    After,
}

enum Literal {
    /// The text between the quotes stands for itself.
    Same(usize, usize),
    /// The text is in the scratch buffer.
    Decoded,
}

/// A value that was read.
pub(super) struct JsonValue {
    pub(super) end: usize,
    /// The text is JSON, and yet no value: a number is too large.
    pub(super) fault: Option<Fault>,
}

impl<'t, 'a, 's> JsonReader<'t, 'a, 's> {
    pub(super) fn new(text: &'t str, start: usize, out: &'a mut Assembler<'t, 's>) -> Self {
        Self { text, bytes: text.as_bytes(), at: start, out, scratch: String::new(), fault: None }
    }

    /// Reads the value. `None` when only white space is left.
    pub(super) fn run(mut self) -> Result<Option<JsonValue>, Fault> {
        self.skip_white();
        if self.at == self.bytes.len() {
            return Ok(None);
        }
        // One bit per open container would do; the kind of the innermost one is all that is needed.
        let mut open: Vec<bool> = Vec::with_capacity(16);
        let mut next = Next::Value;
        loop {
            match next {
                Next::Value => next = self.value(&mut open)?,
                Next::After => {
                    let Some(mapping) = open.last().copied() else {
                        return Ok(Some(JsonValue { end: self.at, fault: self.fault }));
                    };
                    self.skip_white();
                    match (self.byte(), mapping) {
                        (b',', true) => {
                            self.at += 1;
                            self.skip_white();
                            self.key()?;
                            next = Next::Value;
                        }
                        (b',', false) => {
                            self.at += 1;
                            next = Next::Value;
                        }
                        (b'}', true) | (b']', false) => {
                            self.at += 1;
                            open.pop();
                            self.out.close();
                            self.out.end(self.offset())?;
                        }
                        (_, true) => return Err(self.unexpected("`,` or `}` was expected here")),
                        (_, false) => return Err(self.unexpected("`,` or `]` was expected here")),
                    }
                }
            }
        }
    }

    fn value(&mut self, open: &mut Vec<bool>) -> Result<Next, Fault> {
        self.skip_white();
        let start = self.offset();
        let first = self.byte();
        if matches!(first, b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') {
            self.out.begin(start)?;
        }
        match first {
            b'{' => {
                self.out.open_mapping(start)?;
                self.at += 1;
                self.skip_white();
                if self.byte() == b'}' {
                    self.at += 1;
                    self.out.close();
                } else {
                    open.push(true);
                    self.key()?;
                    return Ok(Next::Value);
                }
            }
            b'[' => {
                self.out.open_sequence(start)?;
                self.at += 1;
                self.skip_white();
                if self.byte() == b']' {
                    self.at += 1;
                    self.out.close();
                } else {
                    open.push(false);
                    return Ok(Next::Value);
                }
            }
            b'"' => {
                let literal = self.string()?;
                let text = literal_text(&literal, self.out, &self.scratch, start, self.offset());
                self.out.builder.string(text);
            }
            b't' => {
                self.word(b"true")?;
                let span = self.out.span(start, self.offset());
                self.out.builder.bool(true, span);
            }
            b'f' => {
                self.word(b"false")?;
                let span = self.out.span(start, self.offset());
                self.out.builder.bool(false, span);
            }
            b'n' => {
                self.word(b"null")?;
                let span = self.out.span(start, self.offset());
                self.out.builder.null(span);
            }
            b'-' | b'0'..=b'9' => {
                self.number()?;
                let span = self.out.span(start, self.offset());
                self.out.builder.number(Text::Verbatim(span), true);
            }
            _ => return Err(self.unexpected("a value was expected here")),
        }
        self.out.end(self.offset())?;
        Ok(Next::After)
    }

    /// A key and the colon behind it.
    fn key(&mut self) -> Result<(), Fault> {
        let start = self.offset();
        if self.byte() != b'"' {
            return Err(self.unexpected("a key between double quotes was expected here"));
        }
        let literal = self.string()?;
        let text = literal_text(&literal, self.out, &self.scratch, start, self.offset());
        self.out.key(text, KeyForm::Text, start);
        self.skip_white();
        if self.byte() != b':' {
            return Err(self.unexpected("`:` was expected here"));
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<Literal, Fault> {
        let start = self.at;
        self.at += 1;
        self.scratch.clear();
        let mut copied = self.at;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at +=
                rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len());
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    self.scratch.push_str(self.text.get(copied..self.at).unwrap_or_default());
                    self.escape()?;
                    copied = self.at;
                }
                _ if self.at == self.bytes.len() => {
                    return Err(Fault::syntax("the quote that opens here is never closed", start));
                }
                _ => return Err(Fault::syntax("a control character must be escaped in JSON", self.at)),
            }
        }
        let end = self.at;
        self.at += 1;
        if copied == start + 1 {
            return Ok(Literal::Same(copied, end));
        }
        self.scratch.push_str(self.text.get(copied..end).unwrap_or_default());
        Ok(Literal::Decoded)
    }

    fn escape(&mut self) -> Result<(), Fault> {
        let at = self.at;
        let plain = match self.bytes.get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\x08',
            Some(b'f') => '\x0C',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first =
                    self.unit(at).ok_or_else(|| Fault::syntax("`\\u` needs four hexadecimal digits", at))?;
                self.at += 6;
                let second = self.unit(self.at).filter(|_| (0xD800..0xDC00).contains(&first));
                let pair =
                    second.and_then(|second| char::decode_utf16([first, second]).next().and_then(Result::ok));
                if let Some(character) = pair {
                    self.at += 6;
                    self.scratch.push(character);
                } else {
                    let single = char::from_u32(u32::from(first));
                    self.scratch.push(single.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                return Ok(());
            }
            _ => return Err(Fault::syntax("this escape is unknown in JSON", at)),
        };
        self.scratch.push(plain);
        self.at += 2;
        Ok(())
    }

    /// The four digits of `\uXXXX` at `at`.
    fn unit(&self, at: usize) -> Option<u16> {
        let escape = self.bytes.get(at..at + 6)?;
        let digits = escape.strip_prefix(b"\\u")?;
        digits.iter().try_fold(0_u16, |sum, byte| {
            let digit = char::from(*byte).to_digit(16)?;
            u16::try_from(digit).ok().map(|digit| (sum << 4) | digit)
        })
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.at;
        if self.byte() == b'-' {
            self.at += 1;
        }
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        let mut float = false;
        if self.byte() == b'.' {
            float = true;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            float = true;
            self.at += 1;
            if matches!(self.byte(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        let long = self.at - start > 300;
        if (float || long) && parse_go_float(self.text.get(start..self.at).unwrap_or_default()).is_none() {
            self.fault.get_or_insert_with(|| Fault::new(Code::Value, "this number is too large", start));
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if !self.byte().is_ascii_digit() {
            return Err(self.unexpected("a digit was expected here"));
        }
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> Result<(), Fault> {
        if !self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.unexpected("a value was expected here"));
        }
        self.at += word.len();
        Ok(())
    }

    fn skip_white(&mut self) {
        while matches!(self.byte(), b' ' | b'\n' | b'\t' | b'\r') {
            self.at += 1;
        }
    }

    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    fn unexpected(&self, message: &'static str) -> Fault {
        if self.at >= self.bytes.len() {
            Fault::syntax("the JSON text breaks off", self.at)
        } else {
            Fault::syntax(message, self.at)
        }
    }
}

fn literal_text<'x>(
    literal: &Literal,
    out: &Assembler<'_, '_>,
    scratch: &'x str,
    start: u32,
    end: u32,
) -> Text<'x> {
    let to_u32 = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    match *literal {
        Literal::Same(start, end) => Text::Quoted(out.span(to_u32(start), to_u32(end))),
        Literal::Decoded => Text::Decoded(scratch, out.span(start, end)),
    }
}
