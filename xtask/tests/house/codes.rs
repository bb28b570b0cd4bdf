//! Every code that stands in the source is explained in the documentation.

use std::collections::BTreeSet;
use std::path::Path;

use super::repository;

const PAGE: &str = "docs/findings.md";
/// Folders whose sources report codes.
const SOURCES: &[&str] = &[
    "core/src",
    "report/src",
    "kubeconfig/src",
    "pki/src",
    "rbac/src",
    "netpol/src",
    "admission/src",
    "scheduler-sim/src",
    "etcd/src",
    "kubelogic/src",
    "cli/src",
    "bindings/python/src",
    "bindings/python/python",
    "bindings/node/src",
    "bindings/node/lib",
];
/// Texts that look like codes and are none: the same word is a room and something else.
const NO_CODES: &[&str] = &["object/pod", "check/skip"];

/// The codes that a page explains: its headings.
fn explained(page: &str) -> BTreeSet<&str> {
    let headings = page.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'));
    headings.collect()
}

/// Texts in quotes that are written like codes, and what stands in front of each.
fn literals(source: &str) -> impl Iterator<Item = (&str, &str)> {
    // What stands below is about the tests of a file.
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or(source);
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| {
        let mut parts = line.split(['"', '\'']);
        let mut before = parts.next().unwrap_or_default();
        std::iter::from_fn(move || {
            let inside = parts.next()?;
            let found = (before, inside);
            before = inside;
            Some(found)
        })
    })
    .filter(|(_, text)| is_code(text))
}

fn is_code(text: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && !word.ends_with('-')
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.split_once('/').is_some_and(|(room, name)| word(room) && word(name))
}

fn problems<'a>(page: &str, sources: impl IntoIterator<Item = (&'a Path, &'a str)>) -> Vec<String> {
    let explained = explained(page);
    let rooms: BTreeSet<&str> = explained.iter().filter_map(|code| Some(code.split_once('/')?.0)).collect();
    let mut problems = Vec::new();
    for (file, text) in sources {
        for (before, code) in literals(text) {
            let room = code.split_once('/').map_or(code, |(room, _)| room);
            // Of a room that nobody knows, only what is certainly reported counts.
            let reported =
                ["Finding::new(", "AskError::new(", "Undecided::new(", "Assumption::new(", "Failure::new("];
            let certain = reported.iter().any(|call| before.ends_with(call));
            if (certain || rooms.contains(room)) && !explained.contains(code) && !NO_CODES.contains(&code) {
                problems.push(format!("{}: `{code}` is not explained in {PAGE}", file.display()));
            }
        }
    }
    problems.sort();
    problems.dedup();
    problems
}

#[test]
fn every_code_is_explained() {
    let root = repository::workspace().root;
    let read = |file: &Path| std::fs::read_to_string(root.join(file)).unwrap();
    let files = repository::files().into_iter().filter(|file| {
        let is_test = file.file_stem().is_some_and(|stem| stem == "tests" || stem == "docs");
        let is_source = file
            .extension()
            .is_some_and(|extension| ["rs", "py", "cjs", "mjs"].iter().any(|known| extension == *known));
        is_source
            && !is_test
            && SOURCES.iter().any(|folder| file.starts_with(folder))
            && root.join(file).is_file()
    });
    let texts: Vec<_> = files.map(|file| (read(&file), file)).collect();
    let found: usize = texts.iter().map(|(text, _)| literals(text).count()).sum();
    assert!(found > 100, "{found} texts look like codes");
    let sources = texts.iter().map(|(text, file)| (file.as_path(), text.as_str()));
    assert_eq!(problems(&read(Path::new(PAGE)), sources), Vec::<String>::new());
}

#[test]
fn a_code_that_nobody_explains_is_found() {
    let page = "## `read/syntax`\n";
    let source = |text| [(Path::new("a.rs"), text)];
    let found = ["a.rs: `read/sintax` is not explained in docs/findings.md"];
    assert_eq!(problems(page, source("let a = \"read/sintax\";")), found);
    assert_eq!(problems(page, source("(\"read/syntax\", \"apps/v1\", \"pods/log\")")), Vec::<String>::new());
    let found = ["a.rs: `new/room` is not explained in docs/findings.md"];
    assert_eq!(problems(page, source("Finding::new(\"new/room\", x)")), found);
    assert_eq!(problems(page, source("/// `\"read/other\"`\n")), Vec::<String>::new());
    assert_eq!(problems(page, source("#[cfg(test)]\nmod tests {\n\"read/other\"")), Vec::<String>::new());
}
