//! What a node may do beyond RBAC.

use std::sync::OnceLock;

use kubelogic_core::access::{Attributes, Target, UserInfo};
use kubelogic_core::cluster::{Cluster, LoadOptions};
use kubelogic_core::object::Object;
use kubelogic_rbac::{Options, Rbac};
use serde_json::json;

/// Says what the Node authorizer certainly refuses. What it allows depends on the pods of the node, and nothing here
/// evaluates that.
#[derive(Default)]
pub(super) struct NodeAuthorizer {
    rules: OnceLock<Option<Rbac>>,
}

/// Resources that it looks at object by object.
// upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go (Authorize)
const BY_OBJECT: [(&str, &str); 13] = [
    ("", "configmaps"),
    ("", "nodes"),
    ("", "persistentvolumeclaims"),
    ("", "persistentvolumes"),
    ("", "pods"),
    ("", "secrets"),
    ("", "serviceaccounts"),
    ("certificates.k8s.io", "podcertificaterequests"),
    ("coordination.k8s.io", "leases"),
    ("resource.k8s.io", "resourceclaims"),
    ("resource.k8s.io", "resourceslices"),
    ("storage.k8s.io", "csinodes"),
    ("storage.k8s.io", "volumeattachments"),
];

impl NodeAuthorizer {
    /// Whether the authorizer may allow a request.
    pub(super) fn may_allow(&self, cluster: &Cluster, user: &UserInfo, asked: &Attributes<'_>) -> bool {
        // upstream: pkg/auth/nodeidentifier/default.go (NodeIdentity)
        let is_node = user.name.strip_prefix("system:node:").is_some_and(|name| !name.is_empty())
            && user.groups.iter().any(|group| group == "system:nodes");
        if !is_node {
            return false;
        }
        if let Target::Resource { group, resource, .. } = asked.target
            && (resource == "*" || group == "*" || BY_OBJECT.contains(&(group, resource)))
        {
            return true;
        }
        // For all else it goes by the rules of the default role `system:node`.
        match self.rules.get_or_init(|| rules(cluster)) {
            Some(rules) => rules.decide(&UserInfo::exact("", ["system:nodes"]), asked).is_allowed(),
            None => true,
        }
    }
}

/// The rules of nodes in the version of a cluster, as something that decides.
fn rules(cluster: &Cluster) -> Option<Rbac> {
    let binding = Object::from_serialize(&json!({
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "nodes"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "system:node"},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "system:nodes"}],
    }));
    let mut load = LoadOptions::default();
    load.kube_version = cluster.kube_version();
    let alone = Cluster::load([binding.ok()?], &load).ok()?;
    Rbac::compile(&alone, &Options::default()).ok()
}
