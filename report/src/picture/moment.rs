//! A second of a timeline, read and written as in RFC 3339.

use std::fmt;
use std::str::FromStr;

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

/// A moment as a calendar shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Calendar {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
}

const DAY: i64 = 86_400;
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

    /// The calendar's date, by the usual count of days in eras of 400 years that begin in March.
    pub(crate) fn calendar(self) -> Calendar {
        let (days, second) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let days = days + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Calendar { year, month, day, hour: second / 3_600, minute: second / 60 % 60, second: second % 60 }
    }

    /// The moment at which a day of the calendar begins.
    pub(crate) fn of_date(year: i64, month: i64, day: i64) -> Self {
        let shifted = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let from_march = (month + 9).rem_euclid(12);
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        Self::from_unix_seconds(days.saturating_mul(DAY))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Calendar { year, month, day, hour, minute, second } = self.calendar();
        write!(out, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    /// Fractions of a second are dropped.
    fn from_str(text: &str) -> Result<Self, MomentError> {
        read(text).ok_or_else(|| MomentError(text.to_owned()))
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

/// Numbers of fixed width with what stands between them.
fn read(text: &str) -> Option<Moment> {
    let mut rest = text;
    let mut number = |digits: usize, end: &[char]| -> Option<i64> {
        let (figures, behind) = rest.split_at_checked(digits)?;
        if !figures.bytes().all(|figure| figure.is_ascii_digit()) {
            return None;
        }
        rest = if end.is_empty() { behind } else { behind.strip_prefix(end)? };
        figures.parse().ok()
    };
    let (year, month, day) = (number(4, &['-'])?, number(2, &['-'])?, number(2, &['T', 't'])?);
    let (hour, minute, second) = (number(2, &[':'])?, number(2, &[':'])?, number(2, &[])?);
    if let Some(fraction) = rest.strip_prefix('.') {
        let figures = fraction.bytes().take_while(u8::is_ascii_digit).count();
        rest = fraction.get(figures..).filter(|_| figures > 0)?;
    }
    let offset = match rest {
        "Z" | "z" => 0,
        zone => {
            let (sign, zone) = match zone.split_at_checked(1)? {
                ("+", zone) => (1, zone),
                ("-", zone) => (-1, zone),
                _ => return None,
            };
            let (hours, minutes) = zone.split_once(':')?;
            let two =
                |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten().map(i64::from);
            let (hours, minutes) = (two(hours)?, two(minutes)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            sign * (hours * 3_600 + minutes * 60)
        }
    };
    let midnight = Moment::of_date(year, month, day);
    let calendar = midnight.calendar();
    // A day that the month does not have comes back as another one.
    if (calendar.year, calendar.month, calendar.day) != (year, month, day)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return None;
    }
    let seconds = midnight.0 + hour * 3_600 + minute * 60 + second - offset;
    (FIRST..BEYOND).contains(&seconds).then_some(Moment(seconds))
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
            "2026-01-01T00:00:00+24:00",
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
            prop_assert_eq!(Moment::of_date(date.year, date.month, date.day).0, seconds.div_euclid(DAY) * DAY);
        }
    }
}
