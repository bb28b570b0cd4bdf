//! Which objects lead to which nodes: computed once, so that no question searches.
//!
//! Every object that pods and volumes refer to has the sorted list of its nodes. A volume stands for its claim, and a
//! secret for the claims of the volumes that are mounted with it; only when those are many are their lists merged.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::index::{StringTable, ordinal, position};

/// The kinds of object that a node may be related to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Vertex {
    ConfigMap,
    Slice,
    Pod,
    Claim,
    Volume,
    ResourceClaim,
    Secret,
    Attachment,
    ServiceAccount,
    CertificateRequest,
}

/// Objects and the nodes that they lead to.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    namespaces: StringTable,
    nodes: StringTable,
    vertices: Vertices,
    /// Where the nodes of each vertex begin; one more at the end.
    starts: Vec<u32>,
    /// Ordinals of nodes, ascending for each vertex.
    reached: Vec<u32>,
    /// From a volume or a secret to claims, ascending.
    links: Vec<(u32, u32)>,
}

/// What a graph is made of.
#[derive(Debug, Default)]
pub(super) struct GraphBuilder {
    namespaces: StringTable,
    nodes: StringTable,
    vertices: Vertices,
    /// A vertex and a node that it leads to.
    edges: Vec<(u32, u32)>,
    /// A volume or secret and a claim.
    links: Vec<(u32, u32)>,
}

/// More claims than these behind one secret, and the lists of their nodes are merged.
const SEPARATE: usize = 4;

impl GraphBuilder {
    pub(super) fn node(&mut self, name: &str) -> u32 {
        self.nodes.intern(name)
    }

    pub(super) fn vertex(&mut self, kind: Vertex, namespace: &str, name: &str) -> u32 {
        let namespace = self.namespaces.intern(namespace);
        self.vertices.intern(kind, namespace, name)
    }

    pub(super) fn edge(&mut self, vertex: u32, node: u32) {
        self.edges.push((vertex, node));
    }

    pub(super) fn link(&mut self, vertex: u32, claim: u32) {
        self.links.push((vertex, claim));
    }

    pub(super) fn finish(mut self) -> Graph {
        sort(&mut self.edges);
        sort(&mut self.links);
        let mut kept = Vec::with_capacity(self.links.len());
        let mut merged: Vec<(u32, u32)> = Vec::new();
        for group in self.links.chunk_by(|one, two| one.0 == two.0) {
            if group.len() <= SEPARATE {
                kept.extend_from_slice(group);
                continue;
            }
            let reached = group.iter().flat_map(|(vertex, claim)| {
                below(&self.edges, *claim).iter().map(move |(_, node)| (*vertex, *node))
            });
            let before = merged.len();
            merged.extend(reached);
            if let Some(new) = merged.get_mut(before..) {
                new.sort_unstable();
            }
            merged.dedup();
        }
        if !merged.is_empty() {
            self.edges.append(&mut merged);
            sort(&mut self.edges);
        }
        kept.shrink_to_fit();
        let mut starts = Vec::with_capacity(self.vertices.len() + 1);
        let mut next = 0;
        for vertex in 0..self.vertices.len() {
            starts.push(ordinal(next));
            while self.edges.get(next).is_some_and(|(from, _)| position(*from) == vertex) {
                next += 1;
            }
        }
        starts.push(ordinal(next));
        let reached = self.edges.iter().map(|(_, node)| *node).collect();
        self.namespaces.shrink();
        self.nodes.shrink();
        self.vertices.shrink();
        Graph {
            namespaces: self.namespaces,
            nodes: self.nodes,
            vertices: self.vertices,
            starts,
            reached,
            links: kept,
        }
    }
}

impl Graph {
    /// Whether an object leads to a node. Nothing is allocated.
    pub(super) fn leads(&self, kind: Vertex, namespace: &str, name: &str, node: &str) -> bool {
        // upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go (hasPathFrom)
        let (Some(node), Some(namespace)) = (self.nodes.find(node), self.namespaces.find(namespace)) else {
            return false;
        };
        let Some(vertex) = self.vertices.find(kind, namespace, name) else { return false };
        if self.nodes_of(vertex).binary_search(&node).is_ok() {
            return true;
        }
        if !matches!(kind, Vertex::Secret | Vertex::Volume) {
            return false;
        }
        let claims = below(&self.links, vertex);
        claims.iter().any(|(_, claim)| self.nodes_of(*claim).binary_search(&node).is_ok())
    }

    /// How many objects there are, nodes not counted.
    pub(super) fn vertex_count(&self) -> usize {
        self.vertices.len()
    }

    /// Bytes held.
    pub(super) fn memory(&self) -> usize {
        self.namespaces.memory()
            + self.nodes.memory()
            + self.vertices.memory()
            + self.starts.capacity() * size_of::<u32>()
            + self.reached.capacity() * size_of::<u32>()
            + self.links.capacity() * size_of::<(u32, u32)>()
    }

    fn nodes_of(&self, vertex: u32) -> &[u32] {
        let at = position(vertex);
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => {
                self.reached.get(position(*start)..position(*end)).unwrap_or_default()
            }
            _ => &[],
        }
    }
}

/// The entries of one vertex in a sorted list.
fn below(sorted: &[(u32, u32)], vertex: u32) -> &[(u32, u32)] {
    let start = sorted.partition_point(|(from, _)| *from < vertex);
    let rest = sorted.get(start..).unwrap_or_default();
    let count = rest.partition_point(|(from, _)| *from == vertex);
    rest.get(..count).unwrap_or_default()
}

fn sort(pairs: &mut Vec<(u32, u32)>) {
    pairs.sort_unstable();
    pairs.dedup();
}

/// Distinct objects by kind, namespace and name, in the order in which they were first named.
#[derive(Clone, Debug, Default)]
struct Vertices {
    names: String,
    entries: Vec<VertexEntry>,
    table: HashTable<u32>,
}

#[derive(Clone, Copy, Debug)]
struct VertexEntry {
    /// Where the name ends; it begins where the one before ends.
    end: usize,
    namespace: u32,
    kind: Vertex,
}

/// Answers must not depend on the process, so the hash has no random seed.
const STATE: FixedState = FixedState::with_seed(0x6e6f_6465);

impl Vertices {
    fn len(&self) -> usize {
        self.entries.len()
    }

    fn intern(&mut self, kind: Vertex, namespace: u32, name: &str) -> u32 {
        if let Some(found) = self.find(kind, namespace, name) {
            return found;
        }
        let new = ordinal(self.entries.len());
        self.names.push_str(name);
        self.entries.push(VertexEntry { end: self.names.len(), namespace, kind });
        let (names, entries) = (&self.names, &self.entries);
        self.table.insert_unique(hash(kind, namespace, name), new, |other| {
            let (kind, namespace, name) = described(names, entries, *other);
            hash(kind, namespace, name)
        });
        new
    }

    #[inline]
    fn find(&self, kind: Vertex, namespace: u32, name: &str) -> Option<u32> {
        let wanted = (kind, namespace, name);
        let same = |other: &u32| described(&self.names, &self.entries, *other) == wanted;
        self.table.find(hash(kind, namespace, name), same).copied()
    }

    fn shrink(&mut self) {
        self.names.shrink_to_fit();
        self.entries.shrink_to_fit();
    }

    fn memory(&self) -> usize {
        self.names.capacity()
            + self.entries.capacity() * size_of::<VertexEntry>()
            + self.table.allocation_size()
    }
}

fn hash(kind: Vertex, namespace: u32, name: &str) -> u64 {
    let mut hasher = STATE.build_hasher();
    kind.hash(&mut hasher);
    namespace.hash(&mut hasher);
    name.hash(&mut hasher);
    hasher.finish()
}

#[inline]
fn described<'a>(names: &'a str, entries: &[VertexEntry], vertex: u32) -> (Vertex, u32, &'a str) {
    let at = position(vertex);
    let start = at.checked_sub(1).and_then(|before| entries.get(before)).map_or(0, |entry| entry.end);
    match entries.get(at) {
        Some(entry) => (entry.kind, entry.namespace, names.get(start..entry.end).unwrap_or_default()),
        // INVARIANT: the table holds ordinals of entries only.
        None => (Vertex::Pod, crate::index::UNKNOWN, ""),
    }
}
