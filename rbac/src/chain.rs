//! The authorizers of an API server, one after the other.

mod configuration;
mod decide;
mod load;
mod validate;

pub use configuration::{
    AuthorizationConfiguration, AuthorizerConfiguration, AuthorizerType, FailurePolicy, WebhookConfiguration,
};
pub use decide::{ChainAuthorization, ChainDecision, Said};
pub use load::ConfigurationError;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kubelogic_core::version::KubeVersion;

use crate::abac::Abac;
use crate::node::NodeAuthorizer;
use crate::rbac::Rbac;
use crate::webhook::Webhook;

/// The authorizers that a configuration may name.
#[derive(Clone, Default)]
pub struct Authorizers {
    /// For the type `Node`.
    pub node: Option<Arc<NodeAuthorizer>>,
    /// For the type `RBAC`.
    pub rbac: Option<Arc<Rbac>>,
    /// For the type `ABAC`.
    pub abac: Option<Arc<Abac>>,
    /// Who answers for webhooks, by the name of the authorizer; `default` is the one of the flags.
    pub webhooks: BTreeMap<String, Arc<dyn Webhook>>,
}

impl fmt::Debug for Authorizers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Authorizers")
            .field("node", &self.node.is_some())
            .field("rbac", &self.rbac.is_some())
            .field("abac", &self.abac.is_some())
            .field("webhooks", &self.webhooks.keys().collect::<Vec<_>>())
            .finish()
    }
}

/// Why a chain cannot be put together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration names the authorizer `{0}`, and there is none of that type")]
pub struct MissingAuthorizer(AuthorizerType);

impl MissingAuthorizer {
    /// The permanent code of this error.
    pub fn code(&self) -> &'static str {
        "rbac/missing-authorizer"
    }
}

/// A chain of authorizers: the group `system:masters` before all others, as in every API server.
///
/// ```
/// use std::sync::Arc;
/// use kubelogic_core::access::{Attributes, Decision, UserInfo};
/// use kubelogic_core::cluster::{Cluster, LoadOptions};
/// use kubelogic_rbac::{AuthorizationConfiguration, Authorizers, Chain, NodeAuthorizer, NodeOptions, Options, Rbac};
///
/// let cluster = Cluster::load([], &LoadOptions::default())?;
/// let mut authorizers = Authorizers::default();
/// authorizers.node = Some(Arc::new(NodeAuthorizer::compile(&cluster, &NodeOptions::default())?));
/// authorizers.rbac = Some(Arc::new(Rbac::compile(&cluster, &Options::default())?));
/// let configuration = AuthorizationConfiguration::of_modes(&["Node", "RBAC"])?;
/// let chain = Chain::new(&configuration, &authorizers, cluster.kube_version())?;
///
/// let asked = Attributes::resource("list", "", "nodes");
/// let masters = UserInfo::exact("admin", ["system:masters"]);
/// assert!(chain.can(&masters, &asked)?);
/// let kubelet = UserInfo::exact("system:node:a", ["system:nodes"]);
/// let said = chain.authorize(&kubelet, &asked)?;
/// assert_eq!(said.decision, Decision::NoOpinion);
/// assert_eq!(said.reason, "node: node 'a' cannot read all nodes, only its own Node object");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Chain {
    generation: u64,
    version: KubeVersion,
    links: Vec<Link>,
}

#[derive(Clone, Debug)]
struct Link {
    name: String,
    kind: LinkKind,
}

#[derive(Clone)]
enum LinkKind {
    Masters,
    AlwaysAllow,
    AlwaysDeny,
    Node(Arc<NodeAuthorizer>),
    Rbac(Arc<Rbac>),
    Abac(Arc<Abac>),
    Webhook(Box<WebhookConfiguration>, Option<Arc<dyn Webhook>>),
}

impl LinkKind {
    fn word(&self) -> &'static str {
        match self {
            Self::Masters => "system:masters",
            Self::AlwaysAllow => "AlwaysAllow",
            Self::AlwaysDeny => "AlwaysDeny",
            Self::Node(_) => "Node",
            Self::Rbac(_) => "RBAC",
            Self::Abac(_) => "ABAC",
            Self::Webhook(..) => "Webhook",
        }
    }
}

impl fmt::Debug for LinkKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// Numbers the chains of a process, so that each knows its own decisions.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// The name of the authorizer that every API server asks first.
const MASTERS: &str = "kubernetes.io/system-privileged-group";

impl Chain {
    /// Puts the authorizers of a configuration into its order.
    ///
    /// # Errors
    /// When the configuration names a type that was not given. A webhook may be missing: a request that reaches it is
    /// undecided.
    pub fn new(
        configuration: &AuthorizationConfiguration,
        authorizers: &Authorizers,
        version: KubeVersion,
    ) -> Result<Self, MissingAuthorizer> {
        // upstream: pkg/kubeapiserver/authorizer/reload.go (newForConfig)
        let mut links = vec![Link { name: MASTERS.to_owned(), kind: LinkKind::Masters }];
        for configured in &configuration.authorizers {
            let missing = || MissingAuthorizer(configured.kind);
            let kind = match configured.kind {
                AuthorizerType::AlwaysAllow => LinkKind::AlwaysAllow,
                AuthorizerType::AlwaysDeny => LinkKind::AlwaysDeny,
                AuthorizerType::Node => LinkKind::Node(authorizers.node.clone().ok_or_else(missing)?),
                AuthorizerType::Rbac => LinkKind::Rbac(authorizers.rbac.clone().ok_or_else(missing)?),
                AuthorizerType::Abac => LinkKind::Abac(authorizers.abac.clone().ok_or_else(missing)?),
                AuthorizerType::Webhook => LinkKind::Webhook(
                    Box::new(configured.webhook.clone().unwrap_or_default()),
                    authorizers.webhooks.get(&configured.name).cloned(),
                ),
            };
            links.push(Link { name: configured.name.clone(), kind });
        }
        Ok(Self { generation: GENERATION.fetch_add(1, Ordering::Relaxed), version, links })
    }

    /// The names of the authorizers in the order in which they are asked.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.links.iter().map(|link| link.name.as_str())
    }

    /// The Kubernetes version whose behaviour this is.
    pub fn kube_version(&self) -> KubeVersion {
        self.version
    }
}

/// Several errors as one text: in brackets when there are several, each only once.
pub(crate) fn joined(errors: Vec<String>) -> String {
    // upstream: apimachinery pkg/util/errors/errors.go (aggregate)
    let mut distinct: Vec<String> = Vec::new();
    for error in errors {
        if !distinct.contains(&error) {
            distinct.push(error);
        }
    }
    match distinct.as_slice() {
        [one] => one.clone(),
        _ => format!("[{}]", distinct.join(", ")),
    }
}

#[cfg(test)]
mod tests;
