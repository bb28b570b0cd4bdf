//! Findings as `JUnit` XML: a suite per file, a case per finding.

use std::fmt::Write as _;

use kubelogic_core::finding::Finding;
use kubelogic_core::object::SourceName;

use crate::{Report, Sources, SuppressedBy};

/// A document of test suites.
///
/// Each input is a suite, also one in which nothing was found: it has one case, which passes. A finding is a case of
/// its code: a failure from the report's threshold on, and below it a case that passes and tells what was found.
/// Suppressed findings are skipped cases.
///
/// ```
/// use kubelogic_core::finding::{Finding, Severity};
/// use kubelogic_report::{Report, Sources, junit};
/// let findings = [Finding::new("read/syntax", Severity::Error, "a < b")];
/// let xml = junit::xml(&Report::of(&findings), &Sources::none());
/// assert!(xml.contains(r#"<failure type="read/syntax" message="a &lt; b">"#));
/// ```
pub fn xml(report: &Report<'_>, sources: &Sources<'_>) -> String {
    let suites = suites(report, sources);
    let count = |counted: fn(&Suite) -> usize| suites.iter().map(counted).sum::<usize>();
    let (tests, failures, skipped) =
        (count(|suite| suite.tests), count(|suite| suite.failures), count(|suite| suite.skipped));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<testsuites name=\"kubelogic\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
    );
    for suite in &suites {
        let Suite { name, tests, failures, skipped, cases } = suite;
        let _ = writeln!(
            xml,
            "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">",
            escaped(name)
        );
        xml.push_str(cases);
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

struct Suite {
    name: String,
    tests: usize,
    failures: usize,
    skipped: usize,
    cases: String,
}

fn suites(report: &Report<'_>, sources: &Sources<'_>) -> Vec<Suite> {
    let mut names: Vec<Option<&SourceName>> = sources.names().iter().map(Some).collect();
    let mut known: std::collections::HashSet<Option<&SourceName>> = names.iter().copied().collect();
    let findings = report.findings.iter().chain(report.suppressed.iter().map(|one| &one.finding));
    for finding in findings {
        let name = source(finding);
        if known.insert(name) {
            names.push(name);
        }
    }
    let mut by_source: std::collections::HashMap<Option<&SourceName>, Vec<&Finding>> =
        std::collections::HashMap::new();
    for finding in report.findings {
        by_source.entry(source(finding)).or_default().push(finding);
    }
    let suite = |name: Option<&SourceName>| {
        let title = name.map_or_else(|| "input".to_owned(), |name| sources.path(name.as_str()));
        let mut suite = Suite { name: title, tests: 0, failures: 0, skipped: 0, cases: String::new() };
        for finding in by_source.get(&name).into_iter().flatten() {
            suite.found(finding, report, sources);
        }
        for one in report.suppressed.iter().filter(|one| source(&one.finding) == name) {
            suite.suppressed(&one.finding, one.by, one.reason.as_deref(), sources);
        }
        if suite.tests == 0 {
            suite.tests = 1;
            let name = escaped(&suite.name);
            let _ = writeln!(suite.cases, "    <testcase classname=\"kubelogic\" name=\"{name}\"/>");
        }
        suite
    };
    names.into_iter().map(suite).collect()
}

fn source(finding: &Finding) -> Option<&SourceName> {
    finding.location.as_ref().map(|location| &location.source)
}

impl Suite {
    fn found(&mut self, finding: &Finding, report: &Report<'_>, sources: &Sources<'_>) {
        self.tests += 1;
        self.open(finding, sources);
        let (code, message) = (escaped(finding.code), escaped(&finding.message));
        let details = content(&details(finding));
        if report.fail_on.fails(finding.severity) {
            self.failures += 1;
            let _ = writeln!(
                self.cases,
                "      <failure type=\"{code}\" message=\"{message}\">{details}</failure>"
            );
        } else {
            let _ = writeln!(self.cases, "      <system-out>{details}</system-out>");
        }
        self.cases.push_str("    </testcase>\n");
    }

    fn suppressed(
        &mut self,
        finding: &Finding,
        by: SuppressedBy,
        reason: Option<&str>,
        sources: &Sources<'_>,
    ) {
        self.tests += 1;
        self.skipped += 1;
        self.open(finding, sources);
        let why = match (by, reason) {
            (_, Some(reason)) => reason,
            (SuppressedBy::Baseline, None) => "in the baseline",
            (SuppressedBy::Comment, None) => "ignored by a comment",
        };
        let _ = writeln!(self.cases, "      <skipped message=\"{}\"/>", escaped(why));
        self.cases.push_str("    </testcase>\n");
    }

    fn open(&mut self, finding: &Finding, sources: &Sources<'_>) {
        let location = finding.location.as_ref();
        let object = location.map(|location| sources.object(location)).unwrap_or_default();
        let place = location.map(|location| match location.position {
            Some(position) => position.to_string(),
            None => format!("document {}", location.document),
        });
        // Consumers tell cases apart by their names.
        let name = match (object.as_str(), place) {
            ("", None) => finding.message.clone(),
            ("", Some(place)) => place,
            (object, None) => object.to_owned(),
            (object, Some(place)) => format!("{object} ({place})"),
        };
        let _ = writeln!(
            self.cases,
            "    <testcase classname=\"{}\" name=\"{}\">",
            escaped(finding.code),
            escaped(&name)
        );
    }
}

fn details(finding: &Finding) -> String {
    let mut text = finding.to_string();
    for related in &finding.related {
        let _ = write!(text, "\n  {}: {}", related.location, related.message);
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, "\n  help: {help}");
    }
    text
}

/// Text between tags: lines end as XML ends them, and no reader has to know references by number.
fn content(text: &str) -> String {
    escaped(&text.replace("\r\n", "\n").replace('\r', "\n")).replace("&#10;", "\n").replace("&#9;", "\t")
}

/// Text as XML 1.0 can hold it, in attributes. Characters that it forbids even as references become U+FFFD.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // As they stand, readers would make spaces or line feeds of them.
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => {
                escaped.push(char::REPLACEMENT_CHARACTER);
            }
            other => escaped.push(other),
        }
    }
    escaped
}
