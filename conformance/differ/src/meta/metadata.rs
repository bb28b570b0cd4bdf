//! Metadata in which a few things are wrong.

use serde_json::{Map, Value, json};

use super::generate::damaged;
use super::names;
use crate::random::Random;

pub(super) fn question(random: &mut Random, count: usize, update: bool, minor: u16) -> Value {
    let objects: Vec<Value> = (0..count)
        .map(|_| {
            let new = metadata(random, minor);
            if !update {
                return json!({"metadata": new});
            }
            let old = if random.once_in(2) { new.clone() } else { metadata(random, minor) };
            json!({"metadata": new, "old": old})
        })
        .collect();
    json!({
        "ask": "meta.object-meta",
        "group": random.pick(&["", "apps", "example.com"]),
        "kind": "Thing",
        "namespaced": !random.once_in(3),
        "rule": random.pick(&["dns-label", "dns-subdomain", "dns-1035-label", "path-segment", "any"]),
        "objects": objects,
    })
}

fn metadata(random: &mut Random, minor: u16) -> Value {
    let mut fields = Map::new();
    let mut put = |key: &str, value: Value| {
        fields.insert(key.to_owned(), value);
    };
    let name = random.pick(&["shop", "cart", "a.b", "Shop", "1st", "a/b", "", ".."]).to_owned();
    put("name", json!(if random.once_in(6) { names::name(random) } else { name }));
    if random.once_in(4) {
        put("generateName", json!(random.pick(&["shop-", "a--", "a.b-", "A-", "-", "a%"])));
    }
    if !random.once_in(4) {
        put("namespace", json!(random.pick(&["default", "default", "kube-system", "Bad", "a.b", ""])));
    }
    if random.once_in(6) {
        put("generation", json!(i64::try_from(random.below(5)).unwrap_or(0) - 2));
    }
    if !random.once_in(4) {
        put("uid", json!(random.pick(&["u1", "u2", "u\"3"])));
    }
    if !random.once_in(4) {
        put("resourceVersion", json!(random.pick(&["1", "2", ""])));
    }
    for key in ["creationTimestamp", "deletionTimestamp"] {
        if random.once_in(3) {
            let times = ["2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z", "2026-01-02T05:04:05+02:00"];
            put(key, json!(random.pick(&times)));
        }
    }
    if random.once_in(5) {
        put("deletionGracePeriodSeconds", json!(random.below(3)));
    }
    put("labels", one_of_each(random, &["app", "tier", "k8s.io/x"]));
    put("annotations", one_of_each(random, &["app", "Tier", "K8s.io/x"]));
    if random.once_in(80) {
        put("annotations", json!({"a": "x".repeat(262_000 + random.below(300))}));
    }
    if random.once_in(3) {
        let owners: Vec<Value> = (0..random.below(3)).map(|_| owner(random, minor)).collect();
        put("ownerReferences", json!(owners));
    }
    if random.once_in(3) {
        let all = ["orphan", "foregroundDeletion", "kubernetes", "example.com/a", "a", "b/c/d", "-"];
        let finalizers: Vec<&str> = (0..random.below(4)).map(|_| random.pick(&all)).collect();
        put("finalizers", json!(finalizers));
    }
    if random.once_in(4) {
        let entry = json!({
            "manager": random.pick(&["kubectl", "a\u{7}b", "é\u{a0}", "m\"x", ""]).to_owned()
                + &"m".repeat(if random.once_in(6) { 126 } else { 0 }),
            "operation": random.pick(&["Apply", "Update", "", "apply", "a\"b"]),
            "fieldsType": random.pick(&["FieldsV1", "", "FieldsV2"]),
            "subresource": random.pick(&["", "status"]).to_owned() + &"s".repeat(if random.once_in(6) { 256 } else { 0 }),
        });
        put("managedFields", json!([entry]));
    }
    Value::Object(fields)
}

/// Labels or annotations of which at most one is wrong, because Go looks at them in no fixed order.
fn one_of_each(random: &mut Random, keys: &[&'static str]) -> Value {
    let mut labels = Map::new();
    for _ in 0..random.below(3) {
        labels.insert(random.pick(keys).to_owned(), json!(random.pick(&["x", "", "y.z"])));
    }
    if random.once_in(3) {
        let key = damaged(random.pick(keys), random);
        labels.insert(key, json!(random.pick(&["x", "a b", "-"])));
    }
    Value::Object(labels)
}

fn owner(random: &mut Random, minor: u16) -> Value {
    let mut owner = json!({
        "apiVersion": random.pick(&["v1", "apps/v1", "", "a/b/c", "apps/", "/v1", "/"]),
        "kind": random.pick(&["Pod", "Event", "", "Set"]),
        "name": random.pick(&["a", "b", ""]),
        "uid": random.pick(&["u", "", "<u>"]),
    });
    // Before 1.34 a message showed where in memory the switches are.
    if minor >= 34
        && let Some(fields) = owner.as_object_mut()
    {
        for key in ["controller", "blockOwnerDeletion"] {
            if random.once_in(2) {
                fields.insert(key.to_owned(), json!(random.once_in(2)));
            }
        }
    }
    owner
}
