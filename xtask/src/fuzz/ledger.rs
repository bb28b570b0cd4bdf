//! `fuzz/ledger.tsv`: one line for each run of a fuzz target. Runs add up as long as the code that a target
//! exercises stays the same.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::Program;
use crate::error::TaskError;
use crate::files;
use crate::workspace::Workspace;

/// The first line of the file.
const HEADER: &str = "target\tcorpus\tcommit\texecutions";

/// One run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) target: String,
    pub(super) corpus: String,
    pub(super) commit: String,
    pub(super) executions: u64,
}

impl Entry {
    fn line(&self) -> String {
        format!("{}\t{}\t{}\t{}\n", self.target, self.corpus, self.commit, self.executions)
    }

    fn parse(line: &str) -> Option<Self> {
        let mut columns = line.split('\t').map(str::to_owned);
        let (target, corpus, commit) = (columns.next()?, columns.next()?, columns.next()?);
        let executions = columns.next()?.parse().ok()?;
        columns.next().is_none().then_some(Self { target, corpus, commit, executions })
    }
}

/// The file and the repository around it.
pub(super) struct Ledger {
    root: PathBuf,
    path: PathBuf,
}

impl Ledger {
    pub(super) fn of(workspace: &Workspace) -> Self {
        Self { root: workspace.root.clone(), path: workspace.root.join("fuzz/ledger.tsv") }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Adds one run at the end. Targets may run side by side: the file is locked meanwhile.
    pub(super) fn append(&self, entry: &Entry) -> Result<(), TaskError> {
        let failed = |source| TaskError::File { path: self.path.clone(), source };
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path).map_err(failed)?;
        file.lock().map_err(failed)?;
        let header = match file.metadata().map_err(failed)?.len() {
            0 => format!("{HEADER}\n"),
            _ => String::new(),
        };
        file.write_all(format!("{header}{}", entry.line()).as_bytes()).map_err(failed)
    }

    fn entries(&self) -> Result<Vec<Entry>, TaskError> {
        let text = files::read(&self.path)?;
        let lines = text.lines().filter(|line| *line != HEADER);
        lines
            .map(|line| {
                Entry::parse(line).ok_or_else(|| TaskError::Unreadable {
                    what: self.path.display().to_string(),
                    detail: format!("`{line}` is no run"),
                })
            })
            .collect()
    }

    /// For each target its runs in all, and those of the code as it is now.
    pub(super) fn totals(&self) -> Result<Vec<String>, TaskError> {
        let mut totals: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        let mut same: BTreeMap<(String, String), bool> = BTreeMap::new();
        for entry in self.entries()? {
            let key = (entry.target.clone(), entry.commit.clone());
            if !same.contains_key(&key) {
                same.insert(key.clone(), self.same_code_as(&entry)?);
            }
            let total = totals.entry(entry.target).or_default();
            total.0 += entry.executions;
            if same.get(&key) == Some(&true) {
                total.1 += entry.executions;
            }
        }
        let line =
            |(target, (all, now))| format!("{target}: {now} executions of the code as it is, {all} in all");
        Ok(totals.into_iter().map(line).collect())
    }

    /// Whether what the target exercises is the same as in the commit that ran.
    fn same_code_as(&self, entry: &Entry) -> Result<bool, TaskError> {
        let changed = Program::new("git", &self.root)
            .args(["diff", "--name-only", &entry.commit, "--"])
            .args(self.exercised_by(&entry.target)?)
            .output()?;
        Ok(changed.is_empty())
    }

    /// The paths whose code a target exercises, as `[package.metadata.exercises]` in `fuzz/Cargo.toml` names them.
    fn exercised_by(&self, target: &str) -> Result<Vec<String>, TaskError> {
        let text = Program::cargo(&self.root)
            .args(["metadata", "--format-version", "1", "--no-deps", "--manifest-path", "fuzz/Cargo.toml"])
            .output()?;
        let metadata: Value = serde_json::from_str(&text).unwrap_or_default();
        let paths =
            metadata.pointer(&format!("/packages/0/metadata/exercises/{target}")).and_then(Value::as_array);
        let paths: Vec<String> =
            paths.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        if paths.is_empty() {
            return Err(TaskError::Wrong(format!(
                "fuzz/Cargo.toml does not name the code that `{target}` exercises, under [package.metadata.exercises]"
            )));
        }
        Ok(paths)
    }
}

#[cfg(test)]
mod tests {
    use super::Entry;

    #[test]
    fn a_line_comes_back_as_it_was() {
        let entry = Entry {
            target: "yaml".into(),
            corpus: "0a1b".into(),
            commit: "abc".into(),
            executions: 10_000_000,
        };
        assert_eq!(Entry::parse(entry.line().trim_end()), Some(entry));
        assert_eq!(Entry::parse("yaml\t0a1b\tabc"), None);
        assert_eq!(Entry::parse("yaml\t0a1b\tabc\tmany"), None);
        assert_eq!(Entry::parse("yaml\t0a1b\tabc\t1\t2"), None);
    }
}
