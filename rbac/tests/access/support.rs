//! Objects and questions in few words.

use kubelogic_core::access::{Attributes, Authorization, Authorizer, Decision, UserInfo};
use kubelogic_core::cluster::{Cluster, LoadOptions};
use kubelogic_core::object::Object;
use kubelogic_rbac::{Bootstrap, Options, Rbac, RbacError};
use serde_json::{Value, json};

pub(crate) fn options() -> Options {
    let mut options = Options::default();
    options.bootstrap = Bootstrap::Never;
    options
}

pub(crate) fn try_compile(
    objects: impl IntoIterator<Item = Value>,
    load: &LoadOptions,
    options: &Options,
) -> Result<Rbac, RbacError> {
    let objects = objects.into_iter().map(|value| Object::from_serialize(&value).unwrap());
    Rbac::compile(&Cluster::load(objects, load)?, options)
}

pub(crate) fn compile(objects: impl IntoIterator<Item = Value>) -> Rbac {
    try_compile(objects, &LoadOptions::default(), &options()).unwrap()
}

/// The objects as an API server holds them, whatever it would say about them today.
pub(crate) fn stored(objects: impl IntoIterator<Item = Value>) -> Rbac {
    let mut options = options();
    options.stored = true;
    try_compile(objects, &LoadOptions::default(), &options).unwrap()
}

pub(crate) fn rule(verbs: &[&str], groups: &[&str], resources: &[&str]) -> Value {
    json!({"verbs": verbs, "apiGroups": groups, "resources": resources})
}

pub(crate) fn named_rule(verbs: &[&str], groups: &[&str], resources: &[&str], names: &[&str]) -> Value {
    json!({"verbs": verbs, "apiGroups": groups, "resources": resources, "resourceNames": names})
}

pub(crate) fn path_rule(verbs: &[&str], paths: &[&str]) -> Value {
    json!({"verbs": verbs, "nonResourceURLs": paths})
}

pub(crate) fn object(kind: &str, namespace: &str, name: &str, fields: Value) -> Value {
    let mut object = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": {"name": name},
    });
    if !namespace.is_empty() {
        object["metadata"]["namespace"] = json!(namespace);
    }
    let Value::Object(fields) = fields else { panic!("fields must be an object") };
    object.as_object_mut().unwrap().extend(fields);
    object
}

pub(crate) fn cluster_role(name: &str, rules: &[Value]) -> Value {
    object("ClusterRole", "", name, json!({"rules": rules}))
}

pub(crate) fn role(namespace: &str, name: &str, rules: &[Value]) -> Value {
    object("Role", namespace, name, json!({"rules": rules}))
}

pub(crate) fn subject(text: &str) -> Value {
    let (kind, name) = text.split_once(':').unwrap();
    match kind {
        "user" => json!({"kind": "User", "name": name}),
        "group" => json!({"kind": "Group", "name": name}),
        "sa" => match name.split_once('/') {
            Some((namespace, name)) => {
                json!({"kind": "ServiceAccount", "namespace": namespace, "name": name})
            }
            None => json!({"kind": "ServiceAccount", "name": name}),
        },
        other => json!({"kind": other, "name": name}),
    }
}

pub(crate) fn bind_cluster(name: &str, role: &str, subjects: &[&str]) -> Value {
    bind(("ClusterRoleBinding", "", name), ("ClusterRole", role), subjects)
}

pub(crate) fn bind(
    (kind, namespace, name): (&str, &str, &str),
    (role_kind, role): (&str, &str),
    subjects: &[&str],
) -> Value {
    let subjects: Vec<Value> = subjects.iter().map(|text| subject(text)).collect();
    let role_ref = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": role_kind, "name": role});
    object(kind, namespace, name, json!({"roleRef": role_ref, "subjects": subjects}))
}

pub(crate) fn user(name: &str, groups: &[&str]) -> UserInfo {
    UserInfo::exact(name, groups.iter().copied())
}

/// `VERB RESOURCE[.GROUP][/SUBRESOURCE] [-n NAMESPACE] [NAME]`, or `VERB /PATH`.
pub(crate) fn attributes(text: &str) -> Attributes<'_> {
    let mut words = text.split(' ');
    let verb = words.next().unwrap();
    let target = words.next().unwrap();
    if target.starts_with('/') {
        return Attributes::path(verb, target);
    }
    let (resource, subresource) = target.split_once('/').unwrap_or((target, ""));
    let (resource, group) = resource.split_once('.').unwrap_or((resource, ""));
    let mut attributes = Attributes::resource(verb, group, resource).subresource(subresource);
    while let Some(word) = words.next() {
        attributes = match word {
            "-n" => attributes.in_namespace(words.next().unwrap()),
            name => attributes.named(name),
        };
    }
    attributes
}

/// The answer as upstream would give it: `yes REASON` or `no REASON`.
pub(crate) fn ask(rbac: &Rbac, user: &UserInfo, request: &str) -> String {
    let attributes = attributes(request);
    let Authorization { decision, reason, error } = rbac.authorize(user, &attributes);
    assert_eq!(error, None, "upstream's RBAC authorizer returns no error");
    let principal = rbac.resolve(user);
    let warm = rbac.decide_resolved(&principal, &rbac.request(&attributes)).unwrap();
    assert_eq!(warm, rbac.decide(user, &attributes), "{request}");
    let verdict = match decision {
        Decision::Allow => "yes",
        Decision::NoOpinion => "no",
        Decision::Deny => panic!("RBAC never denies"),
    };
    format!("{verdict} {reason}").trim_end().to_owned()
}

pub(crate) fn allows(rbac: &Rbac, user: &UserInfo, request: &str) -> bool {
    ask(rbac, user, request).starts_with("yes")
}
