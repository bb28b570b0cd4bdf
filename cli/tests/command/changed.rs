//! `check --changed-since`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::world::World;

const TWICE: &str =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\ndata:\n  a: u\n  a: v\n  b: u\n  b: v\n";

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).status().unwrap();
    assert!(status.success());
}

fn found(folder: &Path, since: &str) -> (u8, Vec<String>) {
    let path = folder.to_str().unwrap();
    let arguments = ["check", path, "-o", "ndjson", "--fail-on", "warning", "--changed-since", since];
    let ended = World::new().working_in(folder).run(arguments);
    assert!(ended.code < 2, "{}", ended.stderr);
    let lines = ended.stdout.lines().map(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let place = &finding["location"];
        let name = Path::new(place["source"].as_str().unwrap()).file_name().unwrap().to_str().unwrap();
        format!("{name}:{}", place["line"])
    });
    (ended.code, lines.collect())
}

#[test]
fn only_what_has_changed_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let write = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
    git(folder, &["init", "-q"]);
    write("old.yaml", TWICE.replace("NAME", "old"));
    write("some.yaml", TWICE.replace("NAME", "some"));
    write("é \"x.yaml", TWICE.replace("NAME", "odd"));
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "a"]);
    assert_eq!(found(folder, "HEAD"), (0, vec![]));

    write("some.yaml", TWICE.replace("NAME", "some").replace("b: v", "b: w"));
    write("new.yaml", TWICE.replace("NAME", "new"));
    write("é \"x.yaml", TWICE.replace("NAME", "odd").replace("a: v", "a: w"));
    assert_eq!(
        found(folder, "HEAD"),
        (1, ["new.yaml:6", "new.yaml:8", "some.yaml:8", "é \"x.yaml:6"].map(str::to_owned).to_vec())
    );
    git(folder, &["add", "-A"]);
    assert_eq!(found(folder, "HEAD").1.len(), 4);
    git(folder, &["commit", "-q", "-m", "b"]);
    assert_eq!(found(folder, "HEAD~1").1.len(), 4);
    // The related place counts as well: the first of the two keys has changed.
    write("old.yaml", TWICE.replace("NAME", "old").replace("a: u", "a: w"));
    assert_eq!(found(folder, "HEAD").1, ["old.yaml:6"]);
}

#[test]
fn a_revision_that_git_does_not_know_is_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q"]);
    fs::write(folder.path().join("a.yaml"), TWICE).unwrap();
    for revision in ["none", "--output=x", ""] {
        let since = format!("--changed-since={revision}");
        let ended =
            World::new().working_in(folder.path()).run(["check", folder.path().to_str().unwrap(), &since]);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""), "{}", ended.stderr);
        assert!(ended.stderr.contains("git knows no commit"), "{}", ended.stderr);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
