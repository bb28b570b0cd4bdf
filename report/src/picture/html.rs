//! One page that needs nothing else: it searches, filters, folds and zooms, and can reach no network.
//!
//! The picture is in the page as JSON, and scripts make elements of it without ever parsing a text as markup. Beyond
//! that a Content-Security-Policy lets just these scripts and this style run, known by their hashes, and nothing load.

use std::fmt::Write as _;

use serde::Serialize;

use super::shown::shown;
use super::{Cell, Picture, PictureError, RenderOptions};

/// A part of the page with the SHA-256 of its text in base64, which a test holds.
struct Part {
    text: &'static str,
    hash: &'static str,
}

const STYLE: Part =
    Part { text: include_str!("html/page.css"), hash: "Ph/++r0FdnaVa3KULisgwL9ZjFemLh6ub64FS1xW8O4=" };
const BASE: Part =
    Part { text: include_str!("html/base.js"), hash: "sdPgpgKX4lc+H/FLxK102QEclbZXMqmH2n8UnHz+pL8=" };
const LAYOUT: Part =
    Part { text: include_str!("html/layout.js"), hash: "+UsoZl/pO+OXo1Zr7lCcpnB4WtXMBheDK5V3V3rxjcM=" };
const GRAPH: Part =
    Part { text: include_str!("html/graph.js"), hash: "Itd30bqVZlfYaNhPVoKDgC52KLcAY28+tgsGvsC366s=" };
const TREE: Part =
    Part { text: include_str!("html/tree.js"), hash: "ZGf9BD90pEoQeSrNq6M6sFMcNvhOOCsGokd9jfhiALA=" };
const TABLE: Part =
    Part { text: include_str!("html/table.js"), hash: "Wx0I3JZ+WHzTYLySVxGjTDJhKN1+lm9x6DAq0vjzi3M=" };
const GRID: Part =
    Part { text: include_str!("html/grid.js"), hash: "VLwh25Cm5HWfq+qrjDEW6d3moh0p/x0LPvEjJWKMQzQ=" };
const TIMELINE: Part =
    Part { text: include_str!("html/timeline.js"), hash: "A82heTA0vn1z+OqHWYjjuzsuQcFGM9CWgiYd7+9Dp0s=" };

/// What the scripts read.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    picture: &'a Picture,
    fold_above: usize,
    /// The cells of a matrix in few characters, for there may be many; the picture has none then.
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<Vec<Compact<'a>>>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Compact<'a> {
    State(Option<usize>),
    Full(&'a Cell),
}

impl<'a> Compact<'a> {
    fn of(cell: &'a Cell) -> Self {
        if cell.detail.is_empty() { Self::State(cell.state) } else { Self::Full(cell) }
    }
}

pub(super) fn write(picture: &Picture, options: &RenderOptions) -> Result<String, PictureError> {
    let scripts: &[Part] = match picture {
        Picture::Graph(_) => &[BASE, LAYOUT, GRAPH],
        Picture::Tree(_) => &[BASE, TREE],
        Picture::Table(_) => &[BASE, TABLE],
        Picture::Matrix(_) | Picture::HeatMap(_) => &[BASE, GRID],
        Picture::Timeline(_) => &[BASE, TIMELINE],
    };
    let data = match picture {
        Picture::Matrix(matrix) => {
            let cells = matrix.cells.iter().map(|row| row.iter().map(Compact::of).collect()).collect();
            let bare = Picture::Matrix(matrix.without_cells());
            let data = Data { picture: &bare, fold_above: options.fold_above, cells: Some(cells) };
            serde_json::to_string(&data)
        }
        _ => serde_json::to_string(&Data { picture, fold_above: options.fold_above, cells: None }),
    };
    let data = data.map_err(|error| PictureError::Json(error.to_string()))?;
    let hashes: Vec<String> = scripts.iter().map(|script| format!("'sha256-{}'", script.hash)).collect();
    let bodies: Vec<String> =
        scripts.iter().map(|script| format!("<script>{}</script>", script.text)).collect();
    let title = if picture.title().is_empty() { picture.kind() } else { picture.title() };
    Ok(format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {scripts}; style-src 'sha256-{style_hash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<div id="head"><h1>{title}</h1></div>
<p id="description">{description}</p>
<div id="bar"><div id="tools" role="toolbar" aria-label="Search and filters"></div><div id="status" role="status"></div></div>
</header>
<main><div id="view"><noscript>This page draws with JavaScript, which is turned off. The text form of the picture needs none.</noscript></div><aside id="panel" aria-label="Details" hidden></aside></main>
<footer id="legend" aria-label="Legend"></footer>
<script type="application/json" id="data">{data}</script>
{bodies}
</body>
</html>
"#,
        scripts = hashes.join(" "),
        style_hash = STYLE.hash,
        title = escape(title),
        style = STYLE.text,
        description = escape(picture.description()),
        data = inert(&data),
        bodies = bodies.join("\n"),
    ))
}

/// A text that stays a text in HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in shown(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// JSON that cannot end its element, begin a comment in it or end a line of a script: these characters stand in
/// strings alone, where JSON can write them by number.
fn inert(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => inert.push_str("\\u003c"),
            '>' => inert.push_str("\\u003e"),
            '&' => inert.push_str("\\u0026"),
            '\u{2028}' => inert.push_str("\\u2028"),
            '\u{2029}' => inert.push_str("\\u2029"),
            '\u{7f}'..='\u{9f}' => {
                let _ = write!(inert, "\\u{:04x}", u32::from(character));
            }
            // No character of HTML.
            '\u{FFFE}' => inert.push_str("\\ufffe"),
            '\u{FFFF}' => inert.push_str("\\uffff"),
            other => inert.push(other),
        }
    }
    inert
}

#[cfg(test)]
mod tests;
