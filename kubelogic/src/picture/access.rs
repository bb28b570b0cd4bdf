//! Who is granted what: subjects, the bindings that name them, and the roles that bindings grant.

use std::collections::{BTreeSet, HashMap, HashSet};

use kubelogic_core::object::{FieldPath, Object};
use kubelogic_rbac::{Binding, BindingKind, EffectiveRole, PolicyRule, Rbac, RoleKind, Subject, SubjectKind};

use super::{Cluster, Edge, Graph, Line, Node, Tone};

/// More rules of a role than this are counted.
const MOST_RULES: usize = 20;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AccessGraphOptions {
    /// Only what RoleBindings of this namespace grant, and the roles of the namespace.
    pub namespace: Option<String>,
    /// Whether the bindings and roles that every API server creates are drawn, too. Otherwise the roles among them are
    /// drawn that given bindings grant.
    pub defaults: bool,
}

/// Draws who is granted what by which binding. A role that a binding names and that is not there is bad; a service
/// account that is not there, and a role that allows everything, are worth a look.
///
/// ```
/// use kubelogic::picture::{AccessGraphOptions, Tone, access_graph};
/// use kubelogic::rbac::{Options, Rbac};
/// use kubelogic::{Cluster, LoadOptions, read};
///
/// let text = r#"
/// apiVersion: rbac.authorization.k8s.io/v1
/// kind: RoleBinding
/// metadata: {name: readers, namespace: shop}
/// subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
/// roleRef: {kind: Role, name: reader, apiGroup: rbac.authorization.k8s.io}
/// "#;
/// let objects = read::text(text, &read::Options::named("rbac.yaml")).objects;
/// let cluster = Cluster::load(objects, &LoadOptions::default())?;
/// let rbac = Rbac::compile(&cluster, &Options::default())?;
/// let graph = access_graph(&rbac, &AccessGraphOptions::default());
/// let nodes: Vec<_> = graph.nodes.iter().map(|node| (node.kind.as_str(), node.label.as_str(), node.tone)).collect();
/// assert_eq!(nodes, [
///     ("User", "ann", Tone::Plain),
///     ("RoleBinding", "readers", Tone::Plain),
///     ("Role", "reader", Tone::Bad), // it is not there
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn access_graph(rbac: &Rbac, options: &AccessGraphOptions) -> Graph {
    let mut drawing = Drawing {
        rbac,
        graph: Graph::new("Who is granted what"),
        drawn: HashSet::new(),
        roles: rbac.roles().map(|role| ((role.kind(), role.namespace(), role.name()), role)).collect(),
    };
    let wanted = |namespace: &str| options.namespace.as_ref().is_none_or(|wanted| wanted == namespace);
    let bindings: Vec<Binding> =
        if options.defaults { rbac.bindings().collect() } else { rbac.given_bindings().collect() };
    for binding in bindings.iter().filter(|binding| wanted(&binding.namespace)) {
        drawing.binding(binding);
    }
    // Roles that nothing grants.
    for role in rbac.roles().filter(|role| options.defaults || !role.is_default()) {
        if wanted(role.namespace()) {
            drawing.role(role.kind(), role.namespace(), role.name());
        }
    }
    drawing.finish(options)
}

struct Drawing<'a> {
    rbac: &'a Rbac,
    graph: Graph,
    /// Ids of nodes, and of edges with both ends.
    drawn: HashSet<String>,
    roles: HashMap<(RoleKind, &'a str, &'a str), EffectiveRole<'a>>,
}

impl Drawing<'_> {
    fn binding(&mut self, binding: &Binding) {
        let subjects: Vec<String> =
            binding.subjects.iter().filter_map(|subject| self.subject(subject, &binding.namespace)).collect();
        let id = id(binding.kind.name(), &binding.namespace, &binding.name);
        let mut node = Node::new(&id, &binding.name).kind(binding.kind.name()).at(place(&binding.object));
        if binding.kind == BindingKind::RoleBinding {
            node = node.in_cluster(&binding.namespace);
        }
        if binding.subjects.is_empty() {
            node = node.tone(Tone::Muted).detail("subjects", "none");
        }
        self.node(node);
        for subject in subjects {
            self.edge(Edge::new(subject, &id).kind("subject"));
        }
        let reference = &binding.role_ref;
        let Some(kind) = RoleKind::of(&reference.kind) else { return };
        let namespace = if kind == RoleKind::Role { binding.namespace.as_str() } else { "" };
        let is_there = self.role(kind, namespace, &reference.name);
        let edge = Edge::new(&id, self::id(kind.name(), namespace, &reference.name)).kind("roleRef");
        self.edge(if is_there { edge } else { edge.tone(Tone::Bad).line(Line::Dashed) });
    }

    /// Draws a subject; nothing for a kind that means nothing to the API server.
    fn subject(&mut self, subject: &Subject, binding_namespace: &str) -> Option<String> {
        let kind = subject.subject_kind()?;
        let node = if kind == SubjectKind::ServiceAccount {
            let namespace =
                if subject.namespace.is_empty() { binding_namespace } else { subject.namespace.as_str() };
            let node =
                Node::new(id(&subject.kind, namespace, &subject.name), &subject.name).in_cluster(namespace);
            if self.rbac.holds_account(namespace, &subject.name) {
                node
            } else {
                node.tone(Tone::Warning).detail("state", "not there")
            }
        } else {
            Node::new(id(&subject.kind, "", &subject.name), &subject.name)
        };
        let id = node.id.clone();
        self.node(node.kind(&subject.kind));
        Some(id)
    }

    /// Draws a role, and says whether it is there.
    fn role(&mut self, kind: RoleKind, namespace: &str, name: &str) -> bool {
        let mut node = Node::new(id(kind.name(), namespace, name), name).kind(kind.name());
        if kind == RoleKind::Role {
            node = node.in_cluster(namespace);
        }
        let found = self.roles.get(&(kind, namespace, name)).copied();
        if let Some(role) = found {
            if role.is_default() {
                node = node.tone(Tone::Muted).detail("origin", "default of every API server");
            } else {
                node = node.at(place(role.object()));
            }
            if role.rules().any(allows_everything) {
                node = node.tone(Tone::Warning);
            }
            for rule in role.rules().take(MOST_RULES) {
                node = node.detail("rule", in_words(rule));
            }
            let more = role.rules().len().saturating_sub(MOST_RULES);
            if more > 0 {
                node = node.detail("rule", format!("and {more} more"));
            }
        } else {
            node = node.tone(Tone::Bad).detail("state", "not there");
        }
        self.node(node);
        found.is_some()
    }

    fn node(&mut self, node: Node) {
        if self.drawn.insert(node.id.clone()) {
            self.graph.nodes.push(node);
        }
    }

    fn edge(&mut self, edge: Edge) {
        if self.drawn.insert(format!("{}\0{}", edge.from, edge.to)) {
            self.graph.edges.push(edge);
        }
    }

    /// Names the namespaces, and counts.
    fn finish(mut self, options: &AccessGraphOptions) -> Graph {
        let namespaces: BTreeSet<&String> =
            self.graph.nodes.iter().filter_map(|node| node.cluster.as_ref()).collect();
        self.graph.clusters =
            namespaces.into_iter().map(|name| Cluster::new(name, name).kind("Namespace")).collect();
        let count = |kinds: &[&str]| {
            self.graph.nodes.iter().filter(|node| kinds.contains(&node.kind.as_str())).count()
        };
        let place =
            options.namespace.as_ref().map(|name| format!(" in namespace {name}")).unwrap_or_default();
        self.graph.description = format!(
            "Kubernetes {}: {} subjects, {} bindings, {} roles{place}.",
            self.rbac.kube_version(),
            count(&["User", "Group", "ServiceAccount"]),
            count(&["RoleBinding", "ClusterRoleBinding"]),
            count(&["Role", "ClusterRole"]),
        );
        self.graph
    }
}

fn id(kind: &str, namespace: &str, name: &str) -> String {
    format!("{kind}/{namespace}/{name}")
}

fn place(object: &Object) -> String {
    object.root().location(FieldPath::root()).to_string()
}

fn allows_everything(rule: &PolicyRule) -> bool {
    let all = |words: &[String]| words.iter().any(|word| word == "*");
    all(&rule.verbs) && all(&rule.resources) && all(&rule.api_groups)
}

/// `get, list: pods, deployments.apps`
fn in_words(rule: &PolicyRule) -> String {
    let mut things = rule.non_resource_urls.clone();
    for resource in &rule.resources {
        for group in &rule.api_groups {
            things.push(if group.is_empty() || (group == "*" && resource == "*") {
                resource.clone()
            } else {
                format!("{resource}.{group}")
            });
        }
    }
    let names = match rule.resource_names.as_slice() {
        [] => String::new(),
        names => format!(" named {}", names.join(", ")),
    };
    format!("{}: {}{names}", rule.verbs.join(", "), things.join(", "))
}

#[cfg(test)]
mod tests;
