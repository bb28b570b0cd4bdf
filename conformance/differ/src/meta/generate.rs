//! Inputs made up from the grammars, words of real manifests, and both damaged.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{metadata, names, selectors};
use crate::random::Random;

/// What is asked, and where inputs come from.
pub(super) struct Generator {
    ask: &'static str,
    version: String,
    minor: u16,
    words: Vec<String>,
}

const ASKS: [&str; 14] = [
    "address-warnings",
    "kind-names",
    "stop-signals",
    "quantities",
    "quantity-arithmetic",
    "int-or-percent",
    "label-selectors",
    "structured-selectors",
    "field-selectors",
    "names",
    "times",
    "durations",
    "object-meta",
    "object-meta-update",
];

impl Generator {
    pub(super) fn new(ask: &str, version: &str, words: Vec<String>) -> Option<Self> {
        let ask = ASKS.into_iter().find(|known| *known == ask)?;
        let minor = version.rsplit('.').next()?.parse().ok()?;
        Some(Self { ask, version: version.to_owned(), minor, words })
    }

    pub(super) fn question(&mut self, random: &mut Random, count: usize) -> Value {
        let version = &self.version;
        let mut question = match self.ask {
            "quantities" => json!({"texts": self.texts(random, count, quantity)}),
            "quantity-arithmetic" => {
                let items: Vec<Value> = (0..count).map(|_| calculation(random)).collect();
                json!({"items": items})
            }
            "int-or-percent" => {
                let items: Vec<Value> = (0..count).map(|_| int_or_percent(random)).collect();
                json!({"items": items})
            }
            "label-selectors" => {
                let texts = self.texts(random, count, selectors::labels_text);
                json!({"selectors": texts, "labels": selectors::sets(random)})
            }
            "structured-selectors" => {
                let all: Vec<Value> = (0..count).map(|_| selectors::structured(random)).collect();
                json!({"ask": "meta.label-selectors", "selectors": all, "labels": selectors::sets(random)})
            }
            "field-selectors" => {
                let texts = self.texts(random, count, selectors::fields_text);
                json!({"selectors": texts, "fields": selectors::sets(random)})
            }
            "names" => {
                let (rule, prefix) = names::rule(random, self.minor);
                json!({"rule": rule, "prefix": prefix, "names": self.texts(random, count, names::name)})
            }
            "address-warnings" => {
                let (cidr, make): (bool, fn(&mut Random) -> String) =
                    if random.once_in(2) { (true, names::block) } else { (false, names::address) };
                json!({"field": "spec.a[0]", "cidr": cidr, "texts": self.texts(random, count, make)})
            }
            "kind-names" => {
                let (group, kind, signer) = names::kind(random);
                let names = self.texts(random, count, names::kind_name);
                let prefix = random.once_in(3);
                json!({"group": group, "kind": kind, "signerName": signer, "prefix": prefix, "names": names})
            }
            "stop-signals" => {
                let os = random.pick(&["linux", "linux", "windows", "plan9", ""]);
                let os = (!random.once_in(6)).then_some(os);
                json!({"os": os, "signals": self.texts(random, count, names::signal)})
            }
            "times" => {
                json!({"texts": self.texts(random, count, time), "micro": random.once_in(2)})
            }
            "durations" => json!({"texts": self.texts(random, count, duration)}),
            _ => metadata::question(random, count, self.ask == "object-meta-update", self.minor),
        };
        if let Some(fields) = question.as_object_mut() {
            fields.entry("ask").or_insert_with(|| json!(format!("meta.{}", self.ask)));
            fields.insert("kubeVersion".to_owned(), json!(version));
            fields.insert("id".to_owned(), json!(1));
        }
        question
    }

    /// Texts made by a grammar, with words of manifests among them, some of them damaged.
    fn texts(&self, random: &mut Random, count: usize, make: fn(&mut Random) -> String) -> Vec<String> {
        let text = |_| {
            let text = match self.words.get(random.below(self.words.len().max(1))) {
                Some(word) if random.once_in(8) => word.clone(),
                _ => make(random),
            };
            let text = if random.once_in(3) { damaged(&text, random) } else { text };
            if has_long_exponent(&text) { "1".to_owned() } else { text }
        };
        (0..count).map(text).collect()
    }
}

/// The real parser calculates for minutes with a long exponent, of which it takes the low 32 bits.
fn has_long_exponent(text: &str) -> bool {
    text.rsplit(['e', 'E']).next().and_then(|digits| digits.parse::<i64>().ok()).is_some_and(|exponent| {
        let low = exponent.rem_euclid(1 << 32);
        (2_000..(1 << 32) - 2_000).contains(&low)
    })
}

/// The input at a place of a question, for people.
pub(super) fn input(question: &Value, index: usize) -> String {
    let rule = question.get("rule").map(|rule| format!(" by {rule}")).unwrap_or_default();
    let micro = question.get("micro").map(|micro| format!(" micro {micro}")).unwrap_or_default();
    let prefix = question.get("prefix").map(|prefix| format!(" prefix {prefix}")).unwrap_or_default();
    let kind = question.get("kind").map(|kind| format!(" kind {kind}")).unwrap_or_default();
    let signer = question.get("signerName").map(|name| format!(" signer {name}")).unwrap_or_default();
    let lists = ["signals", "texts", "items", "selectors", "names", "objects"];
    let item = lists.iter().find_map(|list| question.get(list)?.get(index));
    format!("{}{rule}{kind}{signer}{prefix}{micro}", item.unwrap_or(&Value::Null))
}

/// The different words of manifests.
pub(super) fn words(texts: &[String]) -> Vec<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        let separators = |letter: char| letter.is_whitespace() || "\"'{}[]".contains(letter);
        words.extend(
            text.split(separators).filter(|word| !word.is_empty() && word.len() < 300).map(str::to_owned),
        );
    }
    words.into_iter().collect()
}

const SPARE: &str = "0123456789+-.eEinumkKMGTPTZz:,/_=!()<> \\\"aAxX%\u{e9}\u{4e16}*#\t\0";

pub(super) fn damaged(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let spare: Vec<char> = SPARE.chars().collect();
    for _ in 0..=random.below(3) {
        let place = random.below(letters.len() + 1);
        let letter = spare.get(random.below(spare.len())).copied().unwrap_or('0');
        match random.below(4) {
            0 => letters.insert(place, letter),
            1 if place < letters.len() => drop(letters.remove(place)),
            2 if place + 1 < letters.len() => letters.swap(place, place + 1),
            _ => {
                if let Some(old) = letters.get_mut(place) {
                    *old = letter;
                }
            }
        }
    }
    letters.into_iter().collect()
}

pub(super) fn digits(random: &mut Random, longest: usize) -> String {
    let length = random.below(longest + 1);
    let zeros = random.once_in(4);
    (0..length)
        .map(|place| {
            let digit = if zeros && (place > length / 2 || random.once_in(2)) { 0 } else { random.below(10) };
            char::from_digit(u32::try_from(digit).unwrap_or(0), 10).unwrap_or('0')
        })
        .collect()
}

pub(super) fn quantity(random: &mut Random) -> String {
    let longest = random.choose(&[3, 5, 10, 20, 30]);
    let mut text = random.pick(&["", "", "", "+", "-"]).to_owned();
    text.push_str(&digits(random, longest));
    if random.once_in(2) {
        text.push('.');
        let longest = if random.once_in(4) { 25 } else { 4 };
        text.push_str(&digits(random, longest));
    }
    let suffixes = [
        "", "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "e", "E",
        "K", "ki",
    ];
    text.push_str(random.pick(&suffixes));
    if random.once_in(4) {
        text.push_str(random.pick(&["e", "E", "e+", "e-", "E-"]));
        text.push_str(random.pick(&[
            "0",
            "1",
            "2",
            "3",
            "6",
            "9",
            "10",
            "18",
            "19",
            "27",
            "40",
            "100",
            "999",
            "4294967297",
            "4294967290",
            "99999999999999999999",
        ]));
    }
    text
}

fn calculation(random: &mut Random) -> Value {
    let op = random.pick(&["add", "sub", "neg", "mul", "round-up", "compare", "add", "sub", "compare"]);
    let (left, right) = (quantity(random), quantity(random));
    let number = if op == "round-up" {
        i64::try_from(random.below(25)).unwrap_or(0) - 12
    } else {
        let text = format!("{}{}", random.pick(&["", "-"]), digits(random, 18));
        text.parse().unwrap_or(2)
    };
    json!({"left": left, "op": op, "right": right, "number": number})
}

fn int_or_percent(random: &mut Random) -> Value {
    let number = digits(random, 11);
    let text = match random.below(8) {
        0 => random.pick(&["null", "true", "false", "1.0", "1e2", "-0", "-5", "[]", "{}", "\"\""]).to_owned(),
        1 => number.trim_start_matches('0').to_owned() + "1",
        2 => format!("\"{}\"", damaged(&format!("{number}%"), random).replace(['"', '\\', '\t', '\0'], "")),
        3 => format!("\"{number}\""),
        _ => format!("\"{}{}%\"", random.pick(&["", "", "+", "-"]), digits(random, 5)),
    };
    let rounding = random.pick(&["up", "down"]);
    json!({"text": text, "total": random.below(5000), "rounding": rounding})
}

fn two(random: &mut Random, below: usize) -> String {
    let below = if random.once_in(12) { 100 } else { below };
    let number = random.below(below);
    if random.once_in(20) { number.to_string() } else { format!("{number:02}") }
}

fn time(random: &mut Random) -> String {
    let year = match random.below(6) {
        0 => format!("{:04}", random.below(10_000)),
        1 => random.pick(&["0000", "0001", "1900", "2000", "2024", "9999"]).to_owned(),
        _ => format!("{:04}", 1960 + random.below(120)),
    };
    let mut text = format!("{year}-{}-{}", two(random, 13), two(random, 32));
    text.push_str(random.pick(&["T", "T", "T", "T", "T", "T", "T", "t", " ", ""]));
    let clock = [two(random, 24), two(random, 60), two(random, 60)].join(":");
    let fraction = match random.below(4) {
        0 => random.pick(&[".", ".", ","]).to_owned() + &digits(random, 12),
        1 => format!(".{:06}", random.below(1_000_000)),
        _ => String::new(),
    };
    let zone = match random.below(4) {
        0 => format!("{}{}:{}", random.pick(&["+", "-"]), two(random, 25), two(random, 61)),
        1 => random.pick(&["z", "", "+0100", "+01", "UTC", "-07:00 "]).to_owned(),
        _ => "Z".to_owned(),
    };
    text + &clock + &fraction + &zone
}

fn duration(random: &mut Random) -> String {
    let mut text = random.pick(&["", "", "", "+", "-"]).to_owned();
    for _ in 0..=random.below(4) {
        let longest = random.choose(&[2, 4, 10, 20]);
        text.push_str(&digits(random, longest));
        if random.once_in(3) {
            text.push('.');
            let longest = random.choose(&[3, 20]);
            text.push_str(&digits(random, longest));
        }
        let units = ["h", "m", "s", "ms", "us", "\u{b5}s", "\u{3bc}s", "ns", "h", "m", "s", "d", "", "hm"];
        text.push_str(random.pick(&units));
    }
    text
}
