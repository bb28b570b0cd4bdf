//! How a quantity is printed.

use super::decimal::Decimal;
use super::small::Small;
use super::{Amount, Quantity, QuantityFormat, suffix};

/// The canonical text: no fraction, and the largest suffix that allows that.
pub(super) fn canonical(quantity: &Quantity) -> String {
    // upstream: apimachinery pkg/api/resource/quantity.go (CanonicalizeBytes)
    if quantity.is_zero() {
        return "0".to_owned();
    }
    if quantity.format == QuantityFormat::BinarySi
        && let Some(text) = binary(&quantity.amount)
    {
        return text;
    }
    let format = match quantity.format {
        QuantityFormat::BinarySi => QuantityFormat::DecimalSi,
        format => format,
    };
    let (mut digits, exponent) = match &quantity.amount {
        Amount::Small(Small { value, scale }) => (value.to_string(), *scale),
        Amount::Big(Decimal { unscaled, scale }) => (unscaled.to_string(), scale.wrapping_neg()),
    };
    let kept = digits.trim_end_matches('0').len();
    let zeros = i32::try_from(digits.len() - kept).unwrap_or(i32::MAX);
    digits.truncate(kept);
    let mut exponent = exponent.wrapping_add(zeros);
    while exponent % 3 != 0 {
        digits.push('0');
        exponent = exponent.wrapping_sub(1);
    }
    digits.push_str(&suffix::of_ten(exponent, format));
    digits
}

/// As a multiple of a power of 1024; `None` where that would hide something: between -1024 and 1024, and when
/// there is a fraction.
fn binary(amount: &Amount) -> Option<String> {
    let kilo = Amount::Small(Small { value: 1024, scale: 0 });
    let minus_kilo = Amount::Small(Small { value: -1024, scale: 0 });
    if amount.compare(&minus_kilo).is_gt() && amount.compare(&kilo).is_lt() {
        return None;
    }
    if let Amount::Small(small) = amount {
        let (rounded, exact) = small.rounded(0);
        if !exact {
            return None;
        }
        if let Some(value) = rounded.scaled(0) {
            // The smallest number has no positive twin to take factors out of.
            let times = if value == i64::MIN { 0 } else { u64::from(value.trailing_zeros() / 10) };
            return Some(format!("{}{}", value >> (times * 10), suffix::of_1024(times)));
        }
    }
    let decimal = amount.to_decimal();
    let rounded = decimal.rounded(0).ok()?;
    if rounded.compare(&decimal).is_ne() {
        return None;
    }
    let times = rounded.unscaled.trailing_zeros().unwrap_or(0) / 10;
    Some(format!("{}{}", rounded.unscaled >> (times * 10), suffix::of_1024(times)))
}
