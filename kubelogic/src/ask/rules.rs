//! Lists of rules: which cover which, how they are merged, and which a user has.

use kubelogic_core::access::UserInfo;
use kubelogic_core::answer::Answer;
use kubelogic_rbac::{
    NO_NAMESPACE, PolicyRule, RulesReview, breakdown, compact_for_api_server, compact_for_kubectl,
    in_escalation_notation, listed_rules, printed_rules, uncovered,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::{Model, yes};
use super::question::{AboutCluster as _, question};
use super::{AskError, BootstrapSetting, Catalogue, Rule};

question! {
    /// Do some rules allow everything that others allow, as the API server decides it?
    CoversQuestion {
        /// The rules that somebody has.
        owner: Vec<GivenRule>,
        /// The rules that are to be covered.
        servant: Vec<GivenRule>,
    }
}

question! {
    /// What do these rules look like once those that differ only in their verbs are merged?
    CompactQuestion {
        /// The rules.
        rules: Vec<GivenRule>,
    }
}

question! {
    /// Which rules does this user have in a namespace, as a `SelfSubjectRulesReview` answers?
    RulesReviewQuestion about a cluster {
        /// Who asks: exactly this user, nothing is added.
        user: UserInfo,
        /// The namespace; a review without one is refused.
        #[serde(default)]
        namespace: String,
        /// Which authorizers the API server has, in their order.
        #[serde(default = "rbac_alone")]
        authorizers: Vec<ReviewAuthorizer>,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
    }
}

question! {
    /// What does `kubectl auth can-i --list` print?
    AccessListQuestion about a cluster {
        /// Who asks: exactly this user, nothing is added.
        user: UserInfo,
        /// The namespace.
        #[serde(default = "default_namespace")]
        namespace: String,
        /// Leaves the first line out, as `--no-headers` does.
        #[serde(default)]
        no_headers: bool,
        /// Which authorizers the API server has, in their order.
        #[serde(default = "rbac_alone")]
        authorizers: Vec<ReviewAuthorizer>,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
    }
}

fn rbac_alone() -> Vec<ReviewAuthorizer> {
    vec![ReviewAuthorizer::Rbac]
}

fn default_namespace() -> String {
    "default".to_owned()
}

/// A rule in a question.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct GivenRule {
    /// Verbs.
    pub verbs: Vec<String>,
    /// API groups.
    pub api_groups: Vec<String>,
    /// Resources.
    pub resources: Vec<String>,
    /// Names of objects.
    pub resource_names: Vec<String>,
    /// Paths.
    #[serde(rename = "nonResourceURLs")]
    pub non_resource_urls: Vec<String>,
}

/// An authorizer that is asked for the rules of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewAuthorizer {
    /// Lists the rules of the user's bindings.
    Rbac,
    /// Cannot list the rules of a node.
    Node,
    /// Cannot list anything.
    Webhook,
    /// Allows everything.
    AlwaysAllow,
    /// Allows nothing.
    AlwaysDeny,
}

/// Whether rules cover others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoversResult {
    /// Whether each piece of the servant's rules is covered by one rule of the owner.
    pub covered: bool,
    /// The servant's rules in their smallest pieces.
    pub breakdown: Vec<Rule>,
    /// The pieces that are not covered, in their order.
    pub uncovered: Vec<Rule>,
    /// The same, merged as in the API server's refusals.
    pub missing: Vec<Rule>,
    /// The same as texts, sorted, as they stand in the API server's refusals.
    pub texts: Vec<String>,
}

/// Merged rules.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CompactResult {
    /// As the API server merges them: repeated verbs stay.
    pub api_server: Vec<Rule>,
    /// As kubectl merges them.
    pub kubectl: Vec<Rule>,
}

/// The rules of a user.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RulesReviewResult {
    /// Rules for resources, as written, in the order of bindings.
    pub resource_rules: Vec<Rule>,
    /// Rules for paths.
    pub non_resource_rules: Vec<Rule>,
    /// Whether an authorizer was asked that cannot list its rules.
    pub incomplete: bool,
    /// What could not be resolved; empty when everything could.
    pub evaluation_error: String,
    /// Why the review is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// Why there may be more rules, when the input was declared to be incomplete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

/// What kubectl prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessListResult {
    /// The rules of the table, line by line.
    pub rules: Vec<Rule>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Why there may be more rules, when the input was declared to be incomplete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

pub(super) fn covers(question: CoversQuestion) -> Answer<CoversResult> {
    let (owner, servant) = (rules_of(question.owner), rules_of(question.servant));
    let pieces: Vec<PolicyRule> = servant.iter().flat_map(breakdown).collect();
    let left = uncovered(&owner, &servant);
    let missing = compact_for_api_server(&left);
    let mut texts: Vec<String> = missing.iter().map(in_escalation_notation).collect();
    texts.sort_unstable();
    texts.dedup();
    let result = CoversResult {
        covered: left.is_empty(),
        breakdown: pieces.iter().map(Rule::from).collect(),
        uncovered: left.iter().map(Rule::from).collect(),
        missing: missing.iter().map(Rule::from).collect(),
        texts,
    };
    Answer::new(result, question.kube_version.unwrap_or_default())
}

pub(super) fn compact(question: CompactQuestion) -> Answer<CompactResult> {
    let rules = rules_of(question.rules);
    let result = CompactResult {
        api_server: compact_for_api_server(&rules).iter().map(Rule::from).collect(),
        kubectl: compact_for_kubectl(&rules).iter().map(Rule::from).collect(),
    };
    Answer::new(result, question.kube_version.unwrap_or_default())
}

pub(super) fn rules_review(
    catalogue: &Catalogue,
    mut question: RulesReviewQuestion,
) -> Result<Answer<RulesReviewResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let refusal = question.namespace.is_empty().then(|| NO_NAMESPACE.to_owned());
    let review = match refusal {
        Some(_) => RulesReview::of_nothing(),
        None => reviewed(&model, &question.user, &question.namespace, &question.authorizers),
    };
    Ok(model.answer(RulesReviewResult {
        resource_rules: review.resource_rules.iter().map(Rule::from).collect(),
        non_resource_rules: review.non_resource_rules.iter().map(Rule::from).collect(),
        incomplete: review.incomplete,
        evaluation_error: review.evaluation_error(),
        refusal,
        undecided: undecided(&model, &question.user, &question.namespace),
    }))
}

pub(super) fn list(
    catalogue: &Catalogue,
    mut question: AccessListQuestion,
) -> Result<Answer<AccessListResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    if question.namespace.is_empty() {
        // kubectl always sends one.
        return Err(AskError::bad_question("`namespace` is empty"));
    }
    let review = reviewed(&model, &question.user, &question.namespace, &question.authorizers);
    Ok(model.answer(AccessListResult {
        rules: listed_rules(&review).iter().map(Rule::from).collect(),
        stdout: printed_rules(&review, question.no_headers),
        stderr: review.warning().map(|warning| format!("Warning: {warning}\n")).unwrap_or_default(),
        undecided: undecided(&model, &question.user, &question.namespace),
    }))
}

fn reviewed(
    model: &Model,
    user: &UserInfo,
    namespace: &str,
    authorizers: &[ReviewAuthorizer],
) -> RulesReview {
    RulesReview::union(authorizers.iter().map(|authorizer| match authorizer {
        ReviewAuthorizer::Rbac => model.rbac.rules_review(user, namespace),
        ReviewAuthorizer::Node => RulesReview::of_node_authorizer(user),
        ReviewAuthorizer::Webhook => RulesReview::of_webhook(),
        ReviewAuthorizer::AlwaysAllow => RulesReview::of_everything(),
        ReviewAuthorizer::AlwaysDeny => RulesReview::of_nothing(),
    }))
}

fn undecided(model: &Model, user: &UserInfo, namespace: &str) -> Option<String> {
    model.rbac.may_have_more_rules(user, namespace).map(|undecided| undecided.message().to_owned())
}

/// The rules of a question as the engine knows them.
pub(super) fn rules_of(given: Vec<GivenRule>) -> Vec<PolicyRule> {
    given.into_iter().map(PolicyRule::from).collect()
}

impl From<GivenRule> for PolicyRule {
    fn from(given: GivenRule) -> Self {
        Self {
            verbs: given.verbs,
            api_groups: given.api_groups,
            resources: given.resources,
            resource_names: given.resource_names,
            non_resource_urls: given.non_resource_urls,
        }
    }
}
