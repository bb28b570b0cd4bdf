//! Matrices and heat maps: as many columns side by side as fit, then the next ones below.

use std::fmt::Write as _;

use super::Paint;
use crate::picture::heat_map::short;
use crate::picture::shown::{cut, left, right, shown, width};
use crate::picture::{Header, HeatMap, Matrix, Tone};

/// What cells look like.
struct Look<'a> {
    /// The text of a cell, and its tone.
    cell: &'a dyn Fn(usize, usize) -> (String, Tone),
    /// The widest text of a cell of this column.
    widest: &'a dyn Fn(usize) -> usize,
    /// Whether cells stand at the right, as numbers do.
    numbers: bool,
}

/// No label of a row takes more than this.
const LABEL: usize = 40;
/// Column labels that are longer are numbered and listed.
const HEADER: usize = 14;

pub(super) fn matrix(matrix: &Matrix, columns: usize, paint: Paint) -> String {
    let symbols: Vec<String> = matrix.states.iter().map(|state| shown(&state.symbol)).collect();
    let widest = symbols.iter().map(|symbol| width(symbol)).max().unwrap_or(0);
    let cell = |row: usize, column: usize| {
        let Some(position) = matrix.cell(row, column).and_then(|cell| cell.state) else {
            return (String::new(), Tone::Plain);
        };
        match (symbols.get(position), matrix.states.get(position)) {
            (Some(symbol), Some(state)) => (symbol.clone(), state.tone),
            _ => ("?".to_owned(), Tone::Warning),
        }
    };
    let look = Look { cell: &cell, widest: &|_| widest.max(1), numbers: false };
    let mut text = grid(&matrix.rows, &matrix.columns, &look, columns, paint);
    let legend = matrix.states.iter().zip(&symbols).filter(|(state, _)| !state.label.is_empty());
    let legend: Vec<String> = legend
        .map(|(state, symbol)| {
            paint.tone(state.tone, &format!("{symbol} {}", shown(&state.label))).into_owned()
        })
        .collect();
    if !legend.is_empty() {
        let _ = writeln!(text, "\n{}", legend.join("   "));
    }
    text
}

pub(super) fn heat_map(map: &HeatMap, columns: usize, paint: Paint) -> String {
    let scale = map.scale();
    let cell = |row: usize, column: usize| match map.cell(row, column) {
        Some(number) => (format!("{} {}", shade(scale.heat(number)), short(number)), Tone::Plain),
        None => (String::new(), Tone::Plain),
    };
    let widest =
        |column: usize| (0..map.rows.len()).map(|row| width(&cell(row, column).0)).max().unwrap_or(0);
    let look = Look { cell: &cell, widest: &widest, numbers: true };
    let mut text = grid(&map.rows, &map.columns, &look, columns, paint);
    let unit = shown(&map.unit);
    let _ = writeln!(text, "\n· {}{unit}  ░▒▓  █ {}{unit}", short(scale.min), short(scale.max));
    text
}

fn shade(heat: f64) -> char {
    match heat {
        heat if heat < 0.2 => '·',
        heat if heat < 0.4 => '░',
        heat if heat < 0.6 => '▒',
        heat if heat < 0.8 => '▓',
        _ => '█',
    }
}

fn grid(rows: &[Header], columns: &[Header], look: &Look<'_>, limit: usize, paint: Paint) -> String {
    let labels: Vec<String> = rows.iter().map(|row| cut(&shown(&row.full()), LABEL)).collect();
    let label_width = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let full: Vec<String> = columns.iter().map(|column| shown(&column.full())).collect();
    let numbered = full.iter().any(|label| width(label) > HEADER);
    let header = |index: usize| -> String {
        if numbered {
            index.saturating_add(1).to_string()
        } else {
            full.get(index).cloned().unwrap_or_default()
        }
    };
    let widths: Vec<usize> =
        (0..columns.len()).map(|index| width(&header(index)).max((look.widest)(index))).collect();
    let align = |text: &str, columns: usize| {
        if look.numbers { right(text, columns) } else { left(text, columns) }
    };

    let mut text = String::new();
    let mut begin = 0;
    while begin < columns.len() || begin == 0 {
        let mut end = begin;
        let mut used = label_width;
        while let Some(wide) = widths.get(end) {
            used = used.saturating_add(wide.saturating_add(2));
            if used > limit && end > begin {
                break;
            }
            end = end.saturating_add(1);
        }
        if begin > 0 {
            text.push('\n');
        }
        text.push_str(&" ".repeat(label_width));
        for index in begin..end {
            let wide = widths.get(index).copied().unwrap_or(0);
            let _ = write!(text, "  {}", paint.bold(&align(&header(index), wide)));
        }
        text.push('\n');
        for (row, label) in labels.iter().enumerate() {
            let tone = rows.get(row).map_or(Tone::Plain, |row| row.tone);
            text.push_str(&paint.tone(tone, &left(label, label_width)));
            for column in begin..end {
                let (cell, tone) = (look.cell)(row, column);
                let wide = widths.get(column).copied().unwrap_or(0);
                let _ = write!(text, "  {}", paint.tone(tone, &align(&cell, wide)));
            }
            text.push('\n');
        }
        if end == begin {
            break;
        }
        begin = end;
    }
    if numbered {
        text.push('\n');
        let digits = columns.len().to_string().len();
        for (index, label) in full.iter().enumerate() {
            let number = right(&index.saturating_add(1).to_string(), digits);
            let _ = writeln!(text, "{} {label}", paint.bold(&number));
        }
    }
    text
}
