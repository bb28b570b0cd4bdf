//! Errors on their way to JavaScript: JSON in the message, from which `lib/errors.cjs` makes the classes.

use kubelogic::answer::Undecided;
use kubelogic::ask::AskError;
use kubelogic::finding::Finding;
use kubelogic::object::Location;
use serde::Serialize;

/// The class that JavaScript throws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Class {
    /// The input cannot be read.
    ReadError,
    /// An object has a field or type that it must not have.
    DecodeError,
    /// The objects make no cluster.
    LoadError,
    /// The question makes no sense.
    QueryError,
    /// Neither yes nor no.
    Undecided,
    /// A bug.
    InternalError,
}

impl Class {
    /// The class for a finding that keeps a cluster from being made.
    fn of(code: &str) -> Self {
        match code.split('/').next() {
            Some("read") => Self::ReadError,
            Some("decode" | "object") => Self::DecodeError,
            _ => Self::LoadError,
        }
    }

    /// The class for a question that has no answer.
    pub(crate) fn of_question(code: &str) -> Self {
        match code.split('/').next() {
            Some("read" | "decode" | "object" | "cluster" | "rbac") => Self::of(code),
            Some("coverage") => Self::Undecided,
            Some("internal") => Self::InternalError,
            _ => Self::QueryError,
        }
    }
}

/// An error of the library, still without its class.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failure {
    code: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Finding>,
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
            location: first.location.clone(),
            help: first.help.clone(),
            problems: findings,
        }
    }

    /// What one may do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The error that is thrown; its first problem says which class.
    pub(crate) fn throw_by_code(self) -> napi::Error {
        let class = Class::of(&self.code);
        self.throw(class)
    }

    /// The error that is thrown.
    pub(crate) fn throw(self, class: Class) -> napi::Error {
        #[derive(Serialize)]
        struct Thrown {
            class: Class,
            #[serde(flatten)]
            failure: Failure,
        }
        match serde_json::to_string(&Thrown { class, failure: self }) {
            Ok(text) => napi::Error::from_reason(text),
            Err(error) => napi::Error::from_reason(error.to_string()),
        }
    }
}

/// An error of the catalogue says the same in the same words.
impl From<AskError> for Failure {
    fn from(error: AskError) -> Self {
        let AskError { code, message, location, help, problems } = error;
        Self { code, message, location: location.map(|location| *location), help, problems }
    }
}

/// Why there is neither a yes nor a no.
impl From<&Undecided> for Failure {
    fn from(undecided: &Undecided) -> Self {
        Self::new(undecided.code(), undecided.message())
    }
}

/// Settings that JavaScript may give but that mean nothing.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
pub(crate) fn wrong_argument(error: serde_json::Error) -> napi::Error {
    // The position is in JSON that nobody has seen.
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    Failure::new("query/wrong-argument", message).throw(Class::QueryError)
}

/// A value as JSON text.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> napi::Result<String> {
    serde_json::to_string(value).map_err(|error| {
        Failure::new("internal/not-serializable", error.to_string()).throw(Class::InternalError)
    })
}
