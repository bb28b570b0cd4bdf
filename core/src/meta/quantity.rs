//! Quantities such as `500m`, `1.5Gi` and `10e3`: exact numbers with a way of writing them.

mod decimal;
mod float;
mod parse;
mod small;
mod suffix;
#[cfg(test)]
mod tests;
mod text;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use decimal::Decimal;
use small::Small;

/// An amount of something, exact, and how it wants to be written.
///
/// ```
/// use kubelogic_core::meta::Quantity;
///
/// let mut memory: Quantity = "1.5Gi".parse().unwrap();
/// assert_eq!(memory.to_string(), "1536Mi");
/// memory.add(&"512Mi".parse().unwrap()).unwrap();
/// assert_eq!(memory.to_string(), "2Gi");
/// assert!(memory > "2G".parse().unwrap());
/// assert_eq!("100m".parse::<Quantity>().unwrap().value(), 1);
/// ```
///
/// Two quantities are equal when the amounts are: `1Gi` equals `1024Mi`.
///
/// A few inputs are printed as they were written until something is calculated with them, as upstream does it:
/// ```
/// use kubelogic_core::meta::Quantity;
///
/// let mut written: Quantity = "+1".parse().unwrap();
/// assert_eq!(written.to_string(), "+1");
/// written.add(&Quantity::default()).unwrap();
/// assert_eq!(written.to_string(), "1");
/// ```
#[derive(Clone, Debug)]
pub struct Quantity {
    amount: Amount,
    format: QuantityFormat,
    /// The text that was read, as long as it is printed again.
    text: Option<Box<str>>,
}

/// How a quantity is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantityFormat {
    /// Powers of 1000: `12M`.
    #[default]
    DecimalSi,
    /// Powers of 1024: `12Mi`.
    BinarySi,
    /// Powers of ten: `12e6`.
    DecimalExponent,
}

impl QuantityFormat {
    /// Upstream's name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::DecimalSi => "DecimalSI",
            Self::BinarySi => "BinarySI",
            Self::DecimalExponent => "DecimalExponent",
        }
    }
}

/// Why a text is no quantity, in the API server's words, or why an amount cannot be calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// It does not look like one.
    #[error("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")]
    Format,
    /// The number is none.
    #[error("unable to parse numeric part of quantity")]
    Number,
    /// The suffix is none.
    #[error("unable to parse quantity's suffix")]
    Suffix,
    /// More than 10,000 digits. Upstream has no limit and calculates for minutes.
    #[error("the quantity has more than 10000 digits")]
    TooLarge,
}

impl QuantityError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "meta/quantity-too-large",
            _ => "meta/invalid-quantity",
        }
    }
}

#[derive(Clone, Debug)]
enum Amount {
    Small(Small),
    Big(Decimal),
}

impl Amount {
    fn to_decimal(&self) -> Decimal {
        match self {
            Self::Small(Small { value, scale }) => Decimal::new(*value, scale.wrapping_neg()),
            Self::Big(decimal) => decimal.clone(),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(own), Self::Small(other)) if own.scale == other.scale => own.value.cmp(&other.value),
            (Self::Big(own), Self::Big(other)) => own.compare(other),
            _ => self.to_decimal().compare(&other.to_decimal()),
        }
    }
}

/// A number of units, and whether it is the whole truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaledValue {
    /// The number, cut off at the ends of the 64-bit range.
    pub value: i64,
    /// The amount is outside of the range that upstream can calculate with: there, the number is 0 or a wrong one.
    pub overflow: bool,
}

impl Quantity {
    /// A number of units.
    ///
    /// ```
    /// use kubelogic_core::meta::{Quantity, QuantityFormat};
    /// assert_eq!(Quantity::new(2048, QuantityFormat::BinarySi).to_string(), "2Ki");
    /// ```
    pub fn new(value: i64, format: QuantityFormat) -> Self {
        Self::from_parts(Amount::Small(Small { value, scale: 0 }), format, None)
    }

    /// A number of thousandths.
    ///
    /// ```
    /// use kubelogic_core::meta::{Quantity, QuantityFormat};
    /// assert_eq!(Quantity::milli(1500, QuantityFormat::DecimalSi).to_string(), "1500m");
    /// ```
    pub fn milli(value: i64, format: QuantityFormat) -> Self {
        Self::from_parts(Amount::Small(Small { value, scale: -3 }), format, None)
    }

    /// Reads a quantity. Spaces are not taken.
    ///
    /// # Errors
    /// [`QuantityError`], in upstream's words.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        parse::parse(text)
    }

    /// Reads a quantity from JSON text as the API server does: a number or a string, spaces at its ends are
    /// taken away, `null` is zero. Escapes in a string are not undone.
    ///
    /// ```
    /// use kubelogic_core::meta::Quantity;
    /// assert_eq!(Quantity::from_json("1.50").unwrap().to_string(), "1500m");
    /// assert_eq!(Quantity::from_json("\" 2Gi \"").unwrap().to_string(), "2Gi");
    /// assert!(Quantity::from_json("true").is_err());
    /// ```
    ///
    /// # Errors
    /// [`QuantityError`], in upstream's words.
    pub fn from_json(json: &str) -> Result<Self, QuantityError> {
        // upstream: apimachinery pkg/api/resource/quantity.go (UnmarshalJSON)
        if json == "null" {
            return Ok(Self::default());
        }
        let inner = json.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(json);
        Self::parse(inner.trim())
    }

    fn from_parts(amount: Amount, format: QuantityFormat, text: Option<&str>) -> Self {
        Self { amount, format, text: text.map(Box::from) }
    }

    /// How it is written.
    pub fn format(&self) -> QuantityFormat {
        self.format
    }

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match &self.amount {
            Amount::Small(small) => match small.value.cmp(&0) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            },
            Amount::Big(decimal) => decimal.signum(),
        }
    }

    /// The number of whole units, rounded up; see [`scaled_value`](Self::scaled_value).
    pub fn value(&self) -> i64 {
        self.scaled_value(0).value
    }

    /// The number of thousandths, rounded up; see [`scaled_value`](Self::scaled_value).
    ///
    /// ```
    /// use kubelogic_core::meta::Quantity;
    /// assert_eq!(Quantity::parse("0.1").unwrap().milli_value(), 100);
    /// ```
    pub fn milli_value(&self) -> i64 {
        self.scaled_value(-3).value
    }

    /// The number of units of ten to the power of `scale`, rounded as upstream rounds: up for positive numbers. What
    /// does not fit 64 bits is cut off and marked.
    ///
    /// ```
    /// use kubelogic_core::meta::Quantity;
    /// let huge = Quantity::parse("100E").unwrap().scaled_value(0);
    /// assert_eq!((huge.value, huge.overflow), (i64::MAX, true));
    /// ```
    pub fn scaled_value(&self, scale: i32) -> ScaledValue {
        // upstream: apimachinery pkg/api/resource/quantity.go (ScaledValue)
        let (value, fits) = match &self.amount {
            Amount::Small(small) => match small.scaled(scale) {
                Some(value) => (value, true),
                None if small.value < 0 => (i64::MIN, false),
                None => (i64::MAX, false),
            },
            Amount::Big(decimal) => decimal.scaled(scale),
        };
        ScaledValue { value, overflow: !fits }
    }

    /// The amount when upstream knows it as a whole number of 64 bits; a number that took exact arithmetic to read
    /// is none, even if it is small.
    pub fn as_i64(&self) -> Option<i64> {
        // upstream: apimachinery pkg/api/resource/quantity.go (AsInt64)
        match &self.amount {
            Amount::Small(small) if small.scale >= 0 => small.scaled(0),
            _ => None,
        }
    }

    /// Rounds away from zero to a multiple of ten to the power of `scale`, and says whether nothing was lost.
    ///
    /// ```
    /// use kubelogic_core::meta::Quantity;
    /// let mut cpu = Quantity::parse("1500u").unwrap();
    /// assert!(!cpu.round_up(-3).unwrap());
    /// assert_eq!(cpu.to_string(), "2m");
    /// ```
    ///
    /// # Errors
    /// [`QuantityError::TooLarge`]
    pub fn round_up(&mut self, scale: i32) -> Result<bool, QuantityError> {
        // upstream: apimachinery pkg/api/resource/quantity.go (RoundUp)
        let (amount, exact) = match &self.amount {
            Amount::Small(small) if small.scale >= scale => return Ok(true),
            Amount::Small(small) => {
                let (rounded, exact) = small.rounded(scale);
                (Amount::Small(rounded), exact)
            }
            Amount::Big(decimal) => {
                let rounded = decimal.rounded(scale.wrapping_neg())?;
                let exact = rounded.compare(decimal).is_eq();
                (Amount::Big(rounded), exact)
            }
        };
        self.become_amount(amount);
        Ok(exact)
    }

    /// Adds another quantity. The format stays, except that zero takes the other's.
    ///
    /// # Errors
    /// [`QuantityError::TooLarge`]; the quantity is then unchanged.
    pub fn add(&mut self, other: &Self) -> Result<(), QuantityError> {
        // upstream: apimachinery pkg/api/resource/quantity.go (Add)
        let sum = match (&self.amount, &other.amount) {
            (Amount::Small(own), Amount::Small(others)) => own.plus(*others).map(Amount::Small),
            _ => None,
        };
        self.combine(other, sum, |own, other| own.plus(&other))
    }

    /// Takes another quantity away. The format stays, except that zero takes the other's.
    ///
    /// # Errors
    /// [`QuantityError::TooLarge`]; the quantity is then unchanged.
    pub fn sub(&mut self, other: &Self) -> Result<(), QuantityError> {
        // upstream: apimachinery pkg/api/resource/quantity.go (Sub)
        let difference = match (&self.amount, &other.amount) {
            (Amount::Small(own), Amount::Small(others)) => {
                let negative = Small { value: others.value.wrapping_neg(), scale: others.scale };
                own.plus(negative).map(Amount::Small)
            }
            _ => None,
        };
        self.combine(other, difference, |own, other| own.plus(&other.negated()))
    }

    fn combine(
        &mut self,
        other: &Self,
        quick: Option<Amount>,
        exact: impl Fn(Decimal, Decimal) -> Result<Decimal, QuantityError>,
    ) -> Result<(), QuantityError> {
        let amount = match quick {
            Some(amount) => amount,
            None => Amount::Big(exact(self.amount.to_decimal(), other.amount.to_decimal())?),
        };
        if self.is_zero() {
            self.format = other.format;
        }
        self.become_amount(amount);
        Ok(())
    }

    /// Multiplies, and says whether upstream calls the result exact: whether it still knows it in 64 bits. The
    /// amount is right in any case.
    ///
    /// ```
    /// use kubelogic_core::meta::Quantity;
    /// let mut memory = Quantity::parse("1Gi").unwrap();
    /// assert!(memory.mul(3));
    /// assert_eq!(memory.to_string(), "3Gi");
    /// ```
    pub fn mul(&mut self, factor: i64) -> bool {
        // upstream: apimachinery pkg/api/resource/quantity.go (Mul)
        let quick = match &self.amount {
            Amount::Small(small) => small.times(factor),
            Amount::Big(_) => None,
        };
        if let Some(product) = quick {
            self.become_amount(Amount::Small(product));
            return true;
        }
        let product = self.amount.to_decimal().times(factor);
        let fits = i64::try_from(&product.unscaled).is_ok();
        self.become_amount(Amount::Big(product));
        fits
    }

    /// Turns the sign around.
    pub fn neg(&mut self) {
        let amount = match &self.amount {
            Amount::Small(small) => {
                Amount::Small(Small { value: small.value.wrapping_neg(), scale: small.scale })
            }
            Amount::Big(decimal) => Amount::Big(decimal.negated()),
        };
        self.become_amount(amount);
    }

    /// The text that [`Display`](fmt::Display) prints once something was calculated.
    ///
    /// ```
    /// use kubelogic_core::meta::Quantity;
    /// assert_eq!(Quantity::parse("00012").unwrap().canonical_text(), "12");
    /// ```
    pub fn canonical_text(&self) -> String {
        text::canonical(self)
    }

    fn become_amount(&mut self, amount: Amount) {
        self.amount = amount;
        self.text = None;
    }
}

impl Default for Quantity {
    /// Zero.
    fn default() -> Self {
        Self::new(0, QuantityFormat::DecimalSi)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => out.pad(text),
            None => out.pad(&self.canonical_text()),
        }
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        Self::parse(text)
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    /// Compares the amounts.
    fn cmp(&self, other: &Self) -> Ordering {
        self.amount.compare(&other.amount)
    }
}
