//! What something means to the reader, as a colour and as a mark.

use serde::{Deserialize, Serialize};

/// What something means to the reader. Each format shows it by more than colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// As it should be: allowed, valid.
    Good,
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// Wrong, missing or refused.
    Bad,
    /// Less important: a default, something that is not asked about.
    Muted,
}

impl Tone {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Bad => "bad",
            Self::Muted => "muted",
        }
    }

    /// A mark of one column, for where there are no colours; empty when nothing needs to be said.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::Plain | Self::Muted => "",
            Self::Good => "✓",
            Self::Note => "•",
            Self::Warning => "!",
            Self::Bad => "✗",
        }
    }
}
