//! The way of an edge, and its arrow.

use std::fmt::Write as _;

use super::canvas::px;

/// A way through points from left to right, that leaves and arrives horizontally.
pub(super) fn way(points: &[[f64; 2]]) -> String {
    let mut path = String::new();
    let mut before: Option<[f64; 2]> = None;
    for [x, y] in points.iter().copied() {
        match before {
            None => {
                let _ = write!(path, "M{} {}", px(x), px(y));
            }
            Some([from, height]) => {
                let half = (x - from) / 2.0;
                {
                    let _ = write!(
                        path,
                        "C{} {} {} {} {} {}",
                        px(from + half),
                        px(height),
                        px(x - half),
                        px(y),
                        px(x),
                        px(y)
                    );
                }
            }
        }
        before = Some([x, y]);
    }
    path
}

/// The tip of an arrow that points right, or left.
pub(super) fn head([x, y]: [f64; 2], right: bool) -> String {
    let back = if right { -7.0 } else { 7.0 };
    format!("M{} {}l{} -3.5v7z", px(x), px(y), px(back))
}

/// A loop at the right of a node.
pub(super) fn ring([x, y]: [f64; 2]) -> String {
    format!("M{x} {}c26 -4 26 22 0 18", px(y - 7.0), x = px(x))
}

/// From the right of one node to the right of another in the same column.
pub(super) fn beside([x, y]: [f64; 2], [_, to]: [f64; 2]) -> String {
    let out = x + 20.0 + ((to - y).abs() / 8.0).min(26.0);
    format!("M{} {}C{} {} {} {} {} {}", px(x), px(y), px(out), px(y), px(out), px(to), px(x + 6.0), px(to))
}

/// A point of the curve between two points of a way, from 0 to 1.
pub(super) fn on_curve([x, y]: [f64; 2], [to_x, to_y]: [f64; 2], part: f64) -> [f64; 2] {
    let rest = 1.0 - part;
    let middle = f64::midpoint(x, to_x);
    let across = rest.powi(3) * x + 3.0 * rest * part * middle + part.powi(3) * to_x;
    let down =
        (rest.powi(3) + 3.0 * rest * rest * part) * y + (3.0 * rest * part * part + part.powi(3)) * to_y;
    [across, down]
}
