//! Why a model cannot be compiled or asked.

use kubelogic_core::cluster::LoadError;
use kubelogic_core::finding::Finding;
use kubelogic_core::version::KubeVersion;

/// Why a model cannot be compiled or asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RbacError {
    /// Objects that the API server would refuse: all of them.
    #[error(transparent)]
    Refused(#[from] LoadError),
    /// An object of another kind where a role or binding is wanted.
    #[error("`{0}` is neither a role nor a binding")]
    NoRoleOrBinding(String),
    /// A role or binding in a version that `kubectl auth reconcile` refuses.
    #[error("only rbac.authorization.k8s.io/v1 is supported: not *{0}.{1}")]
    NotReconciled(&'static str, String),
    /// A change of an object or a field that the policy does not hold.
    #[error("the change of `{pointer}` of `{object}` cannot be made, as there is no such place")]
    ImpossibleChange {
        /// The object.
        object: String,
        /// The field, as a JSON pointer.
        pointer: String,
    },
    /// The decision, principal or request belongs to another model.
    #[error("the decision was made by another model")]
    StaleDecision,
    /// A text that no server of HTTP takes as the method of a request.
    #[error("`{method}` is no HTTP method")]
    InvalidMethod {
        /// The text.
        method: String,
    },
    /// A text that no server of HTTP takes as the URL of a request.
    #[error("the URL `{url}` {reason}")]
    InvalidUrl {
        /// The text.
        url: String,
        /// What is wrong, as the rest of a sentence.
        reason: String,
    },
    /// A feature gate that cannot be set.
    #[error("the feature gate `{name}` {reason}")]
    InvalidGate {
        /// The name.
        name: String,
        /// What is wrong, as the rest of a sentence.
        reason: String,
    },
    /// A header that cannot be used.
    #[error("the header `{name}` {reason}")]
    InvalidHeader {
        /// The name.
        name: String,
        /// What is wrong, as the rest of a sentence.
        reason: String,
    },
    /// The object is no review of access.
    #[error(
        "`{kind}` of `{api_version}` is no review of access, such as SubjectAccessReview of authorization.k8s.io/v1"
    )]
    NotAReview {
        /// The object's version.
        api_version: String,
        /// The object's kind.
        kind: String,
    },
    /// A review with unknown fields or values of the wrong type.
    #[error("the review cannot be read: {}", .problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; "))]
    UnreadableReview {
        /// What is wrong.
        problems: Vec<Finding>,
    },
    /// The engine knows no version that old.
    #[error("the Node authorizer of {version} is not known, that of 1.{oldest} and newer is")]
    VersionUnsupported {
        /// The version that was asked for.
        version: KubeVersion,
        /// The minor of the oldest version that is known.
        oldest: u16,
    },
}

impl RbacError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.code(),
            Self::NoRoleOrBinding(_) => "rbac/no-role-or-binding",
            Self::NotReconciled(..) => "rbac/not-reconciled",
            Self::ImpossibleChange { .. } => "rbac/impossible-change",
            Self::StaleDecision => "stale-decision",
            Self::InvalidMethod { .. } => "request/invalid-method",
            Self::InvalidUrl { .. } => "request/invalid-url",
            Self::InvalidGate { .. } => "request/invalid-gate",
            Self::InvalidHeader { .. } => "impersonation/invalid-header",
            Self::NotAReview { .. } => "review/not-a-review",
            Self::UnreadableReview { .. } => "review/unreadable",
            Self::VersionUnsupported { .. } => "version-unsupported",
        }
    }
}
