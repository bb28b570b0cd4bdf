//! Bindings: missing subjects are added; another role makes another binding.

use super::result::{self, Merged};
use super::written::Written;
use super::{AUTO_UPDATE, ReconcileOperation, ReconcileOptions, ReconcilePlan};
use crate::model::{BindingKind, Subject};
use crate::rbac::Rbac;

impl Rbac {
    pub(super) fn reconcile_binding(
        &self,
        kind: BindingKind,
        desired: &Written<'_>,
        options: ReconcileOptions,
    ) -> ReconcilePlan {
        // upstream: component-helpers auth/rbac/reconciliation/reconcile_rolebindings.go
        let namespace = if kind == BindingKind::RoleBinding { desired.object.namespace() } else { "" };
        let stored = self.find_binding(kind, namespace, desired.object.name());
        let as_written = || result::binding(desired.object, None, &desired.role_ref, &desired.subjects);
        let Some(binding) = stored.and_then(|binding| self.binding(binding)) else {
            let mut plan = ReconcilePlan::new(ReconcileOperation::Create, as_written());
            plan.missing_subjects.clone_from(&desired.subjects);
            return plan;
        };
        let protected = binding.metadata.annotations.get(AUTO_UPDATE).is_some_and(|value| value == "false");
        if binding.role_ref != desired.role_ref {
            let mut plan = ReconcilePlan::new(ReconcileOperation::Recreate, as_written());
            plan.protected = protected;
            return plan;
        }
        let merged = Merged::new(&binding.metadata, desired);
        let mut changed = merged.changed;
        let missing = only_in(&desired.subjects, &binding.subjects);
        let extra = only_in(&binding.subjects, &desired.subjects);
        let mut subjects = binding.subjects.clone();
        if options.remove_extra_subjects {
            if !missing.is_empty() || !extra.is_empty() {
                subjects.clone_from(&desired.subjects);
                changed = true;
            }
        } else if !missing.is_empty() {
            subjects.extend(missing.iter().cloned());
            changed = true;
        }
        let operation = if changed { ReconcileOperation::Update } else { ReconcileOperation::None };
        let result = result::binding(&binding.object, Some(&merged), &binding.role_ref, &subjects);
        let mut plan = ReconcilePlan::new(operation, result);
        plan.protected = protected;
        plan.missing_subjects = missing;
        plan.extra_subjects = extra;
        plan
    }
}

/// What stands in one list and not in the other, each once.
fn only_in(list: &[Subject], other: &[Subject]) -> Vec<Subject> {
    let mut only: Vec<Subject> = Vec::new();
    for subject in list {
        if !other.contains(subject) && !only.contains(subject) {
            only.push(subject.clone());
        }
    }
    only
}
