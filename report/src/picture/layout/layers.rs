//! The column of each node: behind everything that leads to it.

/// The column of each node.
#[derive(Debug, Default)]
pub(super) struct Layering {
    layers: Vec<usize>,
    /// How many columns there are; none when there are no edges.
    pub(super) count: usize,
}

impl Layering {
    pub(super) fn layer_of(&self, node: usize) -> usize {
        self.layers.get(node).copied().unwrap_or(0)
    }

    /// How many columns all edges pass together.
    pub(super) fn span(&self, edges: &[(usize, usize)]) -> usize {
        let spans = edges.iter().map(|(from, to)| self.layer_of(*from).abs_diff(self.layer_of(*to)));
        spans.fold(0, usize::saturating_add)
    }
}

/// More columns than this come from circles rather than from an order of things.
const MOST: usize = 10;

/// Longest paths over the edges without cycles; an edge that closes a cycle points back. Where that leads far to
/// the right, the distance from where edges begin counts instead: edges may then stay in one column.
pub(super) fn of(nodes: usize, edges: &[(usize, usize)]) -> Layering {
    let longest = longest(nodes, edges);
    if longest.count <= MOST { longest } else { nearest(nodes, edges) }
}

fn nearest(nodes: usize, edges: &[(usize, usize)]) -> Layering {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut entered = vec![false; nodes];
    for (from, to) in edges.iter().filter(|(from, to)| from != to) {
        if let (Some(next), Some(entered)) = (next.get_mut(*from), entered.get_mut(*to)) {
            next.push(*to);
            *entered = true;
        }
    }
    let mut layers: Vec<Option<usize>> = vec![None; nodes];
    let sources: Vec<usize> = (0..nodes).filter(|node| entered.get(*node) == Some(&false)).collect();
    // What no source leads to is a circle of its own, and begins anywhere.
    for starts in std::iter::once(sources).chain((0..nodes).map(|node| vec![node])) {
        let mut reached: Vec<usize> = Vec::new();
        for start in starts {
            if let Some(layer) = layers.get_mut(start).filter(|layer| layer.is_none()) {
                *layer = Some(0);
                reached.push(start);
            }
        }
        let mut done = 0;
        while let Some(node) = reached.get(done).copied() {
            done = done.saturating_add(1);
            let behind = layers.get(node).copied().flatten().unwrap_or(0).saturating_add(1);
            for to in next.get(node).into_iter().flatten() {
                if let Some(layer) = layers.get_mut(*to).filter(|layer| layer.is_none()) {
                    *layer = Some(behind);
                    reached.push(*to);
                }
            }
        }
    }
    let layers: Vec<usize> = layers.into_iter().map(Option::unwrap_or_default).collect();
    let count = layers.iter().max().map_or(0, |last| last.saturating_add(1));
    Layering { layers, count }
}

fn longest(nodes: usize, edges: &[(usize, usize)]) -> Layering {
    let forward = without_cycles(nodes, edges);
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut waits: Vec<usize> = vec![0; nodes];
    for (from, to) in &forward {
        if let (Some(next), Some(waits)) = (next.get_mut(*from), waits.get_mut(*to)) {
            next.push(*to);
            *waits = waits.saturating_add(1);
        }
    }
    let source: Vec<bool> = waits.iter().map(|waits| *waits == 0).collect();
    let mut layers = vec![0_usize; nodes];
    let mut ready: Vec<usize> = (0..nodes).filter(|node| source.get(*node) == Some(&true)).collect();
    let mut done = 0;
    while let Some(node) = ready.get(done).copied() {
        done = done.saturating_add(1);
        let behind = layers.get(node).copied().unwrap_or(0).saturating_add(1);
        for to in next.get(node).into_iter().flatten() {
            if let (Some(layer), Some(waits)) = (layers.get_mut(*to), waits.get_mut(*to)) {
                *layer = behind.max(*layer);
                *waits = waits.saturating_sub(1);
                if *waits == 0 {
                    ready.push(*to);
                }
            }
        }
    }
    // What nothing leads to stands just before what it leads to.
    for node in 0..nodes {
        let nearest = next.get(node).into_iter().flatten().filter_map(|to| layers.get(*to)).min().copied();
        if let (Some(true), Some(nearest), Some(layer)) = (source.get(node), nearest, layers.get_mut(node)) {
            *layer = nearest.saturating_sub(1);
        }
    }
    let count =
        if edges.is_empty() { 0 } else { layers.iter().max().map_or(0, |last| last.saturating_add(1)) };
    Layering { layers, count }
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    New,
    Open,
    Done,
}

/// The edges with those turned around that close a cycle; loops are left out.
fn without_cycles(nodes: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut leaving: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes];
    let mut entered = vec![false; nodes];
    for (index, (from, to)) in edges.iter().enumerate() {
        if let Some(leaving) = leaving.get_mut(*from) {
            leaving.push((index, *to));
        }
        if let Some(entered) = entered.get_mut(*to).filter(|_| from != to) {
            *entered = true;
        }
    }
    let mut visits = vec![Visit::New; nodes];
    let mut turned = vec![false; edges.len()];
    // From where nothing leads to first, so that few edges point back.
    let mut starts: Vec<usize> = (0..nodes).filter(|node| entered.get(*node) == Some(&false)).collect();
    starts.extend((0..nodes).filter(|node| entered.get(*node) == Some(&true)));
    for start in starts {
        let mut path: Vec<(usize, usize)> = Vec::new();
        if visits.get(start) == Some(&Visit::New) {
            path.push((start, 0));
        }
        while let Some((node, step)) = path.last_mut() {
            if let Some(visit) = visits.get_mut(*node) {
                *visit = Visit::Open;
            }
            let edge = leaving.get(*node).and_then(|leaving| leaving.get(*step)).copied();
            *step = step.saturating_add(1);
            match edge {
                None => {
                    if let Some(visit) = visits.get_mut(*node) {
                        *visit = Visit::Done;
                    }
                    path.pop();
                }
                Some((index, to)) => match visits.get(to) {
                    Some(Visit::New) => path.push((to, 0)),
                    Some(Visit::Open) => {
                        if let Some(turned) = turned.get_mut(index) {
                            *turned = true;
                        }
                    }
                    Some(Visit::Done) | None => {}
                },
            }
        }
    }
    let ways =
        edges.iter().zip(turned).map(|((from, to), turned)| if turned { (*to, *from) } else { (*from, *to) });
    ways.filter(|(from, to)| from != to).collect()
}
