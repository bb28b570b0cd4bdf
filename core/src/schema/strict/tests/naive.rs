//! The decoder against a naive one, over objects made up from the types.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::read::{Options, value};
use crate::schema::{Shape, Types};

/// JSON that may have a key twice.
enum Json {
    Word(&'static str),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

/// Kinds with all sorts of types among their fields.
const KINDS: [(&str, &str, &str); 6] = [
    ("", "v1", "Pod"),
    ("", "v1", "Secret"),
    ("apps", "v1", "Deployment"),
    ("networking.k8s.io", "v1", "NetworkPolicy"),
    ("apiextensions.k8s.io", "v1", "CustomResourceDefinition"),
    ("apps", "v1", "ControllerRevision"),
];

/// Scalars, each right for some types.
const WORDS: [&str; 14] = [
    "null",
    "true",
    "5",
    "-1",
    "300",
    "3000000000",
    "1.5",
    "1.0",
    "\"text\"",
    "\"5\"",
    "\"1Gi\"",
    "\"aGVsbG8=\"",
    "\"2020-01-01T00:00:00Z\"",
    "\"5s\"",
];

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn anything(dice: &mut Dice, depth: usize) -> Json {
    let inner = |dice: &mut Dice| anything(dice, depth - 1);
    match dice.roll(if depth == 0 { 8 } else { 10 }) {
        8 => Json::List((0..dice.roll(3)).map(|_| inner(dice)).collect()),
        9 => {
            let names = ["name", "foo", "key"];
            Json::Map((0..dice.roll(4)).map(|_| (names[dice.roll(3)].to_owned(), inner(dice))).collect())
        }
        _ => Json::Word(WORDS[dice.roll(WORDS.len())]),
    }
}

/// A value that mostly fits.
fn made(shape: Shape<'_>, dice: &mut Dice, depth: usize) -> Json {
    if depth == 0 || dice.roll(40) == 0 {
        return anything(dice, 2);
    }
    match shape {
        Shape::Struct(target)
        | Shape::JsonSchemaPropsOrBool { schema: target }
        | Shape::JsonSchemaPropsOrArray { schema: target }
        | Shape::JsonSchemaPropsOrStringArray { schema: target } => {
            let fields: Vec<_> = target.fields().collect();
            let mut entries = Vec::new();
            for _ in 0..dice.roll(5) {
                if let Some(field) = fields.get(dice.roll(fields.len().max(1))) {
                    entries
                        .push((field.name().to_owned(), made(field.value_type().shape(), dice, depth - 1)));
                }
                if dice.roll(8) == 0 {
                    entries.push(("foo".to_owned(), anything(dice, 2)));
                }
            }
            Json::Map(entries)
        }
        Shape::List { item } => {
            Json::List((0..dice.roll(3)).map(|_| made(item.shape(), dice, depth - 1)).collect())
        }
        Shape::Map { value } => {
            let keys = ["a", "b/c.d"];
            let entry =
                |dice: &mut Dice| (keys[dice.roll(2)].to_owned(), made(value.shape(), dice, depth - 1));
            Json::Map((0..dice.roll(3)).map(|_| entry(dice)).collect())
        }
        Shape::Bool => Json::Word("true"),
        Shape::String => Json::Word("\"text\""),
        Shape::Integer { .. } | Shape::IntOrString | Shape::Float { .. } => Json::Word("5"),
        Shape::Bytes => Json::Word("\"aGVsbG8=\""),
        Shape::Quantity => Json::Word("\"1Gi\""),
        Shape::Time => Json::Word("\"2020-01-01T00:00:00Z\""),
        _ => anything(dice, 3),
    }
}

fn written(json: &Json, out: &mut String) {
    match json {
        Json::Word(word) => out.push_str(word),
        Json::List(items) => {
            for (index, item) in items.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                written(item, out);
            }
            out.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Json::Map(entries) => {
            for (index, (key, value)) in entries.iter().enumerate() {
                let _ = write!(out, "{}\"{key}\":", if index == 0 { '{' } else { ',' });
                written(value, out);
            }
            out.push_str(if entries.is_empty() { "{}" } else { "}" });
        }
    }
}

/// Written down from the rules, one after the other.
#[derive(Default)]
struct Naive {
    errors: Vec<String>,
    fatal: bool,
}

impl Naive {
    fn say(&mut self, what: &str, path: &str, quiet: bool) {
        let text = format!("{what} field \"{path}\"");
        if !quiet && !self.errors.contains(&text) && self.errors.len() < 100 {
            self.errors.push(text);
        }
    }

    fn decode(&mut self, json: &Json, shape: Shape<'_>, path: &str, quiet: bool) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match (shape, json) {
            (Shape::RawExtension | Shape::Json | Shape::Fields | Shape::Unknown, _)
            | (Shape::JsonSchemaPropsOrBool { .. }, Json::Word("true"))
            | (
                Shape::JsonSchemaPropsOrArray { .. } | Shape::JsonSchemaPropsOrStringArray { .. },
                Json::Word(_),
            )
            | (_, Json::Word("null")) => {}
            (Shape::Struct(target), Json::Map(entries)) => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    let Some(field) = target.field(key) else {
                        self.say("unknown", &below(key), quiet);
                        continue;
                    };
                    if entries[..index].iter().any(|(other, _)| other == key) {
                        self.say("duplicate", &below(key), quiet);
                    }
                    self.decode(value, field.value_type().shape(), &below(key), quiet);
                }
            }
            (Shape::Map { value }, Json::Map(entries)) => {
                for (index, (key, json)) in entries.iter().enumerate() {
                    if entries[..index].iter().any(|(other, _)| other == key) {
                        self.say("duplicate", &below(key), quiet);
                    }
                    self.decode(json, value.shape(), &below(key), quiet);
                }
            }
            (Shape::List { item }, Json::List(items)) => {
                for (index, json) in items.iter().enumerate() {
                    self.decode(json, item.shape(), &format!("{path}[{index}]"), quiet);
                }
            }
            (Shape::Bytes, Json::List(items)) => {
                let fits = items.iter().all(|item| matches!(item, Json::Word("5" | "null")));
                self.fatal |= !fits;
            }
            (
                Shape::JsonSchemaPropsOrBool { schema }
                | Shape::JsonSchemaPropsOrArray { schema }
                | Shape::JsonSchemaPropsOrStringArray { schema },
                Json::Map(_),
            ) => self.decode(json, schema.as_type().shape(), path, true),
            (Shape::JsonSchemaPropsOrArray { schema }, Json::List(items)) => {
                for item in items {
                    self.decode(item, schema.as_type().shape(), path, true);
                }
            }
            (Shape::JsonSchemaPropsOrStringArray { .. }, Json::List(items)) => {
                for item in items {
                    self.decode(item, Shape::String, path, true);
                }
            }
            (shape, Json::Word(word)) => self.fatal |= !is_right(shape, word),
            _ => self.fatal = true,
        }
    }
}

/// Which of the words a type takes.
fn is_right(shape: Shape<'_>, word: &str) -> bool {
    match shape {
        Shape::Bool => word == "true",
        Shape::String => word.starts_with('"'),
        Shape::Bytes => ["\"aGVsbG8=\"", "\"text\""].contains(&word),
        Shape::Integer { bits, signed } => match word {
            "5" => true,
            "-1" => signed,
            "300" => bits > 8,
            "3000000000" => bits == 64,
            _ => false,
        },
        Shape::Float { .. } => !word.starts_with('"') && word != "true",
        Shape::Quantity => ["5", "-1", "300", "3000000000", "1.5", "1.0", "\"5\"", "\"1Gi\""].contains(&word),
        Shape::IntOrString => word.starts_with('"') || ["5", "-1", "300"].contains(&word),
        Shape::Time => word == "\"2020-01-01T00:00:00Z\"",
        Shape::Duration => word == "\"5s\"",
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn the_decoder_says_what_a_naive_one_says(seed in any::<u64>(), which in 0..KINDS.len()) {
        let (group, version, kind) = KINDS[which];
        let types = Types::of("1.37".parse().unwrap());
        let shape = types.kind(group, version, kind).unwrap().shape();
        let mut dice = Dice(seed);
        let api_version = if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") };
        let mut text = format!("{{\"apiVersion\":\"{api_version}\",\"kind\":\"{kind}\"");
        let Json::Map(entries) = made(shape, &mut dice, 9) else { return Ok(()) };
        let entries: Vec<_> = entries.into_iter().filter(|(key, _)| key != "kind" && key != "apiVersion").collect();
        let json = Json::Map(entries);
        let mut inner = String::new();
        written(&json, &mut inner);
        text.push_str(if inner == "{}" { "" } else { "," });
        text.push_str(inner.strip_prefix('{').unwrap());

        let mut naive = Naive::default();
        naive.decode(&json, shape, "", false);
        let found = super::super::check(&value(&text, &Options::named("-")).unwrap(), &types);
        prop_assert_eq!(found.is_fatal(), naive.fatal, "{}", &text);
        let wanted = if naive.fatal { Vec::new() } else { naive.errors.clone() };
        prop_assert_eq!(found.errors(), wanted, "{}", &text);
        // Fields are known also when a type is wrong.
        let fields: Vec<_> = found.fields().iter().map(super::super::FieldError::text).collect();
        prop_assert_eq!(&fields[..fields.len().min(100)], &naive.errors[..], "{}", &text);
        prop_assert_eq!(found.is_clean(), !naive.fatal && naive.errors.is_empty(), "{}", &text);
    }
}
