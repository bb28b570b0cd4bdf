//! RoleBindings and ClusterRoleBindings.

use kubelogic_core::decode::FieldValidation;
use kubelogic_core::object::Object;

use super::subject::{SubjectV1, SubjectV1alpha1};
use super::{GROUP, GroupVersion, ObjectMeta, Remarks, Subject, decode};

/// The two kinds of role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// In a namespace.
    Role,
    /// For the whole cluster.
    ClusterRole,
}

/// The two kinds of binding, in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BindingKind {
    /// For the whole cluster.
    ClusterRoleBinding,
    /// In a namespace.
    RoleBinding,
}

/// Which role a binding grants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct RoleRef {
    /// The API group; not looked at when requests are decided.
    pub api_group: String,
    /// `Role` or `ClusterRole`; anything else is an evaluation error.
    pub kind: String,
    /// The name.
    pub name: String,
}

kubelogic_core::model! {
    struct RoleRefFields {
        api_group: String = "apiGroup",
        kind: String = "kind",
        name: String = "name",
    }

    struct BindingV1 {
        metadata: ObjectMeta = "metadata",
        subjects: Vec<SubjectV1> = "subjects",
        role_ref: RoleRefFields = "roleRef",
        ; ignore "apiVersion", "kind"
    }

    struct BindingV1alpha1 {
        metadata: ObjectMeta = "metadata",
        subjects: Vec<SubjectV1alpha1> = "subjects",
        role_ref: RoleRefFields = "roleRef",
        ; ignore "apiVersion", "kind"
    }
}

/// A RoleBinding or ClusterRoleBinding.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// Which of the two.
    pub kind: BindingKind,
    /// The namespace; empty for a ClusterRoleBinding.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The role that it grants.
    pub role_ref: RoleRef,
    /// Whom it grants the role to.
    pub subjects: Vec<Subject>,
    /// What it was read from.
    pub object: Object,
    pub(crate) metadata: ObjectMeta,
}

impl RoleKind {
    /// `Role` or `ClusterRole`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Role => "Role",
            Self::ClusterRole => "ClusterRole",
        }
    }

    /// The kind of this name.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "Role" => Some(Self::Role),
            "ClusterRole" => Some(Self::ClusterRole),
            _ => None,
        }
    }
}

impl BindingKind {
    /// `RoleBinding` or `ClusterRoleBinding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClusterRoleBinding => "ClusterRoleBinding",
            Self::RoleBinding => "RoleBinding",
        }
    }

    /// The kind of this name.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "ClusterRoleBinding" => Some(Self::ClusterRoleBinding),
            "RoleBinding" => Some(Self::RoleBinding),
            _ => None,
        }
    }
}

impl Binding {
    /// Reads a binding; `namespace` is the one that it has or gets.
    pub(crate) fn read(
        object: &Object,
        kind: BindingKind,
        namespace: &str,
        validation: FieldValidation,
    ) -> (Self, Remarks) {
        let (metadata, subjects, role_ref, remarks) = match GroupVersion::of(object) {
            Some(GroupVersion::V1alpha1) => {
                let (fields, remarks) = decode::<BindingV1alpha1>(object, validation);
                let subjects = fields.subjects.into_iter().map(Subject::from).collect();
                (fields.metadata, subjects, fields.role_ref, remarks)
            }
            Some(GroupVersion::V1 | GroupVersion::V1beta1) | None => {
                let (fields, remarks) = decode::<BindingV1>(object, validation);
                let subjects = fields.subjects.into_iter().map(Subject::from).collect();
                (fields.metadata, subjects, fields.role_ref, remarks)
            }
        };
        let binding = Self {
            kind,
            namespace: if kind == BindingKind::RoleBinding { namespace.to_owned() } else { String::new() },
            name: metadata.known_name().to_owned(),
            role_ref: RoleRef::from(role_ref),
            subjects,
            object: object.clone(),
            metadata,
        };
        (binding, remarks)
    }
}

impl From<RoleRefFields> for RoleRef {
    fn from(given: RoleRefFields) -> Self {
        // upstream: pkg/apis/rbac/v1/defaults.go (SetDefaults_RoleBinding)
        let api_group = if given.api_group.is_empty() { GROUP.to_owned() } else { given.api_group };
        Self { api_group, kind: given.kind, name: given.name }
    }
}
