//! The question catalogue, as it is.

use kubelogic::ask::Catalogue;
use kubelogic::files::StdFiles;
use pyo3::prelude::*;

use crate::cluster::Cluster;
use crate::error::Failure;
use crate::guard::guard;
use crate::input::{Input, Part};
use crate::reading::version;

/// Answers one question of the catalogue, JSON to JSON.
#[pyfunction]
pub(crate) fn ask(py: Python<'_>, question: &str, cluster: Option<&Cluster>) -> PyResult<String> {
    guard(|| {
        Ok(py.detach(|| match cluster {
            Some(cluster) => cluster.catalogue().answer(question),
            None => Catalogue::new(None).answer(question),
        }))
    })
}

/// The answer to one question of the catalogue as JSON; what goes wrong is raised.
#[pyfunction]
pub(crate) fn answer(py: Python<'_>, question: &str, cluster: Option<&Cluster>) -> PyResult<String> {
    guard(|| {
        let answer = py.detach(|| match cluster {
            Some(cluster) => cluster.catalogue().ask(question),
            None => Catalogue::new(None).ask(question),
        });
        answer.map_err(|error| Failure::from(error).raise(py))
    })
}

/// The answer to one question about kubeconfig files as JSON; what goes wrong is raised. With `disk` files that the
/// question does not bring are looked for on the disk.
#[pyfunction]
pub(crate) fn answer_with_files(py: Python<'_>, question: &str, disk: bool) -> PyResult<String> {
    guard(|| {
        let answer = py.detach(|| {
            let catalogue = Catalogue::new(None);
            if disk { catalogue.with_files(StdFiles).ask(question) } else { catalogue.ask(question) }
        });
        answer.map_err(|error| Failure::from(error).raise(py))
    })
}

/// The answer to `objects.check` about inputs as JSON; what goes wrong is raised.
#[pyfunction]
#[pyo3(signature = (parts: "list[tuple[str, str, Any]]", kube_version, question))]
pub(crate) fn check(
    py: Python<'_>,
    parts: Vec<Part<'_>>,
    kube_version: Option<&str>,
    question: &str,
) -> PyResult<String> {
    guard(|| {
        let input = Input::of(&parts, version(py, kube_version)?)?;
        let mut reading = input.reading;
        reading.findings.extend(input.refused);
        let answer = py.detach(|| Catalogue::new(None).check(question, reading));
        answer.map_err(|error| Failure::from(error).raise(py))
    })
}

/// The JSON Schema of every question and answer.
#[pyfunction]
pub(crate) fn schema() -> PyResult<String> {
    guard(|| Ok(kubelogic::ask::schema().to_string()))
}
