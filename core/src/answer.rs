//! What every question gets back.

use serde::Serialize;

use crate::cluster::ObjectRef;
use crate::finding::Finding;
use crate::object::Location;
use crate::version::KubeVersion;

/// An answer with everything that it rests on.
///
/// An answer is no yes or no by itself: look into [`result`](Self::result).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answer<T> {
    /// What was asked.
    pub result: T,
    /// The Kubernetes version whose behaviour this is.
    #[cfg_attr(feature = "json-schema", schemars(with = "String"))]
    pub kube_version: KubeVersion,
    /// What the given objects name but do not hold, and what looks wrong in them.
    pub warnings: Vec<Finding>,
    /// What was taken for granted.
    pub assumptions: Vec<Assumption>,
    /// What the question needs and this version of the library does not evaluate.
    pub unsupported: Vec<Finding>,
    /// What decided, in order.
    pub evidence: Vec<Evidence>,
}

impl<T> Answer<T> {
    /// An answer without remarks.
    pub fn new(result: T, kube_version: KubeVersion) -> Self {
        Self {
            result,
            kube_version,
            warnings: Vec::new(),
            assumptions: Vec::new(),
            unsupported: Vec::new(),
            evidence: Vec::new(),
        }
    }
}

/// Something that the answer takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Assumption {
    /// The permanent code, such as `cluster/whole`.
    pub code: &'static str,
    /// The assumption in a sentence.
    pub message: String,
}

impl Assumption {
    /// An assumption.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// One piece of what decided: a binding, the subject in it, a role, the rule in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// What part it plays: `binding`, `subject`, `role`, `rule`.
    pub part: &'static str,
    /// A sentence about it.
    pub message: String,
    /// The object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<ObjectRef>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// A yes or no that the given input does not settle.
///
/// ```
/// use kubelogic_core::answer::Undecided;
/// let undecided = Undecided::new("coverage/too-thin", "role bindings of `shop` were not given");
/// assert_eq!(undecided.to_string(), "undecided: role bindings of `shop` were not given");
/// assert_eq!(undecided.code(), "coverage/too-thin");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("undecided: {message}")]
pub struct Undecided {
    code: &'static str,
    message: String,
}

impl Undecided {
    /// Says why the question has no definite answer.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The permanent code of the reason.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The reason in a sentence.
    pub fn message(&self) -> &str {
        &self.message
    }
}
