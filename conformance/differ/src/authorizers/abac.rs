//! Policy files, whole and damaged, and requests.

use serde_json::{Map, Value, json};

use super::user;
use crate::random::Random;

const V1BETA1: &str = "abac.authorization.kubernetes.io/v1beta1";
const VALUES: &[&str] = &[
    "ann",
    "bob",
    "*",
    "",
    "dev",
    "ops",
    "pods",
    "nodes",
    "shop",
    "apps",
    "/healthz",
    "/api*",
    "/x**",
    "system:node:n0",
    "system:nodes",
    "system:authenticated",
    "é",
    "a'b",
];

/// A file of policies that can be read, and requests.
pub(super) fn question(random: &mut Random, requests: usize) -> Value {
    let lines: Vec<String> = (0..random.below(6)).map(|_| policy(random).to_string()).collect();
    let questions: Vec<Value> =
        (0..requests).map(|_| json!({"user": user(random), "request": request(random)})).collect();
    json!({
        "ask": "access.authorize", "objects": [], "questions": questions,
        "chain": {"modes": ["ABAC"], "policy": lines.join("\n"), "policyPath": "policy"},
    })
}

/// One policy, in one of the two forms.
pub(super) fn policy(random: &mut Random) -> Value {
    let old = random.once_in(2);
    let words: &[(&str, &[&str])] = &[
        ("user", &["ann", "bob", "*", "system:node:n0", "system:node:n1", ""]),
        ("group", &["dev", "ops", "*", "system:nodes", "system:authenticated", ""]),
        ("namespace", &["shop", "bank", "*", ""]),
        ("resource", &["pods", "secrets", "nodes", "*", ""]),
        ("apiGroup", &["apps", "", "*", "storage.k8s.io"]),
        ("nonResourcePath", &["/healthz", "/api*", "*", "/x**", ""]),
    ];
    let mut fields = Map::new();
    for (field, values) in words {
        if random.once_in(2) && !(old && matches!(*field, "apiGroup" | "nonResourcePath")) {
            fields.insert((*field).to_owned(), json!(random.pick(values)));
        }
    }
    if random.once_in(2) {
        fields.insert("readonly".to_owned(), json!(random.once_in(2)));
    }
    if old { Value::Object(fields) } else { json!({"apiVersion": V1BETA1, "kind": "Policy", "spec": fields}) }
}

/// A request that policies of this file may be about.
pub(super) fn request(random: &mut Random) -> Value {
    if random.once_in(4) {
        let path = random.pick(&["/healthz", "/api", "/apis", "/x", "/", ""]);
        return json!({"verb": random.pick(&["get", "post", "list"]), "path": path});
    }
    json!({
        "verb": random.pick(&["get", "list", "watch", "create", "delete", ""]),
        "group": random.pick(&["", "apps", "storage.k8s.io"]),
        "resource": random.pick(&["pods", "secrets", "nodes", ""]),
        "subresource": random.pick(&["", "log"]), "name": random.pick(&["", "a"]),
        "namespace": random.pick(&["shop", "bank", ""]),
    })
}

/// A file of which some lines are damaged.
pub(super) fn lines(random: &mut Random) -> Value {
    let mut text = String::new();
    for _ in 0..=random.below(3) {
        text.push_str(&line(random));
        text.push_str(random.pick(&["\n", "\n", "\n", "\r\n", "\n\n", ""]));
    }
    json!({"ask": "access.policy", "text": text, "path": "policy"})
}

fn line(random: &mut Random) -> String {
    let text = match random.below(10) {
        0 => random
            .pick(&[
                "null",
                "# nothing",
                "",
                "  ",
                "---",
                "a: b",
                "user: ann",
                "- x",
                "5",
                "true",
                "{}",
                "\u{a0}",
                "[]",
                "kind: Policy",
                "{user: ann}",
                "'x'",
                "~",
                "{\"user\":\"ann\"} # x",
                "...",
                "user: ann # x",
                "{\"a\":{\"b\":[1,2,{}]}}",
            ])
            .to_owned(),
        1 | 2 => odd(random).to_string(),
        _ => policy(random).to_string(),
    };
    if random.once_in(3) { damaged(random, &text) } else { text }
}

/// An object with fields of every kind under names that may count.
fn odd(random: &mut Random) -> Value {
    const KEYS: &[&str] = &[
        "user",
        "group",
        "readonly",
        "resource",
        "namespace",
        "apiGroup",
        "nonResourcePath",
        "kind",
        "apiVersion",
        "spec",
        "Spec",
        "User",
        "KIND",
        "APIVERSION",
        "Kind",
        "ApiVersion",
        "\u{212a}ind",
        "x",
        "metadata",
    ];
    const VERSIONS: &[&str] = &[
        V1BETA1,
        "abac.authorization.kubernetes.io/v0",
        "abac.authorization.kubernetes.io/v2",
        "v1",
        "",
        "/",
        "a/b/c",
        "abac.authorization.kubernetes.io/",
        "/v1",
        "x/y",
        "abac.authorization.kubernetes.io/__internal",
        "x/",
    ];
    let mut fields = Map::new();
    if random.once_in(2) {
        fields.insert("apiVersion".to_owned(), json!(random.pick(VERSIONS)));
    }
    if random.once_in(2) {
        fields.insert(
            "kind".to_owned(),
            json!(random.pick(&["Policy", "Policy", "Policy", "policy", "", "X"])),
        );
    }
    for _ in 0..random.below(4) {
        let key = random.pick(KEYS).to_owned();
        let value = value(random, 2);
        fields.insert(key, value);
    }
    Value::Object(fields)
}

fn value(random: &mut Random, depth: usize) -> Value {
    match random.below(10) {
        0 => Value::Null,
        1 => json!(random.once_in(2)),
        2 => json!(random.below(100)),
        3 if depth > 0 => json!([value(random, depth - 1)]),
        4 | 5 if depth > 0 => {
            const FIELDS: &[&str] = &[
                "user",
                "group",
                "readonly",
                "namespace",
                "resource",
                "apiGroup",
                "User",
                "Readonly",
                "Group",
                "y",
                "nonResourcePath",
            ];
            let mut fields = Map::new();
            for _ in 0..random.below(4) {
                let key = random.pick(FIELDS).to_owned();
                fields.insert(key, value(random, depth - 1));
            }
            Value::Object(fields)
        }
        _ => json!(random.pick(VALUES)),
    }
}

/// A text with a few characters changed.
fn damaged(random: &mut Random, text: &str) -> String {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        " ",
        "\t",
        "null",
        "tru",
        "1",
        "0",
        ".",
        "e",
        "-",
        "+",
        "\\u00e9",
        "\\ud800",
        "\\ud83d\\ude00",
        "é",
        "'",
        "/",
        "\\x",
        "false",
        "\u{1}",
        "\u{7f}",
        "01",
        "1e5",
    ];
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(2) {
        let at = random.below(letters.len() + 1);
        match random.below(3) {
            0 if at < letters.len() => {
                letters.remove(at);
            }
            1 => {
                letters.splice(at..at, random.pick(PIECES).chars());
            }
            _ => {
                letters.truncate(at.max(1));
                letters.extend(random.pick(PIECES).chars());
            }
        }
    }
    letters.into_iter().filter(|letter| !matches!(letter, '\n' | '\r')).collect()
}
