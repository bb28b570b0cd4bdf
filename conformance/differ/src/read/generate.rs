//! Texts to read: pieces of real manifests, made-up YAML, JSON and streams, most of them damaged.

use super::Ask;
use crate::random::Random;
use kubelogic_core::read::write::to_yaml;
use kubelogic_core::read::{Options, json_value, yaml_value};

/// One text for a question.
pub(crate) fn input(ask: Ask, random: &mut Random, corpus: &[String]) -> String {
    match ask {
        Ask::Yaml => document(random, corpus),
        Ask::Json => {
            let mut text = json(random, 0);
            for _ in 0..random.below(3) {
                damage(random, &mut text, JSON_PIECES);
            }
            text
        }
        Ask::Documents => stream(random, corpus),
        Ask::Objects => objects(random),
        Ask::Written => written(random, corpus),
    }
}

/// YAML that kubelogic wrote.
fn written(random: &mut Random, corpus: &[String]) -> String {
    let options = Options::named("value");
    loop {
        let value = if random.once_in(4) {
            yaml_value(&document(random, corpus), &options)
        } else {
            json_value(&value(random, 0), &options)
        };
        if let Ok(value) = value {
            return to_yaml(value.root());
        }
    }
}

/// One YAML document.
fn document(random: &mut Random, corpus: &[String]) -> String {
    let mut text = match random.below(10) {
        0..=3 => pieces(random, YAML_PIECES, 12),
        4..=6 => block(random, 0, 0),
        _ => excerpt(random, corpus),
    };
    for _ in 0..random.below(4) {
        damage(random, &mut text, YAML_PIECES);
    }
    text
}

fn pieces(random: &mut Random, from: &[&str], most: usize) -> String {
    (0..=random.below(most)).map(|_| random.pick(from)).collect()
}

/// Some lines of a real manifest.
fn excerpt(random: &mut Random, corpus: &[String]) -> String {
    let Some(text) = corpus.get(random.below(corpus.len())) else { return block(random, 0, 0) };
    let from = random.below(text.lines().count());
    let lines = 1 + random.below(25);
    text.split_inclusive('\n').skip(from).take(lines).collect()
}

/// Nested YAML in block form, mostly well formed.
fn block(random: &mut Random, depth: usize, indent: usize) -> String {
    let mut text = String::new();
    let sequence = random.once_in(3);
    for _ in 0..=random.below(3) {
        text.extend(std::iter::repeat_n(' ', indent));
        if sequence {
            text.push_str("- ");
        } else {
            text.push_str(random.pick(KEYS));
            text.push(':');
        }
        match random.below(if depth < 4 { 8 } else { 5 }) {
            0 => text.push(' '),
            1 => {
                text.push(' ');
                text.push_str(random.pick(YAML_PIECES));
            }
            2 => {
                text.push(' ');
                text.push_str(random.pick(&["&a ", "&b ", "!!str ", ""]));
                text.push_str(random.pick(VALUES));
            }
            3 => {
                text.push_str(random.pick(&[" |", " >", " |-", " >-", " |+", " >+"]));
                lines(random, &mut text, indent, &["text", "a b", "# x", "- y", "k: v", "\t"], 5);
            }
            4 => {
                text.push_str(" word");
                lines(random, &mut text, indent, &["more", "# no", "word: x", "- a", ""], 3);
            }
            _ => {
                if random.once_in(5) {
                    text.push_str(random.pick(&[" &a", " &b", " !x"]));
                }
                text.push('\n');
                let deeper = if sequence { 2 } else { random.below(3) };
                text.push_str(block(random, depth + 1, indent + deeper).trim_end_matches('\n'));
            }
        }
        text.push('\n');
    }
    text
}

fn lines(random: &mut Random, text: &mut String, indent: usize, from: &[&str], most: usize) {
    for _ in 0..random.below(most) {
        text.push('\n');
        text.extend(std::iter::repeat_n(' ', indent + random.below(4)));
        text.push_str(random.pick(from));
    }
}

fn json(random: &mut Random, depth: usize) -> String {
    match random.below(if depth > 3 { 5 } else { 9 }) {
        0 => random.pick(&["null", "true", "false"]).to_owned(),
        1 => random.pick(NUMBERS).to_owned(),
        2..=4 => format!("\"{}\"", pieces(random, JSON_CHARACTERS, 4)),
        5 | 6 => {
            let items: Vec<_> = (0..random.below(4)).map(|_| json(random, depth + 1)).collect();
            format!("[{}]", items.join(random.pick(&[",", ", ", " ,\n"])))
        }
        _ => {
            let entry = |random: &mut Random| {
                let key = random.pick(&["a", "b", "c", "\\u0061", "A", "items", "kind", ""]);
                let space = random.pick(&["", " ", "\n"]);
                format!("\"{key}\":{space}{}", json(random, depth + 1))
            };
            let entries: Vec<_> = (0..random.below(4)).map(|_| entry(random)).collect();
            format!("{{{}}}", entries.join(random.pick(&[",", ", ", "\n,"])))
        }
    }
}

/// A JSON value with strings that are hard to write as YAML.
fn value(random: &mut Random, depth: usize) -> String {
    match random.below(if depth > 4 { 6 } else { 9 }) {
        0 => random.pick(&["null", "true", "false"]).to_owned(),
        1 => loop {
            let number = random.pick(NUMBERS);
            if number != "1e400" {
                return number.to_owned();
            }
        },
        2..=5 => string(random),
        6 => {
            let items: Vec<_> = (0..random.below(4)).map(|_| value(random, depth + 1)).collect();
            format!("[{}]", items.join(","))
        }
        _ => {
            let entries: Vec<_> = (0..random.below(4))
                .map(|_| format!("{}:{}", string(random), value(random, depth + 1)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn string(random: &mut Random) -> String {
    let mut text = String::new();
    if random.once_in(400) {
        text.extend(std::iter::repeat_n('k', 900 + random.below(300)));
    }
    text.push_str(&pieces(random, STRING_PIECES, 6));
    serde_json::Value::String(text).to_string()
}

/// Documents with separators of all kinds between them.
fn stream(random: &mut Random, corpus: &[String]) -> String {
    let mut text = String::new();
    let json_first = random.once_in(2);
    for index in 0..=random.below(4) {
        if if index == 0 { json_first } else { random.once_in(3) } {
            let mut value = json(random, 2);
            if !random.once_in(3) {
                value = format!("{{\"k\":{value}}}");
            }
            if random.once_in(6) {
                damage(random, &mut value, JSON_PIECES);
            }
            text.push_str(&value);
        } else {
            match random.below(4) {
                0 => text.push_str(&document(random, corpus)),
                1 => text.push_str(&block(random, 2, 0)),
                2 => text.push_str("a: 1\n"),
                _ => text.push_str(random.pick(YAML_PIECES)),
            }
        }
        text.push_str(random.pick(SEPARATORS));
    }
    if random.once_in(2) {
        damage(random, &mut text, YAML_PIECES);
    }
    text
}

/// Objects and lists, with fields left out or of the wrong type.
fn objects(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(3) {
        text.push_str(&object(random, 0));
        text.push_str(random.pick(&["\n---\n", "\n", "\n\n", "\n---\n", "\n--- # c\n"]));
    }
    text
}

fn object(random: &mut Random, depth: usize) -> String {
    let mut fields = Vec::new();
    for (name, values) in [("apiVersion", VERSIONS), ("kind", KINDS), ("metadata", METADATA)] {
        // The first value of each list is a good one.
        let value =
            if random.once_in(8) { random.pick(values) } else { values.first().copied().unwrap_or("5") };
        if !random.once_in(20) {
            fields.push(format!("\"{name}\": {value}"));
        }
    }
    if random.once_in(3) {
        let items = match random.below(6) {
            0 => random.pick(&["null", "{}", "5", "[]", "\"x\"", "[null]", "[5]"]).to_owned(),
            _ if depth > 1 => "[]".to_owned(),
            _ => {
                let items: Vec<_> = (0..random.below(4)).map(|_| object(random, depth + 1)).collect();
                format!("[{}]", items.join(", "))
            }
        };
        fields.push(format!("\"items\": {items}"));
    }
    let last = fields.len();
    if last > 1 && random.once_in(2) {
        fields.swap(0, last - 1);
    }
    format!("{{{}}}", fields.join(", "))
}

/// Changes a text in one place.
fn damage(random: &mut Random, text: &mut String, from: &[&str]) {
    let boundary =
        |text: &str, at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let at = boundary(text, random.below(text.len() + 1)).unwrap_or(0);
    let end = boundary(text, at + 1 + random.below(6)).unwrap_or(at).max(at);
    match random.below(7) {
        0 | 1 => text.insert_str(at, random.pick(from)),
        2 => text.replace_range(at..end, ""),
        3 => text.replace_range(at..end, random.pick(from)),
        4 => {
            let printable = u8::try_from(32 + random.below(95)).unwrap_or(b' ');
            text.insert(at, char::from(printable));
        }
        5 => {
            let end = boundary(text, at + random.below(40)).unwrap_or(at).max(at);
            let piece = text.get(at..end).unwrap_or_default().to_owned();
            let to = boundary(text, random.below(text.len() + 1)).unwrap_or(0);
            text.insert_str(to, &piece);
        }
        _ => text.truncate(at),
    }
}

const KEYS: &[&str] = &["a", "b", "c", "'d'", "\"e\"", "1", "true", "on", "x y", "0x1", "1.5", "<<", "null"];
const VALUES: &[&str] = &["1", "x", "yes", "'q'", "\"w\\n\"", "{a: 1, b: [2]}", "[1, 2]", "*a", "*b"];
const NUMBERS: &[&str] = &[
    "0",
    "-1",
    "12",
    "1.0",
    "1.5",
    "1e3",
    "1E-7",
    "0.000001",
    "1e21",
    "123456789012345678",
    "9223372036854775808",
    "18446744073709551615",
    "-0",
    "-0.0",
    "1e400",
    "1e-400",
    "0.1",
    "-1.5E+3",
    "123456789012345678901234567890",
];
const JSON_CHARACTERS: &[&str] = &[
    "a",
    "b",
    "é",
    "😀",
    "\\n",
    "\\u0041",
    "\\ud83d\\ude00",
    "\\ud800",
    "<",
    "&",
    "\\\"",
    "\\\\",
    " ",
    "\u{2028}",
    "\u{7f}",
];
const SEPARATORS: &[&str] = &[
    "\n---\n",
    "\n---\n",
    "---\n",
    "\n",
    "\n\n",
    "",
    "\n--- # c\n",
    "\n--- x\n",
    "\n----\n",
    "\r\n---\r\n",
    " \n",
    "\n---",
    "\n...\n",
];
const VERSIONS: &[&str] =
    &["\"v1\"", "\"v1\"", "\"apps/v1\"", "\"a/b/c\"", "\"apps/\"", "\"\"", "null", "5", "{}", "\"/v1\""];
const KINDS: &[&str] = &[
    "\"Pod\"",
    "\"Pod\"",
    "\"List\"",
    "\"PodList\"",
    "\"ConfigMapList\"",
    "\"\"",
    "null",
    "5",
    "[]",
    "\"A\"",
];
const METADATA: &[&str] = &[
    "{\"name\": \"a\"}",
    "{\"name\": \"a\", \"namespace\": \"b\"}",
    "{}",
    "null",
    "5",
    "[]",
    "\"x\"",
    "{\"name\": 5}",
    "{\"labels\": {\"a\": \"b\"}}",
    "{\"labels\": {\"a\": 1}}",
    "{\"labels\": []}",
    "{\"labels\": {\"a\": null}}",
    "{\"annotations\": {\"a\": true}}",
    "{\"creationTimestamp\": null}",
    "{\"creationTimestamp\": \"2024-05-01T10:00:00Z\"}",
    "{\"creationTimestamp\": \"yesterday\"}",
    "{\"creationTimestamp\": \"2024-05-01T1:00:00+01:00\"}",
    "{\"creationTimestamp\": \"2024-02-30T10:00:00Z\"}",
    "{\"creationTimestamp\": \"\"}",
    "{\"creationTimestamp\": 5}",
    "{\"finalizers\": [\"a\", null]}",
    "{\"finalizers\": [5]}",
    "{\"finalizers\": {}}",
    "{\"generation\": 1}",
    "{\"generation\": 1.0}",
    "{\"generation\": \"1\"}",
    "{\"generation\": 1e3}",
    "{\"generation\": 9223372036854775808}",
    "{\"ownerReferences\": [{\"name\": \"a\", \"controller\": true}]}",
    "{\"ownerReferences\": [{\"controller\": \"yes\"}]}",
    "{\"ownerReferences\": [null, {}]}",
    "{\"ownerReferences\": [5]}",
    "{\"managedFields\": [{\"manager\": \"a\", \"time\": \"x\"}]}",
    "{\"managedFields\": [{\"fieldsV1\": {\"f:a\": {}}, \"time\": null}]}",
    "{\"managedFields\": {}}",
    "{\"Name\": 5}",
    "{\"unknown\": 5}",
    "{\"uid\": true}",
    "{\"deletionGracePeriodSeconds\": \"x\"}",
    "{\"name\": \"a\", \"namespace\": \"\"}",
    "{\"name\": \"a\", \"namespace\": null}",
    "{\"selfLink\": {}}",
];
const YAML_PIECES: &[&str] = &[
    "a",
    "b: ",
    "key: ",
    "- ",
    "-",
    "  ",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    ": ",
    ":",
    "? ",
    "?",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "'",
    "\"",
    "''",
    "\\",
    "\\n",
    "\\u0041",
    "\\x",
    "|",
    "|-",
    "|+",
    "|2",
    ">",
    ">-",
    ">1-",
    "#",
    " # c",
    "&a ",
    "*a",
    "*a ",
    "&b",
    "*b",
    "!!str ",
    "!!int ",
    "!!float ",
    "!!bool ",
    "!!null ",
    "!!binary ",
    "!!timestamp ",
    "!foo ",
    "! ",
    "!<x> ",
    "!a!b ",
    "<<: ",
    "<<",
    "<<: *a",
    "<<: [*a, *b]",
    "---",
    "--- ",
    "\n---\n",
    "...",
    "\n...\n",
    "%YAML 1.1\n",
    "%TAG ! x:\n",
    "%",
    "@",
    "`",
    "\t",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "é",
    "日",
    "😀",
    "\u{feff}",
    "\u{7f}",
    "\u{1}",
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "true",
    "True",
    "tRue",
    "null",
    "~",
    "Null",
    "0",
    "1",
    "-1",
    "+1",
    "012",
    "0o14",
    "0x1F",
    "0b11",
    "1_000",
    "08",
    "1e3",
    "1.0",
    "1.5",
    ".5",
    "1.",
    "1e400",
    ".inf",
    "-.inf",
    ".nan",
    "18446744073709551615",
    "9223372036854775808",
    "99999999999999999999",
    "-0",
    "-0.0",
    "0b-1",
    "2001-01-01",
    "2001-12-14t21:59:43.10-05:00",
    "12:30",
    "=",
    "kind: Pod",
    "apiVersion: v1",
    "metadata:\n  name: x",
    "items:\n- a: 1\n",
    "items: []",
    "spec:\n  containers:\n  - name: a\n    image: b\n",
    "aGVsbG8=",
    "x: |\n  a\n   b\n\n  c\n",
    "x: >\n  a\n  b\n\n   c\n  d\n",
    "\"a b\"",
    "'a b'",
    "\"a\\\n  b\"",
    "\"a\n\n b\"",
    "{a: b}",
    "{a: b, c}",
    "[a, b]",
    "[a: b]",
    "{? a : b}",
    "a b c",
    "a:b",
    "{{ .Values.x }}",
    "0.1",
    "1e-7",
    "123456789012345678901234567890",
    "0x",
    "1_",
    "_1",
    "1__0",
    "+.inf",
    "~: 1",
    "1: a",
    "'1': b",
    "true: a",
    "1.5: x",
    "\\/",
    ">\n",
    "|\n",
    "  a\n",
    "    b\n",
];
const JSON_PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u00e9",
    "\\ud83d",
    "\\ude00",
    "\\n",
    "\\/",
    "\\'",
    "1",
    "-",
    "0",
    "1.5",
    "1e3",
    "e",
    "E+",
    "1e400",
    "9223372036854775808",
    "-0",
    "true",
    "null",
    "fals",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{a0}",
    "\u{1}",
    "\u{7f}",
    "é",
    "😀",
    "\u{2028}",
    "\"a\":",
    "\"a\":1",
    "{}",
    "[]",
    "x",
    "/",
    "//",
    "\u{feff}",
];
const STRING_PIECES: &[&str] = &[
    "a",
    "b",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    ":",
    ": ",
    "#",
    " #",
    "-",
    "- ",
    "---",
    "\n---\n",
    "...",
    "?",
    "? ",
    "'",
    "\"",
    "\\",
    "|",
    ">",
    "&a",
    "*a",
    "!",
    "!!str ",
    "%",
    "@",
    "`",
    "{",
    "}",
    "[",
    "]",
    ",",
    "<<",
    "=",
    "~",
    "null",
    "yes",
    "on",
    "n",
    "0",
    "1",
    "0x1",
    "012",
    "1e3",
    "1.5",
    "1_0",
    ".5",
    ".inf",
    "2001-01-01",
    "12:30",
    "\r",
    "\r\n",
    "\u{0}",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "é",
    "日本",
    "😀",
    "\u{d7ff}",
    "\u{e000}",
    "\u{10ffff}",
    "kind",
    "text",
    "http://x:80/",
    "a: b",
    "x #y",
];
