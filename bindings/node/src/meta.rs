//! Values that objects hold as text: quantities, times, durations, numbers or percentages, selectors.

pub mod int_or_percent;
pub mod quantity;
pub mod selector;
pub mod time;

use crate::failure::{Class, Failure};

/// What cannot be read or used, in the words of the library.
fn refused(code: &str, error: &impl ToString) -> napi::Error {
    Failure::new(code, error.to_string()).throw(Class::QueryError)
}
