//! Object identifiers.

use std::fmt::{self, Write as _};

/// An identifier by its numbers, each below 2³¹ as Go's older type holds them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Oid(Vec<u32>);

impl Oid {
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let first = base128(&mut rest)?;
        let mut numbers = if first < 80 { vec![first / 40, first % 40] } else { vec![2, first - 80] };
        while !rest.is_empty() {
            numbers.push(base128(&mut rest)?);
        }
        Some(Self(numbers))
    }

    pub(crate) fn is(&self, numbers: &[u32]) -> bool {
        self.0 == numbers
    }

    pub(crate) fn numbers(&self) -> &[u32] {
        &self.0
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        dotted(out, self.0.iter().copied().map(u128::from))
    }
}

fn base128(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for at in 0..5 {
        let (byte, after) = rest.split_first()?;
        if number >= 1 << 24 || (at == 0 && *byte == 0x80) {
            return None;
        }
        *rest = after;
        number = (number << 7) | u32::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// An identifier with numbers of any size, kept as it is written. Policies are named by these.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RawOid(pub(crate) Vec<u8>);

impl RawOid {
    /// `None` when a number is longer than needed or cut off.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        if bytes.last().is_none_or(|last| last & 0x80 != 0) {
            return None;
        }
        let mut begins = true;
        for byte in bytes {
            if begins && *byte == 0x80 {
                return None;
            }
            begins = byte & 0x80 == 0;
        }
        Some(Self(bytes.to_vec()))
    }
}

impl fmt::Display for RawOid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut numbers: Vec<u128> = Vec::new();
        let mut number = 0_u128;
        for byte in &self.0 {
            number = number.saturating_mul(128).saturating_add(u128::from(byte & 0x7f));
            if byte & 0x80 == 0 {
                if numbers.is_empty() {
                    let first = (number / 40).min(2);
                    numbers.extend([first, number - first * 40]);
                } else {
                    numbers.push(number);
                }
                number = 0;
            }
        }
        dotted(out, numbers.into_iter())
    }
}

fn dotted(out: &mut fmt::Formatter<'_>, numbers: impl Iterator<Item = u128>) -> fmt::Result {
    for (at, number) in numbers.enumerate() {
        if at > 0 {
            out.write_char('.')?;
        }
        write!(out, "{number}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written() {
        let oid = Oid::parse(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d]).unwrap();
        assert_eq!(oid.to_string(), "1.2.840.113549");
        assert_eq!(Oid::parse(&[0x80, 0x01]), None);
        assert_eq!(Oid::parse(&[0x2a, 0x86]), None);
        // 2³¹ is one too many.
        assert_eq!(Oid::parse(&[0x2a, 0x88, 0x80, 0x80, 0x80, 0x00]), None);
        assert_eq!(
            RawOid::parse(&[0x2a, 0x88, 0x80, 0x80, 0x80, 0x00]).unwrap().to_string(),
            "1.2.2147483648"
        );
    }
}
