//! Roles: missing permissions are added, piece by piece.

use serde_json::Value;

use super::result::{self, Merged};
use super::written::{Selector, Written, selectors};
use super::{AUTO_UPDATE, ReconcileOperation, ReconcileOptions, ReconcilePlan};
use crate::covers::uncovered;
use crate::model::{PolicyRule, RoleKind};
use crate::rbac::Rbac;

/// What a stored role lacks of a wanted rule.
pub(crate) fn missing_rules(stored: &[PolicyRule], wanted: &PolicyRule) -> Vec<PolicyRule> {
    uncovered(stored, [wanted])
}

impl Rbac {
    pub(super) fn reconcile_role(
        &self,
        kind: RoleKind,
        desired: &Written<'_>,
        options: ReconcileOptions,
    ) -> ReconcilePlan {
        // upstream: component-helpers auth/rbac/reconciliation/reconcile_role.go
        let namespace = if kind == RoleKind::Role { desired.object.namespace() } else { "" };
        let stored = self.find_role(kind, namespace, desired.object.name()).and_then(|role| self.role(role));
        let wanted_selectors = desired.selectors.clone().filter(|_| kind == RoleKind::ClusterRole);
        let Some(record) = stored else {
            let result = result::role(desired.object, None, &desired.rules, wanted_selectors.as_deref());
            let mut plan = ReconcilePlan::new(ReconcileOperation::Create, result);
            plan.missing_rules.clone_from(&desired.rules);
            plan.missing_selectors = json_of(wanted_selectors.as_deref().unwrap_or_default());
            return plan;
        };
        let role = self.role_again(record);
        let mut rules: Vec<PolicyRule> = record.rules.iter().map(|rule| (*rule.rule).clone()).collect();
        let merged = Merged::new(&role.metadata, desired);
        let mut changed = merged.changed;
        let own_selectors = selectors(&role.object, role.aggregation_rule.as_ref());

        let missing = uncovered(&rules, &desired.rules);
        let both_aggregate = wanted_selectors.is_some() && own_selectors.is_some();
        let extra = if both_aggregate { Vec::new() } else { uncovered(&desired.rules, &rules) };
        if options.remove_extra_permissions {
            if !missing.is_empty() || !extra.is_empty() {
                rules.clone_from(&desired.rules);
                changed = true;
            }
        } else if !missing.is_empty() {
            rules.extend(missing.iter().cloned());
            changed = true;
        }

        let lacking = not_among(wanted_selectors.as_deref(), own_selectors.as_deref());
        let surplus = not_among(own_selectors.as_deref(), wanted_selectors.as_deref());
        let mut selectors = own_selectors.clone();
        if wanted_selectors.is_none() && own_selectors.is_some() {
            selectors = None;
            changed = true;
        } else if options.remove_extra_permissions {
            if !lacking.is_empty() || !surplus.is_empty() {
                selectors = wanted_selectors;
                changed = true;
            }
        } else if !lacking.is_empty() {
            selectors.get_or_insert_default().extend(lacking.iter().cloned());
            changed = true;
        }

        let operation = if changed { ReconcileOperation::Update } else { ReconcileOperation::None };
        let result = result::role(&role.object, Some(&merged), &rules, selectors.as_deref());
        let mut plan = ReconcilePlan::new(operation, result);
        plan.protected = role.metadata.annotations.get(AUTO_UPDATE).is_some_and(|value| value == "false");
        plan.missing_rules = missing;
        plan.extra_rules = extra;
        plan.missing_selectors = json_of(&lacking);
        plan.extra_selectors = json_of(&surplus);
        plan
    }
}

/// The selectors that are not among others. Without a rule of its own there is nothing to take away.
fn not_among(selectors: Option<&[Selector]>, others: Option<&[Selector]>) -> Vec<Selector> {
    let among = |selector: &&Selector| {
        others.is_some_and(|others| others.iter().any(|other| other.read == selector.read))
    };
    selectors.unwrap_or_default().iter().filter(|selector| !among(selector)).cloned().collect()
}

fn json_of(selectors: &[Selector]) -> Vec<Value> {
    selectors.iter().map(|selector| selector.json.clone()).collect()
}
