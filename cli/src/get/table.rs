//! Objects as a table.

use kubelogic::object::FieldPath;

use super::Listed;
use crate::style::{Palette, shown};

const HEADERS: [&str; 4] = ["NAMESPACE", "KIND", "NAME", "SOURCE"];

/// Namespace, kind, name and place, apart by at least three blanks as kubectl prints columns.
pub(crate) fn text(listed: &[Listed<'_>], headers: bool, palette: Palette) -> String {
    let rows: Vec<[String; 4]> = listed.iter().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut widths = if headers { HEADERS.map(str::len) } else { [0; 4] };
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    if headers {
        text.push_str(&palette.bold(&line(&HEADERS, widths)));
        text.push('\n');
    }
    for row in &rows {
        text.push_str(&line(row, widths));
        text.push('\n');
    }
    text
}

fn row(listed: &Listed<'_>) -> [String; 4] {
    let place = listed.object.root().location(FieldPath::root());
    let source = match place.position {
        Some(position) => format!("{}:{}", place.source, position.line),
        None => place.to_string(),
    };
    let cell = |text: &str| match text {
        "" => "<none>".to_owned(),
        text => shown(text).replace('\n', " "),
    };
    let reference = &listed.reference;
    [
        cell(&reference.namespace),
        cell(&reference.group_kind().to_string()),
        cell(&reference.name),
        cell(&source),
    ]
}

fn line(cells: &[impl AsRef<str>; 4], widths: [usize; 4]) -> String {
    let mut text = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        let cell = cell.as_ref();
        text.push_str(cell);
        text.extend(std::iter::repeat_n(' ', width - cell.chars().count().min(width) + 3));
    }
    text.truncate(text.trim_end().len());
    text
}
