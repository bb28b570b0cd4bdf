//! `pattern`: Go's regular expressions, matched by a library of another dialect.
//!
//! Both libraries descend from RE2 and match alike. What they write differently is translated here; a pattern
//! that cannot be translated is reported and never passed over in silence.

use std::fmt::Write as _;

use regex::{Regex, RegexBuilder};

/// Bytes that one compiled pattern may take.
const SIZE_LIMIT: usize = 1 << 20;
/// Go refuses more repetitions than this.
const MOST_REPEATS: u32 = 1_000;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    written: Box<str>,
    regex: Option<Regex>,
}

impl Pattern {
    /// Compiles a pattern of Go's dialect.
    pub(super) fn new(written: &str) -> Self {
        let regex = translate(written).and_then(|pattern| {
            RegexBuilder::new(&pattern).size_limit(SIZE_LIMIT).nest_limit(250).build().ok()
        });
        Self { written: written.into(), regex }
    }

    /// Whether values can be compared with it.
    pub(super) fn is_supported(&self) -> bool {
        self.regex.is_some()
    }

    /// As it was written.
    pub(super) fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it occurs in a text; true when that cannot be said.
    pub(super) fn matches(&self, text: &str) -> bool {
        self.regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// The pattern in the dialect of the crate `regex`; nothing when it has no counterpart.
fn translate(written: &str) -> Option<String> {
    let mut out = String::with_capacity(written.len() + 16);
    let mut rest = written;
    let mut repeated = false;
    while let Some(letter) = rest.chars().next() {
        let after = rest.strip_prefix(letter)?;
        let before = out.len();
        rest = match letter {
            '\\' => escape(after, false, &mut out)?,
            '[' => class(after, &mut out)?,
            '{' => repetition(after, &mut out)?,
            '(' => group(after, &mut out)?,
            '}' | ']' => {
                out.push('\\');
                out.push(letter);
                after
            }
            _ => {
                out.push(letter);
                after
            }
        };
        // A repetition of a repetition is an error to Go; the sign behind the first makes it lazy.
        let repeats = out.get(before..).is_some_and(|added| added.starts_with(['*', '+', '?', '{']));
        if repeats && repeated {
            return None;
        }
        repeated = repeats;
        if repeats && let Some(after) = rest.strip_prefix('?') {
            out.push('?');
            rest = after;
        }
    }
    Some(out)
}

/// What follows a backslash. Go's classes hold ASCII only.
fn escape<'a>(rest: &'a str, in_class: bool, out: &mut String) -> Option<&'a str> {
    let letter = rest.chars().next()?;
    let after = rest.strip_prefix(letter)?;
    match letter {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
            let members = match letter {
                'd' | 'D' => "0-9",
                'w' | 'W' => "0-9A-Za-z_",
                _ => r"\t\n\x0C\r ",
            };
            let negated = if letter.is_ascii_uppercase() { "^" } else { "" };
            let _ = write!(out, "[{negated}{members}]");
        }
        'b' if !in_class => out.push_str("(?-u:\\b)"),
        // Beside a letter that takes several bytes a Unicode text can only be split between characters.
        'B' if !in_class => return None,
        'A' | 'z' if !in_class => {
            out.push('\\');
            out.push(letter);
        }
        'Q' if !in_class => {
            let (literal, after) = after.split_once("\\E").unwrap_or((after, ""));
            out.push_str(&regex::escape(literal));
            return Some(after);
        }
        'a' => out.push_str("\\x07"),
        'f' | 'n' | 'r' | 't' | 'v' => {
            out.push('\\');
            out.push(letter);
        }
        'x' => return hexadecimal(after, out),
        'p' | 'P' => return property(letter, after, out),
        '0'..='7' => return octal(letter, after, out),
        _ if letter.is_ascii_punctuation() => {
            out.push('\\');
            out.push(letter);
        }
        _ => return None,
    }
    Some(after)
}

fn hexadecimal<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let (digits, after) = match rest.strip_prefix('{') {
        Some(inside) => inside.split_once('}')?,
        None => rest.split_at_checked(2)?,
    };
    let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    let _ = write!(out, "\\x{{{:X}}}", u32::from(code));
    Some(after)
}

fn octal<'a>(first: char, rest: &'a str, out: &mut String) -> Option<&'a str> {
    let more: String = rest.chars().take_while(|letter| ('0'..='7').contains(letter)).take(2).collect();
    // A single digit from 1 to 7 would refer back, which neither dialect knows.
    if first != '0' && more.is_empty() {
        return None;
    }
    let code = u32::from_str_radix(&format!("{first}{more}"), 8).ok()?;
    let _ = write!(out, "\\x{{{code:X}}}");
    rest.get(more.len()..)
}

/// `\pN`, `\p{Greek}`, `\p{^Greek}`.
fn property<'a>(letter: char, rest: &'a str, out: &mut String) -> Option<&'a str> {
    let (name, after) = match rest.strip_prefix('{') {
        Some(inside) => inside.split_once('}')?,
        None => rest.split_at_checked(rest.chars().next()?.len_utf8())?,
    };
    let (name, flipped) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
    let known =
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !known {
        return None;
    }
    if name == "Any" {
        return None;
    }
    let negated = (letter == 'P') != flipped;
    out.push_str(if negated { "\\P{" } else { "\\p{" });
    out.push_str(name);
    out.push('}');
    Some(after)
}

/// `[…]`, where a bracket, `&&`, `--` and `~~` have no meaning of their own to Go.
fn class<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    out.push('[');
    let mut rest = rest;
    if let Some(after) = rest.strip_prefix('^') {
        out.push('^');
        rest = after;
    }
    let mut first = true;
    loop {
        if !first && let Some(after) = rest.strip_prefix(']') {
            out.push(']');
            return Some(after);
        }
        first = false;
        if rest.starts_with("[:")
            && let Some((name, after)) = rest.split_once(":]")
        {
            out.push_str(name);
            out.push_str(":]");
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix('\\')
            && after.starts_with(['d', 'D', 'w', 'W', 's', 'S', 'p', 'P'])
        {
            rest = escape(after, true, out)?;
            continue;
        }
        rest = member(rest, out)?;
        if rest.starts_with('-') && !rest.starts_with("-]") {
            out.push('-');
            rest = member(rest.strip_prefix('-')?, out)?;
        }
    }
}

/// One letter of a class, alone or at an end of a range.
fn member<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let letter = rest.chars().next()?;
    let after = rest.strip_prefix(letter)?;
    if letter == '\\' {
        return escape(after, true, out);
    }
    if letter.is_ascii_punctuation() {
        out.push('\\');
    }
    out.push(letter);
    Some(after)
}

/// `{2}`, `{2,}`, `{2,3}`; any other brace is itself.
fn repetition<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let counts = rest.split_once('}').filter(|(inside, _)| {
        let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        !least.is_empty() && digits(least) && digits(most)
    });
    let Some((inside, after)) = counts else {
        out.push_str("\\{");
        return Some(rest);
    };
    let allowed = |text: &str| text.is_empty() || text.parse().is_ok_and(|count: u32| count <= MOST_REPEATS);
    if !inside.split(',').all(allowed) {
        return None;
    }
    let _ = write!(out, "{{{inside}}}");
    Some(after)
}

/// The beginning of a group. Flags that Go does not know make a pattern that Go refuses.
fn group<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    out.push('(');
    let Some(inside) = rest.strip_prefix('?') else { return Some(rest) };
    let named = inside.strip_prefix("P<").or_else(|| inside.strip_prefix('<'));
    if let Some(name) = named {
        let (_, after) = name.split_once('>')?;
        // The name is of no use to a match.
        return Some(after);
    }
    let end = inside.find([':', ')'])?;
    let (flags, after) = inside.split_at_checked(end)?;
    if !flags.chars().all(|flag| matches!(flag, 'i' | 'm' | 's' | 'U' | '-')) {
        return None;
    }
    out.push('?');
    out.push_str(flags);
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn go_s_dialect_is_understood() {
        // Verdicts of Go's regexp.MatchString.
        let cases = [
            (r"^\d+$", "12", true),
            (r"^\d+$", "\u{661}", false),
            (r"^\w+$", "é", false),
            (r"^[\w.-]+$", "a.b-c", true),
            (r"^[[]a]$", "[a]", true),
            (r"^[a&&b]$", "&", true),
            (r"^a{,2}$", "a{,2}", true),
            (r"^a{1,2}$", "aa", true),
            (r"^(?i)ABC$", "abc", true),
            (r"^\Qa.b\E$", "axb", false),
            (r"^[[:alpha:]]+$", "abc", true),
            (r"^\pL+$", "éa", true),
            (r"^(?P<x>a)(?<y>b)$", "ab", true),
            (r"}]", "}]", true),
            (r"\bfoo\b", "a foo", true),
            (r"^$", "\n", false),
            (r"^\x41\x{42}\103$", "ABC", true),
            (r"^[a-c-e]$", "-", true),
            (r"^[a\d-z]$", "-", true),
            (r"^[]a]$", "]", true),
            (r"^[--/]$", ".", true),
            (r"a+?b", "aab", true),
        ];
        for (pattern, text, matches) in cases {
            let pattern = Pattern::new(pattern);
            assert!(pattern.is_supported(), "{}", pattern.as_str());
            assert_eq!(pattern.matches(text), matches, "{} {text:?}", pattern.as_str());
        }
    }

    #[test]
    fn what_go_refuses_is_not_supported() {
        for pattern in [r"a{1001}", r"(?x)a", r"(?=a)", r"\1", r"(a", r"[a", r"a**", r"x*+", r"\y", r"[z-a]"]
        {
            assert!(!Pattern::new(pattern).is_supported(), "{pattern}");
        }
    }
}
