//! How far the word reaches that a position points to.

/// How many characters the word at a column (from 0) has: a key, a quoted text, a plain value, or one character
/// of anything else. At the end of the line it is none.
pub(super) fn word(line: &str, column: usize) -> usize {
    let rest: Vec<char> = line.chars().skip(column).collect();
    match rest.first() {
        None => 0,
        Some(quote @ ('"' | '\'')) => quoted(&rest, *quote),
        Some(first) if first.is_whitespace() || "{}[],#|>&*!%@`".contains(*first) => 1,
        Some('-' | '?' | ':') if rest.get(1).is_none_or(|next| next.is_whitespace()) => 1,
        Some(_) => plain(&rest),
    }
}

fn quoted(rest: &[char], quote: char) -> usize {
    let mut escaped = false;
    for (index, character) in rest.iter().enumerate().skip(1) {
        if escaped {
            escaped = false;
        } else if *character == '\\' && quote == '"' {
            escaped = true;
        } else if *character == quote {
            return index + 1;
        }
    }
    // It goes on in the next line.
    trimmed(rest)
}

fn plain(rest: &[char]) -> usize {
    let ends = |(index, character): (usize, &char)| {
        let next = rest.get(index + 1);
        let before = index.checked_sub(1).and_then(|before| rest.get(before));
        match character {
            ':' => next.is_none_or(|next| next.is_whitespace()),
            ',' | ']' | '}' => true,
            '#' => before.is_some_and(|before| before.is_whitespace()),
            _ => false,
        }
    };
    let end = rest.iter().enumerate().position(ends).unwrap_or(rest.len());
    trimmed(rest.get(..end).unwrap_or(rest)).max(1)
}

fn trimmed(characters: &[char]) -> usize {
    characters.iter().rposition(|character| !character.is_whitespace()).map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_word_ends_where_yaml_ends_it() {
        let cases = [
            ("  imagePullpolicy: Always", 2, 15),
            ("  imagePullpolicy: Always  # why", 19, 6),
            ("a: some words # x", 3, 10),
            ("{name: web, image: x}", 1, 4),
            ("{name: web, image: x}", 7, 3),
            ("{\"a\\\"b\": 1}", 1, 6),
            ("'it''s", 0, 4),
            ("image: registry:5000/x:1", 7, 17),
            ("- a", 0, 1),
            ("a: [", 3, 1),
            ("kind: é\u{301}x", 6, 3),
            ("a:", 2, 0),
            ("", 5, 0),
        ];
        for (line, column, wanted) in cases {
            assert_eq!(word(line, column), wanted, "{line} at {column}");
        }
    }
}
