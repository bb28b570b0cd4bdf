//! The Gregorian calendar, in both directions from 1970.

use super::Time;

/// A time as a calendar and a clock show it, in UTC.
///
/// ```
/// use kubelogic_core::meta::{Calendar, Time};
/// let time: Time = "2028-02-29T23:00:05-01:00".parse()?;
/// let calendar = time.calendar();
/// assert_eq!((calendar.year, calendar.month, calendar.day), (2028, 3, 1));
/// assert_eq!((calendar.hour, calendar.minute, calendar.second), (0, 0, 5));
/// # Ok::<(), kubelogic_core::meta::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The year; 0 is the one before year 1.
    pub year: i64,
    /// The month, from 1.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
    /// The hour, from 0.
    pub hour: i64,
    /// The minute, from 0.
    pub minute: i64,
    /// The second, from 0.
    pub second: i64,
}

impl Time {
    /// What a calendar and a clock show.
    pub fn calendar(self) -> Calendar {
        let (days, second) = (self.unix_seconds().div_euclid(86_400), self.unix_seconds().rem_euclid(86_400));
        let (year, month, day) = date(days);
        Calendar { year, month, day, hour: second / 3_600, minute: second / 60 % 60, second: second % 60 }
    }

    /// The moment at which a day begins. A month above 12 or a day that the month does not have counts on.
    ///
    /// ```
    /// use kubelogic_core::meta::Time;
    /// assert_eq!(Time::of_date(2026, 11, 21).to_string(), "2026-11-21T00:00:00Z");
    /// ```
    pub fn of_date(year: i64, month: i64, day: i64) -> Self {
        Self::from_unix(days_since_1970(year, month, day).saturating_mul(86_400), 0)
    }
}

/// The number of days from 1 January 1970.
pub(super) fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have the leap day at their end.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days from 1 January 1970.
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
    (era * 400 + year_of_era + year, month, day)
}

/// How many days a month has.
pub(super) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
