//! Numbers that may be percentages.

use kubelogic::meta::{self, IntOrPercentError, Rounding};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::error::Failure;
use crate::guard::guard;

/// A number or a percentage, such as the `maxSurge` of a Deployment.
///
/// As in an object, the text `"5"` is no number: `IntOrPercent(5)` is one, and `IntOrPercent.parse("5")`, which reads
/// what a flag says.
///
/// >>> from kubelogic.meta import IntOrPercent
/// >>> IntOrPercent("25%").scaled(10), IntOrPercent("25%").scaled(10, rounding="down"), IntOrPercent(3).scaled(10)
/// (3, 2, 3)
#[pyclass(frozen, eq, module = "kubelogic.meta")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IntOrPercent {
    core: meta::IntOrPercent,
}

#[pymethods]
impl IntOrPercent {
    /// Takes what an object holds: a number or a text.
    #[new]
    #[pyo3(signature = (value: "str | int") -> "IntOrPercent")]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(|| {
            let core = if let Ok(text) = value.cast::<PyString>() {
                Ok(meta::IntOrPercent::Text(text.to_str()?.to_owned()))
            } else if !value.is_instance_of::<PyBool>()
                && (value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>())
            {
                meta::IntOrPercent::from_json(value.str()?.to_str()?)
            } else {
                return Err(super::wrong_type(value, "a number or percentage is a number or a text"));
            };
            Ok(Self { core: core.map_err(|error| failed(value.py(), &error))? })
        })
    }

    /// Reads a text as flags do: a number where it is one.
    #[staticmethod]
    fn parse(text: &str) -> PyResult<Self> {
        guard(|| Ok(Self { core: meta::IntOrPercent::parse(text) }))
    }

    /// Whether it is a number.
    #[getter]
    fn is_int(&self) -> PyResult<bool> {
        guard(|| Ok(matches!(self.core, meta::IntOrPercent::Int(_))))
    }

    /// The number; 0 for a text that is none.
    #[getter]
    fn int_value(&self) -> PyResult<i64> {
        guard(|| Ok(self.core.int_value()))
    }

    /// The number, or the percentage of a total, rounded `up` or `down`.
    ///
    /// Raises `QueryError` for a text that is no percentage.
    #[pyo3(signature = (total, *, rounding = "up"))]
    fn scaled(&self, py: Python<'_>, total: i32, rounding: &str) -> PyResult<i64> {
        guard(|| {
            let rounding = match rounding {
                "up" => Rounding::Up,
                "down" => Rounding::Down,
                other => {
                    let message = format!("`rounding` is `up` or `down`, not `{other}`");
                    return Err(Failure::new("query/wrong-argument", message).raise(py));
                }
            };
            self.core.scaled(total, rounding).map_err(|error| failed(py, &error))
        })
    }

    fn __hash__(&self) -> PyResult<i64> {
        guard(|| Ok(self.core.int_value()))
    }

    fn __str__(&self) -> PyResult<String> {
        guard(|| Ok(self.core.to_string()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| {
            Ok(match &self.core {
                meta::IntOrPercent::Int(number) => format!("IntOrPercent({number})"),
                meta::IntOrPercent::Text(text) => format!("IntOrPercent({text:?})"),
            })
        })
    }

    #[pyo3(signature = () -> "tuple[str | int]")]
    fn __getnewargs__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>,)> {
        guard(|| {
            Ok((match &self.core {
                meta::IntOrPercent::Int(number) => number.into_pyobject(py)?.into_any(),
                meta::IntOrPercent::Text(text) => PyString::new(py, text).into_any(),
            },))
        })
    }
}

fn failed(py: Python<'_>, error: &IntOrPercentError) -> PyErr {
    Failure::new(error.code(), error.to_string()).raise(py)
}
