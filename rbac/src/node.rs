//! The Node authorizer: what a kubelet may do, from the pods and volumes of its node.

mod decide;
mod evidence;
mod features;
mod graph;
mod references;
mod verdict;

pub use features::NodeFeatures;
pub use verdict::{NodeGrant, NodeRefusal, NodeVerdict};

use std::sync::atomic::{AtomicU64, Ordering};

use kubelogic_core::access::{Attributes, Authorization, Authorizer, Decision, UserInfo};
use kubelogic_core::cluster::{Cluster, GroupKind, LoadError, OnInvalid};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Object};
use kubelogic_core::schema::{Types, strict};
use kubelogic_core::version::KubeVersion;

use crate::bootstrap::bootstrap_objects;
use crate::error::RbacError;
use crate::model::{PolicyRule, Role, RoleKind};
use crate::policy::{called, place};
use graph::{Graph, GraphBuilder, Vertex};
use references::{Misfit, Reader};

/// How objects become a Node authorizer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NodeOptions {
    /// Takes objects as they are, like those that an API server already holds. Otherwise each is checked against its
    /// type first.
    pub stored: bool,
    /// The feature gates; those of the version unless given.
    pub features: Option<NodeFeatures>,
}

/// What the Node authorizer decided: small, cheap to copy, and explained by the model that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeDecision {
    generation: u64,
    verdict: NodeVerdict,
}

impl NodeDecision {
    /// Whether the request is allowed.
    pub fn is_allowed(&self) -> bool {
        matches!(self.verdict, NodeVerdict::Allowed(_))
    }

    /// What was decided, and by which rule.
    pub fn verdict(&self) -> NodeVerdict {
        self.verdict
    }
}

/// The Node authorizer over the objects of a cluster.
///
/// ```
/// use kubelogic_core::access::{Attributes, Authorizer, Decision, UserInfo};
/// use kubelogic_core::cluster::{Cluster, LoadOptions};
/// use kubelogic_core::object::Object;
/// use kubelogic_rbac::{NodeAuthorizer, NodeOptions};
///
/// let pod = Object::from_serialize(&serde_json::json!({
///     "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"},
///     "spec": {
///         "nodeName": "a",
///         "containers": [{"name": "web", "envFrom": [{"secretRef": {"name": "db"}}]}],
///     },
/// }))?;
/// let cluster = Cluster::load([pod], &LoadOptions::default())?;
/// let nodes = NodeAuthorizer::compile(&cluster, &NodeOptions::default())?;
/// let read = Attributes::resource("get", "", "secrets").in_namespace("shop").named("db");
///
/// let a = UserInfo::exact("system:node:a", ["system:nodes"]);
/// assert_eq!(nodes.authorize(&a, &read).decision, Decision::Allow);
/// let b = UserInfo::exact("system:node:b", ["system:nodes"]);
/// assert_eq!(
///     nodes.authorize(&b, &read).reason,
///     "no relationship found between node 'b' and this object",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct NodeAuthorizer {
    generation: u64,
    kube_version: KubeVersion,
    features: NodeFeatures,
    graph: Graph,
    /// What every node may do, in the order of the ClusterRole `system:node`.
    rules: Vec<PolicyRule>,
    cluster: Cluster,
    stored: bool,
    remarks: Vec<Finding>,
}

/// Numbers the models of a process, so that each knows its own decisions.
static GENERATION: AtomicU64 = AtomicU64::new(0);

impl NodeAuthorizer {
    /// Relates the objects of a cluster to its nodes.
    ///
    /// # Errors
    /// When the version is older than 1.35, and when the API server would refuse some of the objects and the cluster
    /// does not drop such objects. All reasons are listed.
    pub fn compile(cluster: &Cluster, options: &NodeOptions) -> Result<Self, RbacError> {
        let version = cluster.kube_version();
        if version.minor() < features::OLDEST {
            return Err(RbacError::VersionUnsupported { version, oldest: features::OLDEST });
        }
        let mut build = Build {
            builder: GraphBuilder::default(),
            cluster,
            types: (!options.stored).then(|| Types::of(version)),
            stored: options.stored,
            refused: Vec::new(),
            remarks: Vec::new(),
        };
        build.pods();
        build.volumes();
        for (group, kind, vertex) in NAMING_THEIR_NODE {
            build.naming_their_node(&GroupKind::new(*group, *kind), *vertex);
        }
        if let Some(refused) = LoadError::from_findings(build.refused) {
            return Err(RbacError::Refused(refused));
        }
        Ok(Self {
            generation: GENERATION.fetch_add(1, Ordering::Relaxed),
            kube_version: version,
            features: options.features.unwrap_or_else(|| NodeFeatures::of(version)),
            graph: build.builder.finish(),
            rules: node_rules(version),
            cluster: cluster.clone(),
            stored: options.stored,
            remarks: build.remarks,
        })
    }

    /// The Kubernetes version whose behaviour this is.
    pub fn kube_version(&self) -> KubeVersion {
        self.kube_version
    }

    /// What was noticed while compiling: objects that were left out.
    pub fn remarks(&self) -> &[Finding] {
        &self.remarks
    }

    /// How many objects lead to nodes, or would if a pod used them.
    pub fn object_count(&self) -> usize {
        self.graph.vertex_count()
    }

    /// Bytes that the model holds besides the objects that it was compiled from.
    pub fn memory(&self) -> usize {
        self.graph.memory()
    }

    /// Upstream's reason for a decision about this request; empty when it allows it.
    ///
    /// # Errors
    /// [`RbacError::StaleDecision`] when another model decided.
    pub fn reason(
        &self,
        decision: NodeDecision,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Result<String, RbacError> {
        if decision.generation != self.generation {
            return Err(RbacError::StaleDecision);
        }
        Ok(decision.verdict.reason(&user.name, decide::node_of(user).unwrap_or_default(), attributes))
    }
}

impl Authorizer for NodeAuthorizer {
    fn name(&self) -> &'static str {
        "node"
    }

    fn authorize(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Authorization {
        let decision = self.decide(user, attributes);
        let reason = self.reason(decision, user, attributes).unwrap_or_default();
        // upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go: no is never more than no opinion.
        let decision = if decision.is_allowed() { Decision::Allow } else { Decision::NoOpinion };
        Authorization { decision, reason, error: None }
    }
}

/// Objects that say themselves which node they belong to.
const NAMING_THEIR_NODE: &[(&str, &str, Vertex)] = &[
    ("storage.k8s.io", "VolumeAttachment", Vertex::Attachment),
    ("resource.k8s.io", "ResourceSlice", Vertex::Slice),
    ("certificates.k8s.io", "PodCertificateRequest", Vertex::CertificateRequest),
];

struct Build<'a> {
    builder: GraphBuilder,
    cluster: &'a Cluster,
    /// The types to check against, unless objects are taken as they are.
    types: Option<Types>,
    stored: bool,
    refused: Vec<Finding>,
    remarks: Vec<Finding>,
}

impl Build<'_> {
    fn pods(&mut self) {
        let mut seen: Vec<u32> = Vec::new();
        for (namespace, object) in self.cluster.of_kind(&GroupKind::new("", "Pod")) {
            if !self.accepts(object) {
                continue;
            }
            let mut reader = Reader::default();
            let root = object.root();
            let on = reader.node_name(root);
            let (builder, name) = (&mut self.builder, object.name());
            seen.clear();
            if !on.is_empty() {
                seen.push(builder.vertex(Vertex::Pod, namespace, name));
                let mut collect = |kind, namespace: &str, name: &str| {
                    let vertex = builder.vertex(kind, namespace, name);
                    // A pod names the same few objects again and again.
                    if !seen.contains(&vertex) {
                        seen.push(vertex);
                    }
                };
                reader.pod(root, namespace, name, self.stored, &mut collect);
            }
            if self.reports(object, &reader.misfits) || on.is_empty() {
                continue;
            }
            let node = self.builder.node(on);
            for vertex in &seen {
                self.builder.edge(*vertex, node);
            }
        }
    }

    fn volumes(&mut self) {
        for (_, object) in self.cluster.of_kind(&GroupKind::new("", "PersistentVolume")) {
            if !self.accepts(object) {
                continue;
            }
            let mut reader = Reader::default();
            let builder = &mut self.builder;
            let mut secrets: Vec<u32> = Vec::new();
            let mut collect = |kind, namespace: &str, name: &str| {
                secrets.push(builder.vertex(kind, namespace, name));
            };
            let bound = reader.volume_claim(object.root(), &mut collect);
            if self.reports(object, &reader.misfits) {
                continue;
            }
            let builder = &mut self.builder;
            if let Some((namespace, name)) = bound {
                let claim = builder.vertex(Vertex::Claim, namespace, name);
                let own = builder.vertex(Vertex::Volume, "", object.name());
                builder.link(own, claim);
                for secret in secrets {
                    builder.link(secret, claim);
                }
            }
        }
    }

    fn naming_their_node(&mut self, kind: &GroupKind, vertex: Vertex) {
        for (namespace, object) in self.cluster.of_kind(kind) {
            if !self.accepts(object) {
                continue;
            }
            let mut reader = Reader::default();
            let node = reader.node_name(object.root());
            if !self.reports(object, &reader.misfits) && !node.is_empty() {
                let node = self.builder.node(node);
                let own = self.builder.vertex(vertex, namespace, object.name());
                self.builder.edge(own, node);
            }
        }
    }

    /// Whether an object counts, checked against its type.
    fn accepts(&mut self, object: &Object) -> bool {
        let Some(types) = &self.types else { return true };
        let found = strict::check(object, types);
        if found.is_clean() {
            return true;
        }
        let (wrong, remarks): (Vec<_>, Vec<_>) = found
            .findings(self.cluster.field_validation())
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error);
        self.remarks.extend(remarks);
        wrong.is_empty() || self.refuse(object, wrong)
    }

    /// Whether fields that are read here do not fit: the API server could not have read the object.
    fn reports(&mut self, object: &Object, misfits: &[Misfit]) -> bool {
        if misfits.is_empty() {
            return false;
        }
        let wrong = misfits.iter().map(|misfit| {
            let message = format!(
                "{}: `{}` must be {} {}, not {}",
                called(object),
                misfit.path,
                if misfit.expected == "string" { "a" } else { "an" },
                misfit.expected,
                misfit.found,
            );
            let location = place(object, misfit.path.clone());
            Finding::new("rbac/invalid-object", Severity::Error, message).at(location)
        });
        self.refuse(object, wrong.collect());
        true
    }

    fn refuse(&mut self, object: &Object, mut wrong: Vec<Finding>) -> bool {
        if self.cluster.on_invalid() == OnInvalid::Drop {
            let text: Vec<&str> = wrong.iter().map(|finding| finding.message.as_str()).collect();
            let called = called(object);
            let message =
                format!("{called} is left out, the API server would refuse it: {}", text.join("; "));
            let finding = Finding::new("rbac/left-out", Severity::Warning, message);
            self.remarks.push(finding.at(place(object, FieldPath::root())));
        } else {
            self.refused.append(&mut wrong);
        }
        false
    }
}

/// What every node may do: the rules of the default ClusterRole `system:node`, which are those of the authorizer.
fn node_rules(version: KubeVersion) -> Vec<PolicyRule> {
    // upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go (NodeRules)
    let validation = kubelogic_core::decode::FieldValidation::Ignore;
    bootstrap_objects(version)
        .iter()
        .find(|object| object.kind() == RoleKind::ClusterRole.name() && object.name() == "system:node")
        .map(|object| Role::read(object, RoleKind::ClusterRole, "", validation).0.rules)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
