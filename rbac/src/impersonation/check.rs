//! Questions to the authorizer, with a record of each.

use kubelogic_core::access::{Attributes, Authorizer, Decision, OwnedAttributes, UserInfo};

use super::{ImpersonationCheck, ImpersonationMode};

/// Asks on behalf of one requestor.
pub(super) struct Asker<'a> {
    authorizer: &'a dyn Authorizer,
    pub(super) requestor: &'a UserInfo,
    pub(super) checks: Vec<ImpersonationCheck>,
}

/// What an authorizer said when it did not allow something.
pub(super) struct No {
    pub(super) reason: String,
    pub(super) error: Option<String>,
}

impl<'a> Asker<'a> {
    pub(super) fn new(requestor: &'a UserInfo, authorizer: &'a dyn Authorizer) -> Self {
        Self { authorizer, requestor, checks: Vec::new() }
    }

    pub(super) fn ask(&mut self, mode: ImpersonationMode, attributes: &Attributes<'_>) -> Result<(), No> {
        self.ask_as(self.requestor, mode, attributes)
    }

    pub(super) fn ask_as(
        &mut self,
        user: &UserInfo,
        mode: ImpersonationMode,
        attributes: &Attributes<'_>,
    ) -> Result<(), No> {
        let said = self.authorizer.authorize(user, attributes);
        let allowed = said.decision == Decision::Allow;
        self.checks.push(ImpersonationCheck {
            mode,
            attributes: OwnedAttributes::from(*attributes),
            allowed,
            reason: said.reason.clone(),
        });
        if allowed { Ok(()) } else { Err(No { reason: said.reason, error: said.error }) }
    }
}

/// The groups that everybody gets.
pub(super) fn complete(user: &mut UserInfo) {
    // upstream: apiserver pkg/endpoints/filters/impersonation/mode.go (check)
    let has = |user: &UserInfo, group: &str| user.groups.iter().any(|given| given == group);
    if user.name == "system:anonymous" {
        if !has(user, "system:unauthenticated") {
            user.groups.push("system:unauthenticated".to_owned());
        }
    } else if !has(user, "system:unauthenticated") && !has(user, "system:authenticated") {
        user.groups.push("system:authenticated".to_owned());
    }
}
