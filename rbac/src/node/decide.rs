//! The rules of the Node authorizer, resource by resource.

use kubelogic_core::access::{Attributes, Target, UserInfo};

use super::graph::Vertex;
use super::verdict::{NodeGrant, NodeRefusal, NodeVerdict};
use super::{NodeAuthorizer, NodeDecision};
use crate::index::ordinal;

/// A request for a resource, in parts.
#[derive(Clone, Copy)]
struct Asked<'a> {
    verb: &'a str,
    subresource: &'a str,
    namespace: &'a str,
    name: &'a str,
    attributes: &'a Attributes<'a>,
}

const ALLOWED_BY_ADMISSION: NodeVerdict = NodeVerdict::Allowed(NodeGrant::LeftToAdmission);

fn refused(text: &'static str) -> NodeVerdict {
    NodeVerdict::NoOpinion(NodeRefusal::Fixed(text))
}

/// The node that a user is, if he is one: the part of his name behind the prefix, which may be empty.
pub(super) fn node_of(user: &UserInfo) -> Option<&str> {
    // upstream: pkg/auth/nodeidentifier/default.go
    let name = user.name.strip_prefix("system:node:")?;
    user.groups.iter().any(|group| group == "system:nodes").then_some(name)
}

impl NodeAuthorizer {
    /// Decides. Nothing is allocated, and nothing is searched.
    pub fn decide(&self, user: &UserInfo, attributes: &Attributes<'_>) -> NodeDecision {
        let verdict = match node_of(user) {
            None => NodeVerdict::NoOpinion(NodeRefusal::NotANode),
            Some("") => NodeVerdict::NoOpinion(NodeRefusal::UnknownNode),
            Some(node) => self.verdict(node, attributes),
        };
        NodeDecision { generation: self.generation, verdict }
    }

    // upstream: plugin/pkg/auth/authorizer/node/node_authorizer.go
    fn verdict(&self, node: &str, attributes: &Attributes<'_>) -> NodeVerdict {
        let Target::Resource { group, resource, subresource, name, namespace, .. } = attributes.target else {
            return self.by_rules(attributes);
        };
        let asked = Asked { verb: attributes.verb, subresource, namespace, name, attributes };
        match (group, resource) {
            ("", "secrets") => self.read_namespaced(node, Vertex::Secret, asked),
            ("", "configmaps") => self.read_namespaced(node, Vertex::ConfigMap, asked),
            ("", "persistentvolumeclaims") if subresource == "status" => self.update_status(node, asked),
            ("", "persistentvolumeclaims") => self.get(node, Vertex::Claim, asked),
            ("", "persistentvolumes") => self.get(node, Vertex::Volume, asked),
            ("resource.k8s.io", "resourceclaims") => self.get(node, Vertex::ResourceClaim, asked),
            ("storage.k8s.io", "volumeattachments") => self.get(node, Vertex::Attachment, asked),
            ("", "serviceaccounts") => self.service_account(node, asked),
            ("coordination.k8s.io", "leases") => lease(node, asked),
            ("storage.k8s.io", "csinodes") => self.csi_node(node, asked),
            ("resource.k8s.io", "resourceslices") => self.resource_slice(node, asked),
            ("", "nodes") => own_node(node, asked),
            ("", "pods") => self.pod(node, asked),
            ("certificates.k8s.io", "podcertificaterequests") => {
                if self.features.pod_certificate_request {
                    self.certificate_request(node, asked)
                } else {
                    refused("")
                }
            }
            _ => self.by_rules(attributes),
        }
    }

    fn by_rules(&self, attributes: &Attributes<'_>) -> NodeVerdict {
        match self.rules.iter().position(|rule| rule.allows(attributes)) {
            Some(rule) => NodeVerdict::Allowed(NodeGrant::Rule(ordinal(rule))),
            None => refused(""),
        }
    }

    fn related(&self, node: &str, kind: Vertex, asked: Asked<'_>) -> NodeVerdict {
        if asked.name.is_empty() {
            return NodeVerdict::NoOpinion(NodeRefusal::NoName);
        }
        self.leads(node, kind, asked)
    }

    fn leads(&self, node: &str, kind: Vertex, asked: Asked<'_>) -> NodeVerdict {
        if self.graph.leads(kind, asked.namespace, asked.name, node) {
            NodeVerdict::Allowed(NodeGrant::Related)
        } else {
            NodeVerdict::NoOpinion(NodeRefusal::Unrelated)
        }
    }

    fn get(&self, node: &str, kind: Vertex, asked: Asked<'_>) -> NodeVerdict {
        if asked.verb != "get" {
            return refused("can only get individual resources of this type");
        }
        if !asked.subresource.is_empty() {
            return refused("cannot get subresource");
        }
        self.related(node, kind, asked)
    }

    fn read_namespaced(&self, node: &str, kind: Vertex, asked: Asked<'_>) -> NodeVerdict {
        if !matches!(asked.verb, "get" | "list" | "watch") {
            return refused("can only read resources of this type");
        }
        if !asked.subresource.is_empty() {
            return refused("cannot read subresource");
        }
        if asked.namespace.is_empty() {
            return refused("can only read namespaced object of this type");
        }
        self.related(node, kind, asked)
    }

    fn update_status(&self, node: &str, asked: Asked<'_>) -> NodeVerdict {
        if !matches!(asked.verb, "update" | "patch") {
            return refused("can only get/update/patch this type");
        }
        self.related(node, Vertex::Claim, asked)
    }

    fn service_account(&self, node: &str, asked: Asked<'_>) -> NodeVerdict {
        if asked.verb == "get" && asked.subresource.is_empty() {
            let features = self.features;
            if !features.service_account_token_for_credential_providers && !features.pod_certificate_request {
                return refused("not allowed to get service accounts");
            }
            return self.read_namespaced(node, Vertex::ServiceAccount, asked);
        }
        if asked.verb != "create" || asked.name.is_empty() {
            return refused("can only create tokens for individual service accounts");
        }
        if asked.subresource != "token" {
            return refused("can only create token subresource of serviceaccount");
        }
        self.leads(node, Vertex::ServiceAccount, asked)
    }

    fn csi_node(&self, node: &str, asked: Asked<'_>) -> NodeVerdict {
        let known = matches!(asked.verb, "get" | "create" | "update" | "patch" | "delete");
        let verb = "can only get, create, update, patch, or delete a CSINode";
        let subresource = "cannot authorize CSINode subresources";
        if self.kube_version.minor() < 37 {
            if !known {
                return refused(verb);
            }
            if !asked.subresource.is_empty() {
                return refused(subresource);
            }
        } else {
            match asked.subresource {
                "" if !known => return refused(verb),
                "status" if !self.features.csi_volume_health => {
                    return refused("CSINode status access requires CSIVolumeHealth feature");
                }
                "status" if !matches!(asked.verb, "get" | "update" | "patch") => {
                    return refused("can only get, update, or patch CSINode status");
                }
                "" | "status" => {}
                _ => return refused(subresource),
            }
        }
        own_name(node, asked, "can only access CSINode with the same name as the requesting node")
    }

    fn resource_slice(&self, node: &str, asked: Asked<'_>) -> NodeVerdict {
        if !asked.subresource.is_empty() {
            return refused("cannot authorize ResourceSlice subresources");
        }
        match asked.verb {
            "create" => ALLOWED_BY_ADMISSION,
            "get" | "update" | "patch" | "delete" => self.related(node, Vertex::Slice, asked),
            "watch" | "list" | "deletecollection" if limited(asked, "spec.nodeName", node) => {
                NodeVerdict::Allowed(NodeGrant::Selector)
            }
            "watch" | "list" | "deletecollection" => {
                refused("can only list/watch/deletecollection resourceslices with nodeName field selector")
            }
            _ => refused(
                "only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, \
                 patch, delete, deletecollection",
            ),
        }
    }

    fn certificate_request(&self, node: &str, asked: Asked<'_>) -> NodeVerdict {
        if !asked.subresource.is_empty() {
            return refused("nodes may not access the status subresource of PodCertificateRequests");
        }
        match asked.verb {
            "create" => ALLOWED_BY_ADMISSION,
            "get" => self.related(node, Vertex::CertificateRequest, asked),
            "list" | "watch" if limited(asked, "spec.nodeName", node) => {
                NodeVerdict::Allowed(NodeGrant::Selector)
            }
            "list" | "watch" => {
                refused("can only list/watch podcertificaterequests with nodeName field selector")
            }
            _ => NodeVerdict::NoOpinion(NodeRefusal::CertificateRequestVerb),
        }
    }

    fn pod(&self, node: &str, asked: Asked<'_>) -> NodeVerdict {
        match (asked.subresource, asked.verb) {
            ("", "get") => self.related(node, Vertex::Pod, asked),
            ("", "list" | "watch") if limited(asked, "spec.nodeName", node) => {
                NodeVerdict::Allowed(NodeGrant::Selector)
            }
            ("", "list" | "watch") if !asked.name.is_empty() => self.leads(node, Vertex::Pod, asked),
            ("", "list" | "watch") => refused("can only list/watch pods with spec.nodeName field selector"),
            ("", "create" | "delete") | ("status", "update" | "patch") | ("eviction", "create") => {
                ALLOWED_BY_ADMISSION
            }
            _ => refused(""),
        }
    }
}

fn lease(node: &str, asked: Asked<'_>) -> NodeVerdict {
    if !matches!(asked.verb, "get" | "create" | "update" | "patch" | "delete") {
        return refused("can only get, create, update, patch, or delete a node lease");
    }
    if asked.namespace != "kube-node-lease" {
        return refused("can only access leases in the \"kube-node-lease\" system namespace");
    }
    own_name(node, asked, "can only access node lease with the same name as the requesting node")
}

/// Objects that are named like their node. A creation names none, so that admission has to look.
fn own_name(node: &str, asked: Asked<'_>, otherwise: &'static str) -> NodeVerdict {
    if asked.verb == "create" {
        ALLOWED_BY_ADMISSION
    } else if asked.name == node {
        NodeVerdict::Allowed(NodeGrant::OwnName)
    } else {
        refused(otherwise)
    }
}

fn own_node(node: &str, asked: Asked<'_>) -> NodeVerdict {
    match (asked.subresource, asked.verb) {
        ("", "create" | "update" | "patch") | ("status", "update" | "patch") => ALLOWED_BY_ADMISSION,
        ("", "get" | "list" | "watch") if asked.name == node => NodeVerdict::Allowed(NodeGrant::OwnName),
        ("", "get" | "list" | "watch") if asked.name.is_empty() => {
            NodeVerdict::NoOpinion(NodeRefusal::AllNodes)
        }
        ("", "get" | "list" | "watch") => NodeVerdict::NoOpinion(NodeRefusal::OtherNode),
        _ => refused(""),
    }
}

/// Whether one condition of the field selector asks for the node and nothing else.
fn limited(asked: Asked<'_>, field: &str, node: &str) -> bool {
    let Some(selectors) = asked.attributes.selectors else { return false };
    selectors
        .fields
        .iter()
        .any(|condition| condition.field == field && !condition.negated && condition.value == node)
}
