//! One object, read on demand.

use kubelogic::object::{FieldPath, Object as Core, SourceName, Value};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PySequence, PyString, PyTuple};

use crate::error::Failure;
use crate::guard::guard;
use crate::value::ToPython;
use crate::walk;

/// One Kubernetes object. Nothing of it becomes a Python value before it is asked for.
#[pyclass(frozen, module = "kubelogic")]
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) core: Core,
}

#[pymethods]
impl Object {
    /// Takes a dict, or an object of a client library. It gets the name `source` in messages.
    #[new]
    #[pyo3(signature = (given, *, source = "object"))]
    fn new(given: &Bound<'_, PyAny>, source: &str) -> PyResult<Self> {
        guard(|| match walk::object(given, &SourceName::new(source))? {
            Ok(core) => Ok(Self { core }),
            Err(finding) => Err(Failure::from_findings(vec![*finding]).raise(given.py())),
        })
    }

    /// `apiVersion`, or the empty text when it is missing.
    #[getter]
    fn api_version(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.api_version()))
    }

    /// `kind`, or the empty text when it is missing.
    #[getter]
    fn kind(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.kind()))
    }

    /// `metadata.name`, or the empty text when it is missing.
    #[getter]
    fn name(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.name()))
    }

    /// `metadata.namespace` as it was written, or the empty text when it is missing.
    #[getter]
    fn namespace(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.namespace()))
    }

    /// The input that the object was read from.
    #[getter]
    fn source(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.origin().source.as_str()))
    }

    /// Which document of the input it is, from 1.
    #[getter]
    fn document(&self) -> PyResult<u32> {
        guard(|| Ok(self.core.origin().document))
    }

    /// Which item of the document's list it is, from 0; `None` when the document is no list.
    #[getter]
    fn item(&self) -> PyResult<Option<u32>> {
        guard(|| Ok(self.core.origin().item))
    }

    /// The text of the object as it was written; empty when it was not read from text.
    #[getter]
    fn text(&self) -> PyResult<&str> {
        guard(|| Ok(self.core.text()))
    }

    /// The value at a path, or `default` when there is none.
    ///
    /// A path is written as Kubernetes writes it, `spec.containers[0].image` or
    /// `metadata.labels[app.kubernetes.io/name]`, or as a sequence of keys and indexes.
    #[pyo3(signature = (path, default = None))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        path: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guard(|| match self.core.root().at(&field_path(path)?) {
            Some(value) => ToPython::new(py).convert(value),
            None => Ok(default.unwrap_or_else(|| py.None().into_bound(py))),
        })
    }

    /// Line and column of the value at a path, both from 1; of the whole object without a path.
    ///
    /// `None` when there is no such value, or when the object was not read from text.
    #[pyo3(signature = (path = None))]
    fn position(&self, path: Option<&Bound<'_, PyAny>>) -> PyResult<Option<(u32, u32)>> {
        guard(|| {
            let value = self.value(path)?;
            Ok(value.and_then(|value| value.position()).map(|position| (position.line, position.column)))
        })
    }

    /// The whole object as a dict, the way `json.loads` would give it.
    #[pyo3(signature = () -> "dict[str, Any]")]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guard(|| Ok(ToPython::new(py).convert(self.core.root())?.cast_into::<PyDict>()?))
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        guard(|| Ok(self.core == other.core))
    }

    /// Copies and pickles keep the values and the source, not the positions.
    #[pyo3(signature = () -> "tuple[object, ...]")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        guard(|| {
            let py = slf.py();
            let object = slf.get();
            let rebuild = py.import("kubelogic._pickle")?.getattr("object_again")?;
            let state = (object.to_dict(py)?, object.core.origin().source.as_str()).into_pyobject(py)?;
            Ok((rebuild, state))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        guard(|| {
            let place = match self.core.namespace() {
                "" => String::new(),
                namespace => format!("{namespace}/"),
            };
            Ok(format!("<Object {} {place}{}>", self.core.kind(), self.core.name()))
        })
    }
}

impl Object {
    fn value(&self, path: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Value<'_>>> {
        match path {
            Some(path) => Ok(self.core.root().at(&field_path(path)?)),
            None => Ok(Some(self.core.root())),
        }
    }
}

/// A path as text, or as a sequence of keys and indexes.
fn field_path(given: &Bound<'_, PyAny>) -> PyResult<FieldPath> {
    let wrong = |text: String| {
        Failure::new("ask/bad-path", format!("`{text}` is not a field path")).raise(given.py())
    };
    if let Ok(text) = given.cast::<PyString>() {
        let text = text.to_str()?;
        return FieldPath::parse(text).ok_or_else(|| wrong(text.to_owned()));
    }
    let mut path = FieldPath::root();
    for step in given.cast::<PySequence>()?.try_iter()? {
        let step = step?;
        path = if let Ok(key) = step.cast::<PyString>() {
            path.key(key.to_str()?)
        } else if step.is_instance_of::<PyInt>() {
            path.index(step.extract()?)
        } else {
            return Err(wrong(given.repr()?.to_string()));
        };
    }
    Ok(path)
}
