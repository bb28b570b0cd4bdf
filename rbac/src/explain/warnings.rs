//! What looks wrong in a question, or in what the bindings of the user name.

use kubelogic_core::access::{Attributes, Target, UserInfo};
use kubelogic_core::cluster::{GroupKind, ObjectRef};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::near::nearest;
use kubelogic_core::object::FieldPath;

use super::grant::{piece, short};
use crate::index::UNKNOWN;
use crate::model::{Binding, SubjectKind};
use crate::policy::place;
use crate::rbac::Rbac;

/// The verbs of requests for stored objects; others may be asked of names that are no resources.
const VERBS: [&str; 8] = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

impl Rbac {
    /// What the given bindings name but the cluster does not hold: roles, and service accounts.
    pub fn dangling(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (ordinal, record) in self.bindings.iter() {
            if record.from_bootstrap {
                continue;
            }
            let Some(binding) = self.binding(ordinal) else { continue };
            if record.role == UNKNOWN {
                findings.push(missing_role(&binding));
            }
            for (index, subject) in binding.subjects.iter().enumerate() {
                if subject.subject_kind() != Some(SubjectKind::ServiceAccount) {
                    continue;
                }
                let namespace = subject.namespace_in(&binding.namespace);
                if !self.holds_account(namespace, &subject.name) {
                    let path = FieldPath::root().field("subjects").index(index);
                    let finding = missing_account(namespace, &subject.name);
                    findings.push(finding.at(place(&binding.object, path)));
                }
            }
        }
        findings
    }

    /// What is worth saying beside an answer.
    pub(crate) fn warnings(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Vec<Finding> {
        let mut warnings = self.remarks.to_vec();
        for (binding, role) in self.bindings_of(user, attributes.namespace()) {
            if role == UNKNOWN
                && let Some(binding) = self.binding(binding)
            {
                warnings.push(missing_role(&binding));
            }
        }
        if let Some((namespace, name)) = user.service_account()
            && !self.holds_account(namespace, name)
        {
            warnings.push(missing_account(namespace, name));
        }
        warnings.extend(self.about_resource(user, attributes));
        warnings
    }

    /// Whether a service account is there; each namespace gets one named `default`.
    pub fn holds_account(&self, namespace: &str, name: &str) -> bool {
        let kind = GroupKind::new("", "ServiceAccount");
        name == "default" || self.cluster.find(&ObjectRef::new(&kind, namespace, name)).is_some()
    }

    /// Whether the resource exists and has the scope that was asked for.
    fn about_resource(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Option<Finding> {
        let Target::Resource { group, resource, subresource, namespace, .. } = attributes.target else {
            return None;
        };
        if !VERBS.contains(&attributes.verb) || resource == "*" || group == "*" {
            return None;
        }
        let discovery = self.cluster.discovery();
        let Some(known) = discovery.resource(group, resource) else {
            let message = format!("no resource `{resource}` of {} is known", group_name(group));
            let finding = Finding::new("rbac/unknown-resource", Severity::Warning, message);
            let elsewhere = discovery.resources().find(|other| other.plural == resource);
            let near = || {
                let own = discovery.resources().filter(|other| other.group == group);
                let words =
                    own.flat_map(|other| [(other.plural, other.plural), (other.singular, other.plural)]);
                let words: Vec<(&str, &str)> = words.collect();
                let found = nearest(resource, words.iter().map(|(word, _)| *word))?;
                words.iter().find(|(word, _)| *word == found).map(|(_, plural)| *plural)
            };
            return Some(match elsewhere {
                Some(other) => finding.help(format!("`{resource}` is in {}", group_name(other.group))),
                None => match near() {
                    Some(word) => finding.help(format!("did you mean `{word}`?")),
                    None => finding,
                },
            });
        };
        if !subresource.is_empty()
            && subresource != "*"
            && known.by_default
            && discovery.subresources(group, resource).next().is_some()
            && !discovery.subresources(group, resource).any(|own| own == subresource)
        {
            let message = format!("`{resource}` has no subresource `{subresource}`");
            let finding = Finding::new("rbac/unknown-subresource", Severity::Warning, message);
            let near = nearest(subresource, discovery.subresources(group, resource));
            return Some(match near {
                Some(word) => finding.help(format!("did you mean `{word}`?")),
                None => finding,
            });
        }
        // Requests for one namespace carry its own name as their namespace.
        if namespace.is_empty() || known.namespaced || (group, resource) == ("", "namespaces") {
            return None;
        }
        let real = self.decide(user, &attributes.in_namespace("")).is_allowed();
        let verdict = if real { "allowed" } else { "not allowed" };
        let message = format!(
            "`{resource}` has no namespace, so a real request is made without one, and that is {verdict}"
        );
        Some(Finding::new("rbac/cluster-scoped-resource", Severity::Warning, message))
    }
}

fn missing_role(binding: &Binding) -> Finding {
    let reference = &binding.role_ref;
    let called = short(&piece(&binding.object, &binding.namespace, false).object);
    let message = format!("{called} grants {} `{}`, which is not there", reference.kind, reference.name);
    Finding::new("rbac/missing-role", Severity::Warning, message)
        .at(place(&binding.object, FieldPath::root().field("roleRef").field("name")))
}

fn missing_account(namespace: &str, name: &str) -> Finding {
    let message = format!("service account `{namespace}/{name}` is not there");
    Finding::new("rbac/missing-service-account", Severity::Warning, message)
}

fn group_name(group: &str) -> String {
    if group.is_empty() { "the core group".to_owned() } else { format!("API group `{group}`") }
}
