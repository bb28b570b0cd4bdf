//! Scalars: which notation, and how it is written.
//!
//! upstream: go.yaml.in/yaml/v2 encode.go (stringv, floatv), emitterc.go (`yaml_emitter_analyze_scalar`,
//! `yaml_emitter_select_scalar_style` and the writers)

use std::fmt::Write as _;

use super::Emitter;
use crate::object::{Value, ValueKind};
use crate::read::number::{go_float, parse_go_float};
use crate::read::yaml::{is_timestamp, plain_is_text};

/// What a text allows.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own")]
pub(super) struct Shape {
    pub(super) multiline: bool,
    plain: bool,
    single_quoted: bool,
    block: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let mut shape = Self { multiline: false, plain: true, single_quoted: true, block: true };
        if text.is_empty() {
            shape.block = false;
            return shape;
        }
        let mut indicators = text.starts_with("---") || text.starts_with("...");
        let (mut special, mut breaks) = (false, false);
        let (mut leading, mut trailing_space, mut trailing_break) = (false, false, false);
        let (mut break_space, mut space_break) = (false, false);
        let (mut after_space, mut after_break, mut after_blank) = (false, false, true);
        let mut characters = text.chars().peekable();
        let mut first = true;
        while let Some(character) = characters.next() {
            let last = characters.peek().is_none();
            let blank_follows = characters.peek().is_none_or(|next| matches!(next, ' ' | '\t'));
            indicators |= match character {
                ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' => {
                    first
                }
                '#' => after_blank,
                '?' | '-' => first && blank_follows,
                ':' => blank_follows,
                _ => false,
            };
            special |= !printable(character);
            if character == ' ' {
                leading |= first;
                trailing_space |= last;
                break_space |= after_break;
            } else if is_break(character) {
                breaks = true;
                leading |= first;
                trailing_break |= last;
                space_break |= after_space;
            }
            after_space = character == ' ';
            after_break = is_break(character);
            after_blank = matches!(character, ' ' | '\t' | '\0') || is_break(character);
            first = false;
        }
        shape.multiline = breaks;
        if leading || trailing_space || trailing_break || breaks || indicators {
            shape.plain = false;
        }
        if trailing_space {
            shape.block = false;
        }
        if break_space {
            shape.plain = false;
            shape.single_quoted = false;
        }
        if space_break || special {
            shape.plain = false;
            shape.single_quoted = false;
            shape.block = false;
        }
        shape
    }

    fn style(&self, text: &str, key: bool) -> Style {
        let mut style = if text.contains('\n') {
            Style::Literal
        } else if plain_is_text(text) && !is_timestamp(text) && !is_base_60(text) {
            Style::Plain
        } else {
            Style::Double
        };
        if key && self.multiline {
            style = Style::Double;
        }
        if style == Style::Plain && (!self.plain || (key && text.is_empty())) {
            style = Style::Single;
        }
        if style == Style::Single && !self.single_quoted {
            style = Style::Double;
        }
        if style == Style::Literal && (!self.block || key) {
            style = Style::Double;
        }
        style
    }
}

/// Numbers with colons, which other readers take for numbers.
fn is_base_60(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut parts = whole.split(':');
    let first = parts.next().unwrap_or_default();
    let mut count = 0;
    let sixty = |part: &str| match part.as_bytes() {
        [one] => one.is_ascii_digit(),
        [ten, one] => matches!(ten, b'0'..=b'5') && one.is_ascii_digit(),
        _ => false,
    };
    first.starts_with(|digit: char| digit.is_ascii_digit())
        && first.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
        && parts.all(|part| {
            count += 1;
            sixty(part)
        })
        && count > 0
        && fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}

fn printable(character: char) -> bool {
    matches!(character, '\n' | ' '..='~' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFFD}')
}

fn is_break(character: char) -> bool {
    matches!(character, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

impl Emitter {
    pub(super) fn scalar(&mut self, value: Value<'_>) {
        let plain = match value.kind() {
            ValueKind::String => {
                let text = value.as_str().unwrap_or_default();
                self.text(text, &Shape::of(text), false);
                return;
            }
            ValueKind::Bool if value.as_bool() == Some(true) => "true".to_owned(),
            ValueKind::Bool => "false".to_owned(),
            ValueKind::Number => number(value.as_number().map_or("0", |number| number.as_json())),
            _ => "null".to_owned(),
        };
        self.plain(&plain, true);
    }

    pub(super) fn text(&mut self, text: &str, shape: &Shape, key: bool) {
        let outer = self.indent;
        self.indent = Some(outer.map_or(2, |indent| indent + 2));
        match shape.style(text, key) {
            Style::Plain => self.plain(text, !key),
            Style::Single => self.single(text, !key),
            Style::Double => self.double(text, !key),
            Style::Literal => self.literal(text),
        }
        self.indent = outer;
    }

    /// A plain scalar has no line breaks of its own: the shape sees to that.
    fn plain(&mut self, text: &str, folds: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        let mut spaces = false;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if folds && self.folds_at(character, spaces) && characters.peek() != Some(&' ') {
                self.write_indent();
            } else {
                self.put(character);
            }
            spaces = character == ' ';
            self.indention &= spaces;
        }
        self.whitespace = false;
        self.indention = false;
    }

    fn single(&mut self, text: &str, folds: bool) {
        self.indicator("'", true, false, false);
        let (mut breaks, mut spaces, mut first) = (false, false, true);
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if is_break(character) {
                if !breaks && character == '\n' {
                    self.put_break();
                }
                self.write_break(character);
                self.indention = true;
                breaks = true;
            } else if character == ' ' {
                let between = !first && characters.peek().is_some_and(|next| *next != ' ');
                if folds && between && self.folds_at(character, spaces) {
                    self.write_indent();
                } else {
                    self.put(character);
                }
                spaces = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                if character == '\'' {
                    self.put('\'');
                }
                self.put(character);
                self.indention = false;
                spaces = false;
                breaks = false;
            }
            first = false;
        }
        self.indicator("'", false, false, false);
    }

    fn double(&mut self, text: &str, folds: bool) {
        self.indicator("\"", true, false, false);
        // Upstream looks for the mark at the start of the text whatever the character: then all are escaped.
        let marked = text.starts_with('\u{FEFF}');
        let (mut spaces, mut first) = (false, true);
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if marked || !printable(character) || is_break(character) || matches!(character, '"' | '\\') {
                self.escape(character);
                spaces = false;
            } else if folds && !first && characters.peek().is_some() && self.folds_at(character, spaces) {
                self.write_indent();
                if characters.peek() == Some(&' ') {
                    self.put('\\');
                }
                spaces = true;
            } else {
                self.put(character);
                spaces = character == ' ';
            }
            first = false;
        }
        self.indicator("\"", false, false, false);
    }

    /// Whether the line may end here: at the first of some spaces, when it is long enough.
    fn folds_at(&self, character: char, spaces: bool) -> bool {
        const BEST_WIDTH: usize = 80;
        character == ' ' && !spaces && self.column > BEST_WIDTH
    }

    fn escape(&mut self, character: char) {
        let before = self.out.len();
        self.out.push('\\');
        let short = match character {
            '\0' => '0',
            '\u{7}' => 'a',
            '\u{8}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{B}' => 'v',
            '\u{C}' => 'f',
            '\r' => 'r',
            '\u{1B}' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u{85}' => 'N',
            '\u{A0}' => '_',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            _ => ' ',
        };
        let code = u32::from(character);
        // Writing to a string cannot fail.
        let _ = match (short, code) {
            (' ', ..=0xFF) => write!(self.out, "x{code:02X}"),
            (' ', ..=0xFFFF) => write!(self.out, "u{code:04X}"),
            (' ', _) => write!(self.out, "U{code:08X}"),
            _ => write!(self.out, "{short}"),
        };
        self.column += self.out.len() - before;
    }

    fn literal(&mut self, text: &str) {
        self.indicator("|", true, false, false);
        if text.starts_with(' ') || text.starts_with(is_break) {
            self.indicator("2", false, false, false);
        }
        let mut back = text.chars().rev();
        match (back.next().is_some_and(is_break), back.next()) {
            (false, _) => self.indicator("-", false, false, false),
            (true, before) if before.is_none_or(is_break) => self.indicator("+", false, false, false),
            _ => {}
        }
        self.put_break();
        self.indention = true;
        self.whitespace = true;
        let mut breaks = true;
        for character in text.chars() {
            if is_break(character) {
                self.write_break(character);
                self.indention = true;
                breaks = true;
            } else {
                if breaks {
                    self.write_indent();
                }
                self.put(character);
                self.indention = false;
                breaks = false;
            }
        }
    }
}

/// A number: integers of 64 bits by their digits, others as Go's shortest float.
fn number(text: &str) -> String {
    if text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok() {
        return text.to_owned();
    }
    parse_go_float(text).map_or_else(|| text.to_owned(), go_float)
}
