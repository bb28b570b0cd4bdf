//! A table as kubectl prints one: columns by blanks, no lines.

use super::Paint;
use crate::picture::shown::{cut, left, right, shown, width};
use crate::picture::{Align, Table, Tone};

/// Between columns.
const GAP: usize = 2;
/// No column is cut below this.
const NARROWEST: usize = 6;

pub(super) fn write(table: &Table, columns: usize, paint: Paint) -> String {
    let mut lines: Vec<Vec<(String, Option<Tone>)>> = Vec::new();
    if table.columns.iter().any(|column| !column.label.is_empty()) {
        let titles = table.columns.iter().map(|column| (shown(&column.label).to_uppercase(), None));
        lines.push(titles.collect());
    }
    for row in &table.rows {
        let cells = row.iter().map(|cell| {
            let text = shown(&cell.text);
            let marked = match cell.tone.mark() {
                "" => text,
                mark => format!("{mark} {text}"),
            };
            (marked, Some(cell.tone))
        });
        lines.push(cells.collect());
    }
    let mut widths = vec![0_usize; table.width()];
    for line in &lines {
        for (wide, (text, _)) in widths.iter_mut().zip(line) {
            *wide = (*wide).max(width(text));
        }
    }
    narrow(&mut widths, columns);
    let mut text = String::new();
    for line in &lines {
        for (index, (wide, (cell, tone))) in widths.iter().zip(line).enumerate() {
            if index > 0 {
                text.push_str(&" ".repeat(GAP));
            }
            let cell = cut(cell, *wide);
            let padded = match table.align(index) {
                Align::Left => left(&cell, *wide),
                Align::Right => right(&cell, *wide),
            };
            text.push_str(&match tone {
                Some(tone) => paint.tone(*tone, &padded),
                None => paint.bold(&padded),
            });
        }
        text.push('\n');
    }
    text
}

/// Takes from the widest columns until the line fits, as far as that goes.
pub(super) fn narrow(widths: &mut [usize], columns: usize) {
    let gaps = widths.len().saturating_sub(1).saturating_mul(GAP);
    let mut total = widths.iter().fold(gaps, |sum, wide| sum.saturating_add(*wide));
    while total > columns {
        let widest = widths.iter().copied().max().unwrap_or(0);
        if widest <= NARROWEST {
            return;
        }
        // Down to the next one, but no further than needed.
        let next = widths.iter().copied().filter(|wide| *wide < widest).max().unwrap_or(0).max(NARROWEST);
        let many = widths.iter().filter(|wide| **wide == widest).count();
        let each =
            total.saturating_sub(columns).div_ceil(many.max(1)).min(widest.saturating_sub(next)).max(1);
        for wide in widths.iter_mut().filter(|wide| **wide == widest) {
            *wide = wide.saturating_sub(each);
            total = total.saturating_sub(each);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::narrow;

    #[test]
    fn the_widest_columns_give_way() {
        let mut widths = [10, 40, 30];
        narrow(&mut widths, 60);
        assert_eq!(widths, [10, 23, 23]);
        let mut hopeless = [6, 6, 6];
        narrow(&mut hopeless, 10);
        assert_eq!(hopeless, [6, 6, 6]);
        let mut huge = [1_000_000_000, 5];
        narrow(&mut huge, 50);
        assert_eq!(huge, [43, 5]);
    }
}
