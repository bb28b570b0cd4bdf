//! Matrices and heat maps: rows and columns with their names, a field for each pair.

use std::fmt::Write as _;

use super::{Canvas, class, text_width};
use crate::picture::heat_map::short;
use crate::picture::shown::{cut, shown};
use crate::picture::{Header, HeatMap, Matrix, Tone};

const HEIGHT: f64 = 24.0;
/// No name is drawn longer.
const LONGEST: usize = 40;
const TOP: f64 = 8.0;

/// Where fields are.
struct Frame {
    left: f64,
    top: f64,
    wide: f64,
    bottom: f64,
    right: f64,
}

pub(super) fn matrix(matrix: &Matrix) -> Canvas {
    let mut canvas = Canvas::default();
    let titles = [matrix.row_title.as_str(), matrix.column_title.as_str()];
    let frame = headers(&mut canvas, &matrix.rows, &matrix.columns, titles, HEIGHT);
    for (row, header) in matrix.rows.iter().enumerate() {
        for (column, other) in matrix.columns.iter().enumerate() {
            let Some(cell) = matrix.cell(row, column).filter(|cell| cell.state.is_some()) else { continue };
            let state = matrix.state(row, column);
            let (label, symbol, tone) = match state {
                Some(state) => (state.label.as_str(), state.symbol.as_str(), state.tone),
                None => ("unknown state", "?", Tone::Warning),
            };
            canvas.begin("g", &[("class", &class(tone))]);
            let mut tip = format!("{} → {}: {label}", header.full(), other.full());
            if !cell.detail.is_empty() {
                let _ = write!(tip, " ({})", cell.detail);
            }
            canvas.tip(&tip);
            let field = frame.field(row, column);
            canvas.rectangle("box", field, 3.0);
            canvas.text("sign mid", field[0] + field[2] / 2.0, field[1] + 15.5, &cut(&shown(symbol), 2));
            canvas.end("g");
        }
    }
    let mut left = 0.0;
    for (state, count) in matrix.states.iter().zip(matrix.counts()) {
        canvas.begin("g", &[("class", &class(state.tone))]);
        canvas.rectangle("box", [left, frame.bottom + 14.0, 20.0, 20.0], 3.0);
        canvas.text("sign mid", left + 10.0, frame.bottom + 28.0, &cut(&shown(&state.symbol), 2));
        let label = format!("{} ({count})", cut(&shown(&state.label), LONGEST));
        canvas.text("small", left + 26.0, frame.bottom + 28.0, &label);
        canvas.end("g");
        left += 26.0 + text_width(&label) + 14.0;
        canvas.reach(left, frame.bottom + 38.0);
    }
    canvas.reach(frame.right, frame.bottom + 4.0);
    canvas
}

pub(super) fn heat_map(map: &HeatMap) -> Canvas {
    let mut canvas = Canvas::default();
    let scale = map.scale();
    let unit = cut(&shown(&map.unit), 8);
    let number = |row: usize, column: usize| map.cell(row, column).map(short).unwrap_or_default();
    let mut wide = 40.0_f64;
    for row in 0..map.rows.len() {
        for column in 0..map.columns.len() {
            wide = wide.max(text_width(&number(row, column)) + 12.0);
        }
    }
    let titles = [map.row_title.as_str(), map.column_title.as_str()];
    let frame = headers(&mut canvas, &map.rows, &map.columns, titles, wide);
    for (row, header) in map.rows.iter().enumerate() {
        for (column, other) in map.columns.iter().enumerate() {
            let Some(value) = map.cell(row, column) else { continue };
            let heat = scale.heat(value);
            canvas.begin("g", &[]);
            canvas.tip(&format!("{} → {}: {value}{unit}", header.full(), other.full()));
            let field = frame.field(row, column);
            heated(&mut canvas, field, heat);
            let class = if heat > 0.55 { "mid onhot" } else { "mid" };
            canvas.text(class, field[0] + field[2] / 2.0, field[1] + 15.5, &short(value));
            canvas.end("g");
        }
    }
    let bottom = frame.bottom + 14.0;
    let cold = format!("{}{unit}", short(scale.min));
    canvas.text("small soft", 0.0, bottom + 12.0, &cold);
    let mut left = text_width(&cold) + 8.0;
    for step in 0..8_u32 {
        heated(&mut canvas, [left, bottom, 16.0, 16.0], f64::from(step) / 7.0);
        left += 16.0;
    }
    let hot = format!("{}{unit}", short(scale.max));
    canvas.text("small soft", left + 8.0, bottom + 12.0, &hot);
    canvas.reach(left + 8.0 + text_width(&hot), bottom + 22.0);
    canvas.reach(frame.right, frame.bottom + 4.0);
    canvas
}

/// The colour of heat above the colour of cold.
fn heated(canvas: &mut Canvas, field: [f64; 4], heat: f64) {
    canvas.rectangle("cold", field, 3.0);
    let [left, top, width, height] = field.map(super::canvas::px);
    canvas.element(
        "rect",
        &[
            ("class", &"hot"),
            ("x", &left),
            ("y", &top),
            ("width", &width),
            ("height", &height),
            ("rx", &3),
            ("fill-opacity", &format!("{heat:.3}")),
        ],
    );
}

impl Frame {
    fn field(&self, row: usize, column: usize) -> [f64; 4] {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        [
            self.left + count(column) * (self.wide + 2.0),
            self.top + count(row) * (HEIGHT + 2.0),
            self.wide,
            HEIGHT,
        ]
    }
}

/// Draws the names: rows at the left, columns above and turned.
fn headers(canvas: &mut Canvas, rows: &[Header], columns: &[Header], titles: [&str; 2], wide: f64) -> Frame {
    let name = |header: &Header| cut(&shown(&header.full()), LONGEST);
    let longest = |headers: &[Header], least: f64| {
        headers.iter().map(|header| text_width(&name(header))).fold(least, f64::max)
    };
    let corner = [titles[0], titles[1]].map(|title| cut(&shown(title), LONGEST));
    let left = longest(rows, text_width(&corner[0]) + text_width(&corner[1]) + 30.0) + 12.0;
    let turned = wide < longest(columns, 0.0) + 6.0;
    let top = TOP + if turned { longest(columns, 20.0) + 8.0 } else { 22.0 };
    let mut frame = Frame { left, top, wide, bottom: top, right: left };
    for (index, column) in columns.iter().enumerate() {
        let field = frame.field(0, index);
        canvas.begin("g", &[("class", &class(column.tone))]);
        let (x, y) = (field[0] + wide / 2.0 + if turned { 4.0 } else { 0.0 }, top - 8.0);
        if turned {
            canvas.begin("g", &[("transform", &format!("rotate(-90 {x} {y})"))]);
            canvas.text("small", x, y, &name(column));
            canvas.end("g");
        } else {
            canvas.text("small mid", x, y, &name(column));
        }
        canvas.end("g");
        frame.right = field[0] + wide;
    }
    if !corner[0].is_empty() || !corner[1].is_empty() {
        canvas.text(
            "small soft end",
            left - 8.0,
            top - 8.0,
            format!("{} ↓ {} →", corner[0], corner[1]).trim(),
        );
    }
    for (index, row) in rows.iter().enumerate() {
        let field = frame.field(index, 0);
        canvas.begin("g", &[("class", &class(row.tone))]);
        canvas.text("small end", left - 8.0, field[1] + 15.5, &name(row));
        canvas.end("g");
        frame.bottom = field[1] + HEIGHT;
    }
    frame
}
