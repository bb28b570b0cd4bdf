//! The tasks behind `cargo xtask`, a module each. A task exists only when what it drives exists.
#![expect(clippy::print_stdout, reason = "this program talks to a person at a terminal")]

mod bench;
mod cases;
pub mod command;
mod corpus;
mod deny;
mod differ;
pub mod error;
mod features;
pub mod files;
mod fuzz;
mod generate;
mod kube_version;
mod lint;
mod node;
mod oracle;
mod pack;
mod python;
mod test;
pub mod workspace;

use std::ffi::OsString;

use error::TaskError;
use workspace::Workspace;

/// One task: its name, the file without which there is nothing to do, what it says about itself, and what it does
/// with the arguments after its name.
struct Task {
    name: &'static str,
    needs: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&Workspace, lexopt::Parser) -> Result<(), TaskError>,
}

const TASKS: &[Task] = &[
    Task {
        name: "test",
        needs: "Cargo.toml",
        arguments: "[PART...]",
        about: "run all tests of all languages, or only the named parts",
        run: test::run,
    },
    Task {
        name: "lint",
        needs: "Cargo.toml",
        arguments: "",
        about: "formatting, clippy with every feature set, and the documentation, warnings refused",
        run: lint::run,
    },
    Task {
        name: "deny",
        needs: "deny.toml",
        arguments: "",
        about: "licences, advisories, sources and duplicates of all dependencies",
        run: deny::run,
    },
    Task {
        name: "pack",
        needs: "Cargo.toml",
        arguments: "[--allow-dirty] [PART...]",
        about: "build every package and use it as a stranger would, from an empty project",
        run: pack::run,
    },
    Task {
        name: "oracle",
        needs: "conformance/oracle/go.mod",
        arguments: "[PROGRAM...] [MINOR...]",
        about: "build the programs in which the real Kubernetes components answer",
        run: oracle::run,
    },
    Task {
        name: "record",
        needs: "conformance/oracle/go.mod",
        arguments: "[TOPIC...]",
        about: "let the real components answer the inputs of conformance/cases anew",
        run: cases::record,
    },
    Task {
        name: "generate",
        needs: "conformance/generate/go.mod",
        arguments: "[--check] [PART...]",
        about: "write the checked-in files anew that are made from upstream data or from our own code",
        run: generate::run,
    },
    Task {
        name: "kube-version",
        needs: "conformance/generate/go.mod",
        arguments: "add 1.NN[.PATCH]",
        about: "teach oracle, tables and cases a new minor version of Kubernetes",
        run: kube_version::run,
    },
    Task {
        name: "differ",
        needs: "conformance/differ/Cargo.toml",
        arguments: "WHAT [ARGUMENT...]",
        about: "compare kubelogic with the real components on generated input",
        run: differ::run,
    },
    Task {
        name: "corpus",
        needs: "conformance/corpus",
        arguments: "[FOLDER] [--record]",
        about: "read a folder of published manifests, and compare with what the real reader said of each",
        run: corpus::run,
    },
    Task {
        name: "bench",
        needs: "bench/Cargo.toml",
        arguments: "WHAT [ARGUMENT...]",
        about: "measure kubelogic beside the real components, on the same input in the same run",
        run: bench::run,
    },
    Task {
        name: "fuzz",
        needs: "fuzz/Cargo.toml",
        arguments: "TARGET --executions N | --seconds T | --totals",
        about: "run a fuzz target and count its runs in fuzz/ledger.tsv, or add them up",
        run: fuzz::run,
    },
];

/// Runs the task that the arguments name.
///
/// # Errors
/// When the task is unknown or ends in failure.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), TaskError> {
    let workspace = Workspace::load()?;
    let tasks: Vec<&Task> = TASKS.iter().filter(|task| workspace.root.join(task.needs).exists()).collect();
    let mut parser = lexopt::Parser::from_args(arguments);
    let name = match parser.next()? {
        None | Some(lexopt::Arg::Long("help") | lexopt::Arg::Short('h')) => {
            print!("{}", help(&tasks));
            return Ok(());
        }
        Some(lexopt::Arg::Value(name)) => name,
        Some(other) => return Err(other.unexpected().into()),
    };
    let Some(task) = tasks.iter().find(|task| name == task.name) else {
        return Err(TaskError::Usage(format!("`{}` is no task\n\n{}", name.to_string_lossy(), help(&tasks))));
    };
    (task.run)(&workspace, parser)
}

fn help(tasks: &[&Task]) -> String {
    let line =
        |task: &&Task| format!("  {:<55} {}\n", format!("{} {}", task.name, task.arguments), task.about);
    std::iter::once("usage: cargo xtask TASK\n\n".to_owned()).chain(tasks.iter().map(line)).collect()
}

/// The arguments of a task that takes names of its parts and nothing else; without a name it is all of them.
fn parts(mut parser: lexopt::Parser, known: &[&'static str]) -> Result<Vec<&'static str>, TaskError> {
    let mut chosen = Vec::new();
    while let Some(argument) = parser.next()? {
        let lexopt::Arg::Value(name) = argument else { return Err(argument.unexpected().into()) };
        chosen.push(part(&name, known)?);
    }
    Ok(if chosen.is_empty() { known.to_vec() } else { chosen })
}

/// The part of that name.
fn part(name: &std::ffi::OsStr, known: &[&'static str]) -> Result<&'static str, TaskError> {
    known.iter().copied().find(|part| name == *part).ok_or_else(|| {
        TaskError::Usage(format!(
            "`{}` is no part of this task, which has {}",
            name.to_string_lossy(),
            known.join(", ")
        ))
    })
}
