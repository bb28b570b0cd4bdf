//! Points in time: `Time` in seconds and `MicroTime` in microseconds.

mod calendar;
mod parse;
mod quote;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{Duration, DurationError};
pub use calendar::Calendar;
use calendar::date;
use parse::{Layout, parse};
pub(super) use quote::{quoted_bytes, quoted_of_bytes};

/// A point in time as most fields have it: written with seconds, in UTC.
///
/// ```
/// use kubelogic_core::meta::{Duration, Time};
///
/// let created: Time = "2026-11-21T06:30:00.5+01:00".parse().unwrap();
/// assert_eq!(created.to_string(), "2026-11-21T05:30:00Z");
/// let expired = created.after(Duration::from_seconds(90)).unwrap();
/// assert_eq!(expired.to_string(), "2026-11-21T05:31:30Z");
/// assert!(created < expired);
/// assert!("2026-11-21".parse::<Time>().is_err());
/// ```
///
/// Fractions of a second are kept for comparisons, and are lost when it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(Instant);

/// A point in time as leases and events have it: written with six digits of a second, and read only with them.
///
/// ```
/// use kubelogic_core::meta::MicroTime;
/// let renewed: MicroTime = "2026-11-21T06:30:00.000001Z".parse().unwrap();
/// assert_eq!(renewed.to_string(), "2026-11-21T06:30:00.000001Z");
/// assert!("2026-11-21T06:30:00Z".parse::<MicroTime>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MicroTime(Instant);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Instant {
    /// From the beginning of 1970.
    seconds: i64,
    nanosecond: u32,
}

/// Go's zero time, the beginning of year 1; Kubernetes writes `null` for it.
const ZERO: Instant = Instant { seconds: -62_135_596_800, nanosecond: 0 };

/// Why a text is no time, in Go's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("parsing time {}{message}", quoted_bytes(.text))]
pub struct TimeError {
    text: String,
    message: String,
}

impl TimeError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "meta/invalid-time"
    }
}

/// Why a JSON value is no time or duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonTimeError {
    /// It is no string.
    #[error("json: cannot unmarshal {found} into Go value of type string")]
    Kind {
        /// The kind of value.
        found: &'static str,
    },
    /// It is no JSON at all.
    #[error("the value is no JSON")]
    Json,
    /// The string is no time.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// The string is no duration.
    #[error(transparent)]
    Duration(#[from] DurationError),
}

impl JsonTimeError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Duration(error) => error.code(),
            Self::Time(error) => error.code(),
            Self::Kind { .. } | Self::Json => "meta/invalid-time",
        }
    }
}

macro_rules! instants {
    ($($name:ident, $layout:expr;)*) => {
        $(impl $name {
            /// So many seconds and nanoseconds after the beginning of 1970.
            pub fn from_unix(seconds: i64, nanosecond: u32) -> Self {
                let carried = seconds.saturating_add(i64::from(nanosecond / 1_000_000_000));
                Self(Instant { seconds: carried, nanosecond: nanosecond % 1_000_000_000 })
            }

            /// Seconds since the beginning of 1970, rounded down.
            pub fn unix_seconds(self) -> i64 {
                self.0.seconds
            }

            /// The nanoseconds within the second.
            pub fn nanosecond(self) -> u32 {
                self.0.nanosecond
            }

            /// Whether it is the time that Kubernetes writes as `null`.
            pub fn is_zero(self) -> bool {
                self.0 == ZERO
            }

            /// Reads a time.
            ///
            /// # Errors
            /// [`TimeError`], in Go's words.
            pub fn parse(text: &str) -> Result<Self, TimeError> {
                parse(text, $layout).map(Self)
            }

            /// Reads JSON text: a string, or `null`, which is no time.
            ///
            /// # Errors
            /// [`JsonTimeError`], in Go's words.
            pub fn from_json(json: &str) -> Result<Option<Self>, JsonTimeError> {
                // upstream: apimachinery pkg/apis/meta/v1/time.go and micro_time.go (UnmarshalJSON)
                let Some(text) = json_string(json)? else { return Ok(None) };
                Ok(Some(Self::parse(&text)?))
            }

            /// This time moved by a duration; `None` when it leaves the range.
            pub fn after(self, duration: Duration) -> Option<Self> {
                let nanoseconds = i64::from(self.0.nanosecond) + duration.nanoseconds() % 1_000_000_000;
                let seconds = self.0.seconds.checked_add(duration.nanoseconds() / 1_000_000_000)?;
                let seconds = seconds.checked_add(nanoseconds.div_euclid(1_000_000_000))?;
                let nanosecond = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).ok()?;
                Some(Self(Instant { seconds, nanosecond }))
            }

            /// How long it is since an earlier time, cut off at the ends of the range of a duration.
            pub fn since(self, earlier: Self) -> Duration {
                // upstream: Go's Time.Sub
                let seconds = i128::from(self.0.seconds) - i128::from(earlier.0.seconds);
                let rest = i128::from(self.0.nanosecond) - i128::from(earlier.0.nanosecond);
                let nanoseconds = seconds * 1_000_000_000 + rest;
                let end = if nanoseconds < 0 { i64::MIN } else { i64::MAX };
                Duration::from_nanoseconds(i64::try_from(nanoseconds).unwrap_or(end))
            }
        }

        impl Default for $name {
            /// The time that Kubernetes writes as `null`.
            fn default() -> Self {
                Self(ZERO)
            }
        }

        impl FromStr for $name {
            type Err = TimeError;

            fn from_str(text: &str) -> Result<Self, TimeError> {
                Self::parse(text)
            }
        }

        impl Serialize for $name {
            /// A string, or `null` for the zero time.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if self.is_zero() { serializer.serialize_none() } else { serializer.collect_str(self) }
            }
        })*
    };
}

instants! {
    Time, Layout::Seconds;
    MicroTime, Layout::Microseconds;
}

impl Instant {
    fn write(self, out: &mut fmt::Formatter<'_>, fraction: &str) -> fmt::Result {
        let (year, month, day) = date(self.seconds.div_euclid(86_400));
        let second = self.seconds.rem_euclid(86_400);
        let sign = if year < 0 { "-" } else { "" };
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        let year = year.abs();
        write!(out, "{sign}{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
    }
}

impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(out, "")
    }
}

impl fmt::Display for MicroTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(out, &format!(".{:06}", self.0.nanosecond / 1_000))
    }
}

/// The text of a JSON string; `None` for `null`.
pub(super) fn json_string(json: &str) -> Result<Option<Cow<'_, str>>, JsonTimeError> {
    let json = json.trim_matches([' ', '\t', '\r', '\n']);
    let kind = |found| Err(JsonTimeError::Kind { found });
    match json.bytes().next() {
        Some(b'"') => match serde_json::from_str::<String>(json) {
            Ok(text) => Ok(Some(Cow::Owned(text))),
            Err(_) => Err(JsonTimeError::Json),
        },
        Some(b'n') => Ok(None),
        Some(b'-' | b'0'..=b'9') => kind("number"),
        Some(b't' | b'f') => kind("bool"),
        Some(b'[') => kind("array"),
        Some(b'{') => kind("object"),
        _ => Err(JsonTimeError::Json),
    }
}
