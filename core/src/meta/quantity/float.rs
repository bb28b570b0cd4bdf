//! Quantities as floating-point numbers, with the rounding of upstream's quick way.

use super::small::Small;
use super::{Amount, Quantity};

impl Quantity {
    /// The amount as a floating-point number, which may be off in the last places; infinite beyond the range of one.
    ///
    /// ```
    /// use kubelogic_core::meta::Quantity;
    /// let half: Quantity = "500m".parse().unwrap();
    /// assert!((half.approximate() - 0.5).abs() < 1e-12);
    /// ```
    pub fn approximate(&self) -> f64 {
        // upstream: apimachinery pkg/api/resource/quantity.go (AsApproximateFloat64)
        let (base, exponent) = match &self.amount {
            #[expect(clippy::cast_precision_loss, reason = "upstream loses it as well")]
            Amount::Small(Small { value, scale }) => (*value as f64, *scale),
            // INVARIANT: digits are a number; one that is too large is infinite.
            Amount::Big(decimal) => {
                (decimal.unscaled.to_string().parse().unwrap_or(f64::INFINITY), decimal.scale.wrapping_neg())
            }
        };
        if exponent == 0 { base } else { base * power_of_ten(exponent) }
    }
}

/// Go's product of two powers, which is not always the nearest number.
fn power_of_ten(exponent: i32) -> f64 {
    // upstream: Go's math.Pow10
    let exact = |exponent: i32| format!("1e{exponent}").parse().unwrap_or(f64::INFINITY);
    match exponent {
        0..=308 => exact(exponent / 32 * 32) * exact(exponent % 32),
        -323..0 => exact(exponent / 32 * 32) / exact(-exponent % 32),
        309.. => f64::INFINITY,
        _ => 0.0,
    }
}
