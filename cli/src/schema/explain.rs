//! `kubelogic schema explain`: a kind or a field and what is below it, laid out as `kubectl explain` does.

use std::fmt::Write as _;

use kubelogic::ask::Catalogue;
use kubelogic::schema::{
    ExplainError, Explained, ExplainedField, GroupVersion, ListType, MapType, Target, explain,
};
use kubelogic::version::KubeVersion;
use serde_json::json;

use crate::arguments::{Explain, Report};
use crate::console::{Console, Failure};
use crate::style::{Palette, shown};
use crate::{NO, YES, json};

pub(crate) fn run(arguments: &Explain, console: &mut Console<'_>) -> Result<u8, Failure> {
    let version = arguments.kube_version.unwrap_or_default();
    let api_version = arguments.api_version.as_deref().map(str::parse::<GroupVersion>).transpose();
    let api_version = api_version.map_err(|error| Failure::usage(error.to_string()))?;
    let target = match &api_version {
        Some(within) => Target::of_word_in(&arguments.resource, within, version),
        None => Target::of_word(&arguments.resource, version),
    };
    let explained = target.and_then(|target| explain(&target, version, arguments.recursive));
    if arguments.output == Report::Json {
        let question = json!({
            "ask": "schema.explain",
            "kubeVersion": version,
            "resource": arguments.resource,
            "apiVersion": arguments.api_version,
            "recursive": arguments.recursive,
        });
        let answer = Catalogue::new(None).answer(&question.to_string());
        console.out(&json::catalogue(&answer)?)?;
        return Ok(if explained.is_ok() { YES } else { NO });
    }
    match explained {
        Ok(explained) => {
            console.out(&text(&explained, arguments.recursive, console.palette()))?;
            Ok(YES)
        }
        Err(error) => {
            refuse(&error, console);
            Ok(NO)
        }
    }
}

fn refuse(error: &ExplainError, console: &mut Console<'_>) {
    let palette = console.error_palette();
    console.error(format_args!("{} {}", palette.red("error:"), shown(&error.to_string())));
    if let Some(help) = error.help() {
        console.error(format_args!("  {} {}", palette.bold("help:"), shown(help)));
    }
}

fn text(explained: &Explained, recursive: bool, palette: Palette) -> String {
    let Explained { of, path, field, .. } = explained;
    let mut out = String::new();
    if !of.group.is_empty() {
        let _ = writeln!(out, "{}      {}", palette.bold("GROUP:"), of.group);
    }
    let _ = writeln!(out, "{}       {}", palette.bold("KIND:"), of.kind);
    let _ = writeln!(out, "{}    {}", palette.bold("VERSION:"), of.version);
    if path.is_empty() {
        let remarks = remarks(field);
        if !remarks.is_empty() {
            let _ = writeln!(out, "{}      {remarks}", palette.bold("NOTES:"));
        }
    } else {
        let _ = write!(out, "\n{} ", palette.bold("FIELD:"));
        put(&mut out, field, 0, palette);
    }
    if !field.fields.is_empty() {
        let _ = writeln!(out, "\n{}", palette.bold("FIELDS:"));
        put_below(&mut out, field, 1, recursive, palette);
    }
    out
}

/// The fields below one, by name as kubectl sorts them. The tree is as deep as types are nested, which is finite.
fn put_below(out: &mut String, field: &ExplainedField, depth: usize, recursive: bool, palette: Palette) {
    let mut fields: Vec<&ExplainedField> = field.fields.iter().collect();
    fields.sort_by(|left, right| left.name.cmp(&right.name));
    for below in fields {
        put(out, below, depth, palette);
        if recursive {
            put_below(out, below, depth + 1, recursive, palette);
        }
    }
}

fn put(out: &mut String, field: &ExplainedField, depth: usize, palette: Palette) {
    let indent = "  ".repeat(depth);
    let _ = write!(out, "{indent}{} <{}>", palette.bold(&field.name), field.value_type);
    if field.required {
        let _ = write!(out, " {}", palette.yellow("-required-"));
    }
    let remarks = remarks(field);
    if !remarks.is_empty() {
        let _ = write!(out, " {}", palette.dim(&format!("({remarks})")));
    }
    out.push('\n');
    if !field.enum_values.is_empty() {
        let values: Vec<&str> =
            field.enum_values.iter().map(|value| if value.is_empty() { "\"\"" } else { value }).collect();
        let _ = writeln!(out, "{indent}  {} {}", palette.dim("enum:"), values.join(", "));
    }
}

/// What else is worth knowing, in a few words.
fn remarks(field: &ExplainedField) -> String {
    let mut remarks = Vec::new();
    if field.since != KubeVersion::OLDEST {
        remarks.push(format!("since {}", field.since));
    }
    if let Some(until) = field.until {
        remarks.push(format!("until {until}"));
    }
    match field.list_type {
        Some(ListType::Map) => remarks.push(format!("one of each {}", field.list_map_keys.join(" and "))),
        Some(ListType::Set) => remarks.push("one of each".to_owned()),
        Some(ListType::Atomic) | None => {}
    }
    if field.map_type == Some(MapType::Atomic) {
        remarks.push("applied as a whole".to_owned());
    }
    if let Some(value) = &field.default_value {
        remarks.push(format!("default {value}"));
    }
    if field.experimental {
        remarks.push("experimental".to_owned());
    }
    remarks.join(", ")
}
