//! One field and what is wrong with it.

use std::fmt;

use crate::object::FieldPath;
use crate::quote::quoted;

/// A field and what is wrong with it; prints as `PATH: KIND: VALUE: DETAIL`.
///
/// ```
/// use kubelogic_core::field::FieldError;
/// use kubelogic_core::object::FieldPath;
///
/// let path = FieldPath::root().field("metadata").field("name");
/// let error = FieldError::invalid(path.clone(), "A", "must be lower case");
/// assert_eq!(error.to_string(), r#"metadata.name: Invalid value: "A": must be lower case"#);
/// assert_eq!(FieldError::required(path, "").to_string(), "metadata.name: Required value");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// What kind of error it is.
    pub kind: FieldErrorKind,
    /// The field.
    pub path: FieldPath,
    /// What the field holds.
    pub bad_value: BadValue,
    /// What to do about it; may be empty.
    pub detail: String,
}

/// The twelve kinds of field errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldErrorKind {
    /// What the value names does not exist.
    NotFound,
    /// There is no value.
    Required,
    /// The value is there twice.
    Duplicate,
    /// The value breaks a rule.
    Invalid,
    /// The value is none of those that are known.
    NotSupported,
    /// The field must not be set here.
    Forbidden,
    /// The value is too long.
    TooLong,
    /// The value is too short.
    TooShort,
    /// The list is too long.
    TooMany,
    /// The list is too short.
    TooFew,
    /// The API server failed.
    Internal,
    /// The value is of the wrong type.
    TypeInvalid,
}

impl FieldErrorKind {
    /// The words that are printed.
    pub fn words(self) -> &'static str {
        // upstream: apimachinery pkg/util/validation/field/errors.go (ErrorType.String)
        match self {
            Self::NotFound => "Not found",
            Self::Required => "Required value",
            Self::Duplicate => "Duplicate value",
            Self::Invalid | Self::TypeInvalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::Forbidden => "Forbidden",
            Self::TooLong => "Too long",
            Self::TooShort => "Too short",
            Self::TooMany => "Too many",
            Self::TooFew => "Too few",
            Self::Internal => "Internal error",
        }
    }

    /// The `reason` of the cause in the API server's answer.
    pub fn reason(self) -> &'static str {
        match self {
            Self::NotFound => "FieldValueNotFound",
            Self::Required => "FieldValueRequired",
            Self::Duplicate => "FieldValueDuplicate",
            Self::Invalid => "FieldValueInvalid",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Forbidden => "FieldValueForbidden",
            Self::TooLong => "FieldValueTooLong",
            Self::TooShort => "FieldValueTooShort",
            Self::TooMany => "FieldValueTooMany",
            Self::TooFew => "FieldValueTooFew",
            Self::Internal => "InternalError",
            Self::TypeInvalid => "FieldValueTypeInvalid",
        }
    }

    fn prints_value(self) -> bool {
        !matches!(self, Self::Required | Self::Forbidden | Self::TooLong | Self::TooShort | Self::Internal)
    }
}

/// What a field holds, as a message shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadValue {
    /// It is not shown.
    Omitted,
    /// A text, shown in quotes.
    Text(String),
    /// Anything else, shown as it is given: a number, or JSON.
    Json(String),
}

impl From<&str> for BadValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for BadValue {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for BadValue {
    fn from(number: i64) -> Self {
        Self::Json(number.to_string())
    }
}

impl FieldError {
    /// There is no value.
    pub fn required(path: FieldPath, detail: &str) -> Self {
        Self::new(FieldErrorKind::Required, path, BadValue::Omitted, detail)
    }

    /// The field must not be set.
    pub fn forbidden(path: FieldPath, detail: &str) -> Self {
        Self::new(FieldErrorKind::Forbidden, path, BadValue::Omitted, detail)
    }

    /// The value breaks a rule.
    pub fn invalid(path: FieldPath, value: impl Into<BadValue>, detail: &str) -> Self {
        Self::new(FieldErrorKind::Invalid, path, value.into(), detail)
    }

    /// The value is there twice.
    pub fn duplicate(path: FieldPath, value: impl Into<BadValue>) -> Self {
        Self::new(FieldErrorKind::Duplicate, path, value.into(), "")
    }

    /// What the value names does not exist.
    pub fn not_found(path: FieldPath, value: impl Into<BadValue>) -> Self {
        Self::new(FieldErrorKind::NotFound, path, value.into(), "")
    }

    /// The value is none of those that are known.
    ///
    /// ```
    /// use kubelogic_core::field::FieldError;
    /// use kubelogic_core::object::FieldPath;
    /// let error = FieldError::not_supported(FieldPath::root().field("type"), "a", &["b", "c"]);
    /// assert_eq!(error.to_string(), r#"type: Unsupported value: "a": supported values: "b", "c""#);
    /// ```
    pub fn not_supported(path: FieldPath, value: impl Into<BadValue>, supported: &[&str]) -> Self {
        // upstream: apimachinery pkg/util/validation/field/errors.go (NotSupported)
        let supported: Vec<String> = supported.iter().map(|value| quoted(value)).collect();
        let detail = if supported.is_empty() {
            String::new()
        } else {
            format!("supported values: {}", supported.join(", "))
        };
        Self::new(FieldErrorKind::NotSupported, path, value.into(), &detail)
    }

    /// The value has more than so many bytes. The words of versions before 1.32 were others.
    pub fn too_long(path: FieldPath, limit: usize, version: crate::version::KubeVersion) -> Self {
        // upstream: apimachinery pkg/util/validation/field/errors.go (TooLong)
        let unit = if limit == 1 && version.minor() >= 34 { "byte" } else { "bytes" };
        let words = if version.minor() >= 32 { "may not be more than" } else { "must have at most" };
        Self::new(FieldErrorKind::TooLong, path, BadValue::Omitted, &format!("{words} {limit} {unit}"))
    }

    /// Any kind.
    pub fn new(kind: FieldErrorKind, path: FieldPath, bad_value: BadValue, detail: &str) -> Self {
        Self { kind, path, bad_value, detail: detail.to_owned() }
    }

    /// The message without the path.
    pub fn body(&self) -> String {
        // upstream: apimachinery pkg/util/validation/field/errors.go (Error.ErrorBody)
        let mut body = self.kind.words().to_owned();
        match &self.bad_value {
            BadValue::Text(text) if self.kind.prints_value() => {
                body.push_str(": ");
                body.push_str(&quoted(text));
            }
            BadValue::Json(json) if self.kind.prints_value() => {
                body.push_str(": ");
                body.push_str(json);
            }
            _ => {}
        }
        if !self.detail.is_empty() {
            body.push_str(": ");
            body.push_str(&self.detail);
        }
        body
    }

    /// The path as upstream prints it: the whole object is `<nil>`.
    pub fn path_text(&self) -> String {
        if self.path.is_root() { "<nil>".to_owned() } else { self.path.to_string() }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.path_text(), self.body())
    }
}

impl std::error::Error for FieldError {}
