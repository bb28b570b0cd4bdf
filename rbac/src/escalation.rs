//! What the API server says to somebody who writes a role or a binding.
//!
//! Nobody may grant more than they have: a role is compared with the rules of its writer, and so is the role that a
//! binding names. The verbs `escalate` and `bind` make exceptions, members of `system:masters` are never asked.

mod binding;
mod chain;
mod existing;
mod metadata;
mod refusal;
mod role;
mod server;

pub use refusal::{WriteRefusal, WriteStage, WriteVerdict};

use kubelogic_core::access::{Authorizer, UserInfo};
use kubelogic_core::object::Object;

use crate::error::RbacError;
use crate::model::{BindingKind, RoleKind};
use crate::policy;
use crate::rbac::Rbac;

/// How an object is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WriteOperation {
    /// `POST`: the object must not be there yet.
    Create,
    /// `PUT`: the object as it is given replaces the stored one. Clients that read it first send its `uid`,
    /// `resourceVersion` and `creationTimestamp` along.
    Update,
    /// `PATCH`: the object is what the patch leads to.
    Patch,
    /// Server-side apply: the object is what it leads to, whether it is there or not.
    Apply,
}

impl WriteOperation {
    /// The verb of the request.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Patch | Self::Apply => "patch",
        }
    }
}

impl Rbac {
    /// What the API server answers to a write of a role or binding by a user, when it authorizes with RBAC.
    ///
    /// The request itself must be allowed; then the writer must be allowed to grant what the object grants; then the
    /// object must be valid, and a created one must not be there yet. Admission is not asked, and `uid` and
    /// `resourceVersion` are taken to be those that are stored.
    ///
    /// # Errors
    /// When the object is no role or binding, or cannot be decoded.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    /// use kubelogic_rbac::{Options, Rbac, WriteOperation};
    /// use serde_json::json;
    ///
    /// let api = "rbac.authorization.k8s.io/v1";
    /// let binding = Object::from_serialize(&json!({
    ///     "apiVersion": api, "kind": "RoleBinding", "metadata": {"name": "admins", "namespace": "shop"},
    ///     "roleRef": {"kind": "ClusterRole", "name": "admin"}, "subjects": [{"kind": "User", "name": "ann"}],
    /// }))?;
    /// let rbac = Rbac::compile(&Cluster::load([binding], &LoadOptions::default())?, &Options::default())?;
    /// let role = |verb: &str, resource: &str| Object::from_serialize(&json!({
    ///     "apiVersion": api, "kind": "Role", "metadata": {"name": "new", "namespace": "shop"},
    ///     "rules": [{"apiGroups": [""], "resources": [resource], "verbs": [verb]}],
    /// }));
    /// let ann = UserInfo::named("ann");
    /// assert!(rbac.check_write(&ann, WriteOperation::Create, &role("get", "secrets")?)?.allowed);
    /// let refused = rbac.check_write(&ann, WriteOperation::Create, &role("create", "resourcequotas")?)?;
    /// assert_eq!(refused.missing[0].resources, ["resourcequotas"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check_write(
        &self,
        user: &UserInfo,
        operation: WriteOperation,
        object: &Object,
    ) -> Result<WriteVerdict, RbacError> {
        self.check_write_with(&chain::MastersAndRbac(self), user, operation, object)
    }

    /// The same with another chain of authorizers. The request itself, `escalate` and `bind` are asked of the chain; what
    /// the writer may grant is always what RBAC says.
    ///
    /// # Errors
    /// See [`Rbac::check_write`].
    pub fn check_write_with(
        &self,
        authorizer: &dyn Authorizer,
        user: &UserInfo,
        operation: WriteOperation,
        object: &Object,
    ) -> Result<WriteVerdict, RbacError> {
        let written = if let Some(kind) = policy::role_kind(object) {
            Written::Role(kind)
        } else if let Some(kind) = policy::binding_kind(object) {
            Written::Binding(kind)
        } else {
            return Err(RbacError::NoRoleOrBinding(object.kind().to_owned()));
        };
        let namespaced =
            matches!(written, Written::Role(RoleKind::Role) | Written::Binding(BindingKind::RoleBinding));
        let namespace = match object.namespace() {
            _ if !namespaced => "",
            "" => self.cluster.default_namespace(),
            given => given,
        };
        let server = server::Server { rbac: self, authorizer, user, operation, object, written, namespace };
        let mut verdict = server.answer()?;
        if verdict.refusal.as_ref().is_some_and(|refusal| refusal.code == 403 || refusal.code == 404) {
            let thin = self.may_have_more_rules(user, namespace);
            verdict.undecided = thin.map(|undecided| undecided.message().to_owned());
        }
        Ok(verdict)
    }
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Role(RoleKind),
    Binding(BindingKind),
}

impl Written {
    fn kind(self) -> &'static str {
        match self {
            Self::Role(kind) => kind.name(),
            Self::Binding(kind) => kind.name(),
        }
    }

    /// The resource of the request.
    fn resource(self) -> &'static str {
        match self {
            Self::Role(RoleKind::Role) => "roles",
            Self::Role(RoleKind::ClusterRole) => "clusterroles",
            Self::Binding(BindingKind::RoleBinding) => "rolebindings",
            Self::Binding(BindingKind::ClusterRoleBinding) => "clusterrolebindings",
        }
    }
}
