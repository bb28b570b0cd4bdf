//! The catalogue's answers as JSON: in lines, keys sorted as kubectl sorts them.

use serde::Serialize;
use serde_json::{Error, Value, json};

use crate::console::Failure;

/// `{"answer": …}`
pub(crate) fn answer<T: Serialize>(answer: &T) -> Result<String, Failure> {
    serde_json::to_value(answer)
        .map(|answer| lines(&json!({"answer": answer})))
        .map_err(|error| impossible(&error))
}

/// An answer of the catalogue.
pub(crate) fn catalogue(line: &str) -> Result<String, Failure> {
    serde_json::from_str(line).map(|value| lines(&value)).map_err(|error| impossible(&error))
}

/// Any document.
pub(crate) fn lines(value: &Value) -> String {
    format!("{value:#}\n")
}

fn impossible(error: &Error) -> Failure {
    Failure::usage(format!("the answer cannot be written as JSON: {error}"))
}
