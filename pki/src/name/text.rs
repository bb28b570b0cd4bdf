//! The string types of names.

use crate::der::tag;

/// A value as text, or what is wrong with it in Go's words.
pub(crate) fn string(tag: u8, value: &[u8]) -> Result<String, String> {
    match tag {
        // Read as Latin-1, which nearly is what T.61 says.
        tag::T61_STRING => Ok(value.iter().map(|byte| char::from(*byte)).collect()),
        tag::PRINTABLE_STRING => ascii(value, is_printable).ok_or("invalid PrintableString"),
        tag::UTF8_STRING => String::from_utf8(value.to_vec()).map_err(|_| "invalid UTF-8 string"),
        tag::BMP_STRING => two_byte(value).ok_or("invalid BMPString"),
        tag::IA5_STRING => ascii(value, |byte| byte < 0x80).ok_or("invalid IA5String"),
        tag::NUMERIC_STRING => {
            ascii(value, |byte| byte.is_ascii_digit() || byte == b' ').ok_or("invalid NumericString")
        }
        _ => return Err(format!("unsupported string type: {tag}")),
    }
    .map_err(str::to_owned)
}

/// A value as Go's encoder writes it, for attributes without a name.
pub(super) fn marshalled(value: &str) -> Vec<u8> {
    // upstream: Go's encoding/asn1 (`marshalField`): printable letters without `*` and `&`, otherwise UTF-8.
    let printable = value.bytes().all(|byte| is_printable(byte) && !matches!(byte, b'*' | b'&'));
    let mut out = vec![if printable { tag::PRINTABLE_STRING } else { tag::UTF8_STRING }];
    let length = value.len();
    if length < 128 {
        out.extend(u8::try_from(length));
    } else {
        let bytes = length.to_be_bytes();
        let used: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
        out.extend(u8::try_from(used.len()).map(|count| 0x80 | count));
        out.extend(used);
    }
    out.extend(value.as_bytes());
    out
}

fn ascii(value: &[u8], allowed: impl Fn(u8) -> bool) -> Option<String> {
    value.iter().all(|byte| allowed(*byte)).then(|| value.iter().map(|byte| char::from(*byte)).collect())
}

/// The printable letters, and `*` and `&`, which certificates in use have.
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?*&".contains(&byte)
}

/// Two bytes a letter, without surrogates and letters that are none; a closing zero does not count.
fn two_byte(value: &[u8]) -> Option<String> {
    if !value.len().is_multiple_of(2) {
        return None;
    }
    let value = value.strip_suffix(&[0, 0]).unwrap_or(value);
    value
        .chunks_exact(2)
        .map(|pair| {
            let point = pair.iter().fold(0_u32, |point, byte| (point << 8) | u32::from(*byte));
            match point {
                0xfffe | 0xffff | 0xfdd0..=0xfdef => None,
                point => char::from_u32(point),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_letters() {
        assert_eq!(string(tag::PRINTABLE_STRING, b"a*&").as_deref(), Ok("a*&"));
        assert_eq!(string(tag::PRINTABLE_STRING, b"a_b").unwrap_err(), "invalid PrintableString");
        assert_eq!(string(tag::T61_STRING, &[0xe9]).as_deref(), Ok("é"));
        assert_eq!(string(tag::BMP_STRING, &[0, 0x41, 0, 0]).as_deref(), Ok("A"));
        assert_eq!(string(tag::BMP_STRING, &[0xd8, 0]).unwrap_err(), "invalid BMPString");
        assert_eq!(string(0x1c, b"x").unwrap_err(), "unsupported string type: 28");
    }
}
