//! Subjects whose bindings changed after the index was built.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::subjects::{Entry, Found, SubjectIndex};

/// An index of subjects with changes on top. Without changes it costs a comparison more than the index alone.
#[derive(Clone, Debug)]
pub(crate) struct Subjects {
    base: Arc<SubjectIndex>,
    names: HashMap<Box<str>, u32>,
    patched: Vec<Arc<Patched>>,
}

/// All bindings of a subject, in place of those in the index.
#[derive(Clone, Debug, Default)]
struct Patched {
    /// By namespace, 0 being the cluster; in the order of bindings.
    scopes: BTreeMap<u32, Scope>,
    everywhere: Vec<Entry>,
}

#[derive(Clone, Debug, Default)]
struct Scope {
    all: Vec<Entry>,
    /// For each role the first binding that grants it, and every binding to a role that is not there.
    first: Vec<Entry>,
}

impl Subjects {
    pub(crate) fn new(base: SubjectIndex) -> Self {
        Self { base: Arc::new(base), names: HashMap::new(), patched: Vec::new() }
    }

    /// A subject that a binding names.
    #[inline]
    pub(crate) fn find(&self, name: &str) -> Option<Found> {
        if !self.patched.is_empty()
            && let Some(patched) = self.names.get(name)
        {
            return Some(Found::patched(*patched));
        }
        self.base.find(name)
    }

    /// See [`SubjectIndex::first_per_role`].
    #[inline]
    pub(crate) fn first_per_role(&self, subject: Found, namespace: u32) -> &[Entry] {
        match subject.as_patched() {
            None => self.base.first_per_role(subject, namespace),
            Some(patched) => self.scope(patched, namespace).map_or(&[], |scope| &scope.first),
        }
    }

    /// Every binding that names a subject in a scope.
    pub(crate) fn all(&self, subject: Found, namespace: u32) -> &[Entry] {
        match subject.as_patched() {
            None => self.base.all(subject, namespace),
            Some(patched) => self.scope(patched, namespace).map_or(&[], |scope| &scope.all),
        }
    }

    /// Every binding that names a subject in any scope, scope by scope.
    pub(crate) fn everywhere(&self, subject: Found) -> &[Entry] {
        match subject.as_patched() {
            None => self.base.everywhere(subject),
            Some(patched) => self.patched(patched).map_or(&[], |patched| &patched.everywhere),
        }
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        let entries: usize = self.patched.iter().map(|patched| 3 * patched.everywhere.capacity()).sum();
        self.base.memory() + entries * size_of::<Entry>()
    }

    /// Takes the entry of a binding away and puts another in its place, with its namespace.
    pub(crate) fn replace(
        &mut self,
        name: &str,
        binding: u32,
        new: Option<(u32, Entry)>,
        namespace_of: impl Fn(u32) -> u32,
    ) {
        let mut scopes: BTreeMap<u32, Scope> = BTreeMap::new();
        if let Some(found) = self.find(name) {
            if let Some(patched) = found.as_patched() {
                scopes = self.patched(patched).map(|patched| patched.scopes.clone()).unwrap_or_default();
            } else {
                for entry in self.base.everywhere(found) {
                    scopes.entry(namespace_of(entry.binding)).or_default().all.push(*entry);
                }
                for scope in scopes.values_mut() {
                    scope.all.sort_unstable_by_key(|entry| entry.binding);
                }
            }
        }
        for scope in scopes.values_mut() {
            scope.all.retain(|entry| entry.binding != binding);
        }
        if let Some((namespace, entry)) = new {
            let all = &mut scopes.entry(namespace).or_default().all;
            let place = all.partition_point(|other| other.binding < binding);
            all.insert(place, entry);
        }
        scopes.retain(|_, scope| !scope.all.is_empty());
        let mut everywhere = Vec::new();
        for scope in scopes.values_mut() {
            let mut seen = Vec::new();
            scope.first.clear();
            for entry in &scope.all {
                if entry.role == super::UNKNOWN || !seen.contains(&entry.role) {
                    seen.push(entry.role);
                    scope.first.push(*entry);
                }
            }
            everywhere.extend_from_slice(&scope.all);
        }
        let patched = Arc::new(Patched { scopes, everywhere });
        if let Some(index) = self.names.get(name).copied() {
            if let Some(place) = self.patched.get_mut(super::position(index)) {
                *place = patched;
            }
        } else {
            self.names.insert(name.into(), super::ordinal(self.patched.len()));
            self.patched.push(patched);
        }
    }

    fn patched(&self, index: u32) -> Option<&Patched> {
        self.patched.get(super::position(index)).map(|patched| &**patched)
    }

    fn scope(&self, index: u32, namespace: u32) -> Option<&Scope> {
        self.patched(index)?.scopes.get(&namespace)
    }
}
