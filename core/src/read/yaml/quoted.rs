//! Scalars between quotes.
//!
//! upstream: go.yaml.in/yaml/v2 scannerc.go (`yaml_parser_scan_flow_scalar`)

use super::characters::{Run, break_text, byte, is_blank, is_break, run_length};
use super::fault::Fault;
use super::plain::{Breaks, push_source};
use super::scanner::{Scanner, to_u32};
use super::token::{Piece, Style, TokenKind};

impl Scanner<'_> {
    pub(super) fn scan_quoted(&mut self, single: bool) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        let quote = if single { b'\'' } else { b'"' };
        let run = if single { Run::Single } else { Run::Double };
        let scratch = self.scratch.len();
        // Up to `copied` everything is in the scratch buffer; as long as nothing had to be changed it stays empty.
        let mut decoded = false;
        let mut copied = self.at;
        let mut breaks = Breaks::default();
        loop {
            if self.at_document_indicator() {
                return Err(Fault::syntax(
                    "`---` or `...` at the beginning of a line inside quotes",
                    self.at,
                ));
            }
            if self.byte() == 0 {
                return Err(Fault::syntax("the quote that opens here is never closed", start));
            }
            let mut escaped_break = false;
            loop {
                self.at += run_length(self.bytes, self.at, run);
                match self.byte() {
                    b'\'' if single && self.byte_after(1) == b'\'' => {
                        self.at += 1;
                        push_source(&mut self.scratch, self.text, copied..self.at);
                        decoded = true;
                        self.at += 1;
                        copied = self.at;
                    }
                    b'\\' if is_break(self.bytes, self.at + 1) => {
                        push_source(&mut self.scratch, self.text, copied..self.at);
                        decoded = true;
                        self.at += 1;
                        self.skip_break();
                        copied = self.at;
                        escaped_break = true;
                        break;
                    }
                    b'\\' => {
                        push_source(&mut self.scratch, self.text, copied..self.at);
                        decoded = true;
                        self.scan_escape()?;
                        copied = self.at;
                    }
                    0x80.. if !is_break(self.bytes, self.at) => self.skip_character(),
                    _ => break,
                }
            }
            if self.byte() == quote {
                break;
            }
            let words_end = self.at;
            loop {
                if is_blank(self.byte()) {
                    self.at += 1;
                } else if is_break(self.bytes, self.at) {
                    let text = break_text(self.bytes, self.at);
                    if escaped_break {
                        breaks.add_further(text);
                    } else {
                        breaks.add(text);
                    }
                    self.skip_break();
                } else {
                    break;
                }
            }
            if escaped_break {
                // The blanks that begin the next line are no text; further breaks are.
                breaks.write_further_into(&mut self.scratch);
                copied = self.at;
            } else if breaks.any() {
                push_source(&mut self.scratch, self.text, copied..words_end);
                decoded = true;
                breaks.fold_into(&mut self.scratch);
                copied = self.at;
            }
        }
        let end = self.at;
        self.at += 1;
        let piece = if decoded {
            push_source(&mut self.scratch, self.text, copied..end);
            Piece::Scratch { start: to_u32(scratch), len: to_u32(self.scratch.len() - scratch) }
        } else {
            Piece::Source { start: to_u32(copied), len: to_u32(end - copied) }
        };
        self.push(TokenKind::Scalar(Style::Quoted, piece), to_u32(start));
        Ok(())
    }

    /// Decodes the escape at the backslash under the cursor.
    fn scan_escape(&mut self) -> Result<(), Fault> {
        let at = self.at;
        let (text, digits) = match self.byte_after(1) {
            b'0' => ("\0", 0),
            b'a' => ("\x07", 0),
            b'b' => ("\x08", 0),
            b't' | b'\t' => ("\t", 0),
            b'n' => ("\n", 0),
            b'v' => ("\x0B", 0),
            b'f' => ("\x0C", 0),
            b'r' => ("\r", 0),
            b'e' => ("\x1B", 0),
            b' ' => (" ", 0),
            b'"' => ("\"", 0),
            b'\'' => ("'", 0),
            b'\\' => ("\\", 0),
            b'N' => ("\u{85}", 0),
            b'_' => ("\u{A0}", 0),
            b'L' => ("\u{2028}", 0),
            b'P' => ("\u{2029}", 0),
            b'x' => ("", 2),
            b'u' => ("", 4),
            b'U' => ("", 8),
            _ => {
                return Err(Fault::syntax("this escape is unknown", at)
                    .help("between double quotes a backslash is written as `\\\\`"));
            }
        };
        self.at += 2;
        if digits == 0 {
            self.scratch.push_str(text);
            return Ok(());
        }
        let mut value = 0_u32;
        for distance in 0..digits {
            let digit = char::from(byte(self.bytes, self.at + distance)).to_digit(16);
            let Some(digit) = digit else {
                return Err(Fault::syntax("this escape needs more hexadecimal digits", at));
            };
            // Eight digits fit exactly.
            value = (value << 4) | digit;
        }
        let Some(character) = char::from_u32(value) else {
            return Err(Fault::syntax("this escape stands for no Unicode character", at));
        };
        self.scratch.push(character);
        self.at += digits;
        Ok(())
    }
}
