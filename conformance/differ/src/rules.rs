//! `rules`: generated questions about rules, reviews, writes and reconciliation, asked of the catalogue and of the real
//! components.

mod generate;

use std::io::Write;

use kubelogic::ask::Catalogue;
use serde_json::Value;

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::settings::Settings;

/// Differences that are printed; all are counted.
const SHOWN: usize = 10;
/// Questions that are asked at once.
const BATCH: usize = 256;

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let ask = settings.ask.as_deref().unwrap_or("access.covers");
    if !generate::ASKS.contains(&ask) {
        return Err(DifferError::Usage(USAGE));
    }
    let mut oracle = Oracle::start(&settings.oracle)?;
    let catalogue = Catalogue::new(None);
    let (mut compared, mut different, mut unsettled, mut refused) = (0_usize, 0_usize, 0_usize, 0_usize);
    let last = settings.count;
    let mut next = 0;
    while next < last {
        let numbers = next..last.min(next + BATCH);
        next = numbers.end;
        let questions: Vec<Value> =
            numbers.map(|number| generate::question(ask, &settings.version, settings.seed, number)).collect();
        for (question, reply) in questions.iter().zip(oracle.replies(&questions)?) {
            if reply.pointer("/error/code").and_then(Value::as_str) == Some("unsettled") {
                unsettled += 1;
                continue;
            }
            let real = reply.get("answer").ok_or_else(|| DifferError::Refused(reply.to_string()))?;
            let ours: Value = serde_json::from_str(&catalogue.answer(&question.to_string()))?;
            compared += 1;
            refused += usize::from(generate::is_refusal(real));
            let result = ours.pointer("/answer/result").unwrap_or(&ours);
            if !holds(real, result) {
                different += 1;
                if different <= SHOWN {
                    writeln!(out, "{question}\n  ours {result}\n  real {real}")?;
                }
            }
        }
    }
    writeln!(
        out,
        "{}, {}: {compared} questions, {refused} of them refused, {unsettled} without an end, {different} differences",
        ask, settings.version
    )?;
    if compared == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// Whether everything that is expected is there; the answer may say more.
fn holds(expect: &Value, result: &Value) -> bool {
    match (expect, result) {
        (Value::Object(expect), Value::Object(result)) => {
            expect.iter().all(|(key, value)| result.get(key).is_some_and(|own| holds(value, own)))
        }
        (Value::Array(expect), Value::Array(result)) => {
            expect.len() == result.len() && expect.iter().zip(result).all(|(value, own)| holds(value, own))
        }
        _ => expect == result,
    }
}
