//! The recorded answers in `conformance/cases`: `cargo xtask record` writes them, and the tests ask some again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::files;
use crate::oracle::{LIGHT, Oracle, program_for};
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
    let mut inputs = Vec::new();
    for topic in self::topics(workspace)? {
        let named = topic.file_name().is_some_and(|name| topics.iter().any(|topic| name == topic.as_str()));
        if topics.is_empty() || named {
            inputs.extend(files::in_folder(&topic, ".inputs.jsonl")?);
        }
    }
    if inputs.is_empty() {
        return Err(TaskError::Usage(format!("no inputs were found for {}", topics.join(", "))));
    }
    let oracle = Oracle::of(workspace);
    let minors = oracle.minors()?;
    let newest = minors.last().map(String::as_str).unwrap_or_default();
    let mut wanted: BTreeMap<(String, &'static str, i64), Vec<PathBuf>> = BTreeMap::new();
    for file in inputs {
        let (wishes, seed) = (Wishes::of(&file, newest)?, seed_of(&file)?);
        for minor in wishes.minors {
            wanted.entry((minor, wishes.program, seed)).or_default().push(file.clone());
        }
    }
    for ((minor, program, seed), files) in wanted {
        heading(&format!("record with {program} for {minor}"));
        let program = oracle.build(program, &minor)?;
        Program::new(program, &workspace.root)
            .args(["record", "-seed", &seed.to_string()])
            .args(files)
            .run()?;
    }
    Ok(())
}

/// The seed that inputs were generated with, as the cases recorded from them say; 0 is for those written by hand.
fn seed_of(inputs: &Path) -> Result<i64, TaskError> {
    let (Some(folder), Some(name)) = (inputs.parent(), inputs.file_name().and_then(|name| name.to_str()))
    else {
        return Ok(0);
    };
    let start = name.replace("inputs.jsonl", "1.");
    for file in files::in_folder(folder, ".json")? {
        if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start)) {
            return Ok(Recorded::of(&file)?.seed);
        }
    }
    Ok(0)
}

/// What a file of inputs asks for.
struct Wishes {
    program: &'static str,
    minors: BTreeSet<String>,
}

impl Wishes {
    /// Reads the first kind of question and all versions. A line that names no version is for the newest.
    fn of(file: &Path, newest: &str) -> Result<Self, TaskError> {
        let (mut program, mut minors) = (None, BTreeSet::new());
        for line in files::read(file)?.lines().filter(|line| !line.trim().is_empty()) {
            let input: Value =
                serde_json::from_str(line).map_err(|error| unreadable(file, &error.to_string()))?;
            let ask = input.get("ask").and_then(Value::as_str).unwrap_or_default();
            program.get_or_insert(program_for(ask));
            match input.get("versions").and_then(Value::as_array) {
                None => minors.extend([newest.to_owned()]),
                Some(versions) => minors.extend(versions.iter().filter_map(Value::as_str).map(str::to_owned)),
            }
        }
        Ok(Self { program: program.ok_or_else(|| unreadable(file, "it asks nothing"))?, minors })
    }
}

/// Asks a random share of the recorded cases again, of every minor version that has some, as far as the program
/// that answers them builds in seconds.
pub(crate) fn ask_again(workspace: &Workspace) -> Result<(), TaskError> {
    let oracle = Oracle::of(workspace);
    let mut recorded: BTreeMap<String, (usize, Vec<PathBuf>)> = BTreeMap::new();
    for topic in topics(workspace)? {
        for file in files::in_folder(&topic, ".json")? {
            let cases = Recorded::of(&file)?;
            if cases.program == LIGHT {
                let entry = recorded.entry(cases.minor).or_default();
                entry.0 += cases.count;
                entry.1.push(file);
            }
        }
    }
    if recorded.is_empty() {
        return Err(TaskError::Wrong("conformance/cases holds no case to ask again".to_owned()));
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

/// What a file of cases says about itself.
struct Recorded {
    program: &'static str,
    minor: String,
    count: usize,
    seed: i64,
}

impl Recorded {
    fn of(file: &Path) -> Result<Self, TaskError> {
        let value: Value = serde_json::from_str(&files::read(file)?)
            .map_err(|error| unreadable(file, &error.to_string()))?;
        let version = value.get("oracle").and_then(Value::as_str);
        let version = version.ok_or_else(|| unreadable(file, "`oracle` is missing"))?;
        let cases = value.get("cases").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let ask = cases.first().and_then(|case| case.get("ask")).and_then(Value::as_str);
        let ask = ask.ok_or_else(|| unreadable(file, "it holds no case"))?;
        let seed = value.get("seed").and_then(Value::as_i64).unwrap_or_default();
        let minor = version.rsplit_once('.').map_or(version, |(minor, _)| minor);
        Ok(Self { program: program_for(ask), minor: minor.to_owned(), count: cases.len(), seed })
    }
}

fn unreadable(file: &Path, detail: &str) -> TaskError {
    TaskError::Unreadable { what: file.display().to_string(), detail: detail.to_owned() }
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
