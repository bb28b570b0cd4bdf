//! The requests that a line asks about.

use std::collections::BTreeSet;
use std::fmt;

use kubelogic_core::access::Attributes;
use kubelogic_rbac::PolicyRule;

use super::super::line::{Fault, Line, Place, Target, Type, Word};
use super::names::Known;
use super::{Judge, Remark};

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Request {
    pub(super) verb: String,
    pub(super) target: Wanted,
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanted {
    Path(String),
    Resource { group: String, resource: String, subresource: String, name: String, namespace: String },
}

/// Everything that a line asks about.
pub(super) struct Asked {
    /// What it says, each combination of its words.
    pub(super) literal: Vec<Request>,
    /// What the words of a `cannot` line cover besides: requests that some rule allows to somebody.
    pub(super) covered: Vec<Request>,
}

impl Asked {
    pub(super) fn of(line: &Line<'_>, judge: &Judge, remarks: &mut Vec<Remark>) -> Result<Self, Fault> {
        match &line.target {
            Target::Paths(paths) => {
                for verb in &line.verbs {
                    judge.names.check_path_verb(*verb)?;
                }
                Ok(Self::of_paths(line, paths, judge))
            }
            Target::Resources { types, subresources, place } => {
                for verb in &line.verbs {
                    judge.names.check_verb(*verb)?;
                }
                Self::of_resources(line, (types, subresources, *place), judge, remarks)
            }
        }
    }

    fn of_paths(line: &Line<'_>, paths: &[Word<'_>], judge: &Judge) -> Self {
        let mut literal = Vec::new();
        let mut covered = BTreeSet::new();
        for verb in &line.verbs {
            for path in paths {
                literal.push(Request::path(verb.text, path.text));
                if line.can {
                    continue;
                }
                for rule in rules(judge) {
                    let urls = || rule.non_resource_urls.iter().filter_map(|url| shared_path(path.text, url));
                    for verb in shared(verb.text, &rule.verbs) {
                        covered.extend(urls().map(|path| Request::path(verb, path)));
                    }
                }
            }
        }
        Self::without_repetition(literal, covered)
    }

    fn of_resources(
        line: &Line<'_>,
        (types, subresources, place): (&[Type<'_>], &[Word<'_>], Place<'_>),
        judge: &Judge,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, Fault> {
        let mut literal = Vec::new();
        let mut covered = BTreeSet::new();
        let main = [Word { text: "", at: 0 }];
        let subresources = if subresources.is_empty() { &main } else { subresources };
        for one in types {
            let known = Known::of(one, judge, remarks)?;
            for subresource in subresources {
                known.check_subresource(*subresource, judge)?;
            }
            let places = places(&known, one, place, line.can, judge, remarks)?;
            let name = one.name.map_or("", |name| name.text);
            for verb in &line.verbs {
                for subresource in subresources {
                    for namespace in &places {
                        let resource = (known.group.as_str(), known.plural.as_str());
                        literal.extend(Request::resource(
                            verb.text,
                            resource,
                            (subresource.text, name),
                            namespace,
                            judge,
                        ));
                        if line.can {
                            continue;
                        }
                        let wanted =
                            Pattern { verb: verb.text, resource, subresource: subresource.text, name };
                        for rule in rules(judge) {
                            wanted.shared_with(rule, namespace, judge, &mut covered);
                        }
                    }
                }
            }
        }
        Ok(Self::without_repetition(literal, covered))
    }

    fn without_repetition(literal: Vec<Request>, mut covered: BTreeSet<Request>) -> Self {
        let mut seen = BTreeSet::new();
        let literal: Vec<Request> =
            literal.into_iter().filter(|request| seen.insert(request.clone())).collect();
        covered.retain(|request| !seen.contains(request));
        Self { literal, covered: covered.into_iter().collect() }
    }
}

/// The rules of every role, those of ClusterRoles after aggregation.
fn rules(judge: &Judge) -> impl Iterator<Item = &PolicyRule> {
    judge.rbac.roles().flat_map(|role| role.rules())
}

/// The namespaces in which requests are made; the empty one is the whole cluster.
fn places(
    known: &Known,
    one: &Type<'_>,
    place: Place<'_>,
    can: bool,
    judge: &Judge,
    remarks: &mut Vec<Remark>,
) -> Result<Vec<String>, Fault> {
    let resource = one.resource;
    match place {
        Place::Cluster(_) => Ok(vec![String::new()]),
        Place::Namespace(namespace) => {
            judge.names.check_namespace(namespace, remarks)?;
            // A request for one namespace carries its own name as its namespace.
            let of_itself = known.is_namespaces() && one.name.is_some_and(|name| name.text == namespace.text);
            if known.namespaced == Some(false) && !of_itself {
                let message = format!("`{}` belongs to no namespace", resource.text);
                return Err(Fault::new(resource.at, message).help("write `in cluster`"));
            }
            Ok(vec![namespace.text.to_owned()])
        }
        Place::Anywhere(word) => {
            if can {
                let fault = Fault::new(word.at, "only a `cannot` line can be about `anywhere`");
                return Err(fault.help("what is allowed in every namespace is allowed `in cluster`"));
            }
            let mut places = vec![String::new()];
            if known.namespaced != Some(false) {
                // Elsewhere only ClusterRoleBindings count, as they do in the cluster.
                places.extend(judge.names.bound_namespaces().map(str::to_owned));
            }
            Ok(places)
        }
    }
}

/// What a `cannot` line is about.
struct Pattern<'a> {
    verb: &'a str,
    /// Group and resource.
    resource: (&'a str, &'a str),
    subresource: &'a str,
    name: &'a str,
}

impl Pattern<'_> {
    /// The requests that are both covered by the pattern and allowed by a rule to those who have it.
    fn shared_with(
        &self,
        rule: &PolicyRule,
        namespace: &str,
        judge: &Judge,
        covered: &mut BTreeSet<Request>,
    ) {
        let (group, resource) = self.resource;
        let names: Vec<&str> = match (self.name, rule.resource_names.as_slice()) {
            ("", []) => vec![""],
            ("", names) => names.iter().map(String::as_str).collect(),
            (name, []) => vec![name],
            (name, names) if names.iter().any(|own| own == name) => vec![name],
            _ => return,
        };
        for verb in shared(self.verb, &rule.verbs) {
            for group in shared(group, &rule.api_groups) {
                for own in &rule.resources {
                    let Some((resource, subresource)) = shared_resource(resource, self.subresource, own)
                    else {
                        continue;
                    };
                    covered.extend(names.iter().filter_map(|name| {
                        Request::resource(verb, (group, resource), (subresource, name), namespace, judge)
                    }));
                }
            }
        }
    }
}

/// The words of a rule that a word covers, each as narrow as either of them.
fn shared<'a>(wanted: &'a str, own: &'a [String]) -> impl Iterator<Item = &'a str> {
    own.iter().filter_map(move |own| match own.as_str() {
        "*" => Some(wanted),
        own if wanted == "*" || own == wanted => Some(own),
        _ => None,
    })
}

/// What a resource of a rule and a wanted one have in common: a resource and its subresource.
fn shared_resource<'a>(wanted: &'a str, subresource: &'a str, own: &'a str) -> Option<(&'a str, &'a str)> {
    // upstream: pkg/apis/rbac/v1/evaluation_helpers.go (ResourceMatches)
    if own == "*" {
        return Some((wanted, subresource));
    }
    let (own, own_subresource) = own.split_once('/').unwrap_or((own, ""));
    // A star that stands alone covers subresources, too.
    let covers_subresource = subresource == own_subresource
        || (subresource == "*" && !own_subresource.is_empty())
        || (wanted == "*" && subresource.is_empty());
    if !covers_subresource {
        return None;
    }
    match own {
        "*" => Some((wanted, own_subresource)),
        own if own == wanted || wanted == "*" => Some((own, own_subresource)),
        _ => None,
    }
}

/// The path that a path of a rule and a wanted one have in common; a star at the end stands for any end.
fn shared_path<'a>(wanted: &'a str, own: &'a str) -> Option<&'a str> {
    // upstream: pkg/apis/rbac/v1/evaluation_helpers.go (NonResourceURLMatches)
    match (wanted.strip_suffix('*'), own.strip_suffix('*')) {
        (None, None) => (wanted == own).then_some(own),
        (Some(start), None) => own.starts_with(start).then_some(own),
        (None, Some(start)) => wanted.starts_with(start).then_some(wanted),
        (Some(start), Some(own_start)) if own_start.starts_with(start) => {
            // A rule for every path has no slash of its own.
            Some(if own_start.is_empty() { wanted } else { own })
        }
        (Some(start), Some(own_start)) => start.starts_with(own_start).then_some(wanted),
    }
}

/// Verbs whose requests carry no name in the path.
const OF_MANY: [&str; 4] = ["create", "deletecollection", "list", "watch"];

impl Request {
    fn path(verb: &str, path: &str) -> Self {
        Self { verb: verb.to_owned(), target: Wanted::Path(path.to_owned()) }
    }

    /// A request for a resource, unless nobody can make it there.
    fn resource(
        verb: &str,
        (group, resource): (&str, &str),
        (subresource, name): (&str, &str),
        place: &str,
        judge: &Judge,
    ) -> Option<Self> {
        let mut namespace = place;
        if (group, resource) == ("", "namespaces") && !name.is_empty() && !OF_MANY.contains(&verb) {
            // upstream: apiserver pkg/endpoints/request/requestinfo.go: /api/v1/namespaces/NAME is in NAME.
            namespace = name;
        } else if !place.is_empty() {
            let known = judge.discovery().resource(group, resource);
            if known.is_some_and(|known| !known.namespaced) {
                return None;
            }
        }
        if !place.is_empty() && namespace != place {
            return None;
        }
        let target = Wanted::Resource {
            group: group.to_owned(),
            resource: resource.to_owned(),
            subresource: subresource.to_owned(),
            name: name.to_owned(),
            namespace: namespace.to_owned(),
        };
        Some(Self { verb: verb.to_owned(), target })
    }

    /// The request as an authorizer sees it.
    pub(super) fn attributes(&self) -> Attributes<'_> {
        match &self.target {
            Wanted::Path(path) => Attributes::path(&self.verb, path),
            Wanted::Resource { group, resource, subresource, name, namespace } => {
                Attributes::resource(&self.verb, group, resource)
                    .subresource(subresource)
                    .named(name)
                    .in_namespace(namespace)
            }
        }
    }
}

impl fmt::Display for Request {
    /// ``get `deployments.apps/web` in `shop` ``
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wanted::Resource { group, resource, subresource, name, namespace } = &self.target else {
            return match &self.target {
                Wanted::Path(path) => write!(out, "{} `{path}`", self.verb),
                Wanted::Resource { .. } => Ok(()),
            };
        };
        write!(out, "{} `{resource}", self.verb)?;
        match group.as_str() {
            "" => {}
            "*" if resource == "*" => {}
            group => write!(out, ".{group}")?,
        }
        if !name.is_empty() {
            write!(out, "/{name}")?;
        }
        out.write_str("`")?;
        if !subresource.is_empty() {
            write!(out, " with subresource `{subresource}`")?;
        }
        match namespace.as_str() {
            "" => out.write_str(" in the cluster"),
            namespace => write!(out, " in `{namespace}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_rule_and_a_line_have_in_common() {
        let cases = [
            // wanted, subresource, of a rule, in common
            ("pods", "", "pods", Some(("pods", ""))),
            ("pods", "", "*", Some(("pods", ""))),
            ("pods", "", "pods/log", None),
            ("pods", "", "services", None),
            ("pods", "log", "pods/log", Some(("pods", "log"))),
            ("pods", "log", "pods", None),
            ("pods", "log", "*/log", Some(("pods", "log"))),
            ("pods", "log", "pods/*", None),
            ("pods", "*", "pods/log", Some(("pods", "log"))),
            ("pods", "*", "pods/*", Some(("pods", "*"))),
            ("pods", "*", "pods", None),
            ("pods", "*", "*/scale", Some(("pods", "scale"))),
            ("*", "", "pods/log", Some(("pods", "log"))),
            ("*", "", "*/scale", Some(("*", "scale"))),
            ("*", "", "*", Some(("*", ""))),
            ("*", "log", "pods/log", Some(("pods", "log"))),
            ("*", "log", "pods", None),
        ];
        for (wanted, subresource, own, common) in cases {
            assert_eq!(shared_resource(wanted, subresource, own), common, "{wanted} {subresource} {own}");
        }
        let paths = [
            ("/healthz", "/healthz", Some("/healthz")),
            ("/healthz", "*", Some("/healthz")),
            ("/healthz/x", "/healthz/*", Some("/healthz/x")),
            ("/healthz/*", "/healthz/x", Some("/healthz/x")),
            ("/healthz/*", "/*", Some("/healthz/*")),
            ("/healthz/*", "*", Some("/healthz/*")),
            ("/*", "*", Some("/*")),
            ("/*", "/healthz/*", Some("/healthz/*")),
            ("/healthz", "/metrics", None),
            ("/a/*", "/b/*", None),
        ];
        for (wanted, own, common) in paths {
            assert_eq!(shared_path(wanted, own), common, "{wanted} {own}");
        }
    }
}
