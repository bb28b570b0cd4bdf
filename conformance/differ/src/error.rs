//! Why a comparison could not be made.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub(crate) enum DifferError {
    #[error("{0}")]
    Usage(&'static str),
    #[error(transparent)]
    Arguments(#[from] lexopt::Error),
    #[error("`{path}` cannot be read", path = path.display())]
    File { path: PathBuf, source: std::io::Error },
    #[error("the oracle cannot be started or asked")]
    Oracle(#[from] std::io::Error),
    #[error("the oracle's answer is no JSON")]
    Answer(#[from] serde_json::Error),
    #[error("the oracle refused a question: {0}")]
    Refused(String),
    #[error("kubelogic could not answer: {0}")]
    Unanswered(String),
}
