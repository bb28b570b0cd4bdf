//! Whole numbers: two's complement, as short as possible.

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Integer<'a>(&'a [u8]);

impl<'a> Integer<'a> {
    /// `None` when it is empty or longer than needed.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes {
            [] => None,
            [0, second, ..] if second & 0x80 == 0 => None,
            [0xff, second, ..] if second & 0x80 != 0 => None,
            _ => Some(Self(bytes)),
        }
    }

    pub(crate) fn is_negative(self) -> bool {
        self.0.first().is_some_and(|byte| byte & 0x80 != 0)
    }

    pub(crate) fn is_zero(self) -> bool {
        self.0 == [0]
    }

    /// The bytes of a number that is not negative, without a leading zero.
    pub(crate) fn magnitude(self) -> &'a [u8] {
        match self.0 {
            [0, rest @ ..] => rest,
            all => all,
        }
    }

    /// As a signed number of 64 bits, when it fits.
    pub(crate) fn signed(self) -> Option<i64> {
        if self.0.len() > 8 {
            return None;
        }
        let start = if self.is_negative() { -1_i64 } else { 0 };
        Some(self.0.iter().fold(start, |number, byte| (number << 8) | i64::from(*byte)))
    }

    /// As an unsigned number of 64 bits, when it fits.
    pub(crate) fn unsigned(self) -> Option<u64> {
        let bytes = self.magnitude();
        if self.is_negative() || bytes.len() > 8 {
            return None;
        }
        Some(bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_short() {
        assert!(Integer::new(&[]).is_none());
        assert!(Integer::new(&[0, 1]).is_none());
        assert!(Integer::new(&[0xff, 0x80]).is_none());
        assert_eq!(Integer::new(&[0, 0x80]).and_then(Integer::signed), Some(128));
        assert_eq!(Integer::new(&[0x80]).and_then(Integer::signed), Some(-128));
        assert_eq!(Integer::new(&[0x80]).and_then(Integer::unsigned), None);
    }
}
