//! What is stored already, and what a change of it may leave as it is.

use kubelogic_core::object::FieldPath;
use kubelogic_core::quote::json_text;
use kubelogic_core::version::KubeVersion;

use super::Written;
use super::role::aggregates;
use super::server::Decoded;
use crate::model::{Binding, Role, RoleRef};
use crate::rbac::{Rbac, RoleRecord};
use crate::validate::Problem;

/// A stored object.
pub(super) enum Existing<'a> {
    Role(Box<Role>, &'a RoleRecord),
    Binding(Box<Binding>),
}

/// The first minor version that checks by declaration.
const DECLARED_SINCE: u16 = 37;

impl Rbac {
    /// The stored object of this kind and name.
    pub(super) fn existing(&self, written: Written, namespace: &str, name: &str) -> Option<Existing<'_>> {
        match written {
            Written::Role(kind) => {
                let record = self.role(self.find_role(kind, namespace, name)?)?;
                Some(Existing::Role(Box::new(self.role_again(record)), record))
            }
            Written::Binding(kind) => {
                let binding = self.binding(self.find_binding(kind, namespace, name)?)?;
                Some(Existing::Binding(Box::new(binding)))
            }
        }
    }
}

impl Existing<'_> {
    /// Whether it is a role that takes rules from others.
    pub(super) fn aggregates(&self) -> bool {
        matches!(self, Self::Role(role, _) if aggregates(role))
    }

    /// The stored object.
    pub(super) fn object(&self) -> &kubelogic_core::object::Object {
        match self {
            Self::Role(role, _) => &role.object,
            Self::Binding(binding) => &binding.object,
        }
    }

    /// Whether everything but the metadata is what is written.
    pub(super) fn same_content(&self, written: &Decoded) -> bool {
        match (self, written) {
            (Self::Role(old, record), Decoded::Role(new)) => {
                record.rules.len() == new.rules.len()
                    && record.rules.iter().zip(&new.rules).all(|(old, new)| *old.rule == *new)
                    && old.aggregation_rule == new.aggregation_rule
            }
            (Self::Binding(old), Decoded::Binding(new)) => {
                old.subjects == new.subjects && old.role_ref == new.role_ref
            }
            _ => false,
        }
    }

    /// Everything that is wrong with a change, in the order of a version.
    pub(super) fn problems(&self, written: &Decoded, version: KubeVersion) -> Vec<Problem> {
        let unchanged = |field: &str| match (self, written) {
            (Self::Role(_, record), Decoded::Role(new)) => {
                field == "rules" && record.rules.iter().map(|rule| &*rule.rule).eq(new.rules.iter())
            }
            (Self::Binding(old), Decoded::Binding(new)) => match field {
                "subjects" => old.subjects == new.subjects,
                // One that changes is refused as a whole.
                _ => field == "roleRef",
            },
            _ => false,
        };
        let mut problems = written.problems_by_hand(version);
        if let (Self::Binding(old), Decoded::Binding(new)) = (self, written)
            && old.role_ref != new.role_ref
        {
            problems.push(changed_reference(&new.role_ref, version));
        }
        Problem::in_order_of(version, problems, unchanged)
    }
}

fn changed_reference(reference: &RoleRef, version: KubeVersion) -> Problem {
    // upstream: pkg/apis/rbac/validation/validation.go (ValidateRoleBindingUpdate)
    let declares = version.minor() >= DECLARED_SINCE;
    let detail = if declares { "field is immutable" } else { "cannot change roleRef" };
    let RoleRef { api_group, kind, name } = reference;
    // The internal type has no names for JSON, so its fields keep those of Go.
    let json = format!(
        "{{\"APIGroup\":{},\"Kind\":{},\"Name\":{}}}",
        json_text(api_group),
        json_text(kind),
        json_text(name)
    );
    Problem::invalid_json(FieldPath::root().field("roleRef"), &json, detail)
}
