//! What `check --fix` does to files, shown with API versions that are gone.

use std::fs;
use std::path::Path;

use super::world::{World, run};

/// Two documents that can be mended, as somebody wrote them on another system.
const OLD: &str = "\u{FEFF}# Budgets, caf\u{e9}.\r\napiVersion: policy/v1beta1   # old\r\nkind: PodDisruptionBudget\r\n\
                   metadata: {name: web}\r\nspec:\r\n    minAvailable:  1   # one\r\n    selector: {matchLabels: {a: b}}\r\n\
                   ---\r\nkind: PodDisruptionBudget\r\nmetadata: {name: data}\r\nspec: {minAvailable: 1, selector: \
                   {matchLabels: {a: c}}}\r\n'apiVersion':   \"policy/v1beta1\"";

fn mended() -> String {
    OLD.replace("policy/v1beta1", "policy/v1")
}

fn fixed(path: &Path, more: &[&str]) -> super::world::Ended {
    World::new().run([&["check", "--fix", path.to_str().unwrap()], more].concat())
}

#[test]
fn what_can_be_mended_is_and_nothing_else_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("a.yaml"), folder.path().join("b.yaml"));
    let current = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
    fs::write(&file, OLD).unwrap();
    fs::write(&other, current).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o604)).unwrap();
    }
    assert_eq!(run(&["check", file.to_str().unwrap()]).code, 1);

    let ended = fixed(folder.path(), &[]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, "2 findings mended in 1 file\n"), "{}", ended.stdout);
    assert_eq!(ended.stdout, "nothing found in 3 objects\n");
    assert_eq!(fs::read_to_string(&file).unwrap(), mended());
    assert_eq!(fs::read_to_string(&other).unwrap(), current);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o604);
    }
    let again = fixed(folder.path(), &["--quiet"]);
    assert_eq!((again.code, again.stdout.as_str(), again.stderr.as_str()), (0, "", ""));
}

#[test]
fn a_dry_run_prints_a_diff_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    fs::write(&file, OLD).unwrap();
    let ended = fixed(&file, &["--dry-run"]);
    // The answer is about the file as it is.
    assert_eq!((ended.code, ended.stderr.as_str()), (1, ""));
    let changed: Vec<&str> =
        ended.stdout.lines().filter(|line| line.starts_with(['+', '-'])).skip(2).collect();
    assert_eq!(
        changed,
        [
            "-apiVersion: policy/v1beta1   # old",
            "+apiVersion: policy/v1   # old",
            "-'apiVersion':   \"policy/v1beta1\"",
            "+'apiVersion':   \"policy/v1\"",
        ]
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), OLD);
}

#[test]
fn what_is_ignored_or_suppressed_is_not_mended() {
    let suppressed = OLD.replace("# old", "# kubelogic: ignore schema/removed-api -- a test");
    for (text, more) in
        [(OLD, &["--ignore", "schema"][..]), (OLD, &["--select", "read"]), (suppressed.as_str(), &[])]
    {
        let ended = World::new().stdin(text).run([&["check", "--fix", "-"], more].concat());
        assert!(ended.stdout.contains("apiVersion: policy/v1beta1   #"), "{more:?}: {}", ended.stdout);
    }
}

#[test]
fn standard_input_is_printed() {
    let ended = World::new().stdin(OLD).run(["check", "--fix", "-"]);
    assert_eq!(
        (ended.code, ended.stdout, ended.stderr.as_str()),
        (0, mended(), "2 findings mended in 1 file\n")
    );
}

#[test]
fn a_file_that_somebody_else_has_changed_meanwhile_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    fs::write(&file, OLD).unwrap();
    let ended = World::new().changing().run(["check", "--fix", file.to_str().unwrap()]);
    assert_eq!(ended.code, 2);
    assert!(
        ended.stderr.contains("is not changed: somebody else has changed it meanwhile"),
        "{}",
        ended.stderr
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), OLD);
}

#[test]
fn a_file_that_cannot_be_written_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.yaml");
    fs::write(&file, OLD).unwrap();
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    let ended = fixed(&file, &[]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("is not changed: permission denied"), "{}", ended.stderr);
    assert_eq!(fs::read_to_string(&file).unwrap(), OLD);
}

#[test]
fn what_has_no_successor_is_left() {
    let old = "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: none}\n";
    let ended = World::new().stdin(old).run(["check", "--fix", "--select", "schema/removed-api", "-"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (1, old));
    assert!(ended.stderr.contains("PodSecurityPolicy"), "{}", ended.stderr);
}
