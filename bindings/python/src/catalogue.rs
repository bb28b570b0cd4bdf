//! The question catalogue, as it is.

use kubelogic::ask::Catalogue;
use pyo3::prelude::*;

use crate::cluster::Cluster;
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

/// The JSON Schema of every question and answer.
#[pyfunction]
pub(crate) fn schema() -> PyResult<String> {
    guard(|| Ok(kubelogic::ask::schema().to_string()))
}
