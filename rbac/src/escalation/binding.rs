//! Bindings: nobody binds a role that allows more than they may do themselves.

use super::existing::Existing;
use super::refusal::{WriteStage, WriteVerdict};
use super::server::{Decoded, Server};
use super::{WriteOperation, chain};
use crate::model::{Binding, RoleKind};

impl Server<'_> {
    /// Whether the writer may grant the role that the binding names.
    pub(super) fn binding(&self, binding: &Binding, old: Option<&Existing<'_>>) -> WriteVerdict {
        // upstream: pkg/registry/rbac/rolebinding/policybased/storage.go
        if chain::is_master(self.user) {
            return WriteVerdict::allowed(WriteStage::Masters);
        }
        if old.is_some_and(|old| self.only_owners_and_finalizers(&Decoded::Binding(binding.clone()), old)) {
            return WriteVerdict::allowed(WriteStage::OwnersAndFinalizers);
        }
        let reference = &binding.role_ref;
        let resource = match RoleKind::of(&reference.kind) {
            Some(RoleKind::Role) => Some("roles"),
            Some(RoleKind::ClusterRole) => Some("clusterroles"),
            None => None,
        };
        if resource.is_some_and(|resource| self.may("bind", &reference.api_group, resource, &reference.name))
        {
            return WriteVerdict::allowed(WriteStage::Bind);
        }
        let rules = match self.referenced(reference) {
            Ok(rules) => rules,
            Err(refusal) => return WriteVerdict::refused(WriteStage::RoleReference, refusal),
        };
        match self.granted(rules, self.object.name()) {
            Ok(()) => WriteVerdict::allowed(WriteStage::Rules),
            Err(refused) => refused,
        }
    }

    /// Whether the write is compared with what is stored.
    pub(super) fn changes(&self) -> bool {
        self.operation != WriteOperation::Create
    }
}
