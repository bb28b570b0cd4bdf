//! Which suffix stands for which power, in both directions.

use super::QuantityFormat;

/// What a suffix says: `base` to the power of `exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Power {
    pub(super) base: Base,
    pub(super) exponent: i32,
    pub(super) format: QuantityFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Two,
    Ten,
}

const DECIMAL: [(&str, i32); 10] =
    [("n", -9), ("u", -6), ("m", -3), ("", 0), ("k", 3), ("M", 6), ("G", 9), ("T", 12), ("P", 15), ("E", 18)];

const BINARY: [(&str, i32); 6] = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40), ("Pi", 50), ("Ei", 60)];

/// Reads a suffix; `None` when there is none like it.
pub(super) fn read(suffix: &str) -> Option<Power> {
    // upstream: apimachinery pkg/api/resource/suffix.go (interpret)
    let find =
        |table: &[(&str, i32)]| table.iter().find(|(name, _)| *name == suffix).map(|(_, exponent)| *exponent);
    if let Some(exponent) = find(&DECIMAL) {
        return Some(Power { base: Base::Ten, exponent, format: QuantityFormat::DecimalSi });
    }
    if let Some(exponent) = find(&BINARY) {
        return Some(Power { base: Base::Two, exponent, format: QuantityFormat::BinarySi });
    }
    let digits = suffix.strip_prefix(['e', 'E'])?;
    let parsed: i64 = digits.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "upstream keeps the low 32 bits: `1e4294967297` is 10"
    )]
    let exponent = parsed as i32;
    Some(Power { base: Base::Ten, exponent, format: QuantityFormat::DecimalExponent })
}

/// The suffix of a power of ten. A power that no letter stands for has none, and the number loses it.
pub(super) fn of_ten(exponent: i32, format: QuantityFormat) -> String {
    // upstream: apimachinery pkg/api/resource/suffix.go (constructBytes); its caller ignores that there is none.
    if format == QuantityFormat::DecimalExponent {
        return if exponent == 0 { String::new() } else { format!("e{exponent}") };
    }
    let known = DECIMAL.iter().find(|(_, known)| *known == exponent);
    known.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}

/// The suffix of a power of 1024, the same way.
pub(super) fn of_1024(times: u64) -> &'static str {
    let known =
        BINARY.iter().find(|(_, exponent)| u64::try_from(*exponent).is_ok_and(|known| known == times * 10));
    known.map(|(name, _)| *name).unwrap_or_default()
}
