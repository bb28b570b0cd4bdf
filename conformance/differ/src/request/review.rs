//! Reviews of access.

use serde_json::{Map, Value, json};

use super::impersonation::rules;
use crate::random::Random;

const NAMES: &[&str] = &["", "", "ann", "shop", "web", "a b", "<x>", "system:serviceaccount:shop:api", "é"];
const KEYS: &[&str] = &["app", "metadata.name", "", "-x", "a/b", "x/y/z", "Ä"];
const VALUES: &[&str] = &["", "web", "-", "a b", "x"];
const OPERATORS: &[&str] = &["In", "NotIn", "Exists", "DoesNotExist", "Gt", "", "in"];
const SELECTORS: &[&str] =
    &["", "app=web", "metadata.name=a", "a in (b,c)", "!a", "a=b,c!=d", "a=b\\x", "(", "a=\\,", ",", "x"];

/// A review of one of the three kinds, often wrong.
pub(super) fn question(random: &mut Random, version: &str) -> Value {
    let kind = random.pick(&["SubjectAccessReview", "LocalSubjectAccessReview", "SelfSubjectAccessReview"]);
    let old = random.once_in(5);
    let selectors = !matches!(version, "1.29" | "1.30");
    let mut spec = Map::new();
    let which = random.below(10);
    if which != 0 && which != 1 {
        spec.insert("resourceAttributes".to_owned(), resource(random, selectors));
    }
    if which <= 1 && !random.once_in(6) || which == 9 {
        let (path, verb) = (random.pick(&["/healthz", "/metrics", "", "<"]), random.pick(&["get", "", "*"]));
        spec.insert("nonResourceAttributes".to_owned(), json!({"path": path, "verb": verb}));
    }
    if kind != "SelfSubjectAccessReview" {
        if !random.once_in(4) {
            spec.insert("user".to_owned(), json!(random.pick(NAMES)));
        }
        if random.once_in(2) {
            let groups: Vec<&str> = (0..random.below(3)).map(|_| random.pick(&["dev", "", "ops"])).collect();
            spec.insert(if old { "group" } else { "groups" }.to_owned(), json!(groups));
        }
        if random.once_in(8) {
            spec.insert("uid".to_owned(), json!("u"));
            spec.insert("extra".to_owned(), json!({"k": ["v"]}));
        }
    }
    let metadata = metadata(random, kind == "LocalSubjectAccessReview");
    let version = if old { "authorization.k8s.io/v1beta1" } else { "authorization.k8s.io/v1" };
    let review = json!({"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec});
    let namespace = random.pick(&["", "", "shop", "bank"]);
    json!({
        "review": review, "namespace": namespace, "user": {"name": "ann", "groups": ["dev"]},
        "bootstrap": false, "objects": rules(random, &[("get", "pods"), ("list", "pods"), ("*", "*")]),
    })
}

fn resource(random: &mut Random, selectors: bool) -> Value {
    let mut fields = Map::new();
    let mut text = |name: &str, value: &str| fields.insert(name.to_owned(), json!(value));
    text("verb", random.pick(&["get", "list", "watch", "create", "", "*"]));
    text("resource", random.pick(&["pods", "pods", "nodes", "", "*"]));
    for (name, values) in [
        ("namespace", ["shop", "shop", "", "bank"].as_slice()),
        ("group", &["", "", "apps", "*"]),
        ("version", &["", "v1", "*"]),
        ("subresource", &["", "", "log"]),
        ("name", NAMES),
    ] {
        if !random.once_in(3) {
            text(name, random.pick(values));
        }
    }
    if selectors && random.once_in(3) {
        fields.insert("fieldSelector".to_owned(), selector(random));
    }
    if selectors && random.once_in(3) {
        fields.insert("labelSelector".to_owned(), selector(random));
    }
    Value::Object(fields)
}

fn selector(random: &mut Random) -> Value {
    let mut fields = Map::new();
    let both = random.below(8);
    if both < 4 {
        fields.insert("rawSelector".to_owned(), json!(random.pick(SELECTORS)));
    }
    if both >= 3 {
        let requirements = (0..random.below(4)).map(|_| {
            let values: Vec<&str> = (0..random.below(3)).map(|_| random.pick(VALUES)).collect();
            json!({"key": random.pick(KEYS), "operator": random.pick(OPERATORS), "values": values})
        });
        fields.insert("requirements".to_owned(), Value::Array(requirements.collect()));
    }
    Value::Object(fields)
}

fn metadata(random: &mut Random, local: bool) -> Value {
    let mut fields = Map::new();
    if local && !random.once_in(4) || random.once_in(10) {
        fields.insert("namespace".to_owned(), json!(random.pick(&["shop", "shop", "bank"])));
    }
    if random.once_in(6) {
        for _ in 0..=random.below(3) {
            let (name, value) = match random.below(9) {
                0 => ("name", json!(random.pick(NAMES))),
                1 => ("generateName", json!("x-")),
                2 => ("uid", json!("u")),
                3 => ("resourceVersion", json!("1")),
                4 => ("generation", json!(2)),
                5 => ("labels", json!({"b": "<", "a": "1"})),
                6 => ("annotations", json!({"k": "v\n"})),
                7 => ("finalizers", json!(["a", "b"])),
                _ => ("creationTimestamp", json!("2024-01-01T00:00:00Z")),
            };
            fields.insert(name.to_owned(), value);
        }
    }
    Value::Object(fields)
}
