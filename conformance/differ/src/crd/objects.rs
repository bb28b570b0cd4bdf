//! Objects made up for a schema: they fit more or less.

use serde_json::{Map, Number, Value, json};

use super::schema::NAMES;
use crate::random::Random;

const TEXTS: &[&str] = &[
    "",
    "a",
    "foo",
    "bar",
    "abc",
    "ABC",
    "a foo b",
    "x/y.z",
    "aa",
    "12",
    "1234",
    "é",
    "日本",
    "a\nb",
    "\u{7f}",
    "\"q\"",
    "foo.example.com",
    "A",
    "ſ",
    "1",
    "true",
];

/// Texts that formats accept, or nearly accept.
const FORMATTED: &[&str] = &[
    "2020-02-29T10:00:00Z",
    "2021-02-29",
    "2020-02-29",
    "2020-01-01T24:00:00Z",
    "2020-01-01t01:02:03.5+01:00",
    "1h30m",
    "22 ns",
    "3 weeks",
    "1.5h",
    "-1s",
    "0",
    "5",
    "1d",
    "10 xs",
    "http://example.com/a?b=c",
    "/abs",
    "rel",
    "mailto:a",
    "http://[::1]:80/",
    "http://a b/",
    "%zz",
    "http://h/%41",
    "http://h:8x/",
    "example.com",
    "ex_ample",
    "-a.com",
    "a.b",
    "1.2.3.4",
    "01.2.3.4",
    "1.2.3",
    "256.1.1.1",
    "::1",
    "::ffff:1.2.3.4",
    "fe80::1%eth0",
    "1::2::3",
    "10.0.0.0/8",
    "10.0.0.0/33",
    "fe80::/64",
    "01:23:45:67:89:ab",
    "0123.4567.89ab",
    "01-23-45-67-89-AB",
    "0123456789ab",
    "123e4567-e89b-12d3-a456-426614174000",
    "123e4567e89b32d3a456426614174000",
    "123e4567-e89b-42d3-9456-426614174000",
    "123E4567-e89b-52d3-b456-426614174000",
    "YWJj",
    "YWI=",
    "YQ==",
    "YQ=",
    "===",
    "0321751043",
    "978-0321751041",
    "080442957X",
    "4111 1111 1111 1111",
    "5105105105105100",
    "4111111111111112",
    "123-45-6789",
    "123456789",
    "#fff",
    "ff00aa",
    "#ff",
    "rgb(1,2,3)",
    "rgb(1, 2, 300)",
    "rgb(01,2,3)",
    "507f1f77bcf86cd799439011",
    "a-b",
    "-a",
    "a.b-c.d",
    "A-b",
];

/// A custom resource; seldom one of another version, or with wrong metadata.
pub(super) fn object(random: &mut Random, schema: &Value) -> Value {
    let mut object = match fitting(random, schema, 0) {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    let version = if random.once_in(12) { "v2" } else { "v1" };
    object.insert("apiVersion".to_owned(), json!(format!("example.com/{version}")));
    object.insert("kind".to_owned(), json!("Thing"));
    object.insert("metadata".to_owned(), metadata(random));
    for _ in 0..random.below(4) {
        mutate(random, &mut object, 0);
    }
    object.insert("kind".to_owned(), json!("Thing"));
    if random.once_in(20) {
        object.remove("metadata");
    }
    if random.once_in(60) {
        object.insert("metadata".to_owned(), anything(random, 2));
    }
    Value::Object(object)
}

/// Names of objects, labels and finalizers; some are none.
const WORDS: &[&str] = &[
    "one",
    "two-long-name",
    "a.b",
    "A",
    "-a",
    "a/b",
    "..",
    "",
    "x/y/z",
    "example.com/a",
    "a b",
    "a%b",
    "kubernetes",
    "orphan",
    "foregroundDeletion",
    "é",
];

/// Metadata, with what is unknown, of the wrong type or refused now and then.
fn metadata(random: &mut Random) -> Value {
    let mut metadata = Map::from_iter([("name".to_owned(), json!(random.pick(&["one", "two-long-name"])))]);
    if random.once_in(3) {
        metadata.insert("labels".to_owned(), json!({"a": "b"}));
    }
    if random.once_in(6) {
        metadata.insert(random.pick(&["lables", "x", "Name"]).to_owned(), json!({"a": 1}));
    }
    if random.once_in(12) {
        let owner = json!({"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "1", "controler": true});
        metadata.insert("ownerReferences".to_owned(), json!([owner]));
    }
    if random.once_in(30) {
        let fields = [
            "labels",
            "annotations",
            "finalizers",
            "generation",
            "uid",
            "creationTimestamp",
            "managedFields",
        ];
        metadata.insert(random.pick(&fields).to_owned(), anything(random, 2));
    }
    if random.once_in(8) {
        refuse(random, &mut metadata);
    }
    Value::Object(metadata)
}

/// Adds something to metadata that is seldom accepted.
fn refuse(random: &mut Random, metadata: &mut Map<String, Value>) {
    let word = random.pick(WORDS);
    match random.below(11) {
        0 => drop(metadata.insert("name".to_owned(), json!(word))),
        1 => drop(metadata.insert("namespace".to_owned(), json!(word))),
        2 => drop(metadata.insert("labels".to_owned(), json!({word: random.pick(WORDS)}))),
        3 => drop(metadata.insert("annotations".to_owned(), json!({word: random.pick(WORDS)}))),
        4 => drop(metadata.insert("finalizers".to_owned(), json!([word, random.pick(WORDS)]))),
        5 => {
            drop(metadata.remove("name"));
            metadata.insert("generateName".to_owned(), json!(format!("{word}-")));
        }
        6 => drop(metadata.insert("generateName".to_owned(), json!(word))),
        7 => drop(metadata.insert("generation".to_owned(), json!(-1))),
        8 => {
            let controller = json!({"apiVersion": random.pick(&["v1", "", "a/b/c", "apps/v1"]),
                "kind": random.pick(&["Pod", "Event", ""]), "name": word, "uid": random.pick(&["1", ""]),
                "blockOwnerDeletion": true});
            let count = random.below(2);
            metadata.insert("ownerReferences".to_owned(), json!(vec![controller; count + 1]));
        }
        9 => {
            let entry = json!({"manager": word, "operation": random.pick(&["Apply", "Update", "", "Other"]),
                "fieldsType": random.pick(&["FieldsV1", "", "V2"]), "apiVersion": "v1"});
            metadata.insert("managedFields".to_owned(), json!([entry]));
        }
        _ => drop(metadata.remove("name")),
    }
}

/// A value that mostly fits a schema.
pub(super) fn fitting(random: &mut Random, schema: &Value, depth: usize) -> Value {
    if random.once_in(25) {
        return anything(random, depth);
    }
    if random.once_in(12) {
        return Value::Null;
    }
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
        && random.below(4) > 0
    {
        return allowed.get(random.below(allowed.len())).cloned().unwrap_or_default();
    }
    let has_int = schema.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true));
    match schema.get("type").and_then(Value::as_str) {
        _ if has_int && random.once_in(2) => integer(random),
        _ if has_int => text(random, schema),
        Some("string") => text(random, schema),
        Some("integer") => integer(random),
        Some("number") => number(random),
        Some("boolean") => json!(random.once_in(2)),
        Some("array") => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            let mut list: Vec<Value> =
                (0..random.below(4)).map(|_| fitting(random, items, depth + 1)).collect();
            if random.once_in(4)
                && let Some(first) = list.first().cloned()
            {
                list.push(first);
            }
            Value::Array(list)
        }
        Some("object") => fitting_object(random, schema, depth),
        _ => anything(random, depth),
    }
}

fn fitting_object(random: &mut Random, schema: &Value, depth: usize) -> Value {
    let mut object = Map::new();
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if random.below(4) > 0 {
            object.insert(name.clone(), fitting(random, property, depth + 1));
        }
    }
    if let Some(additional) = schema.get("additionalProperties").filter(|additional| additional.is_object()) {
        for _ in 0..random.below(3) {
            object.insert(random.pick(NAMES).to_owned(), fitting(random, additional, depth + 1));
        }
    }
    if schema.get("x-kubernetes-embedded-resource") == Some(&Value::Bool(true)) {
        let kinds = ["Pod", "a", "", "9x", "Config-Map", "With Space"];
        if random.below(8) > 0 {
            object.insert("apiVersion".to_owned(), json!(random.pick(&["v1", "apps/v1", "", "a/b/c"])));
        }
        if random.below(8) > 0 {
            object.insert("kind".to_owned(), json!(random.pick(&kinds)));
        }
        if random.once_in(2) {
            object.insert("metadata".to_owned(), metadata(random));
        }
    }
    Value::Object(object)
}

fn text(random: &mut Random, schema: &Value) -> Value {
    let has_format = schema.get("format").is_some();
    let from = if has_format && random.below(5) > 0 { FORMATTED } else { TEXTS };
    json!(random.pick(from))
}

fn integer(random: &mut Random) -> Value {
    let whole: [i64; 12] = [0, 1, 2, 3, 5, 6, -1, -3, 65, 3_000_000_000, i64::MAX, i64::MIN];
    if random.once_in(8) { number(random) } else { json!(whole.get(random.below(whole.len()))) }
}

fn number(random: &mut Random) -> Value {
    let floats = [0.5, 1.0, 1.5, 0.1, 2.0, -2.5, 1e3, 1e6, 1e21, 1e-7, 1.000_000_000_000_1, 3e9, 1e300, 0.3];
    if random.once_in(3) {
        return json!(random.below(7));
    }
    let float = floats.get(random.below(floats.len())).copied().unwrap_or_default();
    Number::from_f64(float).map(Value::Number).unwrap_or_default()
}

/// Any value at all.
pub(super) fn anything(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth > 4 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => json!(random.once_in(2)),
        2 => integer(random),
        3 => number(random),
        4 | 5 => json!(random.pick(TEXTS)),
        6 => (0..random.below(3)).map(|_| anything(random, depth + 1)).collect(),
        _ => {
            let entries =
                (0..random.below(3)).map(|_| (random.pick(NAMES).to_owned(), anything(random, depth + 1)));
            Value::Object(entries.collect())
        }
    }
}

/// Changes something somewhere.
fn mutate(random: &mut Random, object: &mut Map<String, Value>, depth: usize) {
    let names: Vec<String> = object.keys().cloned().collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let name = random.pick(&names);
    if depth < 6
        && random.below(3) > 0
        && let Some(below) = object.get_mut(name).and_then(first_object)
    {
        return mutate(random, below, depth + 1);
    }
    match random.below(4) {
        0 => drop(object.insert(random.pick(NAMES).to_owned(), anything(random, 2))),
        1 => drop(object.insert(format!("{name}s"), json!("misspelt"))),
        2 if !name.is_empty() => drop(object.insert(name.to_owned(), anything(random, 1))),
        _ => drop(object.remove(name)),
    }
}

fn first_object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        Value::Array(items) => items.iter_mut().find_map(Value::as_object_mut),
        _ => None,
    }
}
