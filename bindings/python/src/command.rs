//! The command `kubelogic`, the same as everywhere.

use std::ffi::OsString;

use kubelogic_cli::ProcessIo;
use pyo3::prelude::*;

use crate::guard::guard;

/// Runs the command with the streams, environment and files of this process, and gives its exit code. The first
/// argument is the name of the program.
#[pyfunction]
#[pyo3(signature = (arguments: "list[str]"))]
pub(crate) fn run(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<u8> {
    guard(|| Ok(py.detach(|| kubelogic_cli::run(arguments, &mut ProcessIo::default()))))
}
