//! Reading without a cluster: objects in their order, single values, documents.

use kubelogic::finding::Finding;
use kubelogic::read::{self, ReadError};
use kubelogic::version::KubeVersion;
use pyo3::prelude::*;

use crate::error::Failure;
use crate::guard::guard;
use crate::input::{Input, Part};
use crate::json;
use crate::object::Object;
use crate::value::ToPython;

type Values<'py> = Vec<Bound<'py, PyAny>>;

/// Objects, what could not be read, and what else was noticed, the latter two as instances of `Finding`.
#[pyfunction]
#[pyo3(signature = (parts: "list[tuple[str, str, Any]]", kube_version) -> "tuple[list[Object], list[Any], list[Any]]")]
pub(crate) fn read_parts<'py>(
    py: Python<'py>,
    parts: Vec<Part<'py>>,
    kube_version: Option<&str>,
) -> PyResult<(Vec<Object>, Values<'py>, Values<'py>)> {
    guard(|| {
        let input = Input::of(&parts, version(py, kube_version)?)?;
        let objects = input.reading.objects.into_iter().map(|core| Object { core }).collect();
        let mut errors = input.refused;
        errors.extend(input.reading.errors.iter().map(Finding::from));
        let findings = json::results(py, "Finding", &input.reading.findings)?;
        Ok((objects, json::results(py, "Finding", &errors)?, findings))
    })
}

/// The first document of a text as a Python value of any kind.
#[pyfunction]
#[pyo3(signature = (text, source) -> "Any")]
pub(crate) fn read_value<'py>(py: Python<'py>, text: &[u8], source: &str) -> PyResult<Bound<'py, PyAny>> {
    guard(|| {
        let value = py.detach(|| read::yaml_value_of_bytes(text, &read::Options::named(source)));
        let value = value.map_err(|error| failed(py, &error))?;
        ToPython::new(py).convert(value.root())
    })
}

/// Each document of a text as a Python value of any kind, up to the first that cannot be read, and the error about
/// that one. Empty documents are left out.
#[pyfunction]
#[pyo3(signature = (text, source, kube_version) -> "tuple[list[Any], Exception | None]")]
pub(crate) fn read_values<'py>(
    py: Python<'py>,
    text: &[u8],
    source: &str,
    kube_version: Option<&str>,
) -> PyResult<(Values<'py>, Option<Bound<'py, PyAny>>)> {
    guard(|| {
        let options = read::Options::named(source).for_version(version(py, kube_version)?);
        let documents = py.detach(|| read::documents_of_bytes(text, &options)).documents;
        let mut values = Vec::new();
        for document in &documents {
            match document {
                Ok(document) => values.push(ToPython::new(py).convert(document.root())?),
                Err(error) => {
                    return Ok((values, Some(failed(py, error).into_value(py).into_bound(py).into_any())));
                }
            }
        }
        Ok((values, None))
    })
}

fn failed(py: Python<'_>, error: &ReadError) -> PyErr {
    Failure::from_findings(vec![Finding::from(error)]).raise(py)
}

/// The version, or the newest.
pub(crate) fn version(py: Python<'_>, given: Option<&str>) -> PyResult<KubeVersion> {
    let Some(given) = given else { return Ok(KubeVersion::default()) };
    given.parse().map_err(|error: kubelogic::version::KubeVersionError| {
        Failure::new(error.code(), error.to_string()).raise(py)
    })
}
