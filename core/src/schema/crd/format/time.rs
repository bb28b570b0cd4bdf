//! Dates, times and durations.

/// `2006-01-02`, and the day exists.
pub(super) fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |width: usize| {
        let part = parts.next().filter(|part| part.len() == width)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else { return false };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    parts.next().is_none() && (1..=days).contains(&day)
}

/// A date, `t` and a time of day with its zone. What follows a second `t` is passed over, as upstream does.
pub(super) fn is_date_time(text: &str) -> bool {
    // upstream: kube-openapi pkg/validation/strfmt/time.go (IsDateTime)
    let lower = text.to_lowercase();
    let mut parts = lower.split('t');
    let (Some(date), Some(time)) = (parts.next(), parts.next()) else { return false };
    text.len() >= 4 && is_date(date) && is_time(time).unwrap_or(false)
}

fn is_time(text: &str) -> Option<bool> {
    let hour = two_digits(text)?;
    let rest = text.get(2..)?.strip_prefix(':')?;
    let minute = two_digits(rest)?;
    let rest = rest.get(2..)?.strip_prefix(':')?;
    let second = two_digits(rest)?;
    let rest = rest.get(2..)?;
    Some(hour <= 23 && minute <= 59 && second <= 59 && (is_zone(rest) || is_zone(after_fraction(rest)?)))
}

/// Upstream takes any character for the point before a fraction.
fn after_fraction(text: &str) -> Option<&str> {
    let point = text.chars().next().filter(|point| *point != '\n')?;
    let rest = text.strip_prefix(point)?;
    let trimmed = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    (trimmed.len() < rest.len()).then_some(trimmed)
}

fn is_zone(text: &str) -> bool {
    let offset = |text: &str| {
        let hours = two_digits(text)?;
        let minutes = text.get(2..)?.strip_prefix(':')?;
        (minutes.len() == 2).then(|| two_digits(minutes).map(|minutes| hours + minutes))?
    };
    text == "z" || text.strip_prefix(['+', '-']).and_then(offset).is_some()
}

fn two_digits(text: &str) -> Option<u32> {
    let digits = text.get(..2)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Words for units; the last of a line may be the beginning of a longer word.
const UNITS: &[&[&str]] = &[
    &["ns", "nano"],
    &["us", "µs", "micro"],
    &["ms", "milli"],
    &["s", "sec"],
    &["m", "min"],
    &["h", "hr", "hour"],
    &["d", "day"],
    &["w", "wk", "week"],
];

/// What Go reads as a duration, and any text in which a number stands before a unit: `22 ns`, `about 3 weeks`.
pub(super) fn is_duration(text: &str) -> bool {
    // upstream: kube-openapi pkg/validation/strfmt/duration.go (ParseDuration)
    is_go_duration(text) || amounts(text)
}

/// Only forms that the search for amounts does not find anyway: no unit at all, or a point before it.
fn is_go_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    let mut total: f64 = 0.0;
    while !rest.is_empty() {
        let digits = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
        let number = rest.get(..rest.len() - digits.len()).unwrap_or_default();
        if number.matches('.').count() > 1 || !number.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let after = digits.trim_start_matches(|letter: char| letter != '.' && !letter.is_ascii_digit());
        let unit = match digits.get(..digits.len() - after.len()).unwrap_or_default() {
            "ns" => 1.0,
            "us" | "µs" | "μs" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            "m" => 60e9,
            "h" => 3600e9,
            _ => return false,
        };
        total += number.trim_end_matches('.').parse::<f64>().unwrap_or(f64::INFINITY) * unit;
        rest = after;
    }
    // 63 bits of nanoseconds.
    !text.is_empty() && total < 9.223_372_036_854_776e18
}

fn amounts(text: &str) -> bool {
    let mut found = false;
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let number = rest.get(start..).unwrap_or_default();
        let after = number.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let digits = number.get(..number.len() - after.len()).unwrap_or_default();
        let word = after.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
        let end = word.trim_start_matches(|letter: char| letter.is_ascii_alphabetic() || letter == 'µ');
        let unit = word.get(..word.len() - end.len()).unwrap_or_default().to_lowercase();
        rest = if unit.is_empty() { after } else { end };
        if unit.is_empty() {
            continue;
        }
        if digits.parse::<i64>().is_err() {
            return false;
        }
        found |= UNITS.iter().any(|words| {
            words.contains(&unit.as_str()) || words.last().is_some_and(|last| unit.starts_with(last))
        });
    }
    found
}
