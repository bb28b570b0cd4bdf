//! Pictures as drawings: light or dark as the reader's system is, every text a text.

mod canvas;
mod edge;
mod graph;
mod grid;
mod table;
mod timeline;
mod tree;

use canvas::Canvas;

use super::{Picture, Tone};

/// The drawing below its title.
pub(super) fn write(picture: &Picture) -> String {
    let body = match picture {
        Picture::Graph(picture) => graph::draw(picture),
        Picture::Tree(picture) => tree::draw(picture),
        Picture::Table(picture) => table::draw(picture),
        Picture::Matrix(picture) => grid::matrix(picture),
        Picture::HeatMap(picture) => grid::heat_map(picture),
        Picture::Timeline(picture) => timeline::draw(picture),
    };
    canvas::page(picture, &body)
}

/// About how wide a letter is, in the widest of the usual fonts.
const LETTER: f64 = 7.2;

/// The class of a tone.
fn class(tone: Tone) -> &'static str {
    tone.name()
}

/// About how wide a text is, in pixels at 12 pixels height.
fn text_width(text: &str) -> f64 {
    let columns = u32::try_from(super::shown::width(text)).unwrap_or(u32::MAX);
    f64::from(columns) * LETTER
}

/// How many columns of text fit into so many pixels.
fn columns_in(pixels: f64) -> usize {
    let mut columns = 0_usize;
    // A hair more, for sums of sizes are not exact.
    let mut used = LETTER - 0.01;
    while used <= pixels && columns < 1_000 {
        columns = columns.saturating_add(1);
        used += LETTER;
    }
    columns
}
