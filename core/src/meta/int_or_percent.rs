//! A number, or a text that may be a percentage, such as `maxUnavailable` and a service's `targetPort`.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::quote::quoted;

/// A number or a text; upstream calls it `IntOrString`.
///
/// ```
/// use kubelogic_core::meta::{IntOrPercent, Rounding};
///
/// let surge = IntOrPercent::from_json("\"25%\"").unwrap();
/// assert_eq!(surge.scaled(10, Rounding::Up).unwrap(), 3);
/// assert_eq!(surge.scaled(10, Rounding::Down).unwrap(), 2);
/// assert_eq!(IntOrPercent::Int(4).scaled(10, Rounding::Up).unwrap(), 4);
/// assert!(IntOrPercent::from_json("1.0").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum IntOrPercent {
    /// A number.
    Int(i32),
    /// A text; only one like `25%` can be scaled.
    Text(String),
}

/// In which direction a fraction goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the next larger number, as `maxSurge`.
    Up,
    /// To the next smaller number, as `maxUnavailable`.
    Down,
}

/// Why it is none or cannot be scaled, in upstream's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntOrPercentError {
    /// The JSON value is neither a text nor a whole number of 32 bits.
    #[error("json: cannot unmarshal {found} into Go value of type int32")]
    Kind {
        /// The kind of value, with its text for a number.
        found: String,
    },
    /// It is no JSON value at all.
    #[error("the value is no JSON")]
    Json,
    /// A text without a percent sign.
    #[error("invalid value for IntOrString: invalid type: string is not a percentage")]
    NoPercentage,
    /// What stands before the percent sign is no number.
    #[error("invalid value for IntOrString: invalid value {}: strconv.Atoi: parsing {}: {reason}", quoted(.text), quoted(.number))]
    Number {
        /// The whole text.
        text: String,
        /// Without the percent sign.
        number: String,
        /// What Go says.
        reason: &'static str,
    },
}

impl IntOrPercentError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "meta/invalid-int-or-percent"
    }
}

impl IntOrPercent {
    /// A number if the text is one of 32 bits, otherwise the text; what command-line flags mean.
    ///
    /// ```
    /// use kubelogic_core::meta::IntOrPercent;
    /// assert_eq!(IntOrPercent::parse("+80"), IntOrPercent::Int(80));
    /// assert_eq!(IntOrPercent::parse("http"), IntOrPercent::Text("http".to_owned()));
    /// ```
    pub fn parse(text: &str) -> Self {
        // upstream: apimachinery pkg/util/intstr/intstr.go (Parse)
        text.parse().map_or_else(|_| Self::Text(text.to_owned()), Self::Int)
    }

    /// Reads JSON text: a string, a whole number, or `null`, which is 0.
    ///
    /// # Errors
    /// [`IntOrPercentError::Kind`] for anything else, also for `1.0`.
    pub fn from_json(json: &str) -> Result<Self, IntOrPercentError> {
        // upstream: apimachinery pkg/util/intstr/intstr.go (UnmarshalJSON), Go's encoding/json
        let json = json.trim_matches([' ', '\t', '\r', '\n']);
        let kind = |found: &str| Err(IntOrPercentError::Kind { found: found.to_owned() });
        match json.bytes().next() {
            Some(b'"') => serde_json::from_str(json).map(Self::Text).map_err(|_| IntOrPercentError::Json),
            Some(b'-' | b'0'..=b'9') => {
                json.parse().map_or_else(|_| kind(&format!("number {json}")), |number| Ok(Self::Int(number)))
            }
            Some(b'n') => Ok(Self::Int(0)),
            Some(b't' | b'f') => kind("bool"),
            Some(b'[') => kind("array"),
            Some(b'{') => kind("object"),
            _ => Err(IntOrPercentError::Json),
        }
    }

    /// The number; for a text the number that it is, or 0. A text beyond 64 bits is the end of their range.
    pub fn int_value(&self) -> i64 {
        // upstream: apimachinery pkg/util/intstr/intstr.go (IntValue)
        match self {
            Self::Int(number) => i64::from(*number),
            Self::Text(text) => go_integer(text).0,
        }
    }

    /// The number as it is, or the percentage of `total`.
    ///
    /// # Errors
    /// When it is a text but no percentage, in upstream's words.
    pub fn scaled(&self, total: i32, rounding: Rounding) -> Result<i64, IntOrPercentError> {
        // upstream: apimachinery pkg/util/intstr/intstr.go (GetScaledValueFromIntOrPercent)
        let percent = match self {
            Self::Int(number) => return Ok(i64::from(*number)),
            Self::Text(text) => {
                let number = text.strip_suffix('%').ok_or(IntOrPercentError::NoPercentage)?;
                match go_integer(number) {
                    (percent, None) => percent,
                    (_, Some(reason)) => {
                        let (text, number) = (text.clone(), number.to_owned());
                        return Err(IntOrPercentError::Number { text, number, reason });
                    }
                }
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "upstream calculates in floating point, too")]
        let part = percent as f64 * f64::from(total) / 100.0;
        let whole = match rounding {
            Rounding::Up => part.ceil(),
            Rounding::Down => part.floor(),
        };
        #[expect(clippy::cast_possible_truncation, reason = "what is out of range is cut off")]
        Ok(whole as i64)
    }
}

/// Go's `strconv.Atoi`: the number, which is one end of the range when the text says more, and why it is none.
fn go_integer(text: &str) -> (i64, Option<&'static str>) {
    if let Ok(number) = text.parse() {
        return (number, None);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    // Go stops where the number no longer fits, and does not look at what comes behind.
    let mut number: u64 = 0;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() {
            return (0, Some("invalid syntax"));
        }
        let next = number.checked_mul(10).and_then(|number| number.checked_add(u64::from(byte - b'0')));
        let Some(next) = next else { break };
        number = next;
    }
    if digits.is_empty() {
        return (0, Some("invalid syntax"));
    }
    let end = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    (end, Some("value out of range"))
}

impl fmt::Display for IntOrPercent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(out, "{number}"),
            Self::Text(text) => out.write_str(text),
        }
    }
}

impl Serialize for IntOrPercent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Int(number) => serializer.serialize_i32(*number),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}
