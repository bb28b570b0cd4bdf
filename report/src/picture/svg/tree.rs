//! A tree from top to bottom, what belongs together indented.

use super::{Canvas, class, text_width};
use crate::picture::Tree;
use crate::picture::shown::{cut, shown};

const LINE: f64 = 26.0;
const INDENT: f64 = 22.0;
/// No text is drawn longer.
const LONGEST: usize = 100;

pub(super) fn draw(tree: &Tree) -> Canvas {
    let mut canvas = Canvas::default();
    let branches = tree.branches();
    let mut rows = vec![0.0; tree.nodes.len()];
    let mut top = 4.0;
    let mut kinds: Vec<&str> = Vec::new();
    for branch in &branches {
        let node = branch.node;
        let depth = f64::from(u32::try_from(branch.last.len()).unwrap_or(u32::MAX));
        let left = depth * INDENT + 4.0;
        let middle = top + LINE / 2.0;
        if let Some(row) = rows.get_mut(branch.index) {
            *row = middle;
        }
        if let Some(above) = branch.parent.and_then(|parent| rows.get(parent)) {
            let (from, corner) = (left - INDENT + 7.0, above + 8.0);
            canvas.line("branch", [from, corner, from, middle]);
            canvas.line("branch", [from, middle, left - 3.0, middle]);
        }
        canvas.begin("g", &[("class", &format!("node {}", class(node.tone)))]);
        let mut at = left + 4.0;
        if !node.kind.is_empty() {
            if !kinds.contains(&node.kind.as_str()) {
                kinds.push(&node.kind);
            }
            let color = kinds.iter().position(|kind| *kind == node.kind).unwrap_or(7);
            canvas.rectangle(&format!("k{}", color % 8), [at - 4.0, middle - 8.0, 4.0, 16.0], 2.0);
            at += 6.0;
        }
        if !node.tone.mark().is_empty() {
            canvas.text("sign strong", at, middle + 4.0, node.tone.mark());
            at += 14.0;
        }
        let label = cut(&shown(&node.label), LONGEST);
        canvas.text("strong", at, middle + 4.0, &label);
        at += text_width(&label) * 1.08 + 8.0;
        let facts = node.details.iter().map(|detail| format!("{}: {}", detail.name, detail.value));
        let facts: Vec<String> =
            [node.kind.clone()].into_iter().filter(|kind| !kind.is_empty()).chain(facts).collect();
        let facts = cut(&shown(&facts.join(" · ")), LONGEST);
        canvas.text("soft small", at, middle + 4.0, &facts);
        at += text_width(&facts) * 0.9;
        canvas.end("g");
        top += LINE;
        canvas.reach(at + 8.0, top);
    }
    canvas
}
