//! Baselines, and comments that hold findings back.

use std::fs;
use std::process::Command;

use super::world::{World, run};

const TWICE: &str =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  color: red\n  color: blue\n";

#[test]
fn a_baseline_holds_back_what_it_knows_wherever_it_has_moved() {
    let folder = tempfile::tempdir().unwrap();
    let (file, baseline) = (folder.path().join("a.yaml"), folder.path().join("known.yml"));
    let (file, baseline) = (file.to_str().unwrap(), baseline.to_str().unwrap());
    fs::write(file, TWICE).unwrap();
    let check = |more: &[&str]| {
        let arguments = [&["check", file], more].concat();
        World::new().working_in(folder.path()).run(arguments)
    };
    assert_eq!(check(&["--fail-on", "warning"]).code, 1);
    let written = check(&["--write-baseline", baseline]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    assert!(written.stderr.starts_with("1 finding written to "), "{}", written.stderr);
    assert!(fs::read_to_string(baseline).unwrap().contains("source: a.yaml\n"));

    fs::write(file, format!("# moved\n{TWICE}")).unwrap();
    let known = check(&["--baseline", baseline, "--fail-on", "warning"]);
    assert_eq!((known.code, known.stdout.as_str()), (0, "nothing found in 1 object, 1 suppressed\n"));

    fs::write(file, TWICE.replace("color: red\n  ", "")).unwrap();
    let gone = check(&["--baseline", baseline, "--fail-on", "note"]);
    assert_eq!(gone.code, 1);
    assert!(gone.stdout.contains("note[check/gone-finding]"), "{}", gone.stdout);
    assert_eq!(check(&["--baseline", baseline, "--ignore", "check", "--fail-on", "note"]).code, 0);
}

#[test]
fn a_project_file_names_the_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.yml"), TWICE).unwrap();
    let file = path("a.yml").to_str().unwrap().to_owned();
    let check = |more: &[&str]| {
        // The program itself: the search for the project file begins at its working directory.
        let mut program = Command::new(env!("CARGO_BIN_EXE_kubelogic"));
        program.args(["check", file.as_str(), "--fail-on", "warning"]).args(more);
        program.current_dir(folder.path()).output().unwrap().status.code().unwrap()
    };
    assert_eq!(check(&["--write-baseline", path("known.yml").to_str().unwrap()]), 0);
    assert_eq!(check(&[]), 1);
    fs::write(path("kubelogic.yaml"), "apiVersion: kubelogic/v1alpha1\nkind: Project\nbaseline: known.yml\n")
        .unwrap();
    assert_eq!(check(&[]), 0);
}

#[test]
fn a_file_that_is_no_baseline_is_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let baseline = folder.path().join("b.yaml");
    for text in ["kind: Pod\n", "[", "", "apiVersion: kubelogic/v1alpha1\nkind: Baseline\nfinding: []\n"] {
        fs::write(&baseline, text).unwrap();
        let ended = World::new().stdin(TWICE).run(["check", "-", "--baseline", baseline.to_str().unwrap()]);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{text}");
        assert!(ended.stderr.contains("baseline"), "{}", ended.stderr);
    }
    assert_eq!(run(&["check", "x", "--baseline", "/none/b.yaml"]).code, 2);
}

#[test]
fn comments_hold_back_with_a_reason() {
    let check = |text: &str, more: &[&str]| {
        World::new().stdin(text).run([&["check", "-", "--fail-on", "warning"], more].concat())
    };
    let text = TWICE.replace("blue\n", "blue # kubelogic: ignore read/duplicate-key -- a test\n");
    assert_eq!(check(&text, &[]).stdout, "nothing found in 1 object, 1 suppressed\n");
    assert_eq!(check(&text, &["--no-suppressions"]).code, 1);
    // The comment is used, although nobody asks for its code.
    assert_eq!(check(&text, &["--ignore", "read"]).code, 0);
    let without = text.replace(" -- a test", "");
    let ended = check(&without, &[]);
    assert!(ended.stdout.contains("check/suppression-without-reason"), "{}", ended.stdout);
    // What could not be read was not checked, whatever a comment says.
    let ended = check("kind: [ # kubelogic: ignore read/syntax -- why\n", &[]);
    assert_eq!(ended.code, 2);
}

#[test]
fn codes_that_do_not_exist_are_refused() {
    for flag in ["--select", "--ignore"] {
        let ended = World::new().stdin(TWICE).run(["check", "-", flag, "read/duplicatekey"]);
        assert_eq!(ended.code, 2);
        assert!(ended.stderr.contains("did you mean `read/duplicate-key`?"), "{}", ended.stderr);
    }
}
