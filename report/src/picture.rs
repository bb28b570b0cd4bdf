//! Pictures: graphs, trees, tables, matrices, heat maps and timelines, and every form that they are written in.
//!
//! Engines make pictures as plain data; only this module knows formats. Names in a picture come from manifests,
//! so nothing in them is trusted: no text can leave its place in any format.
//!
//! ```
//! use kubelogic_report::picture::{Edge, Format, Graph, Node, Picture, RenderOptions};
//!
//! let mut graph = Graph::new("Who talks to whom");
//! graph.nodes.push(Node::new("a", "frontend").in_cluster("shop"));
//! graph.nodes.push(Node::new("b", "db").in_cluster("shop"));
//! graph.edges.push(Edge::new("a", "b").label("TCP:5432"));
//! let text = Picture::from(graph).render(Format::Text, &RenderOptions::default())?;
//! assert!(text.contains("─▶ db  TCP:5432"));
//! # Ok::<(), kubelogic_report::picture::PictureError>(())
//! ```

mod csv;
mod dot;
mod graph;
mod header;
mod heat_map;
mod html;
mod layout;
mod markdown;
mod matrix;
mod mermaid;
mod moment;
mod shown;
mod svg;
mod table;
mod text;
mod timeline;
mod tone;
mod tree;

pub use graph::{Cluster, Direction, Edge, Graph, Line, Node};
pub use header::{Detail, Header};
pub use heat_map::{HeatMap, Scale};
pub use matrix::{Cell, Matrix, State};
pub use moment::{Moment, MomentError};
pub use table::{Align, Column, Table, TableCell};
pub use timeline::{Bar, Row, Timeline};
pub use tone::Tone;
pub use tree::{Tree, TreeNode};

use serde::{Deserialize, Serialize};

/// Any picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(tag = "picture", rename_all = "kebab-case")]
pub enum Picture {
    /// What is connected with what.
    Graph(Graph),
    /// What belongs to what.
    Tree(Tree),
    /// Rows of texts.
    Table(Table),
    /// One state for each pair of a row and a column.
    Matrix(Matrix),
    /// One number for each pair of a row and a column.
    HeatMap(HeatMap),
    /// What lasts from when to when.
    Timeline(Timeline),
}

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// For a terminal.
    Text,
    /// A drawing.
    Svg,
    /// For Graphviz: graphs and trees.
    Dot,
    /// For Mermaid: graphs and trees as flowcharts, timelines as Gantt charts.
    Mermaid,
    /// For GitHub and the like: tables; graphs as Mermaid blocks; trees as lists.
    Markdown,
    /// For spreadsheets: rows; the edges of graphs and trees.
    Csv,
    /// One page that needs nothing else: search, filters, zoom.
    Html,
    /// The picture's own data.
    Json,
}

/// How a picture is written, as far as there is a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderOptions {
    /// How many columns a terminal has; 100 unless set. Text only.
    pub width: usize,
    /// Whether texts are coloured by ANSI escapes. Text only.
    pub colors: bool,
    /// Clusters start folded when a graph has more nodes than this; 60 unless set. Pages only.
    pub fold_above: usize,
}

/// Why a picture cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The format has no form for such a picture.
    #[error("a {picture} cannot be written as {format}")]
    Format {
        /// What it is.
        picture: &'static str,
        /// What it cannot be.
        format: &'static str,
    },
    /// Two nodes or clusters of a graph have one id.
    #[error("two {what} of the graph have the id `{id}`")]
    DuplicateId {
        /// `nodes` or `clusters`.
        what: &'static str,
        /// The id.
        id: String,
    },
    /// The picture cannot be put into JSON.
    #[error("the picture cannot be written as JSON: {0}")]
    Json(String),
}

impl Picture {
    /// What kind of picture it is, in words.
    ///
    /// ```
    /// use kubelogic_report::picture::{HeatMap, Picture};
    /// assert_eq!(Picture::from(HeatMap::new("Load")).kind(), "heat map");
    /// ```
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Graph(_) => "graph",
            Self::Tree(_) => "tree",
            Self::Table(_) => "table",
            Self::Matrix(_) => "matrix",
            Self::HeatMap(_) => "heat map",
            Self::Timeline(_) => "timeline",
        }
    }

    /// The title.
    pub fn title(&self) -> &str {
        match self {
            Self::Graph(graph) => &graph.title,
            Self::Tree(tree) => &tree.title,
            Self::Table(table) => &table.title,
            Self::Matrix(matrix) => &matrix.title,
            Self::HeatMap(map) => &map.title,
            Self::Timeline(timeline) => &timeline.title,
        }
    }

    /// What is said below the title.
    pub fn description(&self) -> &str {
        match self {
            Self::Graph(graph) => &graph.description,
            Self::Tree(tree) => &tree.description,
            Self::Table(table) => &table.description,
            Self::Matrix(matrix) => &matrix.description,
            Self::HeatMap(map) => &map.description,
            Self::Timeline(timeline) => &timeline.description,
        }
    }

    /// Writes the picture.
    ///
    /// ```
    /// use kubelogic_report::picture::{Column, Format, Picture, RenderOptions, Table, TableCell};
    ///
    /// let mut table = Table::new("Counts");
    /// table.columns = vec![Column::new("kind"), Column::new("count")];
    /// table.rows.push(vec![TableCell::new("=Pod()"), TableCell::new("3")]);
    /// let csv = Picture::from(table).render(Format::Csv, &RenderOptions::default())?;
    /// // A spreadsheet must not calculate what a manifest says.
    /// assert_eq!(csv, "kind,count\r\n'=Pod(),3\r\n");
    /// # Ok::<(), kubelogic_report::picture::PictureError>(())
    /// ```
    ///
    /// # Errors
    /// When the format has no form for such a picture, or two nodes or clusters of a graph share an id.
    pub fn render(&self, format: Format, options: &RenderOptions) -> Result<String, PictureError> {
        if let Self::Graph(graph) = self {
            graph.check()?;
        }
        match format {
            Format::Text => Ok(text::write(self, options)),
            Format::Svg => Ok(svg::write(self)),
            Format::Dot => dot::write(self).ok_or_else(|| self.has_no(format)),
            Format::Mermaid => mermaid::write(self).ok_or_else(|| self.has_no(format)),
            Format::Markdown => Ok(markdown::write(self)),
            Format::Csv => Ok(csv::write(self)),
            Format::Html => html::write(self, options),
            Format::Json => serde_json::to_string_pretty(self)
                .map(|json| json + "\n")
                .map_err(|error| PictureError::Json(error.to_string())),
        }
    }

    /// The formats that such a picture has.
    ///
    /// ```
    /// use kubelogic_report::picture::{Format, Matrix, Picture};
    /// let matrix = Picture::from(Matrix::new("Access"));
    /// assert!(!matrix.formats().any(|format| format == Format::Dot));
    /// ```
    pub fn formats(&self) -> impl Iterator<Item = Format> + use<> {
        let (dot, mermaid) = match self {
            Self::Graph(_) | Self::Tree(_) => (true, true),
            Self::Timeline(_) => (false, true),
            Self::Table(_) | Self::Matrix(_) | Self::HeatMap(_) => (false, false),
        };
        Format::ALL.into_iter().filter(move |format| match format {
            Format::Dot => dot,
            Format::Mermaid => mermaid,
            _ => true,
        })
    }

    fn has_no(&self, format: Format) -> PictureError {
        PictureError::Format { picture: self.kind(), format: format.name() }
    }
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 8] =
        [Self::Text, Self::Svg, Self::Dot, Self::Mermaid, Self::Markdown, Self::Csv, Self::Html, Self::Json];

    /// `text`, `svg` and so on.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Svg => "svg",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { width: 100, colors: false, fold_above: 60 }
    }
}

impl PictureError {
    /// The permanent code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Format { .. } => "picture/format",
            Self::DuplicateId { .. } => "picture/duplicate-id",
            Self::Json(_) => "picture/json",
        }
    }
}

macro_rules! pictures {
    ($($name:ident),*) => {
        $(impl From<$name> for Picture {
            fn from(picture: $name) -> Self {
                Self::$name(picture)
            }
        })*
    };
}

pictures!(Graph, Tree, Table, Matrix, HeatMap, Timeline);

/// Whether a field can be left out of the data.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
