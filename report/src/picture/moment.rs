//! A second of a timeline, read and written as in RFC 3339.

use std::fmt;
use std::str::FromStr;

use kubelogic_core::meta::{Calendar, Time};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A second in UTC, from the year 0000 to 9999.
///
/// ```
/// use kubelogic_report::picture::Moment;
/// let moment: Moment = "2026-11-21T06:40:00+02:00".parse()?;
/// assert_eq!(moment.to_string(), "2026-11-21T04:40:00Z");
/// assert_eq!(moment.unix_seconds(), 1_795_236_000);
/// # Ok::<(), kubelogic_report::picture::MomentError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// Why a text is no moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time such as `2026-01-31T12:00:00Z`, or outside the years 0000 to 9999")]
pub struct MomentError(String);

/// 0000-01-01 and 10000-01-01.
const FIRST: i64 = -62_167_219_200;
const BEYOND: i64 = 253_402_300_800;

impl Moment {
    pub(crate) const EPOCH: Self = Self(0);

    /// From seconds since 1970; what lies outside the years 0000 to 9999 becomes the nearest second inside.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds.clamp(FIRST, BEYOND.saturating_sub(1)))
    }

    /// Seconds since 1970.
    pub fn unix_seconds(self) -> i64 {
        self.0
    }

    pub(crate) fn plus(self, seconds: i64) -> Self {
        Self::from_unix_seconds(self.0.saturating_add(seconds))
    }

    pub(crate) fn calendar(self) -> Calendar {
        Time::from_unix(self.0, 0).calendar()
    }

    /// The moment at which a day of the calendar begins.
    pub(crate) fn of_date(year: i64, month: i64, day: i64) -> Self {
        Self::from_unix_seconds(Time::of_date(year, month, day).unix_seconds())
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Time::from_unix(self.0, 0).fmt(out)
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    /// Reads a time as Kubernetes does; fractions of a second are dropped.
    fn from_str(text: &str) -> Result<Self, MomentError> {
        let seconds = Time::parse(text).ok().map(Time::unix_seconds);
        let known = seconds.filter(|seconds| (FIRST..BEYOND).contains(seconds));
        known.map(Self).ok_or_else(|| MomentError(text.to_owned()))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026",
            "2026-02-30T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+2:00",
            "2026-01-01T00:00:00Zé",
            "é026-01-01T00:00:00Z",
            "0000-01-01T00:00:00+01:00",
            "2026-01-01T00:00:00+é1:0",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
        assert!("2024-02-29T23:59:59.999999999-23:59".parse::<Moment>().is_ok());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in FIRST..BEYOND) {
            let moment = Moment::from_unix_seconds(seconds);
            prop_assert_eq!(moment.to_string().parse(), Ok(moment));
            let date = moment.calendar();
            prop_assert_eq!(Moment::of_date(date.year, date.month, date.day).0, seconds.div_euclid(86_400) * 86_400);
        }
    }
}
