//! `crd`: generated definitions and custom resources, judged, pruned and defaulted by kubelogic and by the real
//! libraries of the API server.

mod answer;
mod corpus;
mod definition;
mod objects;
mod schema;

use std::io::Write;

use serde_json::{Value, json};

use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Questions that are asked at once.
const BATCH: usize = 256;
/// Objects in each question.
const OBJECTS: usize = 4;

#[derive(Debug, Default)]
struct Counts {
    questions: usize,
    objects: usize,
    /// Objects with an unknown field, with an invalid value, and such as cannot be read.
    strict: usize,
    invalid: usize,
    refused: usize,
    /// Definitions that are not structural.
    flawed: usize,
    /// Questions at which the real libraries fell over.
    panics: usize,
    different: usize,
}

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let mut counts = Counts::default();
    let corpus =
        settings.corpus.as_ref().map(|folder| corpus::Corpus::read(folder, &settings.version)).transpose()?;
    let mut number = 0;
    while number < settings.count {
        let end = (number + BATCH).min(settings.count);
        let batch: Vec<Value> = (number..end)
            .map(|number| match &corpus {
                Some(corpus) => corpus.question(settings.seed, number),
                None => generated(settings.seed, number),
            })
            .collect();
        let replies = oracle.replies(&batch)?;
        for (question, reply) in batch.iter().zip(&replies) {
            compare(question, reply, &settings.version, &mut counts, out)?;
        }
        number = end;
    }
    let Counts { questions, objects, strict, invalid, refused, flawed, panics, different } = counts;
    writeln!(
        out,
        "crd, {}: {questions} questions about {objects} objects ({strict} with unknown or duplicate fields, {invalid} \
         invalid, {refused} unreadable, {flawed} definitions not structural, {panics} panics), {different} differences",
        settings.version
    )?;
    if questions == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// Without what depends on chance or on Go's own texts: of several fields that no schema may have upstream names
/// one at random, and metadata of the wrong type in a default, which no accepted definition has, is refused in
/// the words of Go's JSON library.
fn settled(mut answer: Value) -> Value {
    for definition in answer.get_mut("definitions").and_then(Value::as_array_mut).into_iter().flatten() {
        for error in definition.get_mut("errors").and_then(Value::as_array_mut).into_iter().flatten() {
            let text = error.as_str().unwrap_or_default();
            if text.contains("(*bool)(") {
                *error = json!("owners, printed with addresses in memory");
            } else if text.contains("cannot unmarshal")
                || text.contains("cannot parse")
                || text.contains(": `")
                || text.contains("must result in valid metadata: metadata")
            {
                *error = json!("metadata of the wrong type");
            } else if text.contains("OpenAPIV3Schema '") || text.contains("internal error: ") {
                *error = json!("a field that no schema may have");
            }
        }
    }
    for object in answer.get_mut("objects").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(invalid) = object.get_mut("invalid").and_then(Value::as_array_mut) {
            invalid.retain(|error| {
                let text = error.as_str().unwrap_or_default();
                // Up to 1.33 owners are printed with addresses in memory.
                !text.contains("cannot unmarshal") && !text.contains("(*bool)(")
            });
        }
    }
    answer
}

/// A definition and some objects of it.
fn generated(seed: u64, number: usize) -> Value {
    let mut random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number as u64).wrapping_add(7));
    for _ in 0..8 {
        random.below(2);
    }
    let schema = schema::root(&mut random);
    let definition = schema::definition(&mut random, &schema);
    let objects: Vec<Value> = (0..OBJECTS).map(|_| objects::object(&mut random, &schema)).collect();
    let all: Vec<Value> = std::iter::once(definition).chain(objects).collect();
    question(&mut random, number, &all)
}

fn question(random: &mut Random, number: usize, objects: &[Value]) -> Value {
    let ask = *["crd.check", "crd.check", "crd.check", "crd.prune", "crd.default", "crd.default"]
        .get(random.below(6))
        .unwrap_or(&"crd.check");
    json!({"id": number, "ask": ask, "objects": objects})
}

fn compare(
    question: &Value,
    reply: &Value,
    version: &str,
    counts: &mut Counts,
    out: &mut dyn Write,
) -> Result<(), DifferError> {
    counts.questions += 1;
    let ours = answer::answer(question, version)?;
    let real = match reply.get("answer") {
        Some(real) => real.clone(),
        // A definition that cannot be read at all.
        None if reply.pointer("/error/code") == Some(&json!("bad-definition")) => json!({"unreadable": true}),
        // References are refused when the definition is created; nobody stops them here.
        None if reply.pointer("/error/code") == Some(&json!("panic")) => {
            counts.panics += 1;
            return Ok(());
        }
        None => return Err(DifferError::Refused(format!("{reply} to {question}"))),
    };
    let list = |key: &str| real.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let filled = |value: &Value, key: &str| {
        value.get(key).and_then(Value::as_array).is_some_and(|list| !list.is_empty())
    };
    for object in list("objects") {
        counts.objects += 1;
        counts.strict += usize::from(filled(&object, "strict"));
        counts.invalid += usize::from(filled(&object, "invalid"));
        counts.refused += usize::from(object.get("decodes") == Some(&Value::Bool(false)));
    }
    counts.flawed += list("definitions").iter().filter(|definition| filled(definition, "errors")).count();
    let (ours, real) = (settled(ours), settled(real));
    if ours == real || (ours.get("unreadable").is_some() && real.get("unreadable").is_some()) {
        return Ok(());
    }
    counts.different += 1;
    if counts.different <= SHOWN {
        writeln!(out, "{question}\n  ours {ours}\n  real {real}")?;
    }
    Ok(())
}
