//! `kubelogic pki`: certificates, and whether they are trusted.

mod inspect;

use std::path::Path;

use kubelogic::ask::Catalogue;
use serde_json::{Value, json};

use crate::arguments::{Pki, PkiCommand, PkiMatch, PkiVerify, Report};
use crate::console::{Console, Failure};
use crate::style::shown;
use crate::{NO, YES, json};

/// Files of certificates are small; more is a mistake.
const MOST_BYTES: u64 = 8 << 20;

pub(crate) fn run(arguments: &Pki, console: &mut Console<'_>) -> Result<u8, Failure> {
    match &arguments.command {
        PkiCommand::Inspect(arguments) => inspect::run(arguments, console),
        PkiCommand::Verify(arguments) => verify(arguments, console),
        PkiCommand::Match(arguments) => matches(arguments, console),
    }
}

fn verify(arguments: &PkiVerify, console: &mut Console<'_>) -> Result<u8, Failure> {
    let certificate = text(&arguments.file, console)?;
    let mut between = certificate.clone();
    for file in &arguments.intermediates {
        between.push('\n');
        between.push_str(&text(file, console)?);
    }
    let mut roots = String::new();
    for file in &arguments.authorities {
        roots.push_str(&text(file, console)?);
        roots.push('\n');
    }
    let at = arguments.at.unwrap_or_else(jiff::Timestamp::now);
    let answer = ask(&json!({
        "ask": "pki.verify",
        "certificate": certificate,
        "intermediates": between,
        "roots": roots,
        "time": at.to_string(),
        "purposes": arguments.purposes,
        "host": arguments.host.as_deref().unwrap_or_default(),
    }))?;
    let verified = answer.pointer("/result/verified") == Some(&Value::Bool(true));
    if arguments.output == Report::Json {
        console.out(&json::answer(&answer)?)?;
    } else if verified {
        let chains = answer.pointer("/result/chains").and_then(Value::as_array);
        for chain in chains.into_iter().flatten() {
            console.out("yes\n")?;
            for (depth, subject) in chain.as_array().into_iter().flatten().enumerate() {
                let name = shown(subject.as_str().unwrap_or_default());
                console.out(&format!("{}{name}\n", "  ".repeat(depth + 1)))?;
            }
        }
    } else {
        let message = answer.pointer("/result/message").and_then(Value::as_str).unwrap_or_default();
        console.out(&format!("no: {}\n", shown(message)))?;
    }
    Ok(if verified { YES } else { NO })
}

fn matches(arguments: &PkiMatch, console: &mut Console<'_>) -> Result<u8, Failure> {
    let certificate = text(&arguments.certificate, console)?;
    let key = text(&arguments.key, console)?;
    let answer = ask(&json!({"ask": "pki.match", "certificate": certificate, "key": key}))?;
    let fits = answer.pointer("/result/matches") == Some(&Value::Bool(true));
    if arguments.output == Report::Json {
        console.out(&json::answer(&answer)?)?;
    } else if fits {
        console.out("yes\n")?;
    } else {
        let message = answer.pointer("/result/message").and_then(Value::as_str).unwrap_or_default();
        console.out(&format!("no: {}\n", shown(message)))?;
    }
    Ok(if fits { YES } else { NO })
}

/// The answer of the catalogue. An error carries no part of the question.
fn ask(question: &Value) -> Result<Value, Failure> {
    let answer = Catalogue::new(None)
        .ask(&question.to_string())
        .map_err(|error| Failure::usage(error.message.clone()))?;
    serde_json::from_str(&answer).map_err(|error| Failure::usage(format!("the answer is no JSON: {error}")))
}

/// The text of a file, or of standard input for `-`. Bytes that are no text stand for nothing in PEM.
fn text(file: &str, console: &mut Console<'_>) -> Result<String, Failure> {
    let bytes = if file == "-" {
        console.read_all(MOST_BYTES)?
    } else {
        console
            .files()
            .read(Path::new(file))
            .map_err(|error| Failure::usage(format!("cannot read `{}`: {error}", shown(file))))?
    };
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
