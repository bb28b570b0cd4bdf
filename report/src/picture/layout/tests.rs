//! Laws that every layout keeps.

use super::place::NODE_HEIGHT;
use super::*;
use crate::picture::{Edge, Graph, Node};
use proptest::prelude::*;

fn graph(nodes: usize, clusters: usize, edges: &[(usize, usize)]) -> Graph {
    let mut graph = Graph::new("");
    for node in 0..nodes {
        let mut one = Node::new(node.to_string(), "");
        if clusters > 0 && node % (clusters + 1) > 0 {
            one = one.in_cluster((node % (clusters + 1)).to_string());
        }
        graph.nodes.push(one);
    }
    graph.edges = edges.iter().map(|(from, to)| Edge::new(from.to_string(), to.to_string())).collect();
    graph
}

#[test]
fn a_chain_goes_from_left_to_right() {
    let graph = graph(3, 0, &[(0, 1), (1, 2)]);
    let layout = lay_out(&Resolved::of(&graph));
    let columns = &layout.bands[0].columns;
    assert_eq!(*columns, [[Item::Node(0)], [Item::Node(1)], [Item::Node(2)]]);
}

#[test]
fn an_edge_that_closes_a_cycle_points_back() {
    let graph = graph(3, 0, &[(0, 1), (1, 2), (2, 0)]);
    let layout = lay_out(&Resolved::of(&graph));
    let reversed: Vec<bool> = layout.routes.iter().map(|route| route.reversed).collect();
    assert_eq!(reversed, [false, false, true]);
    assert_eq!(layout.routes[2].bends.len(), 1);
}

#[test]
fn circles_do_not_lead_far() {
    // Everybody talks to everybody.
    let edges: Vec<(usize, usize)> = (0..20).flat_map(|from| (0..20).map(move |to| (from, to))).collect();
    let layout = lay_out(&Resolved::of(&graph(20, 0, &edges)));
    assert_eq!(layout.columns, 2);
    // A chain is one, however long.
    let chain: Vec<(usize, usize)> = (0..19).map(|from| (from, from + 1)).collect();
    assert_eq!(lay_out(&Resolved::of(&graph(20, 0, &chain))).columns, 20);
}

#[test]
fn crossings_are_undone() {
    let graph = graph(4, 0, &[(0, 3), (1, 2)]);
    let layout = lay_out(&Resolved::of(&graph));
    assert_eq!(layout.bands[0].columns[1], [Item::Node(3), Item::Node(2)]);
}

proptest! {
    #[test]
    fn nothing_overlaps_and_edges_lead_right(
        nodes in 1_usize..40,
        clusters in 0_usize..5,
        edges in prop::collection::vec((0_usize..40, 0_usize..40), 0..80),
    ) {
        let edges: Vec<_> = edges.into_iter().filter(|(from, to)| *from < nodes && *to < nodes).collect();
        let graph = graph(nodes, clusters, &edges);
        let resolved = Resolved::of(&graph);
        let layout = lay_out(&resolved);
        let placed = place(&layout, &vec![120.0; nodes], 0.0);
        for (index, [left, top, wide]) in placed.nodes.iter().enumerate() {
            prop_assert!(*left >= 0.0 && left + wide <= placed.width && *top >= 0.0);
            prop_assert!(top + NODE_HEIGHT <= placed.height);
            for [other_left, other_top, _] in &placed.nodes[..index] {
                let apart = (left - other_left).abs() >= 120.0 - 1e-6 || (top - other_top).abs() >= NODE_HEIGHT - 1e-6;
                prop_assert!(apart, "{placed:?}");
            }
        }
        // Frames stand one below the other.
        for pair in placed.frames.windows(2) {
            prop_assert!(pair[0].1[1] + pair[0].1[3] <= pair[1].1[1] + 1e-6);
        }
        for (route, edge) in layout.routes.iter().zip(&resolved.edges) {
            let lefts = [placed.nodes[route.left][0], placed.nodes[route.right][0]];
            prop_assert!(if route.beside { (lefts[0] - lefts[1]).abs() < 1e-9 } else { lefts[0] < lefts[1] }, "{edge:?}");
        }
    }
}
