//! Generated questions: small policies with many overlaps, users that have some of what they ask for.

use serde_json::{Value, json};

use crate::random::Random;

/// What can be asked.
pub(super) const ASKS: &[&str] = &[
    "access.covers",
    "access.compact",
    "access.rules-review",
    "access.list",
    "access.check-write",
    "access.reconcile",
    "access.reconcile-bootstrap",
];

const VERBS: &[&str] =
    &["get", "list", "watch", "create", "update", "patch", "delete", "escalate", "bind", "*", ""];
const GROUPS: &[&str] = &["", "", "apps", "rbac.authorization.k8s.io", "*"];
const RESOURCES: &[&str] = &[
    "pods",
    "pods/log",
    "deployments",
    "deployments/scale",
    "*",
    "*/scale",
    "pods/*",
    "a/b/c",
    "*/b/c",
    "roles",
];
const NAMES: &[&str] = &["a", "b", "*", "r0", "r1"];
const URLS: &[&str] = &["/healthz", "/healthz/*", "/healthz*", "*", "/a/*/b", "/x**", "", "/x"];
const USERS: &[&str] = &["ann", "bob", "é\"\n", "system:serviceaccount:shop:api", "system:node:a", "<&>"];
const USER_GROUPS: &[&str] =
    &["dev", "ops", "system:authenticated", "system:nodes", "system:serviceaccounts:shop", "a b"];
const NAMESPACES: &[&str] = &["shop", "bank"];
const ROLES: &[&str] = &["r0", "r1", "r2", "r3", "gone"];
const RBAC: &str = "rbac.authorization.k8s.io";
const AUTOUPDATE: &str = "rbac.authorization.kubernetes.io/autoupdate";

/// One question, the same for the catalogue and for the oracle.
pub(super) fn question(ask: &str, version: &str, seed: u64, number: usize) -> Value {
    let mut dice = Dice(Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64)));
    let mut question = match ask {
        "access.covers" => json!({"owner": dice.rules(true, 5), "servant": dice.rules(true, 4)}),
        "access.compact" => json!({"rules": dice.narrow_rules()}),
        "access.check-write" => dice.write(),
        "access.reconcile" => dice.reconcile(),
        "access.reconcile-bootstrap" => dice.defaults(version),
        review => dice.review(review == "access.list"),
    };
    if let Some(fields) = question.as_object_mut() {
        fields.insert("id".to_owned(), json!(format!("{seed}-{number}")));
        fields.insert("ask".to_owned(), json!(ask));
        fields.insert("kubeVersion".to_owned(), json!(version));
    }
    question
}

/// Whether the real component said no.
pub(super) fn is_refusal(answer: &Value) -> bool {
    let no = Some(&Value::Bool(false));
    answer.get("allowed") == no || answer.get("covered") == no || answer.get("refusal").is_some()
}

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

    fn some(&mut self, words: &[&str], least: usize, most: usize) -> Vec<String> {
        let count = least + self.below(most - least + 1);
        (0..count).map(|_| self.one(words).to_owned()).collect()
    }

    fn rule(&mut self, paths: bool) -> Value {
        let mut rule = json!({"verbs": self.some(VERBS, 1, 3)});
        if self.chance(4) {
            rule = json!({"verbs": []});
        }
        let with_path = paths && self.chance(20);
        if with_path {
            set(&mut rule, "nonResourceURLs", json!(self.some(URLS, 1, 2)));
        }
        if !with_path || self.chance(8) {
            set(&mut rule, "apiGroups", json!(self.some(GROUPS, 1, 2)));
            set(&mut rule, "resources", json!(self.some(RESOURCES, 1, 3)));
        }
        if self.chance(20) {
            set(&mut rule, "resourceNames", json!(self.some(NAMES, 1, 2)));
        }
        rule
    }

    fn rules(&mut self, paths: bool, most: usize) -> Vec<Value> {
        (0..self.below(most + 1)).map(|_| self.rule(paths)).collect()
    }

    /// Rules of which many can be merged.
    fn narrow_rules(&mut self) -> Vec<Value> {
        let made = (0..self.below(9)).map(|_| {
            if self.chance(20) {
                return self.rule(true);
            }
            let (groups, resources) = (self.some(&["", "apps"], 1, 1), self.some(&["pods", "jobs"], 1, 1));
            let mut rule =
                json!({"verbs": self.some(VERBS, 0, 3), "apiGroups": groups, "resources": resources});
            if self.chance(30) {
                set(&mut rule, "resourceNames", json!(self.some(NAMES, 0, 2)));
            }
            rule
        });
        made.collect()
    }

    fn object(&mut self, kind: &str, namespace: &str, name: &str) -> Value {
        let mut metadata = json!({"name": name});
        if !namespace.is_empty() {
            set(&mut metadata, "namespace", json!(namespace));
        }
        for field in ["labels", "annotations"] {
            if self.chance(15) {
                let key = if self.chance(30) { AUTOUPDATE } else { self.one(&["team", "into"]) };
                set(&mut metadata, field, json!({key: self.one(&["a", "false", "true"])}));
            }
        }
        json!({"apiVersion": format!("{RBAC}/v1"), "kind": kind, "metadata": metadata})
    }

    fn role(&mut self, kind: &str, namespace: &str, name: &str) -> Value {
        let mut role = self.object(kind, namespace, name);
        set(&mut role, "rules", json!(self.rules(kind == "ClusterRole", 3)));
        if kind == "ClusterRole" && self.chance(12) {
            let mut selectors: Vec<Value> = Vec::new();
            for _ in 0..self.below(3) {
                selectors.push(json!({"matchLabels": {self.one(&["team", "into"]): self.one(&["a", "b"])}}));
            }
            set(&mut role, "aggregationRule", json!({"clusterRoleSelectors": selectors}));
        }
        role
    }

    fn binding(&mut self, namespace: &str, name: &str) -> Value {
        let kind = if namespace.is_empty() { "ClusterRoleBinding" } else { "RoleBinding" };
        let mut binding = self.object(kind, namespace, name);
        let odd = self.chance(3);
        let role_kind = match namespace {
            "" if !odd => "ClusterRole",
            _ => self.one(&["Role", "ClusterRole", "ClusterRole", if odd { "Thing" } else { "Role" }]),
        };
        let mut reference = json!({"kind": role_kind, "name": self.one(ROLES)});
        if self.chance(85) {
            set(&mut reference, "apiGroup", json!(RBAC));
        }
        set(&mut binding, "roleRef", reference);
        let subjects: Vec<Value> = (0..self.below(4)).map(|_| self.subject()).collect();
        set(&mut binding, "subjects", json!(subjects));
        binding
    }

    fn subject(&mut self) -> Value {
        match self.below(9) {
            0..=3 => json!({"kind": "User", "name": self.one(USERS), "apiGroup": RBAC}),
            4..=6 => json!({"kind": "Group", "name": self.one(USER_GROUPS)}),
            7 => json!({"kind": "ServiceAccount", "name": "api"}),
            _ => json!({"kind": "ServiceAccount", "name": "api", "namespace": self.one(NAMESPACES)}),
        }
    }

    fn policy(&mut self) -> Vec<Value> {
        let mut objects = Vec::new();
        for name in ["r0", "r1", "r2", "r3"] {
            if self.chance(80) {
                objects.push(self.role("ClusterRole", "", name));
            }
            for namespace in NAMESPACES {
                if self.chance(35) {
                    objects.push(self.role("Role", namespace, name));
                }
            }
        }
        for number in 0..self.below(5) {
            objects.push(self.binding("", &format!("b{}", (number * 7 + 3) % 10)));
        }
        for number in 0..self.below(6) {
            let namespace = self.one(NAMESPACES);
            objects.push(self.binding(namespace, &format!("b{}", (number * 7 + 3) % 10)));
        }
        objects
    }

    fn user(&mut self) -> Value {
        json!({"name": self.one(USERS), "groups": self.some(USER_GROUPS, 0, 3)})
    }

    fn stored(&mut self, objects: &[Value]) -> Value {
        json!({
            "objects": objects, "bootstrap": if self.chance(3) { "auto" } else { "never" },
            "aggregate": self.chance(40), "stored": true,
            "load": {"onDuplicate": "last", "fieldValidation": "ignore"},
        })
    }

    fn review(&mut self, list: bool) -> Value {
        let objects = self.policy();
        let mut question = self.stored(&objects);
        set(&mut question, "user", self.user());
        let namespace = if !list && self.chance(3) { "" } else { self.one(&["shop", "bank", "other"]) };
        set(&mut question, "namespace", json!(namespace));
        if list {
            set(&mut question, "noHeaders", json!(self.chance(30)));
        }
        if self.chance(40) {
            let all = ["rbac", "node", "webhook", "always-allow", "always-deny"];
            set(&mut question, "authorizers", json!(self.some(&all, 1, 3)));
        }
        question
    }

    /// A write by somebody who may nearly always write something.
    fn write(&mut self) -> Value {
        let mut objects = self.policy();
        let mut user = self.user();
        if self.chance(3) {
            set(&mut user, "groups", json!(["system:masters"]));
        }
        if self.chance(92) {
            let mut rules = vec![json!({
                "verbs": self.some(&["create", "update", "patch", "*", "*"], 2, 4), "apiGroups": [RBAC],
                "resources": self.some(&["roles", "clusterroles", "rolebindings", "clusterrolebindings", "*"], 2, 4),
            })];
            if self.chance(25) {
                rules.push(json!({
                    "verbs": self.some(&["escalate", "bind"], 1, 2), "apiGroups": [RBAC],
                    "resources": self.some(&["roles", "clusterroles"], 1, 2),
                    "resourceNames": self.some(NAMES, 0, 2),
                }));
            }
            rules.extend(self.rules(true, 3));
            let mut role = self.role("ClusterRole", "", "writer");
            set(&mut role, "rules", json!(rules));
            objects.push(role);
            let name = user.get("name").cloned().unwrap_or_default();
            let mut binding = self.binding("", "writers");
            set(&mut binding, "roleRef", json!({"kind": "ClusterRole", "name": "writer", "apiGroup": RBAC}));
            set(&mut binding, "subjects", json!([{"kind": "User", "name": name}]));
            objects.push(binding);
        }
        let object = self.written(&objects);
        let operation = self.one(&["create", "update", "patch", "apply"]);
        let mut question = self.stored(&objects);
        set(&mut question, "user", user);
        set(&mut question, "operation", json!(operation));
        set(&mut question, "object", object);
        question
    }

    /// Something new, or something that is there with a change.
    fn written(&mut self, objects: &[Value]) -> Value {
        if self.chance(35) || objects.is_empty() {
            let namespace = self.one(NAMESPACES);
            return match self.below(4) {
                0 => self.role("Role", namespace, "new"),
                1 => self.role("ClusterRole", "", "new"),
                2 => self.binding(namespace, "new"),
                _ => self.binding("", "new"),
            };
        }
        let mut object = objects.get(self.below(objects.len())).cloned().unwrap_or_default();
        match self.below(7) {
            0 => {}
            1 => touch(&mut object, "finalizers", json!(["example.com/a"])),
            2 => touch(&mut object, "labels", json!({"team": "b"})),
            3 => {
                let owner = json!([{"apiVersion": "v1", "kind": "Pod", "name": "a", "uid": "b"}]);
                touch(&mut object, "ownerReferences", owner);
            }
            4 if object.get("roleRef").is_some() => {
                set(&mut object, "roleRef", json!({"kind": "ClusterRole", "name": "r0", "apiGroup": RBAC}));
            }
            5 if object.get("subjects").is_some() => set(&mut object, "subjects", json!([self.subject()])),
            _ => {
                if object.get("rules").is_some() {
                    set(&mut object, "rules", json!(self.rules(true, 3)));
                }
            }
        }
        if self.chance(20) {
            // What a client has read before it writes.
            touch(&mut object, "uid", json!("made-up"));
            touch(&mut object, "resourceVersion", json!("7"));
            touch(&mut object, "creationTimestamp", json!("2026-01-01T00:00:00Z"));
        }
        object
    }

    fn reconcile(&mut self) -> Value {
        let objects = self.policy();
        let mut desired = Vec::new();
        for _ in 0..=self.below(3) {
            let mut object = self.written(&objects);
            if self.chance(30) {
                let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
                let at = |field: &str| object.pointer(&format!("/metadata/{field}")).and_then(Value::as_str);
                let (namespace, name) = (
                    at("namespace").unwrap_or_default().to_owned(),
                    at("name").unwrap_or_default().to_owned(),
                );
                object = match kind.as_str() {
                    "Role" | "ClusterRole" => self.role(&kind, &namespace, &name),
                    _ => self.binding(&namespace, &name),
                };
            }
            desired.push(object);
        }
        let mut question = self.stored(&objects);
        set(&mut question, "bootstrap", json!("never"));
        set(&mut question, "desired", json!(desired));
        set(&mut question, "removeExtraPermissions", json!(self.chance(40)));
        set(&mut question, "removeExtraSubjects", json!(self.chance(40)));
        question
    }

    /// Default objects with changes.
    fn defaults(&mut self, version: &str) -> Value {
        let defaults = kubelogic_rbac::bootstrap_objects(version.parse().unwrap_or_default());
        let mut objects = Vec::new();
        for _ in 0..=self.below(4) {
            let Some(default) = defaults.get(self.below(defaults.len())) else { continue };
            let Ok(mut object) = default.to_typed::<Value>() else { continue };
            match self.below(6) {
                0 => {
                    touch(&mut object, "annotations", json!({AUTOUPDATE: self.one(&["false", "true", "x"])}));
                }
                1 => touch(&mut object, "labels", json!({"kubernetes.io/bootstrapping": "mine"})),
                2 if object.get("rules").is_some() => set(&mut object, "rules", json!(self.rules(true, 2))),
                3 if object.get("aggregationRule").is_some() => {
                    set(&mut object, "aggregationRule", Value::Null);
                }
                4 if object.get("roleRef").is_some() => {
                    set(
                        &mut object,
                        "roleRef",
                        json!({"kind": "ClusterRole", "name": "r0", "apiGroup": RBAC}),
                    );
                }
                _ => {
                    if object.get("roleRef").is_some() {
                        set(&mut object, "subjects", json!([self.subject(), self.subject()]));
                    }
                }
            }
            objects.push(object);
        }
        let mut question = self.stored(&objects);
        set(&mut question, "bootstrap", json!("never"));
        set(&mut question, "aggregate", json!(false));
        question
    }
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

fn touch(object: &mut Value, field: &str, value: Value) {
    if let Some(metadata) = object.get_mut("metadata") {
        set(metadata, field, value);
    }
}
