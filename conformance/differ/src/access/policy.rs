//! Generated policies: with default roles, aggregation through selectors of every form, and long chains.

use serde_json::{Map, Value, json};

use crate::random::Random;

const VERBS: &[&str] = &["get", "list", "watch", "create", "delete", "impersonate", "use", "*", "odd", ""];
const GROUPS: &[&str] = &["", "apps", "batch", "rbac.authorization.k8s.io", "*"];
const RESOURCES: &[&str] = &[
    "pods",
    "pods/log",
    "pods/status",
    "deployments",
    "deployments/scale",
    "secrets",
    "*",
    "*/scale",
    "*/log",
    "pods/*",
    "*/*",
    "a/b/c",
];
const PLAIN: &[&str] = &["pods", "deployments", "secrets", "roles", "*", "a", "nodes", ""];
const SUBRESOURCES: &[&str] = &["", "", "", "log", "status", "scale", "*", "b/c"];
const NAMES: &[&str] = &["", "a", "b", "*"];
const URLS: &[&str] = &["/healthz", "/healthz/*", "/api*", "*", "/x**", "/a/*/b", "/metrics", ""];
const PATHS: &[&str] =
    &["/healthz", "/healthz/", "/healthz/x", "/apis", "/x", "/a/*/b", "/metrics", "/version", ""];
const USERS: &[&str] = &[
    "ann",
    "bob",
    "*",
    "",
    "system:admin",
    "system:kube-scheduler",
    "Ann",
    "é\"\n",
    "system:serviceaccount:shop:api",
];
const SOME_GROUPS: &[&str] = &[
    "dev",
    "ops",
    "system:masters",
    "system:authenticated",
    "system:unauthenticated",
    "system:serviceaccounts",
    "system:serviceaccounts:shop",
    "system:nodes",
    "ann",
];
const NAMESPACES: &[&str] = &["shop", "bank", "kube-system"];
const KEYS: &[&str] = &["to-a", "to-b", "to-c", "rbac.authorization.k8s.io/aggregate-to-view"];
const VALUES: &[&str] = &["true", "false", ""];
const DEFAULT_ROLES: &[&str] =
    &["view", "edit", "admin", "cluster-admin", "system:node", "system:discovery", "gone"];

/// Words and chances, drawn from one seed.
struct Dice(Random);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0.below(limit)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.0.pick(words)
    }

    fn some(&mut self, words: &[&'static str], least: usize, most: usize) -> Vec<&'static str> {
        let count = least + self.below(most - least + 1);
        (0..count).map(|_| self.one(words)).collect()
    }
}

/// One question in the oracle's form.
pub(super) fn question(seed: u64, number: usize, requests: usize) -> Value {
    let mut dice = Dice(Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64)));
    let roles = 2 + dice.below(8);
    let bootstrap = dice.chance(30);
    let mut objects: Vec<Value> = Vec::new();
    for role in 0..roles {
        objects.push(cluster_role(&mut dice, &format!("r{role}"), role));
    }
    for namespace in NAMESPACES {
        for role in 0..dice.below(3) {
            let own = rules(&mut dice, false);
            objects.push(object("Role", namespace, &format!("r{role}"), json!({"rules": own})));
        }
    }
    for binding in 0..dice.below(12) {
        objects.push(binding_of(&mut dice, "", binding, roles));
    }
    for binding in 0..dice.below(16) {
        let namespace = dice.one(NAMESPACES);
        objects.push(binding_of(&mut dice, namespace, binding, roles));
    }
    let asked: Vec<Value> = (0..requests).map(|_| request(&mut dice)).collect();
    json!({
        "id": format!("own/{seed}-{number}"), "ask": "access.can-many", "order": "all",
        "bootstrap": bootstrap, "aggregate": bootstrap || dice.chance(60), "objects": objects, "questions": asked,
    })
}

fn object(kind: &str, namespace: &str, name: &str, fields: Value) -> Value {
    let mut metadata = Map::from_iter([("name".to_owned(), json!(name))]);
    if !namespace.is_empty() {
        metadata.insert("namespace".to_owned(), json!(namespace));
    }
    let mut object =
        json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": metadata});
    if let (Some(object), Value::Object(fields)) = (object.as_object_mut(), fields) {
        object.extend(fields);
    }
    object
}

fn cluster_role(dice: &mut Dice, name: &str, number: usize) -> Value {
    let mut role = object("ClusterRole", "", name, json!({"rules": rules(dice, true)}));
    if dice.chance(10) {
        set(&mut role, "rules", Value::Null);
    }
    let mut labels = Map::new();
    for key in KEYS {
        if dice.chance(25) {
            labels.insert((*key).to_owned(), json!(dice.one(VALUES)));
        }
    }
    // Numbers in the labels let selectors avoid circles most of the time.
    labels.insert("number".to_owned(), json!(number.to_string()));
    if let Some(metadata) = role.get_mut("metadata") {
        set(metadata, "labels", Value::Object(labels));
    }
    if dice.chance(35) {
        let selectors: Vec<Value> = (0..=dice.below(2)).map(|_| selector(dice, number)).collect();
        set(&mut role, "aggregationRule", json!({"clusterRoleSelectors": selectors}));
    }
    role
}

fn selector(dice: &mut Dice, number: usize) -> Value {
    let mut selector = json!({});
    if dice.chance(50) {
        set(&mut selector, "matchLabels", json!({dice.one(KEYS): dice.one(VALUES)}));
    }
    let mut expressions = Vec::new();
    if dice.chance(60) {
        let operator = dice.one(&["In", "NotIn", "Exists", "DoesNotExist"]);
        let values = if operator.ends_with("In") { dice.some(VALUES, 1, 2) } else { Vec::new() };
        expressions.push(json!({"key": dice.one(KEYS), "operator": operator, "values": values}));
    }
    if dice.chance(92) {
        let higher: Vec<String> = (number + 1..=number + 11).map(|higher| higher.to_string()).collect();
        expressions.push(json!({"key": "number", "operator": "In", "values": higher}));
    }
    if dice.chance(3) {
        // The controller cannot use this one and leaves the role alone.
        expressions.push(json!({"key": "x", "operator": "In", "values": []}));
    }
    if !expressions.is_empty() {
        set(&mut selector, "matchExpressions", json!(expressions));
    }
    selector
}

fn rules(dice: &mut Dice, paths: bool) -> Vec<Value> {
    let count = dice.below(4);
    let made = (0..count).map(|_| {
        let mut rule = json!({"verbs": dice.some(VERBS, 0, 3)});
        if paths && dice.chance(20) {
            set(&mut rule, "nonResourceURLs", json!(dice.some(URLS, 1, 2)));
        }
        if dice.chance(85) {
            set(&mut rule, "apiGroups", json!(dice.some(GROUPS, 1, 2)));
            set(&mut rule, "resources", json!(dice.some(RESOURCES, 1, 3)));
        }
        if dice.chance(20) {
            set(&mut rule, "resourceNames", json!(dice.some(NAMES, 1, 2)));
        }
        rule
    });
    made.collect()
}

fn binding_of(dice: &mut Dice, namespace: &str, number: usize, roles: usize) -> Value {
    let kind = if namespace.is_empty() { "ClusterRoleBinding" } else { "RoleBinding" };
    let role_kind = if !namespace.is_empty() && dice.chance(35) { "Role" } else { "ClusterRole" };
    let role =
        if dice.chance(25) { dice.one(DEFAULT_ROLES).to_owned() } else { format!("r{}", dice.below(roles)) };
    let subjects: Vec<Value> = (0..dice.below(4)).map(|_| subject(dice)).collect();
    let reference = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": role_kind, "name": role});
    // Names out of the order in which they are made.
    let name = format!("b{:02}", (number * 7 + 3) % 20);
    object(kind, namespace, &name, json!({"roleRef": reference, "subjects": subjects}))
}

fn subject(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0..=2 => json!({"kind": "User", "name": dice.one(USERS)}),
        3..=5 => json!({"kind": "Group", "name": dice.one(SOME_GROUPS)}),
        6 => json!({"kind": "ServiceAccount", "name": dice.one(&["api", "default"])}),
        _ => json!({"kind": "ServiceAccount", "name": "api", "namespace": dice.one(NAMESPACES)}),
    }
}

fn request(dice: &mut Dice) -> Value {
    let name = if dice.chance(25) {
        format!("system:serviceaccount:{}:{}", dice.one(NAMESPACES), dice.one(&["api", "default"]))
    } else {
        dice.one(USERS).to_owned()
    };
    let user = json!({"name": name, "groups": dice.some(SOME_GROUPS, 0, 3)});
    let verb = dice.one(VERBS);
    let request = if dice.chance(15) {
        json!({"verb": verb, "path": dice.one(PATHS)})
    } else {
        let namespace = if dice.chance(70) { dice.one(NAMESPACES) } else { "" };
        json!({
            "verb": verb, "group": dice.one(GROUPS), "resource": dice.one(PLAIN),
            "subresource": dice.one(SUBRESOURCES), "name": dice.one(NAMES), "namespace": namespace,
        })
    };
    json!({"user": user, "request": request})
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}
