//! Base64 as Go's `StdEncoding` reads it, with the byte at which it gives up.
//!
//! upstream: Go's encoding/base64 (decodeQuantum)

/// The bytes, or the offset that Go reports.
pub(crate) fn decode(text: &[u8]) -> Result<Vec<u8>, usize> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut next = 0;
    while quantum(text, &mut next, &mut out)? {}
    Ok(out)
}

/// Four letters; `false` at the end of the text.
fn quantum(text: &[u8], next: &mut usize, out: &mut Vec<u8>) -> Result<bool, usize> {
    let mut letters = [0_u8; 4];
    let mut filled = 0;
    while let Some(slot) = letters.get_mut(filled) {
        let Some(&letter) = text.get(*next) else {
            return if filled == 0 { Ok(false) } else { Err(*next - filled) };
        };
        *next += 1;
        if let Some(value) = value(letter) {
            *slot = value;
            filled += 1;
        } else if is_line_end(letter) {
        } else if letter == b'=' {
            padding(text, next, filled)?;
            break;
        } else {
            return Err(*next - 1);
        }
    }
    let [one, two, three, four] = letters;
    let bytes = [one << 2 | two >> 4, two << 4 | three >> 2, three << 6 | four];
    out.extend(bytes.iter().take(filled.saturating_sub(1)));
    Ok(filled == 4)
}

/// What follows the first `=`: one more behind two letters, and then nothing.
fn padding(text: &[u8], next: &mut usize, filled: usize) -> Result<(), usize> {
    if filled < 2 {
        return Err(*next - 1);
    }
    if filled == 2 {
        skip_line_ends(text, next);
        match text.get(*next) {
            None => return Err(text.len()),
            Some(b'=') => *next += 1,
            Some(_) => return Err(*next - 1),
        }
    }
    skip_line_ends(text, next);
    if *next < text.len() { Err(*next) } else { Ok(()) }
}

fn skip_line_ends(text: &[u8], next: &mut usize) {
    while text.get(*next).is_some_and(|&letter| is_line_end(letter)) {
        *next += 1;
    }
}

fn is_line_end(letter: u8) -> bool {
    matches!(letter, b'\r' | b'\n')
}

fn value(letter: u8) -> Option<u8> {
    Some(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn offsets_are_those_of_go() {
        // Each right side was answered by Go's base64.StdEncoding.
        assert_eq!(decode(b"YWI="), Ok(b"ab".to_vec()));
        assert_eq!(decode(b"YW\nI=\r\n"), Ok(b"ab".to_vec()));
        assert_eq!(decode(b"YQ=="), Ok(b"a".to_vec()));
        assert_eq!(decode(b"!!"), Err(0));
        assert_eq!(decode(b"YWI"), Err(0));
        assert_eq!(decode(b"YWJjZA"), Err(4));
        assert_eq!(decode(b"YQ="), Err(3));
        assert_eq!(decode(b"YQ==YQ=="), Err(4));
        assert_eq!(decode(b"YW I="), Err(2));
    }
}
