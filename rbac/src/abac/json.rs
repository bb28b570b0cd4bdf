//! JSON as Go's decoder takes it apart: its complaints letter by letter, and the members of an object in order,
//! repeated ones included.

/// Checks a text; the error is Go's.
pub(super) fn check(text: &str) -> Result<(), String> {
    // upstream: Go's encoding/json/scanner.go
    let mut scanner = Scanner { open: Vec::new(), step: Step::BeginValue };
    for byte in text.bytes() {
        scanner.step(byte)?;
    }
    if scanner.step == Step::EndTop {
        return Ok(());
    }
    // The end of the text ends a number, too, as a space would.
    scanner.step(b' ')?;
    if scanner.step == Step::EndTop { Ok(()) } else { Err("unexpected end of JSON input".to_owned()) }
}

/// More levels than this are an error upstream.
const DEPTH: usize = 10_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    BeginValue,
    BeginValueOrEmpty,
    BeginString,
    BeginStringOrEmpty,
    EndValue,
    EndTop,
    InString,
    Escape,
    /// Hexadecimal digits that are still missing.
    Hex(u8),
    Negative,
    Zero,
    Digits,
    Dot,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
    /// The literal and how much of it was read.
    Literal(&'static str, usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Key,
    Value,
    Array,
}

struct Scanner {
    open: Vec<Open>,
    step: Step,
}

impl Scanner {
    fn step(&mut self, byte: u8) -> Result<(), String> {
        let blank = matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        match self.step {
            Step::BeginValue | Step::BeginString | Step::BeginValueOrEmpty | Step::BeginStringOrEmpty
                if blank =>
            {
                Ok(())
            }
            Step::BeginValueOrEmpty if byte == b']' => self.end_value(byte),
            Step::BeginValue | Step::BeginValueOrEmpty => self.begin_value(byte),
            Step::BeginStringOrEmpty if byte == b'}' => {
                if let Some(last) = self.open.last_mut() {
                    *last = Open::Value;
                }
                self.end_value(byte)
            }
            Step::BeginString | Step::BeginStringOrEmpty => match byte {
                b'"' => self.to(Step::InString),
                _ => wrong(byte, "looking for beginning of object key string"),
            },
            Step::EndTop if blank => Ok(()),
            Step::EndTop => wrong(byte, "after top-level value"),
            Step::InString => match byte {
                b'"' => self.to(Step::EndValue),
                b'\\' => self.to(Step::Escape),
                0..0x20 => wrong(byte, "in string literal"),
                _ => Ok(()),
            },
            Step::Escape => match byte {
                b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"' => self.to(Step::InString),
                b'u' => self.to(Step::Hex(4)),
                _ => wrong(byte, "in string escape code"),
            },
            Step::Hex(left) if byte.is_ascii_hexdigit() => {
                self.to(if left > 1 { Step::Hex(left - 1) } else { Step::InString })
            }
            Step::Hex(_) => wrong(byte, "in \\u hexadecimal character escape"),
            Step::Negative => match byte {
                b'0' => self.to(Step::Zero),
                b'1'..=b'9' => self.to(Step::Digits),
                _ => wrong(byte, "in numeric literal"),
            },
            Step::Digits if byte.is_ascii_digit() => Ok(()),
            Step::Zero | Step::Digits if byte == b'.' => self.to(Step::Dot),
            Step::Zero | Step::Digits | Step::Fraction if matches!(byte, b'e' | b'E') => {
                self.to(Step::Exponent)
            }
            Step::Dot if byte.is_ascii_digit() => self.to(Step::Fraction),
            Step::Dot => wrong(byte, "after decimal point in numeric literal"),
            Step::Fraction | Step::ExponentDigits if byte.is_ascii_digit() => Ok(()),
            Step::Exponent if matches!(byte, b'+' | b'-') => self.to(Step::ExponentSign),
            Step::Exponent | Step::ExponentSign if byte.is_ascii_digit() => self.to(Step::ExponentDigits),
            Step::Exponent | Step::ExponentSign => wrong(byte, "in exponent of numeric literal"),
            Step::EndValue | Step::Zero | Step::Digits | Step::Fraction | Step::ExponentDigits => {
                self.end_value(byte)
            }
            Step::Literal(word, read) => match word.as_bytes().get(read) {
                Some(expected) if *expected == byte => {
                    let done = read + 1 == word.len();
                    self.to(if done { Step::EndValue } else { Step::Literal(word, read + 1) })
                }
                Some(expected) => {
                    let expected = char::from(*expected);
                    wrong(byte, &format!("in literal {word} (expecting '{expected}')"))
                }
                None => self.end_value(byte),
            },
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "every step may fail, this one does not")]
    fn to(&mut self, step: Step) -> Result<(), String> {
        self.step = step;
        Ok(())
    }

    fn begin_value(&mut self, byte: u8) -> Result<(), String> {
        match byte {
            b'{' | b'[' => {
                let object = byte == b'{';
                self.step = if object { Step::BeginStringOrEmpty } else { Step::BeginValueOrEmpty };
                self.open.push(if object { Open::Key } else { Open::Array });
                if self.open.len() > DEPTH { wrong(byte, "exceeded max depth") } else { Ok(()) }
            }
            b'"' => self.to(Step::InString),
            b'-' => self.to(Step::Negative),
            b'0' => self.to(Step::Zero),
            b'1'..=b'9' => self.to(Step::Digits),
            b't' => self.to(Step::Literal("true", 1)),
            b'f' => self.to(Step::Literal("false", 1)),
            b'n' => self.to(Step::Literal("null", 1)),
            _ => wrong(byte, "looking for beginning of value"),
        }
    }

    fn end_value(&mut self, byte: u8) -> Result<(), String> {
        let Some(last) = self.open.last_mut() else {
            self.step = Step::EndTop;
            return self.step(byte);
        };
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
            self.step = Step::EndValue;
            return Ok(());
        }
        match (*last, byte) {
            (Open::Key, b':') => {
                *last = Open::Value;
                self.to(Step::BeginValue)
            }
            (Open::Key, _) => wrong(byte, "after object key"),
            (Open::Value, b',') => {
                *last = Open::Key;
                self.to(Step::BeginString)
            }
            (Open::Array, b',') => self.to(Step::BeginValue),
            (Open::Value, b'}') | (Open::Array, b']') => {
                self.open.pop();
                self.to(if self.open.is_empty() { Step::EndTop } else { Step::EndValue })
            }
            (Open::Value, _) => wrong(byte, "after object key:value pair"),
            (Open::Array, _) => wrong(byte, "after array element"),
        }
    }
}

fn wrong(byte: u8, context: &str) -> Result<(), String> {
    // Go takes each byte for a character.
    let shown = match byte {
        b'\'' => r"\'".to_owned(),
        b'"' => "\"".to_owned(),
        _ => {
            let quoted = kubelogic_core::quote::quoted(&char::from(byte).to_string());
            quoted.trim_matches('"').to_owned()
        }
    };
    Err(format!("invalid character '{shown}' {context}"))
}

/// A value of a text that [`check`] accepts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text.trim_start_matches(BLANK))
    }

    /// The word that Go uses for this kind of value.
    pub(super) fn kind(self) -> &'static str {
        match self.0.as_bytes().first() {
            Some(b'{') => "object",
            Some(b'[') => "array",
            Some(b'"') => "string",
            Some(b't' | b'f') => "bool",
            Some(b'n') | None => "null",
            Some(_) => "number",
        }
    }

    /// The text of a string.
    pub(super) fn text(self) -> Option<String> {
        let inner = self.0.strip_prefix('"')?;
        let end = string_end(inner);
        Some(decoded(inner.get(..end)?))
    }

    pub(super) fn bool(self) -> Option<bool> {
        match self.kind() {
            "bool" => Some(self.0.starts_with('t')),
            _ => None,
        }
    }

    /// The members of an object in the order in which they are written; none for any other value.
    pub(super) fn members(self) -> Members<'a> {
        Members { rest: self.0.strip_prefix('{').unwrap_or_default() }
    }
}

/// The members of an object.
#[derive(Clone, Debug)]
pub(super) struct Members<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Members<'a> {
    type Item = (String, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let blank = |letter: char| BLANK.contains(&letter) || letter == ',';
        let inner = self.rest.trim_start_matches(blank).strip_prefix('"')?;
        let end = string_end(inner);
        let key = decoded(inner.get(..end)?);
        let after = inner.get(end + 1..)?.trim_start_matches(BLANK).strip_prefix(':')?;
        let value = after.trim_start_matches(BLANK);
        let length = value_end(value);
        self.rest = value.get(length..)?;
        Some((key, Json(value.get(..length)?)))
    }
}

const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// Where a string ends whose opening quote was read.
fn string_end(inner: &str) -> usize {
    let mut escaped = false;
    let end = inner.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(inner.len())
}

/// Where the value ends that a text begins with.
fn value_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                at += 1 + string_end(text.get(at + 1..).unwrap_or_default());
                if depth == 0 {
                    return at + 1;
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return if depth == 0 { at } else { at + 1 },
            b'}' | b']' => depth -= 1,
            b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// What a string means: lone surrogates become U+FFFD, as everywhere in Go.
fn decoded(inner: &str) -> String {
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut out = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('u') => {
                let code = hex(letters.as_str());
                letters.nth(3);
                if let Some(low) = second_half(code, letters.as_str()) {
                    letters.nth(5);
                    out.push(low);
                } else {
                    out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

fn hex(text: &str) -> u32 {
    text.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0xFFFD)
}

/// The character of a pair of surrogates, when the second follows the first.
fn second_half(first: u32, rest: &str) -> Option<char> {
    if !(0xD800..0xDC00).contains(&first) {
        return None;
    }
    let second = hex(rest.strip_prefix("\\u")?);
    if !(0xDC00..0xE000).contains(&second) {
        return None;
    }
    char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
}

#[cfg(test)]
mod tests {
    use super::{Json, check};

    #[test]
    fn members_come_in_order_with_repeated_ones() {
        let text = r#" { "a" : 1 , "b":{"c":[1,"}"]}, "a":"\u00e9\ud83d\ude00\ud800x", "d": true}"#;
        check(text).unwrap();
        let members: Vec<_> =
            Json::new(text).members().map(|(key, value)| (key, value.0.to_owned())).collect();
        assert_eq!(members.len(), 4);
        assert_eq!(members[1], ("b".to_owned(), r#"{"c":[1,"}"]}"#.to_owned()));
        assert_eq!(Json(&members[2].1).text().unwrap(), "é😀\u{FFFD}x");
        assert_eq!(Json(&members[3].1).bool(), Some(true));
        assert_eq!(Json::new("{}").members().count(), 0);
    }

    #[test]
    fn the_end_of_a_text_is_no_value() {
        assert_eq!(check("{").unwrap_err(), "unexpected end of JSON input");
        assert_eq!(check("1"), Ok(()));
        assert_eq!(check("-").unwrap_err(), "invalid character ' ' in numeric literal");
    }
}
