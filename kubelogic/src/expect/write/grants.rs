//! What the rules behind some bindings allow, with nothing said twice.

use std::collections::{BTreeMap, BTreeSet};

use kubelogic_rbac::{Binding, EffectiveRole, PolicyRule};

use super::super::access::Judge;

/// Verbs by what they are allowed with, and where.
pub(super) struct Grants {
    pub(super) allowed: BTreeMap<(Where, What), BTreeSet<String>>,
    /// What no line can say.
    pub(super) unstated: BTreeSet<String>,
    /// Resources of rules that the API server does not have.
    pub(super) unknown: BTreeSet<String>,
}

/// A namespace; nothing for the whole cluster, which comes first.
pub(super) type Where = Option<String>;

/// Something that verbs apply to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// The resource as a line names it, the subresource, and the name of one object.
    Resource {
        word: String,
        group: String,
        resource: String,
        subresource: String,
        name: String,
    },
    Path(String),
}

/// Verbs whose requests for a namespace are not made in it.
const OF_MANY: [&str; 4] = ["create", "deletecollection", "list", "watch"];

impl Grants {
    pub(super) fn of(bindings: &[Binding], judge: &Judge) -> Self {
        let mut grants =
            Self { allowed: BTreeMap::new(), unstated: BTreeSet::new(), unknown: BTreeSet::new() };
        for binding in bindings {
            let place = (!binding.namespace.is_empty()).then(|| binding.namespace.clone());
            let role = judge.rbac.roles().find(|role| {
                let namespace = if role.namespace().is_empty() { "" } else { binding.namespace.as_str() };
                role.kind().name() == binding.role_ref.kind
                    && role.name() == binding.role_ref.name
                    && role.namespace() == namespace
            });
            for rule in role.iter().flat_map(EffectiveRole::rules) {
                grants.add(rule, &place, judge);
            }
        }
        grants.drop_implied();
        grants
    }

    fn add(&mut self, rule: &PolicyRule, place: &Where, judge: &Judge) {
        let verbs: BTreeSet<String> = rule.verbs.iter().cloned().collect();
        if verbs.is_empty() {
            return;
        }
        for group in &rule.api_groups {
            for resource in &rule.resources {
                let names: &[String] =
                    if rule.resource_names.is_empty() { &[String::new()] } else { &rule.resource_names };
                for name in names {
                    self.add_resource((group, resource, name), place, &verbs, judge);
                }
            }
        }
        // Paths are of no namespace: a RoleBinding allows none.
        if place.is_none() {
            for url in &rule.non_resource_urls {
                self.add_path(url, verbs.clone());
            }
        }
    }

    fn add_resource(
        &mut self,
        (group, resource, name): (&str, &str, &str),
        place: &Where,
        verbs: &BTreeSet<String>,
        judge: &Judge,
    ) {
        let (main, subresource) = resource.split_once('/').unwrap_or((resource, ""));
        let Some((word, namespaced)) = judge.word_for(group, main) else {
            let whole = if group.is_empty() { resource.to_owned() } else { format!("{resource}.{group}") };
            self.unknown.insert(whole);
            return;
        };
        let mut name = name.to_owned();
        let mut verbs = verbs.clone();
        if let (Some(namespace), Some(false)) = (place, namespaced) {
            // A request for one namespace is made in it; nobody asks for other such resources in a namespace.
            if (group, main) != ("", "namespaces") || !(name.is_empty() || name == *namespace) {
                return;
            }
            name.clone_from(namespace);
            verbs.retain(|verb| !OF_MANY.contains(&verb.as_str()));
            if verbs.is_empty() {
                return;
            }
        }
        let is_part = |text: &str| !text.contains(|letter: char| letter.is_whitespace() || letter == ',');
        let are_parts = [main, subresource, name.as_str()].into_iter().all(is_part);
        if !are_parts || !verbs.iter().all(|verb| is_part(verb)) {
            let list = verbs.into_iter().collect::<Vec<_>>().join(",");
            let name = if name.is_empty() { String::new() } else { format!(" named `{name}`") };
            let place = place.as_deref().unwrap_or("the cluster");
            self.unstated.insert(format!("{list} {word}{name} in {place}"));
            return;
        }
        let what = What::Resource {
            word,
            group: group.to_owned(),
            resource: main.to_owned(),
            subresource: subresource.to_owned(),
            name,
        };
        self.allowed.entry((place.clone(), what)).or_default().extend(verbs);
    }

    fn add_path(&mut self, url: &str, verbs: BTreeSet<String>) {
        // A star alone is every path.
        let path = if url == "*" { "/*" } else { url };
        if path.starts_with('/') && !path.contains(|letter: char| letter.is_whitespace() || letter == ',') {
            self.allowed.entry((None, What::Path(path.to_owned()))).or_default().extend(verbs);
        } else {
            let list = verbs.into_iter().collect::<Vec<_>>().join(",");
            self.unstated.insert(format!("{list} {url}"));
        }
    }

    /// Takes away what another entry says, too.
    fn drop_implied(&mut self) {
        let mut implied = Vec::new();
        for (narrow, verbs) in &self.allowed {
            let mut left = verbs.clone();
            if left.contains("*") {
                left.retain(|verb| verb == "*");
            }
            for (wide, others) in &self.allowed {
                if wide != narrow && covers(wide, narrow) {
                    left.retain(|verb| !others.contains(verb) && !others.contains("*"));
                }
            }
            implied.push((narrow.clone(), left));
        }
        self.allowed = implied.into_iter().filter(|(_, verbs)| !verbs.is_empty()).collect();
    }
}

/// Whether whoever may do something with the first may do it with the second.
fn covers((wide_place, wide): &(Where, What), (place, narrow): &(Where, What)) -> bool {
    if wide_place.is_some() && wide_place != place {
        return false;
    }
    match (wide, narrow) {
        (What::Path(wide), What::Path(narrow)) => {
            wide.strip_suffix('*').is_some_and(|start| narrow.starts_with(start))
        }
        (
            What::Resource { group, resource, subresource, name, .. },
            What::Resource {
                group: own_group,
                resource: own,
                subresource: own_subresource,
                name: own_name,
                ..
            },
        ) => {
            let all = resource == "*" && subresource.is_empty();
            (group == "*" || group == own_group)
                && (name.is_empty() || name == own_name)
                && (all || (subresource == own_subresource && (resource == own || resource == "*")))
        }
        _ => false,
    }
}
