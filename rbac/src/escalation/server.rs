//! The way of a write through the API server, up to where it is stored.

use kubelogic_core::access::{Attributes, Authorizer, Decision, UserInfo};
use kubelogic_core::cluster::LoadError;
use kubelogic_core::finding::Finding;
use kubelogic_core::meta::path_segment_problems;
use kubelogic_core::object::Object;
use kubelogic_core::quote::quoted;
use kubelogic_core::version::KubeVersion;

use super::existing::Existing;
use super::refusal::{WriteRefusal, WriteStage, WriteVerdict, not_held};
use super::{WriteOperation, Written, chain};
use crate::covers::{compact_for_api_server, uncovered};
use crate::error::RbacError;
use crate::index::UNKNOWN;
use crate::model::{Binding, GROUP, PolicyRule, Role, RoleKind, RoleRef};
use crate::rbac::Rbac;
use crate::validate::{self, Problem};

/// One write.
pub(super) struct Server<'a> {
    pub(super) rbac: &'a Rbac,
    pub(super) authorizer: &'a dyn Authorizer,
    pub(super) user: &'a UserInfo,
    pub(super) operation: WriteOperation,
    pub(super) object: &'a Object,
    pub(super) written: Written,
    /// That of the request: empty for what belongs to no namespace.
    pub(super) namespace: &'a str,
}

/// The decoded object.
pub(super) enum Decoded {
    Role(Role),
    Binding(Binding),
}

impl Decoded {
    pub(super) fn problems_by_hand(&self, version: KubeVersion) -> Vec<Problem> {
        match self {
            Self::Role(role) => validate::role_by_hand(role, version),
            Self::Binding(binding) => validate::binding_by_hand(binding, version),
        }
    }
}

impl Server<'_> {
    pub(super) fn answer(&self) -> Result<WriteVerdict, RbacError> {
        let decoded = self.decode()?;
        let name = self.object.name();
        let asked = if self.operation == WriteOperation::Create { "" } else { name };
        if let Some(refusal) = self.not_authorized(self.operation.verb(), asked) {
            return Ok(WriteVerdict::refused(WriteStage::Request, refusal));
        }
        if self.operation != WriteOperation::Create
            && let Some(refusal) = name_in_path(name)
        {
            return Ok(WriteVerdict::refused(WriteStage::Request, refusal));
        }
        let old = self.rbac.existing(self.written, self.namespace, name);
        if old.is_none() && self.operation == WriteOperation::Patch && !self.may_escalate_any(&decoded, name)
        {
            // A patch needs something to be applied to, and that is looked for before rules are compared.
            return Ok(self.nothing_to_patch(name));
        }
        let verdict = match &decoded {
            Decoded::Role(role) => self.role(role, old.as_ref()),
            Decoded::Binding(binding) => self.binding(binding, old.as_ref()),
        };
        if !verdict.allowed {
            return Ok(verdict);
        }
        if old.is_none() && self.operation == WriteOperation::Patch {
            return Ok(self.nothing_to_patch(name));
        }
        Ok(self.stored(&decoded, old.as_ref(), verdict))
    }

    fn nothing_to_patch(&self, name: &str) -> WriteVerdict {
        WriteVerdict::refused(WriteStage::Existence, WriteRefusal::not_found(self.written.resource(), name))
    }

    /// Whether the check of rules is left out as a whole.
    fn may_escalate_any(&self, decoded: &Decoded, name: &str) -> bool {
        chain::is_master(self.user) || (matches!(decoded, Decoded::Role(_)) && self.may_escalate(name))
    }

    fn decode(&self) -> Result<Decoded, RbacError> {
        let validation = self.rbac.cluster.field_validation();
        let (decoded, remarks) = match self.written {
            Written::Role(kind) => {
                let (role, remarks) = Role::read(self.object, kind, self.namespace, validation);
                (Decoded::Role(role), remarks)
            }
            Written::Binding(kind) => {
                let (binding, remarks) = Binding::read(self.object, kind, self.namespace, validation);
                (Decoded::Binding(binding), remarks)
            }
        };
        let wrong: Vec<Finding> = remarks.problems.iter().map(Finding::from).collect();
        match LoadError::from_findings(wrong) {
            Some(refused) => Err(RbacError::Refused(refused)),
            None => Ok(decoded),
        }
    }

    fn not_authorized(&self, verb: &str, name: &str) -> Option<WriteRefusal> {
        let resource = self.written.resource();
        let request = Attributes::resource(verb, GROUP, resource).in_version("v1");
        let request = request.in_namespace(self.namespace).named(name);
        let answer = self.authorizer.authorize(self.user, &request);
        let asked = (resource, self.namespace, name);
        (answer.decision != Decision::Allow)
            .then(|| WriteRefusal::not_authorized(asked, verb, self.user, &answer))
    }

    /// Whether the writer has a verb of his own for this, such as `escalate`.
    pub(super) fn may(&self, verb: &str, group: &str, resource: &str, name: &str) -> bool {
        let request = Attributes::resource(verb, group, resource).in_version("*");
        let request = request.in_namespace(self.namespace).named(name);
        self.authorizer.authorize(self.user, &request).decision == Decision::Allow
    }

    /// `escalate` on the role of the request: a creation names none.
    pub(super) fn may_escalate(&self, name: &str) -> bool {
        // upstream: pkg/registry/rbac/escalation_check.go (RoleEscalationAuthorized)
        let name = if self.operation == WriteOperation::Create { "" } else { name };
        self.may("escalate", GROUP, self.written.resource(), name)
    }

    /// Compares what is granted with what the writer has.
    pub(super) fn granted<'b>(
        &self,
        rules: impl IntoIterator<Item = &'b PolicyRule>,
        name: &str,
    ) -> Result<(), WriteVerdict> {
        let (missing, errors) = self.missing(rules);
        if missing.is_empty() {
            return Ok(());
        }
        let why = not_held(self.user, &missing, &errors);
        let refusal = WriteRefusal::forbidden(self.written.resource(), name, &why);
        let mut verdict = WriteVerdict::refused(WriteStage::Rules, refusal);
        verdict.missing = missing;
        Err(verdict)
    }

    /// The rules that the writer does not have, and what could not be resolved.
    pub(super) fn missing<'b>(
        &self,
        rules: impl IntoIterator<Item = &'b PolicyRule>,
    ) -> (Vec<PolicyRule>, Vec<String>) {
        // upstream: pkg/registry/rbac/validation/rule.go (ConfirmNoEscalation)
        let (mut own, mut errors): (Vec<&PolicyRule>, Vec<String>) = Default::default();
        for (binding, role) in self.rbac.bindings_of(self.user, self.namespace) {
            if let Some(record) = self.rbac.role(role) {
                own.extend(record.rules.iter().map(|rule| &*rule.rule));
            } else if let Some(read) = self.rbac.binding(binding) {
                let refusal = self.unresolved(&read.role_ref, &read.namespace);
                errors.extend(refusal.map(|refusal| refusal.message));
            }
        }
        (compact_for_api_server(&uncovered(&own, rules)), errors)
    }

    /// The rules of the role that a binding of this namespace names.
    pub(super) fn referenced(&self, reference: &RoleRef) -> Result<Vec<&PolicyRule>, WriteRefusal> {
        if let Some(refusal) = self.unresolved(reference, self.namespace) {
            return Err(refusal);
        }
        let kind = RoleKind::of(&reference.kind).unwrap_or(RoleKind::ClusterRole);
        let namespace = if kind == RoleKind::Role { self.namespace } else { "" };
        let role = self.rbac.find_role(kind, namespace, &reference.name).unwrap_or(UNKNOWN);
        let record = self.rbac.role(role);
        Ok(record.into_iter().flat_map(|record| record.rules.iter().map(|rule| &*rule.rule)).collect())
    }

    /// The registry's error about a role that cannot be read. It looks under the resource of the request.
    fn unresolved(&self, reference: &RoleRef, namespace: &str) -> Option<WriteRefusal> {
        // upstream: pkg/registry/rbac/validation/rule.go (GetRoleReferenceRules), apiserver
        // pkg/registry/generic/registry/store.go (NamespaceKeyFunc, NoNamespaceKeyFunc, Get)
        let kind = RoleKind::of(&reference.kind);
        let namespace = match kind {
            None => {
                let message = format!("unsupported role reference kind: {}", quoted(&reference.kind));
                return Some(WriteRefusal::unexpected(message));
            }
            Some(RoleKind::Role) if namespace.is_empty() => {
                return Some(WriteRefusal::bad_request("Namespace parameter required."));
            }
            Some(RoleKind::Role) => namespace,
            Some(RoleKind::ClusterRole) => "",
        };
        if let Some(refusal) = name_in_path(&reference.name) {
            return Some(refusal);
        }
        let found = kind.and_then(|kind| self.rbac.find_role(kind, namespace, &reference.name));
        found.is_none().then(|| WriteRefusal::not_found(self.written.resource(), &reference.name))
    }

    /// Validation, whether the object is there, and for a write to what is not there the right to create it.
    fn stored(&self, decoded: &Decoded, old: Option<&Existing>, verdict: WriteVerdict) -> WriteVerdict {
        let version = self.rbac.kube_version();
        let name = self.object.name();
        let problems = match (old.filter(|_| self.changes()), decoded) {
            (Some(old), _) => old.problems(decoded, version),
            (None, Decoded::Role(role)) => validate::role(role, version),
            (None, Decoded::Binding(binding)) => validate::binding(binding, version),
        };
        let texts: Vec<String> = problems.iter().map(Problem::to_string).collect();
        if !texts.is_empty() {
            let refusal = WriteRefusal::invalid(self.written.kind(), name, &crate::reason::joined(texts));
            return WriteVerdict::refused(WriteStage::Validation, refusal);
        }
        match (self.operation, old) {
            (WriteOperation::Create, Some(_)) => {
                let refusal = WriteRefusal::already_exists(self.written.resource(), name);
                WriteVerdict::refused(WriteStage::Existence, refusal)
            }
            (WriteOperation::Update | WriteOperation::Apply, None) => {
                // upstream: apiserver pkg/endpoints/handlers/update.go (withAuthorization)
                match self.not_authorized("create", name) {
                    Some(refusal) => WriteVerdict::refused(WriteStage::Request, refusal),
                    None => verdict,
                }
            }
            _ => verdict,
        }
    }
}

/// Why the registry cannot look for a name.
fn name_in_path(name: &str) -> Option<WriteRefusal> {
    if name.is_empty() {
        return Some(WriteRefusal::bad_request("Name parameter required."));
    }
    let wrong = path_segment_problems(name);
    (!wrong.is_empty()).then(|| {
        WriteRefusal::bad_request(format!("Name parameter invalid: {}: {}", quoted(name), wrong.join(";")))
    })
}
