//! The authorizers that a question is about, when they are others than RBAC alone.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use kubelogic_core::access::{Attributes, Decision, UserInfo};
use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::Cluster;
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::{
    Abac, AuthorizationConfiguration, AuthorizerType, Authorizers, Can, Chain, ConfigurationError,
    NodeAuthorizer, NodeFeatures, NodeOptions, PolicyFileError, Webhook, WebhookReply,
};
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::question::Input;
use super::super::{AskError, Catalogue};
use super::{AccessResult, Request, Settings};

/// The authorizers of an API server: as its flags name them, or as a configuration file does.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ChainSettings {
    /// What `--authorization-mode` lists, such as `["Node", "RBAC"]`. Nothing at all means `AlwaysAllow`, as it does
    /// for an API server, unless there is a `configuration`.
    pub modes: Vec<String>,
    /// The text of `--authorization-policy-file`.
    pub policy: Option<String>,
    /// Its name in messages.
    pub policy_path: String,
    /// The text of `--authorization-config`: an `AuthorizationConfiguration`.
    pub configuration: Option<String>,
    /// Its name in messages.
    pub configuration_path: String,
    /// What webhooks answer, by the name of the authorizer; the one that the flags name is called `default`. A request
    /// that reaches any other webhook is undecided.
    pub webhooks: BTreeMap<String, WebhookSetting>,
    /// Feature gates of the API server that differ from their defaults.
    pub feature_gates: BTreeMap<String, bool>,
}

/// What a webhook says to every request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct WebhookSetting {
    /// `status.allowed` of its review.
    pub allowed: bool,
    /// `status.denied` of its review.
    pub denied: bool,
    /// `status.reason` of its review.
    pub reason: String,
    /// The request to the webhook fails with this error.
    pub error: Option<String>,
    /// What becomes of its match conditions, by their expressions: true, false, or the error of the evaluation.
    pub conditions: BTreeMap<String, ConditionSetting>,
}

/// What becomes of a match condition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ConditionSetting {
    /// It is true or false.
    Holds(bool),
    /// It cannot be evaluated.
    Error(String),
}

impl Webhook for WebhookSetting {
    fn review(&self, _: &UserInfo, _: &Attributes<'_>) -> Option<WebhookReply> {
        Some(match &self.error {
            Some(error) => WebhookReply::Failed(error.clone()),
            None => WebhookReply::Answered {
                allowed: self.allowed,
                denied: self.denied,
                reason: self.reason.clone(),
            },
        })
    }

    fn matches(&self, expression: &str, _: &UserInfo, _: &Attributes<'_>) -> Option<Result<bool, String>> {
        Some(match self.conditions.get(expression)? {
            ConditionSetting::Holds(holds) => Ok(*holds),
            ConditionSetting::Error(error) => Err(error.clone()),
        })
    }
}

/// A chain with everything that an answer about it says besides.
pub(crate) struct Asking {
    chain: Chain,
    authorizers: Authorizers,
    version: KubeVersion,
    warnings: Vec<Finding>,
    unsupported: Vec<Finding>,
    cluster: Cluster,
}

impl Catalogue {
    /// The chain that a question names.
    pub(in crate::ask) fn chain(
        &self,
        input: &Input,
        settings: Settings,
        chain: &ChainSettings,
    ) -> Result<Asking, AskError> {
        let cluster = self.cluster(input)?;
        let version = cluster.kube_version();
        let configuration = configuration(chain, version)?;
        let mut authorizers = Authorizers::default();
        let mut warnings = cluster.notes().to_vec();
        if configuration.names(AuthorizerType::Rbac) {
            let model = self.model(input, settings)?;
            warnings.extend(model.rbac.remarks().iter().cloned());
            authorizers.rbac = Some(model.rbac);
        }
        if configuration.names(AuthorizerType::Node) {
            let nodes = self.nodes(&cluster, input.is_own(), settings.2, chain)?;
            warnings.extend(nodes.remarks().iter().cloned());
            authorizers.node = Some(nodes);
        }
        if let Some(text) = &chain.policy {
            let path = if chain.policy_path.is_empty() { "policy" } else { &chain.policy_path };
            let abac = Abac::parse(text, path, version)?;
            warnings.extend(abac.remarks().iter().cloned());
            authorizers.abac = Some(Arc::new(abac));
        }
        for (name, webhook) in &chain.webhooks {
            authorizers.webhooks.insert(name.clone(), Arc::new(webhook.clone()));
        }
        let made = Chain::new(&configuration, &authorizers, version)
            .map_err(|missing| AskError::new(missing.code(), missing.to_string()))?;
        let unsupported = conditions(&configuration);
        Ok(Asking { chain: made, authorizers, version, warnings, unsupported, cluster })
    }

    /// The Node authorizer; that of the loaded cluster is compiled once.
    fn nodes(
        &self,
        cluster: &Cluster,
        own: bool,
        stored: bool,
        chain: &ChainSettings,
    ) -> Result<Arc<NodeAuthorizer>, AskError> {
        let version = cluster.kube_version();
        let mut features = NodeFeatures::of(version);
        for (gate, on) in &chain.feature_gates {
            if !features.set(gate, *on) {
                let message = format!("no authorizer asks the feature gate `{gate}`");
                return Err(AskError::bad_question(message));
            }
        }
        let compile = || {
            let mut options = NodeOptions::default();
            options.stored = stored;
            options.features = Some(features);
            NodeAuthorizer::compile(cluster, &options).map(Arc::new).map_err(AskError::from)
        };
        if own {
            return compile();
        }
        let key = (version.minor(), stored, features);
        let mut compiled = self.compiled.nodes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, nodes)) = compiled.iter().find(|(known, _)| *known == key) {
            return Ok(Arc::clone(nodes));
        }
        let nodes = compile()?;
        compiled.push((key, Arc::clone(&nodes)));
        Ok(nodes)
    }
}

/// The configuration that the settings name.
pub(super) fn configuration(
    chain: &ChainSettings,
    version: KubeVersion,
) -> Result<AuthorizationConfiguration, AskError> {
    if let Some(text) = &chain.configuration {
        if !chain.modes.is_empty() {
            // upstream: pkg/kubeapiserver/options/authorization.go (Validate)
            return Err(AskError::bad_question(
                "--authorization-config can not be specified when --authorization-mode or \
                 --authorization-webhook-* flags are defined",
            ));
        }
        let path =
            if chain.configuration_path.is_empty() { "configuration" } else { &chain.configuration_path };
        return Ok(AuthorizationConfiguration::parse(text, path, version)?);
    }
    let modes: Vec<&str> = chain.modes.iter().map(String::as_str).collect();
    let configuration = AuthorizationConfiguration::of_modes(&modes)?;
    if chain.policy.is_some() && !configuration.names(AuthorizerType::Abac) {
        return Err(AskError::bad_question("cannot specify --authorization-policy-file without mode ABAC"));
    }
    if chain.policy.is_none() && configuration.names(AuthorizerType::Abac) {
        return Err(AskError::bad_question("authorization-mode ABAC's authorization policy file not passed"));
    }
    Ok(configuration)
}

/// That conditions of webhooks are taken as they are written.
fn conditions(configuration: &AuthorizationConfiguration) -> Vec<Finding> {
    let webhooks = configuration.authorizers.iter().filter_map(|authorizer| {
        let conditions = &authorizer.webhook.as_ref()?.match_conditions;
        (!conditions.is_empty()).then(|| {
            let message = format!(
                "the match conditions of the authorizer `{}` are not compiled: the API server may refuse them",
                authorizer.name
            );
            Finding::new("rbac/match-conditions", Severity::Note, message)
        })
    });
    webhooks.collect()
}

impl Asking {
    /// What the chain says about a request.
    pub(crate) fn result(
        &self,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Result<AccessResult, AskError> {
        let said = self.chain.authorize(user, attributes)?;
        Ok(AccessResult {
            allowed: said.decision == Decision::Allow,
            decision: match said.decision {
                Decision::Allow => "allow",
                Decision::Deny => "deny",
                Decision::NoOpinion => "no-opinion",
            },
            reason: said.reason,
            reasons: None,
            error: said.error,
            authorizers: Some(said.said),
        })
    }

    /// The same about a request of the catalogue.
    pub(super) fn of(&self, user: &UserInfo, request: &Request) -> Result<AccessResult, AskError> {
        let selectors = request.selectors(self.version);
        self.result(user, &request.attributes()?.limited_by(&selectors))
    }

    /// What RBAC has to say about a request, and what every authorizer says and the chain decides.
    pub(super) fn explain(&self, user: &UserInfo, request: &Request) -> Result<Answer<Can>, AskError> {
        let selectors = request.selectors(self.version);
        let attributes = request.attributes()?.limited_by(&selectors);
        let mut answer = if let Some(rbac) = &self.authorizers.rbac {
            rbac.explain(user, &attributes)
        } else {
            let mut answer = Answer::new(Can::default(), self.version);
            answer.assumptions = self.cluster.assumptions();
            answer
        };
        answer.warnings.extend(self.warnings.iter().cloned());
        answer.unsupported.clone_from(&self.unsupported);
        match self.chain.decide(user, &attributes) {
            Err(undecided) => {
                answer.result.allowed = false;
                answer.result.undecided = Some(undecided.message().to_owned());
            }
            Ok(decision) => {
                let said = self.chain.authorize(user, &attributes)?;
                answer.result.allowed = decision.is_allowed();
                answer.result.reason = said.reason;
                answer.result.undecided = None;
                answer.result.error = said.error;
                answer.result.authorizers = Some(said.said);
                answer.evidence = self.chain.evidence(decision, user, &attributes)?;
            }
        }
        Ok(answer)
    }

    /// An answer about the chain.
    pub(crate) fn answer<T>(&self, result: T) -> Answer<T> {
        let mut answer = Answer::new(result, self.version);
        answer.assumptions = match &self.authorizers.rbac {
            Some(rbac) => rbac.assumptions(),
            None => self.cluster.assumptions(),
        };
        answer.warnings.clone_from(&self.warnings);
        answer.unsupported.clone_from(&self.unsupported);
        answer
    }
}

impl From<PolicyFileError> for AskError {
    fn from(error: PolicyFileError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<ConfigurationError> for AskError {
    fn from(error: ConfigurationError) -> Self {
        let mut refused = Self::from_findings(error.to_string(), error.findings().to_vec());
        error.code().clone_into(&mut refused.code);
        refused
    }
}
