//! How an object and a node are related, looked up when somebody asks.

use kubelogic_core::access::{Attributes, Target, UserInfo};
use kubelogic_core::answer::{Evidence, Undecided};
use kubelogic_core::cluster::{Completeness, GroupKind};
use kubelogic_core::object::{FieldPath, Object};

use super::decide::node_of;
use super::graph::Vertex;
use super::references::Reader;
use super::verdict::{NodeGrant, NodeRefusal, NodeVerdict};
use super::{NodeAuthorizer, NodeDecision};
use crate::index::position;
use crate::policy::{called, place};

impl NodeAuthorizer {
    /// What decided, a sentence each: the volume and the pod between an object and its node, the rule for all nodes,
    /// or the admission plugin that has the last word.
    pub fn evidence(
        &self,
        decision: NodeDecision,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Vec<Evidence> {
        let (NodeVerdict::Allowed(grant), Some(node)) = (decision.verdict(), node_of(user)) else {
            return Vec::new();
        };
        let plain = |part, message| vec![Evidence { part, message, object: None, location: None }];
        match grant {
            NodeGrant::Related => self.relation(node, attributes),
            NodeGrant::OwnName => plain("rule", format!("the object has the name of node `{node}`")),
            NodeGrant::Selector => {
                plain("rule", format!("the field selector limits the request to node `{node}`"))
            }
            NodeGrant::LeftToAdmission => plain(
                "admission",
                "authorization lets every node do this; the admission plugin NodeRestriction then refuses what is \
                 not the node's own"
                    .to_owned(),
            ),
            NodeGrant::Rule(rule) => {
                let resources = self.rules.get(position(rule)).map(|rule| {
                    let words = if rule.resources.is_empty() { &rule.non_resource_urls } else { &rule.resources };
                    words.join(", ")
                });
                let what = resources.unwrap_or_default();
                plain("rule", format!("every node may {} {what}", attributes.verb))
            }
        }
    }

    /// Why objects that were not given could turn a decision.
    pub fn undecided(
        &self,
        decision: NodeDecision,
        user: &UserInfo,
        attributes: &Attributes<'_>,
    ) -> Option<Undecided> {
        // More objects only ever relate more.
        let coverage = self.cluster.coverage();
        if !coverage.is_declared()
            || decision.verdict() != NodeVerdict::NoOpinion(NodeRefusal::Unrelated)
            || node_of(user).is_none()
        {
            return None;
        }
        let Target::Resource { resource, namespace, .. } = attributes.target else { return None };
        let kinds: &[(&str, &str)] = match resource {
            "secrets" | "persistentvolumes" => &[("", "Pod"), ("", "PersistentVolume")],
            "volumeattachments" => &[("storage.k8s.io", "VolumeAttachment")],
            "resourceslices" => &[("resource.k8s.io", "ResourceSlice")],
            "podcertificaterequests" => &[("certificates.k8s.io", "PodCertificateRequest")],
            _ => &[("", "Pod")],
        };
        kinds.iter().find_map(|(group, kind)| {
            // Volumes lead into any namespace.
            let anywhere = matches!(resource, "secrets" | "persistentvolumes");
            let wanted = GroupKind::new(*group, *kind);
            let places: Vec<&str> = if anywhere && *kind == "Pod" {
                self.cluster.namespaces().into_iter().chain([namespace]).collect()
            } else if matches!(*kind, "Pod" | "PodCertificateRequest") {
                vec![namespace]
            } else {
                vec![""]
            };
            let thin = places.into_iter().find_map(|place| match coverage.of(&wanted, place) {
                Completeness::Complete => None,
                Completeness::Partial => Some((place, "only some")),
                Completeness::Absent => Some((place, "no")),
            });
            let (place, how_many) = thin?;
            let place = if place.is_empty() { String::new() } else { format!(" in namespace `{place}`") };
            let message = format!("{how_many} {kind} objects{place} were given");
            Some(Undecided::new("coverage/too-thin", message))
        })
    }

    /// The first chain of objects that leads from the one asked for to the node.
    fn relation(&self, node: &str, attributes: &Attributes<'_>) -> Vec<Evidence> {
        let Target::Resource { resource, namespace, name, .. } = attributes.target else { return Vec::new() };
        let (kind, vertex) = match resource {
            "secrets" => ("Secret", Vertex::Secret),
            "configmaps" => ("ConfigMap", Vertex::ConfigMap),
            "persistentvolumeclaims" => ("PersistentVolumeClaim", Vertex::Claim),
            "resourceclaims" => ("ResourceClaim", Vertex::ResourceClaim),
            "serviceaccounts" => ("ServiceAccount", Vertex::ServiceAccount),
            "persistentvolumes" => ("PersistentVolume", Vertex::Volume),
            "pods" => return self.named("", "Pod", namespace, name, node),
            "volumeattachments" => return self.named("storage.k8s.io", "VolumeAttachment", "", name, node),
            "resourceslices" => return self.named("resource.k8s.io", "ResourceSlice", "", name, node),
            "podcertificaterequests" => {
                return self.named("certificates.k8s.io", "PodCertificateRequest", namespace, name, node);
            }
            _ => return Vec::new(),
        };
        if vertex != Vertex::Volume
            && let Some(pod) = self.pod_naming(vertex, namespace, name, node)
        {
            let message = format!("{} on node `{node}` names {kind} `{namespace}/{name}`", called(pod));
            return vec![self.piece("pod", message, pod)];
        }
        for (_, volume) in self.cluster.of_kind(&GroupKind::new("", "PersistentVolume")) {
            let mut reader = Reader::default();
            let mut uses = vertex == Vertex::Volume && volume.name() == name;
            let mut look = |found: Vertex, place: &str, called: &str| {
                uses |= found == vertex && place == namespace && called == name;
            };
            let claim = reader.volume_claim(volume.root(), &mut look);
            let Some((place, claim)) = claim.filter(|_| uses) else { continue };
            let Some(pod) = self.pod_naming(Vertex::Claim, place, claim, node) else { continue };
            let bound = if vertex == Vertex::Volume {
                format!("{} is bound to PersistentVolumeClaim `{place}/{claim}`", called(volume))
            } else {
                format!(
                    "{} is mounted with {kind} `{namespace}/{name}` and bound to PersistentVolumeClaim \
                     `{place}/{claim}`",
                    called(volume)
                )
            };
            let used =
                format!("{} on node `{node}` names PersistentVolumeClaim `{place}/{claim}`", called(pod));
            return vec![self.piece("volume", bound, volume), self.piece("pod", used, pod)];
        }
        Vec::new()
    }

    fn named(&self, group: &str, kind: &str, namespace: &str, name: &str, node: &str) -> Vec<Evidence> {
        let mut objects = self.cluster.in_namespace(&GroupKind::new(group, kind), namespace);
        let Some(object) = objects.find(|object| object.name() == name) else { return Vec::new() };
        let message = format!("{} names node `{node}`", called(object));
        vec![self.piece("object", message, object)]
    }

    /// The first pod of a node that names an object.
    fn pod_naming(&self, vertex: Vertex, namespace: &str, name: &str, node: &str) -> Option<&Object> {
        self.cluster.in_namespace(&GroupKind::new("", "Pod"), namespace).find(|pod| {
            let mut reader = Reader::default();
            let mut names = false;
            if reader.node_name(pod.root()) == node {
                let mut look =
                    |found: Vertex, _: &str, called: &str| names |= found == vertex && called == name;
                reader.pod(pod.root(), namespace, pod.name(), self.stored, &mut look);
            }
            names
        })
    }

    fn piece(&self, part: &'static str, message: String, object: &Object) -> Evidence {
        Evidence {
            part,
            message,
            object: Some(self.cluster.reference_of(object)),
            location: Some(place(object, FieldPath::root())),
        }
    }
}
