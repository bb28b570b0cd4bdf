//! The authorizers of an API server with `--authorization-mode=RBAC`.

use kubelogic_core::access::{Attributes, Authorization, Authorizer, Decision, UserInfo};

use crate::rbac::Rbac;

/// Members of this group may do everything.
pub(super) const MASTERS: &str = "system:masters";

/// Members of `system:masters`, then RBAC.
#[derive(Debug)]
pub(super) struct MastersAndRbac<'a>(pub(super) &'a Rbac);

/// The first minor version that says which authorizer a reason comes from.
const NAMED_SINCE: u16 = 37;

impl Authorizer for MastersAndRbac<'_> {
    fn name(&self) -> &'static str {
        "rbac"
    }

    fn authorize(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Authorization {
        // upstream: pkg/kubeapiserver/authorizer/reload.go, apiserver pkg/authorization/union/union.go
        if is_master(user) {
            return Authorization { decision: Decision::Allow, reason: String::new(), error: None };
        }
        let mut answer = self.0.authorize(user, attributes);
        let named = self.0.kube_version().minor() >= NAMED_SINCE;
        if named && answer.decision == Decision::NoOpinion && !answer.reason.is_empty() {
            answer.reason.insert_str(0, "rbac: ");
        }
        answer
    }
}

pub(super) fn is_master(user: &UserInfo) -> bool {
    user.groups.iter().any(|group| group == MASTERS)
}
