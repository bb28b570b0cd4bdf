//! What does a server ask its authorizer about an HTTP request, and what does a refused client read?

use std::collections::BTreeMap;

use kubelogic_core::access::{OwnedAttributes, OwnedTarget, Selectors, UserInfo};
use kubelogic_core::answer::Answer;
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::{
    Gates, HttpRequest, KubeletRequest, Status, extra_checks, forbidden_status, kubelet_refusal,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::access::Model;
use super::meta::RequirementResult;
use super::question::{AboutCluster as _, question};
use super::{AskError, BootstrapSetting, Catalogue, Request};

question! {
    /// What does the API server ask its authorizer about an HTTP request?
    RequestAttributesQuestion about a cluster {
        /// Method and URL, such as `GET /api/v1/namespaces/shop/pods?watch=true`.
        request: String,
        /// Who sends it: exactly this user. When given, RBAC decides each check.
        #[serde(default)]
        user: Option<UserInfo>,
        /// Feature gates that are not as the version has them by default.
        #[serde(default)]
        feature_gates: BTreeMap<String, bool>,
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
    /// What does the kubelet of a node ask its authorizer about an HTTP request?
    KubeletRequestQuestion about a cluster {
        /// The node's name.
        node: String,
        /// Method and URL, such as `POST /exec/shop/web/app?command=sh`.
        request: String,
        /// Who sends it: exactly this user. When given, RBAC decides.
        #[serde(default)]
        user: Option<UserInfo>,
        /// Feature gates that are not as the version has them by default.
        #[serde(default)]
        feature_gates: BTreeMap<String, bool>,
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
    /// What does a client read whose request is refused?
    ForbiddenQuestion {
        /// Who asks.
        user: UserInfo,
        /// What for.
        request: Request,
        /// What the authorizer said; often nothing.
        #[serde(default)]
        reason: String,
    }
}

fn yes() -> bool {
    true
}

/// What an authorizer is asked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AskedAttributes {
    /// Whether it is a request for a resource; otherwise for the path.
    pub resource_request: bool,
    /// The verb; for a path the HTTP method in lower case.
    pub verb: String,
    /// The path of a request that is for no resource.
    pub path: String,
    /// The API group; empty for the core group.
    pub group: String,
    /// The API version; `*` when any will do.
    pub version: String,
    /// The plural name of the resource.
    pub resource: String,
    /// `log`, `exec`, `status` and the like.
    pub subresource: String,
    /// The namespace; empty for the whole cluster.
    pub namespace: String,
    /// The object's name.
    pub name: String,
    /// What the request is limited to by fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field_selector: Option<AskedSelector>,
    /// What the request is limited to by labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_selector: Option<AskedSelector>,
}

/// Who an authorizer is asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AskedUser {
    /// The user name.
    pub name: String,
    /// The unique id, often empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// Group names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Further attributes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, Vec<String>>,
}

impl From<UserInfo> for AskedUser {
    fn from(user: UserInfo) -> Self {
        let UserInfo { name, uid, groups, extra } = user;
        Self { name, uid, groups, extra }
    }
}

/// A selector as an authorizer sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AskedSelector {
    /// What could be read of it; all of it must match.
    pub requirements: Vec<RequirementResult>,
    /// Why it could not be read, or not all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// One question to an authorizer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AskedCheck {
    /// When it is asked; always, when this is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<&'static str>,
    /// What is asked.
    pub attributes: AskedAttributes,
    /// Whether RBAC allows it, when a user was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<bool>,
    /// RBAC's reason, when a user was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What the API server makes of an HTTP request.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestAttributesResult {
    /// Why the API server answers 500 before it asks anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What the authorizer is asked first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<AskedAttributes>,
    /// The decoded path.
    pub path: String,
    /// `api` or `apis`; empty for paths that are no resources.
    pub api_prefix: String,
    /// Whether the request may run without a deadline, as watches, logs and `exec` do.
    pub long_running: bool,
    /// Everything that the authorizer is asked, in order.
    pub checks: Vec<AskedCheck>,
    /// What the client reads, when a user was given and the first check is not allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Status>,
}

/// What a kubelet makes of an HTTP request.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KubeletRequestResult {
    /// What the authorizer is asked, in order: the first that is allowed lets the request pass.
    pub checks: Vec<AskedAttributes>,
    /// Whether RBAC lets the request pass, when a user was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed: Option<bool>,
    /// The subresource whose check was allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_by: Option<String>,
    /// RBAC's reason, when a user was given; often empty for a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the kubelet answers to a refused request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
}

/// What a refused client reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ForbiddenResult {
    /// The API server's answer.
    pub status: Status,
}

pub(super) fn attributes(
    catalogue: &Catalogue,
    mut question: RequestAttributesQuestion,
) -> Result<Answer<RequestAttributesResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let input = question.take_input();
    let model = question.user.is_some().then(|| catalogue.model(&input, settings)).transpose()?;
    let version = catalogue.version_of(&input, model.as_ref());
    let gates = gates(version, &question.feature_gates)?;
    let request = HttpRequest::parse(&question.request)?;
    let asking = model.as_ref().zip(question.user.as_ref());
    let info = match request.info(&gates) {
        Ok(info) => info,
        Err(error) => {
            let result = RequestAttributesResult {
                error: Some(error.to_string()),
                attributes: None,
                path: request.path().to_owned(),
                api_prefix: String::new(),
                long_running: false,
                checks: Vec::new(),
                refusal: None,
            };
            return Ok(finished(result, model.as_ref(), version));
        }
    };
    let mut checks = vec![check(&info.attributes, None, asking)?];
    for extra in extra_checks(&info, &gates) {
        checks.push(check(&extra.attributes, Some(extra.when), asking)?);
    }
    let first = checks.first();
    let refused = asking.zip(first.filter(|check| check.allowed == Some(false)));
    let refusal = refused.map(|((_, user), check)| {
        let reason = check.reason.as_deref().unwrap_or_default();
        forbidden_status(user, &info.attributes.attributes(), reason)
    });
    let result = RequestAttributesResult {
        error: None,
        attributes: Some(AskedAttributes::from(&info.attributes)),
        path: info.path,
        api_prefix: info.api_prefix,
        long_running: info.long_running,
        checks,
        refusal,
    };
    let mut answer = finished(result, model.as_ref(), version);
    if let Some((model, user)) = asking {
        answer.warnings.extend(model.rbac.request_warnings(user, &info.attributes.attributes()));
    }
    Ok(answer)
}

pub(super) fn kubelet(
    catalogue: &Catalogue,
    mut question: KubeletRequestQuestion,
) -> Result<Answer<KubeletRequestResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let input = question.take_input();
    let model = question.user.is_some().then(|| catalogue.model(&input, settings)).transpose()?;
    let version = catalogue.version_of(&input, model.as_ref());
    let gates = gates(version, &question.feature_gates)?;
    let request = KubeletRequest::new(&question.node, HttpRequest::parse(&question.request)?);
    let checks = request.checks(&gates);
    let asked = checks.iter().map(AskedAttributes::from).collect();
    let mut result =
        KubeletRequestResult { checks: asked, allowed: None, allowed_by: None, reason: None, refusal: None };
    let mut warnings = Vec::new();
    if let Some((model, user)) = model.as_ref().zip(question.user.as_ref()) {
        let mut decided = None;
        for check in &checks {
            let (allowed, reason) = model.decide(user, check)?;
            if allowed || decided.is_none() {
                decided = Some((allowed, reason, check));
            }
            if allowed {
                break;
            }
        }
        if let Some((allowed, reason, check)) = decided {
            result.allowed = Some(allowed);
            result.reason = Some(reason);
            result.allowed_by = allowed.then(|| AskedAttributes::from(check).subresource);
            result.refusal = (!allowed).then(|| kubelet_refusal(user, &checks, version));
            warnings = model.rbac.request_warnings(user, &check.attributes());
        }
    }
    let mut answer = finished(result, model.as_ref(), version);
    answer.warnings.extend(warnings);
    Ok(answer)
}

pub(super) fn forbidden(question: &ForbiddenQuestion) -> Result<Answer<ForbiddenResult>, AskError> {
    let attributes = question.request.attributes()?;
    let status = forbidden_status(&question.user, &attributes, &question.reason);
    Ok(Answer::new(ForbiddenResult { status }, question.kube_version.unwrap_or_default()))
}

/// The gates of a version, with those of the question.
pub(super) fn gates(version: KubeVersion, given: &BTreeMap<String, bool>) -> Result<Gates, AskError> {
    let mut gates = Gates::new(version);
    for (name, on) in given {
        gates = gates.with(name, *on)?;
    }
    Ok(gates)
}

/// An answer with the remarks of the model that was asked, if there was one.
fn finished<T>(result: T, model: Option<&Model>, version: KubeVersion) -> Answer<T> {
    match model {
        Some(model) => model.answer(result),
        None => Answer::new(result, version),
    }
}

fn check(
    attributes: &OwnedAttributes,
    when: Option<&'static str>,
    asking: Option<(&Model, &UserInfo)>,
) -> Result<AskedCheck, AskError> {
    let decided = asking.map(|(model, user)| model.decide(user, attributes)).transpose()?;
    let (allowed, reason) = decided.unzip();
    Ok(AskedCheck { when, attributes: attributes.into(), allowed, reason })
}

impl From<&OwnedAttributes> for AskedAttributes {
    fn from(given: &OwnedAttributes) -> Self {
        let mut asked = Self {
            resource_request: false,
            verb: given.verb.clone(),
            path: String::new(),
            group: String::new(),
            version: String::new(),
            resource: String::new(),
            subresource: String::new(),
            namespace: String::new(),
            name: String::new(),
            field_selector: field_selector(&given.selectors),
            label_selector: label_selector(&given.selectors),
        };
        match &given.target {
            OwnedTarget::Path(path) => asked.path.clone_from(path),
            OwnedTarget::Resource { group, version, resource, subresource, name, namespace } => {
                asked.resource_request = true;
                asked.group.clone_from(group);
                asked.version.clone_from(version);
                asked.resource.clone_from(resource);
                asked.subresource.clone_from(subresource);
                asked.name.clone_from(name);
                asked.namespace.clone_from(namespace);
            }
        }
        asked
    }
}

fn field_selector(selectors: &Selectors) -> Option<AskedSelector> {
    let requirements = selectors.fields.iter().map(|requirement| RequirementResult {
        key: requirement.field.clone(),
        operator: if requirement.negated { "!=" } else { "=" }.to_owned(),
        values: vec![requirement.value.clone()],
    });
    selector(requirements.collect(), selectors.field_error.as_ref())
}

fn label_selector(selectors: &Selectors) -> Option<AskedSelector> {
    let requirements = selectors.labels.iter().map(|requirement| {
        // Upstream keeps values as a set.
        let mut values = requirement.values().to_vec();
        values.sort();
        values.dedup();
        RequirementResult {
            key: requirement.key().to_owned(),
            operator: requirement.operator().word().to_owned(),
            values,
        }
    });
    selector(requirements.collect(), selectors.label_error.as_ref())
}

fn selector(requirements: Vec<RequirementResult>, error: Option<&String>) -> Option<AskedSelector> {
    (error.is_some() || !requirements.is_empty())
        .then(|| AskedSelector { requirements, error: error.cloned() })
}
