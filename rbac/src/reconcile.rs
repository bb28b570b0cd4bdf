//! What it takes to make stored roles and bindings grant what files say: `kubectl auth reconcile`, and what an API server
//! does with its default policy when it starts.

mod binding;
mod print;
mod result;
mod role;
mod written;

use kubelogic_core::cluster::LoadError;
use kubelogic_core::finding::Finding;
use kubelogic_core::object::Object;
use serde_json::Value;

use crate::bootstrap::bootstrap_objects;
use crate::error::RbacError;
use crate::model::{Binding, GROUP, GroupVersion, PolicyRule, Role, Subject};
use crate::policy;
use crate::rbac::Rbac;

pub(crate) use role::missing_rules;

/// What may be taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReconcileOptions {
    /// Whether roles lose what the file does not allow.
    pub remove_extra_permissions: bool,
    /// Whether bindings lose subjects that the file does not name.
    pub remove_extra_subjects: bool,
}

/// What has to be done about one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReconcileOperation {
    /// It is not there.
    Create,
    /// It lacks something, or has too much.
    Update,
    /// It names another role, which cannot be changed: it is deleted and created anew.
    Recreate,
    /// Nothing.
    None,
}

/// What becomes of one object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ReconcilePlan {
    /// What has to be done.
    pub operation: ReconcileOperation,
    /// Whether the stored object has opted out, so that nothing is done.
    pub protected: bool,
    /// What the stored role lacks, in the smallest pieces; all rules of a role that is not there.
    pub missing_rules: Vec<PolicyRule>,
    /// What the stored role allows beyond the file.
    pub extra_rules: Vec<PolicyRule>,
    /// Subjects that the stored binding lacks.
    pub missing_subjects: Vec<Subject>,
    /// Subjects that the stored binding has beyond the file.
    pub extra_subjects: Vec<Subject>,
    /// Selectors that the stored aggregation rule lacks.
    pub missing_selectors: Vec<Value>,
    /// Selectors that the stored aggregation rule has beyond the file.
    pub extra_selectors: Vec<Value>,
    /// The object as it will be, without empty fields.
    pub result: Value,
}

impl ReconcileOperation {
    /// kubectl's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Recreate => "recreate",
            Self::None => "none",
        }
    }
}

impl ReconcilePlan {
    fn new(operation: ReconcileOperation, result: Value) -> Self {
        Self {
            operation,
            protected: false,
            missing_rules: Vec::new(),
            extra_rules: Vec::new(),
            missing_subjects: Vec::new(),
            extra_subjects: Vec::new(),
            missing_selectors: Vec::new(),
            extra_selectors: Vec::new(),
            result,
        }
    }
}

/// A stored object with this annotation set to `false` has opted out.
pub(crate) const AUTO_UPDATE: &str = "rbac.authorization.kubernetes.io/autoupdate";

impl Rbac {
    /// What `kubectl auth reconcile` would do about an object of a file; nothing when it is no role and no binding.
    ///
    /// As kubectl does, it compares the file without its defaults: a binding whose `roleRef` has no `apiGroup` is never
    /// what is stored.
    ///
    /// # Errors
    /// When the object has a version that kubectl does not reconcile, or cannot be decoded.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    /// use kubelogic_rbac::{Options, Rbac, ReconcileOperation, ReconcileOptions};
    ///
    /// let role = |verbs: &[&str]| Object::from_serialize(&serde_json::json!({
    ///     "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
    ///     "metadata": {"name": "reader", "namespace": "shop"},
    ///     "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": verbs}],
    /// }));
    /// let cluster = Cluster::load([role(&["get", "delete"])?], &LoadOptions::default())?;
    /// let rbac = Rbac::compile(&cluster, &Options::default())?;
    /// let plan = rbac.reconcile(&role(&["get", "list"])?, ReconcileOptions::default())?.unwrap();
    /// assert_eq!(plan.operation, ReconcileOperation::Update);
    /// assert_eq!(plan.missing_rules[0].verbs, ["list"]);
    /// assert_eq!(plan.extra_rules[0].verbs, ["delete"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reconcile(
        &self,
        desired: &Object,
        options: ReconcileOptions,
    ) -> Result<Option<ReconcilePlan>, RbacError> {
        let (role, binding) = (policy::role_kind(desired), policy::binding_kind(desired));
        if role.is_none() && binding.is_none() {
            return Ok(None);
        }
        if let Some(version) = GroupVersion::of(desired).filter(|version| *version != GroupVersion::V1) {
            return Err(RbacError::NotReconciled(version.word(), desired.kind().to_owned()));
        }
        let validation = self.cluster.field_validation();
        let namespace = desired.namespace();
        let problems = match (role, binding) {
            (Some(kind), _) => Role::read(desired, kind, namespace, validation).1.problems,
            (None, Some(kind)) => Binding::read(desired, kind, namespace, validation).1.problems,
            (None, None) => Vec::new(),
        };
        let wrong: Vec<Finding> = problems.iter().map(Finding::from).collect();
        if let Some(refused) = LoadError::from_findings(wrong) {
            return Err(RbacError::Refused(refused));
        }
        let written = written::Written::read(desired);
        Ok(Some(match (role, binding) {
            (Some(kind), _) => self.reconcile_role(kind, &written, options),
            (None, kind) => self.reconcile_binding(
                kind.unwrap_or(crate::model::BindingKind::RoleBinding),
                &written,
                options,
            ),
        }))
    }

    /// The given default roles and bindings that an API server changes when it starts, as they are afterwards, by kind,
    /// namespace and name. Those that are not there are created and not among them.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    /// use kubelogic_rbac::{Options, Rbac};
    ///
    /// let masters = Object::from_serialize(&serde_json::json!({
    ///     "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
    ///     "metadata": {"name": "cluster-admin"},
    ///     "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
    /// }))?;
    /// let cluster = Cluster::load([masters], &LoadOptions::default())?;
    /// let changed = Rbac::compile(&cluster, &Options::default())?.changed_by_start()?;
    /// assert_eq!(changed[0].pointer("/subjects/0/name").unwrap(), "system:masters");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// See [`Rbac::reconcile`].
    pub fn changed_by_start(&self) -> Result<Vec<Value>, RbacError> {
        // upstream: pkg/registry/rbac/rest/storage_rbac.go (ensureRBACPolicy)
        let mut defaults: Vec<&Object> = bootstrap_objects(self.kube_version).iter().collect();
        defaults.sort_by_key(|object| (object.kind(), object.namespace(), object.name()));
        let mut changed = Vec::new();
        for default in defaults {
            let Some(plan) = self.reconcile(default, ReconcileOptions::default())? else { continue };
            let written = matches!(plan.operation, ReconcileOperation::Update | ReconcileOperation::Recreate);
            if written && !plan.protected {
                changed.push(plan.result);
            }
        }
        Ok(changed)
    }
}

/// `apiVersion` of everything that is written.
fn api_version() -> String {
    format!("{GROUP}/v1")
}
