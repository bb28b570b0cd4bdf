//! What a check has to say: one type for every room of the project.

use std::fmt;

use serde::Serialize;

use crate::object::{Location, Position, SourceName};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not what was meant.
    Warning,
    /// Wrong: a component would refuse it, lose it or read it as something else.
    Error,
}

impl Severity {
    /// `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Another place that belongs to a finding: the first of two duplicate keys, the role that a binding names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What is there.
    pub message: String,
}

/// One change of a text: the characters from `start` up to `end` become `text`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// The first character that is replaced.
    pub start: Position,
    /// The character behind the last one that is replaced; `start` again when text is only added.
    pub end: Position,
    /// What stands there afterwards.
    pub text: String,
}

/// A change of the input that certainly removes a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What the change does, as an instruction: "write `imagePullPolicy`".
    pub title: String,
    /// The input that is changed.
    pub source: SourceName,
    /// In the order of their positions, none touching another.
    pub edits: Vec<Edit>,
}

/// One thing that a check found.
///
/// Codes are kebab-case behind the room that reports them (`read/duplicate-key`) and never change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// The permanent code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lowercase, user input in backticks.
    pub message: String,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The character behind the last one that it is about, where that is known; in the same input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Position>,
    /// Further places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// How to remove it, where that is certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding without related places or help.
    ///
    /// ```
    /// use kubelogic_core::finding::{Finding, Severity};
    /// let finding = Finding::new("read/empty-input", Severity::Warning, "nothing to read");
    /// assert_eq!(finding.to_string(), "warning[read/empty-input]: nothing to read");
    /// ```
    pub fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            location: None,
            end: None,
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Says how far it reaches: up to the character at `end`.
    ///
    /// ```
    /// use kubelogic_core::finding::{Finding, Severity};
    /// use kubelogic_core::object::Position;
    /// let end = Position { line: 4, column: 1 };
    /// let finding = Finding::new("read/dropped-content", Severity::Warning, "the rest is lost").until(end);
    /// assert_eq!(finding.end, Some(end));
    /// ```
    #[must_use]
    pub fn until(mut self, end: Position) -> Self {
        self.end = Some(end);
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related { location, message: message.into() });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says how to remove it.
    ///
    /// ```
    /// use kubelogic_core::finding::{Edit, Finding, Fix, Severity};
    /// use kubelogic_core::object::{Position, SourceName};
    /// let edit = Edit {
    ///     start: Position { line: 3, column: 1 },
    ///     end: Position { line: 3, column: 9 },
    ///     text: "metadata".to_owned(),
    /// };
    /// let fix = Fix { title: "write `metadata`".to_owned(), source: SourceName::new("pod.yaml"), edits: vec![edit] };
    /// let finding = Finding::new("schema/unknown-field", Severity::Error, "unknown field `metadate`").fix(fix);
    /// assert_eq!(finding.fix.unwrap().edits[0].text, "metadata");
    /// ```
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(out, "{location}: ")?;
        }
        write!(out, "{}[{}]: {}", self.severity, self.code, self.message)
    }
}
