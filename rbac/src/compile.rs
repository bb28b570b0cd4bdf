//! From objects to the compiled model.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kubelogic_core::cluster::{Cluster, GroupKind, LoadError, OnInvalid};
use kubelogic_core::finding::Finding;
use kubelogic_core::object::Object;

use crate::aggregation::{Aggregating, aggregate};
use crate::bootstrap::{Additions, Bootstrap, Completion};
use crate::error::RbacError;
use crate::index::{
    Footprint, NewEntry, NewRule, RoleIndex, StringTable, SubjectIndex, Subjects, UNKNOWN, ordinal, position,
};
use crate::model::{Binding, BindingKind, GROUP, Role, RoleKind, SubjectKind};
use crate::policy::{self, Judgement, Verdicts};
use crate::rbac::{BindingRecord, Rbac, RoleRecord, RuleRecord};
use crate::updated::Bindings;

/// How objects become a model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The default roles and bindings.
    pub bootstrap: Bootstrap,
    /// Takes objects as they are, like those that an API server already holds. Otherwise objects that it would
    /// refuse today are refused.
    pub stored: bool,
    /// Computes the rules of aggregated ClusterRoles as the controller does. Otherwise their written rules count.
    pub aggregate: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { bootstrap: Bootstrap::Auto, stored: false, aggregate: true }
    }
}

/// Numbers the models of a process, so that each knows its own decisions.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// A number that no other model has.
pub(crate) fn new_generation() -> u64 {
    GENERATION.fetch_add(1, Ordering::Relaxed)
}

/// An object with the namespace that it has or gets.
struct Placed<'a> {
    object: &'a Object,
    namespace: &'a str,
    name: &'a str,
    from_bootstrap: bool,
}

impl Rbac {
    /// Compiles the roles and bindings of a cluster.
    ///
    /// # Errors
    /// When the API server would refuse some of them and the cluster does not drop such objects. All reasons
    /// are listed.
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, UserInfo};
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    /// use kubelogic_rbac::{Options, Rbac};
    ///
    /// let object = |value| Object::from_serialize(&value).unwrap();
    /// let cluster = Cluster::load(
    ///     [
    ///         object(serde_json::json!({
    ///             "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
    ///             "metadata": {"name": "reader", "namespace": "shop"},
    ///             "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}],
    ///         })),
    ///         object(serde_json::json!({
    ///             "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
    ///             "metadata": {"name": "readers", "namespace": "shop"},
    ///             "roleRef": {"kind": "Role", "name": "reader"},
    ///             "subjects": [{"kind": "Group", "name": "dev"}],
    ///         })),
    ///     ],
    ///     &LoadOptions::default(),
    /// )?;
    /// let rbac = Rbac::compile(&cluster, &Options::default())?;
    /// let ann = UserInfo::exact("ann", ["dev"]);
    /// assert!(rbac.decide(&ann, &Attributes::resource("get", "", "pods").in_namespace("shop")).is_allowed());
    /// assert!(!rbac.decide(&ann, &Attributes::resource("get", "", "pods")).is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compile(cluster: &Cluster, options: &Options) -> Result<Self, RbacError> {
        let judgement = Judgement {
            version: cluster.kube_version(),
            field_validation: cluster.field_validation(),
            drop_invalid: cluster.on_invalid() == OnInvalid::Drop,
            stored: options.stored,
        };
        let mut given = Gathered::default();
        for kind in ["ClusterRole", "Role", "ClusterRoleBinding", "RoleBinding"] {
            for (namespace, object) in cluster.of_kind(&GroupKind::new(GROUP, kind)) {
                given.add(object, namespace, false);
            }
        }
        let additions = Additions::new(options.bootstrap, judgement.version, &given.names());
        for object in &additions.missing {
            given.add(object, object.namespace(), true);
        }
        given.sort();

        let mut verdicts = Verdicts::default();
        let mut namespaces = StringTable::default();
        namespaces.intern("");
        let mut roles = Vec::with_capacity(given.roles.len());
        for (kind, placed) in &given.roles {
            let read = verdicts.role(placed.object, *kind, placed.namespace, judgement);
            roles.extend(read.map(|mut role| {
                let more = additions.complete_role(&mut role);
                (role, more, placed.from_bootstrap)
            }));
        }
        let records = role_records(&roles, options.aggregate, &mut namespaces, &mut verdicts);
        let role_index = RoleIndex::new(records.iter().enumerate().flat_map(|(role, record)| {
            record.rules.iter().enumerate().map(move |(rule, given)| NewRule {
                role: ordinal(role),
                rule: ordinal(rule),
                given: &given.rule,
            })
        }));
        let stride = Bindings::stride_for(given.bindings.len());
        let mut compiling = Compiling::new(records, role_index, namespaces, stride);
        for (kind, placed) in &given.bindings {
            let Some(mut binding) = verdicts.binding(placed.object, *kind, placed.namespace, judgement)
            else {
                continue;
            };
            let completed_by = additions.complete_binding(&mut binding);
            compiling.add(&binding, completed_by, placed.from_bootstrap);
        }
        policy::sort(&mut verdicts.refused);
        policy::sort(&mut verdicts.remarks);
        match LoadError::from_findings(verdicts.refused) {
            Some(refused) => Err(RbacError::Refused(refused)),
            None => Ok(compiling.finish(cluster.clone(), verdicts.remarks, options.clone())),
        }
    }
}

/// The roles and bindings among the objects.
#[derive(Default)]
struct Gathered<'a> {
    roles: Vec<(RoleKind, Placed<'a>)>,
    bindings: Vec<(BindingKind, Placed<'a>)>,
}

impl<'a> Gathered<'a> {
    fn add(&mut self, object: &'a Object, namespace: &'a str, from_bootstrap: bool) {
        let placed = Placed { object, namespace, name: object.name(), from_bootstrap };
        if let Some(kind) = policy::role_kind(object) {
            self.roles.push((kind, placed));
        } else if let Some(kind) = policy::binding_kind(object) {
            self.bindings.push((kind, placed));
        }
    }

    /// Kind, namespace and name of everything that is there.
    fn names(&self) -> HashSet<(&'static str, &'a str, &'a str)> {
        let roles = self.roles.iter().map(|(kind, placed)| (kind.name(), placed));
        let bindings = self.bindings.iter().map(|(kind, placed)| (kind.name(), placed));
        roles.chain(bindings).map(|(kind, placed)| (kind, placed.namespace, placed.name)).collect()
    }

    fn sort(&mut self) {
        self.roles.sort_by_key(|(kind, placed)| (*kind, placed.namespace, placed.name));
        self.bindings.sort_by_key(|(kind, placed)| (*kind, placed.namespace, placed.name));
    }
}

/// The roles with the rules that count, Roles first.
fn role_records(
    roles: &[(Role, Option<Completion>, bool)],
    aggregated: bool,
    namespaces: &mut StringTable,
    verdicts: &mut Verdicts,
) -> Vec<RoleRecord> {
    let own_rules = |(role, more, from_bootstrap): &(Role, Option<Completion>, bool)| -> Vec<RuleRecord> {
        let own = role.rules.iter().enumerate().map(|(index, rule)| {
            let added = more.as_ref().and_then(|more| {
                let behind = index.checked_sub(more.written)?;
                more.indices.get(behind).map(|index| (&more.object, *index, true))
            });
            let (object, at, from_bootstrap) = added.unwrap_or((&role.object, index, *from_bootstrap));
            RuleRecord {
                rule: Arc::new(rule.clone()),
                object: object.clone(),
                index: ordinal(at),
                from_bootstrap,
            }
        });
        own.collect()
    };
    let (cluster, local): (Vec<_>, Vec<_>) =
        roles.iter().partition(|(role, ..)| role.kind == RoleKind::ClusterRole);
    let mut aggregating: Vec<Aggregating<'_>> =
        cluster.iter().map(|given| Aggregating { role: &given.0, rules: own_rules(given) }).collect();
    if aggregated {
        aggregate(&mut aggregating, &mut verdicts.remarks);
    }
    let local = local.into_iter().map(|given| (given, own_rules(given)));
    let cluster = cluster.into_iter().zip(aggregating.into_iter().map(|done| done.rules));
    let mut record =
        |((role, _, from_bootstrap), rules): (&(Role, Option<Completion>, bool), Vec<RuleRecord>)| {
            RoleRecord {
                object: role.object.clone(),
                kind: role.kind,
                namespace: namespaces.intern(&role.namespace),
                from_bootstrap: *from_bootstrap,
                aggregated: role.aggregation_rule.is_some(),
                rules,
            }
        };
    local.chain(cluster).map(&mut record).collect()
}

/// A model in the making.
struct Compiling {
    roles: Vec<RoleRecord>,
    role_names: HashMap<(u32, String), u32>,
    footprints: Vec<Footprint>,
    role_index: RoleIndex,
    namespaces: StringTable,
    bindings: Vec<BindingRecord>,
    /// The distance between the ordinals of two bindings.
    stride: u32,
    users: (StringTable, Vec<NewEntry>),
    groups: (StringTable, Vec<NewEntry>),
}

impl Compiling {
    fn new(roles: Vec<RoleRecord>, mut role_index: RoleIndex, namespaces: StringTable, stride: u32) -> Self {
        let footprints = roles
            .iter()
            .map(|role| role_index.footprint(role.rules.iter().map(|rule| &*rule.rule)))
            .collect();
        let role_names = roles
            .iter()
            .enumerate()
            .map(|(index, role)| ((role.namespace, role.object.name().to_owned()), ordinal(index)))
            .collect();
        Self {
            roles,
            role_names,
            footprints,
            role_index,
            namespaces,
            bindings: Vec::new(),
            stride,
            users: Default::default(),
            groups: Default::default(),
        }
    }

    fn add(&mut self, binding: &Binding, completed_by: Option<Object>, from_bootstrap: bool) {
        let namespace = self.namespaces.intern(&binding.namespace);
        let role = self.role_of(binding, namespace);
        let number = Bindings::ordinal_at(self.bindings.len(), self.stride);
        for (position, subject) in binding.subjects.iter().enumerate() {
            let new = |name| NewEntry { name, namespace, binding: number, subject: ordinal(position), role };
            match subject.subject_kind() {
                Some(SubjectKind::User) => {
                    let name = self.users.0.intern(&subject.name);
                    self.users.1.push(new(name));
                }
                Some(SubjectKind::Group) => {
                    let name = self.groups.0.intern(&subject.name);
                    self.groups.1.push(new(name));
                }
                Some(SubjectKind::ServiceAccount) => {
                    if let Some(account) = subject.service_account_user(&binding.namespace) {
                        let name = self.users.0.intern(&account);
                        self.users.1.push(new(name));
                    }
                }
                None => {}
            }
        }
        self.bindings.push(BindingRecord {
            object: binding.object.clone(),
            completed_by,
            kind: binding.kind,
            namespace,
            role,
            from_bootstrap,
        });
    }

    fn role_of(&self, binding: &Binding, namespace: u32) -> u32 {
        // upstream: pkg/registry/rbac/validation/rule.go (GetRoleReferenceRules)
        let namespace = match RoleKind::of(&binding.role_ref.kind) {
            Some(RoleKind::Role) if namespace != 0 => namespace,
            Some(RoleKind::ClusterRole) => 0,
            _ => return UNKNOWN,
        };
        self.role_names.get(&(namespace, binding.role_ref.name.clone())).copied().unwrap_or(UNKNOWN)
    }

    fn finish(mut self, cluster: Cluster, remarks: Vec<Finding>, options: Options) -> Rbac {
        self.bindings.shrink_to_fit();
        self.namespaces.shrink();
        debug_assert!(
            self.bindings
                .iter()
                .all(|binding| { binding.role == UNKNOWN || position(binding.role) < self.roles.len() })
        );
        Rbac {
            generation: new_generation(),
            kube_version: cluster.kube_version(),
            cluster,
            users: Subjects::new(SubjectIndex::new(self.users.0, self.users.1, &self.footprints)),
            groups: Subjects::new(SubjectIndex::new(self.groups.0, self.groups.1, &self.footprints)),
            namespaces: Arc::new(self.namespaces),
            roles: Arc::new(self.roles),
            footprints: Arc::new(self.footprints),
            changed_roles: Arc::default(),
            bindings: Bindings::new(self.bindings, self.stride),
            role_index: Arc::new(self.role_index),
            remarks: Arc::new(remarks),
            options,
            pending: Arc::default(),
        }
    }
}
