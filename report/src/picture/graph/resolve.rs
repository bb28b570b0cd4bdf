//! A graph with its names looked up: what edges and nodes mention and the lists do not hold is added.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Cluster, Edge, Graph, Node};

/// A graph by positions.
#[derive(Debug)]
pub(crate) struct Resolved<'a> {
    pub(crate) clusters: Vec<Cow<'a, Cluster>>,
    pub(crate) nodes: Vec<ResolvedNode<'a>>,
    pub(crate) edges: Vec<ResolvedEdge<'a>>,
}

#[derive(Debug)]
pub(crate) struct ResolvedNode<'a> {
    pub(crate) node: Cow<'a, Node>,
    /// The position of its cluster.
    pub(crate) cluster: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct ResolvedEdge<'a> {
    pub(crate) edge: &'a Edge,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl<'a> Resolved<'a> {
    pub(crate) fn of(graph: &'a Graph) -> Self {
        let mut clusters: Vec<Cow<'a, Cluster>> = Vec::new();
        let mut cluster_of: HashMap<&'a str, usize> = HashMap::new();
        for cluster in &graph.clusters {
            cluster_of.entry(&cluster.id).or_insert(clusters.len());
            clusters.push(Cow::Borrowed(cluster));
        }
        let mut nodes: Vec<ResolvedNode<'a>> = Vec::new();
        let mut node_of: HashMap<&'a str, usize> = HashMap::new();
        for node in &graph.nodes {
            let cluster = node.cluster.as_ref().map(|id| {
                *cluster_of.entry(id).or_insert_with(|| {
                    clusters.push(Cow::Owned(Cluster::new(id, id)));
                    clusters.len().saturating_sub(1)
                })
            });
            node_of.entry(&node.id).or_insert(nodes.len());
            nodes.push(ResolvedNode { node: Cow::Borrowed(node), cluster });
        }
        let mut edges = Vec::with_capacity(graph.edges.len());
        for edge in &graph.edges {
            let mut position = |id: &'a String| {
                *node_of.entry(id).or_insert_with(|| {
                    nodes.push(ResolvedNode { node: Cow::Owned(Node::new(id, id)), cluster: None });
                    nodes.len().saturating_sub(1)
                })
            };
            let (from, to) = (position(&edge.from), position(&edge.to));
            edges.push(ResolvedEdge { edge, from, to });
        }
        Self { clusters, nodes, edges }
    }

    /// The positions of the nodes of each cluster; those of no cluster come first.
    pub(crate) fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.clusters.len().saturating_add(1)];
        for (index, node) in self.nodes.iter().enumerate() {
            let band = node.cluster.map_or(0, |cluster| cluster.saturating_add(1));
            if let Some(members) = members.get_mut(band) {
                members.push(index);
            }
        }
        members
    }

    pub(crate) fn node(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index).map(|node| &*node.node)
    }
}
