//! The index against an evaluator that is slow and plain: it reads the objects as they are written.

use std::fmt::Write as _;

use crate::support::{bind, cluster_role, object, role, stored};
use kubelogic_core::access::{Attributes, Target, UserInfo};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// Binding, subject and rule that allow the request, by the order that this crate defines.
type Expected = Option<(String, usize, usize)>;

/// The plainest reading of upstream's authorizer.
fn expected(objects: &[Value], user: &UserInfo, attributes: &Attributes<'_>) -> Expected {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let find_role = |binding: &Value| {
        let reference = &binding["roleRef"];
        objects.iter().find(|role| {
            role["kind"] == reference["kind"]
                && role["metadata"]["name"] == reference["name"]
                && match text(&role["kind"]).as_str() {
                    "ClusterRole" => true,
                    "Role" => role["metadata"]["namespace"] == binding["metadata"]["namespace"],
                    _ => false,
                }
        })
    };
    for kind in ["ClusterRoleBinding", "RoleBinding"] {
        let mut bindings: Vec<&Value> = objects.iter().filter(|object| object["kind"] == kind).collect();
        bindings.sort_by_key(|binding| text(&binding["metadata"]["name"]));
        for binding in bindings {
            let namespace = text(&binding["metadata"]["namespace"]);
            if kind == "RoleBinding"
                && (attributes.namespace().is_empty() || namespace != attributes.namespace())
            {
                continue;
            }
            let subjects = binding["subjects"].as_array().unwrap();
            let Some(subject) = subjects.iter().position(|subject| is(subject, user, &namespace)) else {
                continue;
            };
            let rules = find_role(binding).map(|role| role["rules"].as_array().unwrap().clone());
            let rule = rules.unwrap_or_default().iter().position(|rule| permits(rule, attributes));
            if let Some(rule) = rule {
                return Some((text(&binding["metadata"]["name"]), subject, rule));
            }
        }
    }
    None
}

fn is(subject: &Value, user: &UserInfo, namespace: &str) -> bool {
    let name = subject["name"].as_str().unwrap();
    match subject["kind"].as_str().unwrap() {
        "User" => user.name == name,
        "Group" => user.groups.iter().any(|group| group == name),
        "ServiceAccount" => {
            let namespace = subject["namespace"].as_str().unwrap_or(namespace);
            !namespace.is_empty() && user.name == format!("system:serviceaccount:{namespace}:{name}")
        }
        _ => false,
    }
}

fn permits(rule: &Value, attributes: &Attributes<'_>) -> bool {
    let list = |key: &str| -> Vec<String> {
        let items = rule[key].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()
    };
    let any = |key: &str, fits: &dyn Fn(&str) -> bool| list(key).iter().any(|item| fits(item));
    let verb = any("verbs", &|verb| verb == "*" || verb == attributes.verb);
    match attributes.target {
        Target::Path(path) => {
            verb && any("nonResourceURLs", &|pattern| match pattern.strip_suffix('*') {
                Some(_) => path.starts_with(pattern.trim_end_matches('*')),
                None => path == pattern,
            })
        }
        Target::Resource { group, resource, subresource, name, .. } => {
            let mut whole = resource.to_owned();
            if !subresource.is_empty() {
                write!(whole, "/{subresource}").unwrap();
            }
            verb && any("apiGroups", &|given| given == "*" || given == group)
                && any("resources", &|given| {
                    given == "*"
                        || given == whole
                        || (!subresource.is_empty() && given == format!("*/{subresource}"))
                })
                && (list("resourceNames").is_empty() || any("resourceNames", &|given| given == name))
        }
    }
}

const VERBS: &[&str] = &["get", "list", "create", "delete", "use", "*", "odd", ""];
const GROUPS: &[&str] = &["", "apps", "batch", "*"];
const RESOURCES: &[&str] =
    &["pods", "pods/log", "pods/*", "secrets", "*", "*/log", "*/*", "deployments", "a/b/c", "*/b/c", ""];
const NAMES: &[&str] = &["", "a", "b", "*"];
const PATHS: &[&str] = &["/", "/healthz", "/healthz/*", "/api*", "*", "/x**", "/a/*/b"];
const NAMESPACES: &[&str] = &["shop", "bank"];
const SUBJECTS: &[&str] = &[
    "user:ann",
    "user:bob",
    "user:*",
    "group:dev",
    "group:ops",
    "group:ann",
    "sa:api",
    "sa:shop/api",
    "sa:bank/api",
    "user:system:serviceaccount:shop:api",
    "Robot:ann",
];
const USERS: &[&str] =
    &["ann", "bob", "*", "api", "system:serviceaccount:shop:api", "system:serviceaccount:bank:api", ""];

fn some(words: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(words, 0..=most)
}

fn rules() -> impl Strategy<Value = Vec<Value>> {
    let resource = (some(VERBS, 3), some(GROUPS, 2), some(RESOURCES, 3), some(NAMES, 1)).prop_map(
        |(verbs, groups, resources, names)| {
            json!({"verbs": verbs, "apiGroups": groups, "resources": resources, "resourceNames": names})
        },
    );
    let path = (some(VERBS, 3), some(PATHS, 2))
        .prop_map(|(verbs, paths)| json!({"verbs": verbs, "nonResourceURLs": paths}));
    prop::collection::vec(prop_oneof![4 => resource, 1 => path], 0..4)
}

fn objects() -> impl Strategy<Value = Vec<Value>> {
    let cluster = prop::collection::vec(rules(), 3).prop_map(|rules| {
        let roles = rules.iter().enumerate().map(|(index, rules)| cluster_role(&format!("r{index}"), rules));
        roles.collect::<Vec<_>>()
    });
    let namespaced = prop::collection::vec((select(NAMESPACES), rules()), 2).prop_map(|roles| {
        let mut made: Vec<Value> = Vec::new();
        for (namespace, rules) in roles {
            let new = role(namespace, "r0", &rules);
            if made.iter().all(|old| old["metadata"] != new["metadata"]) {
                made.push(new);
            }
        }
        made
    });
    let to = || (select(&["r0", "r1", "r2", "r3"][..]), some(SUBJECTS, 3));
    let cluster_bindings = prop::collection::vec(to(), 0..6).prop_map(|bindings| {
        let bindings = bindings.into_iter().enumerate().map(|(index, (role, subjects))| {
            bind(("ClusterRoleBinding", "", &format!("b{index}")), ("ClusterRole", role), &subjects)
        });
        bindings.collect::<Vec<_>>()
    });
    let kinds = || select(&["Role", "ClusterRole"][..]);
    let bindings = prop::collection::vec((select(NAMESPACES), kinds(), to()), 0..6).prop_map(|bindings| {
        let bindings =
            bindings.into_iter().enumerate().map(|(index, (namespace, kind, (role, subjects)))| {
                bind(("RoleBinding", namespace, &format!("b{index}")), (kind, role), &subjects)
            });
        bindings.collect::<Vec<_>>()
    });
    (cluster, namespaced, cluster_bindings, bindings)
        .prop_map(|(one, two, three, four)| [one, two, three, four].concat())
        .prop_shuffle()
}

#[derive(Clone, Debug)]
struct Question {
    user: UserInfo,
    verb: &'static str,
    path: Option<&'static str>,
    words: [&'static str; 5],
}

impl Question {
    fn attributes(&self) -> Attributes<'_> {
        let [group, resource, subresource, name, namespace] = self.words;
        match self.path {
            Some(path) => Attributes::path(self.verb, path),
            None => Attributes::resource(self.verb, group, resource)
                .subresource(subresource)
                .named(name)
                .in_namespace(namespace),
        }
    }
}

fn question() -> impl Strategy<Value = Question> {
    let user = (select(USERS), some(&["dev", "ops", "ann", "dev2"], 3));
    let path = prop_oneof![4 => Just(None), 1 => select(&["/", "/healthz", "/healthz/a", "/apis", "/x", "/a/*/b"][..]).prop_map(Some)];
    let words = (
        select(&["", "apps", "batch", "*", "none"][..]),
        select(&["pods", "secrets", "deployments", "*", "a", "none", ""][..]),
        select(&["", "", "log", "*", "b/c", "none"][..]),
        select(&["", "a", "b", "*", "none"][..]),
        select(&["", "shop", "bank", "none"][..]),
    );
    (user, select(VERBS), path, words).prop_map(|((name, groups), verb, path, words)| Question {
        user: UserInfo::exact(name, groups),
        verb,
        path,
        words: [words.0, words.1, words.2, words.3, words.4],
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_index_decides_as_the_plain_evaluator(
        objects in objects(),
        questions in prop::collection::vec(question(), 20),
    ) {
        let rbac = stored(objects.clone());
        for question in &questions {
            let attributes = question.attributes();
            let expected = expected(&objects, &question.user, &attributes);
            let decision = rbac.decide(&question.user, &attributes);
            let warm = rbac.decide_resolved(&rbac.resolve(&question.user), &rbac.request(&attributes)).unwrap();
            prop_assert_eq!(decision, warm);
            let found = decision.grant().map(|grant| (grant.subject as usize, grant.rule as usize));
            let wanted = expected.as_ref().map(|(_, subject, rule)| (*subject, *rule));
            prop_assert_eq!(found, wanted, "{:?}", question);
            if let Some((binding, ..)) = expected {
                let reason = rbac.reason(decision, &question.user, &attributes).unwrap();
                let named = format!("Binding \"{binding}");
                prop_assert!(reason.contains(&named), "{} should name {}", reason, binding);
                prop_assert!(rbac.reasons(&question.user, &attributes).contains(&reason));
            }
        }
    }
}

/// With more verbs than there are bits, and with words longer than any buffer.
#[test]
fn unusual_sizes_are_decided_alike() {
    let long = "x".repeat(300);
    let verbs: Vec<String> = (0..150).map(|number| format!("verb-{number}")).collect();
    let mut rules: Vec<Value> = verbs
        .iter()
        .map(|verb| json!({"verbs": [verb], "apiGroups": [""], "resources": [format!("of-{verb}")]}))
        .collect();
    rules.push(json!({"verbs": ["get"], "apiGroups": [""], "resources": [format!("{long}/log"), "*/exec"]}));
    let objects = [
        cluster_role("r", &rules),
        bind(("ClusterRoleBinding", "", "b"), ("ClusterRole", "r"), &["user:ann"]),
        object(
            "ClusterRoleBinding",
            "",
            "empty",
            json!({"roleRef": {"kind": "ClusterRole", "name": "r"}, "subjects": []}),
        ),
    ];
    let rbac = stored(objects.clone());
    let ann = UserInfo::exact("ann", ["dev"; 40]);
    for asked in &verbs {
        for of in ["verb-0", "verb-70", "verb-149", asked] {
            let resource = format!("of-{of}");
            let attributes = Attributes::resource(asked, "", &resource);
            let allowed = rbac.decide(&ann, &attributes).is_allowed();
            assert_eq!(allowed, expected(&objects, &ann, &attributes).is_some(), "{attributes}");
            assert_eq!(allowed, asked == of, "{attributes}");
        }
    }
    for (resource, subresource, allowed) in
        [(long.as_str(), "log", true), (&long, "exec", true), (&long, "status", false), ("y", &long, false)]
    {
        let attributes = Attributes::resource("get", "", resource).subresource(subresource);
        assert_eq!(rbac.decide(&ann, &attributes).is_allowed(), allowed, "{attributes}");
    }
}
