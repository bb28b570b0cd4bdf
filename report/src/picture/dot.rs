//! Graphs and trees for Graphviz.

use std::fmt::Write as _;

use super::graph::Resolved;
use super::shown::shown;
use super::{Detail, Direction, Graph, Line, Picture, Tone, Tree};

/// Nothing for a picture that Graphviz has no words for.
pub(super) fn write(picture: &Picture) -> Option<String> {
    match picture {
        Picture::Graph(picture) => Some(graph(picture)),
        Picture::Tree(picture) => Some(tree(picture)),
        _ => None,
    }
}

/// A text within quotes, which Graphviz shows as it is: backslashes and character references mean something to it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in shown(text).chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '&' => quoted.push_str("&amp;"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// Kind and name on two lines.
fn label(kind: &str, label: &str, tone: Tone) -> String {
    let mark = if tone.mark().is_empty() { String::new() } else { format!("{} ", tone.mark()) };
    let name = quoted(&format!("{mark}{label}"));
    if kind.is_empty() {
        return name;
    }
    // One quoted text of the two.
    let (kind, name) = (quoted(kind), name.replacen('"', "", 1));
    format!("{}\\n{name}", kind.strip_suffix('"').unwrap_or(&kind))
}

/// Line and fill, readable on white.
fn colors(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Plain => ("#57606a", "#ffffff"),
        Tone::Good => ("#1a7f37", "#dafbe1"),
        Tone::Note => ("#0969da", "#ddf4ff"),
        Tone::Warning => ("#9a6700", "#fff8c5"),
        Tone::Bad => ("#cf222e", "#ffebe9"),
        Tone::Muted => ("#8c959f", "#f6f8fa"),
    }
}

fn tooltip(details: &[Detail], location: Option<&str>) -> String {
    let mut lines: Vec<String> =
        details.iter().map(|detail| format!("{}: {}", detail.name, detail.value)).collect();
    lines.extend(location.map(str::to_owned));
    if lines.is_empty() { String::new() } else { format!(", tooltip={}", quoted(&lines.join("; "))) }
}

fn begin(title: &str) -> String {
    let mut text = String::from(
        "digraph {\n  graph [rankdir=LR, newrank=true, charset=\"UTF-8\", fontname=\"sans-serif\"",
    );
    if !title.is_empty() {
        let _ = write!(text, ", label={}, labelloc=t", quoted(title));
    }
    text.push_str(
        "]\n  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\", fontsize=11]\n  edge [fontname=\"sans-serif\", fontsize=9]\n",
    );
    text
}

fn graph(graph: &Graph) -> String {
    let mut text = begin(&graph.title);
    let graph = Resolved::of(graph);
    for (band, members) in graph.members().iter().enumerate() {
        let cluster = band.checked_sub(1).and_then(|cluster| graph.clusters.get(cluster));
        let mut indent = "  ";
        if let Some(cluster) = cluster {
            let (line, _) = colors(cluster.tone);
            let name = label(&cluster.kind, &cluster.label, cluster.tone);
            let _ = writeln!(text, "  subgraph cluster_{} {{", band.saturating_sub(1));
            let _ = writeln!(text, "    graph [label={name}, style=rounded, color=\"{line}\"]");
            indent = "    ";
        }
        for member in members {
            let Some(node) = graph.node(*member) else { continue };
            let (line, fill) = colors(node.tone);
            let _ = writeln!(
                text,
                "{indent}n{member} [label={}, color=\"{line}\", fillcolor=\"{fill}\"{}]",
                label(&node.kind, &node.label, node.tone),
                tooltip(&node.details, node.location.as_deref())
            );
        }
        if cluster.is_some() {
            text.push_str("  }\n");
        }
    }
    for edge in &graph.edges {
        let (line, _) = colors(edge.edge.tone);
        let mut attributes = format!("color=\"{line}\"");
        if !edge.edge.label.is_empty() {
            let _ = write!(attributes, ", label={}", quoted(&edge.edge.label));
        }
        match edge.edge.direction {
            Direction::Forward => {}
            Direction::Both => attributes.push_str(", dir=both"),
            Direction::None => attributes.push_str(", dir=none"),
        }
        match edge.edge.line {
            Line::Solid => {}
            Line::Dashed => attributes.push_str(", style=dashed"),
            Line::Dotted => attributes.push_str(", style=dotted"),
        }
        attributes.push_str(&tooltip(&edge.edge.details, None));
        let _ = writeln!(text, "  n{} -> n{} [{attributes}]", edge.from, edge.to);
    }
    text.push_str("}\n");
    text
}

fn tree(tree: &Tree) -> String {
    let mut text = begin(&tree.title);
    for branch in tree.branches() {
        let (line, fill) = colors(branch.node.tone);
        let _ = writeln!(
            text,
            "  n{} [label={}, color=\"{line}\", fillcolor=\"{fill}\"{}]",
            branch.index,
            label(&branch.node.kind, &branch.node.label, branch.node.tone),
            tooltip(&branch.node.details, branch.node.location.as_deref())
        );
        if let Some(parent) = branch.parent {
            let _ = writeln!(text, "  n{parent} -> n{} [color=\"#57606a\"]", branch.index);
        }
    }
    text.push_str("}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_backslashes_stay_inside() {
        assert_eq!(quoted(r#"a"b\"#), r#""a\"b\\""#);
        assert_eq!(quoted("&lt;\n"), "\"&amp;lt; \"");
        assert_eq!(label("Role", "a\"", Tone::Bad), "\"Role\\n✗ a\\\"\"");
    }
}
