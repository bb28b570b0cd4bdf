//! Reads a point in time as Go does with the layouts of Kubernetes.

use super::calendar::{days_in_month, days_since_1970};
use super::{Instant, TimeError};

/// Whether a fraction of a second is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// With or without.
    Seconds,
    /// Exactly six digits.
    Microseconds,
}

impl Layout {
    fn text(self) -> &'static str {
        match self {
            Self::Seconds => "2006-01-02T15:04:05Z07:00",
            Self::Microseconds => "2006-01-02T15:04:05.000000Z07:00",
        }
    }
}

pub(super) fn parse(text: &str, layout: Layout) -> Result<Instant, TimeError> {
    // upstream: Go's time.Parse
    let mut reader = Reader { text, rest: text.as_bytes(), layout };
    let year = reader.year()?;
    reader.literal(b'-', "-")?;
    let month = reader.number("01", "month", 1..=12, true)?;
    reader.literal(b'-', "-")?;
    let day = reader.number("02", "day", 0..=99, true)?;
    reader.literal(b'T', "T")?;
    // Of all numbers only the hour may have one digit.
    let hour = reader.number("15", "hour", 0..=23, false)?;
    reader.literal(b':', ":")?;
    let minute = reader.number("04", "minute", 0..=59, true)?;
    reader.literal(b':', ":")?;
    let second = reader.number("05", "second", 0..=59, true)?;
    let nanosecond = reader.fraction()?;
    let offset = reader.zone()?;
    if !reader.rest.is_empty() {
        let extra = super::quoted_of_bytes(reader.rest);
        return Err(reader.refuse(format!(": extra text: {extra}")));
    }
    if day < 1 || day > days_in_month(year, month) {
        return Err(reader.refuse(": day out of range".to_owned()));
    }
    let seconds = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset;
    Ok(Instant { seconds, nanosecond })
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a [u8],
    layout: Layout,
}

impl<'a> Reader<'a> {
    fn refuse(&self, message: String) -> TimeError {
        TimeError { text: self.text.to_owned(), message }
    }

    /// The refusal of what stands at `here`, where the layout has `element`.
    fn cannot(&self, here: &[u8], element: &str) -> TimeError {
        let layout = super::quoted_bytes(self.layout.text());
        let element = super::quoted_bytes(element);
        self.refuse(format!(" as {layout}: cannot parse {} as {element}", super::quoted_of_bytes(here)))
    }

    fn out_of_range(&self, what: &str) -> TimeError {
        self.refuse(format!(": {what} out of range"))
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    fn literal(&mut self, byte: u8, element: &str) -> Result<(), TimeError> {
        match self.rest.split_first() {
            Some((first, rest)) if *first == byte => {
                self.rest = rest;
                Ok(())
            }
            _ => Err(self.cannot(self.rest, element)),
        }
    }

    fn year(&mut self) -> Result<i64, TimeError> {
        let here = self.rest;
        let digits = self.take(4).and_then(digits);
        digits.ok_or_else(|| self.cannot(here, "2006"))
    }

    /// A number of two digits, or of one where `fixed` is not asked for.
    fn number(
        &mut self,
        element: &str,
        name: &str,
        range: std::ops::RangeInclusive<i64>,
        fixed: bool,
    ) -> Result<i64, TimeError> {
        let count = self.rest.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 || (fixed && count == 1) {
            return Err(self.cannot(self.rest, element));
        }
        let number = self.take(count).and_then(digits).unwrap_or_default();
        if range.contains(&number) { Ok(number) } else { Err(self.out_of_range(name)) }
    }

    /// Nanoseconds.
    fn fraction(&mut self) -> Result<u32, TimeError> {
        let here = self.rest;
        if self.layout == Layout::Microseconds {
            // A point or a comma, and six characters that Go reads as a number: a sign is one of them.
            let Some((b'.' | b',', fraction)) = self.take(7).and_then(<[u8]>::split_first) else {
                return Err(self.cannot(here, ".000000"));
            };
            let (negative, unsigned) = match fraction.split_first() {
                Some((b'-', rest)) => (true, rest),
                Some((b'+', rest)) => (false, rest),
                _ => (false, fraction),
            };
            let number = digits(unsigned).ok_or_else(|| self.cannot(here, ".000000"))?;
            if negative && number > 0 {
                return Err(self.out_of_range("fractional second"));
            }
            return Ok(u32::try_from(number * 1_000).unwrap_or_default());
        }
        match here {
            [b'.' | b',', first, ..] if first.is_ascii_digit() => {}
            _ => return Ok(0),
        }
        let count = here.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
        let written = self.take(1 + count).unwrap_or_default();
        // Digits behind the ninth are passed over.
        let kept = written.iter().skip(1).copied().chain(std::iter::repeat(b'0')).take(9);
        Ok(kept.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }

    /// Seconds east of Greenwich.
    fn zone(&mut self) -> Result<i64, TimeError> {
        const ELEMENT: &str = "Z07:00";
        let here = self.rest;
        if let Some((b'Z', rest)) = here.split_first() {
            self.rest = rest;
            return Ok(0);
        }
        let [sign, hours @ .., _, _, _] = here.get(..6).unwrap_or_default() else {
            return Err(self.cannot(here, ELEMENT));
        };
        let minutes = here.get(4..6).unwrap_or_default();
        if here.get(3) != Some(&b':') {
            return Err(self.cannot(here, ELEMENT));
        }
        self.rest = here.get(6..).unwrap_or_default();
        let hours = digits(hours);
        // What comes behind an hour that is none is not looked at.
        let minutes = hours.and_then(|_| digits(minutes));
        if minutes.is_some_and(|minutes| minutes > 60) {
            return Err(self.out_of_range("time zone offset minute"));
        }
        if hours.is_some_and(|hours| hours > 24) {
            return Err(self.out_of_range("time zone offset hour"));
        }
        match (sign, hours, minutes) {
            (b'+', Some(hours), Some(minutes)) => Ok(hours * 3_600 + minutes * 60),
            (b'-', Some(hours), Some(minutes)) => Ok(-(hours * 3_600 + minutes * 60)),
            _ => Err(self.cannot(here, ELEMENT)),
        }
    }
}

/// The number that the bytes are, if all of them are digits.
fn digits(bytes: &[u8]) -> Option<i64> {
    let all = !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit);
    all.then(|| bytes.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}
