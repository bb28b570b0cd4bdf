//! Why a model cannot be compiled or asked.

use kubelogic_core::cluster::LoadError;

/// Why a model cannot be compiled or asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RbacError {
    /// Objects that the API server would refuse: all of them.
    #[error(transparent)]
    Refused(#[from] LoadError),
    /// The decision, principal or request belongs to another model.
    #[error("the decision was made by another model")]
    StaleDecision,
}

impl RbacError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.code(),
            Self::StaleDecision => "stale-decision",
        }
    }
}
