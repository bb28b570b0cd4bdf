//! Definitions with something wrong outside their schemas.

use serde_json::{Value, json};

use crate::random::Random;

const NAMES: &[&str] =
    &["things", "Thing", "ThingList", "a.b", "-x", "", "v1", "v1beta1", "x_y", "1a", "UPPER", "example.com"];
const PATHS: &[&str] = &[
    ".spec.a",
    ".status.b",
    ".spec.c",
    "spec.a",
    "",
    ".",
    ".metadata.name",
    ".status",
    ".spec.a.b",
    ".a",
    ".b",
    ".spec[0]",
    ".x.y",
    ".spec.a.",
    "['a']",
];

/// Subresources; the paths of `scale` lead to something else now and then.
pub(super) fn subresources(random: &mut Random) -> Value {
    let mut scale = json!({
        "specReplicasPath": random.pick(&[".spec.a", ".spec.b", ".spec.c", ".spec.a.b"]),
        "statusReplicasPath": random.pick(&[".status.a", ".status.b", ".status.c.a"]),
    });
    if random.once_in(2)
        && let Some(scale) = scale.as_object_mut()
    {
        scale.insert(
            "labelSelectorPath".to_owned(),
            json!(random.pick(&[".status.a", ".spec.b", ".status.c"])),
        );
    }
    if random.once_in(6) {
        let field = random.pick(&["specReplicasPath", "statusReplicasPath", "labelSelectorPath"]);
        put(&mut scale, field, json!(random.pick(PATHS)));
    }
    match random.below(4) {
        0 => json!({"scale": scale}),
        1 => json!({"scale": scale, "status": {}}),
        2 => json!({}),
        _ => json!({"status": {}}),
    }
}

/// Changes something that the API server may refuse.
pub(super) fn spoil(random: &mut Random, definition: &mut Value) {
    let word = random.pick(NAMES);
    let at = |pointer: &str| pointer.to_owned();
    let (pointer, field, value) = match random.below(24) {
        0 => (
            at("/metadata"),
            "name",
            json!(random.pick(&["things.example.com.", "Things.example.com", "a", ""])),
        ),
        1 => (at("/metadata"), "labels", json!({"a b": "c"})),
        2 => (
            at("/spec"),
            "group",
            json!(random.pick(&["", "example", "Example.com", "x.k8s.io", "kubernetes.io", "a..b"])),
        ),
        3 => (
            at("/metadata"),
            "annotations",
            json!({"api-approved.kubernetes.io": random.pick(&["unapproved, mine", "https://github.com/x", "yes", "", "/a", "http:///x", "mailto:a"])}),
        ),
        4 => (at("/spec"), "scope", json!(random.pick(&["", "Namespace", "cluster"]))),
        5 => (at("/spec/names"), random.pick(&["plural", "singular", "kind", "listKind"]), json!(word)),
        6 => (at("/spec/names"), "shortNames", json!([word, "th"])),
        7 => (at("/spec/names"), "categories", json!(["all", word])),
        8 => (at("/spec/names"), "listKind", json!("Thing")),
        9 => (at("/spec/versions/0"), "storage", json!(false)),
        10 => (at("/spec/versions/1"), "storage", json!(true)),
        11 => (at("/spec/versions/1"), "name", json!(random.pick(&["v1", "V2", "v2.1", ""]))),
        12 => (
            at("/spec/versions/0"),
            "deprecationWarning",
            json!(random.pick(&["", "old", "a\nb", "é\u{7f}"])),
        ),
        13 => (at("/spec/versions/0"), "deprecated", json!(true)),
        14 | 15 => (
            at(random.pick(&["/spec/versions/0", "/spec/versions/1", "/spec"])),
            "additionalPrinterColumns",
            columns(random),
        ),
        16 => (at("/spec"), "conversion", conversion(random)),
        17 | 18 => (
            at(random.pick(&["/spec/versions/0", "/spec/versions/1"])),
            "selectableFields",
            selectable(random),
        ),
        19 => (at("/spec/versions/0"), "subresources", subresources(random)),
        20 => (at("/spec"), "preserveUnknownFields", json!(random.once_in(2))),
        21 => (at("/spec/versions/0"), "schema", random_schema(random)),
        22 => (at("/spec"), random.pick(&["validation", "subresources", "version"]), json!({"status": {}})),
        _ => (at("/metadata"), random.pick(&["generateName", "namespace"]), json!(word)),
    };
    if let Some(found) = definition.pointer_mut(&pointer) {
        // The old form has some fields elsewhere, and texts where others have objects.
        if field == "version" {
            put(found, field, json!(word));
        } else {
            put(found, field, value);
        }
    }
}

fn put(object: &mut Value, field: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(field.to_owned(), value);
    }
}

fn random_schema(random: &mut Random) -> Value {
    match random.below(4) {
        0 => Value::Null,
        1 => json!({}),
        2 => json!({"openAPIV3Schema": {}}),
        _ => json!({"openAPIV3Schema": {"type": "object", "nullable": true, "maxProperties": 3}}),
    }
}

fn columns(random: &mut Random) -> Value {
    let column = |random: &mut Random| {
        json!({
            "name": random.pick(&["A", ""]),
            "type": random.pick(&["integer", "date", "string", "", "object"]),
            "format": random.pick(&["", "int32", "date-time", "other"]),
            "jsonPath": random.pick(PATHS),
        })
    };
    (0..random.below(3)).map(|_| column(random)).collect()
}

fn selectable(random: &mut Random) -> Value {
    (0..random.below(12))
        .map(|_| {
            let path = random.pick(&[
                ".spec.a",
                ".spec.b",
                ".a",
                ".b",
                ".c",
                ".key",
                ".name",
                "",
                ".metadata.name",
                ".spec['a']",
                ".spec.",
                "a",
                ".x.y",
                ".status.a",
                ".kind",
                ".key.a",
            ]);
            json!({"jsonPath": path})
        })
        .collect()
}

fn conversion(random: &mut Random) -> Value {
    let urls = [
        "https://example.com/x",
        "http://a",
        "https://",
        "a",
        "https://u:p@h/x?q=1#f",
        "https://h:x",
        "https://a b",
        "://",
        "%zz",
        "https://h/%zz",
        "https://[::1]/a",
    ];
    let service = json!({"namespace": random.pick(&["n", ""]), "name": random.pick(&["s", ""]),
        "path": random.pick(&["/", "", "a/b", "/a//b", "/a/", "//", "/A", "/a.b/c"]), "port": *[443, 0, 70_000, 1].get(random.below(4)).unwrap_or(&1)});
    let mut client = json!({});
    if random.below(4) > 0 {
        put(&mut client, "service", service);
    }
    if random.once_in(3) {
        put(&mut client, "url", json!(random.pick(&urls)));
    }
    if random.once_in(5) {
        put(&mut client, "caBundle", json!("YWJj"));
    }
    let mut webhook = json!({});
    if random.below(4) > 0 {
        put(&mut webhook, "clientConfig", client);
    }
    if random.below(4) > 0 {
        let versions: Vec<&str> =
            (0..random.below(4)).map(|_| random.pick(&["v1", "v1beta1", "v2", "V1", "", "v1"])).collect();
        put(&mut webhook, "conversionReviewVersions", json!(versions));
    }
    let mut conversion = json!({"strategy": random.pick(&["None", "Webhook", "Webhook", "", "other"])});
    if random.below(3) > 0 {
        put(&mut conversion, "webhook", webhook);
    }
    conversion
}
