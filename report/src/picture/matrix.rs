//! One state for each pair of a row and a column.

use serde::{Deserialize, Serialize};

use super::{Header, Tone, is_default};

/// One state for each pair of a row and a column.
///
/// ```
/// use kubelogic_report::picture::{Cell, Format, Header, Matrix, Picture, RenderOptions, State, Tone};
///
/// let mut matrix = Matrix::new("Who reaches whom");
/// matrix.states = vec![
///     State::new("yes", "allowed").symbol("x").tone(Tone::Good),
///     State::new("no", "denied").symbol(".").tone(Tone::Bad),
/// ];
/// matrix.rows = vec![Header::new("web"), Header::new("db")];
/// matrix.columns = vec![Header::new("web"), Header::new("db")];
/// matrix.cells = vec![vec![Cell::of(0), Cell::of(0)], vec![Cell::of(1), Cell::of(1)]];
/// let text = Picture::from(matrix).render(Format::Text, &RenderOptions::default())?;
/// assert_eq!(text, "Who reaches whom\n\n     web  db\nweb  x    x\ndb   .    .\n\nx allowed   . denied\n");
/// # Ok::<(), kubelogic_report::picture::PictureError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Matrix {
    /// What the picture shows.
    pub title: String,
    /// More about it, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// What rows are, such as `from`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub row_title: String,
    /// What columns are, such as `to`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub column_title: String,
    /// The states that cells can have.
    pub states: Vec<State>,
    /// The rows.
    pub rows: Vec<Header>,
    /// The columns.
    pub columns: Vec<Header>,
    /// The cells of each row; missing ones are empty.
    pub cells: Vec<Vec<Cell>>,
}

/// A state that cells can have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct State {
    /// The state as a program knows it, such as `allowed`.
    pub id: String,
    /// What it means, for the legend.
    pub label: String,
    /// What stands in the cell, a character or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub symbol: String,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
}

/// One cell of a matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Cell {
    /// The position of its state in the list, from 0; without one it is empty.
    #[serde(default, skip_serializing_if = "is_default")]
    pub state: Option<usize>,
    /// More about it, such as the ports that are open.
    #[serde(default, skip_serializing_if = "is_default")]
    pub detail: String,
}

impl Matrix {
    /// A matrix of nothing.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    pub(crate) fn without_cells(&self) -> Self {
        Self {
            title: self.title.clone(),
            description: self.description.clone(),
            row_title: self.row_title.clone(),
            column_title: self.column_title.clone(),
            states: self.states.clone(),
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            cells: Vec::new(),
        }
    }

    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.cells.get(row)?.get(column)
    }

    /// The state of a cell; `None` when it is empty or names a state that is not there.
    pub(crate) fn state(&self, row: usize, column: usize) -> Option<&State> {
        self.states.get(self.cell(row, column)?.state?)
    }

    /// How many cells have each state.
    pub(crate) fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0_usize; self.states.len()];
        for row in self.cells.iter().take(self.rows.len()) {
            for cell in row.iter().take(self.columns.len()) {
                if let Some(count) = cell.state.and_then(|state| counts.get_mut(state)) {
                    *count = count.saturating_add(1);
                }
            }
        }
        counts
    }
}

impl State {
    /// A state whose symbol is the first letter of its label.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        let label = label.into();
        let symbol = label.chars().next().map(String::from).unwrap_or_default();
        Self { id: id.into(), label, symbol, tone: Tone::Plain }
    }

    /// Says what stands in the cell.
    #[must_use]
    pub fn symbol(mut self, symbol: impl Into<String>) -> Self {
        self.symbol = symbol.into();
        self
    }

    /// Says what it means to the reader.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl Cell {
    /// A cell in the state at this position of the list.
    pub fn of(state: usize) -> Self {
        Self { state: Some(state), detail: String::new() }
    }

    /// Says more about it.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}
