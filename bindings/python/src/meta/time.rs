//! Points in time, and durations.

use kubelogic::meta;
use pyo3::basic::CompareOp;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDateTime, PyDelta, PyDict, PyString};

use crate::error::Failure;
use crate::guard::guard;

macro_rules! instant {
    ($(#[$about:meta])* $name:ident, $word:literal, $precision:literal) => {
        $(#[$about])*
        #[pyclass(frozen, module = "kubelogic.meta")]
        #[derive(Debug)]
        pub(crate) struct $name {
            core: meta::$name,
        }

        #[pymethods]
        impl $name {
            /// Reads a text as Kubernetes does, or takes a `datetime`, which is in UTC when it has no zone. `None` is
            /// the time that objects write as `null`.
            #[new]
            #[pyo3(signature = (value: "str | datetime | None") -> $word)]
            fn new(value: &Bound<'_, PyAny>) -> PyResult<Self> {
                guard(|| {
                    if value.is_none() {
                        return Ok(Self { core: meta::$name::default() });
                    }
                    let text = match value.cast::<PyString>() {
                        Ok(text) => text.to_str()?.to_owned(),
                        Err(_) => datetime_text(value, $precision)?,
                    };
                    let core = meta::$name::parse(&text);
                    let core = core.map_err(|error| {
                        Failure::new(error.code(), error.to_string()).raise(value.py())
                    })?;
                    Ok(Self { core })
                })
            }

            /// Seconds since the beginning of 1970, rounded down.
            #[getter]
            fn seconds(&self) -> PyResult<i64> {
                guard(|| Ok(self.core.unix_seconds()))
            }

            /// The nanoseconds within the second.
            #[getter]
            fn nanosecond(&self) -> PyResult<u32> {
                guard(|| Ok(self.core.nanosecond()))
            }

            /// Whether it is the time that objects write as `null`.
            #[getter]
            fn is_zero(&self) -> PyResult<bool> {
                guard(|| Ok(self.core.is_zero()))
            }

            /// The same as a `datetime` in UTC, with microseconds.
            ///
            /// Raises `OverflowError` for years that a `datetime` does not know.
            fn to_datetime<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
                guard(|| {
                    let module = py.import("datetime")?;
                    let utc = module.getattr("timezone")?.getattr("utc")?;
                    let epoch = module.getattr("datetime")?.call1((1970, 1, 1, 0, 0, 0, 0, utc))?;
                    let keywords = PyDict::new(py);
                    keywords.set_item("seconds", self.core.unix_seconds())?;
                    keywords.set_item("microseconds", self.core.nanosecond() / 1_000)?;
                    let moment = epoch.add(module.getattr("timedelta")?.call((), Some(&keywords))?)?;
                    Ok(moment.cast_into::<PyDateTime>()?)
                })
            }

            /// This time moved by a duration.
            ///
            /// Raises `OverflowError` when nothing can hold it.
            fn __add__(&self, duration: &Duration) -> PyResult<Self> {
                guard(|| {
                    let core = self.core.after(duration.core);
                    let outside = || pyo3::exceptions::PyOverflowError::new_err("the time is too far away");
                    Ok(Self { core: core.ok_or_else(outside)? })
                })
            }

            /// How long it is since another time, cut off at about 292 years.
            fn __sub__(&self, earlier: &Self) -> PyResult<Duration> {
                guard(|| Ok(Duration { core: self.core.since(earlier.core) }))
            }

            fn __bool__(&self) -> PyResult<bool> {
                guard(|| Ok(!self.core.is_zero()))
            }

            fn __richcmp__(&self, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Py<PyAny>> {
                guard(|| {
                    let py = other.py();
                    let Ok(other) = other.cast::<Self>() else { return Ok(py.NotImplemented()) };
                    let order = self.core.cmp(&other.get().core);
                    Ok(PyBool::new(py, op.matches(order)).to_owned().into_any().unbind())
                })
            }

            fn __hash__(&self) -> PyResult<i64> {
                guard(|| Ok(self.core.unix_seconds() ^ i64::from(self.core.nanosecond())))
            }

            fn __str__(&self) -> PyResult<String> {
                guard(|| Ok(self.core.to_string()))
            }

            fn __repr__(&self) -> PyResult<String> {
                guard(|| Ok(format!(concat!($word, "('{}')"), self.core)))
            }

            #[pyo3(signature = () -> "tuple[object, ...]")]
            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (i64, u32))> {
                guard(|| {
                    let rebuild = py.get_type::<Self>().getattr("from_unix")?;
                    Ok((rebuild, (self.core.unix_seconds(), self.core.nanosecond())))
                })
            }

            /// So many seconds and nanoseconds after the beginning of 1970.
            #[staticmethod]
            #[pyo3(signature = (seconds, nanosecond = 0))]
            fn from_unix(seconds: i64, nanosecond: u32) -> PyResult<Self> {
                guard(|| Ok(Self { core: meta::$name::from_unix(seconds, nanosecond) }))
            }
        }
    };
}

instant! {
    /// A point in time as objects write it, such as `metadata.creationTimestamp`.
    ///
    /// >>> from kubelogic.meta import Duration, Time
    /// >>> str(Time("2026-11-21T07:30:00+01:00") + Duration("90m"))
    /// '2026-11-21T08:00:00Z'
    Time, "Time", "auto"
}

instant! {
    /// A point in time with six digits of a second, as leases and events write it.
    ///
    /// >>> from kubelogic.meta import MicroTime
    /// >>> MicroTime("2026-11-21T06:30:00.000001Z").nanosecond
    /// 1000
    MicroTime, "MicroTime", "microseconds"
}

/// A span of time as Go writes it: `1h30m`, `1.5s`, `300ms`.
///
/// >>> from kubelogic.meta import Duration
/// >>> str(Duration("1.5h")), Duration("300ms").nanoseconds, Duration("90s") < Duration("2m")
/// ('1h30m0s', 300000000, True)
#[pyclass(frozen, module = "kubelogic.meta")]
#[derive(Debug)]
pub(crate) struct Duration {
    core: meta::Duration,
}

#[pymethods]
impl Duration {
    /// Reads a text as Go does, or takes a `timedelta`.
    #[new]
    #[pyo3(signature = (value: "str | timedelta") -> "Duration")]
    fn new(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        guard(|| {
            let py = value.py();
            if let Ok(text) = value.cast::<PyString>() {
                let core = meta::Duration::parse(text.to_str()?);
                let core = core.map_err(|error| Failure::new(error.code(), error.to_string()).raise(py))?;
                return Ok(Self { core });
            }
            if !value.is_instance_of::<PyDelta>() {
                return Err(super::wrong_type(value, "a duration is a text or a timedelta"));
            }
            let unit = py.import("datetime")?.getattr("timedelta")?.call1((0, 0, 1))?;
            let microseconds: i128 = value.floor_div(unit)?.extract()?;
            let Ok(nanoseconds) = i64::try_from(microseconds * 1_000) else {
                let message = format!("`{value}` is longer than a duration can be, which is about 292 years");
                return Err(Failure::new("meta/invalid-duration", message).raise(py));
            };
            Ok(Self { core: meta::Duration::from_nanoseconds(nanoseconds) })
        })
    }

    /// So many nanoseconds.
    #[staticmethod]
    fn from_nanoseconds(nanoseconds: i64) -> PyResult<Self> {
        guard(|| Ok(Self { core: meta::Duration::from_nanoseconds(nanoseconds) }))
    }

    /// Its length.
    #[getter]
    fn nanoseconds(&self) -> PyResult<i64> {
        guard(|| Ok(self.core.nanoseconds()))
    }

    /// The same as a `timedelta`, whole microseconds rounded down.
    fn to_timedelta<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDelta>> {
        guard(|| {
            let microseconds = self.core.nanoseconds().div_euclid(1_000);
            let span = py.import("datetime")?.getattr("timedelta")?.call1((0, 0, microseconds))?;
            Ok(span.cast_into::<PyDelta>()?)
        })
    }

    fn __bool__(&self) -> PyResult<bool> {
        guard(|| Ok(self.core != meta::Duration::ZERO))
    }

    fn __richcmp__(&self, other: &Bound<'_, PyAny>, op: CompareOp) -> PyResult<Py<PyAny>> {
        guard(|| {
            let py = other.py();
            let Ok(other) = other.cast::<Self>() else { return Ok(py.NotImplemented()) };
            let order = self.core.cmp(&other.get().core);
            Ok(PyBool::new(py, op.matches(order)).to_owned().into_any().unbind())
        })
    }

    fn __hash__(&self) -> PyResult<i64> {
        guard(|| Ok(self.core.nanoseconds()))
    }

    fn __str__(&self) -> PyResult<String> {
        guard(|| Ok(self.core.to_string()))
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| Ok(format!("Duration('{}')", self.core)))
    }

    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (i64,))> {
        guard(|| {
            let rebuild = py.get_type::<Self>().getattr("from_nanoseconds")?;
            Ok((rebuild, (self.core.nanoseconds(),)))
        })
    }
}

/// A `datetime` as RFC 3339 has it.
fn datetime_text(value: &Bound<'_, PyAny>, precision: &str) -> PyResult<String> {
    let py = value.py();
    let module = py.import("datetime")?;
    if !value.is_instance(&module.getattr("datetime")?)? {
        return Err(super::wrong_type(value, "a time is a text, a datetime or None"));
    }
    let utc = module.getattr("timezone")?.getattr("utc")?;
    let naive = value.getattr("tzinfo")?.is_none();
    let moment = if naive {
        let keywords = PyDict::new(py);
        keywords.set_item("tzinfo", utc)?;
        value.call_method("replace", (), Some(&keywords))?
    } else {
        value.call_method1("astimezone", (utc,))?
    };
    moment.call_method1("isoformat", ("T", precision))?.extract()
}
