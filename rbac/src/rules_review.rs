//! Which rules a user has: what a `SelfSubjectRulesReview` answers, and how kubectl lists it.

mod list;
mod resolve;
mod table;

pub use list::{listed_rules, printed_rules};
pub use resolve::{ResolvedRules, RuleSource, Visited};

use kubelogic_core::access::UserInfo;

use crate::model::PolicyRule;
use crate::rbac::Rbac;
use crate::reason;

/// The rules of a user in a namespace, as the status of a `SelfSubjectRulesReview` holds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RulesReview {
    /// Rules for resources: as they are written, neither merged nor sorted, and repeated when several bindings grant
    /// them.
    pub resource_rules: Vec<PolicyRule>,
    /// Rules for paths.
    pub non_resource_rules: Vec<PolicyRule>,
    /// Whether an authorizer was asked that cannot list its rules.
    pub incomplete: bool,
    /// Upstream's errors, each text of them.
    pub errors: Vec<String>,
}

/// The reason why a review without a namespace is refused.
pub const NO_NAMESPACE: &str = "no namespace on request";

impl RulesReview {
    /// Upstream's one text for all errors; empty when there is none.
    pub fn evaluation_error(&self) -> String {
        reason::joined(self.errors.iter().cloned())
    }

    /// What kubectl warns of before it lists the rules.
    ///
    /// ```
    /// use kubelogic_rbac::RulesReview;
    /// let warning = RulesReview::of_webhook().warning().unwrap();
    /// assert!(warning.starts_with("the list may be incomplete: webhook authorizer"));
    /// assert_eq!(RulesReview::of_everything().warning(), None);
    /// ```
    pub fn warning(&self) -> Option<String> {
        // upstream: kubectl pkg/cmd/auth/cani.go (printStatus)
        self.incomplete.then(|| format!("the list may be incomplete: {}", self.evaluation_error()))
    }

    /// What an authorizer answers that lists nothing.
    pub fn of_nothing() -> Self {
        Self::default()
    }

    /// What the authorizer `AlwaysAllow` answers: everything.
    ///
    /// ```
    /// use kubelogic_rbac::RulesReview;
    /// assert_eq!(RulesReview::of_everything().non_resource_rules[0].non_resource_urls, ["*"]);
    /// ```
    pub fn of_everything() -> Self {
        // upstream: apiserver pkg/authorization/authorizerfactory/builtin.go
        let star = || vec!["*".to_owned()];
        let resources =
            PolicyRule { verbs: star(), api_groups: star(), resources: star(), ..PolicyRule::default() };
        let paths = PolicyRule { verbs: star(), non_resource_urls: star(), ..PolicyRule::default() };
        Self { resource_rules: vec![resources], non_resource_rules: vec![paths], ..Self::default() }
    }

    /// What the Node authorizer answers: nothing, and about a node that it cannot say.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// use kubelogic_rbac::RulesReview;
    /// let node = UserInfo::exact("system:node:a", ["system:nodes"]);
    /// assert!(RulesReview::of_node_authorizer(&node).incomplete);
    /// ```
    pub fn of_node_authorizer(user: &UserInfo) -> Self {
        // upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go (RulesFor), pkg/auth/nodeidentifier/default.go
        let is_node =
            user.name.starts_with("system:node:") && user.groups.iter().any(|group| group == "system:nodes");
        if is_node {
            Self::unable("node authorizer does not support user rule resolution")
        } else {
            Self::default()
        }
    }

    /// What a webhook answers: that it cannot say.
    ///
    /// ```
    /// use kubelogic_rbac::RulesReview;
    /// assert_eq!(
    ///     RulesReview::of_webhook().evaluation_error(),
    ///     "webhook authorizer does not support user rule resolution"
    /// );
    /// ```
    pub fn of_webhook() -> Self {
        // upstream: apiserver plugin/pkg/authorizer/webhook/webhook.go (RulesFor)
        Self::unable("webhook authorizer does not support user rule resolution")
    }

    /// What a chain of authorizers answers, from the answers of each.
    ///
    /// ```
    /// use kubelogic_rbac::RulesReview;
    /// let all = RulesReview::union([RulesReview::of_webhook(), RulesReview::of_everything()]);
    /// assert!(all.incomplete && all.resource_rules.len() == 1);
    /// ```
    pub fn union(reviews: impl IntoIterator<Item = Self>) -> Self {
        // upstream: apiserver pkg/authorization/union/union.go (unionAuthzRulesHandler.RulesFor)
        reviews.into_iter().fold(Self::default(), |mut all, mut one| {
            all.resource_rules.append(&mut one.resource_rules);
            all.non_resource_rules.append(&mut one.non_resource_rules);
            all.incomplete |= one.incomplete;
            all.errors.append(&mut one.errors);
            all
        })
    }

    fn unable(error: &str) -> Self {
        Self { incomplete: true, errors: vec![error.to_owned()], ..Self::default() }
    }
}

impl Rbac {
    /// The rules of a user in a namespace, as the RBAC authorizer lists them.
    ///
    /// What members of `system:masters` may do beyond their bindings is not among them.
    ///
    /// ```
    /// use kubelogic_core::access::UserInfo;
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_rbac::{Options, Rbac};
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let review = rbac.rules_review(&UserInfo::exact("ann", ["system:masters"]), "default");
    /// assert_eq!(review.resource_rules[0].verbs, ["*"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rules_review(&self, user: &UserInfo, namespace: &str) -> RulesReview {
        // upstream: plugin/pkg/auth/authorizer/rbac/rbac.go (RulesFor)
        let ResolvedRules { rules, errors } = self.rules_for(user, namespace);
        let mut review = RulesReview { errors, ..RulesReview::default() };
        for rule in rules {
            if !rule.resources.is_empty() {
                review.resource_rules.push(PolicyRule { non_resource_urls: Vec::new(), ..rule.clone() });
            }
            if !rule.non_resource_urls.is_empty() {
                review.non_resource_rules.push(PolicyRule {
                    verbs: rule.verbs.clone(),
                    non_resource_urls: rule.non_resource_urls.clone(),
                    ..PolicyRule::default()
                });
            }
        }
        review
    }
}
