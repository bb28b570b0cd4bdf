//! What a chain says: the first yes or no, and everything that was said before it.

use kubelogic_core::access::{Attributes, Authorization, Authorizer, Decision, UserInfo};
use kubelogic_core::answer::{Evidence, Undecided};
use serde::Serialize;

use super::{Chain, Link, LinkKind, joined};
use crate::error::RbacError;
use crate::index::{ordinal, position};
use crate::webhook;

/// What a chain decided: small and cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChainDecision {
    generation: u64,
    decision: Decision,
    /// The authorizer that said yes or no.
    link: Option<u32>,
}

impl ChainDecision {
    /// What the chain says. Without an opinion the request is refused.
    pub fn decision(self) -> Decision {
        self.decision
    }

    /// Whether the request is allowed.
    pub fn is_allowed(self) -> bool {
        self.decision == Decision::Allow
    }
}

/// What a chain says about a request, with upstream's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainAuthorization {
    /// The decision. Without an opinion the request is refused.
    pub decision: Decision,
    /// The reason that a client sees; often empty.
    pub reason: String,
    /// The evaluation error. A request that is not allowed and has one is answered with status 500.
    pub error: Option<String>,
    /// What each authorizer said that was asked, in order.
    pub said: Vec<Said>,
}

/// What one authorizer of a chain said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Said {
    /// The name that the chain knows it by.
    pub name: String,
    /// Its type: `Node`, `RBAC` and so on, or `system:masters`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `allow`, `deny` or `no-opinion`.
    pub decision: &'static str,
    /// Its own reason.
    pub reason: String,
    /// Its evaluation error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What one link makes of a request.
enum Opinion {
    Said(Decision),
    /// Objects that were not given could turn it.
    Unsure(Undecided),
    Unknown(Undecided),
}

impl Chain {
    /// Decides.
    ///
    /// # Errors
    /// When the chain reaches a webhook or a condition that nobody answers for, and when the input was declared to be
    /// incomplete and what is missing could turn the answer.
    pub fn decide(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Result<ChainDecision, Undecided> {
        // upstream: apiserver pkg/authorization/union/union.go (Authorize)
        let mut unsure: Option<Undecided> = None;
        for (index, link) in self.links.iter().enumerate() {
            let decision = match link.opinion(user, attributes) {
                Opinion::Said(decision) => decision,
                Opinion::Unsure(undecided) => {
                    // Whatever it is, a later yes makes it one; a later no does not settle it.
                    unsure = unsure.or(Some(undecided));
                    continue;
                }
                Opinion::Unknown(undecided) => return Err(unsure.unwrap_or(undecided)),
            };
            match (decision, unsure.take()) {
                (Decision::NoOpinion, before) => unsure = before,
                (Decision::Deny, Some(undecided)) => return Err(undecided),
                (Decision::Allow, _) | (Decision::Deny, None) => {
                    let link = Some(ordinal(index));
                    return Ok(ChainDecision { generation: self.generation, decision, link });
                }
            }
        }
        match unsure {
            Some(undecided) => Err(undecided),
            None => {
                Ok(ChainDecision { generation: self.generation, decision: Decision::NoOpinion, link: None })
            }
        }
    }

    /// Whether the chain allows a request.
    ///
    /// # Errors
    /// Those of [`decide`](Self::decide).
    pub fn can(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Result<bool, Undecided> {
        self.decide(user, attributes).map(ChainDecision::is_allowed)
    }

    /// What the chain says, with the texts of this version.
    ///
    /// # Errors
    /// Those of [`decide`](Self::decide).
    pub fn authorize(
        &self,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Result<ChainAuthorization, Undecided> {
        self.decide(user, attributes)?;
        let (mut said, mut reasons, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        for link in &self.links {
            let own = link
                .authorize(user, attributes)
                .map_err(|unknown| Undecided::new("rbac/unknown-webhook", unknown))?;
            said.push(link.said(&own));
            if own.decision != Decision::NoOpinion {
                return Ok(ChainAuthorization {
                    decision: own.decision,
                    reason: own.reason,
                    error: own.error,
                    said,
                });
            }
            errors.extend(own.error);
            if !own.reason.is_empty() {
                // From 1.37 each reason says whose it is.
                let prefixed = self.version.minor() >= 37;
                reasons.push(if prefixed { format!("{}: {}", link.name, own.reason) } else { own.reason });
            }
        }
        let error = (!errors.is_empty()).then(|| joined(errors));
        Ok(ChainAuthorization { decision: Decision::NoOpinion, reason: reasons.join("\n"), error, said })
    }

    /// What decided, a sentence each.
    ///
    /// # Errors
    /// [`RbacError::StaleDecision`] when another chain decided.
    pub fn evidence(
        &self,
        decision: ChainDecision,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Result<Vec<Evidence>, RbacError> {
        if decision.generation != self.generation {
            return Err(RbacError::StaleDecision);
        }
        let Some(link) = decision.link.and_then(|link| self.links.get(position(link))) else {
            return Ok(Vec::new());
        };
        let plain =
            |message: String| vec![Evidence { part: "authorizer", message, object: None, location: None }];
        Ok(match &link.kind {
            LinkKind::Masters => plain(
                "the user is in the group `system:masters`, which every API server allows everything"
                    .to_owned(),
            ),
            LinkKind::AlwaysAllow => plain("the authorizer AlwaysAllow allows everything".to_owned()),
            LinkKind::AlwaysDeny => Vec::new(),
            LinkKind::Webhook(..) => {
                let word = if decision.is_allowed() { "allows" } else { "denies" };
                plain(format!("the webhook `{}` {word} it", link.name))
            }
            LinkKind::Node(node) => node.evidence(node.decide(user, attributes), user, attributes),
            LinkKind::Rbac(rbac) => rbac.explain(user, attributes).evidence,
            LinkKind::Abac(abac) => {
                let found = abac.policy(abac.decide(user, attributes))?;
                let piece = found.map(|(_, location)| {
                    let line = location.position.map(|position| position.line).unwrap_or_default();
                    let message = format!("the policy in line {line} allows it");
                    Evidence { part: "policy", message, object: None, location: Some(location) }
                });
                piece.into_iter().collect()
            }
        })
    }
}

impl Link {
    fn opinion(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Opinion {
        let yes_or_none = |yes| if yes { Decision::Allow } else { Decision::NoOpinion };
        let sure = |yes, undecided: Option<Undecided>| match undecided {
            Some(undecided) => Opinion::Unsure(undecided),
            None => Opinion::Said(yes_or_none(yes)),
        };
        match &self.kind {
            LinkKind::Masters => Opinion::Said(yes_or_none(is_master(user))),
            LinkKind::AlwaysAllow => Opinion::Said(Decision::Allow),
            // upstream: apiserver pkg/authorization/authorizerfactory/builtin.go: it never denies.
            LinkKind::AlwaysDeny => Opinion::Said(Decision::NoOpinion),
            LinkKind::Node(node) => {
                let decision = node.decide(user, attributes);
                sure(decision.is_allowed(), node.undecided(decision, user, attributes))
            }
            LinkKind::Rbac(rbac) => {
                let decision = rbac.decide(user, attributes);
                sure(decision.is_allowed(), rbac.undecided(decision, user, attributes))
            }
            LinkKind::Abac(abac) => Opinion::Said(yes_or_none(abac.decide(user, attributes).is_allowed())),
            LinkKind::Webhook(..) => match self.authorize(user, attributes) {
                Ok(said) => Opinion::Said(said.decision),
                Err(unknown) => Opinion::Unknown(Undecided::new("rbac/unknown-webhook", unknown)),
            },
        }
    }

    fn authorize(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Result<Authorization, String> {
        let plain =
            |decision, reason: &str| Authorization { decision, reason: reason.to_owned(), error: None };
        Ok(match &self.kind {
            LinkKind::Masters if is_master(user) => plain(Decision::Allow, ""),
            LinkKind::Masters => plain(Decision::NoOpinion, ""),
            LinkKind::AlwaysAllow => plain(Decision::Allow, ""),
            LinkKind::AlwaysDeny => plain(Decision::NoOpinion, "Everything is forbidden."),
            LinkKind::Node(node) => node.authorize(user, attributes),
            LinkKind::Rbac(rbac) => rbac.authorize(user, attributes),
            LinkKind::Abac(abac) => abac.authorize(user, attributes),
            LinkKind::Webhook(configuration, webhook) => {
                webhook::authorize(&self.name, configuration, webhook.as_deref(), user, attributes)?
            }
        })
    }

    fn said(&self, own: &Authorization) -> Said {
        Said {
            name: self.name.clone(),
            kind: self.kind.word(),
            decision: match own.decision {
                Decision::Allow => "allow",
                Decision::Deny => "deny",
                Decision::NoOpinion => "no-opinion",
            },
            reason: own.reason.clone(),
            error: own.error.clone(),
        }
    }
}

fn is_master(user: &UserInfo) -> bool {
    user.groups.iter().any(|group| group == "system:masters")
}
