//! What a question gets back when it has no answer.

use kubelogic_core::answer::Undecided;
use kubelogic_core::cluster::LoadError;
use kubelogic_core::finding::Finding;
use kubelogic_core::object::Location;
use kubelogic_core::read::ReadError;
use schemars::JsonSchema;
use serde::Serialize;

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct AskError {
    /// The permanent code.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// Where in the input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Box<Location>>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Every problem, when there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Finding>,
}

impl AskError {
    /// An error without a place.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), location: None, help: None, problems: Vec::new() }
    }

    /// The question itself cannot be read.
    pub(crate) fn bad_question(message: impl Into<String>) -> Self {
        Self::new("ask/bad-question", message)
    }

    /// Several problems of the input, in its order; the first one gives code and place.
    pub(crate) fn from_findings(message: String, findings: Vec<Finding>) -> Self {
        let first = findings.first();
        Self {
            code: first.map_or("ask/bad-question", |finding| finding.code).to_owned(),
            message,
            location: first.and_then(|finding| finding.location.clone()).map(Box::new),
            help: first.and_then(|finding| finding.help.clone()),
            problems: findings,
        }
    }
}

impl From<&ReadError> for AskError {
    fn from(error: &ReadError) -> Self {
        Self {
            code: error.code.name().to_owned(),
            message: error.message.clone(),
            location: Some(Box::new(error.location.clone())),
            help: error.help.clone(),
            problems: Vec::new(),
        }
    }
}

impl From<LoadError> for AskError {
    fn from(error: LoadError) -> Self {
        Self::from_findings(error.to_string(), error.findings().to_vec())
    }
}

#[cfg(feature = "rbac")]
impl From<kubelogic_rbac::RbacError> for AskError {
    fn from(error: kubelogic_rbac::RbacError) -> Self {
        match error {
            kubelogic_rbac::RbacError::Refused(refused) => refused.into(),
            other => Self::new(other.code(), other.to_string()),
        }
    }
}

impl From<Undecided> for AskError {
    fn from(undecided: Undecided) -> Self {
        Self::new(undecided.code(), undecided.to_string())
    }
}
