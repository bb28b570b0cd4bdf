//! Literal and folded block scalars: `|` and `>`.
//!
//! upstream: go.yaml.in/yaml/v2 scannerc.go (`yaml_parser_scan_block_scalar`)

use super::characters::{break_length, break_text, is_blank, is_break_or_end};
use super::fault::Fault;
use super::plain::push_source;
use super::scanner::{Scanner, to_u32};
use super::token::{Piece, Style, TokenKind};

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Strip,
    Clip,
    Keep,
}

impl Scanner<'_> {
    pub(super) fn scan_block_scalar(&mut self, literal: bool) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        let (chomping, increment) = self.scan_block_header()?;
        self.skip_blanks();
        self.skip_comment();
        if !is_break_or_end(self.bytes, self.at) {
            return Err(Fault::syntax("only a comment may follow `|` or `>` in its line", self.at));
        }
        self.skip_break();

        let mut indent = match increment {
            0 => 0,
            columns => self.indent.max(0).unsigned_abs() + columns,
        };
        let scratch = self.scratch.len();
        // The breaks since the last text: the first of them, and the others in a buffer of their own.
        let mut first_break = "";
        let mut further = String::new();
        let mut end = self.skip_block_breaks(&mut indent, &mut further, start)?;
        let mut after_blank = false;
        while self.column() == indent && self.byte() != 0 {
            let blank = is_blank(self.byte());
            if !literal && !after_blank && !blank && first_break == "\n" {
                if further.is_empty() {
                    self.scratch.push(' ');
                }
            } else {
                self.scratch.push_str(first_break);
            }
            self.scratch.push_str(&further);
            further.clear();
            after_blank = blank;

            let line = self.at;
            self.skip_line_content();
            push_source(&mut self.scratch, self.text, line..self.at);
            first_break = "";
            if break_length(self.bytes, self.at) > 0 {
                first_break = break_text(self.bytes, self.at);
                self.skip_break();
            }
            end = self.skip_block_breaks(&mut indent, &mut further, start)?;
        }
        if chomping != Chomping::Strip {
            self.scratch.push_str(first_break);
        }
        if chomping == Chomping::Keep {
            self.scratch.push_str(&further);
        }
        let piece = Piece::Scratch { start: to_u32(scratch), len: to_u32(self.scratch.len() - scratch) };
        self.push_until(TokenKind::Scalar(Style::Block, piece), to_u32(start), to_u32(end));
        Ok(())
    }

    /// The chomping and indentation indicators, in either order.
    fn scan_block_header(&mut self) -> Result<(Chomping, usize), Fault> {
        let mut chomping = self.scan_chomping();
        let mut increment = 0;
        if self.byte().is_ascii_digit() {
            if self.byte() == b'0' {
                return Err(Fault::syntax("a block cannot be indented by 0 columns", self.at));
            }
            increment = usize::from(self.byte() - b'0');
            self.at += 1;
            if chomping.is_none() {
                chomping = self.scan_chomping();
            }
        }
        Ok((chomping.unwrap_or(Chomping::Clip), increment))
    }

    fn scan_chomping(&mut self) -> Option<Chomping> {
        let chomping = match self.byte() {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return None,
        };
        self.at += 1;
        Some(chomping)
    }

    /// Goes over indentation and empty lines; finds the indentation when it is not known yet.
    ///
    /// Returns the end of what belongs to the block so far.
    fn skip_block_breaks(
        &mut self,
        indent: &mut usize,
        breaks: &mut String,
        start: usize,
    ) -> Result<usize, Fault> {
        let mut end = self.at;
        let mut deepest = 0;
        loop {
            while (*indent == 0 || self.column() < *indent) && self.byte() == b' ' {
                self.at += 1;
            }
            deepest = deepest.max(self.column());
            if (*indent == 0 || self.column() < *indent) && self.byte() == b'\t' {
                return Err(Fault::syntax("a tab cannot indent the text of a block", self.at.max(start)));
            }
            if break_length(self.bytes, self.at) == 0 {
                break;
            }
            breaks.push_str(break_text(self.bytes, self.at));
            self.skip_break();
            end = self.at;
        }
        if *indent == 0 {
            *indent = deepest.max((self.indent + 1).unsigned_abs()).max(1);
        }
        Ok(end)
    }
}
