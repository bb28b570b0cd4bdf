//! What single characters mean to the scanner.
//!
//! YAML 1.1 counts NEL, LS and PS as line breaks; all other characters above ASCII are ordinary text.

use memchr::memchr;

/// Ends a run of ordinary characters of a plain scalar in a block.
const ENDS_BLOCK: u8 = 1;
/// The same inside `[]` and `{}`.
const ENDS_FLOW: u8 = 2;
/// Ends a run of ordinary characters of a line.
const ENDS_LINE: u8 = 4;
/// Ends a run of ordinary characters between single quotes.
const ENDS_SINGLE: u8 = 8;
/// Ends a run of ordinary characters between double quotes.
const ENDS_DOUBLE: u8 = 16;

/// One entry per byte; bytes above ASCII end every run, because they may begin a line break.
static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [0_u8; 256];
    let mut byte = 0_usize;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, reason = "evaluated at compile time")]
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        {
            table[byte] = match byte as u8 {
                0 | b'\n' | b'\r' | 0x80..=0xFF => {
                    ENDS_BLOCK | ENDS_FLOW | ENDS_LINE | ENDS_SINGLE | ENDS_DOUBLE
                }
                b' ' | b'\t' => ENDS_BLOCK | ENDS_FLOW | ENDS_SINGLE | ENDS_DOUBLE,
                b':' => ENDS_BLOCK | ENDS_FLOW,
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => ENDS_FLOW,
                b'\'' => ENDS_SINGLE,
                b'"' | b'\\' => ENDS_DOUBLE,
                _ => 0,
            };
        }
        byte += 1;
    }
    table
}

/// What a run of ordinary characters stands in.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(super) enum Run {
    Block = ENDS_BLOCK,
    Flow = ENDS_FLOW,
    Line = ENDS_LINE,
    Single = ENDS_SINGLE,
    Double = ENDS_DOUBLE,
}

/// How many bytes from `start` are ordinary in `run`.
pub(super) fn run_length(bytes: &[u8], start: usize, run: Run) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let ends = |byte: &u8| CLASSES.get(usize::from(*byte)).is_none_or(|class| class & run as u8 != 0);
    rest.iter().position(ends).unwrap_or(rest.len())
}

/// How many bytes from `start` surely belong to the line.
pub(super) fn line_length(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let line = memchr(b'\n', rest).map_or(rest, |end| rest.get(..end).unwrap_or(rest));
    if line.is_ascii() && memchr(b'\r', line).is_none() {
        line.len()
    } else {
        run_length(bytes, start, Run::Line)
    }
}

/// The byte at `at`, or 0 past the end; text with a NUL is refused, so 0 means the end.
pub(super) fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// The length in bytes of the line break at `at`, 0 when there is none.
pub(super) fn break_length(bytes: &[u8], at: usize) -> usize {
    match byte(bytes, at) {
        b'\n' => 1,
        b'\r' => 1 + usize::from(byte(bytes, at + 1) == b'\n'),
        0xC2 if byte(bytes, at + 1) == 0x85 => 2,
        0xE2 if byte(bytes, at + 1) == 0x80 && matches!(byte(bytes, at + 2), 0xA8 | 0xA9) => 3,
        _ => 0,
    }
}

/// What the line break at `at` becomes in a scalar: LS and PS stay, the others are line feeds.
pub(super) fn break_text(bytes: &[u8], at: usize) -> &'static str {
    match (byte(bytes, at), byte(bytes, at + 2)) {
        (0xE2, 0xA8) => "\u{2028}",
        (0xE2, _) => "\u{2029}",
        _ => "\n",
    }
}

pub(super) fn is_break(bytes: &[u8], at: usize) -> bool {
    break_length(bytes, at) != 0
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// A line break or the end of the text.
pub(super) fn is_break_or_end(bytes: &[u8], at: usize) -> bool {
    byte(bytes, at) == 0 || is_break(bytes, at)
}

/// A space, a tab, a line break or the end of the text.
pub(super) fn is_white_or_end(bytes: &[u8], at: usize) -> bool {
    match byte(bytes, at) {
        b' ' | b'\t' | b'\n' | b'\r' | 0 => true,
        0xC2 | 0xE2 => is_break(bytes, at),
        _ => false,
    }
}

/// A letter, digit, `_` or `-`: what anchors, tag handles and directive names are made of.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The number of bytes of the character that starts with `byte`.
pub(super) fn width(byte: u8) -> usize {
    match byte {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}
