//! Pictures for spreadsheets: RFC 4180, and no cell that a spreadsheet would calculate.

use super::graph::Resolved;
use super::{Graph, Header, HeatMap, Matrix, Picture, Table, Timeline, Tree};

pub(super) fn write(picture: &Picture) -> String {
    match picture {
        Picture::Graph(picture) => graph(picture),
        Picture::Tree(picture) => tree(picture),
        Picture::Table(picture) => table(picture),
        Picture::Matrix(picture) => matrix(picture),
        Picture::HeatMap(picture) => heat_map(picture),
        Picture::Timeline(picture) => timeline(picture),
    }
}

/// Lines of cells.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.0.push_str(cell.as_ref());
        }
        self.0.push_str("\r\n");
    }
}

/// A text that spreadsheets take for a text.
pub(super) fn text(text: &str) -> String {
    // What begins with one of these is calculated, and a calculation can start programs and fetch addresses.
    let calculated = text
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '|', '%'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let quote = text.contains([',', '"', '\n', '\r', '\t', ';', '\0'])
        || text.starts_with(char::is_whitespace)
        || text.ends_with(char::is_whitespace);
    let text = text.replace('\0', "\u{FFFD}").replace('"', "\"\"");
    let text = if calculated { format!("'{text}") } else { text };
    if quote { format!("\"{text}\"") } else { text }
}

fn graph(graph: &Graph) -> String {
    let graph = Resolved::of(graph);
    let mut lines = Lines::default();
    lines.line(["fromCluster", "fromKind", "from", "edge", "label", "toCluster", "toKind", "to"]);
    let ends = |index: usize| -> [String; 3] {
        let Some(node) = graph.nodes.get(index) else { return Default::default() };
        let cluster = node.cluster.and_then(|cluster| graph.clusters.get(cluster));
        [text(cluster.map_or("", |cluster| &cluster.label)), text(&node.node.kind), text(&node.node.label)]
    };
    let mut connected = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        for end in [edge.from, edge.to] {
            if let Some(connected) = connected.get_mut(end) {
                *connected = true;
            }
        }
        let own = [text(&edge.edge.kind), text(&edge.edge.label)];
        lines.line(ends(edge.from).into_iter().chain(own).chain(ends(edge.to)));
    }
    // Nodes without an edge stand alone.
    for (index, _) in connected.iter().enumerate().filter(|(_, connected)| !**connected) {
        lines.line(ends(index).into_iter().chain(std::iter::repeat_n(String::new(), 5)));
    }
    lines.0
}

fn tree(tree: &Tree) -> String {
    let mut lines = Lines::default();
    lines.line(["depth", "kind", "label", "parent", "location"]);
    for branch in tree.branches() {
        let parent = branch.parent.and_then(|parent| tree.nodes.get(parent));
        let node = branch.node;
        lines.line([
            branch.last.len().to_string(),
            text(&node.kind),
            text(&node.label),
            text(parent.map_or("", |parent| &parent.label)),
            text(node.location.as_deref().unwrap_or_default()),
        ]);
    }
    lines.0
}

fn table(table: &Table) -> String {
    let mut lines = Lines::default();
    let width = table.width();
    let padded = |cells: Vec<String>| {
        let missing = width.saturating_sub(cells.len());
        cells.into_iter().chain(std::iter::repeat_n(String::new(), missing))
    };
    lines.line(padded(table.columns.iter().map(|column| text(&column.label)).collect()));
    for row in &table.rows {
        lines.line(padded(row.iter().map(|cell| text(&cell.text)).collect()));
    }
    lines.0
}

fn grid(corner: &str, rows: &[Header], columns: &[Header], cell: impl Fn(usize, usize) -> String) -> String {
    let mut lines = Lines::default();
    lines.line(std::iter::once(text(corner)).chain(columns.iter().map(|column| text(&column.full()))));
    for (index, row) in rows.iter().enumerate() {
        let cells = (0..columns.len()).map(|column| cell(index, column));
        lines.line(std::iter::once(text(&row.full())).chain(cells));
    }
    lines.0
}

fn matrix(matrix: &Matrix) -> String {
    grid(&matrix.row_title, &matrix.rows, &matrix.columns, |row, column| {
        matrix.state(row, column).map(|state| text(&state.id)).unwrap_or_default()
    })
}

fn heat_map(map: &HeatMap) -> String {
    grid(&map.row_title, &map.rows, &map.columns, |row, column| {
        map.cell(row, column).map(|number| number.to_string()).unwrap_or_default()
    })
}

fn timeline(timeline: &Timeline) -> String {
    let mut lines = Lines::default();
    lines.line(["group", "row", "label", "start", "end", "tone"]);
    for row in &timeline.rows {
        for bar in &row.bars {
            lines.line([
                text(&row.group),
                text(&row.label),
                text(&bar.label),
                bar.start.to_string(),
                bar.end.map(|end| end.to_string()).unwrap_or_default(),
                bar.tone.name().to_owned(),
            ]);
        }
    }
    lines.0
}
