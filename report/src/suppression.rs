//! Findings that somebody has decided to live with, in the file itself: `# kubelogic: ignore CODE -- reason`.
//!
//! Behind a line the comment is about that line, alone in a line about the next one, and in front of everything
//! in a document about the whole document.

mod comment;

use std::collections::HashMap;

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Location, Object, SourceName};
use kubelogic_core::read::{Directive, Source};
use serde::Serialize;

use crate::codes;
use crate::selection::unknown;
use comment::{Ignore, is_inside_a_value, parse};

/// A finding that is not reported, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// What holds it back.
    pub by: SuppressedBy,
    /// Why, in the words of whoever decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What holds a finding back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::exhaustive_enums, reason = "writers must say something about each")]
pub enum SuppressedBy {
    /// A comment in the file.
    Comment,
    /// The baseline.
    Baseline,
}

/// Findings after comments have been heard.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// What is left, and what is wrong with the comments themselves.
    pub findings: Vec<Finding>,
    /// What the comments hold back.
    pub suppressed: Vec<Suppressed>,
}

/// Holds back what comments in the sources ask for.
///
/// A comment that gives no reason has no effect. That, a code that is not known, and a comment that holds nothing
/// back are findings. `objects` tell comments from texts that look like comments, such as a script in a `ConfigMap`.
///
/// ```
/// use kubelogic_core::read::{Options, text};
/// use kubelogic_report::suppression::hear;
/// let manifest = "kind: A\nkind: B # kubelogic: ignore read/duplicate-key -- shows what wins\n";
/// let reading = text(manifest, &Options::named("a.yaml"));
/// let heard = hear(reading.findings, &reading.sources, &reading.objects);
/// assert_eq!((heard.findings.len(), heard.suppressed.len()), (0, 1));
/// assert_eq!(heard.suppressed[0].reason.as_deref(), Some("shows what wins"));
/// ```
pub fn hear(findings: Vec<Finding>, sources: &[Source], objects: &[Object]) -> Heard {
    let mut comments: HashMap<&SourceName, Vec<Comment<'_>>> = HashMap::new();
    let mut remarks = Vec::new();
    for source in sources.iter().filter(|source| !source.directives.is_empty()) {
        // A file that was given twice is read twice.
        if comments.contains_key(&source.name) {
            continue;
        }
        let here = directives(source, objects, &mut remarks);
        comments.insert(&source.name, here);
    }
    if comments.is_empty() {
        return Heard { findings, suppressed: Vec::new() };
    }
    let mut heard = Heard::default();
    for finding in findings {
        match reason(&finding, &mut comments) {
            Some(reason) => {
                heard.suppressed.push(Suppressed {
                    finding,
                    by: SuppressedBy::Comment,
                    reason: Some(reason),
                });
            }
            None => heard.findings.push(finding),
        }
    }
    for source in sources {
        for comment in comments.remove(&source.name).into_iter().flatten() {
            remarks.extend(comment.unused(&source.name));
        }
    }
    heard.findings.extend(remarks);
    heard
}

/// A comment that holds findings back.
struct Comment<'a> {
    directive: &'a Directive,
    ignore: Ignore,
    used: Vec<bool>,
}

impl Comment<'_> {
    fn covers(&self, line: u32) -> bool {
        (self.directive.first..=self.directive.last).contains(&line)
    }

    fn unused(&self, source: &SourceName) -> Vec<Finding> {
        let codes = self.ignore.codes.iter().zip(&self.used).filter(|(_, used)| !**used);
        let about = if self.directive.whole_document { "in this document" } else { "in this line" };
        codes
            .map(|(code, _)| {
                let message = format!("nothing {about} is `{code}`: this comment holds nothing back");
                Finding::new("check/unused-suppression", Severity::Warning, message)
                    .at(place(source, self.directive))
                    .help("take the code out of the comment")
            })
            .collect()
    }
}

fn directives<'a>(source: &'a Source, objects: &[Object], remarks: &mut Vec<Finding>) -> Vec<Comment<'a>> {
    let mut comments = Vec::new();
    for directive in &source.directives {
        if is_inside_a_value(directive, &source.name, objects) {
            continue;
        }
        let at = || place(&source.name, directive);
        let ignore = match parse(&directive.text) {
            Ok(ignore) => ignore,
            Err(message) => {
                let finding = Finding::new("check/unreadable-suppression", Severity::Warning, message);
                remarks.push(finding.at(at()).help("write `# kubelogic: ignore CODE -- reason`"));
                continue;
            }
        };
        let (known, strange): (Vec<String>, Vec<String>) =
            ignore.codes.into_iter().partition(|code| codes::explain(code).is_some());
        for code in strange {
            let unknown = unknown(&code);
            let message = format!("{unknown}: this comment does not hold it back");
            let finding = Finding::new("check/unknown-code", Severity::Warning, message);
            remarks.push(finding.at(at()).help(unknown.help()));
        }
        let Some(reason) = ignore.reason else {
            let message = "this comment gives no reason, and has no effect without one";
            let finding = Finding::new("check/suppression-without-reason", Severity::Warning, message);
            remarks.push(finding.at(at()).help("write `-- ` and the reason behind the code"));
            continue;
        };
        let used = vec![false; known.len()];
        comments.push(Comment { directive, ignore: Ignore { codes: known, reason: Some(reason) }, used });
    }
    comments
}

/// Why a finding is held back. Every comment that names it counts as used.
fn reason(finding: &Finding, comments: &mut HashMap<&SourceName, Vec<Comment<'_>>>) -> Option<String> {
    let location = finding.location.as_ref()?;
    let line = location.position?.line;
    let mut reason = None;
    for comment in comments.get_mut(&location.source)?.iter_mut().filter(|comment| comment.covers(line)) {
        for (code, used) in comment.ignore.codes.iter().zip(&mut comment.used) {
            if code == finding.code {
                *used = true;
                reason = reason.or_else(|| comment.ignore.reason.clone());
            }
        }
    }
    reason
}

fn place(source: &SourceName, directive: &Directive) -> Location {
    Location {
        source: source.clone(),
        document: directive.document,
        item: None,
        path: FieldPath::root(),
        position: Some(directive.position),
    }
}

#[cfg(test)]
mod tests;
