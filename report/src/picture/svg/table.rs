//! A table with a line below each row.

use super::{Canvas, class, text_width};
use crate::picture::shown::{cut, shown};
use crate::picture::{Align, Table};

const LINE: f64 = 26.0;
const GAP: f64 = 24.0;
/// No cell is drawn longer.
const LONGEST: usize = 60;

pub(super) fn draw(table: &Table) -> Canvas {
    let mut canvas = Canvas::default();
    let text = |text: &str| cut(&shown(text), LONGEST);
    let mut widths = vec![0.0_f64; table.width()];
    for (wide, column) in widths.iter_mut().zip(&table.columns) {
        *wide = wide.max(text_width(&text(&column.label)) * 1.08);
    }
    for row in &table.rows {
        for (wide, cell) in widths.iter_mut().zip(row) {
            let mark = if cell.tone.mark().is_empty() { 0.0 } else { 14.0 };
            *wide = wide.max(text_width(&text(&cell.text)) + mark);
        }
    }
    let right = widths.iter().fold(0.0, |sum, wide| sum + wide + GAP);
    let mut left = 4.0;
    for (index, (wide, column)) in widths.iter().zip(&table.columns).enumerate() {
        let (class, at) = match table.align(index) {
            Align::Left => ("strong soft", left),
            Align::Right => ("strong soft end", left + wide),
        };
        canvas.text(class, at, 17.0, &text(&column.label));
        left += wide + GAP;
    }
    canvas.line("rule", [0.0, LINE, right, LINE]);
    let mut top = LINE;
    for row in &table.rows {
        let mut left = 4.0;
        for (index, (wide, cell)) in widths.iter().zip(row).enumerate() {
            canvas.begin("g", &[("class", &class(cell.tone))]);
            let mut at = left;
            if !cell.tone.mark().is_empty() {
                canvas.text("sign strong", at, top + 17.0, cell.tone.mark());
                at += 14.0;
            }
            match table.align(index) {
                Align::Left => canvas.text("cell", at, top + 17.0, &text(&cell.text)),
                Align::Right => canvas.text("cell end", left + wide, top + 17.0, &text(&cell.text)),
            }
            canvas.end("g");
            left += wide + GAP;
        }
        top += LINE;
        canvas.line("rule", [0.0, top, right, top]);
    }
    canvas.reach(right, top);
    canvas
}
