//! `access`: generated policies and requests, decided by kubelogic and by the real authorizer.
//!
//! Verdict, reason and evaluation error are compared, and every reason that the real one could give: it lists
//! bindings in no fixed order.

mod answer;
mod policy;

use std::io::{BufRead as _, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::settings::Settings;

/// A made-up policy with requests, for those who ask others about it.
pub(crate) fn made_up(seed: u64, requests: usize) -> Value {
    policy::question(seed, 0, requests)
}

/// Who makes the policies up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The oracle: small ones, in which rules and requests often meet.
    Oracle,
    /// This program: larger ones, with default roles, selectors of every form and longer chains.
    Own,
}

impl Source {
    /// The questions, one policy with its requests each.
    fn questions(
        self,
        settings: &Settings,
    ) -> Result<Box<dyn Iterator<Item = Result<Value, DifferError>> + '_>, DifferError> {
        if self == Self::Own {
            let made = (0..settings.policies)
                .map(|number| Ok(policy::question(settings.seed, number, settings.requests)));
            return Ok(Box::new(made));
        }
        let mut generator = Command::new(&settings.oracle)
            .args([
                "generate",
                "-seed",
                &settings.seed.to_string(),
                "-policies",
                &settings.policies.to_string(),
            ])
            .args(["-requests", &settings.requests.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let output =
            generator.stdout.take().ok_or_else(|| std::io::Error::other("the generator has no pipe"))?;
        let lines = BufReader::with_capacity(1 << 20, output).lines();
        Ok(Box::new(lines.map(move |line| {
            // The process lives as long as its output is read.
            let _ = &generator;
            Ok(serde_json::from_str(&line?)?)
        })))
    }
}

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;
/// Policies that are asked at once.
const BATCH: usize = 256;

#[derive(Debug, Default)]
struct Counts {
    policies: usize,
    requests: usize,
    allowed: usize,
    /// Policies whose aggregation never ends upstream.
    unsettled: usize,
    different: usize,
}

/// Compares, and answers whether nothing differs.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let source = match settings.source.as_deref() {
        None | Some("oracle") => Source::Oracle,
        Some("own") => Source::Own,
        Some(_) => return Err(DifferError::Usage(USAGE)),
    };
    let mut questions = source.questions(settings)?;
    let mut counts = Counts::default();
    loop {
        let batch: Vec<Value> = questions.by_ref().take(BATCH).collect::<Result<_, _>>()?;
        if batch.is_empty() {
            break;
        }
        let replies = oracle.replies(&batch)?;
        for (question, reply) in batch.iter().zip(&replies) {
            compare(question, reply, &settings.version, &mut counts, out)?;
        }
    }
    let Counts { policies, requests, allowed, unsettled, different } = counts;
    writeln!(
        out,
        "access, {}: {requests} requests to {policies} policies, {allowed} allowed, {unsettled} policies whose \
         aggregation never ends passed over, {different} differences",
        settings.version
    )?;
    if requests == 0 {
        return Err(DifferError::Usage("nothing was compared"));
    }
    Ok(different == 0)
}

fn compare(
    question: &Value,
    reply: &Value,
    version: &str,
    counts: &mut Counts,
    out: &mut dyn Write,
) -> Result<(), DifferError> {
    if reply.pointer("/error/code").and_then(Value::as_str) == Some("unsettled") {
        counts.unsettled += 1;
        return Ok(());
    }
    let real = reply.pointer("/answer/results").and_then(Value::as_array);
    let real = real.ok_or_else(|| DifferError::Refused(reply.to_string()))?;
    let ours = answer::results(question, version)?;
    if ours.len() != real.len() {
        return Err(DifferError::Refused(format!("{} answers to {} requests", real.len(), ours.len())));
    }
    counts.policies += 1;
    for (index, (ours, real)) in ours.iter().zip(real).enumerate() {
        counts.requests += 1;
        counts.allowed += usize::from(ours.get("allowed") == Some(&Value::Bool(true)));
        if ours == real {
            continue;
        }
        counts.different += 1;
        if counts.different <= SHOWN {
            let request = question.pointer(&format!("/questions/{index}")).unwrap_or(&Value::Null);
            let id = question.get("id").unwrap_or(&Value::Null);
            writeln!(out, "{id}: {request}\n  ours {ours}\n  real {real}")?;
        }
    }
    Ok(())
}
