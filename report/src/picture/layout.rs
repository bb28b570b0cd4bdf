//! Where the nodes of a graph stand: in columns from left to right along the edges, each cluster in a band of its
//! own, bands below each other.
//!
//! The page (`html/graph.js`) lays out what is visible by the same steps.

mod layers;
mod order;
mod place;

pub(super) use place::{NODE_HEIGHT, Placed, place};

use super::graph::Resolved;

/// Columns and bands, before anything has a size.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Those without a cluster first; bands of nothing are left out.
    pub(super) bands: Vec<Band>,
    /// How many columns there are.
    pub(super) columns: usize,
    /// The route of each edge.
    pub(super) routes: Vec<Route>,
    /// How many bends there are.
    pub(super) bends: usize,
}

/// The nodes of one cluster, or those of none.
#[derive(Debug, Default)]
pub(super) struct Band {
    pub(super) cluster: Option<usize>,
    /// From left to right; in each column from top to bottom.
    pub(super) columns: Vec<Vec<Item>>,
    /// Nodes without edges, row by row below the columns.
    pub(super) shelf: Vec<usize>,
    /// How many nodes a row of the shelf has.
    pub(super) shelf_columns: usize,
}

/// What takes room in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A node by its position.
    Node(usize),
    /// Where a long edge passes through.
    Bend(usize),
}

/// The way of an edge from left to right.
#[derive(Debug, Default)]
pub(super) struct Route {
    /// The node at its left end.
    pub(super) left: usize,
    /// The node at its right end.
    pub(super) right: usize,
    /// The arrow points left.
    pub(super) reversed: bool,
    /// Both ends are in one column.
    pub(super) beside: bool,
    /// In each column between the ends.
    pub(super) bends: Vec<usize>,
}

/// More bends than this cost more than they help: edges go straight then.
const MOST_BENDS: usize = 20_000;

/// Decides columns and order.
pub(super) fn lay_out(graph: &Resolved<'_>) -> Layout {
    let edges: Vec<(usize, usize)> = graph.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let layering = layers::of(graph.nodes.len(), &edges);
    let mut layout = Layout { columns: layering.count, ..Layout::default() };
    let mut connected = vec![false; graph.nodes.len()];
    for (from, to) in &edges {
        for end in [from, to] {
            if let Some(connected) = connected.get_mut(*end) {
                *connected = true;
            }
        }
    }
    let alone = connected.iter().filter(|connected| !**connected).count();
    let shelf_columns = layering.count.max(shelf_columns(alone)).max(1);

    // Every band has every column, so that an edge's bends find theirs.
    let mut bands: Vec<Band> = Vec::new();
    for (band, members) in graph.members().into_iter().enumerate() {
        let mut columns = vec![Vec::new(); layering.count];
        let mut shelf = Vec::new();
        for member in members {
            if connected.get(member) == Some(&true) {
                let layer = layering.layer_of(member);
                if let Some(column) = columns.get_mut(layer) {
                    column.push(Item::Node(member));
                }
            } else {
                shelf.push(member);
            }
        }
        bands.push(Band { cluster: band.checked_sub(1), columns, shelf, shelf_columns });
    }
    let band_of = |node: usize| {
        graph.nodes.get(node).and_then(|node| node.cluster).map_or(0, |cluster| cluster.saturating_add(1))
    };
    let bend = layering.span(&edges) <= MOST_BENDS;
    for (from, to) in &edges {
        let reversed = layering.layer_of(*from) > layering.layer_of(*to);
        let (left, right) = if reversed { (*to, *from) } else { (*from, *to) };
        let mut route = Route { left, right, reversed, ..Route::default() };
        route.beside = layering.layer_of(left) == layering.layer_of(right);
        let between = layering.layer_of(left).saturating_add(1)..layering.layer_of(right);
        if bend {
            // A long edge runs within the band where it ends.
            let home = band_of(*to);
            for layer in between {
                let column = bands.get_mut(home).and_then(|band| band.columns.get_mut(layer));
                if let Some(column) = column {
                    column.push(Item::Bend(layout.bends));
                    route.bends.push(layout.bends);
                    layout.bends = layout.bends.saturating_add(1);
                }
            }
        }
        layout.routes.push(route);
    }
    bands.retain(|band| !band.shelf.is_empty() || band.columns.iter().any(|column| !column.is_empty()));
    order::settle(&mut bands, &layout.routes, graph.nodes.len(), layout.bends);
    layout.columns = layout.columns.max(if alone > 0 { shelf_columns } else { 0 });
    layout.bands = bands;
    layout
}

/// About twice as wide as high, for nodes are wide.
fn shelf_columns(nodes: usize) -> usize {
    (1_usize..8).find(|columns| columns.saturating_mul(*columns).saturating_mul(4) >= nodes).unwrap_or(8)
}

#[cfg(test)]
mod tests;
