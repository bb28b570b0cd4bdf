//! What several kinds of pictures share: headers of rows and columns, and details.

use serde::{Deserialize, Serialize};

use super::{Tone, is_default};

/// A fact about something in a picture, shown when somebody looks closer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Detail {
    /// What it is about, such as `verbs`.
    pub name: String,
    /// What holds.
    pub value: String,
}

/// A row or column of a matrix or heat map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Header {
    /// The name.
    pub label: String,
    /// What it belongs to, such as a namespace; neighbours of one group are shown together.
    #[serde(default, skip_serializing_if = "is_default")]
    pub group: String,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
    /// More about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub details: Vec<Detail>,
}

impl Detail {
    /// A fact.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

impl Header {
    /// A header without a group.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// Says what it belongs to.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// The group and the name, for where groups are not shown.
    pub(crate) fn full(&self) -> String {
        if self.group.is_empty() { self.label.clone() } else { format!("{}/{}", self.group, self.label) }
    }
}
