//! The objects of a cluster, shared between clones until one of them changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::GroupKind;
use crate::object::Object;

/// What tells two objects of a kind and namespace apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    /// `metadata.name`.
    Given(Box<str>),
    /// No name (`generateName`, a kustomization): the place where it was read.
    Read(Box<str>, u32, Option<u32>),
}

impl Name {
    pub(super) fn of(object: &Object) -> Self {
        let origin = object.origin();
        match object.name() {
            "" => Self::Read(origin.source.as_str().into(), origin.document, origin.item),
            name => Self::Given(name.into()),
        }
    }
}

type Shard = BTreeMap<Name, Object>;
type Namespaces = BTreeMap<Box<str>, Arc<Shard>>;

/// Kind, then namespace, then name. A clone copies two small maps at most; a change copies the shards it touches.
#[derive(Clone, Debug, Default)]
pub(super) struct Shards {
    kinds: BTreeMap<GroupKind, Arc<Namespaces>>,
}

impl Shards {
    /// Puts an object in its place and returns the one that was there.
    pub(super) fn insert(&mut self, kind: &GroupKind, namespace: &str, object: Object) -> Option<Object> {
        // Cloning the key for the look-up would cost an allocation for each of a million objects.
        if !self.kinds.contains_key(kind) {
            self.kinds.insert(kind.clone(), Arc::default());
        }
        let namespaces = Arc::make_mut(self.kinds.get_mut(kind)?);
        if !namespaces.contains_key(namespace) {
            namespaces.insert(namespace.into(), Arc::default());
        }
        Arc::make_mut(namespaces.get_mut(namespace)?).insert(Name::of(&object), object)
    }

    pub(super) fn remove(&mut self, kind: &GroupKind, namespace: &str, name: &str) -> Option<Object> {
        let name = Name::Given(name.into());
        if !self.kinds.get(kind)?.get(namespace)?.contains_key(&name) {
            return None;
        }
        let namespaces = Arc::make_mut(self.kinds.get_mut(kind)?);
        let shard = Arc::make_mut(namespaces.get_mut(namespace)?);
        let removed = shard.remove(&name);
        if shard.is_empty() {
            namespaces.remove(namespace);
        }
        removed
    }

    pub(super) fn find(&self, kind: &GroupKind, namespace: &str, name: &Name) -> Option<&Object> {
        self.kinds.get(kind)?.get(namespace)?.get(name)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&GroupKind, &str, &Object)> {
        self.kinds.iter().flat_map(|(kind, namespaces)| {
            namespaces.iter().flat_map(move |(namespace, shard)| {
                shard.values().map(move |object| (kind, namespace.as_ref(), object))
            })
        })
    }

    pub(super) fn of_kind<'a>(
        &'a self,
        kind: &GroupKind,
    ) -> impl Iterator<Item = (&'a str, &'a Object)> + use<'a> {
        self.kinds.get(kind).into_iter().flat_map(|namespaces| {
            namespaces
                .iter()
                .flat_map(|(namespace, shard)| shard.values().map(move |object| (namespace.as_ref(), object)))
        })
    }

    pub(super) fn in_namespace<'a>(
        &'a self,
        kind: &GroupKind,
        namespace: &str,
    ) -> impl Iterator<Item = &'a Object> + use<'a> {
        self.kinds
            .get(kind)
            .and_then(|namespaces| namespaces.get(namespace))
            .into_iter()
            .flat_map(|shard| shard.values())
    }

    pub(super) fn counts(&self) -> impl Iterator<Item = (&GroupKind, usize)> {
        self.kinds
            .iter()
            .map(|(kind, namespaces)| (kind, namespaces.values().map(|shard| shard.len()).sum()))
            .filter(|(_, count)| *count > 0)
    }

    /// Every namespace that an object lives in, in order.
    pub(super) fn namespaces(&self) -> std::collections::BTreeSet<&str> {
        self.kinds
            .values()
            .flat_map(|namespaces| namespaces.keys())
            .map(AsRef::as_ref)
            .filter(|namespace| !namespace.is_empty())
            .collect()
    }
}
