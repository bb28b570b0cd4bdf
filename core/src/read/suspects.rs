//! Values and keys that JSON does not know, and that only matter when no later key replaces them.

use std::collections::BTreeMap;

use super::error::Code;
use super::yaml::fault::Fault;
use crate::object::builder::{NodeId, TreeBuilder};
use crate::object::tree::{Node, REPLACED};

/// What is wrong with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suspect {
    /// `.inf` and `.nan`.
    Float,
    /// A key that is null.
    NullKey,
    /// A key that is a number above the range of signed integers.
    HugeKey,
}

/// The suspects of one tree, by node, with the place of each in the text.
#[derive(Debug, Default)]
pub(super) struct Suspects(BTreeMap<u32, (Suspect, u32)>);

impl Suspects {
    pub(super) fn add(&mut self, node: NodeId, what: Suspect, at: u32) {
        let known = self.0.entry(node.0).or_insert((what, at));
        // A bad key is the worse of two problems of one entry.
        if known.0 == Suspect::Float {
            *known = (what, at);
        }
    }

    /// A value was copied.
    pub(super) fn copy(&mut self, builder: &TreeBuilder, from: NodeId, to: NodeId) {
        let end = from.0 + builder.node(from).map_or(1, Node::width);
        let copied: Vec<_> =
            self.0.range(from.0..end).map(|(node, found)| (node - from.0 + to.0, *found)).collect();
        self.0.extend(copied);
    }

    /// An entry is about to be replaced by one whose key is of another form. To upstream both stand in the
    /// mapping until their keys become text, so that a key which cannot fails with the mapping itself.
    pub(super) fn keep(&mut self, builder: &TreeBuilder, entry: NodeId, mapping: NodeId) {
        for (_, what, at) in self.live(builder, entry) {
            if what != Suspect::Float {
                self.add(mapping, what, at);
            }
        }
    }

    /// Fails when a suspect of a finished tree was not replaced.
    pub(super) fn check(&self, builder: &TreeBuilder) -> Result<(), Fault> {
        let Some((_, what, at)) = self.live(builder, NodeId(0)).first().copied() else { return Ok(()) };
        let at = at as usize;
        Err(match what {
            Suspect::Float => Fault::new(Code::Value, "infinity and not-a-number have no place in JSON", at)
                .help("put the value between quotes if it is meant as text"),
            Suspect::NullKey => Fault::new(Code::Key, "a key cannot be null", at)
                .help("put the key between quotes if it is meant as text"),
            Suspect::HugeKey => Fault::new(Code::Key, "a number of this size cannot be a key", at)
                .help("put the key between quotes"),
        })
    }

    /// The suspects in a closed value that no later key replaced. One walk over the value, whatever their number.
    fn live(&self, builder: &TreeBuilder, root: NodeId) -> Vec<(u32, Suspect, u32)> {
        let end = root.0 + builder.node(root).map_or(0, Node::width);
        let mut live = Vec::new();
        let mut next = root.0;
        for (node, (what, at)) in self.0.range(root.0..end) {
            while next <= *node {
                let Some(found) = builder.node(NodeId(next)) else { return live };
                if found.has(REPLACED) {
                    next += found.width();
                } else {
                    if next == *node {
                        live.push((*node, *what, *at));
                    }
                    next += 1;
                }
            }
        }
        live
    }
}
