//! `check --fix`, where nothing can be fixed for certain.

use std::fs;

use super::world::{World, run};

const TEXT: &str = "apiVersion: v1\r\nkind: ConfigMap # \u{e9}\r\nmetadata: {name: a}\r\ndata: {a: u, a: v}";

#[test]
fn what_cannot_be_fixed_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    fs::write(&file, TEXT).unwrap();
    let ended = run(&["check", "--fix", "--fail-on", "warning", file.to_str().unwrap()]);
    assert_eq!(ended.code, 1);
    assert!(ended.stdout.contains("read/duplicate-key"), "{}", ended.stdout);
    assert_eq!(fs::read_to_string(&file).unwrap(), TEXT);
    let ended = run(&["check", "--fix", "--dry-run", file.to_str().unwrap()]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, ""));
}

#[test]
fn standard_input_is_printed_and_findings_are_not_among_it() {
    let ended = World::new().stdin(TEXT).run(["check", "--fix", "-"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, TEXT));
    assert!(ended.stderr.contains("read/duplicate-key"), "{}", ended.stderr);
}

#[test]
fn a_dry_run_is_one_of_fixing() {
    assert_eq!(run(&["check", "--dry-run", "x"]).code, 2);
}
