//! What makes a document, a file or a whole run unreadable.

use std::fmt;

use crate::finding::{Finding, Severity};
use crate::object::Location;

/// The permanent code of a [`ReadError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The text is neither YAML nor JSON, or breaks off.
    Syntax,
    /// A template of Helm or another generator that was not rendered.
    Template,
    /// A line begins with `---` and goes on with text.
    Separator,
    /// Values are nested deeper than the limit.
    TooDeep,
    /// One document, or one item of a list, is larger than the limit.
    DocumentTooLarge,
    /// The whole input is larger than the limit.
    RunTooLarge,
    /// An alias without its anchor, or inside the value that it stands for.
    Alias,
    /// Aliases multiply the document's size.
    AliasExpansion,
    /// A merge key with something that cannot be merged.
    Merge,
    /// A key that no JSON object can have.
    Key,
    /// A value that JSON does not know: infinity, not a number.
    Value,
    /// The text of a scalar does not fit its tag.
    Tag,
    /// Not text at all.
    BinaryInput,
    /// A document or list item that is no mapping.
    NotAnObject,
    /// An object without `kind`, or a list item without `apiVersion`.
    MissingKind,
    /// A list whose `items` are no list, or that contains another list.
    List,
    /// A field of `metadata` that has the wrong type.
    MetadataType,
    /// A file or directory that cannot be read.
    File,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 18] = [
        Self::Syntax,
        Self::Template,
        Self::Separator,
        Self::TooDeep,
        Self::DocumentTooLarge,
        Self::RunTooLarge,
        Self::Alias,
        Self::AliasExpansion,
        Self::Merge,
        Self::Key,
        Self::Value,
        Self::Tag,
        Self::BinaryInput,
        Self::NotAnObject,
        Self::MissingKind,
        Self::List,
        Self::MetadataType,
        Self::File,
    ];

    /// The code as it is printed.
    ///
    /// ```
    /// use kubelogic_core::read::Code;
    /// assert_eq!(Code::TooDeep.name(), "read/too-deep");
    /// assert!(Code::ALL.iter().all(|code| code.name().starts_with("read/")));
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "read/syntax",
            Self::Template => "read/template",
            Self::Separator => "read/separator",
            Self::TooDeep => "read/too-deep",
            Self::DocumentTooLarge => "read/document-too-large",
            Self::RunTooLarge => "read/run-too-large",
            Self::Alias => "read/alias",
            Self::AliasExpansion => "read/alias-expansion",
            Self::Merge => "read/merge",
            Self::Key => "read/key",
            Self::Value => "read/value",
            Self::Tag => "read/tag",
            Self::BinaryInput => "read/binary-input",
            Self::NotAnObject => "read/not-an-object",
            Self::MissingKind => "read/missing-kind",
            Self::List => "read/list",
            Self::MetadataType => "read/metadata-type",
            Self::File => "read/file",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// Why something could not be read, and where.
///
/// The message never quotes a value of the document, which may be secret; keys and indicators it may.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{location}: {message}")]
#[non_exhaustive]
pub struct ReadError {
    /// The permanent code.
    pub code: Code,
    /// One sentence, lowercase, without a period.
    pub message: String,
    /// File, document, field path where there is one, line and column.
    pub location: Location,
    /// What to do about it.
    pub help: Option<String>,
}

/// What cannot be read is an error wherever it is reported.
impl From<&ReadError> for Finding {
    fn from(error: &ReadError) -> Self {
        let mut finding = Self::new(error.code.name(), Severity::Error, error.message.clone());
        finding.location = Some(error.location.clone());
        finding.help.clone_from(&error.help);
        finding
    }
}
