//! Findings that were there when checking began: known, not reported, and missed when they are gone.
//!
//! A baseline is a file of kind `Baseline`. It holds no lines, so that findings may move.

mod file;

use std::collections::{HashMap, HashSet};

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{Location, Object};
use serde::Serialize;

use crate::suppression::{Suppressed, SuppressedBy};
use crate::{Sources, fingerprints};

pub use file::BaselineError;

/// The findings of an earlier check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Baseline {
    #[serde(skip)]
    location: Option<Location>,
    /// In the order of the check.
    findings: Vec<Known>,
}

/// A finding of an earlier check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Known {
    /// What was found.
    pub code: String,
    /// In which file; empty for what belongs to none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// At which object.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub object: String,
    /// At which field.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// What tells it from others; see [`fingerprints`].
    pub fingerprint: String,
    #[serde(skip)]
    location: Option<Location>,
}

/// Findings after the baseline has been taken away.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// What is new, and what is gone.
    pub findings: Vec<Finding>,
    /// What was known.
    pub suppressed: Vec<Suppressed>,
}

impl Baseline {
    /// The baseline that knows these findings.
    ///
    /// ```
    /// use kubelogic_core::finding::{Finding, Severity};
    /// use kubelogic_report::{Sources, baseline::Baseline};
    /// let old = [Finding::new("read/syntax", Severity::Error, "the text breaks off")];
    /// let baseline = Baseline::of(&old, &Sources::none());
    /// let new = vec![old[0].clone(), Finding::new("read/key", Severity::Error, "a key cannot be null")];
    /// let compared = baseline.compare(new, &Sources::none(), |_| true);
    /// assert_eq!((compared.findings.len(), compared.suppressed.len()), (1, 1));
    /// assert_eq!(compared.findings[0].code, "read/key");
    /// ```
    pub fn of(findings: &[Finding], sources: &Sources<'_>) -> Self {
        let prints = fingerprints(findings, sources).into_iter();
        let known = |(finding, fingerprint): (&Finding, String)| {
            let location = finding.location.as_ref();
            Known {
                code: finding.code.to_owned(),
                source: location.map(|location| sources.path(location.source.as_str())).unwrap_or_default(),
                object: location.map(|location| sources.object(location)).unwrap_or_default(),
                path: location.map(|location| location.path.to_string()).unwrap_or_default(),
                fingerprint,
                location: None,
            }
        };
        Self { location: None, findings: findings.iter().zip(prints).map(known).collect() }
    }

    /// Reads a baseline from an object.
    ///
    /// # Errors
    ///
    /// It is no baseline, or has fields that no baseline has.
    pub fn from_object(object: &Object) -> Result<Self, BaselineError> {
        file::read(object)
    }

    /// What the baseline knows.
    pub fn findings(&self) -> &[Known] {
        &self.findings
    }

    /// The baseline as a file: YAML, with a line that says what it is.
    pub fn to_yaml(&self) -> String {
        file::write(self)
    }

    /// Takes away what is known. What is known and gone is a note, so that a baseline shrinks: of the codes that
    /// are `wanted`, and of the files that were read.
    pub fn compare(
        &self,
        findings: Vec<Finding>,
        sources: &Sources<'_>,
        wanted: impl Fn(&str) -> bool,
    ) -> Compared {
        let prints = fingerprints(&findings, sources);
        let known: HashMap<(&str, &str), usize> = self
            .findings
            .iter()
            .enumerate()
            .map(|(index, known)| ((known.code.as_str(), known.fingerprint.as_str()), index))
            .collect();
        let mut found = HashSet::new();
        let mut compared = Compared::default();
        for (finding, print) in findings.into_iter().zip(prints) {
            if let Some(index) = known.get(&(finding.code, print.as_str())) {
                found.insert(*index);
                compared.suppressed.push(Suppressed { finding, by: SuppressedBy::Baseline, reason: None });
            } else {
                compared.findings.push(finding);
            }
        }
        let read: HashSet<String> = sources.names().iter().map(|name| sources.path(name.as_str())).collect();
        let gone = self.findings.iter().enumerate().filter(|(index, known)| {
            !found.contains(index)
                && (known.source.is_empty() || read.contains(&known.source))
                && wanted(&known.code)
        });
        compared.findings.extend(gone.map(|(_, known)| self.gone(known)));
        compared
    }

    fn gone(&self, known: &Known) -> Finding {
        let words = [known.source.as_str(), known.object.as_str(), known.path.as_str()];
        let place: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let place = if place.is_empty() { String::new() } else { format!(" of `{}`", place.join(" ")) };
        let message = format!("the finding `{}`{place} is gone, and the baseline still knows it", known.code);
        let finding = Finding::new("check/gone-finding", Severity::Note, message)
            .help("write the baseline anew with --write-baseline");
        match known.location.as_ref().or(self.location.as_ref()) {
            Some(location) => finding.at(location.clone()),
            None => finding,
        }
    }
}

#[cfg(test)]
mod tests;
