//! Quantities, and numbers that may be percentages.

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{IntOrPercent, Quantity, Rounding};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::ask::question::question;

question! {
    /// What quantities are worth and how they are printed.
    QuantitiesQuestion {
        /// The quantities.
        texts: Vec<String>,
        /// The texts are JSON values: numbers, or strings in quotes.
        #[serde(default)]
        json: bool,
    }
}

question! {
    /// What numbers or percentages of a total come to.
    IntOrPercentQuestion {
        /// The values.
        items: Vec<IntOrPercentItem>,
    }
}

/// A value and what it is a part of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IntOrPercentItem {
    /// A JSON value: a number, or a string in quotes.
    pub text: String,
    /// What a percentage is taken of.
    #[serde(default)]
    pub total: i32,
    /// Where a fraction goes.
    #[serde(default)]
    pub rounding: RoundingSetting,
}

/// Where a fraction goes.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingSetting {
    /// To the next larger number.
    #[default]
    Up,
    /// To the next smaller number.
    Down,
}

/// An answer for each quantity.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuantitiesResult {
    /// In the order of the question.
    pub quantities: Vec<QuantityResult>,
}

/// A quantity, or why a text is none.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum QuantityResult {
    /// It is one.
    #[serde(rename_all = "camelCase")]
    Quantity {
        /// As it is printed.
        text: String,
        /// As it is printed once something was calculated.
        canonical: String,
        /// `DecimalSI`, `BinarySI` or `DecimalExponent`.
        format: String,
        /// -1, 0 or 1.
        sign: i32,
        /// Whole units, rounded up.
        value: i64,
        /// Thousandths, rounded up.
        milli_value: i64,
        /// `value` is cut off at the end of the 64-bit range, where upstream has 0 or a wrong number.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        value_overflows: bool,
        /// The same of `milliValue`.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        milli_value_overflows: bool,
        /// The whole number, where upstream has a quick way to it.
        as_int64: Option<i64>,
        /// The amount as a floating-point number, as upstream's quick way rounds it; null beyond the range of one.
        approximate: Option<f64>,
    },
    /// It is none.
    Refused(Refusal),
}

/// An answer for each value.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct IntOrPercentResults {
    /// In the order of the question.
    pub results: Vec<IntOrPercentResult>,
}

/// A number or a text, or why a value is neither.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum IntOrPercentResult {
    /// It is one of them.
    #[serde(rename_all = "camelCase")]
    Value {
        /// As it is printed.
        text: String,
        /// `int` or `text`.
        kind: String,
        /// The number; 0 for a text that is none.
        int_value: i64,
        /// The number, or the percentage of the total.
        #[serde(skip_serializing_if = "Option::is_none")]
        scaled: Option<i64>,
        /// Why there is no `scaled`.
        #[serde(skip_serializing_if = "Option::is_none")]
        scale_error: Option<String>,
    },
    /// It is neither.
    Refused(Refusal),
}

pub(in crate::ask) fn quantities(question: &QuantitiesQuestion) -> Answer<QuantitiesResult> {
    let read = |text: &String| {
        let quantity = if question.json { Quantity::from_json(text) } else { Quantity::parse(text) };
        match quantity {
            Ok(quantity) => described(&quantity),
            Err(error) => QuantityResult::Refused(Refusal::of(error)),
        }
    };
    let result = QuantitiesResult { quantities: question.texts.iter().map(read).collect() };
    Answer::new(result, question.kube_version.unwrap_or_default())
}

fn described(quantity: &Quantity) -> QuantityResult {
    let (value, milli_value) = (quantity.scaled_value(0), quantity.scaled_value(-3));
    QuantityResult::Quantity {
        text: quantity.to_string(),
        canonical: quantity.canonical_text(),
        format: quantity.format().name().to_owned(),
        sign: quantity.signum(),
        value: value.value,
        milli_value: milli_value.value,
        value_overflows: value.overflow,
        milli_value_overflows: milli_value.overflow,
        as_int64: quantity.as_i64(),
        approximate: Some(quantity.approximate()).filter(|number| number.is_finite()),
    }
}

pub(in crate::ask) fn int_or_percent(question: &IntOrPercentQuestion) -> Answer<IntOrPercentResults> {
    let results = question.items.iter().map(|item| match IntOrPercent::from_json(&item.text) {
        Ok(value) => {
            let rounding = match item.rounding {
                RoundingSetting::Up => Rounding::Up,
                RoundingSetting::Down => Rounding::Down,
            };
            let scaled = value.scaled(item.total, rounding);
            IntOrPercentResult::Value {
                text: value.to_string(),
                kind: if matches!(value, IntOrPercent::Int(_)) { "int" } else { "text" }.to_owned(),
                int_value: value.int_value(),
                scale_error: scaled.as_ref().err().map(ToString::to_string),
                scaled: scaled.ok(),
            }
        }
        Err(error) => IntOrPercentResult::Refused(Refusal::of(error)),
    });
    let result = IntOrPercentResults { results: results.collect() };
    Answer::new(result, question.kube_version.unwrap_or_default())
}
