//! Calculating with quantities.

use std::cmp::Ordering;

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{Quantity, QuantityError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::ask::question::question;

question! {
    /// What calculations with quantities come to.
    QuantityArithmeticQuestion {
        /// The calculations.
        items: Vec<ArithmeticItem>,
    }
}

/// One calculation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArithmeticItem {
    /// The quantity on the left.
    pub left: String,
    /// What to do.
    pub op: Operation,
    /// The quantity on the right, of `add`, `sub` and `compare`.
    #[serde(default)]
    pub right: String,
    /// The factor of `mul`, and the power of ten that `round-up` rounds to.
    #[serde(default)]
    pub number: i64,
}

/// What to do with quantities.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// The sum.
    Add,
    /// The difference.
    Sub,
    /// The negative.
    Neg,
    /// The product with a number.
    Mul,
    /// Rounded away from zero.
    RoundUp,
    /// Which one is more.
    Compare,
}

/// An answer for each calculation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ArithmeticResults {
    /// In the order of the question.
    pub results: Vec<ArithmeticResult>,
}

/// A result, or why there is none.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum ArithmeticResult {
    /// What became of the quantity on the left.
    Calculated {
        /// As it is printed.
        text: String,
        /// `DecimalSI`, `BinarySI` or `DecimalExponent`.
        format: String,
        /// Of `mul` whether 64 bits were enough, of `round-up` whether nothing was lost.
        #[serde(skip_serializing_if = "Option::is_none")]
        exact: Option<bool>,
        /// Of `compare`: -1, 0 or 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        order: Option<i32>,
    },
    /// One of them is no quantity.
    Refused(Refusal),
}

pub(in crate::ask) fn quantity_arithmetic(
    question: &QuantityArithmeticQuestion,
) -> Answer<ArithmeticResults> {
    let results = question
        .items
        .iter()
        .map(|item| calculate(item).unwrap_or_else(|error| ArithmeticResult::Refused(Refusal::of(error))));
    let result = ArithmeticResults { results: results.collect() };
    Answer::new(result, question.kube_version.unwrap_or_default())
}

fn calculate(item: &ArithmeticItem) -> Result<ArithmeticResult, QuantityError> {
    let mut left = Quantity::parse(&item.left)?;
    let right = || Quantity::parse(&item.right);
    let (mut exact, mut order) = (None, None);
    match item.op {
        Operation::Add => left.add(&right()?)?,
        Operation::Sub => left.sub(&right()?)?,
        Operation::Neg => left.neg(),
        Operation::Mul => exact = Some(left.mul(item.number)),
        Operation::RoundUp => {
            let scale =
                i32::try_from(item.number).unwrap_or(if item.number < 0 { i32::MIN } else { i32::MAX });
            exact = Some(left.round_up(scale)?);
        }
        Operation::Compare => {
            order = Some(match left.cmp(&right()?) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            });
        }
    }
    let format = left.format().name().to_owned();
    Ok(ArithmeticResult::Calculated { text: left.to_string(), format, exact, order })
}
