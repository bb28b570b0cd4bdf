//! The compiled model.

use std::collections::BTreeMap;
use std::sync::Arc;

use kubelogic_core::cluster::Cluster;
use kubelogic_core::decode::FieldValidation;
use kubelogic_core::finding::Finding;
use kubelogic_core::object::Object;
use kubelogic_core::version::KubeVersion;

use crate::compile::Options;
use crate::index::{Footprint, RoleIndex, StringTable, Subjects, ordinal, position};
use crate::model::{Binding, BindingKind, PolicyRule, Role, RoleKind};
use crate::policy;
use crate::updated::{Bindings, Delta, Place};

/// All roles and bindings of a cluster, ready to decide.
///
/// It never changes, and threads can share it.
#[derive(Clone, Debug)]
pub struct Rbac {
    /// Tells the decisions of one model from those of another.
    pub(crate) generation: u64,
    pub(crate) kube_version: KubeVersion,
    /// What the model was compiled from.
    pub(crate) cluster: Cluster,
    /// Ordinal 0 is the cluster.
    pub(crate) namespaces: Arc<StringTable>,
    pub(crate) roles: Arc<Vec<RoleRecord>>,
    /// What the roles speak about.
    pub(crate) footprints: Arc<Vec<Footprint>>,
    /// Roles that were replaced after compiling.
    pub(crate) changed_roles: Arc<BTreeMap<u32, RoleRecord>>,
    /// ClusterRoleBindings by name, then RoleBindings by namespace and name.
    pub(crate) bindings: Bindings,
    pub(crate) role_index: Arc<RoleIndex>,
    pub(crate) users: Subjects,
    pub(crate) groups: Subjects,
    pub(crate) remarks: Arc<Vec<Finding>>,
    pub(crate) options: Options,
    /// What is changed on top of the cluster.
    pub(crate) pending: Arc<Vec<Delta>>,
}

/// A role with the rules that count.
#[derive(Clone, Debug)]
pub(crate) struct RoleRecord {
    pub(crate) object: Object,
    pub(crate) kind: RoleKind,
    pub(crate) namespace: u32,
    pub(crate) from_bootstrap: bool,
    /// Whether the controller may replace its rules.
    pub(crate) aggregated: bool,
    pub(crate) rules: Vec<RuleRecord>,
}

/// A rule and where it is written.
#[derive(Clone, Debug)]
pub(crate) struct RuleRecord {
    pub(crate) rule: Arc<PolicyRule>,
    /// The role that has the rule; another one than the role that is bound after aggregation.
    pub(crate) object: Object,
    /// The position in that role.
    pub(crate) index: u32,
    pub(crate) from_bootstrap: bool,
}

/// A binding. What is rarely asked is read again from the object.
#[derive(Clone, Debug)]
pub(crate) struct BindingRecord {
    pub(crate) object: Object,
    /// A default binding of the same name whose subjects count, too.
    pub(crate) completed_by: Option<Object>,
    pub(crate) kind: BindingKind,
    pub(crate) namespace: u32,
    /// The role, or [`UNKNOWN`](crate::index::UNKNOWN) when it is not there.
    pub(crate) role: u32,
    pub(crate) from_bootstrap: bool,
}

/// A role with the rules that count.
#[derive(Clone, Copy, Debug)]
pub struct EffectiveRole<'a> {
    rbac: &'a Rbac,
    record: &'a RoleRecord,
}

impl<'a> EffectiveRole<'a> {
    /// Role or ClusterRole.
    pub fn kind(&self) -> RoleKind {
        self.record.kind
    }

    /// The namespace; empty for a ClusterRole.
    pub fn namespace(&self) -> &'a str {
        self.rbac.namespaces.text(self.record.namespace)
    }

    /// The name.
    pub fn name(&self) -> &'a str {
        self.record.object.name()
    }

    /// The object that it was read from.
    pub fn object(&self) -> &'a Object {
        &self.record.object
    }

    /// Whether it is one that every API server creates, and that the input does not hold.
    pub fn is_default(&self) -> bool {
        self.record.from_bootstrap
    }

    /// The rules in order.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &'a PolicyRule> + use<'a> {
        self.record.rules.iter().map(|rule| &*rule.rule)
    }
}

impl Rbac {
    /// The Kubernetes version whose behaviour this is.
    pub fn kube_version(&self) -> KubeVersion {
        self.kube_version
    }

    /// What was noticed while compiling: objects that were left out, bindings to roles that are not there,
    /// aggregation in a circle.
    pub fn remarks(&self) -> &[Finding] {
        &self.remarks
    }

    /// How many bindings there are, default ones included.
    pub fn binding_count(&self) -> usize {
        self.bindings.len()
    }

    /// How many roles there are, default ones included.
    pub fn role_count(&self) -> usize {
        self.roles.len()
    }

    /// Every role with the rules that count, those of ClusterRoles after aggregation: Roles by namespace and
    /// name, then ClusterRoles by name.
    pub fn roles(&self) -> impl Iterator<Item = EffectiveRole<'_>> {
        self.role_records().map(|record| EffectiveRole { rbac: self, record })
    }

    /// Every binding that counts, default ones included, in the order in which they are asked. Each is read again from
    /// its object.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_rbac::{Options, Rbac};
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let admins = rbac.bindings().find(|binding| binding.name == "cluster-admin").unwrap();
    /// assert_eq!(admins.subjects[0].name, "system:masters");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bindings(&self) -> impl Iterator<Item = Binding> {
        self.bindings.iter().filter_map(|(ordinal, _)| self.binding(ordinal))
    }

    /// The bindings that the input holds; those that every API server creates are not among them.
    pub fn given_bindings(&self) -> impl Iterator<Item = Binding> {
        let given = self.bindings.iter().filter(|(_, record)| !record.from_bootstrap);
        given.filter_map(|(ordinal, _)| self.binding(ordinal))
    }

    /// Bytes that the model holds besides the objects that it was compiled from.
    pub fn memory(&self) -> usize {
        let rules: usize = self.role_records().map(|role| role.rules.capacity()).sum();
        self.namespaces.memory()
            + self.role_index.memory()
            + self.users.memory()
            + self.groups.memory()
            + self.roles.capacity() * size_of::<RoleRecord>()
            + self.bindings.memory()
            + rules * size_of::<RuleRecord>()
    }

    /// A binding in full.
    pub(crate) fn binding(&self, ordinal: u32) -> Option<Binding> {
        let record = self.bindings.get(ordinal)?;
        let namespace = self.namespaces.text(record.namespace);
        Some(policy::binding_again(&record.object, record.completed_by.as_ref(), record.kind, namespace))
    }

    /// A role by kind, namespace and name.
    pub(crate) fn find_role(&self, kind: RoleKind, namespace: &str, name: &str) -> Option<u32> {
        let found = self.roles.binary_search_by(|record| {
            let own = (record.kind, self.namespaces.text(record.namespace), record.object.name());
            own.cmp(&(kind, namespace, name))
        });
        found.ok().map(ordinal)
    }

    /// A binding by kind, namespace and name.
    pub(crate) fn find_binding(&self, kind: BindingKind, namespace: &str, name: &str) -> Option<u32> {
        match self.place_of(kind, namespace, name) {
            Place::Taken(ordinal) => Some(ordinal),
            Place::Free(_) | Place::Crowded => None,
        }
    }

    /// Where a binding is or would be.
    pub(crate) fn place_of(&self, kind: BindingKind, namespace: &str, name: &str) -> Place {
        self.bindings.place(|record| {
            let own = (record.kind, self.namespaces.text(record.namespace), record.object.name());
            own.cmp(&(kind, namespace, name))
        })
    }

    /// Every role, by the position that is its ordinal.
    pub(crate) fn role_records(&self) -> impl Iterator<Item = &RoleRecord> {
        let replaced = |role: usize| self.changed_roles.get(&ordinal(role));
        self.roles.iter().enumerate().map(move |(role, record)| replaced(role).unwrap_or(record))
    }

    /// A role in full, as it was read; its rules may not be those that count.
    pub(crate) fn role_again(&self, record: &RoleRecord) -> Role {
        let namespace = self.namespaces.text(record.namespace);
        Role::read(&record.object, record.kind, namespace, FieldValidation::Ignore).0
    }

    pub(crate) fn role(&self, ordinal: u32) -> Option<&RoleRecord> {
        match self.changed_roles.get(&ordinal) {
            Some(changed) => Some(changed),
            None => self.roles.get(position(ordinal)),
        }
    }
}
