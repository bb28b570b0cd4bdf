//! The catalogue's answers as JSON: in lines, keys sorted as kubectl sorts them.

use kubelogic::ask::AskError;
use kubelogic::finding::Finding;
use serde::Serialize;
use serde_json::{Error, Value, json};

use crate::console::Failure;

/// `{"answer": …}`
pub(crate) fn answer<T: Serialize>(answer: &T) -> Result<String, Failure> {
    serde_json::to_value(answer)
        .map(|answer| lines(&json!({"answer": answer})))
        .map_err(|error| impossible(&error))
}

/// `{"error": …}`, as the catalogue says that input cannot be used.
pub(crate) fn error(findings: &[Finding]) -> Result<String, Failure> {
    let first = findings.first();
    let message = match findings {
        [one] => one.message.clone(),
        several => format!("{} problems in the input", several.len()),
    };
    let mut error = AskError::new(first.map_or("ask/no-objects", |first| first.code), message);
    error.location = first.and_then(|first| first.location.clone()).map(Box::new);
    error.help = first.and_then(|first| first.help.clone());
    error.problems = findings.to_vec();
    serde_json::to_value(error)
        .map(|error| lines(&json!({"error": error})))
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
