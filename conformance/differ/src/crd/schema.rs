//! Schemas made up: mostly structural, with every keyword that a schema can have.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Names of properties; few, so that schemas and objects meet.
pub(super) const NAMES: &[&str] =
    &["a", "b", "c", "spec", "name", "key", "status", "kind", "metadata", "x.y"];

const PATTERNS: &[&str] = &[
    "^[a-z]+$",
    r"^\d{1,3}$",
    r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)*[a-z]+$",
    r"^\S+$",
    r"\bfoo\b",
    "^(foo|bar)?$",
    r"^[^/]*/[\w.-]+$",
    r"(?i)^abc",
    r"^\p{Lu}",
    r"^a{2,}",
];

const FORMATS: &[&str] = &[
    "date-time",
    "date",
    "duration",
    "uri",
    "hostname",
    "ipv4",
    "ipv6",
    "cidr",
    "mac",
    "uuid",
    "uuid3",
    "uuid4",
    "uuid5",
    "byte",
    "int32",
    "int64",
    "float",
    "double",
    "isbn",
    "isbn10",
    "isbn13",
    "creditcard",
    "ssn",
    "hexcolor",
    "rgbcolor",
    "password",
    "bsonobjectid",
    "k8s-short-name",
    "k8s-long-name",
    "quantity",
    "unknown",
];

/// The schema of a kind.
pub(super) fn root(random: &mut Random) -> Value {
    let mut schema = object(random, 0);
    if !random.once_in(40) {
        schema.insert("type".to_owned(), json!("object"));
        schema.remove("additionalProperties");
        schema.remove("nullable");
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, wanted) in [("kind", "string"), ("apiVersion", "string"), ("metadata", "object")] {
            if !random.once_in(30) {
                properties.remove(name);
                if random.once_in(3) {
                    properties.insert(name.to_owned(), json!({"type": wanted}));
                }
            }
        }
        // No accepted definition has one, and objects would have metadata that is none.
        if let Some(metadata) = properties.get_mut("metadata").and_then(Value::as_object_mut) {
            metadata.remove("default");
        }
        if random.once_in(8) {
            let names = json!({"type": "object", "properties": {"name": {"type": "string", "maxLength": 5}}});
            properties.insert("metadata".to_owned(), names);
        }
    }
    Value::Object(schema)
}

/// The definition around a schema.
pub(super) fn definition(random: &mut Random, schema: &Value) -> Value {
    let mut definition = sound(random, schema);
    if random.once_in(3) {
        for _ in 0..=random.below(3) {
            super::definition::spoil(random, &mut definition);
        }
    }
    definition
}

/// A definition in which nothing but the schema may be wrong.
fn sound(random: &mut Random, schema: &Value) -> Value {
    let mut version =
        json!({"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": schema}});
    let mut spec = json!({
        "group": "example.com",
        "scope": "Namespaced",
        "names": {"kind": "Thing", "listKind": "ThingList", "plural": "things", "singular": "thing"},
        "versions": [],
    });
    let metadata = json!({"name": "things.example.com"});
    if random.once_in(12) {
        set(&mut spec, "validation", json!({"openAPIV3Schema": schema}));
        set(&mut spec, "version", json!("v1"));
        if random.once_in(2) {
            set(&mut spec, "preserveUnknownFields", json!(random.once_in(2)));
        }
        if let Some(spec) = spec.as_object_mut() {
            spec.remove("versions");
        }
        return json!({"apiVersion": "apiextensions.k8s.io/v1beta1", "kind": "CustomResourceDefinition",
                      "metadata": metadata, "spec": spec});
    }
    if random.once_in(2) {
        set(&mut version, "subresources", super::definition::subresources(random));
    }
    if random.once_in(10) {
        set(&mut spec, "scope", json!("Cluster"));
    }
    let mut versions = vec![version];
    if random.once_in(10) {
        let schema = if random.once_in(2) { schema.clone() } else { root(random) };
        versions.push(json!({"name": "v2", "served": !random.once_in(3), "storage": false,
                             "schema": {"openAPIV3Schema": schema}}));
    }
    set(&mut spec, "versions", Value::Array(versions));
    json!({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": metadata, "spec": spec})
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

fn insert(schema: &mut Map<String, Value>, key: &str, value: Value) {
    schema.insert(key.to_owned(), value);
}

/// A structural schema.
fn structural(random: &mut Random, depth: usize) -> Value {
    let deep = depth > 4;
    let mut schema = match random.below(if deep { 6 } else { 11 }) {
        0 | 1 => string(random),
        2 => number(random, "integer"),
        3 => number(random, "number"),
        4 => Map::from_iter([("type".to_owned(), json!("boolean"))]),
        5 => int_or_string(random),
        6 | 7 => array(random, depth),
        8 if random.once_in(3) => embedded(random, depth),
        _ => object(random, depth),
    };
    if random.once_in(5) {
        insert(&mut schema, "nullable", json!(true));
    }
    if random.once_in(5) {
        let value = super::objects::fitting(random, &Value::Object(schema.clone()), 0);
        insert(&mut schema, "default", value);
    }
    if random.once_in(8) {
        insert(&mut schema, "description", json!("words"));
    }
    if random.once_in(10) {
        let values =
            (0..=random.below(3)).map(|_| super::objects::fitting(random, &Value::Object(schema.clone()), 0));
        let values: Vec<Value> = values.collect();
        insert(&mut schema, "enum", json!(values));
    }
    if random.once_in(7) {
        junctors(random, &mut schema, depth);
    }
    break_one(random, &mut schema);
    Value::Object(schema)
}

/// Seldom something that no structural schema has.
fn break_one(random: &mut Random, schema: &mut Map<String, Value>) {
    if !random.once_in(150) {
        return;
    }
    match random.below(8) {
        0 => drop(schema.remove("type")),
        1 => insert(schema, "x-kubernetes-embedded-resource", json!(true)),
        2 => drop(schema.remove("items")),
        3 => insert(schema, "$ref", json!("#/definitions/x")),
        4 => insert(schema, "x-kubernetes-preserve-unknown-fields", json!(random.once_in(2))),
        5 => insert(schema, "x-kubernetes-int-or-string", json!(true)),
        6 => insert(schema, "maxLength", json!("5")),
        _ => insert(schema, "patternProperties", json!({"^a": {"type": "string"}})),
    }
}

fn string(random: &mut Random) -> Map<String, Value> {
    let mut schema = Map::from_iter([("type".to_owned(), json!("string"))]);
    texts(random, &mut schema);
    schema
}

fn texts(random: &mut Random, schema: &mut Map<String, Value>) {
    if random.once_in(5) {
        insert(schema, "maxLength", json!(random.below(6)));
    }
    if random.once_in(5) {
        insert(schema, "minLength", json!(random.below(4)));
    }
    if random.once_in(4) {
        insert(schema, "pattern", json!(random.pick(PATTERNS)));
    }
    if random.once_in(3) {
        insert(schema, "format", json!(random.pick(FORMATS)));
    }
}

fn number(random: &mut Random, kind: &str) -> Map<String, Value> {
    let mut schema = Map::from_iter([("type".to_owned(), json!(kind))]);
    numbers(random, &mut schema);
    schema
}

fn numbers(random: &mut Random, schema: &mut Map<String, Value>) {
    let limits = [
        json!(0),
        json!(1),
        json!(5),
        json!(-3),
        json!(1.5),
        json!(0.1),
        json!(1e10),
        json!(3e9),
        json!(1e25),
    ];
    for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if random.once_in(4) {
            let value = limits.get(random.below(limits.len())).cloned().unwrap_or_default();
            insert(schema, limit, value);
        }
        if random.once_in(8) {
            insert(schema, exclusive, json!(true));
        }
    }
    if random.once_in(8) {
        let factor = [json!(2), json!(3), json!(0.5), json!(0.1), json!(-1), json!(0), json!(1e20)];
        let value = factor.get(random.below(factor.len())).cloned().unwrap_or_default();
        insert(schema, "multipleOf", value);
    }
    if random.once_in(3) {
        insert(schema, "format", json!(random.pick(&["int32", "int64", "float", "double", "date", "other"])));
    }
}

fn int_or_string(random: &mut Random) -> Map<String, Value> {
    let mut schema = Map::from_iter([("x-kubernetes-int-or-string".to_owned(), json!(true))]);
    match random.below(4) {
        0 => insert(&mut schema, "anyOf", json!([{"type": "integer"}, {"type": "string"}])),
        1 => {
            insert(
                &mut schema,
                "allOf",
                json!([{"anyOf": [{"type": "integer"}, {"type": "string"}]}, {"maxLength": 3}]),
            );
        }
        2 => texts(random, &mut schema),
        _ => numbers(random, &mut schema),
    }
    schema
}

fn array(random: &mut Random, depth: usize) -> Map<String, Value> {
    let mut schema = Map::from_iter([("type".to_owned(), json!("array"))]);
    let items = structural(random, depth + 1);
    if random.once_in(3) {
        let is_map = items.get("type") == Some(&json!("object"));
        if is_map && random.once_in(2) {
            insert(&mut schema, "x-kubernetes-list-type", json!("map"));
            let keys: &[&str] = if random.once_in(2) { &["name"] } else { &["name", "key"] };
            insert(&mut schema, "x-kubernetes-list-map-keys", json!(keys));
        } else {
            insert(&mut schema, "x-kubernetes-list-type", json!(random.pick(&["set", "atomic"])));
        }
    }
    insert(&mut schema, "items", items);
    lists(random, &mut schema);
    if random.once_in(15) {
        insert(&mut schema, "x-kubernetes-preserve-unknown-fields", json!(true));
    }
    schema
}

fn lists(random: &mut Random, schema: &mut Map<String, Value>) {
    if random.once_in(6) {
        insert(schema, "maxItems", json!(random.below(4)));
    }
    if random.once_in(6) {
        insert(schema, "minItems", json!(random.below(3)));
    }
    if random.once_in(8) {
        insert(schema, "uniqueItems", json!(true));
    }
}

fn object(random: &mut Random, depth: usize) -> Map<String, Value> {
    let mut schema = Map::from_iter([("type".to_owned(), json!("object"))]);
    if random.below(5) > 0 || depth == 0 {
        let properties: Map<String, Value> = (0..=random.below(5))
            .map(|_| (random.pick(NAMES).to_owned(), structural(random, depth + 1)))
            .collect();
        insert(&mut schema, "properties", Value::Object(properties));
    }
    if random.once_in(4) {
        let additional = match random.below(6) {
            0 => json!(true),
            1 => json!(false),
            _ => structural(random, depth + 1),
        };
        insert(&mut schema, "additionalProperties", additional);
    }
    if random.once_in(6) {
        insert(&mut schema, "x-kubernetes-preserve-unknown-fields", json!(true));
    }
    objects(random, &mut schema);
    schema
}

fn objects(random: &mut Random, schema: &mut Map<String, Value>) {
    if random.once_in(5) {
        let names: Vec<&str> = (0..=random.below(2)).map(|_| random.pick(NAMES)).collect();
        insert(schema, "required", json!(names));
    }
    if random.once_in(10) {
        insert(schema, "maxProperties", json!(random.below(4)));
    }
    if random.once_in(10) {
        insert(schema, "minProperties", json!(random.below(4)));
    }
}

fn embedded(random: &mut Random, depth: usize) -> Map<String, Value> {
    let mut schema = object(random, depth);
    insert(&mut schema, "x-kubernetes-embedded-resource", json!(true));
    schema.remove("additionalProperties");
    if random.once_in(2) {
        insert(&mut schema, "x-kubernetes-preserve-unknown-fields", json!(true));
    }
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for name in ["kind", "metadata"] {
            properties.remove(name);
        }
        if random.once_in(3) {
            properties.insert("metadata".to_owned(), json!({"type": "object"}));
        }
    }
    schema
}

fn junctors(random: &mut Random, schema: &mut Map<String, Value>, depth: usize) {
    let own = Value::Object(schema.clone());
    for name in ["anyOf", "oneOf", "allOf"] {
        if random.once_in(2) && !schema.contains_key(name) {
            let list: Vec<Value> = (0..=random.below(3)).map(|_| nested(random, &own, depth)).collect();
            insert(schema, name, json!(list));
        }
    }
    if random.once_in(3) {
        let not = nested(random, &own, depth);
        insert(schema, "not", not);
    }
}

/// Rules for values of a structure, without structure of their own; seldom with some.
fn nested(random: &mut Random, structure: &Value, depth: usize) -> Value {
    let mut schema = Map::new();
    match structure.get("type").and_then(Value::as_str) {
        Some("string") => texts(random, &mut schema),
        Some("integer" | "number") => numbers(random, &mut schema),
        Some("array") => {
            lists(random, &mut schema);
            if let Some(items) = structure.get("items")
                && random.once_in(2)
                && depth < 6
            {
                let items = nested(random, items, depth + 1);
                insert(&mut schema, "items", items);
            }
        }
        Some("object") => {
            objects(random, &mut schema);
            if let Some(properties) = structure.get("properties").and_then(Value::as_object)
                && depth < 6
            {
                let known: Vec<&str> =
                    properties.keys().map(String::as_str).filter(|name| *name != "metadata").collect();
                let name = if random.once_in(30) { "other" } else { random.pick(&known) };
                if !name.is_empty() {
                    let below = properties.get(name).cloned().unwrap_or_default();
                    let property = nested(random, &below, depth + 1);
                    insert(&mut schema, "properties", json!({name: property}));
                }
            }
        }
        _ => {}
    }
    if random.once_in(60) {
        insert(&mut schema, random.pick(&["type", "description", "title"]), json!("string"));
    }
    if random.once_in(60) {
        insert(&mut schema, random.pick(&["nullable", "additionalProperties"]), json!(true));
    }
    if random.once_in(12) {
        let value = super::objects::anything(random, 3);
        insert(&mut schema, "enum", json!([value]));
    }
    if random.once_in(12) && depth < 5 {
        let list: Vec<Value> = (0..=random.below(2)).map(|_| nested(random, structure, depth + 2)).collect();
        insert(&mut schema, random.pick(&["anyOf", "allOf", "oneOf"]), json!(list));
    }
    Value::Object(schema)
}
