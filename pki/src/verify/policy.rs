//! Do the certificate policies of a chain fit together? They matter only when a certificate requires it.
//!
//! upstream: Go's crypto/x509 (`policiesValid`), RFC 5280 6.1 as changed by RFC 9618

mod graph;

use std::collections::BTreeMap;

use crate::certificate::{Certificate, Policies};
use crate::der::RawOid;
use graph::Graph;

/// How many certificates may still follow before something is required or forbidden.
struct Countdown {
    explicit: usize,
    mapping: usize,
    any: usize,
}

impl Countdown {
    fn step(&mut self) {
        self.explicit = self.explicit.saturating_sub(1);
        self.mapping = self.mapping.saturating_sub(1);
        self.any = self.any.saturating_sub(1);
    }

    fn tighten(&mut self, policies: &Policies) {
        // A negative number says nothing.
        let lower = |count: &mut usize, bound: Option<i64>| {
            if let Some(bound) = bound.and_then(|bound| usize::try_from(bound).ok()) {
                *count = (*count).min(bound);
            }
        };
        lower(&mut self.explicit, policies.require_explicit);
        lower(&mut self.mapping, policies.inhibit_mapping);
        lower(&mut self.any, policies.inhibit_any);
    }
}

/// The chain runs from the leaf upwards.
pub(super) fn holds(chain: &[&Certificate]) -> bool {
    let [leaf, above @ ..] = chain else { return true };
    let between = above.len();
    if between == 0 {
        return true;
    }
    let mut graph = Some(Graph::new());
    let mut left = Countdown { explicit: between + 1, mapping: between + 1, any: between + 1 };
    // The root's own policies do not count.
    for (at, certificate) in chain.iter().enumerate().take(between).rev() {
        let policies = &certificate.parsed().policies;
        let is_leaf = at == 0;
        let self_issued = certificate.is_self_issued();
        if policies.list.is_empty() {
            graph = None;
        }
        if left.explicit == 0 && graph.is_none() {
            return false;
        }
        if let Some(graph) = &mut graph {
            graph.descend();
            add_policies(graph, &policies.list, left.any > 0 || (!is_leaf && self_issued));
            graph.prune();
            if !is_leaf && !apply_mappings(graph, policies, left.mapping > 0) {
                return false;
            }
        }
        if !is_leaf {
            if !self_issued {
                left.step();
            }
            left.tighten(policies);
        }
    }
    left.explicit = left.explicit.saturating_sub(1);
    if leaf.parsed().policies.require_explicit == Some(0) {
        left.explicit = 0;
    }
    left.explicit > 0 || graph.is_some_and(|graph| graph.has_valid_policy())
}

fn add_policies(graph: &mut Graph, policies: &[RawOid], any_counts: bool) {
    let mut has_any = false;
    for policy in policies {
        if graph::is_any(policy) {
            has_any = true;
            continue;
        }
        let mut parents = graph.parents_that_expect(policy);
        if parents.is_empty() {
            parents.extend(graph.any_parent());
        }
        if !parents.is_empty() {
            graph.insert(policy.clone(), parents);
        }
    }
    if has_any && any_counts {
        for (policy, parents) in graph.expected_and_missing() {
            graph.insert(policy, parents);
        }
    }
}

/// Whether the mappings are sound.
fn apply_mappings(graph: &mut Graph, policies: &Policies, allowed: bool) -> bool {
    if policies.mappings.is_empty() {
        return true;
    }
    let mut mappings: BTreeMap<&RawOid, Vec<RawOid>> = BTreeMap::new();
    for (issuer, subject) in &policies.mappings {
        if !allowed {
            graph.remove(issuer);
        } else if graph::is_any(issuer) || graph::is_any(subject) {
            return false;
        } else {
            mappings.entry(issuer).or_default().push(subject.clone());
        }
    }
    graph.prune();
    for (issuer, subjects) in mappings {
        graph.map(issuer, subjects);
    }
    true
}
