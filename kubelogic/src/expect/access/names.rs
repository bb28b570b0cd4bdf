//! What the words of a line name: verbs, resources, namespaces and subjects, and what was meant by those that name
//! nothing.

use std::collections::BTreeSet;

use kubelogic_core::access::UserInfo;
use kubelogic_core::cluster::{Cluster, GroupKind};
use kubelogic_core::near::nearest;
use kubelogic_core::schema::{Discovery, Resource, verb_warning};
use kubelogic_rbac::{BindingKind, Rbac, SubjectKind as RbacSubject};

use super::super::line::{Fault, Subject, SubjectKind, Type, Word, did_you_mean};
use super::{Judge, Remark};

/// Verbs of requests for resources that people mistype; the list of those that are taken is upstream's.
const VERBS: [&str; 15] = [
    "approve",
    "attest",
    "bind",
    "create",
    "delete",
    "deletecollection",
    "escalate",
    "get",
    "impersonate",
    "list",
    "patch",
    "sign",
    "update",
    "use",
    "watch",
];
/// The same for paths.
const PATH_VERBS: [&str; 7] = ["delete", "get", "head", "options", "patch", "post", "put"];

/// What people call a verb and what the API server calls something else.
const NO_VERBS: [(&str, &str); 12] = [
    ("apply", "`patch`, and `create` for what is not there yet"),
    ("attach", "`create pods --subresource attach`"),
    ("edit", "`get,patch`"),
    ("evict", "`create pods --subresource eviction`"),
    ("exec", "`create pods --subresource exec`"),
    ("log", "`get pods --subresource log`"),
    ("logs", "`get pods --subresource log`"),
    ("port-forward", "`create pods --subresource portforward`"),
    ("portforward", "`create pods --subresource portforward`"),
    ("read", "`get,list,watch`"),
    ("scale", "`update --subresource scale` of the resource"),
    ("write", "`create,update,patch,delete`"),
];

/// Namespaces that every cluster has.
const DEFAULT_NAMESPACES: [&str; 4] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/// Resources of no discovery document: requests to act as somebody are made for them.
// upstream: apiserver pkg/endpoints/filters/impersonation/impersonation.go
const IMPERSONATED: [(&str, &str); 4] = [
    ("", "groups"),
    ("", "users"),
    ("authentication.k8s.io", "uids"),
    ("authentication.k8s.io", "userextras"),
];

/// Everything that roles, bindings and namespaces of a cluster name.
pub(super) struct Names {
    verbs: BTreeSet<String>,
    path_verbs: BTreeSet<String>,
    /// Resources of rules with their groups, subresources included.
    resources: BTreeSet<(String, String)>,
    namespaces: BTreeSet<String>,
    /// Whether the input holds Namespace objects: then one that is not among them is worth a word.
    lists_namespaces: bool,
    /// Those with a RoleBinding.
    bound: BTreeSet<String>,
    users: BTreeSet<String>,
    groups: BTreeSet<String>,
    /// `NAMESPACE/NAME`, both of bindings and of objects.
    accounts: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(cluster: &Cluster, rbac: &Rbac) -> Self {
        let mut names = Self {
            verbs: BTreeSet::new(),
            path_verbs: BTreeSet::new(),
            resources: BTreeSet::new(),
            namespaces: cluster
                .namespaces()
                .into_iter()
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            lists_namespaces: false,
            bound: BTreeSet::new(),
            users: BTreeSet::new(),
            groups: BTreeSet::new(),
            accounts: BTreeSet::new(),
        };
        names.namespaces.extend(DEFAULT_NAMESPACES.map(str::to_owned));
        for (_, namespace) in cluster.of_kind(&GroupKind::new("", "Namespace")) {
            names.lists_namespaces = true;
            names.namespaces.insert(namespace.name().to_owned());
        }
        for (namespace, account) in cluster.of_kind(&GroupKind::new("", "ServiceAccount")) {
            names.accounts.insert(format!("{namespace}/{}", account.name()));
        }
        for rule in rbac.roles().flat_map(|role| role.rules()) {
            let verbs =
                if rule.non_resource_urls.is_empty() { &mut names.verbs } else { &mut names.path_verbs };
            verbs.extend(rule.verbs.iter().cloned());
            for group in &rule.api_groups {
                names
                    .resources
                    .extend(rule.resources.iter().map(|resource| (group.clone(), resource.clone())));
            }
        }
        for binding in rbac.bindings() {
            if binding.kind == BindingKind::RoleBinding {
                names.bound.insert(binding.namespace.clone());
            }
            for subject in &binding.subjects {
                match subject.subject_kind() {
                    Some(RbacSubject::User) => names.users.insert(subject.name.clone()),
                    Some(RbacSubject::Group) => names.groups.insert(subject.name.clone()),
                    Some(RbacSubject::ServiceAccount) => {
                        let own = subject.namespace.as_str();
                        let namespace = if own.is_empty() { &binding.namespace } else { own };
                        names.accounts.insert(format!("{namespace}/{}", subject.name))
                    }
                    None => false,
                };
            }
        }
        names
    }

    /// Namespaces with RoleBindings.
    pub(super) fn bound_namespaces(&self) -> impl Iterator<Item = &str> {
        self.bound.iter().map(String::as_str)
    }

    pub(super) fn check_verb(&self, verb: Word<'_>) -> Result<(), Fault> {
        // Roles may have verbs of their own, for whoever asks the API server about them.
        if verb_warning(verb.text, false).is_none() || self.verbs.contains(verb.text) {
            return Ok(());
        }
        let fault = Fault::new(verb.at, format!("`{}` is no verb", verb.text));
        let other = NO_VERBS.iter().find(|(word, _)| *word == verb.text);
        Err(match other {
            Some((_, instead)) => fault.help(format!("write {instead}")),
            None => did_you_mean(fault, nearest(verb.text, VERBS)),
        })
    }

    pub(super) fn check_path_verb(&self, verb: Word<'_>) -> Result<(), Fault> {
        if verb_warning(verb.text, true).is_none() || self.path_verbs.contains(verb.text) {
            return Ok(());
        }
        let fault = Fault::new(verb.at, format!("`{}` is no verb of requests for paths", verb.text));
        Err(did_you_mean(fault, nearest(verb.text, PATH_VERBS)))
    }

    pub(super) fn check_namespace(&self, word: Word<'_>, remarks: &mut Vec<Remark>) -> Result<(), Fault> {
        let name = word.text;
        let is_label = name.len() <= 63
            && !name.starts_with('-')
            && !name.ends_with('-')
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_label {
            return Err(Fault::new(word.at, format!("`{name}` is no name of a namespace")));
        }
        if !self.namespaces.contains(name) {
            let near = nearest(name, self.namespaces.iter().map(String::as_str));
            if near.is_none() && !self.lists_namespaces {
                return Ok(());
            }
            remarks.push(Remark {
                at: word.at,
                code: "expect/unknown-namespace",
                message: format!("nothing in the input is in namespace `{name}`"),
                help: near.map(|near| format!("did you mean `{near}`?")),
            });
        }
        Ok(())
    }

    /// A name that nothing binds is worth a word when a name that is bound is near: `cannot` lines about it hold.
    pub(super) fn remark_on_subject(
        &self,
        subject: &Subject<'_>,
        user: &UserInfo,
        remarks: &mut Vec<Remark>,
    ) {
        let name = subject.name.text;
        let (known, what) = match subject.kind {
            SubjectKind::User => (&self.users, "no binding names user"),
            SubjectKind::Group => (&self.groups, "no binding names group"),
            SubjectKind::ServiceAccount => (&self.accounts, "the input holds no service account"),
            SubjectKind::Node | SubjectKind::Named => return,
        };
        let is_default = subject.kind == SubjectKind::ServiceAccount && name.ends_with("/default");
        if known.contains(name)
            || is_default
            || user
                .service_account()
                .is_some_and(|(namespace, name)| self.accounts.contains(&format!("{namespace}/{name}")))
        {
            return;
        }
        let near = nearest(name, known.iter().map(String::as_str));
        if near.is_none() && subject.kind != SubjectKind::ServiceAccount {
            return;
        }
        remarks.push(Remark {
            at: subject.name.at,
            code: "expect/unknown-subject",
            message: format!("{what} `{name}`"),
            help: near.map(|near| format!("did you mean `{near}`?")),
        });
    }
}

/// A resource of a line.
pub(super) struct Known {
    pub(super) group: String,
    pub(super) plural: String,
    /// Nothing when that cannot be told.
    pub(super) namespaced: Option<bool>,
}

impl Known {
    pub(super) fn of(one: &Type<'_>, judge: &Judge, remarks: &mut Vec<Remark>) -> Result<Self, Fault> {
        let discovery = judge.discovery();
        let word = one.resource;
        let known = if word.text == "*" {
            Self { group: "*".to_owned(), plural: "*".to_owned(), namespaced: None }
        } else if let Some(group) = word.text.strip_prefix("*.") {
            let at = word.at + word.text.len() - group.len();
            let group = group_named(Word { text: group, at }, discovery)?;
            Self { group, plural: "*".to_owned(), namespaced: None }
        } else if let Some(plural) = word.text.strip_suffix(".*") {
            in_all_groups(Word { text: plural, at: word.at }, judge)?
        } else {
            resource_named(word, judge, remarks)?
        };
        if let Some(name) = one.name
            && discovery.subresources(&known.group, &known.plural).any(|own| own == name.text)
        {
            remarks.push(Remark {
                at: name.at,
                code: "expect/subresource-as-name",
                message: format!("the line is about an object that is named `{}`", name.text),
                help: Some(format!("for the subresource write `{} --subresource {}`", word.text, name.text)),
            });
        }
        Ok(known)
    }

    pub(super) fn is_namespaces(&self) -> bool {
        (self.group.as_str(), self.plural.as_str()) == ("", "namespaces")
    }

    pub(super) fn check_subresource(&self, word: Word<'_>, judge: &Judge) -> Result<(), Fault> {
        let discovery = judge.discovery();
        let Some(known) = discovery.resource(&self.group, &self.plural) else { return Ok(()) };
        let whole = (self.group.clone(), format!("{}/{}", self.plural, word.text));
        if matches!(word.text, "" | "*") || judge.names.resources.contains(&whole) {
            return Ok(());
        }
        // Custom resources have none in discovery data, and can have these.
        let custom = ["scale", "status"];
        let built_in: Vec<&str> = discovery.subresources(&self.group, &self.plural).collect();
        let is_custom = self.group.contains('.') && built_in.is_empty();
        if built_in.contains(&word.text) || (is_custom && custom.contains(&word.text)) {
            return Ok(());
        }
        let fault = Fault::new(word.at, format!("`{}` has no subresource `{}`", known.plural, word.text));
        Err(did_you_mean(fault, nearest(word.text, built_in)))
    }
}

/// A group, `core` for the one without a name.
fn group_named(word: Word<'_>, discovery: &Discovery) -> Result<String, Fault> {
    if word.text == "core" {
        return Ok(String::new());
    }
    if word.text.contains('.') || discovery.resources().any(|resource| resource.group == word.text) {
        return Ok(word.text.to_owned());
    }
    let fault = Fault::new(word.at, format!("`{}` is no API group", word.text));
    let groups = discovery.resources().map(|resource| resource.group).filter(|group| !group.is_empty());
    Err(did_you_mean(fault, nearest(word.text, groups.chain(["core"]))))
}

/// A resource of this name in every group.
fn in_all_groups(plural: Word<'_>, judge: &Judge) -> Result<Known, Fault> {
    let discovery = judge.discovery();
    let is_known = discovery.resources().any(|known| known.plural == plural.text);
    let is_in_rules = judge.names.resources.iter().any(|(_, own)| own.split('/').next() == Some(plural.text));
    if !is_known && !is_in_rules {
        let fault = Fault::new(plural.at, format!("there is no resource `{}` in any group", plural.text));
        return Err(did_you_mean(
            fault,
            nearest(plural.text, discovery.resources().map(|known| known.plural)),
        ));
    }
    // Some group that is not known may have it with another scope.
    Ok(Known { group: "*".to_owned(), plural: plural.text.to_owned(), namespaced: None })
}

fn resource_named(word: Word<'_>, judge: &Judge, remarks: &mut Vec<Remark>) -> Result<Known, Fault> {
    let discovery = judge.discovery();
    let found = |resource: Resource<'_>| Known {
        group: resource.group.to_owned(),
        plural: resource.plural.to_owned(),
        namespaced: Some(resource.namespaced),
    };
    let core = word.text.strip_suffix(".core");
    let resolved = discovery.resolve(core.unwrap_or(word.text));
    if let Some(resource) = resolved.resource
        && (core.is_none() || resource.group.is_empty())
    {
        if let Some(warning) = resolved.warnings.first() {
            remarks.push(Remark {
                at: word.at,
                code: "expect/ambiguous-name",
                message: warning.clone(),
                help: Some(format!("the line is about `{}`", full_name(resource.group, resource.plural))),
            });
        }
        return Ok(found(resource));
    }
    let (plural, group) = match core {
        Some(plural) => (plural, ""),
        None => word.text.split_once('.').unwrap_or((word.text, "")),
    };
    // What an API server serves only when it is told to can be named in full.
    if let Some(resource) = discovery.resource(group, plural) {
        return Ok(found(resource));
    }
    if IMPERSONATED.contains(&(group, plural)) {
        return Ok(Known { group: group.to_owned(), plural: plural.to_owned(), namespaced: Some(false) });
    }
    let fault = Fault::new(word.at, format!("there is no resource `{}`", word.text));
    let near = near_resource(plural, group, discovery);
    // The group of a custom resource has a dot: upstream apiextensions validation.go wants a domain. One group may have
    // resources of several projects, of which the input defines some.
    let built_in = Discovery::of(discovery.kube_version());
    let is_foreign = group.contains('.') && !built_in.resources().any(|resource| resource.group == group);
    if !is_foreign || near.is_some() {
        return Err(did_you_mean(fault, near.as_deref()));
    }
    if !judge
        .names
        .resources
        .iter()
        .any(|(own, resource)| own == group && resource.split('/').next() == Some(plural))
    {
        remarks.push(Remark {
            at: word.at,
            code: "expect/unknown-resource",
            message: format!("nothing in the input knows a resource `{}`", word.text),
            help: Some("give its CustomResourceDefinition, too, and the name is checked".to_owned()),
        });
    }
    Ok(Known { group: group.to_owned(), plural: plural.to_owned(), namespaced: None })
}

/// The resource that was probably meant, as it is written.
fn near_resource(plural: &str, group: &str, discovery: &Discovery) -> Option<String> {
    let same_group = || discovery.resources().filter(|known| known.group == group);
    if group.is_empty() {
        let names = discovery.resources().flat_map(|known| [known.plural, known.singular]);
        let near = nearest(plural, names)?;
        let known = discovery.resources().find(|known| known.plural == near || known.singular == near)?;
        return Some(full_name(known.group, known.plural));
    }
    if same_group().next().is_some() {
        let near = nearest(plural, same_group().map(|known| known.plural));
        let elsewhere = || discovery.resources().find(|known| known.plural == plural);
        return near
            .map(|near| full_name(group, near))
            .or_else(|| elsewhere().map(|known| full_name(known.group, known.plural)));
    }
    // The resource is right and its group is misspelt.
    let groups = discovery.resources().filter(|known| known.plural == plural).map(|known| known.group);
    let near = nearest(group, groups.filter(|group| !group.is_empty()))?;
    Some(full_name(near, plural))
}

/// The shortest word that names a resource of a rule, and whether its objects live in namespaces.
pub(super) fn word_for(group: &str, plural: &str, judge: &Judge) -> Option<(String, Option<bool>)> {
    if plural == "*" {
        let word = match group {
            "*" => "*".to_owned(),
            "" => "*.core".to_owned(),
            group => {
                group_named(Word { text: group, at: 0 }, judge.discovery()).ok()?;
                format!("*.{group}")
            }
        };
        return Some((word, None));
    }
    if group == "*" {
        let all = in_all_groups(Word { text: plural, at: 0 }, judge).ok()?;
        return Some((format!("{plural}.*"), all.namespaced));
    }
    let long = if group.is_empty() { format!("{plural}.core") } else { full_name(group, plural) };
    [plural.to_owned(), long].into_iter().find_map(|word| {
        let known = resource_named(Word { text: &word, at: 0 }, judge, &mut Vec::new()).ok()?;
        (known.group == group && known.plural == plural).then_some((word, known.namespaced))
    })
}

fn full_name(group: &str, plural: &str) -> String {
    if group.is_empty() { plural.to_owned() } else { format!("{plural}.{group}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggested_verbs_are_known_ones() {
        for verb in VERBS {
            assert_eq!(verb_warning(verb, false), None, "{verb}");
        }
        for verb in PATH_VERBS {
            assert_eq!(verb_warning(verb, true), None, "{verb}");
        }
        for (word, _) in NO_VERBS {
            assert!(verb_warning(word, false).is_some(), "{word}");
        }
    }
}
