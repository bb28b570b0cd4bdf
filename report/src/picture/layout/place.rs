//! Sizes and coordinates: every node as near to the middle of its neighbours as the others let it.

use super::order::{Neighbours, mean, real, slot};
use super::{Item, Layout};

/// Sizes of what is drawn, in pixels.
pub(crate) const NODE_HEIGHT: f64 = 38.0;
const GAP: f64 = 10.0;
const BEND: f64 = 8.0;
const NARROWEST: f64 = 90.0;
const WIDEST: f64 = 260.0;
/// Between the nodes of a cluster and its frame, and above them its name.
const PADDING: f64 = 14.0;
const CAPTION: f64 = 24.0;
/// Between bands.
const BETWEEN: f64 = 18.0;

/// Where everything stands.
#[derive(Debug, Default)]
pub(crate) struct Placed {
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// The frame of each band: left, top, width, height.
    pub(crate) frames: Vec<(Option<usize>, [f64; 4])>,
    /// Left and top of each node, and its width.
    pub(crate) nodes: Vec<[f64; 3]>,
    /// The middle of each bend.
    pub(crate) bends: Vec<[f64; 2]>,
    /// Left and width of each column.
    pub(crate) columns: Vec<[f64; 2]>,
}

/// Gives everything its coordinates; `wanted` is how wide each node would like to be, and
/// `label` the widest label of an edge.
pub(crate) fn place(layout: &Layout, wanted: &[f64], label: f64) -> Placed {
    let nodes = wanted.len();
    let mut placed = Placed {
        nodes: vec![[0.0; 3]; nodes],
        bends: vec![[0.0; 2]; layout.bends],
        columns: columns(layout, wanted, label),
        ..Placed::default()
    };
    let neighbours = Neighbours::of(&layout.routes, nodes, layout.bends);
    let framed = layout.bands.iter().any(|band| band.cluster.is_some());
    let (mut top, mut middles) = (PADDING, vec![0.0; nodes.saturating_add(layout.bends)]);
    for band in &layout.bands {
        let caption = if band.cluster.is_some() { CAPTION } else { 0.0 };
        let begin = top + caption + if framed { PADDING / 2.0 } else { 0.0 };
        let mut bottom = settle(&band.columns, &neighbours, nodes, begin, &mut middles);
        for (index, column) in band.columns.iter().enumerate() {
            let Some([left, wide]) = placed.columns.get(index).copied() else { continue };
            for item in column {
                let middle = middles.get(slot(*item, nodes)).copied().unwrap_or(0.0);
                match item {
                    Item::Node(node) => {
                        if let Some(own) = placed.nodes.get_mut(*node) {
                            *own = [left, middle - NODE_HEIGHT / 2.0, wide];
                        }
                    }
                    Item::Bend(bend) => {
                        if let Some(own) = placed.bends.get_mut(*bend) {
                            *own = [left + wide / 2.0, middle];
                        }
                    }
                }
            }
        }
        for row in band.shelf.chunks(band.shelf_columns.max(1)) {
            bottom += if bottom > begin { GAP } else { 0.0 };
            for (index, node) in row.iter().enumerate() {
                if let (Some(own), Some([left, wide])) =
                    (placed.nodes.get_mut(*node), placed.columns.get(index))
                {
                    *own = [*left, bottom, *wide];
                }
            }
            bottom += NODE_HEIGHT;
        }
        bottom += if framed { PADDING } else { 0.0 };
        placed.frames.push((band.cluster, [0.0, top, 0.0, bottom - top]));
        top = bottom + BETWEEN;
    }
    let right = placed.columns.iter().fold(0.0, |right: f64, [left, wide]| right.max(left + wide));
    placed.width = right + PADDING * 2.0;
    placed.height = (top - BETWEEN + PADDING).max(PADDING * 2.0);
    for (_, frame) in &mut placed.frames {
        *frame = [PADDING / 2.0, frame[1], placed.width - PADDING, frame[3]];
    }
    placed
}

/// Left and width of each column: as wide as its widest node wants, with room for the edges behind it.
fn columns(layout: &Layout, wanted: &[f64], label: f64) -> Vec<[f64; 2]> {
    let mut widths = vec![0.0_f64; layout.columns];
    for band in &layout.bands {
        for (index, column) in band.columns.iter().enumerate() {
            for item in column {
                if let (Item::Node(node), Some(wide)) = (item, widths.get_mut(index)) {
                    *wide = wide.max(wanted.get(*node).copied().unwrap_or(0.0));
                }
            }
        }
        for (index, node) in band.shelf.iter().enumerate() {
            if let Some(wide) = widths.get_mut(index % band.shelf_columns.max(1)) {
                *wide = wide.max(wanted.get(*node).copied().unwrap_or(0.0));
            }
        }
    }
    // The more edges cross from one column to the next, the more room they need.
    let per_gap = if layout.columns > 1 { layout.routes.len() / layout.columns } else { 0 };
    let gap = (56.0 + real(per_gap)).max(label + 24.0).min(150.0);
    let mut left = PADDING * 1.5;
    widths
        .into_iter()
        .map(|wide| {
            let column = [left, wide.clamp(NARROWEST, WIDEST)];
            left += column[1] + gap;
            column
        })
        .collect()
}

/// Finds the middle of each item of a band; says where the band ends.
fn settle(
    columns: &[Vec<Item>],
    neighbours: &Neighbours,
    nodes: usize,
    top: f64,
    middles: &mut [f64],
) -> f64 {
    let mut inside = vec![false; middles.len()];
    for column in columns {
        let mut at = top;
        for item in column {
            let (own, height) = (slot(*item, nodes), height(*item));
            if let (Some(middle), Some(inside)) = (middles.get_mut(own), inside.get_mut(own)) {
                *middle = at + height / 2.0;
                *inside = true;
            }
            at += height + GAP;
        }
    }
    let order = (0..columns.len()).chain((0..columns.len()).rev()).chain(0..columns.len());
    for (step, index) in order.enumerate() {
        let Some(column) = columns.get(index) else { continue };
        let wishes: Vec<f64> = column
            .iter()
            .map(|item| {
                let own = slot(*item, nodes);
                let both = [neighbours.left(own), neighbours.right(own)];
                let sides = match step / columns.len().max(1) {
                    0 => &both[..1],
                    1 => &both[1..],
                    _ => &both[..],
                };
                let near = sides.iter().copied().flatten().filter(|near| inside.get(**near) == Some(&true));
                mean(near.filter_map(|near| middles.get(*near)).copied())
                    .or_else(|| middles.get(own).copied())
                    .unwrap_or(top)
            })
            .collect();
        let heights: Vec<f64> = column.iter().map(|item| height(*item)).collect();
        for (item, middle) in column.iter().zip(apart(&wishes, &heights)) {
            if let Some(own) = middles.get_mut(slot(*item, nodes)) {
                *own = middle;
            }
        }
    }
    // Up again to where the band begins.
    let items = || columns.iter().flatten();
    let edge = |item: &Item, sign: f64| {
        middles.get(slot(*item, nodes)).copied().unwrap_or(top) + sign * height(*item) / 2.0
    };
    let first = items().map(|item| edge(item, -1.0)).fold(f64::INFINITY, f64::min);
    let last = items().map(|item| edge(item, 1.0)).fold(f64::NEG_INFINITY, f64::max);
    if first > last {
        return top;
    }
    for item in items() {
        if let Some(own) = middles.get_mut(slot(*item, nodes)) {
            *own += top - first;
        }
    }
    last + top - first
}

fn height(item: Item) -> f64 {
    match item {
        Item::Node(_) => NODE_HEIGHT,
        Item::Bend(_) => BEND,
    }
}

/// The places nearest to what is wished, in order and without touching: what collides moves together as a block to
/// the middle of its wishes.
fn apart(wishes: &[f64], heights: &[f64]) -> Vec<f64> {
    // Distances from the top of the column take the sizes out of the question.
    let mut offsets = Vec::with_capacity(wishes.len());
    let mut offset = 0.0;
    for height in heights {
        offsets.push(offset + height / 2.0);
        offset += height + GAP;
    }
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        let mut block = (wish - offset, 1_usize);
        while let Some((middle, many)) = blocks.last().copied().filter(|(middle, _)| *middle > block.0) {
            let together = many.saturating_add(block.1);
            block = ((middle * real(many) + block.0 * real(block.1)) / real(together), together);
            blocks.pop();
        }
        blocks.push(block);
    }
    let shifts = blocks.iter().flat_map(|(shift, many)| std::iter::repeat_n(*shift, *many));
    shifts.zip(&offsets).map(|(shift, offset)| shift + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_collides_moves_together() {
        let heights = [NODE_HEIGHT; 3];
        let places = apart(&[100.0, 100.0, 100.0], &heights);
        assert_eq!(places, [52.0, 100.0, 148.0]);
        assert_eq!(apart(&[0.0, 500.0], &heights[..2]), [0.0, 500.0]);
    }
}
