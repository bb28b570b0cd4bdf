//! Findings as workflow commands of GitHub Actions, which become annotations in a pull request.

use std::fmt::Write as _;

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::Position;

use crate::text::{counted, tally};
use crate::{Report, Sources};

/// GitHub shows so many annotations of each level for one step; the rest would be lost without a word.
const SHOWN: usize = 10;

/// An annotation per finding, at most ten of each level; what is beyond is plain text. The last line counts.
///
/// ```
/// use kubelogic_core::finding::{Finding, Severity};
/// use kubelogic_report::{Report, Sources, github};
/// let findings = [Finding::new("read/syntax", Severity::Error, "100 % wrong")];
/// assert_eq!(
///     github::annotations(&Report::of(&findings), &Sources::none()),
///     "::error title=read/syntax::100 %25 wrong\n1 error in 0 objects\n"
/// );
/// ```
pub fn annotations(report: &Report<'_>, sources: &Sources<'_>) -> String {
    let mut written = String::new();
    let mut levels = [0_usize; 3];
    let mut beyond = 0;
    for finding in report.findings {
        let level = match finding.severity {
            Severity::Error => &mut levels[0],
            Severity::Warning => &mut levels[1],
            Severity::Note => &mut levels[2],
        };
        *level += 1;
        if *level <= SHOWN {
            annotation(&mut written, finding, sources);
        } else {
            beyond += 1;
            let _ = writeln!(written, "{}", plain(&line(finding, sources)));
        }
    }
    let found = match tally(report.findings) {
        none if none.is_empty() => "nothing found".to_owned(),
        some => some,
    };
    let _ = write!(written, "{found} in {}", counted(report.objects, "object"));
    if beyond > 0 {
        let _ = write!(
            written,
            "; {beyond} of them stand only in this log, for GitHub shows {SHOWN} of each level"
        );
    }
    written.push('\n');
    written
}

fn annotation(written: &mut String, finding: &Finding, sources: &Sources<'_>) {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(location) = &finding.location {
        properties.push(format!("file={}", property(&sources.path(location.source.as_str()))));
        if let Some(Position { line, column }) = location.position {
            let end = sources.end(finding).unwrap_or(Position { line, column });
            properties.push(format!("line={line}"));
            properties.push(format!("endLine={}", end.line));
            // GitHub takes columns only for a place within one line; the end is the last character there.
            if end.line == line {
                properties.push(format!("col={column}"));
                properties.push(format!("endColumn={}", end.column.saturating_sub(1).max(column)));
            }
        }
    }
    properties.push(format!("title={}", property(finding.code)));
    let mut message = message(finding, sources);
    if let Some(help) = &finding.help {
        let _ = write!(message, "\nhelp: {help}");
    }
    let _ = writeln!(written, "::{command} {}::{}", properties.join(","), data(&message));
}

/// The place again, for logs, and what is wrong.
fn message(finding: &Finding, sources: &Sources<'_>) -> String {
    match &finding.location {
        Some(location) => {
            let place = sources.path(location.source.as_str());
            match location.position {
                Some(position) => format!("{place}:{position}: {}", finding.message),
                None => format!("{place}: {}", finding.message),
            }
        }
        None => finding.message.clone(),
    }
}

fn line(finding: &Finding, sources: &Sources<'_>) -> String {
    format!("{}[{}]: {}", finding.severity, finding.code, message(finding, sources))
}

/// Text that the runner does not take for a command, whatever stands in it.
fn plain(text: &str) -> String {
    // The runner reads `::` at the beginning of a line and `##[` anywhere in it.
    text.replace(['\r', '\n'], " ").replace("##[", "## [")
}

/// A message as the runner reads it back.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property as the runner reads it back.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
