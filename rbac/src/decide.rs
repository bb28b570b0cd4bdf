//! Decisions: who asks and what for as ordinals, and the first binding that allows it.

use kubelogic_core::access::{Attributes, Target, UserInfo};

use crate::error::RbacError;
use crate::index::{Entry, Footprint, Found, ResourceRequest, RoleIndex, UNKNOWN, Verb, ordinal};
use crate::rbac::Rbac;

/// What a model decided: small, cheap to copy, and explained by the model that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccessDecision {
    pub(crate) generation: u64,
    pub(crate) grant: Option<Grant>,
}

/// What allowed a request, in ordinals of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// The first allowing binding: ClusterRoleBindings by name, then RoleBindings by namespace and name.
    pub binding: u32,
    /// The first subject of the binding that applies.
    pub subject: u32,
    /// The first rule of the role that allows it.
    pub rule: u32,
}

/// A user that a model has looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    generation: u64,
    user: Option<Found>,
    groups: Vec<Found>,
}

/// A request that a model has looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    generation: u64,
    /// 0 is the cluster.
    namespace: u32,
    target: RequestTarget<'a>,
    /// As it was asked, for roles that are not in the index.
    attributes: Attributes<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RequestTarget<'a> {
    Resource(ResourceRequest),
    Path { verb: Verb, path: &'a str },
}

/// The first allowing binding per scope.
#[derive(Clone, Copy, Debug, Default)]
struct Best {
    cluster: Option<Grant>,
    namespace: Option<Grant>,
}

impl AccessDecision {
    /// Whether the request is allowed. If not, RBAC has no opinion, and the request is refused unless another
    /// authorizer allows it.
    pub fn is_allowed(&self) -> bool {
        self.grant.is_some()
    }

    /// What allowed it.
    pub fn grant(&self) -> Option<Grant> {
        self.grant
    }
}

impl Rbac {
    /// Decides. Nothing is allocated.
    pub fn decide(&self, user: &UserInfo, attributes: &Attributes<'_>) -> AccessDecision {
        let request = self.request(attributes);
        let mut best = Best::default();
        if let Some(found) = self.users.find(&user.name) {
            self.consider(&mut best, &request, |namespace| self.users.first_per_role(found, namespace));
        }
        for group in &user.groups {
            if let Some(found) = self.groups.find(group) {
                self.consider(&mut best, &request, |namespace| self.groups.first_per_role(found, namespace));
            }
        }
        self.decision(best)
    }

    /// Looks a user up, to ask many requests of him.
    pub fn resolve(&self, user: &UserInfo) -> Principal {
        Principal {
            generation: self.generation,
            user: self.users.find(&user.name),
            groups: user.groups.iter().filter_map(|group| self.groups.find(group)).collect(),
        }
    }

    /// Looks a request up, to ask it of many users. Nothing is allocated.
    #[inline]
    pub fn request<'a>(&self, attributes: &Attributes<'a>) -> Request<'a> {
        let target = match attributes.target {
            Target::Resource { group, resource, subresource, name, .. } => RequestTarget::Resource(
                self.role_index.request(attributes.verb, group, resource, subresource, name),
            ),
            Target::Path(path) => {
                RequestTarget::Path { verb: self.role_index.verbs.request(attributes.verb), path }
            }
        };
        let namespace = match attributes.namespace() {
            "" => 0,
            given => self.namespaces.find(given).unwrap_or(UNKNOWN),
        };
        Request { generation: self.generation, namespace, target, attributes: *attributes }
    }

    /// Decides about what has been looked up before. Nothing is allocated.
    ///
    /// # Errors
    /// [`RbacError::StaleDecision`] when the principal or the request was looked up in another model.
    pub fn decide_resolved(
        &self,
        principal: &Principal,
        request: &Request<'_>,
    ) -> Result<AccessDecision, RbacError> {
        if principal.generation != self.generation || request.generation != self.generation {
            return Err(RbacError::StaleDecision);
        }
        let mut best = Best::default();
        if let Some(user) = principal.user {
            self.consider(&mut best, request, |namespace| self.users.first_per_role(user, namespace));
        }
        for group in &principal.groups {
            self.consider(&mut best, request, |namespace| self.groups.first_per_role(*group, namespace));
        }
        Ok(self.decision(best))
    }

    /// The first rule of a role that allows a request.
    pub(crate) fn rule_allowing(&self, role: u32, request: &Request<'_>) -> Option<u32> {
        if self.is_changed(role) {
            let rules = &self.role(role)?.rules;
            return rules.iter().position(|record| record.rule.allows(&request.attributes)).map(ordinal);
        }
        match &request.target {
            RequestTarget::Resource(resource) => self.role_index.allows(role, resource),
            RequestTarget::Path { verb, path } => self.role_index.allows_path(role, *verb, path),
        }
    }

    /// Improves on the best so far with the bindings of one subject.
    #[inline]
    fn consider<'a>(&'a self, best: &mut Best, request: &Request<'_>, entries: impl Fn(u32) -> &'a [Entry]) {
        // upstream: pkg/registry/rbac/validation/rule.go (VisitRulesFor): the cluster's bindings are asked
        // first, those of the namespace only when there is one.
        self.improve(&mut best.cluster, request, entries(0));
        if best.cluster.is_none() && request.namespace != 0 && request.namespace != UNKNOWN {
            self.improve(&mut best.namespace, request, entries(request.namespace));
        }
    }

    #[inline]
    fn improve(&self, best: &mut Option<Grant>, request: &Request<'_>, entries: &[Entry]) {
        let asked = match &request.target {
            RequestTarget::Resource(resource) => resource.footprint,
            RequestTarget::Path { verb, .. } => RoleIndex::path_footprint(*verb),
        };
        for entry in entries {
            if let Some(best) = best
                && (entry.binding, entry.subject) >= (best.binding, best.subject)
            {
                return;
            }
            if !may_allow(entry.footprint, asked) && !self.is_changed(entry.role) {
                continue;
            }
            if let Some(rule) = self.rule_allowing(entry.role, request) {
                *best = Some(Grant { binding: entry.binding, subject: entry.subject, rule });
                return;
            }
        }
    }

    fn decision(&self, best: Best) -> AccessDecision {
        AccessDecision { generation: self.generation, grant: best.cluster.or(best.namespace) }
    }
}

#[inline]
fn may_allow(role: Footprint, asked: Footprint) -> bool {
    role.resources & asked.resources != 0 && role.verbs & asked.verbs != 0
}
