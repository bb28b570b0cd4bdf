//! Which findings are reported, and from which severity on a check fails.

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::near::nearest;

use crate::codes;

/// The least severity that makes a check fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "whoever decides about failing wants to know of another threshold"
)]
pub enum FailOn {
    /// Errors.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Everything.
    Note,
    /// Nothing.
    Never,
}

impl FailOn {
    /// Whether a finding of this severity is a failure.
    ///
    /// ```
    /// use kubelogic_core::finding::Severity;
    /// use kubelogic_report::FailOn;
    /// assert!(FailOn::Warning.fails(Severity::Error) && !FailOn::Error.fails(Severity::Warning));
    /// ```
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity == Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Note => true,
            Self::Never => false,
        }
    }

    /// Whether any of the findings is a failure.
    pub fn any(self, findings: &[Finding]) -> bool {
        findings.iter().any(|finding| self.fails(finding.severity))
    }
}

/// Which codes are reported: a code is named by itself, or by the room that it belongs to (`read`, `read/`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

/// A word that names no code and no room.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no finding `{word}`")]
pub struct UnknownCode {
    /// The word.
    pub word: String,
    /// What was probably meant.
    pub meant: Option<String>,
}

impl UnknownCode {
    /// What to do about it.
    pub fn help(&self) -> String {
        match &self.meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`kubelogic explain` lists all of them".to_owned(),
        }
    }
}

impl Selection {
    /// Reports what `select` names, or everything when it names nothing, without what `ignore` names.
    ///
    /// # Errors
    ///
    /// A word names neither a code nor a room: it would select nothing, and nobody would notice.
    ///
    /// ```
    /// use kubelogic_report::selection::Selection;
    /// let selection = Selection::new(["read"], ["read/syntax"]).unwrap();
    /// assert!(selection.covers("read/key") && !selection.covers("read/syntax"));
    /// let error = Selection::new(["read/sintax"], [""; 0]).unwrap_err();
    /// assert_eq!(error.meant.as_deref(), Some("read/syntax"));
    /// ```
    pub fn new(
        select: impl IntoIterator<Item = impl Into<String>>,
        ignore: impl IntoIterator<Item = impl Into<String>>,
    ) -> Result<Self, UnknownCode> {
        let select: Vec<String> = select.into_iter().map(Into::into).collect();
        let ignore: Vec<String> = ignore.into_iter().map(Into::into).collect();
        for word in select.iter().chain(&ignore) {
            check(word)?;
        }
        Ok(Self { select, ignore })
    }

    /// Whether findings with a code are reported.
    pub fn covers(&self, code: &str) -> bool {
        let named = |words: &[String]| words.iter().any(|word| names(word, code));
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }
}

/// Whether a word names a code: by itself, or by its room.
fn names(word: &str, code: &str) -> bool {
    code == word || code.strip_prefix(word.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

fn check(word: &str) -> Result<(), UnknownCode> {
    if codes::all().any(|one| names(word, one.code)) {
        return Ok(());
    }
    Err(unknown(word))
}

/// A code that is not known, and which one was probably meant.
pub(crate) fn unknown(word: &str) -> UnknownCode {
    let known = codes::all().map(|one| one.code).chain(codes::rooms());
    // A code without its room is a frequent slip.
    let meant = codes::all()
        .map(|one| one.code)
        .find(|code| code.split_once('/').is_some_and(|(_, name)| name == word))
        .or_else(|| nearest(word, known));
    UnknownCode { word: word.to_owned(), meant: meant.map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_named_by_themselves_or_by_their_room() {
        assert!(names("read", "read/syntax"));
        assert!(names("read/", "read/syntax"));
        assert!(names("read/syntax", "read/syntax"));
        assert!(!names("read/syn", "read/syntax"));
        assert!(!names("reader", "read/syntax") && !names("rea", "read/syntax"));
    }

    #[test]
    fn words_that_name_nothing_are_refused() {
        let meant = |word: &str| Selection::new([word], [""; 0]).unwrap_err().meant;
        assert_eq!(meant("duplicate-key").as_deref(), Some("read/duplicate-key"));
        assert_eq!(meant("raed").as_deref(), Some("read"));
        assert_eq!(meant("completely/different"), None);
        assert!(Selection::new([""; 0], ["x"]).is_err());
        assert_eq!(Selection::new(["", ""], [""; 0]).unwrap_err().word, "");
    }
}
