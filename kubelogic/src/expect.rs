//! Expectations: what must hold, as short lines in objects of kind `Expectations` beside the manifests.
//!
//! ```
//! use kubelogic::expect::{self, LineOutcome, Options};
//! use kubelogic::{Cluster, LoadOptions, read};
//!
//! let text = "\
//! apiVersion: kubelogic/v1alpha1
//! kind: Expectations
//! access:
//! - user:ann cannot delete nodes in cluster
//! - user:ann can list pods in shop
//! ";
//! let reading = read::text(text, &read::Options::named("expectations.yaml"));
//! let cluster = Cluster::of_reading(reading, &LoadOptions::default())?;
//! let expected = expect::check(&cluster, &Options::default())?;
//! let outcomes: Vec<LineOutcome> = expected.lines.iter().map(|line| line.outcome).collect();
//! assert_eq!(outcomes, [LineOutcome::Holds, LineOutcome::Fails]);
//! let finding = expected.lines[1].finding.as_ref().unwrap();
//! assert_eq!(
//!     finding.to_string(),
//!     "expectations.yaml:5:3: error[expect/failed]: nothing allows `user:ann` to list `pods` in `shop`"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "rbac")]
mod access;
mod file;
#[cfg(feature = "rbac")]
mod line;
mod place;
mod schema;
#[cfg(feature = "rbac")]
mod write;

pub use schema::schema;
#[cfg(feature = "rbac")]
pub use write::{Written, write};

use kubelogic_core::answer::{Answer, Assumption};
use kubelogic_core::cluster::Cluster;
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Location, Object};
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::AskError;
use file::File;

/// The kind of object that holds expectations.
pub const KIND: &str = "Expectations";

/// How expectations are checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The Kubernetes version that lines are judged for; otherwise that which a file pins, and then the cluster's.
    pub kube_version: Option<KubeVersion>,
    /// The default roles and bindings.
    #[cfg(feature = "rbac")]
    pub bootstrap: kubelogic_rbac::Bootstrap,
}

/// What became of all expectations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Expected {
    /// Whether every line holds, and nothing else is wrong with the files.
    pub holds: bool,
    /// Every line, in the order of the files.
    pub lines: Vec<ExpectedLine>,
    /// What is to be said about the files besides their lines: unknown fields, names that nobody knows.
    pub findings: Vec<Finding>,
}

/// What became of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedLine {
    /// The section that it stands in, such as `access`.
    pub section: &'static str,
    /// The line as it is written.
    pub text: String,
    /// `metadata.name` of the object that it stands in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub expectations: String,
    /// The Kubernetes version that it was judged for.
    #[schemars(with = "String")]
    pub kube_version: KubeVersion,
    /// What became of it.
    pub outcome: LineOutcome,
    /// Where it stands.
    pub location: Location,
    /// Why it does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LineOutcome {
    /// It is so.
    Holds,
    /// It is not so.
    Fails,
    /// The input does not settle it, and so it fails.
    Undecided,
    /// The line cannot be read, and so it fails.
    Malformed,
}

impl LineOutcome {
    /// `holds`, `fails`, `undecided` or `malformed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Undecided => "undecided",
            Self::Malformed => "malformed",
        }
    }
}

impl Expected {
    /// How many lines have an outcome.
    pub fn count(&self, outcome: LineOutcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }

    /// Everything that is to be reported: first about the files, then about lines that do not hold.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().chain(self.lines.iter().filter_map(|line| line.finding.as_ref()))
    }
}

/// Checks every expectation in the input of a cluster.
///
/// # Errors
/// When roles and bindings cannot be used, or the cluster cannot be taken as one of the version that a file pins.
pub fn check(cluster: &Cluster, options: &Options) -> Result<Expected, AskError> {
    Ok(answer(cluster, options)?.result)
}

/// The same with everything that it rests on.
///
/// # Errors
/// As [`check`].
pub fn answer(cluster: &Cluster, options: &Options) -> Result<Answer<Expected>, AskError> {
    let mut judges = Judges::new(cluster, options);
    let mut expected = Expected { holds: true, lines: Vec::new(), findings: Vec::new() };
    for object in files(cluster) {
        let file = File::read(object, &mut expected.findings);
        judges.judge(&file, &mut expected)?;
    }
    let wrong = expected.findings.iter().any(|finding| finding.severity == Severity::Error);
    expected.holds = !wrong && expected.lines.iter().all(|line| line.outcome == LineOutcome::Holds);
    let mut answer = Answer::new(expected, options.kube_version.unwrap_or_else(|| cluster.kube_version()));
    answer.assumptions = judges.assumptions();
    answer.warnings = cluster.notes().to_vec();
    Ok(answer)
}

/// Whether the input of a cluster holds expectations.
pub fn is_given(cluster: &Cluster) -> bool {
    files(cluster).next().is_some()
}

/// What a check of the whole input says about the expectations in it.
pub fn findings(cluster: &Cluster) -> Vec<Finding> {
    match check(cluster, &Options::default()) {
        Ok(expected) => expected.findings().cloned().collect(),
        // Why roles and bindings cannot be used is said at their own places.
        Err(_) => files(cluster).map(not_evaluated).collect(),
    }
}

fn not_evaluated(object: &Object) -> Finding {
    let message = "the expectations were not evaluated: there are roles or bindings that cannot be used";
    Finding::new("expect/not-evaluated", Severity::Error, message)
        .at(object.root().location(FieldPath::root()))
}

fn files(cluster: &Cluster) -> impl Iterator<Item = &Object> {
    cluster.declarations().iter().filter(|object| object.kind() == KIND)
}

/// The engines that judge lines, one of each version that is asked for.
struct Judges<'a> {
    cluster: &'a Cluster,
    options: &'a Options,
    #[cfg(feature = "rbac")]
    access: std::collections::BTreeMap<u16, access::Judge>,
}

impl<'a> Judges<'a> {
    fn new(cluster: &'a Cluster, options: &'a Options) -> Self {
        Self {
            cluster,
            options,
            #[cfg(feature = "rbac")]
            access: std::collections::BTreeMap::new(),
        }
    }

    fn judge(&mut self, file: &File<'_>, expected: &mut Expected) -> Result<(), AskError> {
        let pinned = self.options.kube_version.or(file.kube_version);
        let version = pinned.unwrap_or_else(|| self.cluster.kube_version());
        for written in &file.lines {
            // INVARIANT: `File` keeps lines of sections only that an engine judges.
            let Some(judged) = self.judged(written, file, version)? else { continue };
            expected.findings.extend(judged.remarks);
            expected.lines.push(ExpectedLine {
                section: written.section,
                text: written.text.to_owned(),
                expectations: file.name.to_owned(),
                kube_version: version,
                outcome: judged.outcome,
                location: written.location(0),
                finding: judged.finding,
            });
        }
        Ok(())
    }

    /// What the engine of a line's section says about it; nothing when there is no such engine.
    #[cfg_attr(
        not(feature = "rbac"),
        expect(
            unused_variables,
            clippy::unused_self,
            clippy::needless_pass_by_ref_mut,
            clippy::unnecessary_wraps,
            reason = "no engine is here"
        )
    )]
    fn judged(
        &mut self,
        written: &place::Written<'_>,
        file: &File<'_>,
        version: KubeVersion,
    ) -> Result<Option<Judged>, AskError> {
        #[cfg(feature = "rbac")]
        if written.section == access::SECTION {
            return Ok(Some(self.access(version)?.judge(written, file)));
        }
        Ok(None)
    }

    /// What the engines take for granted.
    fn assumptions(&self) -> Vec<Assumption> {
        #[cfg(feature = "rbac")]
        if let Some(judge) = self.access.values().next_back() {
            return judge.rbac.assumptions();
        }
        self.cluster.assumptions()
    }

    #[cfg(feature = "rbac")]
    fn access(&mut self, version: KubeVersion) -> Result<&access::Judge, AskError> {
        use std::collections::btree_map::Entry;
        match self.access.entry(version.minor()) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(vacant) => {
                let cluster = if version.minor() == self.cluster.kube_version().minor() {
                    self.cluster.clone()
                } else {
                    self.cluster.at(version)?
                };
                Ok(vacant.insert(access::Judge::new(cluster, self.options.bootstrap)?))
            }
        }
    }
}

/// What an engine says about a line.
struct Judged {
    outcome: LineOutcome,
    finding: Option<Finding>,
    remarks: Vec<Finding>,
}

#[cfg(test)]
#[cfg(feature = "rbac")]
mod tests;
