//! The same question to all authorizers of an API server.

use std::fmt::Write as _;
use std::path::Path;

use kubelogic::ask::Catalogue;
use kubelogic::cluster::Cluster;
use serde_json::{Map, Value, json};

use crate::arguments::{Authorization, CanI, Report};
use crate::console::{Console, Failure};
use crate::style::{Palette, shown};
use crate::{NO, YES, json as output};

/// The chain as the catalogue's questions name it.
pub(crate) fn settings(authorization: &Authorization, console: &Console<'_>) -> Result<Value, Failure> {
    let read = |path: &String| {
        let bytes = console
            .files()
            .read(Path::new(path))
            .map_err(|error| Failure::usage(format!("`{path}` cannot be read: {error}")))?;
        String::from_utf8(bytes).map_err(|_| Failure::usage(format!("`{path}` is no UTF-8")))
    };
    let mut chain = Map::new();
    if !authorization.modes.is_empty() {
        chain.insert("modes".to_owned(), json!(authorization.modes));
    }
    if let Some(path) = &authorization.policy {
        chain.insert("policy".to_owned(), json!(read(path)?));
        chain.insert("policyPath".to_owned(), json!(path));
    }
    if let Some(path) = &authorization.configuration {
        chain.insert("configuration".to_owned(), json!(read(path)?));
        chain.insert("configurationPath".to_owned(), json!(path));
    }
    Ok(Value::Object(chain))
}

/// Asks the catalogue's question of the chain and prints what comes of it.
pub(super) fn answer(
    arguments: &CanI,
    question: &str,
    cluster: Cluster,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let broken = |error: serde_json::Error| Failure::usage(format!("the question cannot be asked: {error}"));
    let mut question: Value = serde_json::from_str(question).map_err(broken)?;
    let chain = settings(&arguments.authorization, console)?;
    if let Some(fields) = question.as_object_mut() {
        fields.insert("chain".to_owned(), chain);
    }
    let text = Catalogue::new(Some(cluster)).answer(&question.to_string());
    let answer: Value = serde_json::from_str(&text).map_err(broken)?;
    let error = answer.pointer("/error/message").and_then(Value::as_str);
    let result = answer.pointer("/answer/result");
    if arguments.output == Report::Json && !arguments.quiet {
        console.out(&output::catalogue(&text)?)?;
    }
    let Some(result) = result else {
        let message = error.unwrap_or("there is no answer").to_owned();
        let undecided = message.strip_prefix("undecided: ").map(str::to_owned);
        return Err(undecided.map_or_else(|| Failure::usage(message), Failure::Undecided));
    };
    if let Some(undecided) = result.get("undecided").and_then(Value::as_str) {
        return Err(Failure::Undecided(undecided.to_owned()));
    }
    let allowed = result.get("allowed") == Some(&Value::Bool(true));
    if arguments.output == Report::Text && !arguments.quiet {
        let palette = console.palette();
        let mut text = verdict(result, allowed, palette);
        if arguments.explain {
            explain(&answer, palette, &mut text);
        }
        console.out(&text)?;
    }
    Ok(if allowed { YES } else { NO })
}

/// `yes` or `no` with reason and error, as kubectl prints it.
fn verdict(result: &Value, allowed: bool, palette: Palette) -> String {
    // upstream: kubectl pkg/cmd/auth/cani.go (RunAccessCheck)
    if allowed {
        return format!("{}\n", palette.green("yes"));
    }
    let mut text = palette.red("no").to_string();
    for field in ["reason", "error"] {
        let said = result.get(field).and_then(Value::as_str).unwrap_or_default();
        if !said.is_empty() {
            let _ = write!(text, " - {}", shown(said));
        }
    }
    text.push('\n');
    text
}

/// What each authorizer said, and what decided.
fn explain(answer: &Value, palette: Palette, text: &mut String) {
    let word =
        |value: &Value, field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |pointer: &str| answer.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
    for said in list("/answer/result/authorizers") {
        let _ = write!(text, "  {}: {}", shown(&word(&said, "name")), word(&said, "decision"));
        for field in ["reason", "error"] {
            let more = word(&said, field);
            if !more.is_empty() {
                let _ = write!(text, " - {}", shown(&more));
            }
        }
        text.push('\n');
    }
    for piece in list("/answer/evidence") {
        let _ = writeln!(text, "    {}", shown(&word(&piece, "message")));
    }
    for warning in list("/answer/warnings") {
        let label = format!("{}[{}]", word(&warning, "severity"), word(&warning, "code"));
        let _ = writeln!(text, "  {}: {}", palette.bold(&label), shown(&word(&warning, "message")));
    }
}
