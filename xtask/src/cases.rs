//! The recorded answers in `conformance/cases`: `cargo xtask record` writes them, and the tests ask some again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::command::{Program, heading, note};
use crate::error::TaskError;
use crate::files;
use crate::oracle::{LIGHT, Oracle};
use crate::workspace::Workspace;

/// At least so many cases are asked again, as far as there are so many.
const SAMPLE_AT_LEAST: usize = 50;

/// The share of the cases that is asked again, one in so many.
const SAMPLE_ONE_IN: usize = 100;

/// Records the inputs of the named topics, or of all, for every minor version that an input names.
pub(crate) fn record(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let mut topics = Vec::new();
    while let Some(argument) = parser.next()? {
        let lexopt::Arg::Value(name) = argument else { return Err(argument.unexpected().into()) };
        topics.push(name.to_string_lossy().into_owned());
    }
    let oracle = Oracle::of(workspace);
    let minors = oracle.minors(LIGHT)?;
    let mut found = 0;
    for topic in self::topics(workspace)? {
        let named = topic.file_name().is_some_and(|name| topics.iter().any(|topic| name == topic.as_str()));
        if !topics.is_empty() && !named {
            continue;
        }
        let inputs = files::in_folder(&topic, ".inputs.jsonl")?;
        found += inputs.len();
        let mut texts = String::new();
        for input in &inputs {
            texts.push_str(&files::read(input)?);
        }
        // An input that names no version is recorded for the newest.
        for minor in minors
            .iter()
            .filter(|minor| texts.contains(&format!("\"{minor}\"")) || minors.last() == Some(minor))
        {
            heading(&format!("record {} for {minor}", topic.display()));
            let program = oracle.build(LIGHT, minor)?;
            Program::new(program, &workspace.root).arg("record").args(&inputs).run()?;
        }
    }
    if found == 0 {
        return Err(TaskError::Usage(format!("no inputs were found for {}", topics.join(", "))));
    }
    Ok(())
}

/// Asks a random share of the recorded cases again, of every minor version that has some.
pub(crate) fn ask_again(workspace: &Workspace) -> Result<(), TaskError> {
    let oracle = Oracle::of(workspace);
    let mut recorded: BTreeMap<String, (usize, Vec<PathBuf>)> = BTreeMap::new();
    for topic in topics(workspace)? {
        for file in files::in_folder(&topic, ".json")? {
            let (minor, cases) = contents(&file)?;
            let entry = recorded.entry(minor).or_default();
            entry.0 += cases;
            entry.1.push(file);
        }
    }
    if recorded.is_empty() {
        return Err(TaskError::Wrong("conformance/cases holds no recorded case".to_owned()));
    }
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |time| u64::from(time.subsec_nanos()));
    for (minor, (cases, files)) in recorded {
        let wanted = SAMPLE_AT_LEAST.max(cases / SAMPLE_ONE_IN).min(cases);
        heading(&format!("oracle, about {wanted} of {cases} recorded cases of {minor} again, seed {seed}"));
        let program = oracle.build(LIGHT, &minor)?;
        Program::new(program, &workspace.root)
            .args(["verify", "-sample", &share(wanted, cases), "-seed", &seed.to_string()])
            .args(files)
            .run()?;
    }
    Ok(())
}

/// Whether any case is recorded yet.
pub(crate) fn exist(workspace: &Workspace) -> bool {
    workspace.folder("conformance/cases").is_some()
}

fn topics(workspace: &Workspace) -> Result<Vec<PathBuf>, TaskError> {
    let mut topics = files::in_folder(&workspace.root.join("conformance/cases"), "")?;
    topics.retain(|topic| topic.is_dir());
    Ok(topics)
}

/// The minor version that a file of cases was recorded from, and how many it holds.
fn contents(file: &Path) -> Result<(String, usize), TaskError> {
    let unreadable =
        |detail: &str| TaskError::Unreadable { what: file.display().to_string(), detail: detail.to_owned() };
    let value: Value =
        serde_json::from_str(&files::read(file)?).map_err(|error| unreadable(&error.to_string()))?;
    let version =
        value.get("oracle").and_then(Value::as_str).ok_or_else(|| unreadable("`oracle` is missing"))?;
    let minor = version.rsplit_once('.').map_or(version, |(minor, _)| minor);
    let cases =
        value.get("cases").and_then(Value::as_array).ok_or_else(|| unreadable("`cases` is missing"))?;
    if cases.is_empty() {
        note(&format!("{} holds no case", file.display()));
    }
    Ok((minor.to_owned(), cases.len()))
}

/// `wanted` of `all`, written as a decimal fraction, rounded up in the sixth place.
fn share(wanted: usize, all: usize) -> String {
    let millionths = (wanted * 1_000_000).div_ceil(all.max(1));
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_rounded_up() {
        assert_eq!(share(50, 50), "1.000000");
        assert_eq!(share(50, 100), "0.500000");
        assert_eq!(share(1, 3), "0.333334");
        assert_eq!(share(0, 0), "0.000000");
    }
}
