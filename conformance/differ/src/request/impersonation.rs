//! Requests of one user in the name of another.

use serde_json::{Value, json};

use crate::random::Random;

const MODES: &[&str] = &["associated-node", "arbitrary-node", "serviceaccount", "user-info"];

const USERS: &[&str] = &[
    "ann",
    "bob",
    "system:anonymous",
    "system:serviceaccount:shop:api",
    "system:serviceaccount:shop:API",
    "system:serviceaccount:shop",
    "system:node:worker-0",
    "system:node:worker-1",
    "system:node:Bad",
    "system:node:",
    "",
    "<b>",
];

const GROUPS: &[&str] = &[
    "dev",
    "ops",
    "qa",
    "hr",
    "system:masters",
    "",
    "system:authenticated",
    "system:unauthenticated",
    "system:nodes",
];

const EXTRA: &[&str] = &[
    "example.com%2fteam",
    "example.com%2FTeam",
    "scopes",
    "Scopes",
    "",
    "a%zz",
    "%41bc%2fx",
    "bad_host%2fx",
    "example.com%2f",
    "example.com%2f%20",
    "example.com%2Fa%2fb",
    "example.com%2f%41",
];

/// A request with impersonation headers, and rules that allow some of it.
pub(super) fn question(random: &mut Random) -> Value {
    let mut headers: Vec<Value> = Vec::new();
    let mut header = |name: &str, value: &str| headers.push(json!({"name": name, "value": value}));
    if !random.once_in(15) {
        let name = random.pick(&["Impersonate-User", "impersonate-user", "IMPERSONATE-USER"]);
        header(name, random.pick(USERS));
    }
    if random.once_in(2) {
        for _ in 0..random.choose(&[0, 1, 1, 2, 3, 4, 5]) {
            header("Impersonate-Group", random.pick(GROUPS));
        }
    }
    if random.once_in(6) {
        header("Impersonate-Uid", random.pick(&["", "42", "a b"]));
    }
    if random.once_in(3) {
        for _ in 0..random.choose(&[1, 1, 1, 1, 2]) {
            let name = format!("Impersonate-Extra-{}", random.pick(EXTRA));
            for _ in 0..random.choose(&[1, 1, 2, 4]) {
                header(&name, random.pick(&["shop", "x", "", "y"]));
            }
        }
    }
    let user = random.pick(&["bob", "system:serviceaccount:shop:agent", "system:node:worker-0"]);
    let extra = match random.below(3) {
        0 => json!({}),
        1 => json!({"authentication.kubernetes.io/node-name": ["worker-0"], "k": ["v"]}),
        _ => json!({"authentication.kubernetes.io/node-name": ["worker-0", "worker-1"]}),
    };
    let request = random.pick(&[
        "GET /api/v1/namespaces/shop/pods",
        "GET /api/v1/nodes/worker-0",
        "POST /apis/apps/v1/namespaces/shop/deployments",
        "GET /healthz",
        "DELETE /api/v1/namespaces/shop/pods/web",
        "OPTIONS /api/v1/pods",
        "GET /api/v1/pods?fieldSelector=spec.nodeName%3Dworker-0",
        "GET /api/v1/a\"b/<x>",
    ]);
    let mut wanted: Vec<(String, &str)> = Vec::new();
    for _ in 0..random.below(8) {
        let resource = random.pick(&[
            "users",
            "groups",
            "serviceaccounts",
            "nodes",
            "uids",
            "userextras/*",
            "*",
            "*",
            "pods",
        ]);
        let verb = match random.below(5) {
            0 => "impersonate".to_owned(),
            1 => "*".to_owned(),
            2 => format!("impersonate:{}", random.pick(MODES)),
            _ => format!(
                "impersonate-on:{}:{}",
                random.pick(MODES),
                random.pick(&["list", "get", "create", "delete"])
            ),
        };
        wanted.push((verb, resource));
    }
    let wanted: Vec<(&str, &str)> =
        wanted.iter().map(|(verb, resource)| (verb.as_str(), *resource)).collect();
    json!({
        "user": {"name": user, "groups": ["dev"], "extra": extra}, "headers": headers, "request": request,
        "bootstrap": false, "objects": rules(random, &wanted),
    })
}

/// Whether what upstream says depends on Go's map order.
pub(super) fn is_random(question: &Value) -> bool {
    let headers = question.get("headers").and_then(Value::as_array).into_iter().flatten();
    let names = headers.filter_map(|header| header.get("name")?.as_str());
    let mut extra: Vec<String> =
        names.map(str::to_ascii_lowercase).filter(|name| name.starts_with("impersonate-extra-")).collect();
    extra.sort();
    extra.dedup();
    extra.len() > 1
}

/// Roles with some of these verbs on resources, and bindings of them.
pub(super) fn rules(random: &mut Random, wanted: &[(&str, &str)]) -> Value {
    let rules: Vec<Value> = wanted
        .iter()
        .map(|(verb, resource)| {
            let group = random.pick(&["", "authentication.k8s.io", "*", "*"]);
            let mut rule = json!({"verbs": [verb], "apiGroups": [group], "resources": [resource]});
            if random.once_in(4)
                && let Some(fields) = rule.as_object_mut()
            {
                let names = [
                    random.pick(&["ann", "dev", "*", "worker-0", "api"]),
                    random.pick(&["ops", "shop", "web"]),
                ];
                fields.insert("resourceNames".to_owned(), json!(names));
            }
            rule
        })
        .collect();
    let mut objects = vec![json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "r"}, "rules": rules,
    })];
    let reference = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "r"});
    let subjects = json!([{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "dev"}]);
    let binding = if random.once_in(4) {
        json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
            "metadata": {"name": "b", "namespace": "shop"}, "roleRef": reference, "subjects": subjects,
        })
    } else {
        json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "b"},
            "roleRef": reference, "subjects": subjects,
        })
    };
    objects.push(binding);
    if random.once_in(4) {
        objects.push(json!({
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "gone"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "missing"},
            "subjects": subjects,
        }));
    }
    Value::Array(objects)
}
