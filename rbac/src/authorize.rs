//! Answers with upstream's texts.

use std::collections::BTreeSet;

use kubelogic_core::access::{Attributes, Authorization, Authorizer, Decision, UserInfo};

use crate::decide::AccessDecision;
use crate::error::RbacError;
use crate::index::{UNKNOWN, position};
use crate::model::Subject;
use crate::rbac::Rbac;
use crate::reason;

impl Rbac {
    /// The reason that upstream's authorizer gives for a decision about this request.
    ///
    /// # Errors
    /// [`RbacError::StaleDecision`] when another model decided.
    pub fn reason(
        &self,
        decision: AccessDecision,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Result<String, RbacError> {
        if decision.generation != self.generation {
            return Err(RbacError::StaleDecision);
        }
        let Some(grant) = decision.grant else {
            return Ok(reason::not_allowed(self.unresolved(user, attributes.namespace())));
        };
        let binding = self.binding(grant.binding).ok_or(RbacError::StaleDecision)?;
        let subject = binding.subjects.get(position(grant.subject)).ok_or(RbacError::StaleDecision)?;
        Ok(reason::allowed(&binding, subject))
    }

    /// Every reason that upstream could give for its answer, sorted.
    ///
    /// Upstream lists bindings in no fixed order. When several of one scope allow a request it may name any of
    /// them, and of a refusal it joins these reasons in any order.
    pub fn reasons(&self, user: &UserInfo, attributes: &Attributes<'_>) -> BTreeSet<String> {
        let decision = self.decide(user, attributes);
        let Some(grant) = decision.grant else {
            let errors = self.unresolved(user, attributes.namespace()).into_iter();
            return errors.map(|error| reason::not_allowed([error])).collect();
        };
        let request = self.request(attributes);
        let scope = |binding: u32| self.bindings.get(binding).map(|record| record.namespace == 0);
        let allowing =
            self.bindings_of(user, attributes.namespace()).into_iter().filter(|(binding, role)| {
                scope(*binding) == scope(grant.binding) && self.rule_allowing(*role, &request).is_some()
            });
        let reasons = allowing.filter_map(|(binding, _)| {
            let binding = self.binding(binding)?;
            let applies =
                |subject: &&Subject| subject.applies_to(&user.name, &user.groups, &binding.namespace);
            let subject = binding.subjects.iter().find(applies)?;
            Some(reason::allowed(&binding, subject))
        });
        reasons.collect()
    }

    /// Upstream's errors about roles that bindings of this user name but that are not there, in the order of
    /// the bindings.
    pub(crate) fn unresolved(&self, user: &UserInfo, namespace: &str) -> Vec<String> {
        let bindings = self.bindings_of(user, namespace).into_iter();
        let dangling = bindings.filter(|(_, role)| *role == UNKNOWN);
        dangling
            .filter_map(|(binding, _)| self.binding(binding))
            .map(|found| reason::unresolved(&found))
            .collect()
    }

    /// Every binding that applies to a user, in order, with its role: those of the cluster, then those of the
    /// namespace.
    pub(crate) fn bindings_of(&self, user: &UserInfo, namespace: &str) -> Vec<(u32, u32)> {
        let mut scopes = vec![0];
        if !namespace.is_empty() {
            scopes.extend(self.namespaces.find(namespace));
        }
        let mut found = Vec::new();
        for scope in scopes {
            if let Some(ordinal) = self.users.find(&user.name) {
                found.extend(self.users.all(ordinal, scope).iter().map(|entry| (entry.binding, entry.role)));
            }
            for ordinal in user.groups.iter().filter_map(|group| self.groups.find(group)) {
                found.extend(self.groups.all(ordinal, scope).iter().map(|entry| (entry.binding, entry.role)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Authorizer for Rbac {
    fn name(&self) -> &'static str {
        "rbac"
    }

    fn authorize(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Authorization {
        // upstream: plugin/pkg/auth/authorizer/rbac/rbac.go (Authorize): the error is always nil, roles that
        // are not there are part of the reason.
        let decision = self.decide(user, attributes);
        let reason = self.reason(decision, user, attributes).unwrap_or_default();
        let decision = if decision.is_allowed() { Decision::Allow } else { Decision::NoOpinion };
        Authorization { decision, reason, error: None }
    }
}
