//! Texts in double quotes as Go's package `time` writes them in messages.

use std::fmt::Write as _;

/// The text in double quotes; every byte of what is not ASCII is escaped.
pub(in crate::meta) fn quoted_bytes(text: &str) -> String {
    quoted_of_bytes(text.as_bytes())
}

/// The same for bytes that may begin inside a character.
pub(in crate::meta) fn quoted_of_bytes(bytes: &[u8]) -> String {
    // upstream: Go's time.quote
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push('"');
    for byte in bytes {
        match byte {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(char::from(*byte));
            }
            b' '..=0x7f => out.push(char::from(*byte)),
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push('"');
    out
}
