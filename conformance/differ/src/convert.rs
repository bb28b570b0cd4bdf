//! `convert`: generated objects, converted by kubelogic and by the real schemes.
//!
//! Both results are read by the real decoder of the new version and compared as the API server holds them, so that what
//! neither wrote, notations and the order of keys do not count.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write};
use std::process::{Command, Stdio};

use kubelogic_core::convert::{self, Options};
use kubelogic_core::object::Object;
use kubelogic_core::schema::GroupVersion;
use kubelogic_core::version::KubeVersion;
use serde_json::{Value, json};

use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::settings::Settings;

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Objects that are asked about at once.
const BATCH: usize = 256;

#[derive(Debug, Default)]
struct Counts {
    objects: usize,
    /// Objects that the real schemes refuse to convert, and so do we.
    refused: usize,
    /// Objects of kinds and versions that we do not convert.
    passed_over: BTreeMap<String, usize>,
    /// Objects that are marked as converted without loss, which were converted back.
    lossless: usize,
    different: usize,
}

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let version = settings.kube_version()?;
    let mut oracle = Oracle::start(&settings.oracle)?;
    let mut generator = Command::new(&settings.oracle)
        .args([
            "generate-convert",
            "-seed",
            &settings.seed.to_string(),
            "-count",
            &settings.count.to_string(),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = generator.stdout.take().ok_or_else(|| std::io::Error::other("the generator has no pipe"))?;
    let mut lines = BufReader::with_capacity(1 << 20, output).lines();
    let mut counts = Counts::default();
    loop {
        let batch: Vec<Value> = lines
            .by_ref()
            .take(BATCH)
            .map(|line| Ok(serde_json::from_str(&line?)?))
            .collect::<Result<_, DifferError>>()?;
        if batch.is_empty() {
            break;
        }
        compare(&batch, &mut oracle, version, &mut counts, out)?;
    }
    generator.wait()?;
    let Counts { objects, refused, passed_over, lossless, different } = counts;
    for (what, count) in passed_over {
        writeln!(out, "not converted, passed over: {what}, {count} times")?;
    }
    writeln!(
        out,
        "convert, {}: {objects} objects, {refused} refused by both, {lossless} without loss and equal when converted \
         back, {different} differences",
        settings.version
    )?;
    if objects == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

fn compare(
    batch: &[Value],
    oracle: &mut Oracle,
    version: KubeVersion,
    counts: &mut Counts,
    out: &mut dyn Write,
) -> Result<(), DifferError> {
    let replies = oracle.ask(batch)?;
    let mut asked = Vec::new();
    let mut questions = Vec::new();
    for (question, real) in batch.iter().zip(replies) {
        let ours = ours(question, version)?;
        match (ours, real.get("object")) {
            (Ours::Unknown(what), _) => *counts.passed_over.entry(what).or_default() += 1,
            (Ours::Refused, None) => {
                counts.objects += 1;
                counts.refused += 1;
            }
            (Ours::Converted(object, back), Some(expected)) => {
                counts.objects += 1;
                questions.push(json!({"id": 1, "ask": "convert.same", "object": object, "other": expected}));
                asked.push((question, json!({"ours": object, "real": expected})));
                if let Some(back) = back {
                    counts.lossless += 1;
                    let before = question.get("object");
                    questions.push(json!({"id": 2, "ask": "convert.same", "object": back, "other": before}));
                    asked.push((question, json!({"back": back})));
                }
            }
            (ours, _) => {
                counts.objects += 1;
                counts.different += 1;
                if counts.different <= SHOWN {
                    writeln!(out, "{question}\n  ours {ours:?}\n  real {real}")?;
                }
            }
        }
    }
    for (same, (question, results)) in oracle.ask(&questions)?.iter().zip(asked) {
        if same.get("same") != Some(&Value::Bool(true)) {
            counts.different += 1;
            if counts.different <= SHOWN {
                writeln!(out, "{question}\n  {same} {results}")?;
            }
        }
    }
    Ok(())
}

#[derive(Debug)]
enum Ours {
    /// Neither the kind nor a conversion of it is known.
    Unknown(String),
    Refused,
    /// The object, and what it is when it is converted back; that only where nothing was lost.
    Converted(Value, Option<Value>),
}

fn ours(question: &Value, version: KubeVersion) -> Result<Ours, DifferError> {
    let unanswered = |error: &dyn std::fmt::Display| DifferError::Unanswered(format!("{error}: {question}"));
    let object = question.get("object").cloned().unwrap_or_default();
    let object = Object::from_serialize(&object).map_err(|error| unanswered(&error))?;
    let to = question.get("to").and_then(Value::as_str).unwrap_or_default();
    let to: GroupVersion = to.parse().map_err(|error| unanswered(&error))?;
    let mut options = Options::default();
    options.kube_version = version;
    let converted = match convert::convert(&object, &to, &options) {
        Ok(converted) => converted,
        Err(error) if error.code() == "convert/refused" => return Ok(Ours::Refused),
        Err(_) => return Ok(Ours::Unknown(format!("{} to {to}", object.kind()))),
    };
    let value = |object: &Object| object.to_typed::<Value>().map_err(|error| unanswered(&error));
    let back = if converted.lossless {
        let from: GroupVersion = object.api_version().parse().map_err(|error| unanswered(&error))?;
        let back =
            convert::convert(&converted.object, &from, &options).map_err(|error| unanswered(&error))?;
        Some(value(&back.object)?)
    } else {
        None
    };
    Ok(Ours::Converted(value(&converted.object)?, back))
}
