//! What the Node authorizer can say: small, cheap to copy, put into words when asked.

use kubelogic_core::access::{Attributes, Target};

/// Why a node may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeGrant {
    /// The object and the node are related: through a pod, through a volume, or by what the object says itself.
    Related,
    /// The object has the node's own name.
    OwnName,
    /// The field selector limits the request to the node.
    Selector,
    /// Authorization lets every node do this; the admission plugin `NodeRestriction` limits it to what is the node's
    /// own.
    LeftToAdmission,
    /// A rule for all nodes, by its place among the rules of the ClusterRole `system:node`.
    Rule(u32),
}

/// Why the Node authorizer has no opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeRefusal {
    /// The user is no node: name or group does not say so.
    NotANode,
    /// The user name says node and does not say which.
    UnknownNode,
    /// Nothing relates the object to the node.
    Unrelated,
    /// The request names no object.
    NoName,
    /// A node reads the node object of another.
    OtherNode,
    /// A node reads all nodes.
    AllNodes,
    /// The verb is none that nodes may use on certificate requests.
    CertificateRequestVerb,
    /// One of upstream's fixed texts.
    Fixed(&'static str),
}

/// What the Node authorizer said about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeVerdict {
    /// It allows the request.
    Allowed(NodeGrant),
    /// It has no opinion.
    NoOpinion(NodeRefusal),
}

impl NodeVerdict {
    /// Upstream's words for it; empty when it has none.
    pub(super) fn reason(self, user: &str, node: &str, attributes: &Attributes<'_>) -> String {
        let Self::NoOpinion(refusal) = self else { return String::new() };
        match refusal {
            NodeRefusal::NotANode => String::new(),
            NodeRefusal::UnknownNode => {
                format!("unknown node for user {}", kubelogic_core::quote::quoted(user))
            }
            NodeRefusal::Unrelated => {
                format!("no relationship found between node '{node}' and this object")
            }
            NodeRefusal::NoName => "No Object name found".to_owned(),
            NodeRefusal::OtherNode => {
                let Target::Resource { name, .. } = attributes.target else { return String::new() };
                format!("node '{node}' cannot read '{name}', only its own Node object")
            }
            NodeRefusal::AllNodes => {
                format!("node '{node}' cannot read all nodes, only its own Node object")
            }
            NodeRefusal::CertificateRequestVerb => {
                format!("nodes may not {} podcertificaterequests", attributes.verb)
            }
            NodeRefusal::Fixed(text) => text.to_owned(),
        }
    }
}
