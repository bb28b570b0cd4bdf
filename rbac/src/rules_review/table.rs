//! Columns as kubectl aligns them.

/// The narrowest column, and the space behind its widest cell.
const NARROWEST: usize = 6;
const PADDING: usize = 3;

/// Aligns cells that end with a tab. A column reaches over lines that follow each other and have a cell in it; what
/// stands behind the last tab of a line belongs to no column.
pub(super) fn aligned(text: &str) -> String {
    // upstream: cli-runtime pkg/printers/tabwriter.go
    let lines: Vec<Vec<&str>> = text.split('\n').map(|line| line.split('\t').collect()).collect();
    let columns = lines.iter().map(|line| line.len().saturating_sub(1)).max().unwrap_or_default();
    let mut widths: Vec<Vec<usize>> =
        lines.iter().map(|line| vec![0; line.len().saturating_sub(1)]).collect();
    for column in 0..columns {
        let mut start = 0;
        while start < lines.len() {
            let in_block = |line: &Vec<&str>| line.len() > column + 1;
            let length = lines.iter().skip(start).take_while(|line| in_block(line)).count();
            let block = lines.iter().skip(start).take(length);
            let widest = block.filter_map(|line| line.get(column)).map(|cell| cell.chars().count()).max();
            let width = (widest.unwrap_or_default() + PADDING).max(NARROWEST);
            for line in widths.iter_mut().skip(start).take(length) {
                if let Some(cell) = line.get_mut(column) {
                    *cell = width;
                }
            }
            start += length.max(1);
        }
    }
    let mut out = String::new();
    for (index, (line, widths)) in lines.iter().zip(&widths).enumerate() {
        if index > 0 {
            out.push('\n');
        }
        for (cell, width) in line.iter().zip(widths) {
            out.push_str(cell);
            out.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.chars().count())));
        }
        out.push_str(line.last().copied().unwrap_or_default());
    }
    out
}
