//! `cargo xtask differ`: compares kubelogic with the real components on generated input, live.

use std::ffi::OsString;

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::oracle::{COMMAND, HEAVY, LIGHT, Oracle};
use crate::workspace::Workspace;

/// The crate that compares.
const CRATE: &str = "kubelogic-differ";

/// The comparisons that need no more than the program that builds in seconds.
const LIGHT_ENOUGH: &[&str] = &["crd", "kubeconfig", "lifecycle", "meta", "read", "strict", "types"];

/// Questions of theirs that need the other one.
const HEAVY_QUESTIONS: &[&str] = &["kind-names", "stop-signals"];

/// Builds the oracle that the question needs and hands all arguments on.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let arguments: Vec<OsString> = parser.raw_args()?.collect();
    let Some(what) = arguments.first().and_then(|what| what.to_str()) else {
        let usage = "usage: cargo xtask differ WHAT [ARGUMENT...]; conformance/differ/README.md names them";
        return Err(TaskError::Usage(usage.to_owned()));
    };
    let oracle = Oracle::of(workspace);
    let version = version(&arguments).map_or_else(|| oracle.newest(), Ok)?;
    heading(&format!("differ, {what} for {version}"));
    let asks_heavy = arguments.iter().any(|argument| HEAVY_QUESTIONS.iter().any(|ask| argument == ask));
    let is_light = LIGHT_ENOUGH.contains(&what) && !asks_heavy;
    let program = match what {
        "kubeconfig-commands" => COMMAND,
        _ if is_light => LIGHT,
        _ => HEAVY,
    };
    let program = oracle.build(program, &version)?;
    Program::cargo(&workspace.root)
        .args(["run", "--quiet", "--release", "--package", CRATE, "--"])
        .args(&arguments)
        .arg("--oracle")
        .arg(program)
        .run()
}

/// The minor version that the arguments name.
fn version(arguments: &[OsString]) -> Option<String> {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let place = words.iter().position(|word| word.starts_with("--version"))?;
    let inline = words.get(place)?.strip_prefix("--version=");
    inline.or_else(|| words.get(place + 1).copied()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn the_version_is_found_among_the_arguments() {
        let find = |words: &[&str]| version(&words.iter().map(Into::into).collect::<Vec<_>>());
        assert_eq!(find(&["read", "--version", "1.32", "--count", "5"]).as_deref(), Some("1.32"));
        assert_eq!(find(&["read", "--version=1.35"]).as_deref(), Some("1.35"));
        assert_eq!(find(&["read", "--count", "5"]), None);
        assert_eq!(find(&["read", "--version"]), None);
    }
}
