//! One reason why the API server refuses an object, printed as it prints it.

use std::fmt;

use kubelogic_core::field::FieldError;
use kubelogic_core::object::{FieldPath, PathStep};
use kubelogic_core::version::KubeVersion;

use kubelogic_core::quote::{json_text, quoted};

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) path: FieldPath,
    body: String,
    /// The sentence after the body.
    detail: String,
    declared: bool,
}

impl Problem {
    pub(crate) fn required(path: FieldPath, detail: &str) -> Self {
        Self::new(path, "Required value".to_owned(), detail)
    }

    pub(crate) fn invalid(path: FieldPath, value: &str, detail: &str) -> Self {
        Self::new(path, format!("Invalid value: {}", quoted(value)), detail)
    }

    pub(crate) fn invalid_null(path: FieldPath, detail: &str) -> Self {
        Self::new(path, "Invalid value: null".to_owned(), detail)
    }

    /// A list is printed as JSON.
    pub(crate) fn invalid_list(path: FieldPath, values: &[String], detail: &str) -> Self {
        let quoted: Vec<String> = values.iter().map(|value| json_text(value)).collect();
        Self::new(path, format!("Invalid value: [{}]", quoted.join(",")), detail)
    }

    /// A value that is printed as given.
    pub(crate) fn invalid_json(path: FieldPath, json: &str, detail: &str) -> Self {
        Self::new(path, format!("Invalid value: {json}"), detail)
    }

    pub(crate) fn not_supported(path: FieldPath, value: &str, supported: &[&str]) -> Self {
        let supported: Vec<String> = supported.iter().map(|value| quoted(value)).collect();
        let detail = format!("supported values: {}", supported.join(", "));
        Self::new(path, format!("Unsupported value: {}", quoted(value)), &detail)
    }

    /// Marks a rule that newer API servers check by declaration and no longer by hand.
    pub(crate) fn declared(mut self) -> Self {
        self.declared = true;
        self
    }

    /// The field of the object that it is about or below.
    fn first_field(&self) -> &str {
        match self.path.steps().first() {
            Some(PathStep::Field(name)) => name,
            _ => "",
        }
    }

    /// The problems in the order and with the texts of a version. Fields that a change leaves as they are, by the field
    /// of the object that they are below, are only checked by hand.
    pub(crate) fn in_order_of(
        version: KubeVersion,
        problems: Vec<Self>,
        unchanged: impl Fn(&str) -> bool,
    ) -> Vec<Self> {
        // upstream: pkg/registry/rbac/role/strategy.go: since 1.37 declared rules replace those that were
        // written by hand. They come last, in the order of the type's fields,
        // and have no sentence.
        if version.minor() < DECLARED_SINCE {
            return problems;
        }
        let (mut last, mut first): (Vec<Self>, Vec<Self>) =
            problems.into_iter().partition(|problem| problem.declared && !unchanged(problem.first_field()));
        for problem in &mut last {
            problem.detail.clear();
        }
        // `roleRef` stands behind `subjects`.
        last.sort_by_key(|problem| problem.path.to_string().starts_with("roleRef"));
        first.append(&mut last);
        first
    }

    fn new(path: FieldPath, body: String, detail: &str) -> Self {
        Self { path, body, detail: detail.to_owned(), declared: false }
    }
}

impl From<FieldError> for Problem {
    fn from(error: FieldError) -> Self {
        let detail = error.detail.clone();
        let mut body = error.body();
        if !detail.is_empty() {
            body.truncate(body.len() - detail.len() - ": ".len());
        }
        Self::new(error.path, body, &detail)
    }
}

/// The first minor version that checks by declaration.
const DECLARED_SINCE: u16 = 37;

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // upstream: apimachinery pkg/util/validation/field/errors.go (Error.ErrorBody)
        write!(out, "{}: {}", self.path, self.body)?;
        if self.detail.is_empty() { Ok(()) } else { write!(out, ": {}", self.detail) }
    }
}
