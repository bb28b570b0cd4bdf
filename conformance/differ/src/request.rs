//! `request`: generated HTTP requests, reviews and impersonations, read and answered by kubelogic and by the real
//! components.

mod http;
mod impersonation;
mod review;

use std::io::Write;

use kubelogic::ask::Catalogue;
use serde_json::{Map, Value, json};

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;

/// A generated question.
fn question(settings: &Settings, number: usize) -> Result<Value, DifferError> {
    let seed = settings.seed.wrapping_mul(1_000_003).wrapping_add(number as u64).wrapping_add(11);
    let mut random = Random::new(seed);
    for _ in 0..8 {
        random.below(2);
    }
    let mut question = match asked(settings) {
        "request.attributes" => http::request(&mut random),
        "request.kubelet" => http::kubelet(&mut random),
        "request.forbidden" => http::forbidden(&mut random),
        "review.access" => review::question(&mut random, &settings.version),
        "impersonation.check" => impersonation::question(&mut random),
        _ => return Err(DifferError::Usage(USAGE)),
    };
    if let Some(fields) = question.as_object_mut() {
        fields.insert("id".to_owned(), json!(number));
        fields.insert("ask".to_owned(), json!(asked(settings)));
    }
    Ok(question)
}

/// The question that is asked.
fn asked(settings: &Settings) -> &str {
    settings.ask.as_deref().unwrap_or("request.attributes")
}

/// What both sides answer.
fn compared(settings: &Settings) -> &'static [&'static str] {
    match asked(settings) {
        "request.attributes" => &["error", "attributes", "path", "apiPrefix", "longRunning"],
        "request.kubelet" => &["checks"],
        "review.access" => &["status", "attributes", "refusal"],
        "impersonation.check" => &["allowed", "user", "mode", "refusal", "checks"],
        _ => &["status"],
    }
}

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Questions that are asked at once.
const BATCH: usize = 512;

#[derive(Debug, Default)]
struct Counts {
    questions: usize,
    /// Questions that neither side takes.
    refused: usize,
    /// Answers that say yes, or that have something to say about a selector.
    telling: usize,
    different: usize,
}

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let catalogue = Catalogue::new(None);
    let mut counts = Counts::default();
    let mut number = 0;
    while number < settings.count {
        let end = (number + BATCH).min(settings.count);
        let batch: Vec<Value> =
            (number..end).map(|number| question(settings, number)).collect::<Result<_, _>>()?;
        let replies = oracle.replies(&batch)?;
        for (question, reply) in batch.iter().zip(&replies) {
            compare(settings, &catalogue, question, reply, &mut counts, out)?;
        }
        number = end;
    }
    let Counts { questions, refused, telling, different } = counts;
    writeln!(
        out,
        "{}, {}: {questions} questions ({telling} with an allowed or limited request, {refused} refused by both), \
         {different} differences",
        asked(settings),
        settings.version
    )?;
    if questions == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

fn compare(
    settings: &Settings,
    catalogue: &Catalogue,
    question: &Value,
    reply: &Value,
    counts: &mut Counts,
    out: &mut dyn Write,
) -> Result<(), DifferError> {
    counts.questions += 1;
    let mut own = question.clone();
    if let Some(fields) = own.as_object_mut() {
        fields.insert("kubeVersion".to_owned(), json!(settings.version));
        if fields.contains_key("bootstrap") {
            fields.insert("bootstrap".to_owned(), json!("never"));
            fields.insert("aggregate".to_owned(), json!(false));
            fields.insert("stored".to_owned(), json!(true));
        }
    }
    let answer: Value = serde_json::from_str(&catalogue.answer(&own.to_string()))?;
    let (ours, real) = (answer.pointer("/answer/result"), reply.get("answer"));
    let (Some(ours), Some(real)) = (ours, real) else {
        if ours.is_none() && real.is_none() {
            counts.refused += 1;
            return Ok(());
        }
        return different(counts, question, &answer, reply, out);
    };
    let text = real.to_string();
    counts.telling += usize::from(text.contains("\"allowed\":true") || text.contains("Selector\":{"));
    let keep = |value: &Value| -> Map<String, Value> {
        let fields = compared(settings).iter();
        fields.filter_map(|key| Some(((*key).to_owned(), value.get(*key)?.clone()))).collect()
    };
    let (mut ours, mut real) = (keep(ours), keep(real));
    if impersonation::is_random(question) {
        // Upstream looks at extra fields in Go's map order: only what comes of it is certain.
        for side in [&mut ours, &mut real] {
            side.remove("checks");
            side.remove("refusal");
        }
    }
    if ours == real {
        return Ok(());
    }
    different(counts, question, &Value::Object(ours), &Value::Object(real), out)
}

fn different(
    counts: &mut Counts,
    question: &Value,
    ours: &Value,
    real: &Value,
    out: &mut dyn Write,
) -> Result<(), DifferError> {
    counts.different += 1;
    if counts.different <= SHOWN {
        writeln!(out, "{question}\n  ours {ours}\n  real {real}")?;
    }
    Ok(())
}
