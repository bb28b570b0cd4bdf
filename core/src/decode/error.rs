//! Why a value does not fit its type.

use crate::finding::{Finding, Severity};
use crate::near::nearest;
use crate::object::{Location, ValueKind};

/// A value does not fit its type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The type has no such field.
    #[error("unknown field `{}`{}", .location.path, suggestion(.nearest.as_deref()))]
    UnknownField {
        /// Where the key stands.
        location: Box<Location>,
        /// The field that was probably meant.
        nearest: Option<String>,
    },
    /// A string where a list is wanted, and the like.
    #[error("`{}` must be {expected}, not {}", .location.path, article(*.found))]
    WrongKind {
        /// What the type wants, with its article.
        expected: &'static str,
        /// What is there.
        found: ValueKind,
        /// Where it is.
        location: Box<Location>,
    },
    /// The right kind, but a value that the type cannot hold.
    #[error("`{}` {reason}", .location.path)]
    Invalid {
        /// What is wrong, as the rest of a sentence.
        reason: String,
        /// Where it is.
        location: Box<Location>,
    },
}

impl DecodeError {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownField { .. } => "decode/unknown-field",
            Self::WrongKind { .. } => "decode/wrong-kind",
            Self::Invalid { .. } => "decode/invalid-value",
        }
    }

    /// Where the value stands.
    pub fn location(&self) -> &Location {
        match self {
            Self::UnknownField { location, .. }
            | Self::WrongKind { location, .. }
            | Self::Invalid { location, .. } => location,
        }
    }

    pub(super) fn unknown_field(key: &str, known: &[&'static str], location: Location) -> Self {
        let nearest = nearest(key, known.iter().copied()).map(str::to_owned);
        Self::UnknownField { location: Box::new(location), nearest }
    }

    pub(super) fn wrong_kind(expected: &'static str, found: ValueKind, location: Location) -> Self {
        Self::WrongKind { expected, found, location: Box::new(location) }
    }

    pub(super) fn invalid(reason: String, location: Location) -> Self {
        Self::Invalid { reason, location: Box::new(location) }
    }
}

/// A decoding error is an error wherever it is reported.
impl From<&DecodeError> for Finding {
    fn from(error: &DecodeError) -> Self {
        Self::new(error.code(), Severity::Error, error.to_string()).at(error.location().clone())
    }
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|nearest| format!(", did you mean `{nearest}`?")).unwrap_or_default()
}

fn article(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Null => "null",
        ValueKind::Bool => "a boolean",
        ValueKind::Number => "a number",
        ValueKind::String => "a string",
        ValueKind::Sequence => "an array",
        ValueKind::Mapping => "an object",
    }
}
