//! What comes nearest to allowing a request, ranked.

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::object::Location;
use serde::Serialize;

use super::change::PolicyChange;
use super::grant::Piece;
use crate::rbac::Rbac;

/// The part of a policy that does not fit a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailedOn {
    /// The binding names a role that is not there.
    MissingRole,
    /// The binding is in another namespace.
    Namespace,
    /// The binding names somebody else.
    Subject,
    /// The rule lacks the verb.
    Verb,
    /// The rule is for other API groups.
    ApiGroup,
    /// The rule is for other resources.
    Resource,
    /// The rule is for the resource, but not for its subresource, or the other way round.
    Subresource,
    /// The rule is limited to other names.
    Name,
    /// The rule is for other paths.
    Path,
    /// Nothing binds the role to the user.
    Binding,
}

/// Something that would allow a request if it were a little different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct NearMiss {
    /// What does not fit.
    pub failed_on: Vec<FailedOn>,
    /// The same in a sentence.
    pub message: String,
    /// The smallest change that would allow the request.
    pub change: String,
    /// The same as data: with all of them the request is allowed. Nothing where a person has to decide.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<PolicyChange>,
    /// The binding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<Piece>,
    /// The role, or for a rule the role that it is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Piece>,
    /// The position of the rule in that role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<u32>,
    /// Where the change would be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// A near miss with its rank: the lower, the nearer.
#[derive(Debug)]
pub(super) struct Ranked {
    pub(super) rank: u32,
    pub(super) miss: NearMiss,
}

/// More than this many help nobody.
const MOST: usize = 10;

impl Rbac {
    /// What comes nearest to allowing a request, the nearest first.
    pub fn near_misses(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Vec<NearMiss> {
        let mut ranked = self.misses_by_rule(user, attributes);
        ranked.extend(self.misses_by_namespace(user, attributes));
        ranked.extend(self.misses_by_subject(user, attributes));
        // The order in which they were found breaks ties.
        ranked.sort_by_key(|ranked| ranked.rank);
        ranked.into_iter().take(MOST).map(|ranked| ranked.miss).collect()
    }
}
