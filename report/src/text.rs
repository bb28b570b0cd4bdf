//! Findings as text for people.

use std::fmt::Write as _;

use kubelogic_core::finding::{Finding, Severity};

use crate::Report;
use crate::sources::Sources;
use crate::style::{Palette, shown};

/// All findings, and a line that counts them.
///
/// ```
/// use kubelogic_core::finding::{Finding, Severity};
/// use kubelogic_report::{Report, Sources, style::Palette, text};
/// let findings = [Finding::new("read/syntax", Severity::Error, "the text breaks off")];
/// let (sources, report) = (Sources::none(), Report::of(&findings));
/// assert_eq!(
///     text::all(&report, &sources, Palette::PLAIN),
///     "error[read/syntax]: the text breaks off\n1 error in 0 objects\n"
/// );
/// ```
pub fn all(report: &Report<'_>, sources: &Sources<'_>, palette: Palette) -> String {
    let mut text = String::new();
    for one in report.findings {
        text.push_str(&finding(one, sources, palette));
    }
    let found = match tally(report.findings) {
        none if none.is_empty() => "nothing found".to_owned(),
        some => some,
    };
    let _ = write!(text, "{found} in {}", counted(report.objects, "object"));
    if !report.suppressed.is_empty() {
        let _ = write!(text, ", {} suppressed", report.suppressed.len());
    }
    text.push('\n');
    text
}

/// One finding: `file:line:column: severity[code]: message`, the line with a caret, further places, help.
pub fn finding(finding: &Finding, sources: &Sources<'_>, palette: Palette) -> String {
    let mut text = String::new();
    if let Some(location) = &finding.location {
        // A file that cannot be opened has no place inside.
        let place =
            if finding.code == "read/file" { location.source.to_string() } else { location.to_string() };
        let _ = write!(text, "{}: ", palette.bold(&shown(&place)));
    }
    let label = format!("{}[{}]", finding.severity, finding.code);
    let _ = writeln!(text, "{}: {}", palette.severity(finding.severity, &label), shown(&finding.message));
    excerpt(&mut text, finding, sources, palette);
    for related in &finding.related {
        let place = related.location.to_string();
        let _ = writeln!(text, "  {}: {}", shown(&place), shown(&related.message));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(text, "  {} {}", palette.bold("help:"), shown(help));
    }
    if let Some(fix) = &finding.fix {
        let _ = writeln!(text, "  {} {} (--fix does it)", palette.bold("fix:"), shown(&fix.title));
    }
    text
}

fn excerpt(text: &mut String, finding: &Finding, sources: &Sources<'_>, palette: Palette) {
    let Some(excerpt) = sources.excerpt(finding) else { return };
    let digits = excerpt.lines.last().map_or(1, |line| line.number.to_string().len());
    let several = excerpt.width == 0;
    // Lines of a range carry a mark instead of a caret.
    let bar = if several { palette.severity(finding.severity, ">") } else { palette.dim("|") };
    let mut before = None;
    for line in &excerpt.lines {
        if before.is_some_and(|before: u32| before.saturating_add(1) < line.number) {
            let _ = writeln!(text, " {:digits$} {bar} …", "");
        }
        let number = format!("{:digits$}", line.number);
        let _ = writeln!(text, " {} {bar} {}", palette.dim(&number), line.text);
        before = Some(line.number);
    }
    if !several {
        let carets = "^".repeat(excerpt.width);
        let caret = palette.severity(finding.severity, &carets);
        let _ = writeln!(text, " {:digits$} {bar} {}{caret}", "", " ".repeat(excerpt.caret));
    }
}

/// How many findings of each severity there are: `2 errors, 1 warning`. Nothing for none.
pub fn tally(findings: &[Finding]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let parts = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| (count(severity), severity.name()))
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| counted(count, name));
    parts.collect::<Vec<_>>().join(", ")
}

/// `1 file`, `2 files`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
