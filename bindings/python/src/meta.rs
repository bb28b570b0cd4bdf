//! Values that objects hold as text: quantities, times, durations, numbers or percentages, selectors.

mod int_or_percent;
mod quantity;
mod selector;
mod time;

pub(crate) use int_or_percent::IntOrPercent;
pub(crate) use quantity::Quantity;
pub(crate) use selector::{FieldSelector, LabelSelector, Requirement};
pub(crate) use time::{Duration, MicroTime, Time};

use pyo3::PyErr;
use pyo3::prelude::*;

use crate::error::Failure;

/// A value of another type was given.
fn wrong_type(given: &Bound<'_, PyAny>, wanted: &str) -> PyErr {
    match given.get_type().name() {
        Ok(kind) => {
            let message = format!("{wanted}, not `{kind}`");
            Failure::new("query/wrong-argument", message).raise(given.py())
        }
        Err(error) => error,
    }
}
