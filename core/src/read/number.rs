//! Numbers as Go reads and prints them.

/// Go's `strconv.ParseFloat` for decimal text; `None` for what it refuses, and for what overflows.
///
/// Underscores are taken between digits. Hexadecimal floats and names are no concern here: callers have
/// looked at the first character.
pub(in crate::read) fn parse_go_float(text: &str) -> Option<f64> {
    let mut digits = false;
    let mut point = false;
    let mut bytes = text.bytes().peekable();
    bytes.next_if(|byte| matches!(byte, b'+' | b'-'));
    let mut clean = true;
    loop {
        match bytes.peek() {
            Some(b'0'..=b'9') => digits = true,
            Some(b'_') => clean = false,
            Some(b'.') if !point => point = true,
            _ => break,
        }
        bytes.next();
    }
    if !digits {
        return None;
    }
    if bytes.next_if(|byte| matches!(byte, b'e' | b'E')).is_some() {
        bytes.next_if(|byte| matches!(byte, b'+' | b'-'));
        if !bytes.peek().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        while let Some(byte) = bytes.next_if(|byte| byte.is_ascii_digit() || *byte == b'_') {
            clean &= byte != b'_';
        }
    }
    if bytes.next().is_some() {
        return None;
    }
    let value = if clean {
        text.parse::<f64>().ok()?
    } else {
        if !underscores_separate_digits(text) {
            return None;
        }
        text.replace('_', "").parse::<f64>().ok()?
    };
    value.is_finite().then_some(value)
}

/// Every underscore stands between two digits.
fn underscores_separate_digits(text: &str) -> bool {
    let mut before = b'^';
    for byte in text.bytes() {
        if (byte == b'_' && !before.is_ascii_digit()) || (before == b'_' && !byte.is_ascii_digit()) {
            return false;
        }
        before = byte;
    }
    before != b'_'
}

/// A float as Go's `encoding/json` prints it: the shortest digits that read back, `e` outside 1e-6 to 1e21.
pub(in crate::read) fn go_json_float(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        go_exponent(&format!("{value:e}"), 1)
    } else if value == 0.0 && value.is_sign_negative() {
        "-0".to_owned()
    } else {
        format!("{value}")
    }
}

/// A float as Go's `strconv.FormatFloat(value, 'g', -1, 32)` prints it: what YAML makes of a float key.
pub(in crate::read) fn go_short_float(value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "upstream formats keys with 32 bits")]
    let value = value as f32;
    if value.is_nan() {
        return ".nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { ".inf".to_owned() } else { "-.inf".to_owned() };
    }
    if value == 0.0 {
        return if value.is_sign_negative() { "-0".to_owned() } else { "0".to_owned() };
    }
    let text = format!("{value:e}");
    let exponent = text.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or(0);
    if (-4..6).contains(&exponent) { format!("{value}") } else { go_exponent(&text, 2) }
}

/// A finite float as Go's `strconv.FormatFloat(value, 'g', -1, 64)` prints it: what YAML has of a float.
pub(in crate::read) fn go_float(value: f64) -> String {
    if value == 0.0 {
        return if value.is_sign_negative() { "-0".to_owned() } else { "0".to_owned() };
    }
    let text = format!("{value:e}");
    let exponent = text.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or(0);
    if (-4..6).contains(&exponent) { format!("{value}") } else { go_exponent(&text, 2) }
}

/// Rust's `1e21` as Go has it: a sign, and at least `width` digits.
fn go_exponent(text: &str, width: usize) -> String {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    match exponent.strip_prefix('-') {
        Some(digits) => format!("{mantissa}e-{digits:0>width$}"),
        None => format!("{mantissa}e+{exponent:0>width$}"),
    }
}
