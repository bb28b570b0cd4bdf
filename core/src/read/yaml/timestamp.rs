//! What `!!timestamp` accepts.
//!
//! upstream: go.yaml.in/yaml/v2 resolve.go (parseTimestamp), which asks Go's time.Parse with four layouts

/// Whether the text is a date, or a date and a time, as upstream reads them.
pub(in crate::read) fn is_timestamp(text: &str) -> bool {
    let mut rest = Rest(text.as_bytes());
    let date = rest.year().and_then(|year| {
        rest.expect(b'-')?;
        let month = rest.short_number()?;
        rest.expect(b'-')?;
        let day = rest.short_number()?;
        Some((year, month, day))
    });
    let Some((year, month, day)) = date else { return false };
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return false;
    }
    match rest.take() {
        None => true,
        Some(b'T' | b't') => rest.clock().is_some() && rest.zone().is_some() && rest.0.is_empty(),
        Some(b' ') => {
            // The layout has one space, and Go lets more of them pass.
            while rest.0.first() == Some(&b' ') {
                rest.take();
            }
            rest.clock().is_some() && rest.0.is_empty()
        }
        Some(_) => false,
    }
}

/// Whether the text is a time as the API machinery reads it: Go's time.Parse with the layout of RFC 3339.
pub(crate) fn is_rfc3339(text: &str) -> bool {
    let mut rest = Rest(text.as_bytes());
    let parsed = (|| {
        let year = rest.year()?;
        rest.expect(b'-')?;
        let month = rest.digit()? * 10 + rest.digit()?;
        rest.expect(b'-')?;
        let day = rest.digit()? * 10 + rest.digit()?;
        rest.expect(b'T')?;
        let hour = rest.short_number()?;
        rest.expect(b':')?;
        let minute = rest.digit()? * 10 + rest.digit()?;
        rest.expect(b':')?;
        let second = rest.digit()? * 10 + rest.digit()?;
        rest.fraction();
        rest.zone()?;
        Some((year, month, day, hour, minute, second))
    })();
    matches!(parsed, Some((year, 1..=12, day, 0..=23, 0..=59, 0..=59))
        if day >= 1 && day <= days_in(year, parsed.map_or(1, |(_, month, ..)| month)))
        && rest.0.is_empty()
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.take()? == byte).then_some(())
    }

    fn digit(&mut self) -> Option<u32> {
        let digit = self.0.first().filter(|byte| byte.is_ascii_digit())?;
        self.0 = self.0.get(1..)?;
        Some(u32::from(digit - b'0'))
    }

    fn year(&mut self) -> Option<u32> {
        let mut year = 0;
        for _ in 0..4 {
            year = year * 10 + self.digit()?;
        }
        Some(year)
    }

    /// One digit or two.
    fn short_number(&mut self) -> Option<u32> {
        let first = self.digit()?;
        Some(self.digit().map_or(first, |second| first * 10 + second))
    }

    /// Hours, minutes, seconds and a fraction of any length.
    fn clock(&mut self) -> Option<()> {
        let hour = self.short_number()?;
        self.expect(b':')?;
        let minute = self.short_number()?;
        self.expect(b':')?;
        let second = self.short_number()?;
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        self.fraction();
        Some(())
    }

    fn fraction(&mut self) {
        if matches!(self.0, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
            self.take();
            while self.digit().is_some() {}
        }
    }

    /// `Z`, or hours and minutes with a sign.
    fn zone(&mut self) -> Option<()> {
        match self.take()? {
            b'Z' => Some(()),
            b'+' | b'-' => {
                let hour = self.digit()? * 10 + self.digit()?;
                self.expect(b':')?;
                let minute = self.digit()? * 10 + self.digit()?;
                (hour <= 24 && minute <= 60).then_some(())
            }
            _ => None,
        }
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}
