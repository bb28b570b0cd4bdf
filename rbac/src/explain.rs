//! What decided, down to the rule and its place in a file; for a no, what comes nearest.

mod change;
mod grant;
mod near;
mod rules;
mod subjects;
mod undecided;
mod warnings;

pub use change::PolicyChange;
pub use grant::{GrantEvidence, Piece};
pub use near::{FailedOn, NearMiss};

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::answer::{Answer, Assumption, Undecided};
use serde::Serialize;

use crate::rbac::Rbac;

/// May this user do that?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Can {
    /// Whether RBAC, or the whole chain when there is one, allows the request, as far as the given objects say.
    pub allowed: bool,
    /// Upstream's reason, often empty.
    pub reason: String,
    /// Why the answer is not definite, when the input was declared to be incomplete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
    /// The evaluation error of a chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What each authorizer of a chain said that was asked, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorizers: Option<Vec<crate::chain::Said>>,
    /// Every binding that allows it; the first decides.
    pub grants: Vec<GrantEvidence>,
    /// When nothing allows it: what comes nearest, the nearest first.
    pub near_misses: Vec<NearMiss>,
}

impl Rbac {
    /// Whether RBAC allows a request.
    ///
    /// # Errors
    /// When the input was declared to be incomplete and what is missing could turn the answer.
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, UserInfo};
    /// use kubelogic_core::cluster::{Cluster, Completeness, Coverage, GroupKind, LoadOptions};
    /// use kubelogic_rbac::{GROUP, Options, Rbac};
    ///
    /// let mut load = LoadOptions::default();
    /// let bindings = GroupKind::new(GROUP, "RoleBinding");
    /// load.coverage = Coverage::whole().declare(bindings, Some("shop"), Completeness::Absent);
    /// let rbac = Rbac::compile(&Cluster::load([], &load)?, &Options::default())?;
    ///
    /// let (ann, get) = (UserInfo::exact("ann", ["dev"]), Attributes::resource("get", "", "pods"));
    /// assert!(!rbac.can(&ann, &get.in_namespace("bank"))?);
    /// assert_eq!(rbac.can(&ann, &get.in_namespace("shop")).unwrap_err().code(), "coverage/too-thin");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn can(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Result<bool, Undecided> {
        let decision = self.decide(user, attributes);
        match self.undecided(decision, user, attributes) {
            Some(undecided) => Err(undecided),
            None => Ok(decision.is_allowed()),
        }
    }

    /// Whether RBAC allows a request, and why.
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, UserInfo};
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_core::object::Object;
    /// use kubelogic_rbac::{Options, Rbac};
    ///
    /// let binding = Object::from_serialize(&serde_json::json!({
    ///     "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
    ///     "metadata": {"name": "viewers", "namespace": "shop"},
    ///     "roleRef": {"kind": "ClusterRole", "name": "view"},
    ///     "subjects": [{"kind": "Group", "name": "dev"}],
    /// }))?;
    /// let rbac = Rbac::compile(&Cluster::load([binding], &LoadOptions::default())?, &Options::default())?;
    /// let ann = UserInfo::exact("ann", ["dev"]);
    ///
    /// let yes = rbac.explain(&ann, &Attributes::resource("get", "", "pods").in_namespace("shop"));
    /// assert_eq!(yes.result.grants[0].written_in.object.name, "system:aggregate-to-view");
    ///
    /// let no = rbac.explain(&ann, &Attributes::resource("get", "", "pods").in_namespace("bank"));
    /// assert_eq!(
    ///     no.result.near_misses[0].message,
    ///     "RoleBinding `shop/viewers` allows it in namespace `shop` only"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Answer<Can> {
        let decision = self.decide(user, attributes);
        let grants = self.grants(user, attributes);
        let near_misses = if decision.is_allowed() { Vec::new() } else { self.near_misses(user, attributes) };
        let evidence = grants.first().map(GrantEvidence::evidence).unwrap_or_default();
        let undecided = self.undecided(decision, user, attributes);
        let mut answer = Answer::new(
            Can {
                allowed: decision.is_allowed(),
                reason: self.reason(decision, user, attributes).unwrap_or_default(),
                undecided: undecided.map(|undecided| undecided.message().to_owned()),
                error: None,
                authorizers: None,
                grants,
                near_misses,
            },
            self.kube_version,
        );
        answer.warnings = self.warnings(user, attributes);
        answer.assumptions = self.assumptions();
        answer.evidence = evidence;
        answer
    }

    /// What every answer takes for granted.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let mut assumptions = self.current_cluster().assumptions();
        let roles = self.role_records().filter(|role| role.from_bootstrap).count();
        let bindings = self.bindings.iter().filter(|(_, binding)| binding.from_bootstrap).count();
        if roles + bindings > 0 {
            let message = format!(
                "{roles} roles and {bindings} bindings that every API server of {} creates were not given and \
                 are added",
                self.kube_version
            );
            assumptions.push(Assumption::new("rbac/bootstrap", message));
        }
        assumptions
    }
}
