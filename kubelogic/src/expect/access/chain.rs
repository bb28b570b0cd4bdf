//! The authorizers that a file of expectations names.

use std::sync::{Arc, Mutex, PoisonError};

use kubelogic_core::cluster::Cluster;
use kubelogic_rbac::{
    Abac, AuthorizationConfiguration, AuthorizerType, Authorizers, Chain, NodeAuthorizer, NodeOptions, Rbac,
};

use super::super::file::Authorizers as Named;

/// A chain, or why it could not be put together.
type Made = Result<Arc<Chain>, String>;

/// Chains that were put together before, or why they could not be: a file has many lines.
#[derive(Default)]
pub(super) struct Chains {
    made: Mutex<Vec<(Named, Made)>>,
}

impl Chains {
    /// The chain of a file.
    pub(super) fn of(&self, named: &Named, cluster: &Cluster, rbac: &Arc<Rbac>) -> Made {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, chain)) = made.iter().find(|(known, _)| known == named) {
            return chain.clone();
        }
        let chain = build(named, cluster, rbac).map(Arc::new);
        made.push((named.clone(), chain.clone()));
        chain
    }
}

fn build(named: &Named, cluster: &Cluster, rbac: &Arc<Rbac>) -> Result<Chain, String> {
    let version = cluster.kube_version();
    let modes = named.modes.as_deref().unwrap_or_default();
    let configuration = match &named.configuration {
        Some(_) if !modes.is_empty() => {
            return Err("`authorizers` has either `modes` or a `configuration`".to_owned());
        }
        Some(text) => AuthorizationConfiguration::parse(text, "configuration", version)
            .map_err(|error| error.to_string())?,
        // An API server without modes allows everything, which nobody means here.
        None if modes.is_empty() => {
            return Err("`authorizers` needs `modes` or a `configuration`".to_owned());
        }
        None => {
            let modes: Vec<&str> = modes.iter().map(String::as_str).collect();
            AuthorizationConfiguration::of_modes(&modes).map_err(|error| error.to_string())?
        }
    };
    let mut authorizers = Authorizers { rbac: Some(Arc::clone(rbac)), ..Authorizers::default() };
    if configuration.names(AuthorizerType::Node) {
        let nodes = NodeAuthorizer::compile(cluster, &NodeOptions::default());
        authorizers.node = Some(Arc::new(nodes.map_err(|error| error.to_string())?));
    }
    if let Some(text) = &named.policy {
        let abac = Abac::parse(text, "policy", version).map_err(|error| error.to_string())?;
        authorizers.abac = Some(Arc::new(abac));
    }
    Chain::new(&configuration, &authorizers, version).map_err(|error| error.to_string())
}
