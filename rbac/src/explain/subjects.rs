//! Near misses among the bindings: a role would allow the request, but does not reach the user there.

use kubelogic_core::access::{Attributes, Target, UserInfo};
use kubelogic_core::near::nearest;
use kubelogic_core::object::FieldPath;

use super::change::{self, PolicyChange};
use super::grant::{piece, short};
use super::near::{FailedOn, NearMiss, Ranked};
use crate::decide::Request;
use crate::index::{UNKNOWN, ordinal, position};
use crate::model::{Binding, BindingKind, GROUP, PolicyRule, RoleKind, Subject, SubjectKind};
use crate::policy::place;
use crate::rbac::{Rbac, RoleRecord};

/// Bindings of allowing roles that are read; more are not near anyway.
const MOST_READ: usize = 1_000;
/// Roles without a binding to the user that are named.
const MOST_ROLES: usize = 3;
/// What an unbound role is ranked as: behind everything that is nearly right.
const UNBOUND: u32 = 8;

impl Rbac {
    /// Bindings of the user that allow the request in another namespace.
    pub(super) fn misses_by_namespace(&self, user: &UserInfo, asked: &Attributes<'_>) -> Vec<Ranked> {
        let request = self.request(asked);
        let mut found: Vec<(u32, u32)> = Vec::new();
        let of_user = self.users.find(&user.name).map(|ordinal| self.users.everywhere(ordinal));
        let of_groups = user.groups.iter().filter_map(|group| self.groups.find(group));
        let entries = of_user.into_iter().chain(of_groups.map(|group| self.groups.everywhere(group)));
        for entry in entries.flatten() {
            let elsewhere = self.bindings.get(entry.binding).is_some_and(|record| {
                record.kind == BindingKind::RoleBinding
                    && self.namespaces.text(record.namespace) != asked.namespace()
            });
            if elsewhere && self.rule_allowing(entry.role, &request).is_some() {
                found.push((entry.binding, entry.role));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .take(MOST_ROLES)
            .filter_map(|(binding, role)| self.elsewhere(binding, role, asked))
            .collect()
    }

    fn elsewhere(&self, binding: u32, role: u32, asked: &Attributes<'_>) -> Option<Ranked> {
        let read = self.binding(binding)?;
        let record = self.role(role)?;
        let called = piece(&read.object, &read.namespace, false);
        let role = piece(&record.object, self.namespaces.text(record.namespace), record.from_bootstrap);
        let changes = self.bound_elsewhere(&read, record, asked);
        let (message, change) = match (asked.target, asked.namespace()) {
            (Target::Path(_), _) => (
                format!(
                    "{} grants a rule for the path, but paths need a ClusterRoleBinding",
                    short(&called.object)
                ),
                format!("bind {} with a ClusterRoleBinding", short(&role.object)),
            ),
            (Target::Resource { .. }, "") if record.kind == RoleKind::Role => (
                format!("{} allows it in namespace `{}` only", short(&called.object), read.namespace),
                format!(
                    "ask in namespace `{}`, or bind a ClusterRole with the same rules with a ClusterRoleBinding",
                    read.namespace
                ),
            ),
            (Target::Resource { .. }, "") => (
                format!("{} allows it in namespace `{}` only", short(&called.object), read.namespace),
                format!("ask in namespace `{}`, or bind the role with a ClusterRoleBinding", read.namespace),
            ),
            (Target::Resource { .. }, namespace) if record.kind == RoleKind::Role => (
                format!("{} allows it in namespace `{}` only", short(&called.object), read.namespace),
                format!("create the same binding and {} in namespace `{namespace}`", short(&role.object)),
            ),
            (Target::Resource { .. }, namespace) => (
                format!("{} allows it in namespace `{}` only", short(&called.object), read.namespace),
                format!("create the same binding in namespace `{namespace}`"),
            ),
        };
        let miss = NearMiss {
            failed_on: vec![FailedOn::Namespace],
            message,
            change,
            changes,
            location: Some(place(&read.object, FieldPath::root().field("metadata").field("namespace"))),
            binding: Some(called),
            role: Some(role),
            rule_index: None,
        };
        Some(Ranked { rank: 2, miss })
    }

    /// The binding where the request is made, and its role when that is of the other namespace.
    fn bound_elsewhere(
        &self,
        binding: &Binding,
        role: &RoleRecord,
        asked: &Attributes<'_>,
    ) -> Vec<PolicyChange> {
        let namespace = asked.namespace();
        let mut name = role.object.name().to_owned();
        let kind = if namespace.is_empty() { RoleKind::ClusterRole } else { role.kind };
        let mut changes = Vec::new();
        if role.kind == RoleKind::Role {
            while self.find_role(kind, namespace, &name).is_some() {
                name.push_str("-more");
            }
            let rules: Vec<PolicyRule> = role.rules.iter().map(|rule| (*rule.rule).clone()).collect();
            changes.push(change::role_with(kind, namespace, &name, &rules));
        }
        changes.push(self.binding_elsewhere(binding, (kind, &name), namespace));
        changes
    }

    /// Bindings in scope that name somebody like the user, and roles that nothing binds to the user.
    pub(super) fn misses_by_subject(&self, user: &UserInfo, asked: &Attributes<'_>) -> Vec<Ranked> {
        let request = self.request(asked);
        let allowing: Vec<bool> =
            (0..self.roles.len()).map(|role| self.reaches(role, &request, asked)).collect();
        let scope = self.namespaces.find(asked.namespace()).unwrap_or(UNKNOWN);
        let in_scope = self.bindings.iter().filter(|(_, record)| {
            (record.namespace == 0 || record.namespace == scope)
                && allowing.get(position(record.role)) == Some(&true)
        });
        let mut ranked = Vec::new();
        for (index, record) in in_scope.take(MOST_READ) {
            let Some(binding) = self.binding(index) else { continue };
            let Some(role) = self.role(record.role) else { continue };
            ranked.extend(self.alike(&binding, role, user));
        }
        ranked.extend(self.unbound(&allowing, user, asked));
        ranked
    }

    /// Whether a role allows the request and could be bound where it is made.
    fn reaches(&self, role: usize, request: &Request<'_>, asked: &Attributes<'_>) -> bool {
        let in_scope = self.role(ordinal(role)).is_some_and(|record| {
            record.namespace == 0 || self.namespaces.text(record.namespace) == asked.namespace()
        });
        in_scope && self.rule_allowing(ordinal(role), request).is_some()
    }

    fn alike(&self, binding: &Binding, role: &RoleRecord, user: &UserInfo) -> Option<Ranked> {
        let mut subjects = binding.subjects.iter().enumerate();
        let (index, subject, (but, wanted)) = subjects.find_map(|(index, subject)| {
            likeness(subject, user, &binding.namespace).map(|like| (index, subject, like))
        })?;
        let changes = vec![PolicyChange::Set {
            object: piece(&binding.object, &binding.namespace, false).object,
            pointer: format!("/subjects/{index}"),
            value: meant(subject, user),
        }];
        let called = piece(&binding.object, &binding.namespace, false);
        let role = piece(&role.object, self.namespaces.text(role.namespace), role.from_bootstrap);
        let miss = NearMiss {
            failed_on: vec![FailedOn::Subject],
            message: format!("{} allows it, but `subjects[{index}]` {but}", short(&called.object)),
            change: format!("make `subjects[{index}]` {wanted}"),
            changes,
            location: Some(place(&binding.object, FieldPath::root().field("subjects").index(index))),
            binding: Some(called),
            role: Some(role),
            rule_index: None,
        };
        Some(Ranked { rank: 3, miss })
    }

    /// The narrowest roles that allow the request.
    fn unbound(&self, allowing: &[bool], user: &UserInfo, asked: &Attributes<'_>) -> Vec<Ranked> {
        let mut roles: Vec<&RoleRecord> = self
            .role_records()
            .zip(allowing)
            .filter(|(role, allows)| {
                **allows && !(role.from_bootstrap && role.object.name().starts_with("system:"))
            })
            .map(|(role, _)| role)
            .collect();
        roles.sort_by_cached_key(|role| (breadth(role), role.object.name().to_owned()));
        let who = match user.service_account() {
            Some((namespace, name)) => format!("ServiceAccount `{namespace}/{name}`"),
            None => format!("User `{}`", user.name),
        };
        let place_of = |role: &RoleRecord| match (asked.namespace(), role.namespace) {
            ("", _) => "a ClusterRoleBinding".to_owned(),
            (namespace, _) => format!("a RoleBinding in namespace `{namespace}`"),
        };
        let ranked = roles.into_iter().take(MOST_ROLES).zip(UNBOUND..).map(|(role, rank)| {
            let called = piece(&role.object, self.namespaces.text(role.namespace), role.from_bootstrap);
            let name = short(&called.object);
            let miss = NearMiss {
                failed_on: vec![FailedOn::Binding],
                message: format!("{name} allows it, but nothing binds it to {who} here"),
                change: format!("bind {name} to {who} with {}", place_of(role)),
                changes: vec![self.new_binding((role.kind, role.object.name()), user, asked)],
                location: Some(called.location.clone()),
                binding: None,
                role: Some(called),
                rule_index: None,
            };
            Ranked { rank, miss }
        });
        ranked.collect()
    }
}

/// Why a subject that is not the user is nearly the user: what it is, and what it would have to be.
fn likeness(subject: &Subject, user: &UserInfo, namespace: &str) -> Option<(String, String)> {
    let account = user.service_account();
    match subject.subject_kind() {
        Some(SubjectKind::ServiceAccount) => {
            let (own_namespace, own_name) = account?;
            let given = subject.namespace_in(namespace);
            if subject.name == own_name && given.is_empty() {
                let but = format!("is service account `{own_name}` without a namespace");
                return Some((but, format!("name the namespace `{own_namespace}`")));
            }
            if subject.name == own_name {
                let but = format!("is service account `{own_name}` of namespace `{given}`");
                return Some((but, format!("name the namespace `{own_namespace}`")));
            }
            (given == own_namespace && nearest(own_name, [subject.name.as_str()]).is_some())
                .then(|| (format!("is service account `{}`", subject.name), format!("name `{own_name}`")))
        }
        Some(SubjectKind::User) => {
            if user.groups.contains(&subject.name) {
                let but = format!("is user `{}`, and that is a group", subject.name);
                return Some((but, format!("of kind Group with the name `{}`", subject.name)));
            }
            if let Some((own_namespace, own_name)) = account
                && (subject.name == own_name || subject.name == format!("{own_namespace}:{own_name}"))
            {
                let but = format!("is user `{}`, and that is a service account", subject.name);
                return Some((but, format!("of kind ServiceAccount with the namespace `{own_namespace}`")));
            }
            nearest(&user.name, [subject.name.as_str()])
                .map(|near| (format!("is user `{near}`"), format!("name `{}`", user.name)))
        }
        Some(SubjectKind::Group) => {
            if subject.name == user.name {
                let but = format!("is group `{}`, and that is a user", subject.name);
                return Some((but, format!("of kind User with the name `{}`", subject.name)));
            }
            let near = nearest(&subject.name, user.groups.iter().map(String::as_str))?;
            Some((format!("is group `{}`", subject.name), format!("name `{near}`")))
        }
        None => (subject.name == user.name || user.groups.contains(&subject.name)).then(|| {
            (format!("has the kind `{}`", subject.kind), "of kind User, Group or ServiceAccount".to_owned())
        }),
    }
}

/// The subject that was probably meant.
fn meant(subject: &Subject, user: &UserInfo) -> serde_json::Value {
    let group = match subject.subject_kind() {
        Some(SubjectKind::Group) if subject.name != user.name => {
            nearest(&subject.name, user.groups.iter().map(String::as_str))
        }
        Some(SubjectKind::User) | None => {
            user.groups.iter().find(|group| **group == subject.name).map(String::as_str)
        }
        Some(SubjectKind::Group | SubjectKind::ServiceAccount) => None,
    };
    match (group, user.service_account()) {
        (Some(group), _) => serde_json::json!({"apiGroup": GROUP, "kind": "Group", "name": group}),
        (None, Some((namespace, name))) => {
            serde_json::json!({"kind": "ServiceAccount", "namespace": namespace, "name": name})
        }
        (None, None) => serde_json::json!({"apiGroup": GROUP, "kind": "User", "name": user.name}),
    }
}

/// How much a role allows: a star is much.
fn breadth(role: &RoleRecord) -> usize {
    const STAR: usize = 1_000;
    let words = role.rules.iter().flat_map(|record| {
        let rule = &record.rule;
        [&rule.verbs, &rule.api_groups, &rule.resources, &rule.non_resource_urls].into_iter().flatten()
    });
    words.map(|word| if word == "*" { STAR } else { 1 }).sum()
}
