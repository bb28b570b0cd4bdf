//! Roles: nobody writes one that allows more than they may do themselves.

use super::chain;
use super::existing::Existing;
use super::refusal::{WriteRefusal, WriteStage, WriteVerdict};
use super::server::Server;
use crate::model::{PolicyRule, Role};

impl Server<'_> {
    /// Whether the writer may grant what the role grants.
    pub(super) fn role(&self, role: &Role, old: Option<&Existing<'_>>) -> WriteVerdict {
        // upstream: pkg/registry/rbac/role/policybased/storage.go, pkg/registry/rbac/clusterrole/policybased/storage.go
        if chain::is_master(self.user) {
            return WriteVerdict::allowed(WriteStage::Masters);
        }
        let name = self.object.name();
        if self.may_escalate(name) {
            return WriteVerdict::allowed(WriteStage::Escalate);
        }
        if old.is_some_and(|old| {
            self.only_owners_and_finalizers(&super::server::Decoded::Role(role.clone()), old)
        }) {
            return WriteVerdict::allowed(WriteStage::OwnersAndFinalizers);
        }
        if let Err(refused) = self.granted(&role.rules, name) {
            return refused;
        }
        let before = old.filter(|_| self.changes()).is_some_and(Existing::aggregates);
        if aggregates(role) || before {
            let (missing, _) = self.missing(&everything());
            if !missing.is_empty() {
                let why = "must have cluster-admin privileges to use the aggregationRule";
                let refusal = WriteRefusal::forbidden(self.written.resource(), name, why);
                let mut verdict = WriteVerdict::refused(WriteStage::AggregationRule, refusal);
                verdict.missing = missing;
                return verdict;
            }
        }
        WriteVerdict::allowed(WriteStage::Rules)
    }
}

/// Whether a role takes rules from others.
pub(super) fn aggregates(role: &Role) -> bool {
    role.aggregation_rule.as_ref().is_some_and(|rule| !rule.cluster_role_selectors.is_empty())
}

/// What it takes to let a role collect anything.
fn everything() -> [PolicyRule; 2] {
    let star = || vec!["*".to_owned()];
    [
        PolicyRule { verbs: star(), api_groups: star(), resources: star(), ..PolicyRule::default() },
        PolicyRule { verbs: star(), non_resource_urls: star(), ..PolicyRule::default() },
    ]
}
