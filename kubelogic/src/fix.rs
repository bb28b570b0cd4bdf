//! Changes that certainly remove findings, made to the text and to nothing else in it.

mod edit;

pub use edit::{EditError, apply};

use std::collections::{BTreeMap, BTreeSet};

use kubelogic_core::finding::{Edit, Finding, Fix};
use kubelogic_core::object::SourceName;

/// A fix may show what another one can mend: so many times the input is read again.
const ROUNDS: usize = 10;

/// The texts of inputs, by their names.
pub type Texts = BTreeMap<SourceName, Vec<u8>>;

/// What became of the fixes of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixing {
    /// The inputs that change, in order of their names.
    pub files: Vec<FixedFile>,
    /// The inputs that could be fixed and are left as they are, and why.
    pub refused: Vec<(SourceName, String)>,
    /// What is found once everything is changed.
    pub findings: Vec<Finding>,
}

/// An input that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedFile {
    /// Which one.
    pub source: SourceName,
    /// Its bytes as they were read.
    pub before: Vec<u8>,
    /// Its bytes with every fix.
    pub after: Vec<u8>,
    /// What was done, in the order in which it was done.
    pub fixes: Vec<Fix>,
}

/// Applies the fixes of findings until none is left that can be applied.
///
/// `text` gives the bytes of an input as they were read. `check` finds what is wrong when some inputs have other
/// texts; it is asked after each round, and a change that does not remove its finding, or makes a text unreadable, is
/// taken back: its input stays as it was before the round. Fixes that touch each other are applied in one round each.
///
/// ```
/// use kubelogic::finding::{Edit, Finding, Fix, Severity};
/// use kubelogic::fix::rounds;
/// use kubelogic::object::{FieldPath, Location, Position, SourceName};
///
/// let source = SourceName::new("pod.yaml");
/// let at = |column| Position { line: 1, column };
/// let check = |text: &[u8]| {
///     let edit = Edit { start: at(1), end: at(5), text: "kind".to_owned() };
///     let fix = Fix { title: "write `kind`".to_owned(), source: source.clone(), edits: vec![edit] };
///     let place =
///         Location { source: source.clone(), document: 1, item: None, path: FieldPath::root(), position: Some(at(1)) };
///     let finding = Finding::new("schema/unknown-field", Severity::Error, "`knid`").at(place).fix(fix);
///     if text.starts_with(b"knid") { vec![finding] } else { Vec::new() }
/// };
/// let text = b"knid: Pod # as it is\r\n".to_vec();
/// let fixing = rounds(check(&text), &|_| Some(text.clone()), &mut |texts| check(&texts[&source]));
/// assert_eq!(fixing.files[0].after, b"kind: Pod # as it is\r\n");
/// assert!(fixing.findings.is_empty());
/// ```
pub fn rounds(
    findings: Vec<Finding>,
    text: &dyn Fn(&SourceName) -> Option<Vec<u8>>,
    check: &mut dyn FnMut(&Texts) -> Vec<Finding>,
) -> Fixing {
    let mut work = Work { findings, ..Work::default() };
    for _ in 0..ROUNDS {
        let tried = work.attempt(text);
        if tried.is_empty() {
            break;
        }
        let mut texts = work.texts.clone();
        texts.extend(tried.iter().map(|(source, attempt)| (source.clone(), attempt.after.clone())));
        let found = check(&texts);
        let failed: Vec<SourceName> = tried
            .iter()
            .filter(|(source, attempt)| !work.is_better(source, attempt, &found))
            .map(|(source, _)| source.clone())
            .collect();
        for source in &failed {
            let reason = "the change would not remove what was found, or break something else";
            work.refused.insert(source.clone(), reason.to_owned());
        }
        work.keep(tried, &failed);
        work.findings = if failed.is_empty() { found } else { check(&work.texts) };
    }
    work.finish()
}

/// The state between two rounds.
#[derive(Default)]
struct Work {
    findings: Vec<Finding>,
    originals: Texts,
    /// The present texts of inputs that were changed.
    texts: Texts,
    done: BTreeMap<SourceName, Vec<Fix>>,
    refused: BTreeMap<SourceName, String>,
}

/// One input in one round.
struct Attempt {
    after: Vec<u8>,
    /// The findings that should be gone.
    mended: Vec<Finding>,
}

impl Work {
    /// New texts of all inputs that something can be fixed in.
    fn attempt(&mut self, text: &dyn Fn(&SourceName) -> Option<Vec<u8>>) -> BTreeMap<SourceName, Attempt> {
        let mut by_source: BTreeMap<SourceName, Vec<&Finding>> = BTreeMap::new();
        for finding in &self.findings {
            if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty()) {
                by_source.entry(fix.source.clone()).or_default().push(finding);
            }
        }
        let mut tried = BTreeMap::new();
        for (source, findings) in by_source {
            if self.refused.contains_key(&source) {
                continue;
            }
            let Some(before) = self.texts.get(&source).cloned().or_else(|| text(&source)) else {
                self.refused.insert(source, "its text is not there".to_owned());
                continue;
            };
            let mended = apart(&findings);
            let edits: Vec<Edit> = mended
                .iter()
                .filter_map(|finding| finding.fix.as_ref())
                .flat_map(|fix| fix.edits.clone())
                .collect();
            match apply(&before, &edits) {
                Ok(after) if after != before => {
                    self.originals.entry(source.clone()).or_insert(before);
                    tried.insert(source, Attempt { after, mended });
                }
                Ok(_) => {
                    self.refused.insert(source, "the change changes nothing".to_owned());
                }
                Err(error) => {
                    self.refused.insert(source, error.to_string());
                }
            }
        }
        tried
    }

    /// Whether what was to be mended is gone, and the text can still be read.
    fn is_better(&self, source: &SourceName, attempt: &Attempt, found: &[Finding]) -> bool {
        let here =
            |finding: &&Finding| finding.location.as_ref().is_some_and(|place| place.source == *source);
        let count = |findings: &[Finding], one: &Finding| {
            findings.iter().filter(here).filter(|other| is_same(one, other)).count()
        };
        let unread = |findings: &[Finding]| {
            findings.iter().filter(here).filter(|finding| finding.code.starts_with("read/")).count()
        };
        unread(found) <= unread(&self.findings)
            && attempt.mended.iter().all(|one| count(found, one) < count(&self.findings, one).max(1))
    }

    fn keep(&mut self, tried: BTreeMap<SourceName, Attempt>, failed: &[SourceName]) {
        for (source, attempt) in tried {
            if failed.contains(&source) {
                continue;
            }
            let fixes = attempt.mended.into_iter().filter_map(|finding| finding.fix);
            self.done.entry(source.clone()).or_default().extend(fixes);
            self.texts.insert(source, attempt.after);
        }
    }

    fn finish(mut self) -> Fixing {
        let mut files = Vec::new();
        for (source, after) in self.texts {
            let done = self.done.remove(&source).unwrap_or_default();
            if let Some(before) = self.originals.remove(&source).filter(|before| *before != after) {
                files.push(FixedFile { source, before, after, fixes: done });
            }
        }
        Fixing { files, refused: self.refused.into_iter().collect(), findings: self.findings }
    }
}

/// Whether two findings say the same, wherever it has moved to.
fn is_same(one: &Finding, other: &Finding) -> bool {
    let path = |finding: &Finding| finding.location.as_ref().map(|place| place.path.clone());
    one.code == other.code && one.message == other.message && path(one) == path(other)
}

/// Findings whose fixes do not touch each other, first come first served.
fn apart(findings: &[&Finding]) -> Vec<Finding> {
    let mut taken: BTreeSet<Edit> = BTreeSet::new();
    let mut chosen = Vec::new();
    for finding in findings {
        let Some(fix) = &finding.fix else { continue };
        let touches =
            |edit: &Edit| taken.iter().any(|other| edit.start <= other.end && other.start <= edit.end);
        if !fix.edits.iter().any(touches) {
            taken.extend(fix.edits.iter().cloned());
            chosen.push((*finding).clone());
        }
    }
    chosen
}

#[cfg(test)]
mod tests;
