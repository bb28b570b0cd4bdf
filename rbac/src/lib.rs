#![doc = include_str!("../README.md")]
#![expect(clippy::similar_names, reason = "roles have rules, and both are the words of the API")]

mod abac;
mod aggregation;
mod authorize;
mod bootstrap;
mod chain;
mod compile;
mod covers;
mod decide;
mod error;
mod escalation;
mod evaluate;
mod explain;
mod impersonation;
mod index;
mod model;
mod node;
mod policy;
mod rbac;
mod reason;
mod reconcile;
mod request;
mod review;
mod rules_review;
mod updated;
mod validate;
mod webhook;

pub use abac::{Abac, AbacDecision, AbacPolicy, PolicyFileError};
pub use bootstrap::{Bootstrap, bootstrap_objects};
pub use chain::{
    AuthorizationConfiguration, AuthorizerConfiguration, AuthorizerType, Authorizers, Chain,
    ChainAuthorization, ChainDecision, ConfigurationError, FailurePolicy, MissingAuthorizer, Said,
    WebhookConfiguration,
};
pub use compile::Options;
pub use covers::{breakdown, compact_for_api_server, compact_for_kubectl, in_escalation_notation, uncovered};
pub use decide::{AccessDecision, Grant, Principal, Request};
pub use error::RbacError;
pub use escalation::{WriteOperation, WriteRefusal, WriteStage, WriteVerdict};
pub use explain::{Can, FailedOn, GrantEvidence, NearMiss, Piece, PolicyChange};
pub use impersonation::{
    Impersonation, ImpersonationCheck, ImpersonationHeaders, ImpersonationMode, ImpersonationRequest, Wanted,
    impersonate,
};
pub use model::{
    AggregationRule, Binding, BindingKind, GROUP, PolicyRule, Role, RoleKind, RoleRef, Subject, SubjectKind,
};
pub use node::{
    NodeAuthorizer, NodeDecision, NodeFeatures, NodeGrant, NodeOptions, NodeRefusal, NodeVerdict,
};
pub use rbac::{EffectiveRole, Rbac};
pub use reason::joined as joined_errors;
pub use reconcile::{ReconcileOperation, ReconcileOptions, ReconcilePlan};
pub use request::{
    ExtraCheck, Gate, Gates, HttpRequest, KubeletRequest, RequestInfo, RequestProblem, extra_checks,
    kubelet_refusal,
};
pub use review::{
    AnsweredReview, Review, ReviewAnswer, ReviewKind, ReviewSpec, ReviewStatus, Status, StatusCause,
    StatusDetails, forbidden_message, forbidden_status,
};
pub use rules_review::{
    NO_NAMESPACE, ResolvedRules, RuleSource, RulesReview, Visited, listed_rules, printed_rules,
};
pub use updated::Delta;
pub use webhook::{Webhook, WebhookReply};
