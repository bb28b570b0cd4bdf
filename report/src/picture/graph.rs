//! What is connected with what.

mod resolve;

pub(crate) use resolve::{Resolved, ResolvedEdge};

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Detail, PictureError, Tone, is_default};

/// What is connected with what: nodes, in clusters or not, and edges between them.
///
/// An edge may name a node that is not in the list, and a node a cluster that is not: they are drawn by their id.
///
/// ```
/// use kubelogic_report::picture::{Edge, Format, Graph, Node, Picture, RenderOptions, Tone};
///
/// let mut graph = Graph::new("Bindings");
/// graph.nodes.push(Node::new("b", "readers").kind("RoleBinding").in_cluster("shop"));
/// graph.edges.push(Edge::new("b", "Role view").tone(Tone::Bad));
/// let dot = Picture::from(graph).render(Format::Dot, &RenderOptions::default())?;
/// assert!(dot.contains(r#"label="Role view""#));
/// # Ok::<(), kubelogic_report::picture::PictureError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Graph {
    /// What the picture shows.
    pub title: String,
    /// More about it, in a sentence or two.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// What nodes can be in, such as namespaces; shown in this order.
    #[serde(default, skip_serializing_if = "is_default")]
    pub clusters: Vec<Cluster>,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges.
    #[serde(default, skip_serializing_if = "is_default")]
    pub edges: Vec<Edge>,
}

/// What several nodes are in, such as a namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Cluster {
    /// What nodes call it.
    pub id: String,
    /// What readers see.
    pub label: String,
    /// What it is, such as `Namespace`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: String,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
}

/// One thing in a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Node {
    /// What edges call it.
    pub id: String,
    /// What readers see.
    pub label: String,
    /// What it is, such as `Role`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: String,
    /// The cluster that it is in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cluster: Option<String>,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
    /// More about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub details: Vec<Detail>,
    /// Where it is written, such as `rbac.yaml:12:3`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub location: Option<String>,
}

/// A connection of two nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Edge {
    /// The id of the node where it begins.
    pub from: String,
    /// The id of the node where it ends.
    pub to: String,
    /// What readers see.
    #[serde(default, skip_serializing_if = "is_default")]
    pub label: String,
    /// What it is, such as `roleRef`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: String,
    /// Where the arrow points.
    #[serde(default, skip_serializing_if = "is_default")]
    pub direction: Direction,
    /// How it is drawn.
    #[serde(default, skip_serializing_if = "is_default")]
    pub line: Line,
    /// What it means to the reader.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
    /// More about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub details: Vec<Detail>,
}

/// Where an arrow points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// From the first node to the second.
    #[default]
    Forward,
    /// Both ways.
    Both,
    /// It has no direction.
    None,
}

/// How an edge is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    /// In one stroke.
    #[default]
    Solid,
    /// In dashes.
    Dashed,
    /// In dots.
    Dotted,
}

impl Graph {
    /// A graph of nothing.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Refuses ids that are used twice.
    pub(crate) fn check(&self) -> Result<(), PictureError> {
        let nodes = self.nodes.iter().map(|node| ("nodes", node.id.as_str()));
        let clusters = self.clusters.iter().map(|cluster| ("clusters", cluster.id.as_str()));
        let mut seen = HashSet::new();
        for (what, id) in nodes.chain(clusters) {
            if !seen.insert((what, id)) {
                return Err(PictureError::DuplicateId { what, id: id.to_owned() });
            }
        }
        Ok(())
    }
}

impl Cluster {
    /// A cluster.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    /// Says what it is.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = kind.into();
        self
    }

    /// Says what it means to the reader.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

impl Node {
    /// A node.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    /// Says what it is.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = kind.into();
        self
    }

    /// Puts it into a cluster.
    #[must_use]
    pub fn in_cluster(mut self, id: impl Into<String>) -> Self {
        self.cluster = Some(id.into());
        self
    }

    /// Says what it means to the reader.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Adds a fact about it.
    #[must_use]
    pub fn detail(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.details.push(Detail::new(name, value));
        self
    }

    /// Says where it is written.
    #[must_use]
    pub fn at(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }
}

impl Edge {
    /// An arrow from one node to another.
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { from: from.into(), to: to.into(), ..Self::default() }
    }

    /// Says what readers see.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says what it is.
    #[must_use]
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = kind.into();
        self
    }

    /// Says where the arrow points.
    #[must_use]
    pub fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Says how it is drawn.
    #[must_use]
    pub fn line(mut self, line: Line) -> Self {
        self.line = line;
        self
    }

    /// Says what it means to the reader.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// Adds a fact about it.
    #[must_use]
    pub fn detail(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.details.push(Detail::new(name, value));
        self
    }
}
