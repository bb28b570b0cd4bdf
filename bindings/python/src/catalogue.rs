//! The question catalogue, as it is.

use kubelogic::ask::Catalogue;
use pyo3::prelude::*;

use crate::cluster::Cluster;
use crate::error::Failure;
use crate::guard::guard;

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

/// The JSON Schema of every question and answer.
#[pyfunction]
pub(crate) fn schema() -> PyResult<String> {
    guard(|| Ok(kubelogic::ask::schema().to_string()))
}
