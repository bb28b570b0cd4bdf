//! `kubelogic schema lifecycle`: when API types came, when they go, and what replaces them.

use kubelogic::ask::Catalogue;
use serde_json::{Value, json};

use crate::arguments::{Lifecycle, Report};
use crate::console::{Console, Failure};
use crate::{NO, YES, json};

const HEADERS: [&str; 6] = ["APIVERSION", "KIND", "INTRODUCED", "DEPRECATED", "REMOVED", "USE"];

pub(crate) fn run(arguments: &Lifecycle, console: &mut Console<'_>) -> Result<u8, Failure> {
    let question = json!({
        "ask": "schema.lifecycle",
        "kubeVersion": arguments.kube_version.unwrap_or_default(),
        "apiVersion": arguments.api_version.as_ref().map(ToString::to_string),
        "kind": arguments.kind,
        "removedIn": arguments.removed_in,
    });
    let answer = Catalogue::new(None)
        .ask(&question.to_string())
        .map_err(|error| Failure::usage(error.message.clone()))?;
    let answer: Value = serde_json::from_str(&answer)
        .map_err(|error| Failure::usage(format!("the answer is no JSON: {error}")))?;
    let types =
        answer.pointer("/result/types").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if arguments.output == Report::Json {
        console.out(&json::answer(&answer)?)?;
    } else {
        console.out(&table(types))?;
    }
    Ok(if types.is_empty() { NO } else { YES })
}

/// A line for each type, under headers.
fn table(types: &[Value]) -> String {
    let rows: Vec<[String; 6]> = types.iter().map(row).collect();
    let headers = HEADERS.map(str::to_owned);
    let mut widths = HEADERS.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.len());
        }
    }
    let mut text = String::new();
    for row in std::iter::once(&headers).filter(|_| !rows.is_empty()).chain(&rows) {
        for (cell, width) in row.iter().zip(widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', width - cell.len() + 3));
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

fn row(of: &Value) -> [String; 6] {
    let cell = |key: &str| of.get(key).and_then(Value::as_str).unwrap_or("-").to_owned();
    let successor = of.get("successor").filter(|successor| !successor.is_null());
    let successor =
        successor.map(|successor| format!("{} {}", api_version(successor), text(successor, "kind")));
    [
        api_version(of),
        cell("kind"),
        cell("introduced"),
        cell("deprecated"),
        cell("removed"),
        successor.unwrap_or_else(|| "-".to_owned()),
    ]
}

fn api_version(of: &Value) -> String {
    match text(of, "group") {
        "" => text(of, "version").to_owned(),
        group => format!("{group}/{}", text(of, "version")),
    }
}

fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}
