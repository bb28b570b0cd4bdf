//! Findings as text for people.

mod excerpt;

pub(crate) use excerpt::Excerpts;

use std::fmt::Write as _;

use kubelogic::finding::{Finding, Severity};

use crate::style::{Palette, shown};

/// One finding: `file:line:column: severity[code]: message`, the line with a caret, further places, help.
pub(crate) fn text(finding: &Finding, excerpts: &mut Excerpts<'_>, palette: Palette) -> String {
    let mut text = String::new();
    if let Some(location) = &finding.location {
        // A file that cannot be opened has no place inside.
        let place =
            if finding.code == "read/file" { location.source.to_string() } else { location.to_string() };
        let _ = write!(text, "{}: ", palette.bold(&shown(&place)));
    }
    let label = format!("{}[{}]", finding.severity, finding.code);
    let _ = writeln!(text, "{}: {}", palette.severity(finding.severity, &label), shown(&finding.message));
    if let Some(excerpt) = finding.location.as_ref().and_then(|location| excerpts.of(location)) {
        let number = excerpt.line.to_string();
        let margin = " ".repeat(number.len());
        let bar = palette.dim("|");
        let caret = palette.severity(finding.severity, "^");
        let _ = writeln!(text, " {} {bar} {}", palette.dim(&number), excerpt.text);
        let _ = writeln!(text, " {margin} {bar} {}{caret}", " ".repeat(excerpt.caret));
    }
    for related in &finding.related {
        let place = related.location.to_string();
        let _ = writeln!(text, "  {}: {}", shown(&place), shown(&related.message));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(text, "  {} {}", palette.bold("help:"), shown(help));
    }
    text
}

/// How many findings of each severity there are: `2 errors, 1 warning`.
pub(crate) fn tally(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| (count(severity), severity.name()))
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| counted(count, name));
    parts.collect::<Vec<_>>().join(", ")
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
