//! Graphs and trees as Mermaid flowcharts, timelines as Gantt charts.

use std::fmt::Write as _;

use super::graph::Resolved;
use super::shown::shown;
use super::{Direction, Graph, Line, Picture, Timeline, Tone, Tree};

/// Nothing for a picture that Mermaid has no words for.
pub(super) fn write(picture: &Picture) -> Option<String> {
    match picture {
        Picture::Graph(picture) => Some(graph(picture)),
        Picture::Tree(picture) => Some(tree(picture)),
        Picture::Timeline(picture) => Some(gantt(picture)),
        _ => None,
    }
}

/// A text within quotes. Mermaid has no escapes but character references, and markup of its own and of Markdown;
/// so everything that is not plainly a part of a name is a reference.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in shown(text).chars() {
        if character.is_alphanumeric() || " -_/,".contains(character) || character > '\u{2FF}' {
            quoted.push(character);
        } else {
            let _ = write!(quoted, "#{};", u32::from(character));
        }
    }
    // An empty text is no label.
    if quoted.trim() == "\"" {
        quoted.push_str("#160;");
    }
    quoted.push('"');
    quoted
}

fn label(kind: &str, label: &str, tone: Tone) -> String {
    let mut text = String::new();
    for part in [tone.mark(), kind, label] {
        if !part.is_empty() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(part);
        }
    }
    quoted(&text)
}

const CLASSES: &str = "  classDef good stroke:#1a7f37,fill:#dafbe1,color:#1f2328
  classDef note stroke:#0969da,fill:#ddf4ff,color:#1f2328
  classDef warning stroke:#9a6700,fill:#fff8c5,color:#1f2328
  classDef bad stroke:#cf222e,fill:#ffebe9,color:#1f2328
  classDef muted stroke:#8c959f,fill:#f6f8fa,color:#57606a
";

/// `:::bad`
fn class(tone: Tone) -> String {
    if tone == Tone::Plain { String::new() } else { format!(":::{}", tone.name()) }
}

fn graph(graph: &Graph) -> String {
    let graph = Resolved::of(graph);
    let mut text = String::from("flowchart LR\n");
    for (band, members) in graph.members().iter().enumerate() {
        let cluster = band.checked_sub(1).and_then(|cluster| graph.clusters.get(cluster));
        let mut indent = "  ";
        if let Some(cluster) = cluster {
            // An empty subgraph would be drawn as a node.
            if members.is_empty() {
                continue;
            }
            let name = label(&cluster.kind, &cluster.label, cluster.tone);
            let _ = writeln!(text, "  subgraph c{} [{name}]", band.saturating_sub(1));
            indent = "    ";
        }
        for member in members {
            let Some(node) = graph.node(*member) else { continue };
            let name = label(&node.kind, &node.label, node.tone);
            let _ = writeln!(text, "{indent}n{member}[{name}]{}", class(node.tone));
        }
        if cluster.is_some() {
            text.push_str("  end\n");
        }
    }
    for edge in &graph.edges {
        let arrow = match (edge.edge.line, edge.edge.direction) {
            (Line::Solid, Direction::Forward) => "-->",
            (Line::Solid, Direction::Both) => "<-->",
            (Line::Solid, Direction::None) => "---",
            (Line::Dashed | Line::Dotted, Direction::Forward) => "-.->",
            (Line::Dashed | Line::Dotted, Direction::Both) => "<-.->",
            (Line::Dashed | Line::Dotted, Direction::None) => "-.-",
        };
        let _ = write!(text, "  n{} {arrow}", edge.from);
        if !edge.edge.label.is_empty() {
            let _ = write!(text, "|{}|", quoted(&edge.edge.label));
        }
        let _ = writeln!(text, " n{}", edge.to);
    }
    let bad: Vec<String> = graph
        .edges
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.edge.tone == Tone::Bad)
        .map(|(index, _)| index.to_string())
        .collect();
    if !bad.is_empty() {
        let _ = writeln!(text, "  linkStyle {} stroke:#cf222e", bad.join(","));
    }
    text.push_str(CLASSES);
    text
}

fn tree(tree: &Tree) -> String {
    let mut text = String::from("flowchart LR\n");
    for branch in tree.branches() {
        let name = label(&branch.node.kind, &branch.node.label, branch.node.tone);
        let _ = writeln!(text, "  n{}[{name}]{}", branch.index, class(branch.node.tone));
        if let Some(parent) = branch.parent {
            let _ = writeln!(text, "  n{parent} --> n{}", branch.index);
        }
    }
    text.push_str(CLASSES);
    text
}

fn gantt(timeline: &Timeline) -> String {
    let mut text = String::from("gantt\n  dateFormat YYYY-MM-DDTHH:mm:ssZ\n  axisFormat %Y-%m-%d\n");
    // Mermaid knows the reader's clock alone; the question's own time is a milestone.
    text.push_str("  todayMarker off\n");
    if !timeline.title.is_empty() {
        let _ = writeln!(text, "  title {}", words(&timeline.title));
    }
    if let Some(now) = timeline.now {
        let _ = writeln!(text, "  section now\n  now :milestone, {now}, 0s");
    }
    let mut section = None;
    for row in &timeline.rows {
        if section != Some(&row.group) {
            section = Some(&row.group);
            let name = words(&row.group);
            let _ = writeln!(text, "  section {name}");
        }
        for bar in &row.bars {
            let name = match (row.label.as_str(), bar.label.as_str()) {
                (row, "") => words(row),
                (row, bar) => words(&format!("{row} {bar}")),
            };
            let tag = match bar.tone {
                Tone::Bad => "crit, ",
                Tone::Good => "active, ",
                Tone::Muted => "done, ",
                Tone::Plain | Tone::Note | Tone::Warning => "",
            };
            let _ = match bar.end.filter(|end| *end > bar.start) {
                Some(end) => writeln!(text, "  {name} :{tag}{}, {end}", bar.start),
                None => writeln!(text, "  {name} :{tag}milestone, {}, 0s", bar.start),
            };
        }
    }
    text
}

/// A text of a Gantt chart, which has no way to write a colon, a semicolon or a number sign: letters, figures and
/// a few signs stay, others become look-alikes or blanks.
fn words(text: &str) -> String {
    let text: String = shown(text)
        .chars()
        .map(|character| match character {
            ':' => '∶',
            ';' => ',',
            '#' => '♯',
            '%' => '٪',
            other if other.is_alphanumeric() || " -_/.,()".contains(other) || other > '\u{2FF}' => other,
            _ => ' ',
        })
        .collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = text.chars().next();
    // Lines that begin with a word of the language or with a date mean something else.
    let spoken = KEYWORDS
        .iter()
        .any(|word| text.get(..word.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(word)));
    if spoken || first.is_none_or(|first| !first.is_alphabetic()) { format!("· {text}") } else { text }
}

const KEYWORDS: [&str; 16] = [
    "gantt",
    "dateFormat",
    "inclusiveEndDates",
    "topAxis",
    "axisFormat",
    "tickInterval",
    "includes",
    "excludes",
    "todayMarker",
    "weekday",
    "weekend",
    "title",
    "acc",
    "section",
    "click",
    "call",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_references() {
        assert_eq!(quoted("a\"b]#%%"), "\"a#34;b#93;#35;#37;#37;\"");
        assert_eq!(quoted(""), "\"#160;\"");
        assert_eq!(words("a: b; %% c\n click"), "a∶ b, ٪٪ c click");
        assert_eq!(words("Section x"), "· Section x");
        assert_eq!(words("2026-01-01"), "· 2026-01-01");
    }
}
