//! What strict decoding found, as findings.

use super::{FieldError, FieldErrorKind, Hint, Strict, TypeError, kind};
use crate::decode::FieldValidation;
use crate::finding::{Finding, Severity};
use crate::object::ValueKind;

impl Strict {
    /// Everything that was found, in the order of decoding: values that do not fit are errors whatever the
    /// validation; unknown and duplicate fields are errors, warnings, or not there.
    ///
    /// ```
    /// use kubelogic_core::decode::FieldValidation;
    /// use kubelogic_core::read::{Options, value};
    /// use kubelogic_core::schema::{Types, strict};
    /// let text = "apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: '3', replcas: 2}\n";
    /// let found = strict::check(&value(text, &Options::named("a.yaml")).unwrap(), &Types::of("1.37".parse()?));
    /// let texts = |validation| -> Vec<_> { found.findings(validation).iter().map(ToString::to_string).collect() };
    /// assert_eq!(texts(FieldValidation::Warn), [
    ///     "a.yaml:3:18: error[schema/wrong-type]: `spec.replicas` must be an integer, not a string",
    ///     "a.yaml:3:23: warning[schema/unknown-field]: unknown field `spec.replcas`",
    /// ]);
    /// assert_eq!(texts(FieldValidation::Ignore).len(), 1);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn findings(&self, validation: FieldValidation) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(unusable) = &self.unusable {
            let finding = Finding::new(unusable.code, Severity::Error, unusable.message.clone());
            let finding = finding.at(unusable.location.clone());
            findings.push(match &unusable.help {
                Some(help) => finding.help(help.clone()),
                None => finding,
            });
        }
        findings.extend(self.types.iter().map(TypeError::finding));
        let severity = match validation {
            FieldValidation::Strict => Severity::Error,
            FieldValidation::Warn => Severity::Warning,
            FieldValidation::Ignore => return findings,
        };
        findings.extend(self.fields.iter().map(|error| self.field(error, severity)));
        findings
    }

    fn field(&self, error: &FieldError, severity: Severity) -> Finding {
        let path = &error.location.path;
        let (code, message) = match error.kind {
            FieldErrorKind::Unknown => ("schema/unknown-field", format!("unknown field `{path}`")),
            FieldErrorKind::Duplicate => {
                ("schema/duplicate-field", format!("`{path}` stands here twice; the last one counts"))
            }
        };
        let finding = Finding::new(code, severity, message).at(error.location.clone());
        match &error.hint {
            None => finding,
            Some(Hint::OtherVersion(there)) => {
                let asked = self.asked.unwrap_or_default();
                finding.help(format!(
                    "{}, and {asked} is asked for",
                    kind::when(there.since, there.until, asked)
                ))
            }
            Some(Hint::Misplaced { to }) if to.is_empty() => {
                finding.help("it belongs to the object itself, beside `metadata`")
            }
            Some(Hint::Misplaced { to }) => finding.help(format!("it belongs to `{to}`")),
            Some(Hint::Near { name, fix }) => {
                let finding = finding.help(format!("did you mean `{name}`?"));
                match fix {
                    Some(fix) => finding.fix(fix.clone()),
                    None => finding,
                }
            }
        }
    }
}

impl TypeError {
    fn finding(&self) -> Finding {
        let (path, expected) = (&self.location.path, self.expected);
        let subject = if path.is_root() { "the object".to_owned() } else { format!("`{path}`") };
        let finding = if let Some(reason) = &self.reason {
            let message = format!("{subject} must be {expected}: {reason}");
            Finding::new("schema/bad-value", Severity::Error, message)
        } else {
            let message = format!("{subject} must be {expected}, not {}", article(self.found));
            Finding::new("schema/wrong-type", Severity::Error, message)
        };
        let finding = finding.at(self.location.clone());
        match (expected, self.found, &self.reason) {
            ("a string", ValueKind::Number | ValueKind::Bool, _) => {
                finding.help("put the value between quotes")
            }
            ("an integer" | "a number" | "a boolean", ValueKind::String, None) => {
                finding.help("take the quotes away")
            }
            ("an array", _, None) => finding.help("write a list, with `-` in front of each item"),
            _ => finding,
        }
    }
}

/// A kind of value with its article.
pub(super) fn article(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Null => "null",
        ValueKind::Bool => "a boolean",
        ValueKind::Number => "a number",
        ValueKind::String => "a string",
        ValueKind::Sequence => "an array",
        ValueKind::Mapping => "an object",
    }
}
