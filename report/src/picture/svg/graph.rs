//! A graph from left to right, clusters in frames.

use std::fmt::Write as _;

use super::edge::{beside, head, on_curve, ring, way};
use super::{Canvas, class, columns_in, text_width};
use crate::picture::graph::{Resolved, ResolvedEdge};
use crate::picture::layout::{self, Layout, NODE_HEIGHT, Placed};
use crate::picture::shown::{cut, shown};
use crate::picture::{Direction, Graph, Line, Node};

/// Room for the stripe at the left of a node, and around its text.
const STRIPE: f64 = 5.0;
const AROUND: f64 = 9.0;
/// More labels of edges than this cover what they are about; pointing at an edge shows its label all the same.
const MOST_LABELS: usize = 80;

pub(super) fn draw(graph: &Graph) -> Canvas {
    let graph = Resolved::of(graph);
    let layout = layout::lay_out(&graph);
    let wanted: Vec<f64> = graph.nodes.iter().map(|node| wanted(&node.node)).collect();
    let labelled = graph.edges.iter().filter(|edge| !edge.edge.label.is_empty()).count() <= MOST_LABELS;
    let label =
        |edge: &ResolvedEdge<'_>| if labelled { text_width(&shown(&edge.edge.label)) * 0.9 } else { 0.0 };
    let placed = layout::place(&layout, &wanted, graph.edges.iter().map(label).fold(0.0, f64::max));
    let mut canvas = Canvas::default();
    canvas.reach(placed.width, placed.height);
    for (cluster, frame) in &placed.frames {
        let Some(cluster) = cluster.and_then(|cluster| graph.clusters.get(cluster)) else { continue };
        canvas.begin("g", &[("class", &format!("cluster {}", class(cluster.tone)))]);
        canvas.rectangle("frame", *frame, 8.0);
        let [left, top, ..] = *frame;
        let label = shown(&cluster.label);
        canvas.text("strong", left + 12.0, top + 18.0, &cut(&label, 80));
        let behind = left + 12.0 + text_width(&cut(&label, 80)) * 1.1 + 8.0;
        canvas.text("kind", behind, top + 18.0, &cluster.kind);
        canvas.end("g");
    }
    edges(&mut canvas, &graph, &layout, &placed, labelled);
    let kinds = kinds(&graph);
    for (node, place) in graph.nodes.iter().zip(&placed.nodes) {
        draw_node(&mut canvas, &node.node, *place, &kinds);
    }
    legend(&mut canvas, &kinds, placed.height);
    canvas
}

fn wanted(node: &Node) -> f64 {
    let label = text_width(&shown(&node.label)) + mark_width(node);
    label.max(text_width(&shown(&node.kind)) * 0.8) + STRIPE + 2.0 * AROUND
}

fn mark_width(node: &Node) -> f64 {
    if node.tone.mark().is_empty() { 0.0 } else { 14.0 }
}

/// Kinds in order of appearance; each has a colour.
fn kinds<'a>(graph: &'a Resolved<'_>) -> Vec<&'a str> {
    let mut kinds: Vec<&str> = Vec::new();
    for node in &graph.nodes {
        if !node.node.kind.is_empty() && !kinds.contains(&node.node.kind.as_str()) {
            kinds.push(&node.node.kind);
        }
    }
    kinds
}

fn color(kinds: &[&str], kind: &str) -> String {
    let index = kinds.iter().position(|known| *known == kind).unwrap_or(7);
    format!("k{}", index % 8)
}

fn draw_node(canvas: &mut Canvas, node: &Node, [left, top, width]: [f64; 3], kinds: &[&str]) {
    canvas.begin("g", &[("class", &format!("node {}", class(node.tone)))]);
    let mut tip = [node.kind.as_str(), node.label.as_str()].join(" ");
    for detail in &node.details {
        let _ = write!(tip, "; {}: {}", detail.name, detail.value);
    }
    if let Some(location) = &node.location {
        let _ = write!(tip, "; {location}");
    }
    canvas.tip(tip.trim());
    canvas.rectangle("box", [left, top, width, NODE_HEIGHT], 6.0);
    if !node.kind.is_empty() {
        let stripe = [left + 1.0, top + 6.0, STRIPE - 1.0, NODE_HEIGHT - 12.0];
        canvas.rectangle(&color(kinds, &node.kind), stripe, 2.0);
    }
    let begin = left + STRIPE + AROUND;
    let mark = mark_width(node);
    let label = cut(&shown(&node.label), columns_in(width - STRIPE - 2.0 * AROUND - mark));
    let base = if node.kind.is_empty() { top + 23.0 } else { top + 30.0 };
    if !node.kind.is_empty() {
        canvas.text("kind", begin, top + 14.0, &cut(&shown(&node.kind), columns_in(width / 0.8 - 30.0)));
    }
    if mark > 0.0 {
        canvas.text("sign strong", begin, base, node.tone.mark());
    }
    canvas.text("label", begin + mark, base, &label);
    canvas.end("g");
}

/// Where an edge touches its node: edges of one side share it evenly, in the order of where they lead.
struct Ports {
    left: Vec<f64>,
    right: Vec<f64>,
}

impl Ports {
    fn of(layout: &Layout, placed: &Placed) -> Self {
        let mut ports = Self { left: vec![0.0; layout.routes.len()], right: vec![0.0; layout.routes.len()] };
        let mut leaving: Vec<Vec<(f64, usize)>> = vec![Vec::new(); placed.nodes.len()];
        let mut arriving = leaving.clone();
        let top = |node: usize| placed.nodes.get(node).map_or(0.0, |[_, top, _]| *top);
        let bend = |bend: &usize| placed.bends.get(*bend).map(|[_, y]| *y);
        for (index, route) in layout.routes.iter().enumerate().filter(|(_, route)| route.left != route.right)
        {
            if let Some(leaving) = leaving.get_mut(route.left) {
                leaving.push((route.bends.first().and_then(bend).unwrap_or_else(|| top(route.right)), index));
            }
            // An edge within a column leaves and arrives at its right.
            let ends = if route.beside { &mut leaving } else { &mut arriving };
            if let Some(arriving) = ends.get_mut(route.right) {
                arriving.push((route.bends.last().and_then(bend).unwrap_or_else(|| top(route.left)), index));
            }
        }
        for (sides, right) in [(&mut leaving, false), (&mut arriving, true)] {
            for (node, edges) in sides.iter_mut().enumerate() {
                edges.sort_by(|one, other| one.0.total_cmp(&other.0));
                let room = NODE_HEIGHT - 14.0;
                let count = f64::from(u32::try_from(edges.len()).unwrap_or(u32::MAX));
                let step = (room / count).min(9.0);
                let mut at = top(node) + NODE_HEIGHT / 2.0 - step * (count - 1.0) / 2.0;
                for (_, index) in edges {
                    let arrives = right || layout.routes.get(*index).is_some_and(|route| route.left != node);
                    let heights = if arrives { &mut ports.right } else { &mut ports.left };
                    if let Some(height) = heights.get_mut(*index) {
                        *height = at;
                    }
                    at += step;
                }
            }
        }
        ports
    }
}

fn edges(canvas: &mut Canvas, graph: &Resolved<'_>, layout: &Layout, placed: &Placed, labelled: bool) {
    let ports = Ports::of(layout, placed);
    let mut labels = Labels::default();
    for (index, (edge, route)) in graph.edges.iter().zip(&layout.routes).enumerate() {
        let (Some(left), Some(right)) = (placed.nodes.get(route.left), placed.nodes.get(route.right)) else {
            continue;
        };
        canvas.begin("g", &[("class", &format!("edge {}", class(edge.edge.tone)))]);
        canvas.tip(&tip(graph, edge));
        let line = match edge.edge.line {
            Line::Solid => "way",
            Line::Dashed => "way dashed",
            Line::Dotted => "way dotted",
        };
        if route.left == route.right {
            let corner = [left[0] + left[2], left[1] + NODE_HEIGHT / 2.0];
            canvas.element("path", &[("class", &line), ("d", &ring(corner))]);
            canvas.element("path", &[("class", &"head"), ("d", &head([corner[0], corner[1] + 11.0], false))]);
            canvas.end("g");
            continue;
        }
        let begin = [left[0] + left[2], ports.left.get(index).copied().unwrap_or(left[1])];
        let end = [right[0], ports.right.get(index).copied().unwrap_or(right[1])];
        if route.beside {
            let end = [right[0] + right[2], end[1]];
            canvas.element("path", &[("class", &line), ("d", &beside(begin, end))]);
            if matches!(edge.edge.direction, Direction::Forward | Direction::Both) {
                canvas.element("path", &[("class", &"head"), ("d", &head(end, false))]);
            }
            if edge.edge.direction == Direction::Both {
                canvas.element("path", &[("class", &"head"), ("d", &head(begin, false))]);
            }
            canvas.end("g");
            continue;
        }
        let (at_right, at_left) = match (edge.edge.direction, route.reversed) {
            (Direction::Forward, false) => (true, false),
            (Direction::Forward, true) => (false, true),
            (Direction::Both, _) => (true, true),
            (Direction::None, _) => (false, false),
        };
        // A line ends where its arrow begins.
        let mut points = vec![[begin[0] + if at_left { 6.0 } else { 0.0 }, begin[1]]];
        for bend in &route.bends {
            if let Some([x, y]) = placed.bends.get(*bend).copied() {
                let half = placed
                    .columns
                    .iter()
                    .find(|[left, wide]| (*left..=left + wide).contains(&x))
                    .map_or(0.0, |column| column[1] / 2.0);
                // Straight through a column, for the curves are between columns.
                points.extend([[x - half, y], [x + half, y]]);
            }
        }
        points.push([end[0] - if at_right { 6.0 } else { 0.0 }, end[1]]);
        canvas.element("path", &[("class", &line), ("d", &way(&points))]);
        if at_right {
            canvas.element("path", &[("class", &"head"), ("d", &head(end, true))]);
        }
        if at_left {
            canvas.element("path", &[("class", &"head"), ("d", &head(begin, false))]);
        }
        if labelled && !edge.edge.label.is_empty() {
            let label = cut(&shown(&edge.edge.label), columns_in(126.0 / 0.9));
            if let Some([x, y]) = labels.find_room(&points, text_width(&label) * 0.9) {
                canvas.text("halo", x, y, &label);
            }
        }
        canvas.end("g");
    }
}

/// Where labels stand already.
#[derive(Default)]
struct Labels(Vec<[f64; 3]>);

impl Labels {
    /// A place on the way where a label covers no other one: near the middle of the first or the last curve.
    fn find_room(&mut self, points: &[[f64; 2]], width: f64) -> Option<[f64; 2]> {
        let first = points.first().zip(points.get(1));
        let last = points.len().checked_sub(2).and_then(|at| points.get(at)).zip(points.last());
        for (one, two) in [first, last].into_iter().flatten() {
            for part in [0.5, 0.35, 0.65, 0.2, 0.8] {
                let [x, y] = on_curve(*one, *two, part);
                let free = self.0.iter().all(|[other_x, other_y, other]| {
                    (x - other_x).abs() > f64::midpoint(width, *other) + 2.0 || (y - other_y).abs() > 10.0
                });
                if free {
                    self.0.push([x, y, width]);
                    return Some([x, y - 3.0]);
                }
            }
        }
        None
    }
}

fn tip(graph: &Resolved<'_>, edge: &ResolvedEdge<'_>) -> String {
    let name = |index: usize| graph.node(index).map_or("", |node| node.label.as_str());
    let arrow = match edge.edge.direction {
        Direction::Forward => "→",
        Direction::Both => "↔",
        Direction::None => "—",
    };
    let mut tip = format!("{} {arrow} {}", name(edge.from), name(edge.to));
    for part in [&edge.edge.kind, &edge.edge.label] {
        if !part.is_empty() {
            let _ = write!(tip, "; {part}");
        }
    }
    for detail in &edge.edge.details {
        let _ = write!(tip, "; {}: {}", detail.name, detail.value);
    }
    tip
}

/// What the colours at the left of nodes stand for.
fn legend(canvas: &mut Canvas, kinds: &[&str], top: f64) {
    let mut left = 14.0;
    for kind in kinds {
        canvas.rectangle(&color(kinds, kind), [left, top + 8.0, 4.0, 14.0], 2.0);
        let label = cut(&shown(kind), 30);
        canvas.text("small soft", left + 9.0, top + 19.0, &label);
        left += 9.0 + text_width(&label) + 14.0;
        canvas.reach(left, top + 28.0);
    }
}
