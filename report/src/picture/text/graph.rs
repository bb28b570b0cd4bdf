//! A graph as a list: each cluster, its nodes, and where their edges lead.

use std::fmt::Write as _;

use super::{Paint, details};
use crate::picture::graph::{Resolved, ResolvedEdge};
use crate::picture::shown::shown;
use crate::picture::{Direction, Graph, Line};

pub(super) fn write(graph: &Graph, paint: Paint) -> String {
    let graph = Resolved::of(graph);
    let mut leaving: Vec<Vec<&ResolvedEdge<'_>>> = vec![Vec::new(); graph.nodes.len()];
    for edge in &graph.edges {
        if let Some(leaving) = leaving.get_mut(edge.from) {
            leaving.push(edge);
        }
    }
    let mut text = String::new();
    for (band, members) in graph.members().iter().enumerate() {
        let cluster = band.checked_sub(1).and_then(|cluster| graph.clusters.get(cluster));
        if members.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        if let Some(cluster) = cluster {
            let _ = writeln!(text, "{}:", paint.named(cluster.tone, &cluster.kind, &cluster.label));
        }
        let indent = if cluster.is_some() { "  " } else { "" };
        for member in members {
            let (Some(node), Some(edges)) = (graph.node(*member), leaving.get(*member)) else { continue };
            let _ = writeln!(text, "{indent}{}", paint.named(node.tone, &node.kind, &node.label));
            for (index, edge) in edges.iter().enumerate() {
                let branch = if index.saturating_add(1) == edges.len() { "└" } else { "├" };
                let _ = writeln!(text, "{indent}  {branch}{} {}", arrow(edge), end(&graph, edge, paint));
            }
        }
    }
    text
}

fn arrow(edge: &ResolvedEdge<'_>) -> &'static str {
    match (edge.edge.direction, edge.edge.line) {
        (Direction::Forward, Line::Solid) => "─▶",
        (Direction::Forward, Line::Dashed | Line::Dotted) => "╌▶",
        (Direction::Both, Line::Solid) => "◀▶",
        (Direction::Both, Line::Dashed | Line::Dotted) => "◁▷",
        (Direction::None, Line::Solid) => "──",
        (Direction::None, Line::Dashed | Line::Dotted) => "╌╌",
    }
}

/// The node that an edge leads to, with what the edge says.
fn end(graph: &Resolved<'_>, edge: &ResolvedEdge<'_>, paint: Paint) -> String {
    let Some(node) = graph.nodes.get(edge.to) else { return String::new() };
    let tone = node.node.tone.max(edge.edge.tone);
    let mut text = paint.named(tone, &node.node.kind, &node.node.label);
    let home = graph.nodes.get(edge.from).and_then(|from| from.cluster);
    if node.cluster != home
        && let Some(cluster) = node.cluster.and_then(|cluster| graph.clusters.get(cluster))
    {
        let _ = write!(text, "{}", paint.dim(&format!(" ({})", shown(&cluster.label))));
    }
    if !edge.edge.label.is_empty() {
        let _ = write!(text, "  {}", shown(&edge.edge.label));
    }
    if !edge.edge.details.is_empty() {
        let _ = write!(text, "  {}", paint.dim(&format!("[{}]", details(&edge.edge.details))));
    }
    text
}
