//! Texts from the input as they may be shown, and how much room they take.

use unicode_width::UnicodeWidthChar as _;

/// A text on one line: ends of lines and tabs become blanks. What could drive a terminal, turn the direction of
/// writing or is no character of XML becomes the replacement character.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(one).collect()
}

fn one(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{061C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FFFE}'
        | '\u{FFFF}'
        | '\u{FEFF}' => char::REPLACEMENT_CHARACTER,
        other if other.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// How many columns of a terminal a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|character| character.width().unwrap_or(0)).fold(0, usize::saturating_add)
}

/// A text in at most so many columns; what is left out is marked in its middle, for names differ at both ends.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(1);
    let head = room.div_ceil(2);
    let taken = |characters: &mut dyn Iterator<Item = char>, room: usize| -> Vec<char> {
        let mut used = 0_usize;
        characters
            .take_while(|character| {
                used = used.saturating_add(character.width().unwrap_or(0));
                used <= room
            })
            .collect()
    };
    let mut cut: String = taken(&mut text.chars(), head).into_iter().collect();
    if columns > 0 {
        cut.push('…');
    }
    cut.extend(taken(&mut text.chars().rev(), room.saturating_sub(head)).into_iter().rev());
    cut
}

/// A text with blanks behind it, up to so many columns.
pub(super) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A text with blanks before it, up to so many columns.
pub(super) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_middle_is_cut() {
        assert_eq!(cut("kube-controller-manager", 11), "kube-…nager");
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("short", 1), "…");
        assert_eq!(cut("short", 0), "");
        assert_eq!(width("日本"), 4);
        assert_eq!(cut("日本語文字", 5), "日…字");
    }

    #[test]
    fn nothing_drives_the_terminal() {
        assert_eq!(shown("a\u{1b}[31m\nb\u{202e}c\u{9b}"), "a\u{fffd}[31m b\u{fffd}c\u{fffd}");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits(text: String, columns in 0_usize..40) {
            prop_assert!(width(&cut(&text, columns)) <= columns);
        }
    }
}
