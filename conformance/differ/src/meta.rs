//! `meta`: quantities, times, selectors, names and metadata, made up from their grammars and damaged, answered by
//! the question catalogue and by the real functions.

mod compare;
mod generate;
mod metadata;
mod names;
mod selectors;

use std::io::Write;

use kubelogic::ask::Catalogue;
use serde_json::Value;

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::random::Random;
use crate::settings::Settings;
use compare::{Verdict, verdict};
use generate::Generator;

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Inputs in one question.
const INPUTS: usize = 200;
/// Questions that are asked at once. They are long: with more of them both ends of the pipe would wait.
const QUESTIONS: usize = 6;

#[derive(Debug, Default)]
struct Counts {
    inputs: usize,
    refused: usize,
    capped: usize,
    different: usize,
}

/// Compares; `true` when nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    // Part of the name of a question: `quantities`, `names` and so on.
    let ask = settings.ask.as_deref().unwrap_or("quantities");
    let words = match &settings.corpus {
        Some(folder) => generate::words(&crate::read::texts(folder)?),
        None => Vec::new(),
    };
    let mut generator = Generator::new(ask, &settings.version, words).ok_or(DifferError::Usage(USAGE))?;
    let mut random = Random::new(settings.seed);
    let mut oracle = Oracle::start(&settings.oracle)?;
    let catalogue = Catalogue::new(None);
    let mut counts = Counts::default();
    while counts.inputs < settings.count {
        let left = (settings.count - counts.inputs).div_ceil(INPUTS).min(QUESTIONS);
        let questions: Vec<Value> = (0..left).map(|_| generator.question(&mut random, INPUTS)).collect();
        let answers = oracle.ask(&questions)?;
        for (question, real) in questions.iter().zip(&answers) {
            let ours: Value = serde_json::from_str(&catalogue.answer(&question.to_string()))?;
            count(question, &ours, real, &mut counts, out)?;
        }
    }
    let Counts { inputs, refused, capped, different } = counts;
    writeln!(
        out,
        "{} {} seed {}: {inputs} inputs, {refused} refused by the real function, {capped} above our limit, \
         {different} differences",
        ask, settings.version, settings.seed
    )?;
    if inputs == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

/// Counts the answers of one question, input by input.
fn count(
    question: &Value,
    ours: &Value,
    real: &Value,
    counts: &mut Counts,
    out: &mut dyn Write,
) -> Result<(), DifferError> {
    let unanswered = || DifferError::Unanswered(format!("{question}\n{ours}"));
    let list = |answer: &Value| {
        let mut lists = answer.as_object().into_iter().flatten();
        lists.find_map(|(_, list)| list.as_array().cloned())
    };
    let ours = ours.pointer("/answer/result").and_then(list).ok_or_else(unanswered)?;
    let real = list(real).ok_or_else(|| DifferError::Refused(real.to_string()))?;
    if ours.len() != real.len() {
        return Err(unanswered());
    }
    for (index, (ours, real)) in ours.iter().zip(&real).enumerate() {
        counts.inputs += 1;
        match verdict(ours, real) {
            Verdict::Same => {}
            Verdict::Refused => counts.refused += 1,
            Verdict::Capped => counts.capped += 1,
            Verdict::Different => {
                counts.different += 1;
                if counts.different <= SHOWN {
                    let input = generate::input(question, index);
                    writeln!(out, "differs: {input}\n  ours {ours}\n  real {real}")?;
                }
            }
        }
    }
    Ok(())
}
