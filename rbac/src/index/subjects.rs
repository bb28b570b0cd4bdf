//! From a user or group to the bindings that name it.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::{Footprint, StringTable, ordinal, position};

/// Every subject of one kind with the bindings that name it.
#[derive(Clone, Debug)]
pub(crate) struct SubjectIndex {
    names: StringTable,
    /// By the ordinal of the name.
    subjects: Vec<Subject>,
    /// From subject and namespace to entries.
    namespaced: HashMap<u64, Span, FixedState>,
    entries: Vec<Entry>,
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
struct Subject {
    cluster: Span,
    /// All entries of all scopes.
    whole: Span,
    has_namespaces: bool,
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
    pub(crate) fn new(mut names: StringTable, mut new: Vec<NewEntry>, roles: &[Footprint]) -> Self {
        names.shrink();
        new.sort_unstable_by_key(|entry| (entry.name, entry.namespace, entry.binding, entry.subject));
        // A binding that names somebody twice names him where it does so first.
        new.dedup_by_key(|entry| (entry.name, entry.namespace, entry.binding));
        let mut index = Self {
            subjects: Vec::new(),
            namespaced: HashMap::with_hasher(FixedState::default()),
            entries: Vec::with_capacity(new.len()),
            names,
        };
        let known = new.last().map_or(0, |entry| position(entry.name) + 1);
        index.subjects.resize(known, Subject::default());
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
            if let Some(subject) = index.subjects.get_mut(position(head.name)) {
                // The scopes of a subject follow each other.
                if subject.whole.all == 0 {
                    subject.whole.start = span.start;
                }
                subject.whole.all += span.all;
                if head.namespace == 0 {
                    subject.cluster = span;
                } else {
                    subject.has_namespaces = true;
                    index.namespaced.insert(key(head.name, head.namespace), span);
                }
            }
        }
        index
    }

    /// The ordinal of a subject that a binding names.
    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.names.find(name)
    }

    /// For each role that a subject has in a scope, the first binding that grants it, in the order of bindings.
    #[inline]
    pub(crate) fn first_per_role(&self, subject: u32, namespace: u32) -> &[Entry] {
        let span = self.span(subject, namespace);
        self.slice(span.start, span.first)
    }

    /// Every binding that names a subject in a scope.
    pub(crate) fn all(&self, subject: u32, namespace: u32) -> &[Entry] {
        let span = self.span(subject, namespace);
        self.slice(span.start, span.all)
    }

    /// Every binding that names a subject in any scope, scope by scope.
    pub(crate) fn everywhere(&self, subject: u32) -> &[Entry] {
        let span = self.subjects.get(position(subject)).map(|subject| subject.whole).unwrap_or_default();
        self.slice(span.start, span.all)
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        self.names.memory()
            + self.subjects.capacity() * size_of::<Subject>()
            + self.namespaced.allocation_size()
            + self.entries.capacity() * size_of::<Entry>()
    }

    #[inline]
    fn span(&self, subject: u32, namespace: u32) -> Span {
        match self.subjects.get(position(subject)) {
            Some(subject) if namespace == 0 => subject.cluster,
            Some(record) if record.has_namespaces => {
                self.namespaced.get(&key(subject, namespace)).copied().unwrap_or_default()
            }
            _ => Span::default(),
        }
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
