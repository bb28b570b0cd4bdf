//! The order in each column: everything near what it is connected with, so that few edges cross.

use super::{Band, Item, Route};

/// How often the columns are gone through, forth and back.
const SWEEPS: usize = 4;

pub(super) fn settle(bands: &mut [Band], routes: &[Route], nodes: usize, bend_count: usize) {
    let neighbours = Neighbours::of(routes, nodes, bend_count);
    let mut places = vec![0.0; nodes.saturating_add(bend_count)];
    number(bands, nodes, &mut places);
    let columns = bands.iter().map(|band| band.columns.len()).max().unwrap_or(0);
    for sweep in 0..SWEEPS.saturating_mul(2) {
        let rightwards = sweep.is_multiple_of(2);
        for step in 0..columns {
            let column = if rightwards { step } else { columns.saturating_sub(step.saturating_add(1)) };
            for band in bands.iter_mut() {
                let Some(items) = band.columns.get_mut(column) else { continue };
                let mut keyed: Vec<(f64, Item)> = items
                    .iter()
                    .map(|item| (neighbours.middle(slot(*item, nodes), rightwards, &places), *item))
                    .collect();
                // A stable sort: what is equal stays in its order.
                keyed.sort_by(|left, right| left.0.total_cmp(&right.0));
                *items = keyed.into_iter().map(|(_, item)| item).collect();
            }
            number(bands, nodes, &mut places);
        }
    }
}

/// Nodes first, then bends.
pub(super) fn slot(item: Item, nodes: usize) -> usize {
    match item {
        Item::Node(node) => node,
        Item::Bend(bend) => nodes.saturating_add(bend),
    }
}

/// Gives everything its place from the top: bands one below the other, each column in the middle of its band.
fn number(bands: &[Band], nodes: usize, places: &mut [f64]) {
    let mut top = 0.0;
    for band in bands {
        let height = band.columns.iter().map(Vec::len).max().unwrap_or(0);
        for column in &band.columns {
            let mut place = top + real(height.saturating_sub(column.len())) / 2.0;
            for item in column {
                if let Some(own) = places.get_mut(slot(*item, nodes)) {
                    *own = place;
                }
                place += 1.0;
            }
        }
        top += real(height) + 1.0;
    }
}

/// A count as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "counts of things that are drawn are small")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// What each node and bend is connected with in the columns beside it.
#[derive(Debug)]
pub(super) struct Neighbours {
    left: Vec<Vec<usize>>,
    right: Vec<Vec<usize>>,
}

impl Neighbours {
    pub(super) fn of(routes: &[Route], nodes: usize, bends: usize) -> Self {
        let all = nodes.saturating_add(bends);
        let mut neighbours = Self { left: vec![Vec::new(); all], right: vec![Vec::new(); all] };
        for route in routes.iter().filter(|route| !route.beside) {
            let mut before = route.left;
            let ends = route.bends.iter().map(|bend| nodes.saturating_add(*bend)).chain([route.right]);
            for next in ends {
                if let Some(right) = neighbours.right.get_mut(before) {
                    right.push(next);
                }
                if let Some(left) = neighbours.left.get_mut(next) {
                    left.push(before);
                }
                before = next;
            }
        }
        neighbours
    }

    pub(super) fn left(&self, slot: usize) -> &[usize] {
        self.left.get(slot).map_or(&[], Vec::as_slice)
    }

    pub(super) fn right(&self, slot: usize) -> &[usize] {
        self.right.get(slot).map_or(&[], Vec::as_slice)
    }

    /// The middle of the neighbours on one side; without any, the own place.
    fn middle(&self, slot: usize, left: bool, places: &[f64]) -> f64 {
        let neighbours = if left { self.left(slot) } else { self.right(slot) };
        mean(neighbours.iter().filter_map(|neighbour| places.get(*neighbour)).copied())
            .or_else(|| places.get(slot).copied())
            .unwrap_or(0.0)
    }
}

pub(super) fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    (count > 0.0).then(|| sum / count)
}
