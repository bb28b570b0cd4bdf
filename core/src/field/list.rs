//! Several field errors as one message, and as the API server's answer.

use std::collections::BTreeSet;

use serde::Serialize;

use super::FieldError;
use crate::quote::quoted;

/// The errors as one text: in brackets when there are several, each only once. `None` when there are none.
///
/// ```
/// use kubelogic_core::field::{FieldError, aggregate};
/// use kubelogic_core::object::FieldPath;
///
/// let missing = |field: &str| FieldError::required(FieldPath::root().field(field), "");
/// assert_eq!(aggregate(&[missing("a")]).unwrap(), "a: Required value");
/// assert_eq!(aggregate(&[missing("a"), missing("b"), missing("a")]).unwrap(), "[a: Required value, b: Required value]");
/// assert_eq!(aggregate(&[]), None);
/// ```
pub fn aggregate(errors: &[FieldError]) -> Option<String> {
    // upstream: apimachinery pkg/util/validation/field/errors.go (ToAggregate), pkg/util/errors/errors.go
    let mut seen = BTreeSet::new();
    let texts: Vec<String> =
        errors.iter().map(ToString::to_string).filter(|text| seen.insert(text.clone())).collect();
    match texts.as_slice() {
        [] => None,
        [text] => Some(text.clone()),
        _ => Some(format!("[{}]", texts.join(", "))),
    }
}

/// The API server's answer to an object that it does not accept: status 422, reason `Invalid`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InvalidStatus {
    /// What a client prints.
    pub message: String,
    /// One for each error.
    pub causes: Vec<FieldCause>,
}

/// One error within an [`InvalidStatus`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldCause {
    /// The kind, such as `FieldValueInvalid`.
    pub reason: String,
    /// The message without the path.
    pub message: String,
    /// The path.
    pub field: String,
}

impl InvalidStatus {
    /// The answer about an object of a group and kind.
    ///
    /// ```
    /// use kubelogic_core::field::{FieldError, InvalidStatus};
    /// use kubelogic_core::object::FieldPath;
    ///
    /// let error = FieldError::required(FieldPath::root().field("spec"), "");
    /// let status = InvalidStatus::new("apps", "Deployment", "shop", &[error]);
    /// assert_eq!(status.message, r#"Deployment.apps "shop" is invalid: spec: Required value"#);
    /// ```
    pub fn new(group: &str, kind: &str, name: &str, errors: &[FieldError]) -> Self {
        // upstream: apimachinery pkg/api/errors/errors.go (NewInvalid)
        let dot = if group.is_empty() { "" } else { "." };
        let mut message = format!("{kind}{dot}{group} {} is invalid", quoted(name));
        if let Some(all) = aggregate(errors) {
            message.push_str(": ");
            message.push_str(&all);
        }
        let causes = errors.iter().map(|error| FieldCause {
            reason: error.kind.reason().to_owned(),
            message: error.body(),
            field: error.path_text(),
        });
        Self { message, causes: causes.collect() }
    }
}
