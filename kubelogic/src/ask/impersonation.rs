//! May somebody act as somebody else, and whom does the API server then take the request for?

use std::collections::BTreeMap;

use kubelogic_core::access::UserInfo;
use kubelogic_core::answer::Answer;
use kubelogic_rbac::{
    HttpRequest, ImpersonationHeaders, ImpersonationMode, ImpersonationRequest, Status, impersonate,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decided::Definite;
use super::question::{AboutCluster as _, question};
use super::request::{AskedAttributes, AskedUser, gates};
use super::{AskError, BootstrapSetting, Catalogue};

question! {
    /// May this user act as another one, and whom is the request then taken for?
    ImpersonationQuestion about a cluster {
        /// Who really asks: exactly this user.
        user: UserInfo,
        /// The headers of the request; those that do not ask for impersonation are passed over.
        headers: Vec<GivenHeader>,
        /// Method and URL of the request, such as `GET /api/v1/namespaces/shop/pods`.
        request: String,
        /// The mode that allowed the user's last impersonation: the API server tries it first.
        #[serde(default)]
        last_mode: Option<ModeSetting>,
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

fn yes() -> bool {
    true
}

/// A header of a request.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GivenHeader {
    /// The name, such as `Impersonate-User`, in any case.
    pub name: String,
    /// The value.
    pub value: String,
}

/// See [`ImpersonationMode`].
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ModeSetting {
    /// A service account acts as the node that its pod runs on.
    AssociatedNode,
    /// Any node.
    ArbitraryNode,
    /// A service account.
    Serviceaccount,
    /// Any other user, with uid, groups and extra.
    UserInfo,
    /// The verb `impersonate`, for everything and every request.
    Legacy,
}

impl From<ModeSetting> for ImpersonationMode {
    fn from(setting: ModeSetting) -> Self {
        match setting {
            ModeSetting::AssociatedNode => Self::AssociatedNode,
            ModeSetting::ArbitraryNode => Self::ArbitraryNode,
            ModeSetting::Serviceaccount => Self::Serviceaccount,
            ModeSetting::UserInfo => Self::UserInfo,
            ModeSetting::Legacy => Self::Legacy,
        }
    }
}

/// Whom a request is taken for, or why it is refused.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImpersonationResult {
    /// Whether the request goes on.
    pub allowed: bool,
    /// Whom the request is taken for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<AskedUser>,
    /// The mode that allowed it; left out when nobody is impersonated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<ImpersonationMode>,
    /// What the client reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Status>,
    /// What the authorizer was asked, in order.
    pub checks: Vec<ImpersonationAsked>,
}

/// One question to the authorizer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImpersonationAsked {
    /// The mode that it belongs to.
    pub mode: ImpersonationMode,
    /// What was asked.
    pub attributes: AskedAttributes,
    /// Whether it is allowed.
    pub allowed: bool,
    /// The authorizer's reason, often empty.
    pub reason: String,
}

pub(super) fn check(
    catalogue: &Catalogue,
    mut question: ImpersonationQuestion,
) -> Result<Answer<ImpersonationResult>, AskError> {
    let settings = (question.bootstrap, question.aggregate, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let gates = gates(model.rbac.kube_version(), &question.feature_gates)?;
    let request = HttpRequest::parse(&question.request)?;
    let info = request.info(&gates).map_err(|error| {
        AskError::new("request/no-resource", format!("the request `{}`: {error}", question.request))
    })?;
    let given = question.headers.iter().map(|header| (header.name.as_str(), header.value.as_str()));
    let headers = ImpersonationHeaders::new(given)?;
    let asked = ImpersonationRequest {
        requestor: &question.user,
        headers: &headers,
        request: info.attributes.attributes(),
        url: request.url(),
        last_mode: question.last_mode.map(Into::into),
    };
    let authorizer = Definite::new(&model.rbac);
    let said = impersonate(&asked, &authorizer, &gates);
    authorizer.checked()?;
    let checks = said.checks.iter().map(|check| ImpersonationAsked {
        mode: check.mode,
        attributes: AskedAttributes::from(&check.attributes),
        allowed: check.allowed,
        reason: check.reason.clone(),
    });
    let (user, refusal) = match said.outcome {
        Ok(user) => (Some(AskedUser::from(user)), None),
        Err(refusal) => (None, Some(*refusal)),
    };
    Ok(model.answer(ImpersonationResult {
        allowed: user.is_some(),
        user,
        mode: said.mode,
        refusal,
        checks: checks.collect(),
    }))
}
