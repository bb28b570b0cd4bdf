//! What a chain of authorizers says, and what its files say.

use kubelogic_core::answer::Answer;
use kubelogic_core::finding::Finding;
use kubelogic_rbac::{Abac, AbacPolicy, AuthorizationConfiguration, WebhookConfiguration};
use schemars::JsonSchema;
use serde::Serialize;

use super::super::question::{AboutCluster as _, question};
use super::super::{AskError, Catalogue};
use super::chain::ChainSettings;
use super::{AccessResult, BootstrapSetting, Who, yes};

question! {
    /// What does each authorizer of an API server say, and what comes of it?
    AuthorizeQuestion about a cluster {
        /// Who asks for what.
        questions: Vec<Who>,
        /// The authorizers.
        chain: ChainSettings,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes objects as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
    }
}

question! {
    /// What does an ABAC policy file say?
    PolicyQuestion {
        /// The text of the file.
        text: String,
        /// Its name in messages.
        #[serde(default)]
        path: String,
    }
}

question! {
    /// What does an `AuthorizationConfiguration` say after defaulting, or why would the API server not start with it?
    ConfigurationQuestion {
        /// The text of the file.
        text: String,
        /// Its name in messages.
        #[serde(default)]
        path: String,
    }
}

/// What a chain says to each of many requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizeResult {
    /// In the order of the questions.
    pub results: Vec<AccessResult>,
}

/// An ABAC policy file, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PolicyResult {
    /// The policies in the order of the file.
    pub policies: Vec<AbacPolicy>,
    /// Why the API server does not start with it; null when it does.
    pub error: Option<String>,
}

/// An `AuthorizationConfiguration`, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigurationResult {
    /// The authorizers in the order in which they are asked.
    pub authorizers: Vec<ConfiguredAuthorizer>,
    /// Why the API server does not start with it; null when it does.
    pub error: Option<String>,
    /// What is wrong, each with its place.
    pub findings: Vec<Finding>,
}

/// One authorizer of a configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfiguredAuthorizer {
    /// The type, such as `RBAC`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name.
    pub name: String,
    /// What is said about a webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<ConfiguredWebhook>,
}

/// A webhook of a configuration; durations are in Go's notation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfiguredWebhook {
    /// How long a yes is kept.
    #[serde(rename = "authorizedTTL")]
    pub authorized_ttl: String,
    /// Whether a yes is kept at all.
    pub cache_authorized_requests: bool,
    /// How long a no is kept.
    #[serde(rename = "unauthorizedTTL")]
    pub unauthorized_ttl: String,
    /// Whether a no is kept at all.
    pub cache_unauthorized_requests: bool,
    /// How long an answer may take.
    pub timeout: String,
    /// The version of the review that is sent.
    pub subject_access_review_version: String,
    /// The version of the review that conditions are about.
    pub match_condition_subject_access_review_version: String,
    /// `NoOpinion` or `Deny`.
    pub failure_policy: &'static str,
    /// `KubeConfigFile` or `InClusterConfig`.
    pub connection_type: String,
    /// The kubeconfig file.
    pub kube_config_file: Option<String>,
    /// Expressions in CEL.
    pub match_conditions: Vec<String>,
}

impl From<&WebhookConfiguration> for ConfiguredWebhook {
    fn from(given: &WebhookConfiguration) -> Self {
        Self {
            authorized_ttl: given.authorized_ttl.to_string(),
            cache_authorized_requests: given.cache_authorized_requests,
            unauthorized_ttl: given.unauthorized_ttl.to_string(),
            cache_unauthorized_requests: given.cache_unauthorized_requests,
            timeout: given.timeout.to_string(),
            subject_access_review_version: given.subject_access_review_version.clone(),
            match_condition_subject_access_review_version: given
                .match_condition_subject_access_review_version
                .clone(),
            failure_policy: given.failure_policy.word(),
            connection_type: given.connection_type.clone(),
            kube_config_file: given.kube_config_file.clone(),
            match_conditions: given.match_conditions.clone(),
        }
    }
}

pub(in crate::ask) fn authorize(
    catalogue: &Catalogue,
    mut question: AuthorizeQuestion,
) -> Result<Answer<AuthorizeResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let asking = catalogue.chain(&question.take_input(), settings, &question.chain)?;
    let results = question.questions.iter().map(|asked| asking.of(&asked.user, &asked.request));
    let results = results.collect::<Result<_, _>>()?;
    Ok(asking.answer(AuthorizeResult { results }))
}

#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the catalogue's questions are taken, and may all fail"
)]
pub(in crate::ask) fn policy(
    _: &Catalogue,
    question: PolicyQuestion,
) -> Result<Answer<PolicyResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let read = Abac::parse(&question.text, &question.path, version);
    let (policies, error, warnings) = match read {
        Ok(abac) => (abac.policies().cloned().collect(), None, abac.remarks().to_vec()),
        Err(error) => (Vec::new(), Some(error.to_string()), Vec::new()),
    };
    let mut answer = Answer::new(PolicyResult { policies, error }, version);
    answer.warnings = warnings;
    Ok(answer)
}

#[expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the catalogue's questions are taken, and may all fail"
)]
pub(in crate::ask) fn configuration(
    _: &Catalogue,
    question: ConfigurationQuestion,
) -> Result<Answer<ConfigurationResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let path = if question.path.is_empty() { "configuration" } else { &question.path };
    let (authorizers, error, findings) =
        match AuthorizationConfiguration::parse(&question.text, path, version) {
            Ok(configuration) => {
                let authorizers = configuration.authorizers.iter().map(|authorizer| ConfiguredAuthorizer {
                    kind: authorizer.kind.to_string(),
                    name: authorizer.name.clone(),
                    webhook: authorizer.webhook.as_ref().map(ConfiguredWebhook::from),
                });
                (authorizers.collect(), None, Vec::new())
            }
            Err(error) => (Vec::new(), Some(error.to_string()), error.findings().to_vec()),
        };
    Ok(Answer::new(ConfigurationResult { authorizers, error, findings }, version))
}
