//! Bytes to text.
//!
//! upstream: cli-runtime pkg/resource/visitor.go (`FileVisitor`), which puts the `BOMOverride` of golang.org/x/text
//! before the decoder

use std::borrow::Cow;

/// What became of the bytes.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The first place, in the text, where something had to be replaced by U+FFFD.
    pub(super) replaced: Option<usize>,
}

/// Text of bytes: a byte-order mark decides between UTF-8 and UTF-16 and is dropped, what is malformed becomes
/// U+FFFD. `None` for bytes that are no text at all.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Some(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Some(utf16(rest, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Option<Decoded<'_>> {
    // Archives, images and executables have a NUL near the beginning.
    const SAMPLE: usize = 8192;
    if bytes.get(..SAMPLE).unwrap_or(bytes).contains(&0) {
        return None;
    }
    Some(match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), replaced: None },
        Err(error) => Decoded { text: String::from_utf8_lossy(bytes), replaced: Some(error.valid_up_to()) },
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'static> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    let mut replaced = None;
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        if character.is_err() {
            replaced.get_or_insert(text.len());
        }
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !rest.is_empty() {
        replaced.get_or_insert(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text: Cow::Owned(text), replaced }
}

/// Text of bytes as Go's `encoding/json` writes it: U+FFFD for each byte that belongs to no character.
pub(super) fn replace_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}

/// The first character that no YAML text may have, as go-yaml's reader sees it.
pub(super) fn first_forbidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + first_unusual(bytes.get(from..)?)?;
        let character = text.get(at..)?.chars().next()?;
        let allowed = matches!(
            character,
            '\u{85}' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..
        );
        if !allowed {
            return Some(at);
        }
        from = at + character.len_utf8();
    }
}

/// The first byte that is no printable ASCII, tab or line break.
fn first_unusual(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let unusual = |byte: u8| !(0x20..0x7F).contains(&byte) && !matches!(byte, b'\t' | b'\n' | b'\r');
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    // Without a way out of the block the compiler looks at many bytes at once.
    let usual = |block: &[u8; BLOCK]| !block.iter().fold(false, |any, byte| any | unusual(*byte));
    let skipped = blocks.iter().take_while(|block| usual(block)).count() * BLOCK;
    let rest = bytes.get(skipped..)?;
    rest.iter().position(|byte| unusual(*byte)).map(|at| skipped + at)
}

/// How far go-yaml's reader has decoded when its scanner has looked at everything before `scanned`.
///
/// It decodes 512 bytes at a time, and a forbidden character counts as soon as it is decoded.
pub(super) fn decoded_until(text: &str, scanned: usize) -> usize {
    const CHUNK: usize = 512;
    // The scanner asks for up to four characters beyond its place.
    let wanted = scanned + 1;
    let mut end = 0;
    while end < wanted && end < text.len() {
        let mut next = (end + CHUNK).min(text.len());
        while !text.is_char_boundary(next) {
            next -= 1;
        }
        end = next;
    }
    end
}
