//! Findings as SARIF 2.1.0, within the limits of GitHub's code scanning.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html>

mod model;
mod uri;

use std::collections::BTreeMap;

use kubelogic_core::finding::{Edit, Finding, Fix, Severity};
use kubelogic_core::object::{Location, Position};

use crate::{Report, Sources, Suppressed, SuppressedBy, codes, fingerprints};
use model as sarif;
use uri::uri;

/// GitHub refuses a run with more results.
const RESULTS: usize = 25_000;
/// GitHub refuses a result with more places.
const PLACES: usize = 1_000;

/// A log with one run: a rule for each code that occurs, a result for each finding.
///
/// Suppressed findings are results with a suppression. Each result has a place, for GitHub refuses a log in which one
/// has none: what belongs to no place points to the first line of the first input. Of more than 25,000 results the
/// least severe are left out, and a notification says so.
///
/// ```
/// use kubelogic_core::finding::{Finding, Severity};
/// use kubelogic_report::{Report, Sources, sarif};
/// let findings = [Finding::new("read/syntax", Severity::Error, "the text breaks off")];
/// let log: serde_json::Value = serde_json::from_str(&sarif::log(&Report::of(&findings), &Sources::none())).unwrap();
/// assert_eq!(log["runs"][0]["results"][0]["ruleId"], "read/syntax");
/// assert_eq!(log["runs"][0]["results"][0]["level"], "error");
/// ```
pub fn log(report: &Report<'_>, sources: &Sources<'_>) -> String {
    let all: Vec<(&Finding, Option<&Suppressed>)> = report
        .findings
        .iter()
        .map(|finding| (finding, None))
        .chain(report.suppressed.iter().map(|one| (&one.finding, Some(one))))
        .collect();
    let prints =
        fingerprints(&all.iter().map(|(finding, _)| (*finding).clone()).collect::<Vec<_>>(), sources);
    let chosen = within_limit(&all);
    let left_out = all.len() - chosen.len();
    let rules = rules(chosen.iter().filter_map(|index| all.get(*index)).map(|(finding, _)| *finding));
    let indexes: BTreeMap<&str, usize> =
        rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let result = |index: &usize| {
        let (finding, suppressed) = all.get(*index)?;
        let index_of_rule = indexes.get(finding.code).copied()?;
        Some(result(finding, *suppressed, index_of_rule, prints.get(*index)?, sources))
    };
    let log = sarif::Log {
        schema: sarif::SCHEMA,
        version: "2.1.0",
        runs: vec![sarif::Run {
            tool: sarif::Tool {
                driver: sarif::Driver {
                    name: "kubelogic",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: env!("CARGO_PKG_REPOSITORY"),
                    rules,
                },
            },
            invocations: vec![invocation(left_out)],
            column_kind: "unicodeCodePoints",
            results: chosen.iter().filter_map(result).collect(),
            properties: sarif::RunProperties {
                kube_version: report.version.to_string(),
                objects: report.objects,
            },
        }],
    };
    // Nothing in a log has a key that JSON cannot hold.
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

/// The results that are kept: all, or the most severe, in the order of the report.
fn within_limit(all: &[(&Finding, Option<&Suppressed>)]) -> Vec<usize> {
    let mut chosen: Vec<usize> = (0..all.len()).collect();
    if chosen.len() > RESULTS {
        chosen.sort_by_key(|index| {
            all.get(*index)
                .map(|(finding, suppressed)| (suppressed.is_some(), std::cmp::Reverse(finding.severity)))
        });
        chosen.truncate(RESULTS);
        chosen.sort_unstable();
    }
    chosen
}

fn invocation(left_out: usize) -> sarif::Invocation {
    let notification =
        |message| sarif::Notification { level: "warning", message: sarif::Message { text: message } };
    sarif::Invocation {
        execution_successful: true,
        tool_execution_notifications: (left_out > 0)
            .then(|| notification(format!("{left_out} results beyond {RESULTS} are left out")))
            .into_iter()
            .collect(),
    }
}

/// A rule for each code that occurs, in the order of the catalogue.
fn rules<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<sarif::Rule> {
    let codes: std::collections::BTreeMap<&'static str, Severity> =
        findings.map(|finding| (finding.code, finding.severity)).collect();
    codes
        .into_iter()
        .map(|(code, severity)| {
            let explained = codes::explain(code);
            let text = explained.map_or_else(|| code.to_owned(), codes::Code::text);
            let markdown = explained.map_or_else(|| code.to_owned(), codes::Code::markdown);
            let title = explained.map_or(code, |explained| explained.title);
            let room = code.split_once('/').map_or(code, |(room, _)| room);
            sarif::Rule {
                id: code,
                name: pascal(code),
                short_description: sarif::Message { text: title.to_owned() },
                full_description: sarif::Message {
                    text: explained.map_or(title, |explained| explained.about).to_owned(),
                },
                help: sarif::Help { text, markdown },
                help_uri: codes::link(code),
                default_configuration: sarif::Configuration {
                    level: level(explained.map_or(severity, |explained| explained.severity)),
                },
                properties: sarif::RuleProperties { tags: vec!["kubernetes", room] },
            }
        })
        .collect()
}

/// `read/duplicate-key` as `ReadDuplicateKey`.
fn pascal(code: &str) -> String {
    let words = code.split(['/', '-']);
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters)
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(
    finding: &Finding,
    suppressed: Option<&Suppressed>,
    rule_index: usize,
    print: &str,
    sources: &Sources<'_>,
) -> sarif::Finding {
    let related = finding.related.iter().take(PLACES).zip(1..);
    let related = related.map(|(related, id)| {
        let mut place = place(&related.location, sources.word_end(&related.location), sources);
        (place.id, place.message) = (Some(id), Some(sarif::Message { text: related.message.clone() }));
        place
    });
    let mut text = finding.message.clone();
    if let Some(help) = &finding.help {
        text.push_str("\nhelp: ");
        text.push_str(help);
    }
    sarif::Finding {
        rule_id: finding.code,
        rule_index,
        level: level(finding.severity),
        message: sarif::Message { text },
        locations: vec![match &finding.location {
            Some(location) => place(location, sources.end(finding), sources),
            None => nowhere(sources),
        }],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([
            // The only one that GitHub compares; without it, it would make one of the line's text.
            ("primaryLocationLineHash", print.to_owned()),
            ("kubelogicFinding/v1", print.to_owned()),
        ]),
        fixes: finding.fix.iter().map(|fix| self::fix(fix, sources)).collect(),
        suppressions: suppressed.map(|one| vec![suppression(one)]),
    }
}

fn suppression(suppressed: &Suppressed) -> sarif::Suppression {
    sarif::Suppression {
        kind: match suppressed.by {
            SuppressedBy::Comment => "inSource",
            SuppressedBy::Baseline => "external",
        },
        justification: suppressed.reason.clone(),
    }
}

fn place(location: &Location, end: Option<Position>, sources: &Sources<'_>) -> sarif::Place {
    let object = sources.object(location);
    let mut logical = Vec::new();
    if !object.is_empty() {
        let name = if location.path.is_root() { object } else { format!("{object} {}", location.path) };
        logical.push(sarif::LogicalLocation { fully_qualified_name: name, kind: "object" });
    }
    sarif::Place {
        id: None,
        physical_location: sarif::PhysicalLocation {
            artifact_location: sarif::ArtifactLocation { uri: uri(&sources.path(location.source.as_str())) },
            region: match location.position {
                Some(start) => region(start, end),
                None => region(Position::START, None),
            },
        },
        logical_locations: logical,
        message: None,
    }
}

/// Where a finding is shown that belongs to no place.
fn nowhere(sources: &Sources<'_>) -> sarif::Place {
    let name = sources.names().first().map_or_else(|| ".".to_owned(), |name| sources.path(name.as_str()));
    sarif::Place {
        id: None,
        physical_location: sarif::PhysicalLocation {
            artifact_location: sarif::ArtifactLocation { uri: uri(&name) },
            region: region(Position::START, None),
        },
        logical_locations: Vec::new(),
        message: None,
    }
}

fn region(start: Position, end: Option<Position>) -> sarif::Region {
    let start = Position { line: start.line.max(1), column: start.column.max(1) };
    let end = end.filter(|end| *end >= start);
    sarif::Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.map(|end| end.line),
        end_column: end.map(|end| end.column),
    }
}

fn fix(fix: &Fix, sources: &Sources<'_>) -> sarif::Fix {
    let replacement = |edit: &Edit| sarif::Replacement {
        deleted_region: region(edit.start, Some(edit.end)),
        inserted_content: sarif::Content { text: edit.text.clone() },
    };
    sarif::Fix {
        description: sarif::Message { text: fix.title.clone() },
        artifact_changes: vec![sarif::Change {
            artifact_location: sarif::ArtifactLocation { uri: uri(&sources.path(fix.source.as_str())) },
            replacements: fix.edits.iter().map(replacement).collect(),
        }],
    }
}
