//! Near misses among the rules that a user has: one part of a rule does not fit.

use kubelogic_core::access::{Attributes, Target, UserInfo};
use kubelogic_core::near::nearest;
use kubelogic_core::object::FieldPath;

use super::change::{self, PolicyChange, joined};
use super::grant::{Piece, piece, short};
use super::near::{FailedOn, NearMiss, Ranked};
use crate::evaluate::Fit;
use crate::index::{UNKNOWN, ordinal, position};
use crate::model::{Binding, PolicyRule, RoleKind};
use crate::policy::place;
use crate::rbac::{Rbac, RoleRecord, RuleRecord};

/// Rules that are further away than this are not near.
const FAR: u32 = 6;

/// A part of a rule that does not fit, and how far away that is.
struct Part {
    failed_on: FailedOn,
    distance: u32,
    /// What the rule says, after "but its rule".
    but: String,
    /// What to do about it.
    change: String,
    /// The list of the rule that gets a word; none where it loses its words.
    list: &'static str,
    word: Option<String>,
}

impl Rbac {
    /// For each binding of the user in scope the rule that comes nearest, or that its role is not there.
    pub(super) fn misses_by_rule(&self, user: &UserInfo, attributes: &Attributes<'_>) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = Vec::new();
        let mut seen = Vec::new();
        for (binding, role) in self.bindings_of(user, attributes.namespace()) {
            // A role that several bindings grant is near once.
            if role != UNKNOWN && seen.contains(&role) {
                continue;
            }
            seen.push(role);
            let Some(read) = self.binding(binding) else { continue };
            let from_bootstrap = self.bindings.get(binding).is_some_and(|record| record.from_bootstrap);
            let called = piece(&read.object, &read.namespace, from_bootstrap);
            match self.role(role) {
                None => ranked.push(self.missing_role(&read, called, attributes)),
                Some(record) => ranked.extend(self.nearest_rule(record, called, attributes)),
            }
        }
        ranked
    }

    fn missing_role(&self, binding: &Binding, called: Piece, asked: &Attributes<'_>) -> Ranked {
        let reference = &binding.role_ref;
        let name = format!("{} `{}`", reference.kind, reference.name);
        let instead = self.role_instead(binding);
        let change = match instead {
            Some(role) => format!("make {} name {role}, or create {name}", short(&called.object)),
            None => format!("create {name} with a rule that allows the request"),
        };
        let kind = RoleKind::of(&reference.kind);
        let possible = kind.filter(|kind| *kind == RoleKind::ClusterRole || !binding.namespace.is_empty());
        let changes: Vec<PolicyChange> = possible
            .map(|kind| change::new_role(kind, &binding.namespace, &reference.name, asked))
            .into_iter()
            .collect();
        let miss = NearMiss {
            changes,
            failed_on: vec![FailedOn::MissingRole],
            message: format!("{} grants {name}, which is not there", short(&called.object)),
            change,
            location: Some(place(&binding.object, FieldPath::root().field("roleRef").field("name"))),
            binding: Some(called),
            role: None,
            rule_index: None,
        };
        Ranked { rank: 1, miss }
    }

    /// A role that was probably meant: of the other kind, or with nearly the same name.
    fn role_instead(&self, binding: &Binding) -> Option<String> {
        let wanted = binding.role_ref.name.as_str();
        let reachable = |role: &&RoleRecord| {
            role.kind == RoleKind::ClusterRole || self.namespaces.text(role.namespace) == binding.namespace
        };
        let exact = self.role_records().filter(reachable).find(|role| role.object.name() == wanted);
        let role = exact.or_else(|| {
            let names = self.role_records().filter(reachable).map(|role| role.object.name());
            let near = nearest(wanted, names)?;
            self.role_records().filter(reachable).find(|role| role.object.name() == near)
        })?;
        Some(format!("{} `{}`", role.kind.name(), role.object.name()))
    }

    fn nearest_rule(&self, role: &RoleRecord, binding: Piece, asked: &Attributes<'_>) -> Option<Ranked> {
        let mut best: Option<(u32, &RuleRecord, Vec<Part>)> = None;
        for record in &role.rules {
            let parts = parts(&record.rule, asked);
            let distance = parts.iter().map(|part| part.distance).sum();
            if distance < FAR && best.as_ref().is_none_or(|(so_far, ..)| distance < *so_far) {
                best = Some((distance, record, parts));
            }
        }
        let (distance, record, parts) = best?;
        let written_in = piece(&record.object, self.namespaces.text(role.namespace), record.from_bootstrap);
        let but: Vec<&str> = parts.iter().map(|part| part.but.as_str()).collect();
        let changes: Vec<String> = parts
            .iter()
            .map(|part| part.change.replace("RULE", &format!("`rules[{}]`", record.index)))
            .collect();
        let whose = short(&written_in.object);
        let advice = if record.from_bootstrap {
            format!(
                "{} of {whose}; as that is a default role, rather grant a role of your own",
                changes.join(" and ")
            )
        } else {
            format!("{} of {whose}", changes.join(" and "))
        };
        let message = format!(
            "{} grants {}, but `rules[{}]`{} {}",
            short(&binding.object),
            short(&piece(&role.object, self.namespaces.text(role.namespace), false).object),
            record.index,
            if record.object == role.object { String::new() } else { format!(" of {whose}") },
            but.join(" and ")
        );
        let edits = if record.from_bootstrap { Vec::new() } else { edits(&parts, &written_in, record.index) };
        let miss = NearMiss {
            changes: edits,
            failed_on: parts.iter().map(|part| part.failed_on).collect(),
            message,
            change: advice,
            binding: Some(binding),
            location: Some(place(
                &record.object,
                FieldPath::root().field("rules").index(position(record.index)),
            )),
            role: Some(written_in),
            rule_index: Some(ordinal(position(record.index))),
        };
        Some(Ranked { rank: distance, miss })
    }
}

/// The changes of a rule that let everything fit.
fn edits(parts: &[Part], role: &Piece, rule: u32) -> Vec<PolicyChange> {
    let edits = parts.iter().map(|part| {
        let (object, pointer) = (role.object.clone(), format!("/rules/{rule}/{}", part.list));
        match &part.word {
            Some(word) => PolicyChange::Add { object, pointer, value: word.as_str().into() },
            None => PolicyChange::Set { object, pointer, value: serde_json::json!([]) },
        }
    });
    edits.collect()
}

/// What does not fit, in the order of the fields.
fn parts(rule: &PolicyRule, asked: &Attributes<'_>) -> Vec<Part> {
    let fit = rule.fit(asked);
    let mut parts = Vec::new();
    if !fit.verb {
        parts.push(Part {
            failed_on: FailedOn::Verb,
            distance: 2,
            but: format!("has no verb `{}`", asked.verb),
            change: format!("add the verb `{}` to RULE", asked.verb),
            list: "verbs",
            word: Some(asked.verb.to_owned()),
        });
    }
    match asked.target {
        Target::Path(path) => {
            if !fit.target {
                parts.push(path_part(rule, path));
            }
        }
        Target::Resource { group, resource, subresource, name, .. } => {
            parts.extend(resource_parts(rule, fit, (group, resource, subresource, name)));
        }
    }
    parts
}

fn path_part(rule: &PolicyRule, path: &str) -> Part {
    let near = nearest(
        path.trim_matches('/'),
        rule.non_resource_urls.iter().map(|url| url.trim_matches(['/', '*'])),
    );
    Part {
        failed_on: FailedOn::Path,
        distance: if near.is_some() { 3 } else { FAR },
        but: format!("is for {}", listed(&rule.non_resource_urls)),
        change: format!("add the path `{path}` to RULE"),
        list: "nonResourceURLs",
        word: Some(path.to_owned()),
    }
}

fn resource_parts(
    rule: &PolicyRule,
    fit: Fit,
    (group, resource, subresource, name): (&str, &str, &str, &str),
) -> Vec<Part> {
    let mut parts = Vec::new();
    if !fit.group {
        parts.push(Part {
            failed_on: FailedOn::ApiGroup,
            distance: 3,
            but: format!("is for API group {}, not {}", listed_groups(&rule.api_groups), group_word(group)),
            change: format!("add {} to `apiGroups` of RULE", group_word(group)),
            list: "apiGroups",
            word: Some(group.to_owned()),
        });
    }
    if !fit.target {
        let whole = joined(resource, subresource);
        let base = |given: &String| given.split('/').next() == Some(resource);
        let words = rule.resources.iter().map(String::as_str);
        let (failed_on, distance) = if rule.resources.iter().any(base) {
            (FailedOn::Subresource, 2)
        } else if nearest(&whole, words).is_some() {
            (FailedOn::Resource, 3)
        } else {
            (FailedOn::Resource, FAR)
        };
        parts.push(Part {
            failed_on,
            distance,
            but: format!("is for {}, not `{whole}`", listed(&rule.resources)),
            change: format!("add the resource `{whole}` to RULE"),
            list: "resources",
            word: Some(whole),
        });
    }
    if !fit.name {
        let names = listed(&rule.resource_names);
        parts.push(if name.is_empty() {
            Part {
                failed_on: FailedOn::Name,
                distance: 2,
                but: format!("is limited to the names {names}, and the request has none"),
                change: "remove `resourceNames` from RULE".to_owned(),
                list: "resourceNames",
                word: None,
            }
        } else {
            Part {
                failed_on: FailedOn::Name,
                distance: 2,
                but: format!("is limited to the names {names}"),
                change: format!("add the name `{name}` to RULE"),
                list: "resourceNames",
                word: Some(name.to_owned()),
            }
        });
    }
    parts
}

fn listed_groups(groups: &[String]) -> String {
    listed(
        &groups
            .iter()
            .map(|group| if group.is_empty() { "\"\"".to_owned() } else { group.clone() })
            .collect::<Vec<_>>(),
    )
}

fn group_word(group: &str) -> String {
    if group.is_empty() { "the core group (`\"\"`)".to_owned() } else { format!("`{group}`") }
}

/// The first words of a list.
fn listed(words: &[String]) -> String {
    const SHOWN: usize = 3;
    let mut shown: Vec<String> = words.iter().take(SHOWN).map(|word| format!("`{word}`")).collect();
    if words.len() > SHOWN {
        shown.push(format!("{} more", words.len() - SHOWN));
    }
    if shown.is_empty() { "nothing".to_owned() } else { shown.join(", ") }
}
