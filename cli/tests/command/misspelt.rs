//! `check --fix` where fields are misspelt.

use std::fs;

use super::world::World;

/// Two fields are misspelt, one of them below the other.
const MISSPELT: &str = "\u{FEFF}# A pod, as somebody wrote it.\r\napiVersion: v1\r\nkind: Pod\r\nmetadata: {name: a}   # short\r\n\
                        spec:\r\n    initContaners:  # first\r\n    -   name: \"\u{e9}\"\r\n        'imagePullpolicy': Always\r\n    containers: []\r\n";

fn mended() -> String {
    MISSPELT.replace("initContaners", "initContainers").replace("imagePullpolicy", "imagePullPolicy")
}

#[test]
fn both_fields_are_mended_and_nothing_else_changes() {
    let ended = World::new().stdin(MISSPELT).run(["check", "--fix", "-"]);
    assert_eq!(
        (ended.code, ended.stdout, ended.stderr.as_str()),
        (0, mended(), "2 findings mended in 1 file\n")
    );
}

#[test]
fn a_dry_run_prints_a_diff_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    fs::write(&file, MISSPELT).unwrap();
    let ended = World::new().run(["check", "--fix", "--dry-run", file.to_str().unwrap()]);
    assert_eq!((ended.code, ended.stderr.as_str()), (1, ""));
    let changed: Vec<&str> =
        ended.stdout.lines().filter(|line| line.starts_with(['+', '-'])).skip(2).collect();
    assert_eq!(
        changed,
        [
            "-    initContaners:  # first",
            "+    initContainers:  # first",
            "-        'imagePullpolicy': Always",
            "+        'imagePullPolicy': Always",
        ]
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), MISSPELT);
}

#[test]
fn one_that_a_comment_leaves_alone_stays() {
    let text = MISSPELT.replace("  # first", "  # kubelogic: ignore schema/unknown-field -- a test");
    let ended = World::new().stdin(text).run(["check", "--fix", "-"]);
    assert!(ended.stdout.contains("initContaners:"), "{}", ended.stdout);
}
