//! `authorizers`: made-up clusters, policy files and configurations, asked of the Node and ABAC authorizers, of whole
//! chains and of the loaders of both kinds of file.

mod abac;
mod chain;
mod configuration;
mod node;

use std::io::Write;

use kubelogic::ask::Catalogue;
use serde_json::{Map, Value, json};

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;

/// What is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Pods, volumes and requests of nodes.
    Node,
    /// Policy files and requests.
    Abac,
    /// All authorizers in any order, from flags and from configurations.
    Chain,
    /// Lines of policy files, many of them damaged.
    Policy,
    /// Configurations, many of them wrong.
    Configuration,
}

impl Kind {
    fn of(settings: &Settings) -> Result<Self, DifferError> {
        Ok(match settings.ask.as_deref() {
            Some("node") => Self::Node,
            Some("abac") => Self::Abac,
            Some("chain") => Self::Chain,
            Some("policy") => Self::Policy,
            Some("configuration") => Self::Configuration,
            _ => return Err(DifferError::Usage(USAGE)),
        })
    }

    fn question(self, random: &mut Random, number: usize) -> Value {
        match self {
            Self::Node => node::question(random, REQUESTS),
            Self::Abac => abac::question(random, REQUESTS),
            Self::Chain => chain::question(random, number),
            Self::Policy => abac::lines(random),
            Self::Configuration => configuration::question(random),
        }
    }
}

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Requests in one question.
const REQUESTS: usize = 100;
/// Questions that are asked at once.
const BATCH: usize = 16;

#[derive(Debug, Default)]
struct Counts {
    asked: usize,
    allowed: usize,
    refused: usize,
    different: usize,
}

/// Compares; `true` when nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let kind = Kind::of(settings)?;
    let mut oracle = Oracle::start(&settings.oracle)?;
    let catalogue = Catalogue::new(None);
    let mut random = Random::new(settings.seed);
    let mut counts = Counts::default();
    let mut number = 0;
    while counts.asked < settings.count {
        let mut questions: Vec<Value> = Vec::new();
        for _ in 0..BATCH {
            let mut question = kind.question(&mut random, number);
            if let Some(fields) = question.as_object_mut() {
                fields.insert("kubeVersion".to_owned(), json!(settings.version));
                fields.insert("id".to_owned(), json!(number));
            }
            questions.push(question);
            number += 1;
        }
        let replies = oracle.ask(&questions)?;
        for (question, real) in questions.iter().zip(&replies) {
            let answer: Value = serde_json::from_str(&catalogue.answer(&ours(question).to_string()))?;
            let own = answer.pointer("/answer/result");
            let own = own.ok_or_else(|| DifferError::Unanswered(format!("{question}\n{answer}")))?;
            compare(question, own, real, &mut counts, out)?;
        }
    }
    let Counts { asked, allowed, refused, different } = counts;
    writeln!(
        out,
        "{:?} {} seed {}: {asked} asked, {allowed} allowed, {refused} files refused, {different} differences",
        kind, settings.version, settings.seed
    )?;
    Ok(different == 0)
}

/// The oracle's question as one of the catalogue.
fn ours(question: &Value) -> Value {
    let mut question = question.clone();
    if question.get("ask").and_then(Value::as_str) == Some("access.authorize")
        && let Some(fields) = question.as_object_mut()
    {
        let bootstrap = fields.get("bootstrap") == Some(&Value::Bool(true));
        fields.insert("bootstrap".to_owned(), json!(if bootstrap { "auto" } else { "never" }));
        let aggregate = fields.get("aggregate") == Some(&Value::Bool(true));
        fields.insert("aggregate".to_owned(), json!(aggregate));
        fields.insert("stored".to_owned(), json!(true));
        fields.insert("load".to_owned(), json!({"onDuplicate": "last", "fieldValidation": "ignore"}));
    }
    question
}

fn compare(
    question: &Value,
    ours: &Value,
    real: &Value,
    counts: &mut Counts,
    out: &mut dyn Write,
) -> Result<(), DifferError> {
    let results = |answer: &Value| answer.get("results").and_then(Value::as_array).cloned();
    let mut differs = |what: &Value, ours: &Value, real: &Value, counts: &mut Counts| {
        counts.different += 1;
        if counts.different <= SHOWN {
            writeln!(out, "differs: {what}\n  ours {ours}\n  real {real}")?;
        }
        Ok::<(), DifferError>(())
    };
    let (Some(own), Some(theirs)) = (results(ours), results(real)) else {
        counts.asked += 1;
        counts.refused += usize::from(!real.get("error").is_none_or(Value::is_null));
        if !same_file(ours, real) {
            differs(question, ours, real, counts)?;
        }
        return Ok(());
    };
    for (index, (own, theirs)) in own.iter().zip(&theirs).enumerate() {
        counts.asked += 1;
        counts.allowed += usize::from(theirs.get("allowed") == Some(&Value::Bool(true)));
        if without_type(own) != *theirs {
            let asked = question.pointer(&format!("/questions/{index}")).unwrap_or(&Value::Null);
            let chain = question.get("chain").unwrap_or(&Value::Null);
            let number = question.get("id").unwrap_or(&Value::Null);
            differs(&json!([number, chain, asked]), own, theirs, counts)?;
        }
    }
    if own.len() != theirs.len() {
        differs(question, ours, real, counts)?;
    }
    Ok(())
}

/// The oracle does not name the types of authorizers.
fn without_type(result: &Value) -> Value {
    let mut result = result.clone();
    let said = result.get_mut("authorizers").and_then(Value::as_array_mut);
    for said in said.into_iter().flatten().filter_map(Value::as_object_mut) {
        said.remove("type");
    }
    result
}

/// Files are the same when they mean the same, or are refused with the same words. Words about what is no YAML, and
/// about values of a wrong type in configurations, are our own.
fn same_file(ours: &Value, real: &Value) -> bool {
    let error = |answer: &Value| answer.get("error").and_then(Value::as_str).map(str::to_owned);
    match (error(ours), error(real)) {
        (Some(own), Some(theirs)) => {
            let until = |text: &str| text.split(": yaml: ").next().map(str::to_owned);
            let typed = theirs.contains("from file: json: cannot unmarshal")
                && own.starts_with("failed to load AuthorizationConfiguration from file: ");
            own == theirs || typed || (theirs.contains(": yaml: ") && until(&own) == until(&theirs))
        }
        (None, None) => {
            let kept = |answer: &Value| {
                let fields = answer.as_object().into_iter().flatten();
                let kept = fields.filter(|(key, _)| key.as_str() != "findings");
                kept.map(|(key, value)| (key.clone(), value.clone())).collect::<Map<_, _>>()
            };
            kept(ours) == kept(real)
        }
        _ => false,
    }
}

/// A user: mostly a node, sometimes nearly one.
fn user(random: &mut Random) -> Value {
    const NODES: &[&str] = &["system:node:n0", "system:node:n1", "system:node:n2", "system:node:n3"];
    const NAMES: &[&str] = &[
        "system:node:n0",
        "system:node:n1",
        "system:node:n2",
        "system:node:n3",
        "system:node:",
        "system:nodes:n0",
        "ann",
        "system:node:it's \"q\"",
        "",
        "bob",
    ];
    const GROUPS: &[&[&str]] = &[
        &["system:nodes"],
        &["system:nodes", "system:authenticated"],
        &["dev"],
        &[],
        &["system:authenticated"],
        &["system:masters"],
        &["ops", "dev"],
    ];
    let name = if random.once_in(3) { random.pick(NAMES) } else { random.pick(NODES) };
    let groups = if random.once_in(4) { random.below(GROUPS.len()) } else { 0 };
    let groups = GROUPS.get(groups).copied().unwrap_or_default();
    json!({"name": name, "groups": groups})
}
