//! Reads a quantity.

use num_bigint::BigInt;

use super::decimal::Decimal;
use super::small::Small;
use super::suffix::{self, Base};
use super::{Amount, Quantity, QuantityError, QuantityFormat};

/// The smallest power of ten that is kept.
const NANO: i32 = -9;
/// An integer of so many digits fits 64 bits for certain.
const SURE_DIGITS: i32 = 18;

pub(super) fn parse(text: &str) -> Result<Quantity, QuantityError> {
    // upstream: apimachinery pkg/api/resource/quantity.go (ParseQuantity)
    if text.is_empty() {
        return Err(QuantityError::Format);
    }
    if text == "0" {
        return Ok(Quantity::from_parts(Amount::Small(Small::ZERO), QuantityFormat::DecimalSi, Some(text)));
    }
    let parts = Parts::split(text)?;
    let power = suffix::read(parts.suffix).ok_or(QuantityError::Suffix)?;
    let length = |digits: &str| i32::try_from(digits.len()).unwrap_or(i32::MAX / 4);
    let (before, behind) = (length(parts.before), length(parts.behind));
    let (scale, factor, spare) = match power.base {
        Base::Ten => (power.exponent, 1, SURE_DIGITS - before - behind),
        // 2^10 has three digits, and a fraction is left to the exact way.
        Base::Two if behind == 0 => (0, 1_i64 << power.exponent, 15 - before - power.exponent * 3 / 10 - 1),
        Base::Two => (0, 1, -1),
    };
    let scale = scale.wrapping_sub(behind);
    if spare >= 0 && scale >= NANO {
        let digits = format!("{}{}", parts.before, parts.behind);
        let number: i64 = digits.parse().map_err(|_| QuantityError::Number)?;
        if let Some(value) = number.checked_mul(factor) {
            let value = if parts.negative { -value } else { value };
            let is_canonical = match power.base {
                Base::Two => number & 7 != 0,
                Base::Ten => scale % 3 == 0 && !digits.ends_with("000") && !digits.starts_with('0'),
            };
            let amount = Amount::Small(Small { value, scale });
            return Ok(Quantity::from_parts(amount, power.format, is_canonical.then_some(text)));
        }
    }
    let mut amount = Decimal::parse(parts.number).ok_or(QuantityError::Number)??;
    let mut format = power.format;
    match power.base {
        Base::Ten => amount.scale = amount.scale.wrapping_add(power.exponent.wrapping_neg()),
        Base::Two => amount.unscaled <<= power.exponent.unsigned_abs(),
    }
    // What is too small to be kept counts as the smallest amount: who asks for something gets something.
    if !amount.is_zero() {
        amount = amount.rounded(-NANO)?;
    }
    if format == QuantityFormat::BinarySi {
        let size = Decimal::new(BigInt::from(amount.unscaled.magnitude().clone()), amount.scale);
        if size.compare(&Decimal::new(i64::MAX, 0)).is_gt() {
            amount = Decimal::new(i64::MAX, 0).times(i64::from(amount.signum()));
        }
        if size.compare(&Decimal::new(1, 0)).is_lt() && !size.is_zero() {
            format = QuantityFormat::DecimalSi;
        }
    }
    Ok(Quantity::from_parts(Amount::Big(amount), format, None))
}

/// The pieces of a quantity as it is written.
struct Parts<'a> {
    negative: bool,
    /// Sign, digits and point.
    number: &'a str,
    /// Digits before the point without leading zeros, or `0`.
    before: &'a str,
    /// Digits behind the point.
    behind: &'a str,
    suffix: &'a str,
}

impl<'a> Parts<'a> {
    fn split(text: &'a str) -> Result<Self, QuantityError> {
        // upstream: apimachinery pkg/api/resource/quantity.go (parseQuantityString): it takes a number that has no
        // digits for zero, and so `m` and `+` are quantities.
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let significant = unsigned.trim_start_matches('0');
        let (before, rest) = split_digits(significant);
        let (behind, suffix) = rest.strip_prefix('.').map_or(("", rest), split_digits);
        if significant.is_empty() {
            return Ok(Self { negative: text.starts_with('-'), number: "0", before: "0", behind, suffix });
        }
        let number = text.strip_suffix(suffix).unwrap_or(text);
        let exponent = suffix.trim_start_matches(|letter| "eEinumkKMGTP".contains(letter));
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if !exponent.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(QuantityError::Format);
        }
        let before = if before.is_empty() { "0" } else { before };
        Ok(Self { negative: text.starts_with('-'), number, before, behind, suffix })
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at_checked(end).unwrap_or((text, ""))
}
