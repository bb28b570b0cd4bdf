//! `cargo xtask fuzz`: runs a fuzz target and writes down how often it ran.

mod corpus;
mod ledger;

use crate::command::{Program, heading, note};
use crate::error::TaskError;
use crate::workspace::Workspace;

use ledger::{Entry, Ledger};

/// What is said when the arguments are not understood.
const USAGE: &str = "usage: cargo xtask fuzz TARGET (--executions N | --seconds T) [-- LIBFUZZER-ARGUMENT...], or \
                     cargo xtask fuzz --totals";

/// How long a target runs.
enum Until {
    Executions(u64),
    Seconds(u64),
}

/// Runs a target, or adds up the ledger.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let (mut target, mut until, mut totals) = (None, None, false);
    let mut more: Vec<String> = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("executions") => until = Some(Until::Executions(number(&mut parser)?)),
            lexopt::Arg::Long("seconds") => until = Some(Until::Seconds(number(&mut parser)?)),
            lexopt::Arg::Long("totals") => totals = true,
            lexopt::Arg::Value(name) if target.is_none() => {
                target = Some(name.to_string_lossy().into_owned());
            }
            lexopt::Arg::Value(name) => more.push(name.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let ledger = Ledger::of(workspace);
    match (target, until) {
        (None, None) if totals => print_totals(&ledger),
        (Some(target), Some(until)) if !totals => fuzz(workspace, &ledger, &target, &until, &more),
        _ => Err(TaskError::Usage(USAGE.to_owned())),
    }
}

fn number(parser: &mut lexopt::Parser) -> Result<u64, TaskError> {
    let value = parser.value()?;
    let text = value.to_string_lossy().replace('_', "");
    text.parse().map_err(|_| TaskError::Usage(format!("`{text}` is not a number of runs or seconds")))
}

fn fuzz(
    workspace: &Workspace,
    ledger: &Ledger,
    target: &str,
    until: &Until,
    more: &[String],
) -> Result<(), TaskError> {
    let commit = committed_state(workspace)?;
    let limit = match until {
        Until::Executions(executions) => format!("-runs={executions}"),
        Until::Seconds(seconds) => format!("-max_total_time={seconds}"),
    };
    heading(&format!("fuzz {target}, {limit}"));
    // What is fuzzed has no unsafe code: a sanitizer would only make it slower.
    let output = Program::new("rustup", &workspace.root)
        .args(["run", "nightly", "cargo", "fuzz", "run", "--sanitizer", "none", target])
        .args(["--", &limit, "-print_final_stats=1"])
        .args(more)
        .watched()?;
    let executions = executions(&output)?;
    let entry =
        Entry { target: target.to_owned(), corpus: corpus::hash(workspace, target)?, commit, executions };
    ledger.append(&entry)?;
    note(&format!("{executions} executions of {target} are in {}", ledger.path().display()));
    Ok(())
}

/// The commit whose code is about to run; with changes that are not committed there is none.
fn committed_state(workspace: &Workspace) -> Result<String, TaskError> {
    let changed = Program::new("git", &workspace.root)
        .args(["status", "--porcelain", "--untracked-files=no", "--", "*.rs", "*.toml", "*.lock"])
        .output()?;
    if !changed.is_empty() {
        return Err(TaskError::Wrong(format!(
            "the ledger names the commit that ran, so commit these first:\n{changed}"
        )));
    }
    let commit = Program::new("git", &workspace.root).args(["rev-parse", "--short=12", "HEAD"]).output()?;
    Ok(commit.trim().to_owned())
}

/// What libFuzzer says about its own count.
fn executions(output: &str) -> Result<u64, TaskError> {
    let line =
        output.lines().filter_map(|line| line.split_once("stat::number_of_executed_units:")).next_back();
    line.and_then(|(_, count)| count.trim().parse().ok()).ok_or_else(|| TaskError::Unreadable {
        what: "the fuzzer's closing statistics".to_owned(),
        detail: "it does not say how often it ran".to_owned(),
    })
}

fn print_totals(ledger: &Ledger) -> Result<(), TaskError> {
    ledger.totals()?.iter().for_each(|total| note(total));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::executions;

    #[test]
    fn the_fuzzer_is_believed_about_its_count() {
        let output =
            "Done 100 runs in 0 second(s)\nstat::number_of_executed_units: 100\nstat::peak_rss_mb: 30\n";
        assert_eq!(executions(output).unwrap(), 100);
        assert!(executions("Done 100 runs in 0 second(s)").is_err());
    }
}
