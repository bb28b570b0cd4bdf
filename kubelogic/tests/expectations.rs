//! What is written about the present holds, and says everything.
#![cfg(test)]

use std::collections::BTreeSet;
use std::path::Path;

use kubelogic::expect::{self, Options};
use kubelogic::files::StdFiles;
use kubelogic::rbac::{self, Rbac};
use kubelogic::{Attributes, Cluster, LoadOptions, Object, Severity, UserInfo, read};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

const GROUP: &str = "rbac.authorization.k8s.io";
const VERBS: &[&str] =
    &["get", "list", "create", "delete", "escalate", "impersonate", "watch", "*", "frobnicate"];
const GROUPS: &[&str] =
    &["", "apps", "*", "example.com", "authorization.k8s.io", "rbac.authorization.k8s.io"];
const RESOURCES: &[&str] = &[
    "pods",
    "pods/log",
    "pods/*",
    "*/scale",
    "*",
    "secrets",
    "nodes",
    "namespaces",
    "deployments",
    "deployments/scale",
    "widgets",
    "widgets/status",
    "podz",
    "roles",
    "users",
    "configmaps",
];
const NAMES: &[&str] = &["a", "shop", "b:c", "d/e", "x y"];
const PATHS: &[&str] = &["/healthz", "/metrics/*", "*", "/*", "/a b"];
const NAMESPACES: &[&str] = &["shop", "bank", "cluster", "default"];
const USERS: &[&str] = &["ann", "CN=Bo Ng,O=x", "#x:y", "äpfel"];

fn some(words: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(words, 1..=most.min(words.len()))
}

fn rule() -> impl Strategy<Value = Value> {
    let resources = (some(VERBS, 3), some(GROUPS, 2), some(RESOURCES, 3), subsequence(NAMES, 0..=2)).prop_map(
        |(verbs, groups, resources, names)| {
            json!({"verbs": verbs, "apiGroups": groups, "resources": resources, "resourceNames": names})
        },
    );
    let paths = (some(&["get", "post", "*"], 2), some(PATHS, 2))
        .prop_map(|(verbs, urls)| json!({"verbs": verbs, "nonResourceURLs": urls}));
    prop_oneof![5 => resources, 1 => paths]
}

fn subject() -> impl Strategy<Value = Value> {
    prop_oneof![
        select(USERS).prop_map(|name| json!({"kind": "User", "name": name, "apiGroup": GROUP})),
        select(&["dev", "Domain Users", "system:authenticated"][..])
            .prop_map(|name| json!({"kind": "Group", "name": name, "apiGroup": GROUP})),
        (
            select(NAMESPACES),
            select(
                &[
                    "ci",
                    "default",
                    "an-operator-with-a-name-that-leaves-little-room-in-a-line-of-expectations"
                ][..]
            )
        )
            .prop_map(
                |(namespace, name)| json!({"kind": "ServiceAccount", "name": name, "namespace": namespace})
            ),
    ]
}

/// Roles and bindings; roles in namespaces have no rules for paths, as the API server wants it.
fn policy() -> impl Strategy<Value = Vec<Value>> {
    let binding = (
        prop::collection::vec(rule(), 1..4),
        prop::option::of(select(NAMESPACES)),
        prop::collection::vec(subject(), 1..3),
    );
    prop::collection::vec(binding, 1..5).prop_map(|bindings| {
        let mut objects = Vec::new();
        for (index, (rules, namespace, subjects)) in bindings.into_iter().enumerate() {
            let name = format!("r{index}");
            let binding = if namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
            let version = format!("{GROUP}/v1");
            objects.push(json!({
                "apiVersion": version, "kind": "ClusterRole", "metadata": {"name": name}, "rules": rules,
            }));
            let mut metadata = json!({"name": name});
            if let Some(namespace) = namespace {
                metadata["namespace"] = json!(namespace);
            }
            objects.push(json!({
                "apiVersion": version, "kind": binding, "metadata": metadata, "subjects": subjects,
                "roleRef": {"apiGroup": GROUP, "kind": "ClusterRole", "name": name},
            }));
        }
        objects
    })
}

fn cluster(objects: &[Value]) -> Cluster {
    let objects = objects.iter().map(|object| Object::from_serialize(object).unwrap());
    Cluster::load(objects, &LoadOptions::default()).unwrap()
}

/// The cluster with what is written about it.
fn stated(cluster: &Cluster, text: &str) -> Cluster {
    let reading = read::text(text, &read::Options::named("written.yaml"));
    assert!(reading.errors.is_empty() && reading.findings.is_empty(), "{:?}\n{text}", reading.errors);
    cluster.with(reading.objects).unwrap()
}

/// The subject of lines; names with spaces stand under `subjects`.
fn word(kind: &str, name: &str) -> String {
    match name {
        "CN=Bo Ng,O=x" => "subject:cn-bo-ng-o-x".to_owned(),
        "Domain Users" => "subject:domain-users".to_owned(),
        name => format!("{kind}:{name}"),
    }
}

fn users(objects: &[Value]) -> Vec<(String, UserInfo)> {
    let subjects = objects.iter().flat_map(|object| object["subjects"].as_array().into_iter().flatten());
    let mut users: Vec<(String, UserInfo)> = subjects
        .map(|subject| {
            let name = subject["name"].as_str().unwrap();
            match subject["kind"].as_str().unwrap() {
                "User" => (word("user", name), UserInfo::impersonated(name, Vec::<String>::new())),
                "Group" => (word("group", name), UserInfo::impersonated("", [name])),
                _ => {
                    let namespace = subject["namespace"].as_str().unwrap();
                    (
                        format!("serviceaccount:{namespace}/{name}"),
                        UserInfo::of_service_account(namespace, name),
                    )
                }
            }
        })
        .collect();
    users.sort_by(|left, right| left.0.cmp(&right.0));
    users.dedup();
    users
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_holds(objects in policy()) {
        let cluster = cluster(&objects);
        let written = expect::write(&cluster, &Options::default()).unwrap().result;
        let expected = expect::check(&stated(&cluster, &written.text), &Options::default()).unwrap();
        prop_assert_eq!(expected.lines.len(), written.lines);
        let wrong = expected.findings().filter(|finding| finding.severity == Severity::Error);
        prop_assert!(expected.holds, "{:#?}\n{}", wrong.collect::<Vec<_>>(), written.text);
        // No line is left out because it did not hold.
        prop_assert!(written.unstated.iter().all(|what| !what.contains("undecided")), "{:?}", written.unstated);
    }

    #[test]
    fn what_is_written_says_everything(objects in policy()) {
        let cluster = cluster(&objects);
        let compile = |cluster: &Cluster| Rbac::compile(cluster, &rbac::Options::default()).unwrap();
        let (rbac, bare) = (compile(&cluster), compile(&Cluster::load([], &LoadOptions::default()).unwrap()));
        let written = expect::write(&cluster, &Options::default()).unwrap().result;
        let stated = stated(&cluster, &written.text);
        let access = stated.declarations()[0].root().get("access").unwrap();
        let lines: Vec<&str> = access.items().filter_map(|line| line.as_str()).collect();
        for (subject, user) in users(&objects) {
            let lines: Vec<&str> =
                lines.iter().filter_map(|line| line.strip_prefix(&format!("{subject} can "))).collect();
            for asked in requests(&cluster) {
                // What everybody may do is said of those who bindings name.
                let alone = user.groups.iter().filter(|group| *group != "system:authenticated").cloned();
                let alone = UserInfo::exact(user.name.clone(), alone);
                let allowed = rbac.decide(&alone, &asked.attributes()).is_allowed();
                if allowed && !bare.decide(&user, &asked.attributes()).is_allowed() {
                    let said = lines.iter().any(|line| asked.is_said_by(line, &cluster));
                    prop_assert!(said, "{subject} can {asked:?}\n{}", written.text);
                }
            }
        }
    }
}

/// A request that a client can make and a line can name.
#[derive(Debug)]
struct Asked {
    verb: &'static str,
    group: &'static str,
    resource: &'static str,
    subresource: &'static str,
    name: &'static str,
    namespace: &'static str,
}

fn requests(cluster: &Cluster) -> Vec<Asked> {
    let mut requests = Vec::new();
    for group in GROUPS.iter().filter(|group| **group != "*") {
        for resource in RESOURCES {
            let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
            let known = cluster.discovery().resource(group, resource);
            if [resource, subresource].contains(&"*") || (known.is_none() && *group != "example.com") {
                continue;
            }
            let namespaces = if known.is_some_and(|known| !known.namespaced) {
                &[""][..]
            } else {
                &["", "shop", "cluster"]
            };
            for verb in ["get", "create", "frobnicate"] {
                for name in ["", "a", "shop"] {
                    requests.extend(namespaces.iter().map(|namespace| Asked {
                        verb,
                        group,
                        resource,
                        subresource,
                        name,
                        namespace,
                    }));
                }
            }
        }
    }
    requests
}

impl Asked {
    fn attributes(&self) -> Attributes<'_> {
        Attributes::resource(self.verb, self.group, self.resource)
            .subresource(self.subresource)
            .named(self.name)
            .in_namespace(self.namespace)
    }

    /// Whether a line, behind its `can`, says that the request is allowed: a reading of lines of its own.
    fn is_said_by(&self, line: &str, cluster: &Cluster) -> bool {
        let words: Vec<&str> = line.split(' ').collect();
        let behind = |word: &str| words.iter().position(|one| *one == word).map(|at| words[at + 1]);
        let Some(place) = behind("in") else { return false };
        let list = |word: &str| word.split(',').map(str::to_owned).collect::<BTreeSet<_>>();
        let (verbs, subresources) = (list(words[0]), behind("--subresource").map(list));
        let of_type = |given: &str| {
            let (word, name) = given.split_once('/').unwrap_or((given, ""));
            let (resource, group) = match word.split_once('.') {
                Some((resource, "core")) => (resource, ""),
                Some((resource, group)) => (resource, group),
                None if word == "*" => ("*", "*"),
                None => (word, cluster.discovery().resolve(word).resource.map_or("?", |known| known.group)),
            };
            (group == "*" || group == self.group)
                && (name.is_empty() || name == self.name)
                && (resource == "*" || resource == self.resource)
                && match &subresources {
                    None => resource == "*" || self.subresource.is_empty(),
                    Some(subresources) => subresources.contains(self.subresource),
                }
        };
        (verbs.contains("*") || verbs.contains(self.verb))
            && (place == "cluster" || place.trim_start_matches("namespace:") == self.namespace)
            && list(words[1]).iter().any(|given| of_type(given))
    }
}

#[test]
fn the_shop_is_as_its_expectations_say() {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/shop");
    let reading = read::files(&StdFiles, &[shop], true, &read::Options::named(""), &mut |_| {});
    let cluster = Cluster::of_reading(reading, &LoadOptions::default()).unwrap();
    let expected = expect::check(&cluster, &Options::default()).unwrap();
    assert!(expected.holds && expected.lines.len() > 5, "{:#?}", expected.findings().collect::<Vec<_>>());
}

#[test]
fn what_another_line_says_is_left_out_and_nothing_else() {
    let role = |name: &str, rules: Value| json!({"apiVersion": format!("{GROUP}/v1"), "kind": "ClusterRole", "metadata": {"name": name}, "rules": rules});
    let binding = |name: &str, namespace: Option<&str>| {
        let kind = if namespace.is_some() { "RoleBinding" } else { "ClusterRoleBinding" };
        let mut metadata = json!({"name": name});
        if let Some(namespace) = namespace {
            metadata["namespace"] = json!(namespace);
        }
        json!({
            "apiVersion": format!("{GROUP}/v1"), "kind": kind, "metadata": metadata,
            "roleRef": {"apiGroup": GROUP, "kind": "ClusterRole", "name": name},
            "subjects": [{"apiGroup": GROUP, "kind": "User", "name": "ann"}],
        })
    };
    let pods = json!([{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]);
    let more = json!([
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]},
        {"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["a"], "verbs": ["get", "update"]},
        {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]},
        {"apiGroups": ["apps"], "resources": ["*"], "verbs": ["*"]},
        {"apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["get"]},
    ]);
    let paths =
        json!([{"nonResourceURLs": ["/metrics/*", "/metrics/cadvisor", "/healthz"], "verbs": ["get"]}]);
    let cluster = cluster(&[
        role("pods", pods),
        role("more", more),
        role("paths", paths),
        binding("pods", None),
        binding("paths", None),
        binding("more", Some("shop")),
        binding("more", Some("bank")),
    ]);
    let written = expect::write(&cluster, &Options::default()).unwrap().result;
    let can: Vec<&str> = written.text.lines().filter(|line| line.starts_with("- user:ann can ")).collect();
    assert_eq!(
        can,
        [
            "- user:ann can get pods in cluster",
            "- user:ann can * *.apps in bank",
            "- user:ann can get configmaps in bank",
            "- user:ann can list pods in bank",
            "- user:ann can update configmaps/a in bank",
            "- user:ann can * *.apps in shop",
            "- user:ann can get configmaps in shop",
            "- user:ann can list pods in shop",
            "- user:ann can update configmaps/a in shop",
            "- user:ann can get /healthz,/metrics/*",
        ]
    );
}

#[test]
fn the_present_is_stated_sorted_and_grouped() {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/shop/access.yaml");
    let reading = read::files(&StdFiles, &[shop], true, &read::Options::named(""), &mut |_| {});
    let cluster = Cluster::of_reading(reading, &LoadOptions::default()).unwrap();
    let written = expect::write(&cluster, &Options::default()).unwrap().result;
    let lines: Vec<&str> =
        written.text.lines().skip_while(|line| !line.contains("serviceaccount:shop/ci")).collect();
    assert_eq!(
        lines,
        [
            "- serviceaccount:shop/ci can get,list,watch,patch deployments in shop",
            "- serviceaccount:shop/ci can get,update configmaps/shop-settings in shop",
            "- serviceaccount:shop/ci cannot get,list,watch secrets anywhere",
            "- serviceaccount:shop/ci cannot create pods --subresource attach,exec anywhere",
            "- serviceaccount:shop/ci cannot create serviceaccounts --subresource token anywhere",
            "- serviceaccount:shop/ci cannot bind,escalate clusterroles,roles anywhere",
            "- serviceaccount:shop/ci cannot impersonate groups,serviceaccounts,users anywhere",
            "- serviceaccount:shop/ci cannot create,update,patch clusterrolebindings,rolebindings anywhere",
            "- user:bo can get,list,watch nodes,pods in cluster",
            "- user:bo can get,list,watch pods --subresource log in cluster",
            "- user:bo can get /healthz/*,/metrics",
            "- user:bo cannot get,list,watch secrets anywhere",
            "- user:bo cannot create pods --subresource attach,exec anywhere",
            "- user:bo cannot create serviceaccounts --subresource token anywhere",
            "- user:bo cannot bind,escalate clusterroles,roles anywhere",
            "- user:bo cannot impersonate groups,serviceaccounts,users anywhere",
            "- user:bo cannot create,update,patch clusterrolebindings,rolebindings anywhere",
        ]
    );
    // The team may edit its namespace, and edits no roles there.
    assert!(written.text.contains("\n- group:storefront cannot get,list,watch secrets in cluster\n"));
    assert!(
        written
            .text
            .contains("\n- group:storefront can get,list,watch,create,update,patch,delete,deletecollection ")
    );
    // Default roles still name what moved to other groups long ago.
    assert_eq!(written.unstated.len(), 1, "{:?}", written.unstated);
    assert!(
        written.unstated[0].contains("does not have: daemonsets.extensions, "),
        "{}",
        written.unstated[0]
    );
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let published = include_str!("../../docs/schemas/expectations.schema.json");
    let schema = format!("{:#}\n", expect::schema());
    assert_eq!(published, schema, "write it again: `kubelogic expect --schema`");
}

#[test]
fn a_file_names_the_authorizers_that_its_lines_ask() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  nodeName: a\n  containers:\n  \
                - name: web\n    image: web\n    envFrom: [{secretRef: {name: db}}]\n---\n\
                apiVersion: kubelogic/v1alpha1\nkind: Expectations\nauthorizers: {modes: [Node, RBAC]}\naccess:\n\
                - 'node:a can get secrets/db in shop'\n- 'node:b cannot get secrets/db in shop'\n\
                - 'node:a cannot get secrets/other in shop'\n- 'node:a cannot get secrets/db in shop'\n";
    let reading = read::text(text, &read::Options::named("world.yaml"));
    let cluster = Cluster::of_reading(reading, &LoadOptions::default()).unwrap();
    let expected = expect::check(&cluster, &Options::default()).unwrap();
    let outcomes: Vec<&str> = expected.lines.iter().map(|line| line.outcome.name()).collect();
    assert_eq!(outcomes, ["holds", "holds", "holds", "fails"]);
    let finding = expected.lines[3].finding.as_ref().unwrap();
    assert!(finding.message.contains("Pod `shop/web` on node `a` names Secret `shop/db`"), "{finding}");
}
