//! What if one object were another: a model that shares everything with the one that it was made from.

mod bindings;

pub(crate) use bindings::{Bindings, Place};

use std::collections::BTreeMap;
use std::sync::Arc;

use kubelogic_core::cluster::{Cluster, ObjectRef, OnInvalid};
use kubelogic_core::meta::{LabelSelector, Selector};
use kubelogic_core::object::Object;

use crate::bootstrap::{Bootstrap, bootstrap_objects};
use crate::compile::new_generation;
use crate::error::RbacError;
use crate::index::{Entry, Footprint, UNKNOWN, ordinal, position};
use crate::model::{Binding, BindingKind, GROUP, Role, RoleKind, SubjectKind};
use crate::policy::{self, Judgement, Verdicts};
use crate::rbac::{BindingRecord, Rbac, RoleRecord, RuleRecord};

/// A change of the cluster.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Delta {
    /// Objects that are taken away first.
    pub without: Vec<ObjectRef>,
    /// Objects that are added, or replace those of the same kind, namespace and name.
    pub with: Vec<Object>,
}

impl Delta {
    /// An object that is added, or replaces another.
    pub fn with(object: Object) -> Self {
        Self { without: Vec::new(), with: vec![object] }
    }

    /// An object that is taken away.
    pub fn without(reference: ObjectRef) -> Self {
        Self { without: vec![reference], with: Vec::new() }
    }
}

/// So many changes lie on top of a model before it is compiled anew.
const MOST_CHANGES: usize = 256;

impl Rbac {
    /// The model of the changed cluster: what compiling that cluster would give.
    ///
    /// A binding that is added, replaced or taken away costs as much as its subjects have bindings, and a role that is
    /// replaced as much as it has rules, however many other bindings there are. Anything else is compiled anew: roles that
    /// are added or taken away, roles that are aggregated, default objects, objects that the API server would refuse, and
    /// other kinds.
    ///
    /// # Errors
    /// See [`Rbac::compile`].
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, UserInfo};
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    /// use kubelogic_rbac::{Delta, Options, Rbac};
    ///
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let binding = Object::from_serialize(&serde_json::json!({
    ///     "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
    ///     "metadata": {"name": "viewers", "namespace": "shop"},
    ///     "roleRef": {"kind": "ClusterRole", "name": "view"}, "subjects": [{"kind": "User", "name": "ann"}],
    /// }))?;
    /// let (ann, get) = (UserInfo::named("ann"), Attributes::resource("get", "", "pods").in_namespace("shop"));
    /// assert!(!rbac.decide(&ann, &get).is_allowed());
    /// assert!(rbac.updated(&Delta::with(binding))?.decide(&ann, &get).is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn updated(&self, delta: &Delta) -> Result<Self, RbacError> {
        if self.pending.len() < MOST_CHANGES {
            let mut next = self.clone();
            next.generation = new_generation();
            Arc::make_mut(&mut next.pending).push(delta.clone());
            let done = delta.without.iter().all(|reference| next.take_away(reference).is_some())
                && delta.with.iter().all(|object| next.put(object).is_some());
            if done {
                return Ok(next);
            }
        }
        let cluster = changed(&self.current_cluster(), delta)?;
        Self::compile(&cluster, &self.options)
    }

    /// The cluster with every change.
    pub(crate) fn current_cluster(&self) -> Cluster {
        let mut cluster = self.cluster.clone();
        for delta in self.pending.iter() {
            // What could be put into the model can be put into the cluster.
            cluster = changed(&cluster, delta).unwrap_or(cluster);
        }
        cluster
    }

    /// Whether a role has other rules than those in the index.
    #[inline]
    pub(crate) fn is_changed(&self, role: u32) -> bool {
        !self.changed_roles.is_empty() && self.changed_roles.contains_key(&role)
    }

    /// Takes an object away; nothing when that is more than a small change.
    fn take_away(&mut self, reference: &ObjectRef) -> Option<()> {
        if reference.group != GROUP {
            return None;
        }
        let kind = BindingKind::of(&reference.kind)?;
        let namespace = if kind == BindingKind::RoleBinding { reference.namespace.as_str() } else { "" };
        self.is_ordinary(kind.name(), namespace, &reference.name)?;
        if let Place::Taken(ordinal) = self.place_of(kind, namespace, &reference.name) {
            self.detach(ordinal, &BTreeMap::new())?;
            self.bindings.put(ordinal, None);
        }
        Some(())
    }

    /// Adds or replaces an object; nothing when that is more than a small change.
    fn put(&mut self, object: &Object) -> Option<()> {
        if let Some(kind) = policy::role_kind(object) {
            return self.put_role(object, kind);
        }
        let kind = policy::binding_kind(object)?;
        let namespace = self.namespace_of(object, kind == BindingKind::RoleBinding);
        self.is_ordinary(kind.name(), &namespace, object.name())?;
        let mut verdicts = Verdicts::default();
        let binding = verdicts.binding(object, kind, &namespace, self.judgement())?;
        if !verdicts.says_nothing() {
            return None;
        }
        let (place, taken) = match self.place_of(kind, &namespace, object.name()) {
            Place::Taken(place) => (place, true),
            Place::Free(place) => (place, false),
            Place::Crowded => return None,
        };
        let scope = match self.namespaces.find(&namespace) {
            Some(scope) => scope,
            None => Arc::make_mut(&mut self.namespaces).intern(&namespace),
        };
        let role = self.role_of(&binding, scope);
        let footprint = if self.is_changed(role) {
            Footprint { resources: u64::MAX, verbs: u64::MAX }
        } else {
            self.footprints.get(position(role)).copied().unwrap_or_default()
        };
        let names = names(&binding);
        if taken {
            self.detach(place, &names)?;
        }
        self.bindings.put(
            place,
            Some(BindingRecord {
                object: object.clone(),
                completed_by: None,
                kind,
                namespace: scope,
                role,
                from_bootstrap: false,
            }),
        );
        for ((kind, name), subject) in names {
            let entry = Entry { binding: place, subject, role, footprint };
            self.attach(kind, &name, place, Some((scope, entry)));
        }
        Some(())
    }

    /// Takes the entries of a binding away, save those of subjects that get others.
    fn detach(&mut self, place: u32, kept: &BTreeMap<(SubjectKind, String), u32>) -> Option<()> {
        let record = self.bindings.get(place)?;
        if record.completed_by.is_some() {
            return None;
        }
        let before = self.binding(place)?;
        let mut verdicts = Verdicts::default();
        verdicts.binding(&before.object, before.kind, &before.namespace, self.judgement())?;
        if !verdicts.says_nothing() {
            return None;
        }
        for (subject, _) in names(&before) {
            if !kept.contains_key(&subject) {
                self.attach(subject.0, &subject.1, place, None);
            }
        }
        Some(())
    }

    fn attach(&mut self, kind: SubjectKind, name: &str, place: u32, entry: Option<(u32, Entry)>) {
        let bindings = &self.bindings;
        let namespace_of = |binding: u32| bindings.get(binding).map_or(UNKNOWN, |record| record.namespace);
        let subjects = if kind == SubjectKind::Group { &mut self.groups } else { &mut self.users };
        subjects.replace(name, place, entry, namespace_of);
    }

    fn put_role(&mut self, object: &Object, kind: RoleKind) -> Option<()> {
        let namespace = self.namespace_of(object, kind == RoleKind::Role);
        self.is_ordinary(kind.name(), &namespace, object.name())?;
        let role = self.find_role(kind, &namespace, object.name())?;
        let old = self.role(role)?.clone();
        let mut verdicts = Verdicts::default();
        let before = verdicts.role(&old.object, kind, &namespace, self.judgement())?;
        let after = verdicts.role(object, kind, &namespace, self.judgement())?;
        if !verdicts.says_nothing() {
            return None;
        }
        if self.options.aggregate && kind == RoleKind::ClusterRole {
            let aggregates = before.aggregation_rule.is_some() || after.aggregation_rule.is_some();
            if aggregates || self.is_selected(&before) || self.is_selected(&after) {
                return None;
            }
        }
        let rules = after.rules.iter().enumerate().map(|(index, rule)| RuleRecord {
            rule: Arc::new(rule.clone()),
            object: object.clone(),
            index: ordinal(index),
            from_bootstrap: false,
        });
        let record = RoleRecord {
            object: object.clone(),
            kind,
            namespace: old.namespace,
            from_bootstrap: false,
            aggregated: after.aggregation_rule.is_some(),
            rules: rules.collect(),
        };
        Arc::make_mut(&mut self.changed_roles).insert(role, record);
        Some(())
    }

    /// Whether some aggregated role takes rules from this one.
    fn is_selected(&self, role: &Role) -> bool {
        let selects = |selector: &LabelSelector| {
            Selector::new(selector, self.kube_version)
                .is_ok_and(|selector| selector.matches(&role.metadata.labels))
        };
        let aggregated = self.role_records().filter(|record| record.aggregated);
        aggregated.map(|record| self.role_again(record)).any(|target| {
            target.aggregation_rule.is_some_and(|rule| rule.cluster_role_selectors.iter().any(selects))
        })
    }

    /// Whether an object is judged for itself alone.
    fn is_ordinary(&self, kind: &str, namespace: &str, name: &str) -> Option<()> {
        // A dropped object would have to be known, and a default one replaces or completes another.
        let default = self.options.bootstrap != Bootstrap::Never
            && bootstrap_objects(self.kube_version).iter().any(|object| {
                object.name() == name && object.namespace() == namespace && object.kind() == kind
            });
        (!default && !name.is_empty() && self.cluster.on_invalid() != OnInvalid::Drop).then_some(())
    }

    fn namespace_of(&self, object: &Object, namespaced: bool) -> String {
        match object.namespace() {
            _ if !namespaced => String::new(),
            "" => self.cluster.default_namespace().to_owned(),
            given => given.to_owned(),
        }
    }

    fn judgement(&self) -> Judgement {
        Judgement {
            version: self.kube_version,
            field_validation: self.cluster.field_validation(),
            drop_invalid: false,
            stored: self.options.stored,
        }
    }

    fn role_of(&self, binding: &Binding, scope: u32) -> u32 {
        let found = match RoleKind::of(&binding.role_ref.kind) {
            Some(RoleKind::Role) if scope != 0 => {
                self.find_role(RoleKind::Role, &binding.namespace, &binding.role_ref.name)
            }
            Some(RoleKind::ClusterRole) => self.find_role(RoleKind::ClusterRole, "", &binding.role_ref.name),
            _ => None,
        };
        found.unwrap_or(UNKNOWN)
    }
}

fn changed(cluster: &Cluster, delta: &Delta) -> Result<Cluster, RbacError> {
    let mut cluster = cluster.clone();
    for reference in &delta.without {
        cluster = cluster.without([reference]);
    }
    Ok(cluster.with(delta.with.iter().cloned())?)
}

/// Whom a binding names, each where it does so first.
fn names(binding: &Binding) -> BTreeMap<(SubjectKind, String), u32> {
    let mut names = BTreeMap::new();
    for (position, subject) in binding.subjects.iter().enumerate() {
        let name = match subject.subject_kind() {
            Some(SubjectKind::User) => (SubjectKind::User, subject.name.clone()),
            Some(SubjectKind::Group) => (SubjectKind::Group, subject.name.clone()),
            Some(SubjectKind::ServiceAccount) => match subject.service_account_user(&binding.namespace) {
                // A service account is a user with a name of its own form.
                Some(name) => (SubjectKind::User, name),
                None => continue,
            },
            None => continue,
        };
        names.entry(name).or_insert(ordinal(position));
    }
    names
}
