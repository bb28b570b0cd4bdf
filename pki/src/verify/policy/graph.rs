//! The graph of policies: a layer for each certificate, nodes by policy.

use std::collections::{BTreeMap, BTreeSet};

use crate::der::RawOid;

/// 2.5.29.32.0
const ANY: [u8; 4] = [0x55, 0x1d, 0x20, 0x00];

pub(super) fn is_any(policy: &RawOid) -> bool {
    policy.0 == ANY
}

struct Node {
    policy: RawOid,
    expected: Vec<RawOid>,
    parents: BTreeSet<usize>,
    children: BTreeSet<usize>,
}

/// Layers of nodes, the root's first.
pub(super) struct Graph {
    nodes: Vec<Node>,
    layers: Vec<BTreeMap<RawOid, usize>>,
}

impl Graph {
    pub(super) fn new() -> Self {
        let any = RawOid(ANY.to_vec());
        let root = Node {
            policy: any.clone(),
            expected: vec![any.clone()],
            parents: BTreeSet::new(),
            children: BTreeSet::new(),
        };
        Self { nodes: vec![root], layers: vec![BTreeMap::from([(any, 0)])] }
    }

    /// Begins the layer of the next certificate.
    pub(super) fn descend(&mut self) {
        self.layers.push(BTreeMap::new());
    }

    pub(super) fn insert(&mut self, policy: RawOid, parents: Vec<usize>) {
        let at = self.nodes.len();
        for parent in &parents {
            if let Some(node) = self.nodes.get_mut(*parent) {
                node.children.insert(at);
            }
        }
        self.nodes.push(Node {
            expected: vec![policy.clone()],
            policy: policy.clone(),
            parents: parents.into_iter().collect(),
            children: BTreeSet::new(),
        });
        if let Some(layer) = self.layers.last_mut() {
            layer.insert(policy, at);
        }
    }

    fn above(&self) -> impl Iterator<Item = usize> + '_ {
        let layer = self.layers.len().checked_sub(2).and_then(|at| self.layers.get(at));
        layer.into_iter().flatten().map(|(_, at)| *at)
    }

    fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    pub(super) fn parents_that_expect(&self, policy: &RawOid) -> Vec<usize> {
        self.above().filter(|at| self.node(*at).is_some_and(|node| node.expected.contains(policy))).collect()
    }

    pub(super) fn any_parent(&self) -> Option<usize> {
        self.above().find(|at| self.node(*at).is_some_and(|node| is_any(&node.policy)))
    }

    /// Policies that the layer above expects and this one has not, with who expects them.
    pub(super) fn expected_and_missing(&self) -> BTreeMap<RawOid, Vec<usize>> {
        let mut missing: BTreeMap<RawOid, Vec<usize>> = BTreeMap::new();
        let own = self.layers.last();
        for at in self.above() {
            for policy in self.node(at).into_iter().flat_map(|node| &node.expected) {
                if own.is_none_or(|layer| !layer.contains_key(policy)) {
                    missing.entry(policy.clone()).or_default().push(at);
                }
            }
        }
        missing
    }

    /// Takes a policy out of the last layer.
    pub(super) fn remove(&mut self, policy: &RawOid) {
        let Some(at) = self.layers.last_mut().and_then(|layer| layer.remove(policy)) else { return };
        self.unlink(at);
    }

    fn unlink(&mut self, at: usize) {
        let parents = self.node(at).map(|node| node.parents.clone()).unwrap_or_default();
        for parent in parents {
            if let Some(node) = self.nodes.get_mut(parent) {
                node.children.remove(&at);
            }
        }
    }

    /// Drops nodes above the last layer that lead nowhere.
    pub(super) fn prune(&mut self) {
        for layer in (1..self.layers.len().saturating_sub(1)).rev() {
            let barren: Vec<(RawOid, usize)> = self
                .layers
                .get(layer)
                .into_iter()
                .flatten()
                .filter(|(_, at)| self.node(**at).is_some_and(|node| node.children.is_empty()))
                .map(|(policy, at)| (policy.clone(), *at))
                .collect();
            for (policy, at) in barren {
                self.unlink(at);
                if let Some(layer) = self.layers.get_mut(layer) {
                    layer.remove(&policy);
                }
            }
        }
    }

    /// From here on the subject's policies are expected in place of the issuer's.
    pub(super) fn map(&mut self, issuer: &RawOid, subjects: Vec<RawOid>) {
        let Some(layer) = self.layers.last() else { return };
        let any = layer.get(&RawOid(ANY.to_vec())).copied();
        let at = match (layer.get(issuer).copied(), any) {
            (Some(own), _) => own,
            (None, Some(any)) => {
                self.insert(issuer.clone(), vec![any]);
                self.nodes.len() - 1
            }
            (None, None) => return,
        };
        if let Some(node) = self.nodes.get_mut(at) {
            node.expected = subjects;
        }
    }

    /// Whether any policy is left for which the leaf is good.
    pub(super) fn has_valid_policy(&self) -> bool {
        let any_leaf = self.layers.last().is_some_and(|layer| layer.keys().any(is_any));
        let from_any = |at: usize| {
            let Some(node) = self.node(at).filter(|node| !is_any(&node.policy)) else { return false };
            let only = node.parents.first().filter(|_| node.parents.len() == 1);
            only.and_then(|parent| self.node(*parent)).is_some_and(|parent| is_any(&parent.policy))
        };
        any_leaf || self.layers.iter().flat_map(BTreeMap::values).any(|at| from_any(*at))
    }
}
