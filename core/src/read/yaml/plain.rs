//! Scalars without quotes.
//!
//! upstream: go.yaml.in/yaml/v2 scannerc.go (`yaml_parser_scan_plain_scalar`)

use super::characters::{Run, break_length, break_text, is_blank, is_break, is_white_or_end, run_length};
use super::fault::Fault;
use super::scanner::{Scanner, to_u32};
use super::token::{Piece, Style, TokenKind};

/// Line breaks between two words of a scalar.
#[derive(Debug, Default)]
pub(super) struct Breaks {
    /// The first break as text; empty when there was none.
    first: &'static str,
    /// How many further breaks, when all of them are line feeds.
    feeds: usize,
    /// The further breaks as text, when one of them is LS or PS.
    odd: String,
}

impl Breaks {
    pub(super) fn any(&self) -> bool {
        !self.first.is_empty()
    }

    pub(super) fn add(&mut self, text: &'static str) {
        if self.first.is_empty() {
            self.first = text;
        } else {
            self.add_further(text);
        }
    }

    /// Adds a break behind an escaped one, which itself is no text.
    pub(super) fn add_further(&mut self, text: &'static str) {
        if self.odd.is_empty() && text == "\n" {
            self.feeds += 1;
        } else {
            if self.odd.is_empty() {
                self.odd.extend(std::iter::repeat_n('\n', self.feeds));
            }
            self.odd.push_str(text);
        }
    }

    /// Writes the breaks that were added behind an escaped one, and forgets them.
    pub(super) fn write_further_into(&mut self, out: &mut String) {
        // With nothing in front, a fold writes what was added and no space.
        if self.feeds > 0 || !self.odd.is_empty() {
            self.fold_into(out);
        }
    }

    /// Writes the breaks as a folded scalar has them: one line feed is a space, more are one fewer.
    pub(super) fn fold_into(&mut self, out: &mut String) {
        let further = self.feeds > 0 || !self.odd.is_empty();
        if self.first != "\n" {
            out.push_str(self.first);
        } else if !further {
            out.push(' ');
        }
        if self.odd.is_empty() {
            out.extend(std::iter::repeat_n('\n', self.feeds));
        } else {
            out.push_str(&self.odd);
        }
        self.first = "";
        self.feeds = 0;
        self.odd.clear();
    }
}

impl Scanner<'_> {
    pub(super) fn scan_plain(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let run = if self.flow > 0 { Run::Flow } else { Run::Block };
        let indent = self.indent + 1;
        let scratch = self.scratch.len();
        let mut folded = false;
        let mut end = start;
        let mut breaks = Breaks::default();
        let mut blanks = start..start;
        loop {
            if self.byte() == b'#' || self.at_document_indicator() {
                break;
            }
            let word = self.at;
            self.skip_plain_word(run);
            if self.at > word {
                if breaks.any() {
                    if !folded {
                        folded = true;
                        push_source(&mut self.scratch, self.text, start..end);
                    }
                    breaks.fold_into(&mut self.scratch);
                } else if folded {
                    push_source(&mut self.scratch, self.text, blanks.clone());
                }
                if folded {
                    push_source(&mut self.scratch, self.text, word..self.at);
                }
                end = self.at;
            }
            if !is_blank(self.byte()) && !is_break(self.bytes, self.at) {
                break;
            }
            blanks = self.at..self.at;
            loop {
                if is_blank(self.byte()) {
                    if breaks.any() && self.byte() == b'\t' && self.column().cast_signed() < indent {
                        return Err(Fault::syntax("a tab cannot indent a line", self.at));
                    }
                    self.at += 1;
                    if !breaks.any() {
                        blanks.end = self.at;
                    }
                } else if break_length(self.bytes, self.at) > 0 {
                    breaks.add(break_text(self.bytes, self.at));
                    self.skip_break();
                } else {
                    break;
                }
            }
            if self.flow == 0 && self.column().cast_signed() < indent {
                break;
            }
        }
        let piece = if folded {
            Piece::Scratch { start: to_u32(scratch), len: to_u32(self.scratch.len() - scratch) }
        } else {
            Piece::Source { start: to_u32(start), len: to_u32(end - start) }
        };
        self.push_until(TokenKind::Scalar(Style::Plain, piece), to_u32(start), to_u32(end));
        // A line break after the last word allows a key again.
        if breaks.any() {
            self.key_allowed = true;
        }
        Ok(())
    }

    /// Goes over characters that belong to a plain scalar, up to white space or an indicator.
    fn skip_plain_word(&mut self, run: Run) {
        loop {
            self.at += run_length(self.bytes, self.at, run);
            match self.byte() {
                b':' if !is_white_or_end(self.bytes, self.at + 1) => self.at += 1,
                0x80.. if !is_break(self.bytes, self.at) => self.skip_character(),
                _ => return,
            }
        }
    }
}

pub(super) fn push_source(out: &mut String, text: &str, range: std::ops::Range<usize>) {
    out.push_str(text.get(range).unwrap_or_default());
}
