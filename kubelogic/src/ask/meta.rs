//! Questions about the types that all objects share. Each takes a list, so that many are answered at once.

mod addresses;
mod arithmetic;
mod kind_names;
mod names;
mod object_meta;
mod quantities;
mod selectors;
mod times;

pub use addresses::{AddressWarnings, AddressWarningsQuestion};
pub use arithmetic::{
    ArithmeticItem, ArithmeticResult, ArithmeticResults, Operation, QuantityArithmeticQuestion,
};
pub use kind_names::{KindNamesQuestion, SignalProblems, StopSignalsQuestion};
pub use names::{GenerateNamesQuestion, GeneratedNames, NameProblems, NamesQuestion};
pub use object_meta::{
    FieldErrorResult, ObjectMetaItem, ObjectMetaQuestion, ObjectMetaResult, ObjectMetaResults,
};
pub use quantities::{
    IntOrPercentItem, IntOrPercentQuestion, IntOrPercentResult, IntOrPercentResults, QuantitiesQuestion,
    QuantitiesResult, QuantityResult, RoundingSetting,
};
pub use selectors::{
    FieldSelectorResult, FieldSelectorResults, FieldSelectorsQuestion, LabelSelectorResult,
    LabelSelectorResults, LabelSelectorsQuestion, RequirementResult, WrittenExpression, WrittenSelector,
};
pub use times::{DurationResult, DurationsQuestion, DurationsResult, TimeResult, TimesQuestion, TimesResult};

pub(super) use addresses::address_warnings;
pub(super) use arithmetic::quantity_arithmetic;
pub(super) use kind_names::{kind_names, stop_signals};
pub(super) use names::{generate_names, names};
pub(super) use object_meta::object_meta;
pub(super) use quantities::{int_or_percent, quantities};
pub(super) use selectors::{field_selectors, label_selectors};
pub(super) use times::{durations, times};

use schemars::JsonSchema;
use serde::Serialize;

/// What is not accepted, with upstream's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Refusal {
    /// Why.
    pub error: String,
}

impl Refusal {
    fn of(error: impl std::fmt::Display) -> Self {
        Self { error: error.to_string() }
    }
}
