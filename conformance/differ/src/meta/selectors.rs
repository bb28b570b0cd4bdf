//! Selectors over a few labels, so that they often meet.

use serde_json::{Value, json};

use crate::random::Random;

const KEYS: [&str; 10] =
    ["a", "b", "c", "app", "tier", "in", "notin", "k8s.io/app", "app.kubernetes.io/name", "zone"];
const BAD_KEYS: [&str; 7] = ["", "/a", "a/", "a/b/c", "A/b", "-a", "a b"];
const VALUES: [&str; 12] = [
    "",
    "x",
    "y",
    "z",
    "shop",
    "1",
    "2",
    "10",
    "in",
    "9223372036854775807",
    "9223372036854775808",
    "a_b.c-d",
];
const BAD_VALUES: [&str; 6] = ["-", "a b", "x/y", "_", "é", "+5"];

fn key(random: &mut Random) -> String {
    if random.once_in(30) {
        return random.pick(&BAD_KEYS).to_owned();
    }
    if random.once_in(60) { "k".repeat(60 + random.below(8)) } else { random.pick(&KEYS).to_owned() }
}

fn value(random: &mut Random) -> String {
    if random.once_in(30) {
        return random.pick(&BAD_VALUES).to_owned();
    }
    if random.once_in(60) { "v".repeat(60 + random.below(8)) } else { random.pick(&VALUES).to_owned() }
}

fn space(random: &mut Random) -> &'static str {
    random.pick(&["", "", "", " ", "  ", "\t", "\n"])
}

/// A selector as `kubectl -l` takes it.
pub(super) fn labels_text(random: &mut Random) -> String {
    let terms: Vec<String> = (0..random.below(5)).map(|_| term(random)).collect();
    let comma = random.pick(&[",", ",", ",", " , ", ",,"]);
    terms.join(comma)
}

fn term(random: &mut Random) -> String {
    let key = key(random);
    let (one, two) = (space(random), space(random));
    match random.below(10) {
        0 => key,
        1 => format!("!{one}{key}"),
        2 | 3 => {
            let values: Vec<String> = (0..random.below(4)).map(|_| value(random)).collect();
            let word = random.pick(&["in", "notin", "in", "notin", "IN", "="]);
            let comma = random.pick(&[",", ",", ", ", ",,"]);
            format!("{key} {one}{word}{two}({})", values.join(comma))
        }
        4 => format!("{key}{one}{}{two}{}", random.pick(&[">", "<", ">", "<", "gt"]), value(random)),
        _ => format!("{key}{one}{}{two}{}", random.pick(&["=", "==", "!=", "=", "!"]), value(random)),
    }
}

/// A selector as objects hold it. At most one label is wrong, because Go looks at labels in no fixed order.
pub(super) fn structured(random: &mut Random) -> Value {
    let mut selector = json!({});
    if let Some(fields) = selector.as_object_mut() {
        if random.once_in(2) {
            let count = if random.once_in(4) { 1 } else { random.below(3) };
            let labels: serde_json::Map<String, Value> = if count == 1 {
                [(key(random), json!(value(random)))].into_iter().collect()
            } else {
                (0..count)
                    .map(|_| (random.pick(&KEYS).to_owned(), json!(random.pick(&["x", "y", ""]))))
                    .collect()
            };
            fields.insert("matchLabels".to_owned(), Value::Object(labels));
        }
        if random.once_in(2) {
            let expressions: Vec<Value> = (0..random.below(4)).map(|_| expression(random)).collect();
            fields.insert("matchExpressions".to_owned(), json!(expressions));
        }
    }
    selector
}

fn expression(random: &mut Random) -> Value {
    let operator =
        random.pick(&["In", "NotIn", "Exists", "DoesNotExist", "In", "NotIn", "Exists", "Gt", "in", ""]);
    let count = if operator.contains("xist") && !random.once_in(8) { 0 } else { random.below(4) };
    let values: Vec<String> = (0..count).map(|_| value(random)).collect();
    json!({"key": key(random), "operator": operator, "values": values})
}

/// A field selector.
pub(super) fn fields_text(random: &mut Random) -> String {
    let terms: Vec<String> = (0..random.below(5))
        .map(|_| {
            let value: String = (0..random.below(5))
                .map(|_| random.pick(&["x", "y", "1", "\\,", "\\=", "\\\\", "\\x", "=", "!", " ", "é"]))
                .collect();
            let field = random.pick(&["a", "metadata.name", "status.phase", "", "b\\", "é", "spec.nodeName"]);
            format!("{field}{}{value}", random.pick(&["=", "==", "!=", "=", "!", ""]))
        })
        .collect();
    terms.join(random.pick(&[",", ",", ",,", "\\,"]))
}

/// Sets of labels or fields to select from.
pub(super) fn sets(random: &mut Random) -> Vec<Value> {
    (0..6)
        .map(|_| {
            let entries = (0..random.below(5)).map(|_| {
                let keys = ["a", "b", "app", "tier", "k8s.io/app", "metadata.name", "zone", "in"];
                (random.pick(&keys).to_owned(), json!(random.pick(&VALUES)))
            });
            Value::Object(entries.collect())
        })
        .collect()
}
