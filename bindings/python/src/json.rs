//! Results on their way to Python: the catalogue's JSON, and the classes that are generated from its schema.

use pyo3::prelude::*;
use pyo3::types::PyString;
use serde::Serialize;

use crate::error::InternalError;

/// A value as `json.loads` gives it.
pub(crate) fn plain<'py, T: Serialize + ?Sized>(py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(value).map_err(|error| InternalError::new_err(error.to_string()))?;
    loads(py, &text)
}

/// JSON text as Python values.
pub(crate) fn loads<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (PyString::new(py, text),))
}

/// Values as instances of a class of `answers.py`.
pub(crate) fn results<'py, T: Serialize>(
    py: Python<'py>,
    class: &str,
    values: &[T],
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let read = py.import("kubelogic.answers")?.getattr(class)?.getattr("from_dict")?;
    plain(py, values)?.try_iter()?.map(|value| read.call1((value?,))).collect()
}
