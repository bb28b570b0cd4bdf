//! Durations as Go writes them: `1h30m`, `1.5s`, `300ms`.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::time::quoted_bytes;

/// A span of time in whole nanoseconds, at most about 292 years in either direction.
///
/// ```
/// use kubelogic_core::meta::Duration;
///
/// let grace: Duration = "1.5h".parse().unwrap();
/// assert_eq!(grace.to_string(), "1h30m0s");
/// assert_eq!(grace.nanoseconds(), 5_400_000_000_000);
/// assert_eq!("1d".parse::<Duration>().unwrap_err().to_string(), r#"time: unknown unit "d" in duration "1d""#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

/// Why a text is no duration, in Go's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("time: {message} {}", quoted_bytes(.text))]
pub struct DurationError {
    message: String,
    text: String,
}

impl DurationError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "meta/invalid-duration"
    }
}

const MICROSECOND: u64 = 1_000;
const MILLISECOND: u64 = 1_000_000;
const SECOND: u64 = 1_000_000_000;
/// One more than the largest number of nanoseconds: only a negative duration can be that long.
const LIMIT: u64 = 1 << 63;

impl Duration {
    /// No time.
    pub const ZERO: Self = Self(0);

    /// So many nanoseconds.
    pub fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self(nanoseconds)
    }

    /// So many seconds, cut off at the ends of the range.
    ///
    /// ```
    /// use kubelogic_core::meta::Duration;
    /// assert_eq!(Duration::from_seconds(90).to_string(), "1m30s");
    /// ```
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000_000))
    }

    /// The duration in nanoseconds.
    pub fn nanoseconds(self) -> i64 {
        self.0
    }

    /// Reads a duration: numbers with units from `h` to `ns`, each with or without a fraction.
    ///
    /// # Errors
    /// [`DurationError`], in Go's words.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        // upstream: Go's time.ParseDuration
        let wrong = |message: &str| DurationError { message: message.to_owned(), text: text.to_owned() };
        let invalid = || wrong("invalid duration");
        let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
        if rest == "0" {
            return Ok(Self::ZERO);
        }
        if rest.is_empty() {
            return Err(invalid());
        }
        let mut total: u64 = 0;
        while !rest.is_empty() {
            if !rest.starts_with(|letter: char| letter == '.' || letter.is_ascii_digit()) {
                return Err(invalid());
            }
            let (digits, behind) = split_digits(rest);
            let whole = integer(digits).ok_or_else(invalid)?;
            let mut has_digits = !digits.is_empty();
            rest = behind;
            let mut part = Fraction { value: 0, scale: 1.0 };
            if let Some(behind) = rest.strip_prefix('.') {
                let (digits, behind) = split_digits(behind);
                has_digits |= !digits.is_empty();
                part = Fraction::read(digits);
                rest = behind;
            }
            if !has_digits {
                return Err(invalid());
            }
            let end = rest.find(|letter: char| letter == '.' || letter.is_ascii_digit());
            let (unit, behind) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, ""));
            rest = behind;
            if unit.is_empty() {
                return Err(wrong("missing unit in duration"));
            }
            let size = unit_size(unit)
                .ok_or_else(|| wrong(&format!("unknown unit {} in duration", quoted_bytes(unit))))?;
            if whole > LIMIT / size {
                return Err(invalid());
            }
            let length = whole * size + part.of(size);
            if length > LIMIT {
                return Err(invalid());
            }
            // Two of the longest ones wrap to nothing, as they do upstream.
            total = total.wrapping_add(length);
            if total > LIMIT {
                return Err(invalid());
            }
        }
        if text.starts_with('-') {
            return Ok(Self(0_i64.wrapping_sub_unsigned(total)));
        }
        i64::try_from(total).map(Self).map_err(|_| invalid())
    }

    /// Reads JSON text, which must be a string.
    ///
    /// # Errors
    /// A [`JsonTimeError`](super::JsonTimeError), in Go's words.
    pub fn from_json(json: &str) -> Result<Self, super::JsonTimeError> {
        // upstream: apimachinery pkg/apis/meta/v1/duration.go (UnmarshalJSON): `null` becomes an empty text.
        let text = super::time::json_string(json)?.unwrap_or_default();
        Ok(Self::parse(&text)?)
    }
}

/// What stands behind a point: `value` divided by `scale`.
struct Fraction {
    value: u64,
    scale: f64,
}

impl Fraction {
    fn read(digits: &str) -> Self {
        // upstream: Go's leadingFraction: digits that do not fit are passed over.
        let mut read = Self { value: 0, scale: 1.0 };
        for digit in digits.bytes() {
            if read.value > (LIMIT - 1) / 10 {
                break;
            }
            let next = read.value * 10 + u64::from(digit - b'0');
            if next > LIMIT {
                break;
            }
            read.value = next;
            read.scale *= 10.0;
        }
        read
    }

    fn of(&self, size: u64) -> u64 {
        if self.value == 0 {
            return 0;
        }
        #[expect(clippy::cast_precision_loss, reason = "Go calculates in floating point, too")]
        let nanoseconds = self.value as f64 * (size as f64 / self.scale);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is positive and at most an hour, and Go cuts off, too"
        )]
        let nanoseconds = nanoseconds as u64;
        nanoseconds
    }
}

fn unit_size(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        // The micro sign and the Greek letter.
        "us" | "\u{b5}s" | "\u{3bc}s" => MICROSECOND,
        "ms" => MILLISECOND,
        "s" => SECOND,
        "m" => 60 * SECOND,
        "h" => 3_600 * SECOND,
        _ => return None,
    })
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The number that digits stand for, up to the limit.
fn integer(digits: &str) -> Option<u64> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() { Some(0) } else { digits.parse().ok().filter(|number| *number <= LIMIT) }
}

impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // upstream: Go's Duration.String
        let size = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let fraction = |rest: u64, width: usize| {
            let digits = format!(".{rest:0width$}");
            digits.trim_end_matches(['0']).trim_end_matches('.').to_owned()
        };
        if size < SECOND {
            let (unit, name, width) = match size {
                0 => return out.write_str("0s"),
                1..MICROSECOND => return write!(out, "{sign}{size}ns"),
                MICROSECOND..MILLISECOND => (MICROSECOND, "\u{b5}s", 3),
                _ => (MILLISECOND, "ms", 6),
            };
            return write!(out, "{sign}{}{}{name}", size / unit, fraction(size % unit, width));
        }
        let seconds = size / SECOND;
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        out.write_str(sign)?;
        if hours > 0 {
            write!(out, "{hours}h")?;
        }
        if seconds >= 60 {
            write!(out, "{minutes}m")?;
        }
        write!(out, "{}{}s", seconds % 60, fraction(size % SECOND, 9))
    }
}

impl FromStr for Duration {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        Self::parse(text)
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
