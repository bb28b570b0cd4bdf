//! The edge to Python: a panic becomes an exception that programs can catch.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

use crate::error::InternalError;

/// Runs the body of an entry point. Python's own `PanicException` would pass every `except Exception`.
pub(crate) fn guard<T>(body: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(result) => result,
        Err(panic) => Err(InternalError::new_err(format!("bug in kubelogic: {}", words(panic.as_ref())))),
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic without words")
}

/// Panics, so that the tests see how a panic arrives in Python.
#[pyfunction]
#[expect(clippy::panic, reason = "a panic is what it is for")]
pub(crate) fn _selftest_panic() -> PyResult<()> {
    guard(|| std::panic::panic_any("the self test panics"))
}
