//! RBAC as an authorizer that says when its answer is not definite.

use std::sync::{Mutex, PoisonError};

use kubelogic_core::access::{Attributes, Authorization, Authorizer, OwnedAttributes, UserInfo};
use kubelogic_core::answer::Undecided;
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::Rbac;

use super::access::Model;
use super::question::Input;
use super::{AskError, Catalogue};

/// RBAC, with the first answer that is not definite.
pub(super) struct Definite<'a> {
    rbac: &'a Rbac,
    undecided: Mutex<Option<Undecided>>,
}

impl<'a> Definite<'a> {
    pub(super) fn new(rbac: &'a Rbac) -> Self {
        Self { rbac, undecided: Mutex::new(None) }
    }

    /// Whether everything that was asked has a definite answer.
    pub(super) fn checked(self) -> Result<(), AskError> {
        let undecided = self.undecided.into_inner().unwrap_or_else(PoisonError::into_inner);
        undecided.map_or(Ok(()), |undecided| Err(undecided.into()))
    }
}

impl Authorizer for Definite<'_> {
    fn name(&self) -> &str {
        self.rbac.name()
    }

    fn authorize(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Authorization {
        if let Err(undecided) = self.rbac.can(user, attributes) {
            let mut first = self.undecided.lock().unwrap_or_else(PoisonError::into_inner);
            first.get_or_insert(undecided);
        }
        self.rbac.authorize(user, attributes)
    }
}

impl Model {
    /// Whether RBAC allows a request, and its reason.
    pub(super) fn decide(
        &self,
        user: &UserInfo,
        attributes: &OwnedAttributes,
    ) -> Result<(bool, String), AskError> {
        let attributes = attributes.attributes();
        let allowed = self.rbac.can(user, &attributes)?;
        Ok((allowed, self.rbac.authorize(user, &attributes).reason))
    }
}

impl Catalogue {
    /// The version that a question is about when no model is asked.
    pub(super) fn version_of(&self, input: &Input, model: Option<&Model>) -> KubeVersion {
        let asked = model.map(|model| model.rbac.kube_version()).or(input.kube_version);
        asked.unwrap_or(self.options.kube_version)
    }
}
