//! From a user or group to the bindings that name it.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashTable};

use super::strings::STATE;
use super::{Footprint, StringTable, ordinal, position};

/// Every subject of one kind with the bindings that name it.
///
/// A look-up of a user in a large model misses the processor's caches at every step. The table's own slots
/// therefore say where the name and the entries are: one step from the hash to both.
#[derive(Clone, Debug)]
pub(crate) struct SubjectIndex {
    /// All names in one piece.
    text: String,
    longest: usize,
    slots: HashTable<Slot>,
    /// What is rarely asked, by the ordinal of the subject.
    scopes: Vec<Scopes>,
    /// From subject and namespace to entries.
    namespaced: HashMap<u64, Span, FixedState>,
    entries: Vec<Entry>,
}

/// A subject that has been looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    ordinal: u32,
    /// The first entries of each role in the cluster.
    start: u32,
    /// How many; the highest bit says that there are entries in namespaces, too.
    first: u32,
}

const HAS_NAMESPACES: u32 = 1 << 31;
/// Marks a subject that is not found in this index but among the changes on top of it.
const PATCHED: u32 = 1 << 31;

impl Found {
    /// The subject at an index of the changes.
    pub(super) fn patched(index: u32) -> Self {
        Self { ordinal: index | PATCHED, start: 0, first: 0 }
    }

    /// The index among the changes, if it is one of them.
    #[inline]
    pub(super) fn as_patched(self) -> Option<u32> {
        (self.ordinal & PATCHED != 0).then_some(self.ordinal & !PATCHED)
    }
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    name_start: u64,
    name_length: u32,
    found: Found,
}

/// A binding that names a subject.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) binding: u32,
    /// The position of the subject in the binding.
    pub(crate) subject: u32,
    /// The role, or [`UNKNOWN`](super::UNKNOWN) when it is not there.
    pub(crate) role: u32,
    /// What the role speaks about.
    pub(crate) footprint: Footprint,
}

/// An entry on its way into the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewEntry {
    /// The ordinal of the subject's name.
    pub(crate) name: u32,
    /// The binding's namespace; 0 is the cluster.
    pub(crate) namespace: u32,
    pub(crate) binding: u32,
    pub(crate) subject: u32,
    pub(crate) role: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Scopes {
    /// The entries of all scopes; those of the cluster come first.
    start: u32,
    all: u32,
    cluster: u32,
}

/// Entries in the order of their bindings; the first for each role stand in front, the others after them.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    first: u32,
    all: u32,
}

impl SubjectIndex {
    /// Builds the index. `names` holds the names that the entries mean.
    pub(crate) fn new(names: StringTable, mut new: Vec<NewEntry>, roles: &[Footprint]) -> Self {
        new.sort_unstable_by_key(|entry| (entry.name, entry.namespace, entry.binding, entry.subject));
        // A binding that names somebody twice names him where it does so first.
        new.dedup_by_key(|entry| (entry.name, entry.namespace, entry.binding));
        let (text, ends, longest) = names.into_parts();
        let mut index = Self {
            text,
            longest,
            slots: HashTable::new(),
            scopes: vec![Scopes::default(); ends.len()],
            namespaced: HashMap::with_hasher(FixedState::default()),
            entries: Vec::with_capacity(new.len()),
        };
        let mut firsts: Vec<u32> = vec![0; ends.len()];
        // The number of the last group of entries in which a role was seen, counted from 1.
        let mut seen: Vec<u32> = vec![0; roles.len()];
        let mut repeated: Vec<Entry> = Vec::new();
        let groups = new.chunk_by(|one, two| (one.name, one.namespace) == (two.name, two.namespace));
        for (number, group) in groups.enumerate() {
            let Some(head) = group.first() else { continue };
            let start = index.entries.len();
            for entry in group {
                let footprint = roles.get(position(entry.role)).copied().unwrap_or_default();
                let NewEntry { binding, subject, role, .. } = *entry;
                let entry = Entry { binding, subject, role, footprint };
                match seen.get_mut(position(role)) {
                    Some(last) if *last == ordinal(number + 1) => repeated.push(entry),
                    Some(last) => {
                        *last = ordinal(number + 1);
                        index.entries.push(entry);
                    }
                    None => index.entries.push(entry),
                }
            }
            let first = index.entries.len() - start;
            index.entries.append(&mut repeated);
            let span = Span { start: ordinal(start), first: ordinal(first), all: ordinal(group.len()) };
            let name = position(head.name);
            if let Some(scopes) = index.scopes.get_mut(name) {
                // The scopes of a subject follow each other, the cluster first.
                if scopes.all == 0 {
                    scopes.start = span.start;
                }
                scopes.all += span.all;
                if head.namespace == 0 {
                    scopes.cluster = span.all;
                }
            }
            if head.namespace != 0 {
                index.namespaced.insert(key(head.name, head.namespace), span);
            } else if let Some(first) = firsts.get_mut(name) {
                *first = span.first;
            }
        }
        index.fill_slots(&ends, &firsts);
        index
    }

    fn fill_slots(&mut self, ends: &[usize], firsts: &[u32]) {
        let text = &self.text;
        let hash = |slot: &Slot| STATE.hash_one(name_of(text, slot));
        self.slots.reserve(ends.len(), hash);
        let mut start = 0;
        for (index, ((end, scopes), first)) in ends.iter().zip(&self.scopes).zip(firsts).enumerate() {
            let slot = Slot {
                name_start: start as u64,
                name_length: ordinal(end - start),
                found: Found {
                    ordinal: ordinal(index),
                    start: scopes.start,
                    first: first | if scopes.all > scopes.cluster { HAS_NAMESPACES } else { 0 },
                },
            };
            self.slots.insert_unique(hash(&slot), slot, hash);
            start = *end;
        }
    }

    /// A subject that a binding names.
    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<Found> {
        if name.len() > self.longest {
            return None;
        }
        let slot = self.slots.find(STATE.hash_one(name), |slot| name_of(&self.text, slot) == name)?;
        Some(slot.found)
    }

    /// For each role that a subject has in a scope, the first binding that grants it, in the order of bindings.
    #[inline]
    pub(crate) fn first_per_role(&self, subject: Found, namespace: u32) -> &[Entry] {
        if namespace == 0 {
            return self.slice(subject.start, subject.first & !HAS_NAMESPACES);
        }
        let span = self.namespaced_span(subject, namespace);
        self.slice(span.start, span.first)
    }

    /// Every binding that names a subject in a scope.
    pub(crate) fn all(&self, subject: Found, namespace: u32) -> &[Entry] {
        if namespace == 0 {
            let scopes = self.scopes.get(position(subject.ordinal)).copied().unwrap_or_default();
            return self.slice(scopes.start, scopes.cluster);
        }
        let span = self.namespaced_span(subject, namespace);
        self.slice(span.start, span.all)
    }

    /// Every binding that names a subject in any scope, scope by scope.
    pub(crate) fn everywhere(&self, subject: Found) -> &[Entry] {
        let scopes = self.scopes.get(position(subject.ordinal)).copied().unwrap_or_default();
        self.slice(scopes.start, scopes.all)
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        self.text.capacity()
            + self.slots.allocation_size()
            + self.scopes.capacity() * size_of::<Scopes>()
            + self.namespaced.allocation_size()
            + self.entries.capacity() * size_of::<Entry>()
    }

    #[inline]
    fn namespaced_span(&self, subject: Found, namespace: u32) -> Span {
        if subject.first & HAS_NAMESPACES == 0 {
            return Span::default();
        }
        self.namespaced.get(&key(subject.ordinal, namespace)).copied().unwrap_or_default()
    }

    #[inline]
    fn slice(&self, start: u32, length: u32) -> &[Entry] {
        let start = position(start);
        self.entries.get(start..start + position(length)).unwrap_or_default()
    }
}

#[inline]
fn key(subject: u32, namespace: u32) -> u64 {
    u64::from(subject) << 32 | u64::from(namespace)
}

#[inline]
fn name_of<'a>(text: &'a str, slot: &Slot) -> &'a str {
    let start = usize::try_from(slot.name_start).unwrap_or(usize::MAX);
    text.get(start..start.saturating_add(position(slot.name_length))).unwrap_or_default()
}
