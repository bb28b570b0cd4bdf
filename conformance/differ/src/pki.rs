//! `pki`: generated chains, keys and changed certificates, judged by kubelogic and by Go's own packages.

use std::io::Write;

use kubelogic::ask::Catalogue;
use serde_json::{Value, json};

use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::settings::Settings;

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Trees of certificates that are made at once.
const BATCH: usize = 100;

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let catalogue = Catalogue::new(None);
    let (mut trees, mut questions, mut verified, mut refused, mut different) = (0, 0, 0, 0, 0);
    while trees < settings.count {
        let size = BATCH.min(settings.count - trees);
        let made = oracle.ask(&[json!({
            "id": 1,
            "ask": "pki.chains",
            "seed": settings.seed.wrapping_add(u64::try_from(trees).unwrap_or(0)),
            "count": size,
        })])?;
        trees += size;
        let Some(batch) = made.first().and_then(|made| made.get("questions")?.as_array()) else {
            return Err(DifferError::Usage("the oracle makes no chains"));
        };
        for (question, real) in batch.iter().zip(oracle.ask(batch)?) {
            questions += 1;
            match real.get("verified") {
                Some(Value::Bool(true)) => verified += 1,
                Some(_) => refused += 1,
                None => {}
            }
            let mut question = question.clone();
            if let Some(fields) = question.as_object_mut() {
                fields.insert("kubeVersion".to_owned(), json!(settings.version));
            }
            let ours = catalogue.answer(&question.to_string());
            let ours: Value = serde_json::from_str(&ours)?;
            if holds(&real, ours.pointer("/answer/result").unwrap_or(&ours)) {
                continue;
            }
            different += 1;
            if different <= SHOWN {
                writeln!(out, "{question}\n  ours {ours}\n  real {real}")?;
            }
        }
    }
    writeln!(
        out,
        "pki, {}: {trees} trees, {questions} questions, {verified} chains verified, {refused} refused, {different} \
         differences",
        settings.version
    )?;
    if verified == 0 || refused == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// Whether every value of the real answer is there; ours says more.
fn holds(real: &Value, ours: &Value) -> bool {
    match (real, ours) {
        (Value::Object(real), Value::Object(ours)) => {
            real.iter().all(|(key, value)| ours.get(key).is_some_and(|ours| holds(value, ours)))
        }
        (Value::Array(real), Value::Array(ours)) => {
            real.len() == ours.len() && real.iter().zip(ours).all(|(real, ours)| holds(real, ours))
        }
        (real, ours) => real == ours,
    }
}
