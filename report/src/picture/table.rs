//! Rows of texts.

use serde::{Deserialize, Serialize};

use super::{Tone, is_default};

/// Rows of texts. A row that is shorter than the list of columns ends in empty cells.
///
/// ```
/// use kubelogic_report::picture::{Align, Column, Format, Picture, RenderOptions, Table, TableCell};
///
/// let mut table = Table::new("");
/// table.columns = vec![Column::new("kind"), Column::new("count").align(Align::Right)];
/// table.rows.push(vec![TableCell::new("Pod"), TableCell::new("3")]);
/// let text = Picture::from(table).render(Format::Text, &RenderOptions::default())?;
/// assert_eq!(text, "KIND  COUNT\nPod       3\n");
/// # Ok::<(), kubelogic_report::picture::PictureError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Table {
    /// What the picture shows.
    pub title: String,
    /// More about it, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, cell by cell.
    pub rows: Vec<Vec<TableCell>>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Column {
    /// What it holds.
    pub label: String,
    /// Where its texts stand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub align: Align,
}

/// Where texts stand in their column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// As words do.
    #[default]
    Left,
    /// As numbers do.
    Right,
}

/// One text of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct TableCell {
    /// What readers see.
    pub text: String,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
}

impl Table {
    /// A table of nothing.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// How many columns there are, those counted that only rows have.
    pub(crate) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0).max(self.columns.len())
    }

    /// Where the texts of a column stand.
    pub(crate) fn align(&self, column: usize) -> Align {
        self.columns.get(column).map_or(Align::Left, |column| column.align)
    }
}

impl Column {
    /// A column whose texts stand left.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), align: Align::Left }
    }

    /// Says where its texts stand.
    #[must_use]
    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
}

impl TableCell {
    /// A text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    /// Says what it means to the reader.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}
