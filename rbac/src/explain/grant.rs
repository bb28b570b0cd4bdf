//! What allows a request: binding, subject, role, rule.

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::answer::Evidence;
use kubelogic_core::cluster::{GroupKind, ObjectRef};
use kubelogic_core::object::{FieldPath, Location, Object};
use serde::Serialize;

use crate::decide::{AccessDecision, Grant};
use crate::error::RbacError;
use crate::index::{ordinal, position};
use crate::model::{Binding, GROUP, PolicyRule, Subject};
use crate::policy::place;
use crate::rbac::Rbac;

/// An object that plays a part in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    /// The object.
    pub object: ObjectRef,
    /// Where it is written.
    pub location: Location,
    /// Whether it is a default object that nobody gave.
    pub from_bootstrap: bool,
}

/// A binding that allows a request, with everything that makes it do so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct GrantEvidence {
    /// The binding.
    pub binding: Piece,
    /// The first subject of the binding that applies.
    pub subject: Subject,
    /// Its position.
    pub subject_index: u32,
    /// Where it is written.
    pub subject_location: Location,
    /// The role that the binding grants.
    pub role: Piece,
    /// The first rule of the role that allows the request.
    pub rule: PolicyRule,
    /// Its position among the rules that count.
    pub rule_index: u32,
    /// The role that the rule is written in: another one when an aggregated role took it from there.
    pub written_in: Piece,
    /// Its position there.
    pub written_index: u32,
    /// Where it is written.
    pub rule_location: Location,
}

impl GrantEvidence {
    /// The pieces in order, a sentence each.
    pub fn evidence(&self) -> Vec<Evidence> {
        let sentence = |part, message: String, object: &Piece, location: &Location| Evidence {
            part,
            message,
            object: Some(object.object.clone()),
            location: Some(location.clone()),
        };
        let default =
            |piece: &Piece| if piece.from_bootstrap { " (a default of every API server)" } else { "" };
        let binding = format!("{}{} applies", short(&self.binding.object), default(&self.binding));
        let subject = format!("`subjects[{}]` is {}", self.subject_index, self.subject);
        let role = format!("it grants {}{}", short(&self.role.object), default(&self.role));
        let rule = if self.written_in.object == self.role.object {
            format!("`rules[{}]` allows the request", self.written_index)
        } else {
            format!(
                "`rules[{}]` of {} allows the request",
                self.written_index,
                short(&self.written_in.object)
            )
        };
        vec![
            sentence("binding", binding, &self.binding, &self.binding.location),
            sentence("subject", subject, &self.binding, &self.subject_location),
            sentence("role", role, &self.role, &self.role.location),
            sentence("rule", rule, &self.written_in, &self.rule_location),
        ]
    }
}

/// Kind and name in a sentence.
pub(crate) fn short(object: &ObjectRef) -> String {
    match object.namespace.as_str() {
        "" => format!("{} `{}`", object.kind, object.name),
        namespace => format!("{} `{namespace}/{}`", object.kind, object.name),
    }
}

impl Rbac {
    /// What allowed a request; `None` when it was not allowed.
    ///
    /// # Errors
    /// [`RbacError::StaleDecision`] when another model decided.
    pub fn evidence(&self, decision: AccessDecision) -> Result<Option<GrantEvidence>, RbacError> {
        if decision.generation != self.generation {
            return Err(RbacError::StaleDecision);
        }
        decision.grant.map(|grant| self.grant_evidence(grant).ok_or(RbacError::StaleDecision)).transpose()
    }

    /// Every binding that allows a request, in order: the first is the one that decides.
    pub fn grants(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Vec<GrantEvidence> {
        let request = self.request(attributes);
        let bindings = self.bindings_of(user, attributes.namespace()).into_iter();
        let grants = bindings.filter_map(|(binding, role)| {
            let rule = self.rule_allowing(role, &request)?;
            let read = self.binding(binding)?;
            let applies = |subject: &Subject| subject.applies_to(&user.name, &user.groups, &read.namespace);
            let subject = ordinal(read.subjects.iter().position(applies)?);
            self.grant_evidence(Grant { binding, subject, rule })
        });
        grants.collect()
    }

    fn grant_evidence(&self, grant: Grant) -> Option<GrantEvidence> {
        let record = self.bindings.get(grant.binding)?;
        let binding = self.binding(grant.binding)?;
        let subject = binding.subjects.get(position(grant.subject))?;
        let role = self.role(record.role)?;
        let rule = role.rules.get(position(grant.rule))?;
        let written_in = piece(&rule.object, self.namespaces.text(role.namespace), rule.from_bootstrap);
        let rule_path = FieldPath::root().field("rules").index(position(rule.index));
        Some(GrantEvidence {
            subject: subject.clone(),
            subject_index: grant.subject,
            subject_location: self.subject_place(grant.binding, &binding, grant.subject),
            binding: piece(&record.object, &binding.namespace, record.from_bootstrap),
            role: piece(&role.object, self.namespaces.text(role.namespace), role.from_bootstrap),
            rule: (*rule.rule).clone(),
            rule_index: grant.rule,
            written_in,
            written_index: rule.index,
            rule_location: place(&rule.object, rule_path),
        })
    }

    /// Where a subject is written; those that the default binding adds stand there.
    fn subject_place(&self, ordinal: u32, binding: &Binding, subject: u32) -> Location {
        let index = position(subject);
        let record = self.bindings.get(ordinal);
        let default = record.and_then(|record| record.completed_by.as_ref());
        let written = binding.object.root().get("subjects").map_or(0, |subjects| subjects.items().count());
        let object = match default {
            Some(default) if index >= written => default,
            _ => return place(&binding.object, FieldPath::root().field("subjects").index(index)),
        };
        place(object, FieldPath::root().field("subjects"))
    }
}

/// An object as a piece of an answer.
pub(crate) fn piece(object: &Object, namespace: &str, from_bootstrap: bool) -> Piece {
    let kind = GroupKind::new(GROUP, object.kind());
    let name = if object.name().is_empty() { generate_name(object) } else { object.name() };
    Piece {
        object: ObjectRef::new(&kind, namespace, name),
        location: place(object, FieldPath::root()),
        from_bootstrap,
    }
}

fn generate_name(object: &Object) -> &str {
    let metadata = object.root().get("metadata");
    metadata.and_then(|metadata| metadata.get("generateName")?.as_str()).unwrap_or_default()
}
