//! Keys that stand twice in a JSON document, as the API server reports them.

use crate::object::tree::{NodeKind, REPLACED};
use crate::object::{FieldPath, Location, Object};

/// Paths reported at most.
const MOST: usize = 100;

/// Path and place of each duplicate, in the order of the document. YAML never reaches the API server: kubectl
/// sends what it read, and that has each key once.
pub(super) fn of(object: &Object) -> Vec<(String, Location)> {
    let root = object.root();
    let tree = root.tree();
    let is_json = object.text().trim_start().starts_with('{');
    if !is_json || !tree.nodes.iter().any(|node| node.has(REPLACED)) {
        return Vec::new();
    }
    let mut found: Vec<(String, Location)> = Vec::new();
    // A container that is open: where it ends, its path, and its keys or the number of its items so far.
    let mut open: Vec<(u32, String, Vec<&str>, Option<usize>)> = Vec::new();
    for index in 0..u32::try_from(tree.nodes.len()).unwrap_or(u32::MAX) {
        let Some(node) = tree.node(index) else { break };
        while open.last().is_some_and(|(end, ..)| *end <= index) {
            open.pop();
        }
        let path = match open.last_mut() {
            None => String::new(),
            Some((_, path, _, Some(count))) => {
                *count += 1;
                format!("{path}[{}]", *count - 1)
            }
            Some((_, path, keys, None)) => {
                let key = tree.key_text(node);
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                if keys.contains(&key) {
                    let location = root.location(FieldPath::parse(&path).unwrap_or_default());
                    let position = tree.key_span(node).and_then(|span| tree.position(span.start));
                    if found.len() < MOST && !found.iter().any(|(known, _)| *known == path) {
                        found.push((path.clone(), Location { position, ..location }));
                    }
                }
                keys.push(key);
                path
            }
        };
        match node.kind {
            NodeKind::Mapping => open.push((index + node.width(), path, Vec::new(), None)),
            NodeKind::Sequence => open.push((index + node.width(), path, Vec::new(), Some(0))),
            _ => {}
        }
    }
    found
}
