//! What an authorizer says.

use super::{Attributes, UserInfo};

/// The three things that an authorizer can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// Yes, and nobody else is asked.
    Allow,
    /// No, and nobody else is asked.
    Deny,
    /// Nothing: the next authorizer is asked, and a request that nobody allows is refused.
    NoOpinion,
}

/// An authorizer's answer with the texts that upstream gives for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The decision.
    pub decision: Decision,
    /// Upstream's reason, often empty.
    pub reason: String,
    /// Upstream's evaluation error, if there is one.
    pub error: Option<String>,
}

/// Anything that can authorize a request: RBAC, and in time the Node and ABAC authorizers and chains of them.
pub trait Authorizer: Send + Sync {
    /// The name that upstream's configuration uses for this authorizer.
    fn name(&self) -> &str;

    /// Decides about one request.
    fn authorize(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Authorization;
}
