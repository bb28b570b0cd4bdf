//! The API server's refusals as objects of kind `Status`.

use kubelogic_core::field::{FieldError, InvalidStatus};
use serde::Serialize;

/// A refusal, as a client gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The status of HTTP.
    pub code: u16,
    /// `Forbidden`, `Invalid`, `BadRequest`; empty where the server answers with plain text.
    pub reason: String,
    /// What clients print.
    pub message: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<StatusDetails>,
}

/// What a refusal is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StatusDetails {
    /// The object's name.
    pub name: String,
    /// The API group.
    pub group: String,
    /// The resource, or the kind where an object is not accepted.
    pub kind: String,
    /// What is wrong with the object, one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<StatusCause>,
}

/// One thing that is wrong with an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct StatusCause {
    /// The kind of error, such as `FieldValueInvalid`.
    pub reason: String,
    /// The message without the field.
    pub message: String,
    /// The field.
    pub field: String,
}

impl Status {
    /// 400: the request makes no sense.
    pub(crate) fn bad_request(message: &str) -> Self {
        // upstream: apimachinery pkg/api/errors/errors.go (NewBadRequest)
        Self { code: 400, reason: "BadRequest".to_owned(), message: message.to_owned(), details: None }
    }

    /// 422: the object is not accepted.
    pub(crate) fn invalid(group: &str, kind: &str, errors: &[FieldError]) -> Self {
        let InvalidStatus { message, causes } = InvalidStatus::new(group, kind, "", errors);
        let causes = causes.into_iter().map(|cause| StatusCause {
            reason: cause.reason,
            message: cause.message,
            field: cause.field,
        });
        let details = StatusDetails {
            name: String::new(),
            group: group.to_owned(),
            kind: kind.to_owned(),
            causes: causes.collect(),
        };
        Self { code: 422, reason: "Invalid".to_owned(), message, details: Some(details) }
    }
}
