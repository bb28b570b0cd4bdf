//! Numbers of books, cards and people, and identifiers of digits.

/// 24 hexadecimal digits.
pub(super) fn is_object_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Groups of 8, 4, 4, 4 and 12 hexadecimal digits, each hyphen optional; of a version, or of any.
pub(super) fn is_uuid(text: &str, version: Option<char>) -> bool {
    // upstream: kube-openapi pkg/validation/strfmt/default.go (UUIDPattern and its kin)
    let mut rest = text;
    let mut digits = String::new();
    for width in [8, 4, 4, 4, 12] {
        if !digits.is_empty() {
            rest = rest.strip_prefix('-').unwrap_or(rest);
        }
        let Some((group, after)) = rest.split_at_checked(width) else { return false };
        if !group.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return false;
        }
        digits.push_str(group);
        rest = after;
    }
    let digit = |at: usize| digits.chars().nth(at).map(|digit| digit.to_ascii_lowercase());
    let variant = !matches!(version, Some('4' | '5')) || matches!(digit(16), Some('8' | '9' | 'a' | 'b'));
    rest.is_empty() && (version.is_none() || digit(12) == version) && variant
}

pub(super) fn is_isbn10(text: &str) -> bool {
    let digits = without_spaces(text);
    let Some((nine, last)) = digits.split_at_checked(9) else { return false };
    let last = match last {
        "X" => 10,
        _ => match last.parse::<u32>() {
            Ok(digit) if last.len() == 1 => digit,
            _ => return false,
        },
    };
    if !nine.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sum: u32 = values(nine).zip(1..).map(|(digit, weight)| digit * weight).sum();
    (sum + 10 * last).is_multiple_of(11)
}

pub(super) fn is_isbn13(text: &str) -> bool {
    let digits = without_spaces(text);
    if digits.len() != 13 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let sum: u32 =
        values(&digits).take(12).zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    values(&digits).nth(12) == Some((10 - sum % 10) % 10)
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\u{c}' | '\r' | ' ' | '-')).collect()
}

fn values(digits: &str) -> impl DoubleEndedIterator<Item = u32> {
    digits.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0')))
}

/// A number of a known issuer with the right check digit; other characters in between do not matter.
pub(super) fn is_credit_card(text: &str) -> bool {
    // upstream: kube-openapi pkg/internal/third_party/govalidator (CreditCard)
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    let two = digits.get(..2).and_then(|two| two.parse::<u32>().ok()).unwrap_or(0);
    let three = digits.get(..3).and_then(|three| three.parse::<u32>().ok()).unwrap_or(0);
    let known = match digits.len() {
        13 => starts(&["4"]),
        14 => (300..=305).contains(&three) || matches!(two, 36 | 38),
        15 => matches!(two, 34 | 37) || starts(&["2131", "1800"]),
        16 => starts(&["4", "6011", "35"]) || (51..=55).contains(&two) || (650..=659).contains(&three),
        _ => false,
    };
    let doubled = |(place, digit): (usize, u32)| match (place % 2, digit * 2) {
        (0, _) => digit,
        (_, double) if double >= 10 => double % 10 + 1,
        (_, double) => double,
    };
    known && values(&digits).rev().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
}

pub(super) fn is_social_security_number(text: &str) -> bool {
    let mut groups = text.split(['-', ' ']);
    let mut digits = |width: usize| {
        groups
            .next()
            .is_some_and(|group| group.len() == width && group.bytes().all(|byte| byte.is_ascii_digit()))
    };
    digits(3) && digits(2) && digits(4) && groups.next().is_none()
}
