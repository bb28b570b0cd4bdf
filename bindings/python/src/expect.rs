//! What must hold, and what holds now.

use kubelogic::ask::{AskError, BootstrapSetting};
use kubelogic::expect::{self, Options};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::cluster::Cluster;
use crate::error::Failure;
use crate::guard::guard;
use crate::{json, reading};

/// How expectations are judged, in the catalogue's words.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    bootstrap: BootstrapSetting,
    kube_version: Option<String>,
}

/// Whether the expectations in a cluster's input hold, as the catalogue's JSON.
#[pyfunction]
#[pyo3(signature = (cluster, settings) -> "dict[str, Any]")]
pub(crate) fn expect_check(py: Python<'_>, cluster: &Cluster, settings: &str) -> PyResult<Py<PyAny>> {
    guard(|| {
        let options = options(py, settings)?;
        let answer = py.detach(|| expect::answer(&cluster.core, &options));
        Ok(json::plain(py, &answer.map_err(|error| raise(py, error))?)?.unbind())
    })
}

/// Expectations that state the present, as the catalogue's JSON.
#[pyfunction]
#[pyo3(signature = (cluster, settings) -> "dict[str, Any]")]
pub(crate) fn expect_write(py: Python<'_>, cluster: &Cluster, settings: &str) -> PyResult<Py<PyAny>> {
    guard(|| {
        let options = options(py, settings)?;
        let answer = py.detach(|| expect::write(&cluster.core, &options));
        Ok(json::plain(py, &answer.map_err(|error| raise(py, error))?)?.unbind())
    })
}

fn options(py: Python<'_>, settings: &str) -> PyResult<Options> {
    let settings: Settings = serde_json::from_str(settings)
        .map_err(|error| Failure::new("ask/bad-setting", error.to_string()).raise(py))?;
    let mut options = Options::default();
    options.bootstrap = settings.bootstrap.into();
    if let Some(version) = &settings.kube_version {
        options.kube_version = Some(reading::version(py, Some(version))?);
    }
    Ok(options)
}

fn raise(py: Python<'_>, error: AskError) -> PyErr {
    let AskError { code, message, location, help, problems } = error;
    Failure { code, message, location, help, problems }.raise(py)
}
