//! Amounts of any size: an integer and how many of its digits stand behind the point.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};

use super::QuantityError;

/// `unscaled` divided by ten to the power of `scale`.
#[derive(Clone, Debug)]
pub(super) struct Decimal {
    pub(super) unscaled: BigInt,
    pub(super) scale: i32,
}

/// No number gets more digits than this: a long exponent would keep the machine busy for minutes.
pub(super) const LARGEST: usize = 10_000;

impl Decimal {
    pub(super) fn new(unscaled: impl Into<BigInt>, scale: i32) -> Self {
        Self { unscaled: unscaled.into(), scale }
    }

    /// A number such as `-12.50`. `None` when it has no digits.
    pub(super) fn parse(text: &str) -> Option<Result<Self, QuantityError>> {
        // upstream: gopkg.in/inf.v0 (Dec.SetString)
        let behind = text.split_once('.').map_or(0, |(_, behind)| behind.len());
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'.').collect();
        if !digits.iter().any(u8::is_ascii_digit) {
            return None;
        }
        if digits.len() > LARGEST {
            return Some(Err(QuantityError::TooLarge));
        }
        let unscaled = BigInt::parse_bytes(&digits, 10)?;
        Some(i32::try_from(behind).map(|scale| Self { unscaled, scale }).map_err(|_| QuantityError::TooLarge))
    }

    pub(super) fn is_zero(&self) -> bool {
        self.unscaled.sign() == Sign::NoSign
    }

    pub(super) fn signum(&self) -> i32 {
        match self.unscaled.sign() {
            Sign::Minus => -1,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        }
    }

    /// The same with exactly `scale` digits behind the point, rounded away from zero.
    pub(super) fn rounded(&self, scale: i32) -> Result<Self, QuantityError> {
        // upstream: gopkg.in/inf.v0 (Dec.Round with RoundUp); the difference of scales wraps there, too.
        let more = scale.wrapping_sub(self.scale);
        if more >= 0 {
            let unscaled = multiplied(&self.unscaled, more.unsigned_abs())?;
            return Ok(Self { unscaled, scale });
        }
        let (quotient, rest) = divided(&self.unscaled, more.unsigned_abs());
        Ok(Self { unscaled: quotient + i32::from(rest) * self.signum(), scale })
    }

    pub(super) fn plus(&self, other: &Self) -> Result<Self, QuantityError> {
        // upstream: gopkg.in/inf.v0 (Dec.Add)
        let scale = self.scale.max(other.scale);
        let own = multiplied(&self.unscaled, scale.abs_diff(self.scale))?;
        Ok(Self { unscaled: own + multiplied(&other.unscaled, scale.abs_diff(other.scale))?, scale })
    }

    pub(super) fn negated(&self) -> Self {
        Self { unscaled: -&self.unscaled, scale: self.scale }
    }

    pub(super) fn times(&self, factor: i64) -> Self {
        Self { unscaled: &self.unscaled * factor, scale: self.scale }
    }

    /// The value in units of ten to the power of `exponent`, as upstream rounds it, and whether it fits 64 bits
    /// on upstream's way there. One that does not is cut off at the largest or smallest number.
    pub(super) fn scaled(&self, exponent: i32) -> (i64, bool) {
        // upstream: apimachinery pkg/api/resource/scale_int.go (scaledValue)
        let fewer = i64::from(self.scale) + i64::from(exponent);
        if fewer <= 0 {
            let power = u32::try_from(-fewer).unwrap_or(u32::MAX);
            return fitted(&self.unscaled, multiplied(&self.unscaled, power).ok());
        }
        let power = u32::try_from(fewer).unwrap_or(u32::MAX);
        let (quotient, rest) = divided(&self.unscaled, power);
        // Below 10^19 upstream cuts off and adds one, which takes a negative number past the integer above it;
        // beyond that it rounds down first.
        let short = power < 19 && self.unscaled < BigInt::from(i64::MAX);
        let cut_off = short || self.unscaled.sign() != Sign::Minus;
        let rounded = if rest && cut_off { &quotient + 1 } else { quotient };
        let (value, fits) = fitted(&self.unscaled, Some(rounded));
        (value, fits && (!short || i64::try_from(&self.unscaled).is_ok()))
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let signs = self.signum().cmp(&other.signum());
        if signs != Ordering::Equal || self.is_zero() {
            return signs;
        }
        let power = self.scale.abs_diff(other.scale);
        match self.scale.cmp(&other.scale) {
            Ordering::Equal => self.unscaled.cmp(&other.unscaled),
            Ordering::Greater => other.compare_raised(power, self).reverse(),
            Ordering::Less => self.compare_raised(power, other),
        }
    }

    /// Compares the integers, this one times a power of ten; both have the same sign and are not zero.
    fn compare_raised(&self, power: u32, other: &Self) -> Ordering {
        // Ten to the power of n has more than n bits.
        if u64::from(power) >= other.unscaled.bits() {
            return if self.signum() > 0 { Ordering::Greater } else { Ordering::Less };
        }
        (&self.unscaled * BigInt::from(10).pow(power)).cmp(&other.unscaled)
    }
}

fn multiplied(value: &BigInt, power: u32) -> Result<BigInt, QuantityError> {
    if value.sign() == Sign::NoSign || power == 0 {
        return Ok(value.clone());
    }
    if usize::try_from(power).is_ok_and(|power| power <= LARGEST) {
        Ok(value * BigInt::from(10).pow(power))
    } else {
        Err(QuantityError::TooLarge)
    }
}

/// The quotient by a power of ten, cut off, and whether anything is left.
fn divided(value: &BigInt, power: u32) -> (BigInt, bool) {
    // Ten to the power of n has more than n bits.
    if u64::from(power) >= value.bits() {
        return (BigInt::ZERO, value.sign() != Sign::NoSign);
    }
    let divisor = BigInt::from(10).pow(power);
    (value / &divisor, (value % &divisor).sign() != Sign::NoSign)
}

/// The number, or the end of the range that lies in the direction of `sign`.
fn fitted(sign: &BigInt, number: Option<BigInt>) -> (i64, bool) {
    match number.and_then(|number| i64::try_from(number).ok()) {
        Some(number) => (number, true),
        None if sign.sign() == Sign::Minus => (i64::MIN, false),
        None => (i64::MAX, false),
    }
}
