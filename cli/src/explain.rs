//! `kubelogic explain`: what a finding or an error means.

use std::fmt::Write as _;

use kubelogic::answer::Answer;
use kubelogic::ask::ExplainedCodes;
use kubelogic::report::codes::{self, Code, Nature};
use kubelogic::version::KubeVersion;

use crate::arguments::{ExplainCode, Report};
use crate::console::{Console, Failure};
use crate::style::{Palette, shown};
use crate::{YES, json};

pub(crate) fn run(arguments: &ExplainCode, console: &mut Console<'_>) -> Result<u8, Failure> {
    let found = find(arguments.code.as_deref())?;
    let printed = match arguments.output {
        Report::Json => {
            let codes = found.into_iter().copied().collect();
            json::answer(&Answer::new(ExplainedCodes { codes }, KubeVersion::default()))?
        }
        Report::Text => match found.as_slice() {
            [one] => explanation(one, console.palette()),
            several => list(several, console.palette()),
        },
    };
    console.out(&printed)?;
    Ok(YES)
}

/// One code, the codes of a room, or all of them.
fn find(code: Option<&str>) -> Result<Vec<&'static Code>, Failure> {
    let Some(word) = code else { return Ok(codes::all().collect()) };
    if let Some(one) = codes::explain(word) {
        return Ok(vec![one]);
    }
    let room = format!("{}/", word.trim_end_matches('/'));
    let of_room: Vec<&Code> = codes::all().filter(|one| one.code.starts_with(&room)).collect();
    if !of_room.is_empty() {
        return Ok(of_room);
    }
    let help = match codes::meant(word) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`kubelogic explain` lists all of them".to_owned(),
    };
    Err(Failure::with_help(format!("there is no code `{word}`"), help))
}

/// The severity of a finding, or what else the code stands for.
fn word(code: &Code) -> &'static str {
    if code.nature == Nature::Finding { code.severity.name() } else { code.nature.name() }
}

fn explanation(code: &Code, palette: Palette) -> String {
    let label = format!("{}[{}]", word(code), code.code);
    let mut text = format!("{}: {}\n\n", palette.severity(code.severity, &label), palette.bold(code.title));
    for line in code.text().lines() {
        wrap(&mut text, line);
    }
    text
}

/// Breaks a line between words, as wide as people like to read. Examples stay as they are.
fn wrap(text: &mut String, line: &str) {
    const WIDTH: usize = 100;
    if line.starts_with(' ') {
        let _ = writeln!(text, "{}", shown(line));
        return;
    }
    let mut width = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text.push('\n');
}

fn list(codes: &[&Code], palette: Palette) -> String {
    let width = codes.iter().map(|code| code.code.len()).max().unwrap_or_default();
    let mut text = String::new();
    for code in codes {
        let name = format!("{:width$}", code.code);
        let word = format!("{:10}", word(code));
        let _ = writeln!(
            text,
            "{}  {}  {}",
            palette.bold(&name),
            palette.severity(code.severity, &word),
            code.title
        );
    }
    text
}
