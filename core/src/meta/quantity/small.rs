//! Amounts that fit 64 bits: a number and a power of ten.

/// `value` times ten to the power of `scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Small {
    pub(super) value: i64,
    pub(super) scale: i32,
}

impl Small {
    pub(super) const ZERO: Self = Self { value: 0, scale: 0 };

    /// The value in units of ten to the power of `scale`, rounded away from zero; `None` when that does not fit.
    pub(super) fn scaled(self, scale: i32) -> Option<i64> {
        // upstream: apimachinery pkg/api/resource/amount.go (int64Amount.AsScaledInt64)
        if self.scale < scale {
            return Some(divided(self.value, scale.wrapping_sub(self.scale)).0);
        }
        multiplied(self.value, self.scale.wrapping_sub(scale))
    }

    /// Rounds away from zero so that the scale is at least `scale`; the second is whether nothing was lost.
    pub(super) fn rounded(self, scale: i32) -> (Self, bool) {
        // upstream: apimachinery pkg/api/resource/amount.go (int64Amount.AsScale)
        if self.scale >= scale {
            return (self, true);
        }
        let (value, exact) = divided(self.value, scale.wrapping_sub(self.scale));
        (Self { value, scale }, exact)
    }

    /// The sum, when it fits.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        // upstream: apimachinery pkg/api/resource/amount.go (int64Amount.Add)
        if other.value == 0 {
            return Some(self);
        }
        if self.value == 0 {
            return Some(other);
        }
        let scale = self.scale.min(other.scale);
        let own = multiplied(self.value, difference(self.scale, scale)?)?;
        let others = multiplied(other.value, difference(other.scale, scale)?)?;
        Some(Self { value: own.checked_add(others)?, scale })
    }

    /// The product, when it fits.
    pub(super) fn times(self, factor: i64) -> Option<Self> {
        // upstream: apimachinery pkg/api/resource/amount.go (int64Amount.Mul)
        if self.value == 0 {
            return Some(self);
        }
        if factor == 0 {
            return Some(Self::ZERO);
        }
        let value = self.value.checked_mul(factor)?;
        if self.scale > 0 {
            multiplied(value, self.scale)?;
        } else if !divided(value, self.scale.wrapping_neg()).1 {
            return None;
        }
        Some(Self { value, scale: self.scale })
    }
}

/// Ten to the power of more than this fits no 64 bits.
const LARGEST_POWER: i32 = 18;

/// How much larger a scale is; `None` when only zero could be scaled that far.
fn difference(larger: i32, smaller: i32) -> Option<i32> {
    larger.checked_sub(smaller).filter(|power| *power <= LARGEST_POWER)
}

fn multiplied(value: i64, power: i32) -> Option<i64> {
    // upstream: apimachinery pkg/api/resource/math.go (positiveScaleInt64)
    if value == 0 || power <= 0 {
        return Some(value);
    }
    value.checked_mul(10_i64.checked_pow(power.unsigned_abs())?)
}

/// Divides by a power of ten and rounds away from zero; the second is whether nothing was lost.
fn divided(value: i64, power: i32) -> (i64, bool) {
    // upstream: apimachinery pkg/api/resource/math.go (negativeScaleInt64)
    if power <= 0 {
        return (value, true);
    }
    match 10_i64.checked_pow(power.unsigned_abs()) {
        Some(divisor) => {
            let rest = value % divisor;
            (value / divisor + rest.signum(), rest == 0)
        }
        None => (value.signum(), value == 0),
    }
}
