//! Amounts.

use std::cmp::Ordering;

use kubelogic::meta::{self, QuantityError};
use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::error::Failure;
use crate::guard::guard;

/// An amount such as `100m`, `1.5Gi` or `2e3`, exact to a billionth.
///
/// Quantities are equal when they are worth the same: `Quantity("1Gi") == Quantity("1024Mi")`.
#[pyclass(frozen, module = "kubelogic.meta")]
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    core: meta::Quantity,
}

#[pymethods]
impl Quantity {
    /// Reads a text as Kubernetes does, or takes a number.
    #[new]
    #[pyo3(signature = (value: "str | int | float") -> "Quantity")]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(|| {
            let core = if let Ok(text) = value.cast::<PyString>() {
                meta::Quantity::parse(text.to_str()?)
            } else if !value.is_instance_of::<PyBool>()
                && (value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>())
            {
                meta::Quantity::from_json(value.str()?.to_str()?)
            } else {
                return Err(super::wrong_type(value, "a quantity is a text or a number"));
            };
            Ok(Self { core: core.map_err(|error| failed(value.py(), error))? })
        })
    }

    /// `DecimalSI`, `BinarySI` or `DecimalExponent`: how it is printed.
    #[getter]
    fn format(&self) -> PyResult<&'static str> {
        guard(|| Ok(self.core.format().name()))
    }

    /// The text that calculations and the API server print, such as `1500m` for `1.5`.
    #[getter]
    fn canonical(&self) -> PyResult<String> {
        guard(|| Ok(self.core.canonical_text()))
    }

    /// Whole units, rounded up, and cut off at the ends of the 64-bit range.
    #[getter]
    fn value(&self) -> PyResult<i64> {
        guard(|| Ok(self.core.value()))
    }

    /// Thousandths, rounded up, and cut off at the ends of the 64-bit range.
    #[getter]
    fn milli_value(&self) -> PyResult<i64> {
        guard(|| Ok(self.core.milli_value()))
    }

    /// -1, 0 or 1.
    #[getter]
    fn sign(&self) -> PyResult<i32> {
        guard(|| Ok(self.core.signum()))
    }

    /// The whole number, when it is one that fits 64 bits and nothing has to be calculated for it; otherwise `None`.
    #[getter]
    fn as_int64(&self) -> PyResult<Option<i64>> {
        guard(|| Ok(self.core.as_i64()))
    }

    /// Rounded away from zero to a power of ten: `0` to whole units, `-3` to thousandths.
    fn round_up(&self, py: Python<'_>, scale: i32) -> PyResult<Self> {
        guard(|| {
            let mut core = self.core.clone();
            core.round_up(scale).map_err(|error| failed(py, error))?;
            Ok(Self { core })
        })
    }

    fn __add__(&self, py: Python<'_>, other: &Self) -> PyResult<Self> {
        guard(|| {
            let mut core = self.core.clone();
            core.add(&other.core).map_err(|error| failed(py, error))?;
            Ok(Self { core })
        })
    }

    fn __sub__(&self, py: Python<'_>, other: &Self) -> PyResult<Self> {
        guard(|| {
            let mut core = self.core.clone();
            core.sub(&other.core).map_err(|error| failed(py, error))?;
            Ok(Self { core })
        })
    }

    fn __mul__(&self, factor: i64) -> PyResult<Self> {
        guard(|| {
            let mut core = self.core.clone();
            core.mul(factor);
            Ok(Self { core })
        })
    }

    fn __neg__(&self) -> PyResult<Self> {
        guard(|| {
            let mut core = self.core.clone();
            core.neg();
            Ok(Self { core })
        })
    }

    /// The amount roughly, rounded as Kubernetes rounds it; infinite beyond the range of a float.
    fn __float__(&self) -> PyResult<f64> {
        guard(|| Ok(self.core.approximate()))
    }

    fn __bool__(&self) -> PyResult<bool> {
        guard(|| Ok(!self.core.is_zero()))
    }

    fn __richcmp__(&self, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Py<PyAny>> {
        guard(|| {
            let py = other.py();
            let Ok(other) = other.cast::<Self>() else { return Ok(py.NotImplemented()) };
            let order: Ordering = self.core.cmp(&other.get().core);
            Ok(PyBool::new(py, op.matches(order)).to_owned().into_any().unbind())
        })
    }

    /// Of billionths, so that equal quantities have it in common.
    fn __hash__(&self) -> PyResult<i64> {
        guard(|| Ok(self.core.scaled_value(-9).value))
    }

    fn __str__(&self) -> PyResult<String> {
        guard(|| Ok(self.core.to_string()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("Quantity('{}')", self.core)))
    }

    #[pyo3(signature = () -> "tuple[str]")]
    fn __getnewargs__(&self) -> PyResult<(String,)> {
        guard(|| Ok((self.core.to_string(),)))
    }
}

fn failed(py: Python<'_>, error: QuantityError) -> PyErr {
    Failure::new(error.code(), error.to_string()).raise(py)
}
