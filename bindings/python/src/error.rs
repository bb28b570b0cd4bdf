//! Errors on their way to Python. The classes are written in Python, in `errors.py`.

use kubelogic::answer::Undecided;
use kubelogic::ask::AskError;
use kubelogic::cluster::LoadError;
use kubelogic::finding::Finding;
use kubelogic::object::Location;
use kubelogic::rbac::RbacError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::json;

mod import {
    //! The classes of `errors.py`.

    pyo3::import_exception!(kubelogic.errors, DecodeError);
    pyo3::import_exception!(kubelogic.errors, InternalError);
    pyo3::import_exception!(kubelogic.errors, LoadError);
    pyo3::import_exception!(kubelogic.errors, QueryError);
    pyo3::import_exception!(kubelogic.errors, ReadError);
    pyo3::import_exception!(kubelogic.errors, Undecided);
}

pub(crate) use import::InternalError;

/// The class of an error, by the room that its code names.
fn class<'py>(py: Python<'py>, code: &str) -> Bound<'py, PyType> {
    match code.split('/').next().unwrap_or_default() {
        "read" => py.get_type::<import::ReadError>(),
        "decode" | "object" => py.get_type::<import::DecodeError>(),
        "coverage" => py.get_type::<import::Undecided>(),
        "internal" => py.get_type::<import::InternalError>(),
        "cluster" | "rbac" => py.get_type::<import::LoadError>(),
        _ => py.get_type::<import::QueryError>(),
    }
}

/// An error of the library, still without its class.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) location: Option<Box<Location>>,
    pub(crate) help: Option<String>,
    pub(crate) problems: Vec<Finding>,
}

impl Failure {
    /// An error without a place.
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), location: None, help: None, problems: Vec::new() }
    }

    /// Several problems; the first one speaks for all.
    pub(crate) fn from_findings(findings: Vec<Finding>) -> Self {
        let Some(first) = findings.first() else {
            return Self::new("internal/no-problem", "bug in kubelogic: an error without a problem");
        };
        Self {
            code: first.code.to_owned(),
            message: first.message.clone(),
            location: first.location.clone().map(Box::new),
            help: first.help.clone(),
            problems: findings,
        }
    }

    /// The Python exception.
    pub(crate) fn raise(self, py: Python<'_>) -> PyErr {
        let kind = class(py, &self.code);
        let error = self.arguments(py).and_then(|(message, fields)| kind.call((message,), Some(&fields)));
        match error {
            Ok(error) => PyErr::from_value(error),
            Err(error) => error,
        }
    }

    fn arguments(self, py: Python<'_>) -> PyResult<(String, Bound<'_, PyDict>)> {
        let fields = PyDict::new(py);
        fields.set_item("code", self.code)?;
        if let Some(help) = self.help {
            fields.set_item("help", help)?;
        }
        if let Some(location) = &self.location {
            fields.set_item("source", location.source.as_str())?;
            fields.set_item("document", location.document)?;
            fields.set_item("item", location.item)?;
            if !location.path.is_root() {
                fields.set_item("path", location.path.to_string())?;
            }
            if let Some(position) = location.position {
                fields.set_item("line", position.line)?;
                fields.set_item("column", position.column)?;
            }
        }
        if !self.problems.is_empty() {
            let problems = json::results(py, "Finding", &self.problems)?;
            fields.set_item("problems", PyTuple::new(py, problems)?)?;
        }
        Ok((self.message, fields))
    }
}

impl From<AskError> for Failure {
    fn from(error: AskError) -> Self {
        let AskError { code, message, location, help, problems, .. } = error;
        Self { code, message, location, help, problems }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::from_findings(error.findings().to_vec())
    }
}

impl From<RbacError> for Failure {
    fn from(error: RbacError) -> Self {
        match error {
            RbacError::Refused(refused) => refused.into(),
            other => Self::new(other.code(), other.to_string()),
        }
    }
}

impl From<Undecided> for Failure {
    fn from(undecided: Undecided) -> Self {
        Self::new(undecided.code(), undecided.message())
    }
}
