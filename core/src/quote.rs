//! Strings as Go writes them: in the notation of `%q`, and as JSON.

use std::fmt::Write as _;

/// The text in double quotes, with everything escaped that Go does not print as it is.
///
/// ```
/// use kubelogic_core::quote::quoted;
/// assert_eq!(quoted("a \"b\"\n"), r#""a \"b\"\n""#);
/// ```
pub fn quoted(text: &str) -> String {
    // upstream: Go's strconv.Quote
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        let escape = match letter {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{7}' => "\\a",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{b}' => "\\v",
            _ => "",
        };
        let code = u32::from(letter);
        // Writing to a string cannot fail.
        let _ = match (escape.is_empty(), code) {
            (false, _) => out.write_str(escape),
            (true, _) if is_printed(letter) => out.write_char(letter),
            (true, ..=0x1f | 0x7f) => write!(out, "\\x{code:02x}"),
            (true, ..=0xffff) => write!(out, "\\u{code:04x}"),
            (true, _) => write!(out, "\\U{code:08x}"),
        };
    }
    out.push('"');
    out
}

/// A string as Go's JSON encoder writes it.
///
/// ```
/// use kubelogic_core::quote::json_text;
/// assert_eq!(json_text("a<b"), r#""a\u003cb""#);
/// ```
pub fn json_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

fn is_printed(letter: char) -> bool {
    // The standard library escapes what is not printable, and after a letter it leaves combining marks alone,
    // as Go does.
    let text = format!("a{letter}");
    letter.is_ascii_graphic() || letter == ' ' || (!letter.is_ascii() && text.escape_debug().eq(text.chars()))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn prints_as_go() {
        // Each right side was printed by Go's fmt.Sprintf("%q").
        let cases = [
            ("ann", r#""ann""#),
            ("a \"b\" 'c' \\", r#""a \"b\" 'c' \\""#),
            ("\u{7}\u{8}\u{c}\n\r\t\u{b}\0\u{1f}\u{7f}", r#""\a\b\f\n\r\t\v\x00\x1f\x7f""#),
            ("é世\u{301}", "\"é世\u{301}\""),
            ("\u{a0}\u{200b}\u{2028}\u{feff}", r#""\u00a0\u200b\u2028\ufeff""#),
            ("\u{fffd}\u{1f600}", "\"\u{fffd}\u{1f600}\""),
            ("\u{e000}\u{10ffff}", r#""\ue000\U0010ffff""#),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected);
        }
    }
}
