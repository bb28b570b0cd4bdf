//! Pictures for GitHub and the like.

use std::fmt::Write as _;

use super::heat_map::short;
use super::shown::shown;
use super::{Align, Header, HeatMap, Matrix, Picture, Table, Timeline, Tree, mermaid};

pub(super) fn write(picture: &Picture) -> String {
    let mut text = String::new();
    if !picture.title().is_empty() {
        let _ = writeln!(text, "### {}\n", escape(picture.title()));
    }
    if !picture.description().is_empty() {
        let _ = writeln!(text, "{}\n", escape(picture.description()));
    }
    let body = match picture {
        Picture::Graph(_) => format!("```mermaid\n{}```\n", mermaid::write(picture).unwrap_or_default()),
        Picture::Tree(picture) => tree(picture),
        Picture::Table(picture) => table(picture),
        Picture::Matrix(picture) => matrix(picture),
        Picture::HeatMap(picture) => heat_map(picture),
        Picture::Timeline(picture) => timeline(picture),
    };
    text + &body
}

/// A text that stays a text: no markup, no links, no mentions, no end of a cell.
pub(super) fn escape(text: &str) -> String {
    let text = shown(text);
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut first = true;
    while let Some(character) = rest.next() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // Addresses and mentions become links by themselves.
            '@' => escaped.push_str("&#64;"),
            ':' if rest.peek() == Some(&'/') => escaped.push_str("&#58;"),
            '.' if escaped.to_ascii_lowercase().ends_with("www") => escaped.push_str("&#46;"),
            // Headings, lists and numbers begin a line; #12 is an issue.
            '#' => escaped.push_str("&#35;"),
            '-' | '+' | '=' if first => {
                escaped.push('\\');
                escaped.push(character);
            }
            '.' | ')' if escaped.bytes().all(|byte| byte.is_ascii_digit()) => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
        first = false;
    }
    // Blanks at the beginning would make code of it.
    escaped.trim().to_owned()
}

/// Lines between bars.
fn row(cells: impl IntoIterator<Item = String>) -> String {
    let mut line = String::from("|");
    for cell in cells {
        let _ = write!(line, " {cell} |");
    }
    line.push('\n');
    line
}

fn rule(columns: impl IntoIterator<Item = Align>) -> String {
    row(columns.into_iter().map(|align| match align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    }))
}

fn table(table: &Table) -> String {
    let width = table.width();
    let padded = |mut cells: Vec<String>| {
        cells.resize(width, String::new());
        row(cells)
    };
    let mut text = padded(table.columns.iter().map(|column| escape(&column.label)).collect());
    text.push_str(&rule((0..width).map(|column| table.align(column))));
    for line in &table.rows {
        let cells = line.iter().map(|cell| match cell.tone.mark() {
            "" => escape(&cell.text),
            mark => format!("{mark} {}", escape(&cell.text)),
        });
        text.push_str(&padded(cells.collect()));
    }
    text
}

fn grid(
    corner: &str,
    rows: &[Header],
    columns: &[Header],
    align: Align,
    cell: impl Fn(usize, usize) -> String,
) -> String {
    let titles = columns.iter().map(|column| escape(&column.full()));
    let mut text = row(std::iter::once(escape(corner)).chain(titles));
    text.push_str(&rule(std::iter::once(Align::Left).chain(columns.iter().map(|_| align))));
    for (index, header) in rows.iter().enumerate() {
        let cells = (0..columns.len()).map(|column| cell(index, column));
        text.push_str(&row(std::iter::once(escape(&header.full())).chain(cells)));
    }
    text
}

fn matrix(matrix: &Matrix) -> String {
    let cell = |row: usize, column: usize| {
        matrix.state(row, column).map(|state| escape(&state.symbol)).unwrap_or_default()
    };
    let mut text = grid(&matrix.row_title, &matrix.rows, &matrix.columns, Align::Left, cell);
    let legend: Vec<String> = matrix
        .states
        .iter()
        .map(|state| format!("{} {}", escape(&state.symbol), escape(&state.label)))
        .collect();
    if !legend.is_empty() {
        let _ = writeln!(text, "\n{}", legend.join(", "));
    }
    text
}

fn heat_map(map: &HeatMap) -> String {
    let unit = escape(&map.unit);
    grid(&map.row_title, &map.rows, &map.columns, Align::Right, |row, column| {
        map.cell(row, column).map(|number| format!("{}{unit}", short(number))).unwrap_or_default()
    })
}

fn tree(tree: &Tree) -> String {
    let mut text = String::new();
    for branch in tree.branches() {
        let node = branch.node;
        let indent = "  ".repeat(branch.last.len());
        let kind = if node.kind.is_empty() { String::new() } else { format!("{} ", escape(&node.kind)) };
        let mark = if node.tone.mark().is_empty() { String::new() } else { format!("{} ", node.tone.mark()) };
        let _ = writeln!(text, "{indent}- {mark}{kind}**{}**", escape(&node.label));
    }
    text
}

fn timeline(timeline: &Timeline) -> String {
    let titles = ["group", "row", "what", "start", "end"];
    let mut text = row(titles.map(str::to_owned));
    text.push_str(&rule(titles.map(|_| Align::Left)));
    for line in &timeline.rows {
        for bar in &line.bars {
            text.push_str(&row([
                escape(&line.group),
                escape(&line.label),
                match bar.tone.mark() {
                    "" => escape(&bar.label),
                    mark => format!("{mark} {}", escape(&bar.label)),
                },
                bar.start.to_string(),
                bar.end.map(|end| end.to_string()).unwrap_or_default(),
            ]));
        }
    }
    text
}
