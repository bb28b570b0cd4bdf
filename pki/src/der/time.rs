//! Times in certificates: `YYMMDDhhmm[ss]` and `YYYYMMDDhhmmss`, with `Z` or an offset.
//!
//! upstream: golang.org/x/crypto/cryptobyte (`ReadASN1UTCTime`, `ReadASN1GeneralizedTime`), Go's time.Parse

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// Years with two digits are 1950 to 2049. The seconds may be missing.
pub(super) fn utc(bytes: &[u8]) -> Option<Timestamp> {
    let (year, rest) = digits(bytes, 2)?;
    // What Go reads as 2050 to 2068 is moved back a century afterwards.
    let year = if year >= 50 { 1900 + year } else { 2000 + year };
    clock(year, rest, false).or_else(|| clock(year, rest, true))
}

pub(super) fn generalized(bytes: &[u8]) -> Option<Timestamp> {
    let (year, rest) = digits(bytes, 4)?;
    clock(year, rest, true)
}

fn clock(year: i16, rest: &[u8], seconds: bool) -> Option<Timestamp> {
    let (month, rest) = digits(rest, 2)?;
    let (day, rest) = digits(rest, 2)?;
    let (hour, rest) = digits(rest, 2)?;
    let (minute, rest) = digits(rest, 2)?;
    let (second, rest) = if seconds { digits(rest, 2)? } else { (0, rest) };
    // 60 would be a leap second, which Go does not know.
    if second > 59 {
        return None;
    }
    let part = |number: i16| i8::try_from(number).ok();
    let time =
        DateTime::new(year, part(month)?, part(day)?, part(hour)?, part(minute)?, part(second)?, 0).ok()?;
    offset(rest)?.to_timestamp(time).ok()
}

/// `Z`, or hours and minutes that are not nought: Go writes the time again and compares.
fn offset(rest: &[u8]) -> Option<Offset> {
    let (sign, digits_after) = match rest {
        [b'Z'] => return Some(Offset::UTC),
        [b'+', after @ ..] => (1, after),
        [b'-', after @ ..] => (-1, after),
        _ => return None,
    };
    let (hours, after) = digits(digits_after, 2)?;
    let (minutes, after) = digits(after, 2)?;
    if !after.is_empty() || hours > 24 || minutes > 59 || (hours == 0 && minutes == 0) {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
}

fn digits(bytes: &[u8], count: usize) -> Option<(i16, &[u8])> {
    let (head, rest) = bytes.split_at_checked(count)?;
    let number = head.iter().try_fold(0_i16, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0'))
    })?;
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_mean_1950_to_2049() {
        assert_eq!(utc(b"491231235959Z").unwrap().to_string(), "2049-12-31T23:59:59Z");
        assert_eq!(utc(b"500101000000Z").unwrap().to_string(), "1950-01-01T00:00:00Z");
        assert_eq!(utc(b"2601010000Z").unwrap().to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(utc(b"260101000000+0130").unwrap().to_string(), "2025-12-31T22:30:00Z");
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for text in ["260230000000Z", "260101000060Z", "260101240000Z", "260101000000", "260101000000+0000"] {
            assert_eq!(utc(text.as_bytes()), None, "{text}");
        }
        assert_eq!(generalized(b"20260101000000.5Z"), None);
    }
}
