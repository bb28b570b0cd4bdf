//! What comes of a write, in the API server's words.

use kubelogic_core::access::{Authorization, UserInfo};
use kubelogic_core::quote::quoted;

use crate::covers::in_escalation_notation;
use crate::model::{GROUP, PolicyRule};

/// What comes of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteVerdict {
    /// Whether the object is stored.
    pub allowed: bool,
    /// What decided: for a refusal what refused, otherwise why the writer may grant what the object grants.
    pub stage: WriteStage,
    /// The API server's answer, when the object is not stored.
    pub refusal: Option<WriteRefusal>,
    /// The rules that the writer would grant and does not have, merged as in the refusal.
    pub missing: Vec<PolicyRule>,
    /// Why the answer is not definite, when the input was declared to be incomplete.
    pub undecided: Option<String>,
}

/// What decided about a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WriteStage {
    /// The request itself is not allowed, or makes no sense.
    Request,
    /// The writer is a member of `system:masters`.
    Masters,
    /// The writer may `escalate` the role.
    Escalate,
    /// The writer may `bind` the role.
    Bind,
    /// Nothing but owners and finalizers changes.
    OwnersAndFinalizers,
    /// The writer's rules are compared with those that are granted.
    Rules,
    /// The role has an aggregation rule, now or before.
    AggregationRule,
    /// The role that the binding names cannot be found.
    RoleReference,
    /// The object itself.
    Validation,
    /// Whether the object is there.
    Existence,
}

/// The API server's refusal.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WriteRefusal {
    /// The HTTP status.
    pub code: u16,
    /// The reason, such as `Forbidden`; empty for an error that the API server did not expect.
    pub reason: &'static str,
    /// The message.
    pub message: String,
}

impl WriteVerdict {
    pub(super) fn allowed(stage: WriteStage) -> Self {
        Self { allowed: true, stage, refusal: None, missing: Vec::new(), undecided: None }
    }

    pub(super) fn refused(stage: WriteStage, refusal: WriteRefusal) -> Self {
        Self { allowed: false, stage, refusal: Some(refusal), missing: Vec::new(), undecided: None }
    }
}

impl WriteRefusal {
    fn new(code: u16, reason: &'static str, message: String) -> Self {
        Self { code, reason, message }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message.into())
    }

    pub(super) fn unexpected(message: String) -> Self {
        // upstream: apiserver pkg/endpoints/handlers/responsewriters/status.go (ErrorToAPIStatus)
        Self::new(500, "", message)
    }

    pub(super) fn not_found(resource: &str, name: &str) -> Self {
        Self::new(404, "NotFound", format!("{resource}.{GROUP} {} not found", quoted(name)))
    }

    pub(super) fn already_exists(resource: &str, name: &str) -> Self {
        Self::new(409, "AlreadyExists", format!("{resource}.{GROUP} {} already exists", quoted(name)))
    }

    pub(super) fn invalid(kind: &str, name: &str, problems: &str) -> Self {
        Self::new(422, "Invalid", format!("{kind}.{GROUP} {} is invalid: {problems}", quoted(name)))
    }

    pub(super) fn forbidden(resource: &str, name: &str, why: &str) -> Self {
        // upstream: apimachinery pkg/api/errors/errors.go (NewForbidden)
        let name = if name.is_empty() { String::new() } else { format!(" {}", quoted(name)) };
        Self::new(403, "Forbidden", format!("{resource}.{GROUP}{name} is forbidden: {why}"))
    }

    /// The request itself is not allowed.
    pub(super) fn not_authorized(
        (resource, namespace, name): (&str, &str, &str),
        verb: &str,
        user: &UserInfo,
        answer: &Authorization,
    ) -> Self {
        // upstream: apiserver pkg/endpoints/filters/authorization.go, pkg/endpoints/handlers/responsewriters/errors.go
        if let Some(error) = &answer.error {
            return Self::new(500, "InternalError", format!("Internal error occurred: {error}"));
        }
        let place = match namespace {
            "" => "at the cluster scope".to_owned(),
            namespace => format!("in the namespace {}", quoted(namespace)),
        };
        let sentence = format!(
            "User {} cannot {verb} resource \"{resource}\" in API group \"{GROUP}\" {place}",
            quoted(&user.name)
        );
        let mut why = sentence.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        if !answer.reason.is_empty() {
            why.push_str(": ");
            why.push_str(&answer.reason);
        }
        Self::forbidden(resource, name, &why)
    }
}

/// What the API server says about rules that a writer does not have.
pub(super) fn not_held(user: &UserInfo, missing: &[PolicyRule], errors: &[String]) -> String {
    // upstream: pkg/registry/rbac/validation/rule.go (ConfirmNoEscalation)
    let groups: Vec<String> = user.groups.iter().map(|group| quoted(group)).collect();
    let mut rules: Vec<String> = missing.iter().map(in_escalation_notation).collect();
    rules.sort_unstable();
    rules.dedup();
    let mut text = format!(
        "user {} (groups=[{}]) is attempting to grant RBAC permissions not currently held:\n{}",
        quoted(&user.name),
        groups.join(" "),
        rules.join("\n")
    );
    if !errors.is_empty() {
        let joined = crate::reason::joined(errors.iter().cloned());
        text.push_str("; resolution errors: [");
        text.push_str(&joined);
        text.push(']');
    }
    text
}
