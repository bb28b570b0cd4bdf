//! Acting as somebody else: who may, and whom the API server then takes the request for.

mod check;
mod constrained;
mod headers;
mod legacy;

pub use headers::{ImpersonationHeaders, Wanted};

use kubelogic_core::access::{Attributes, Authorizer, OwnedAttributes, UserInfo};
use serde::Serialize;

use crate::request::{Gate, Gates};
use crate::review::Status;

/// How an impersonation was allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ImpersonationMode {
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

/// One question to the authorizer and what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpersonationCheck {
    /// The mode that it belongs to.
    pub mode: ImpersonationMode,
    /// What was asked.
    pub attributes: OwnedAttributes,
    /// Whether it is allowed.
    pub allowed: bool,
    /// The authorizer's reason, often empty.
    pub reason: String,
}

/// What becomes of a request with impersonation headers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impersonation {
    /// Who the request is carried out as, or the refusal.
    pub outcome: Result<UserInfo, Box<Status>>,
    /// The mode that allowed it; `None` when it is refused, or when nobody is impersonated.
    pub mode: Option<ImpersonationMode>,
    /// What the authorizer was asked, in order.
    pub checks: Vec<ImpersonationCheck>,
}

/// What a request for impersonation is made of.
#[derive(Clone, Copy, Debug)]
pub struct ImpersonationRequest<'a> {
    /// Who really asks.
    pub requestor: &'a UserInfo,
    /// The headers.
    pub headers: &'a ImpersonationHeaders,
    /// The request that they came with: constrained impersonation looks at it.
    pub request: Attributes<'a>,
    /// Its URL as it was written; the plain-text refusal of versions before 1.35 shows it.
    pub url: &'a str,
    /// The mode that allowed the requestor's last impersonation: the server tries it first.
    pub last_mode: Option<ImpersonationMode>,
}

/// Whom the API server takes a request for.
///
/// ```
/// use kubelogic_core::access::{Attributes, UserInfo};
/// use kubelogic_core::cluster::{Cluster, LoadOptions};
/// use kubelogic_rbac::{Gates, ImpersonationHeaders, ImpersonationRequest, Options, Rbac, impersonate};
///
/// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
/// let headers = ImpersonationHeaders::new([("Impersonate-User", "ann")])?;
/// let ask = |requestor: &UserInfo| {
///     let request = Attributes::resource("list", "", "pods");
///     let asked =
///         ImpersonationRequest { requestor, headers: &headers, request, url: "/api/v1/pods", last_mode: None };
///     impersonate(&asked, &rbac, &Gates::new("1.37".parse().unwrap())).outcome
/// };
/// let admin = UserInfo::exact("root", ["system:masters"]);
/// assert_eq!(ask(&admin), Ok(UserInfo::exact("ann", ["system:authenticated"])));
/// assert_eq!(
///     ask(&UserInfo::named("bob")).unwrap_err().message,
///     "pods is forbidden: User \"bob\" cannot impersonate-on:user-info:list resource \"pods\" in API group \"\" \
///      at the cluster scope"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn impersonate(
    asked: &ImpersonationRequest<'_>,
    authorizer: &dyn Authorizer,
    gates: &Gates,
) -> Impersonation {
    // upstream: apiserver pkg/server/config.go (DefaultBuildHandlerChain)
    let mut asker = check::Asker::new(asked.requestor, authorizer);
    let (outcome, mode) = if gates.is_on(Gate::ConstrainedImpersonation) {
        constrained::decide(asked, &mut asker)
    } else {
        legacy::decide(asked, &mut asker, gates.kube_version())
    };
    Impersonation { outcome, mode, checks: asker.checks }
}
