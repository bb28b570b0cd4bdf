//! May this user do that?

mod authorize;
mod chain;

pub use authorize::{
    AuthorizeQuestion, AuthorizeResult, ConfigurationQuestion, ConfigurationResult, ConfiguredAuthorizer,
    ConfiguredWebhook, PolicyQuestion, PolicyResult,
};
pub(super) use authorize::{authorize, configuration, policy};
pub use chain::{ChainSettings, ConditionSetting, WebhookSetting};

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kubelogic_core::access::{Attributes, Selectors, UserInfo};
use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::Cluster;
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::{
    Bootstrap, Can, NodeAuthorizer, NodeFeatures, Options, PolicyRule, Rbac, RoleKind, Said,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::question::{AboutCluster as _, Input, question};
use super::{AskError, Catalogue};

question! {
    /// May this user do that?
    CanQuestion about a cluster {
        /// Who asks: exactly this user, nothing is added.
        user: UserInfo,
        /// What for.
        request: Request,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
        /// Lists every reason that the API server could give: it asks bindings in no fixed order.
        #[serde(default)]
        all_reasons: bool,
        /// The authorizers of the API server. Without them RBAC alone is asked.
        #[serde(default)]
        chain: Option<ChainSettings>,
    }
}

question! {
    /// The same for many requests at once.
    CanManyQuestion about a cluster {
        /// Who asks for what.
        questions: Vec<Who>,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
        /// Lists every reason that the API server could give: it asks bindings in no fixed order.
        #[serde(default)]
        all_reasons: bool,
        /// The authorizers of the API server. Without them RBAC alone is asked.
        #[serde(default)]
        chain: Option<ChainSettings>,
    }
}

question! {
    /// Why may this user do that, or why not?
    ExplainQuestion about a cluster {
        /// Who asks: exactly this user, nothing is added.
        user: UserInfo,
        /// What for.
        request: Request,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Whether aggregated roles get the rules of the roles that they select; otherwise their own count.
        #[serde(default = "yes")]
        aggregate: bool,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
        /// The authorizers of the API server. Without them RBAC alone is asked.
        #[serde(default)]
        chain: Option<ChainSettings>,
    }
}

question! {
    /// Which rules does each ClusterRole have once aggregation has settled?
    AggregateQuestion about a cluster {
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

pub(super) fn yes() -> bool {
    true
}

/// One of many requests.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Who {
    /// Who asks: exactly this user, nothing is added.
    pub user: UserInfo,
    /// What for.
    pub request: Request,
}

/// A request for a resource, or for a path.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Request {
    /// `get`, `list`, `create` and the like; for a path the HTTP method in lower case.
    pub verb: String,
    /// The API group; empty for the core group.
    #[serde(default)]
    pub group: String,
    /// The API version, which RBAC never looks at.
    #[serde(default)]
    pub version: String,
    /// The plural name of the resource.
    #[serde(default)]
    pub resource: Option<String>,
    /// `log`, `exec`, `status` and the like.
    #[serde(default)]
    pub subresource: String,
    /// The object's name.
    #[serde(default)]
    pub name: String,
    /// The namespace; empty for the whole cluster.
    #[serde(default)]
    pub namespace: String,
    /// A path such as `/healthz`, in place of a resource.
    #[serde(default)]
    pub path: Option<String>,
    /// The field selector of a list, a watch or a deletion of many. RBAC never looks at it.
    #[serde(default)]
    pub field_selector: String,
    /// The label selector of such a request.
    #[serde(default)]
    pub label_selector: String,
}

/// What becomes of the roles and bindings that every API server creates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BootstrapSetting {
    /// Each that is missing by name is added.
    #[default]
    Auto,
    /// Each that is missing is added, and given ones get what they lack.
    Always,
    /// None is added.
    Never,
}

/// Whether a request is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessResult {
    /// Yes or no.
    pub allowed: bool,
    /// What the authorizer says: `allow`, or `no-opinion`, which refuses unless another authorizer allows.
    pub decision: &'static str,
    /// The authorizer's own text, often empty for a refusal.
    pub reason: String,
    /// Every reason that the API server could give, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<Vec<String>>,
    /// The evaluation error. A refused request that has one is answered with status 500.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What each authorizer said that was asked, in order, when the question names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorizers: Option<Vec<Said>>,
}

/// Whether each of many requests is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessManyResult {
    /// In the order of the questions.
    pub results: Vec<AccessResult>,
}

/// Version, whether objects are taken as they are, and feature gates.
type NodeKey = (u16, bool, NodeFeatures);

/// Models of the loaded cluster, compiled when first asked.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    rbac: Mutex<BTreeMap<(u16, Settings), Arc<Rbac>>>,
    nodes: Mutex<Vec<(NodeKey, Arc<NodeAuthorizer>)>>,
}

impl Request {
    /// The request as an authorizer sees it.
    ///
    /// # Errors
    /// When it names both a path and a resource, or neither.
    pub fn attributes(&self) -> Result<Attributes<'_>, AskError> {
        match (&self.path, &self.resource) {
            (None, None) => {
                Err(AskError::bad_question("the request names neither a `resource` nor a `path`"))
            }
            (None, Some(resource)) => Ok(Attributes::resource(&self.verb, &self.group, resource)
                .in_version(&self.version)
                .subresource(&self.subresource)
                .named(&self.name)
                .in_namespace(&self.namespace)),
            (Some(path), resource) => {
                let parts = [
                    &self.group,
                    &self.subresource,
                    &self.name,
                    &self.namespace,
                    &self.field_selector,
                    &self.label_selector,
                ];
                if resource.is_some() || parts.iter().any(|part| !part.is_empty()) {
                    return Err(AskError::bad_question(
                        "a request for a `path` names nothing else but the verb",
                    ));
                }
                Ok(Attributes::path(&self.verb, path))
            }
        }
    }
}

impl Request {
    /// What the request is limited to.
    pub fn selectors(&self, version: KubeVersion) -> Selectors {
        Selectors::parse(&self.field_selector, &self.label_selector, version)
    }
}

impl From<BootstrapSetting> for Bootstrap {
    fn from(setting: BootstrapSetting) -> Self {
        match setting {
            BootstrapSetting::Auto => Self::Auto,
            BootstrapSetting::Always => Self::Always,
            BootstrapSetting::Never => Self::Never,
        }
    }
}

/// The rules of ClusterRoles.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AggregateResult {
    /// By name.
    pub cluster_roles: Vec<RoleRules>,
}

/// A ClusterRole with the rules that count.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleRules {
    /// The name.
    pub name: String,
    /// In order.
    pub rules: Vec<Rule>,
}

/// A rule of a role; empty lists are left out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Verbs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verbs: Vec<String>,
    /// API groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub api_groups: Vec<String>,
    /// Resources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// Names of objects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource_names: Vec<String>,
    /// Paths.
    #[serde(rename = "nonResourceURLs", skip_serializing_if = "Vec::is_empty")]
    pub non_resource_urls: Vec<String>,
}

pub(super) fn can(
    catalogue: &Catalogue,
    mut question: CanQuestion,
) -> Result<Answer<AccessResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    if let Some(chain) = question.chain.take() {
        let asking = catalogue.chain(&question.take_input(), settings, &chain)?;
        let result = asking.of(&question.user, &question.request)?;
        return Ok(asking.answer(result));
    }
    let model = catalogue.model(&question.take_input(), settings)?;
    let result = verdict(&model.rbac, &question.user, &question.request, question.all_reasons)?;
    Ok(model.answer(result))
}

pub(super) fn can_many(
    catalogue: &Catalogue,
    mut question: CanManyQuestion,
) -> Result<Answer<AccessManyResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    if let Some(chain) = question.chain.take() {
        let asking = catalogue.chain(&question.take_input(), settings, &chain)?;
        let asked = question.questions.iter();
        let results = asked.map(|asked| asking.of(&asked.user, &asked.request)).collect::<Result<_, _>>()?;
        return Ok(asking.answer(AccessManyResult { results }));
    }
    let model = catalogue.model(&question.take_input(), settings)?;
    let asked = question.questions.iter();
    let results = asked.map(|asked| verdict(&model.rbac, &asked.user, &asked.request, question.all_reasons));
    let results = results.collect::<Result<_, _>>()?;
    Ok(model.answer(AccessManyResult { results }))
}

pub(super) fn aggregate(
    catalogue: &Catalogue,
    mut question: AggregateQuestion,
) -> Result<Answer<AggregateResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let roles = model.rbac.roles().filter(|role| role.kind() == RoleKind::ClusterRole);
    let mut cluster_roles: Vec<RoleRules> = roles
        .map(|role| RoleRules { name: role.name().to_owned(), rules: role.rules().map(Rule::from).collect() })
        .collect();
    cluster_roles.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(model.answer(AggregateResult { cluster_roles }))
}

pub(super) fn explain(catalogue: &Catalogue, mut question: ExplainQuestion) -> Result<Answer<Can>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    if let Some(chain) = question.chain.take() {
        let asking = catalogue.chain(&question.take_input(), settings, &chain)?;
        return asking.explain(&question.user, &question.request);
    }
    let model = catalogue.model(&question.take_input(), settings)?;
    let mut answer = model.rbac.explain(&question.user, &question.request.attributes()?);
    answer.warnings.extend(model.cluster.notes().iter().cloned());
    Ok(answer)
}

fn verdict(
    rbac: &Rbac,
    user: &UserInfo,
    request: &Request,
    all_reasons: bool,
) -> Result<AccessResult, AskError> {
    let attributes = request.attributes()?;
    let allowed = rbac.can(user, &attributes)?;
    let decision = rbac.decide(user, &attributes);
    Ok(AccessResult {
        allowed,
        decision: if allowed { "allow" } else { "no-opinion" },
        reason: rbac.reason(decision, user, &attributes)?,
        reasons: all_reasons.then(|| rbac.reasons(user, &attributes).into_iter().collect()),
        error: None,
        authorizers: None,
    })
}

/// Default objects, aggregation, and whether objects are taken as they are.
pub(super) type Settings = (BootstrapSetting, bool, bool);

/// A compiled model and the cluster that it was compiled from.
pub(super) struct Model {
    cluster: Cluster,
    pub(super) rbac: Arc<Rbac>,
}

impl Model {
    pub(super) fn answer<T>(&self, result: T) -> Answer<T> {
        let mut answer = Answer::new(result, self.rbac.kube_version());
        answer.assumptions = self.rbac.assumptions();
        answer.warnings = self.cluster.notes().to_vec();
        answer.warnings.extend(self.rbac.remarks().iter().cloned());
        answer
    }
}

impl Catalogue {
    /// The model that a question asks; that of the loaded cluster is compiled once.
    pub(super) fn model(&self, input: &Input, settings: Settings) -> Result<Model, AskError> {
        let cluster = self.cluster(input)?;
        let key = (cluster.kube_version().minor(), settings);
        let compile = || {
            let (bootstrap, aggregate, stored) = settings;
            let mut options = Options::default();
            options.bootstrap = bootstrap.into();
            options.aggregate = aggregate;
            options.stored = stored;
            Rbac::compile(&cluster, &options).map(Arc::new).map_err(AskError::from)
        };
        let rbac = if input.is_own() {
            compile()?
        } else {
            let mut compiled = self.compiled.rbac.lock().unwrap_or_else(PoisonError::into_inner);
            match compiled.get(&key) {
                Some(rbac) => Arc::clone(rbac),
                None => Arc::clone(compiled.entry(key).or_insert(compile()?)),
            }
        };
        Ok(Model { cluster, rbac })
    }
}

impl From<&PolicyRule> for Rule {
    fn from(rule: &PolicyRule) -> Self {
        Self {
            verbs: rule.verbs.clone(),
            api_groups: rule.api_groups.clone(),
            resources: rule.resources.clone(),
            resource_names: rule.resource_names.clone(),
            non_resource_urls: rule.non_resource_urls.clone(),
        }
    }
}
