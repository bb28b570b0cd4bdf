//! Numbers: ranges, multiples, and what a format can hold.
//!
//! upstream: kube-openapi pkg/validation/validate/{validator,values}.go

use super::super::format::Format;
use super::super::node::{Node, Rules};
use super::super::text::{Number, float};
use super::{Fault, Outcome, Validator, single_type};
use crate::object::Value;

/// The first minor in which numbers are held against their format.
const RANGES_SINCE: u16 = 36;

impl<'v> Validator<'v> {
    pub(super) fn number(&self, value: Value<'v>, node: &Node) -> Outcome {
        let mut outcome = Outcome::ok(1);
        let Some(number) = Number::of(value) else { return outcome };
        self.in_range(number, node, "Checked", &mut outcome);
        let rules = node.rules();
        if let Some(factor) = rules.multiple_of {
            let native = self.in_range(Number::Float(factor), node, "MultipleOf", &mut outcome);
            if let Some(fault) = self.multiple(number, factor, native) {
                outcome.add(fault);
            }
        }
        // Results are put together in this order upstream.
        for is_minimum in [true, false] {
            let (limit, prefix) = if is_minimum {
                (rules.minimum, "Minimum boundary")
            } else {
                (rules.maximum, "Maximum boundary")
            };
            if let Some(limit) = limit {
                let native = self.in_range(Number::Float(limit), node, prefix, &mut outcome);
                if let Some(fault) = self.limit(number, limit, native, is_minimum, rules) {
                    outcome.add(fault);
                }
            }
        }
        outcome
    }

    /// Whether type and format can hold a number; adds the error when they cannot.
    fn in_range(&self, number: Number, node: &Node, prefix: &str, outcome: &mut Outcome) -> bool {
        if self.version.minor() < RANGES_SINCE {
            return true;
        }
        let format = node.rules().format.as_ref();
        let held = match single_type(&node.types) {
            "integer" => match (number, format.is_some_and(Format::is_small_int)) {
                (Number::Int(int), true) => i32::try_from(int).is_ok(),
                (Number::Int(_), false) => true,
                // The float's digits are read as a whole number.
                (Number::Float(float), true) => {
                    float.fract() == 0.0 && float.abs() < 2_147_483_649.0 && fits_i32(float)
                }
                (Number::Float(float), false) => float.fract() == 0.0 && fits_i64(float),
            },
            #[expect(clippy::cast_possible_truncation, reason = "whether it can be cut down is the question")]
            "number" if format.is_some_and(Format::is_small_float) => (number.as_float() as f32).is_finite(),
            _ => true,
        };
        if !held {
            let kind = single_type(&node.types);
            let path = self.path_text();
            let format = format.filter(|format| format.is_of(kind)).map(Format::name).unwrap_or_default();
            let message = if format.is_empty() {
                format!("{prefix} value must be of type {kind} (default format) in {path}")
            } else {
                format!("{prefix} value must be of type {kind} with format {format} in {path}")
            };
            outcome.add(self.fault_without_field(message));
        }
        held
    }

    fn multiple(&self, number: Number, factor: f64, native: bool) -> Option<Fault> {
        let path = self.path_text();
        let (broken, factor_text, factor_is_positive) = match number {
            Number::Int(int) if native => {
                let factor = truncated(factor);
                let broken = factor > 0 && int % factor != 0;
                (broken, factor.to_string(), factor > 0)
            }
            _ => {
                let value = number.as_float();
                let quotient = if factor < 1.0 { 1.0 / factor * value } else { value / factor };
                (!is_whole(quotient), float(factor), factor > 0.0)
            }
        };
        if !factor_is_positive {
            let message = format!("factor MultipleOf declared for {path} must be positive: {factor_text}");
            let body = format!("Invalid value: {factor_text}: {message}");
            return Some(self.fault(message, &body));
        }
        broken.then(|| {
            let message = format!("{path} in body should be a multiple of {factor_text}");
            let shown = if native { number } else { Number::Float(number.as_float()) };
            let body = format!("Invalid value: {}: {message}", shown.text());
            self.fault(message, &body)
        })
    }

    fn limit(
        &self,
        number: Number,
        limit: f64,
        native: bool,
        is_minimum: bool,
        rules: &Rules,
    ) -> Option<Fault> {
        let exclusive = if is_minimum { rules.exclusive_minimum } else { rules.exclusive_maximum };
        let (order, limit_text) = match number {
            Number::Int(int) if native => {
                let limit = truncated(limit);
                (int.partial_cmp(&limit), limit.to_string())
            }
            _ => (number.as_float().partial_cmp(&limit), float(limit)),
        };
        let order = order?;
        let order = if is_minimum { order } else { order.reverse() };
        let broken = order.is_lt() || (exclusive && order.is_eq());
        broken.then(|| {
            let than = match (is_minimum, exclusive) {
                (true, false) => "greater than or equal to",
                (true, true) => "greater than",
                (false, false) => "less than or equal to",
                (false, true) => "less than",
            };
            let message = format!("{} in body should be {than} {limit_text}", self.path_text());
            let shown = if native { number } else { Number::Float(number.as_float()) };
            let body = format!("Invalid value: {}: {message}", shown.text());
            self.fault(message, &body)
        })
    }
}

/// A float as Go makes a whole number of it: without its fraction, and the smallest when it does not fit.
#[expect(clippy::cast_possible_truncation, reason = "that is what is wanted")]
pub(super) fn truncated(value: f64) -> i64 {
    if fits_i64(value.trunc()) { value as i64 } else { i64::MIN }
}

fn fits_i64(value: f64) -> bool {
    (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&value)
}

fn fits_i32(value: f64) -> bool {
    (-2_147_483_648.0..=2_147_483_647.0).contains(&value)
}

/// Whether a float counts as a whole number: within the range in which each has one, and near enough.
pub(super) fn is_whole(value: f64) -> bool {
    // upstream: go-openapi/swag (IsFloat64AJSONInteger)
    const MOST: f64 = 9_007_199_254_740_991.0;
    if !(-MOST..=MOST).contains(&value) {
        return false;
    }
    if value.fract() == 0.0 {
        return true;
    }
    // Upstream compares with the value cut to an unsigned number, which for a negative one is far away.
    if value < 0.0 {
        return false;
    }
    let cut = value.trunc();
    cut != 0.0 && (value - cut) / (value + cut) < 1e-9
}
