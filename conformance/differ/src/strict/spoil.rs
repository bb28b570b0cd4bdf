//! Mistakes that people make in manifests, and some that nobody makes.

use super::tree::Tree;
use crate::random::Random;

/// Names that are fields somewhere.
const FIELDS: &[&str] = &[
    "metadata",
    "spec",
    "status",
    "replicas",
    "selector",
    "template",
    "containers",
    "image",
    "name",
    "namespace",
    "labels",
    "annotations",
    "ports",
    "port",
    "resources",
    "limits",
    "requests",
    "data",
    "items",
    "kind",
    "apiVersion",
    "Kind",
    "APIVersion",
    "subjects",
    "rules",
    "imagePullPolicy",
    "matchLabels",
    "type",
    "key",
    "value",
    "creationTimestamp",
    "foo",
    "",
    "a.b",
    "x-y",
    "hostUsers",
    "resizePolicy",
    "supplementalGroupsPolicy",
    "restartPolicyRules",
    "trafficDistribution",
    "items[0]",
    "ünknown",
    "a\"b",
    "tab\tkey",
];

/// Values of every kind, right somewhere and wrong elsewhere.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "5",
    "1.0",
    "1e3",
    "1.5",
    "-0",
    "0.0",
    "255",
    "256",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "3000000000",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1e300",
    "1e19",
    "\"\"",
    "\"5\"",
    "\"text\"",
    "\"true\"",
    "\"1Gi\"",
    "\"100m\"",
    "\"1K\"",
    "\"1.5.5\"",
    "\" 5 \"",
    "\"5\\t\"",
    "\"1e3\"",
    "\".5\"",
    "\"+1\"",
    "\"0x10\"",
    "\"50%\"",
    "\"2020-01-01T00:00:00Z\"",
    "\"2020-01-01T00:00:00.123456Z\"",
    "\"2020-01-01T00:00:00.5+01:00\"",
    "\"2020-01-01\"",
    "\"1h30m\"",
    "\"1d\"",
    "\"5s\"",
    "\"aGVsbG8=\"",
    "\"aGVsbG8\"",
    "\"a\"",
    "\"YQ==\"",
    "\"YQ==\\n\"",
    "\"YQ\\n==\"",
    "\"Y_-=\"",
    "\"YR==\"",
    "{}",
    "[]",
    "[null]",
    "{\"a\":1}",
    "{\"a\":null}",
    "{\"name\":\"x\"}",
    "[{}]",
    "[\"a\"]",
    "[1]",
    "[1,256]",
    "[[]]",
    "{\"type\":\"object\",\"foo\":1}",
    "{\"items\":{\"foo\":1,\"type\":5}}",
    "{\"properties\":{\"a\":{\"foo\":1}},\"items\":{\"foo\":1},\"additionalProperties\":{\"x\":1}}",
    "{\"additionalProperties\":5}",
    "{\"dependencies\":{\"a\":5,\"b\":[\"x\"],\"c\":{\"y\":1},\"d\":[1]}}",
    "{\"not\":{\"foo\":1},\"default\":{\"a\":1,\"a\":2},\"items\":[{\"foo\":1},{\"type\":1}]}",
    "{\"items\":7,\"additionalItems\":null,\"enum\":[1,{\"a\":1}],\"maximum\":1e3,\"minimum\":\"1\"}",
];

/// One of the values.
pub(super) fn value(random: &mut Random) -> Tree {
    parse(random.pick(VALUES))
}

/// All of them.
pub(super) fn values() -> impl Iterator<Item = Tree> {
    VALUES.iter().map(|text| parse(text))
}

/// Spoils a manifest in a few places: every other one only in its keys, so that it can mostly be decoded.
pub(super) fn spoil(tree: &mut Tree, random: &mut Random) {
    let kinds = if random.once_in(2) { 4 } else { 8 };
    for _ in 0..=random.below(3) {
        once(tree, random, kinds);
    }
}

fn once(tree: &mut Tree, random: &mut Random, kinds: usize) {
    let size = tree.size();
    // A place that does not suit the mistake is given up for another.
    for _ in 0..20 {
        let Some(place) = tree.nth(random.below(size)) else { continue };
        let done = match random.below(kinds) {
            0 | 1 => misspell(place, random),
            2 => repeat(place, random, kinds),
            3 => add(place, random),
            4 => swap(place, random),
            5 => wrap(place, random),
            _ => {
                *place = value(random);
                true
            }
        };
        if done {
            return;
        }
    }
}

/// A key with a letter wrong.
fn misspell(place: &mut Tree, random: &mut Random) -> bool {
    let Tree::Map(entries) = place else { return false };
    if entries.is_empty() {
        return false;
    }
    let index = random.below(entries.len());
    let Some((key, _)) = entries.get_mut(index) else { return false };
    let mut letters: Vec<char> = key.chars().collect();
    if letters.is_empty() {
        return false;
    }
    let at = random.below(letters.len());
    match random.below(6) {
        0 if at + 1 < letters.len() => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, 'x'),
        3 => letters.insert(at, '_'),
        _ => {
            if let Some(letter) = letters.get_mut(at) {
                let other = if letter.is_uppercase() {
                    letter.to_ascii_lowercase()
                } else {
                    letter.to_ascii_uppercase()
                };
                *letter = other;
            }
        }
    }
    let spelt: String = letters.into_iter().collect();
    let changed = spelt != *key;
    *key = spelt;
    changed
}

/// A key a second time, with the same value or another.
fn repeat(place: &mut Tree, random: &mut Random, kinds: usize) -> bool {
    let Tree::Map(entries) = place else { return false };
    if entries.is_empty() {
        return false;
    }
    let from = random.below(entries.len());
    let Some((key, mut copy)) = entries.get(from).cloned() else { return false };
    match random.below(4) {
        0 if kinds > 4 => copy = value(random),
        1 => once(&mut copy, random, kinds),
        _ => {}
    }
    entries.insert(random.below(entries.len() + 1), (key, copy));
    true
}

/// A field that belongs elsewhere, or nowhere.
fn add(place: &mut Tree, random: &mut Random) -> bool {
    match place {
        Tree::Map(entries) => {
            let key = random.pick(FIELDS).to_owned();
            entries.insert(random.below(entries.len() + 1), (key, value(random)));
        }
        Tree::List(items) => items.insert(random.below(items.len() + 1), value(random)),
        _ => return false,
    }
    true
}

/// Two entries or items in the other order.
fn swap(place: &mut Tree, random: &mut Random) -> bool {
    match place {
        Tree::Map(entries) if entries.len() > 1 => {
            let (one, two) = (random.below(entries.len()), random.below(entries.len()));
            entries.swap(one, two);
        }
        Tree::List(items) if items.len() > 1 => {
            let (one, two) = (random.below(items.len()), random.below(items.len()));
            items.swap(one, two);
        }
        _ => return false,
    }
    true
}

/// A list around a value, or an object, or the quotes that a scalar had not.
fn wrap(place: &mut Tree, random: &mut Random) -> bool {
    let inner = std::mem::replace(place, Tree::Null);
    *place = match (random.below(3), inner) {
        (0, inner) => Tree::List(vec![inner]),
        (1, Tree::Number(text)) => Tree::Text(text),
        (1, Tree::Bool(value)) => Tree::text(if value { "true" } else { "false" }),
        (1, Tree::Text(text)) if text.parse::<i64>().is_ok() => Tree::Number(text),
        (_, inner) => Tree::Map(vec![(random.pick(FIELDS).to_owned(), inner)]),
    };
    true
}

/// JSON to a tree, keys that are there twice included.
fn parse(text: &str) -> Tree {
    let mut rest = text;
    value_of(&mut rest)
}

fn value_of(rest: &mut &str) -> Tree {
    let first = rest.bytes().next().unwrap_or(b'n');
    match first {
        b'{' => {
            let mut entries = Vec::new();
            advance(rest, 1);
            while !rest.starts_with('}') {
                let Tree::Text(key) = value_of(rest) else { break };
                advance(rest, 1);
                entries.push((key, value_of(rest)));
                if rest.starts_with(',') {
                    advance(rest, 1);
                }
            }
            advance(rest, 1);
            Tree::Map(entries)
        }
        b'[' => {
            let mut items = Vec::new();
            advance(rest, 1);
            while !rest.is_empty() && !rest.starts_with(']') {
                items.push(value_of(rest));
                if rest.starts_with(',') {
                    advance(rest, 1);
                }
            }
            advance(rest, 1);
            Tree::List(items)
        }
        b'"' => {
            advance(rest, 1);
            let end = rest.find('"').unwrap_or(rest.len());
            let text = rest.get(..end).unwrap_or_default().replace("\\n", "\n").replace("\\t", "\t");
            advance(rest, end + 1);
            Tree::Text(text)
        }
        _ => {
            let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
            let word = rest.get(..end).unwrap_or_default().to_owned();
            advance(rest, end);
            match word.as_str() {
                "null" => Tree::Null,
                "true" => Tree::Bool(true),
                "false" => Tree::Bool(false),
                _ => Tree::Number(word),
            }
        }
    }
}

fn advance(rest: &mut &str, bytes: usize) {
    *rest = rest.get(bytes..).unwrap_or_default();
}
