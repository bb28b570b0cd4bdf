//! The project file: where it is found, what it fills in, and that flags win. The program itself runs, because the
//! search begins at its working directory.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::world::run;

const HEAD: &str = "apiVersion: kubelogic/v1alpha1\nkind: Project\n";
/// A binding to a role that is not there: a warning.
const DANGLING: &str = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\n\
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: gone}\n\
    subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}]\n";

/// A repository with a project file and some manifests.
fn repository(project: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join(".git")).unwrap();
    fs::create_dir_all(root.join("manifests/vendor")).unwrap();
    fs::write(root.join("kubelogic.yaml"), format!("{HEAD}{project}")).unwrap();
    fs::write(root.join("manifests/binding.yaml"), DANGLING).unwrap();
    fs::write(root.join("manifests/vendor/broken.yaml"), "kind: [\n").unwrap();
    folder
}

/// How the program ends in a folder: its code and both streams.
fn ends(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_kubelogic")).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_the_file_says_holds_and_flags_win() {
    let repository = repository("inputs: [manifests]\nexclude: [vendor]\nfailOn: warning\n");
    let code = |arguments: &[&str]| ends(repository.path(), arguments).0;
    assert_eq!(code(&["check"]), 1);
    assert_eq!(code(&["check", "--fail-on", "error"]), 0);
    assert_eq!(code(&["check", "--ignore", "rbac/missing-role"]), 0);
    // Without the file nothing is given; with all folders something cannot be read.
    assert_eq!(code(&["check", "--no-project"]), 2);
    assert_eq!(code(&["check", "--no-project", "manifests"]), 2);
    assert_eq!(code(&["check", "--no-project", "--exclude", "manifests/vendor", "manifests"]), 0);
    assert_eq!(code(&["check", "--exclude", "nothing", "manifests"]), 2);
    // What is named itself is read.
    assert_eq!(code(&["check", "manifests/vendor/broken.yaml"]), 2);
}

#[test]
fn the_file_is_found_from_below_and_paths_are_relative_to_it() {
    let repository = repository("inputs: [manifests]\nexclude: [manifests/vendor]\nfailOn: warning\n");
    let below = repository.path().join("manifests/vendor");
    let (code, stdout, stderr) = ends(&below, &["check"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    assert!(stdout.starts_with("../../manifests/binding.yaml:4:"), "{stdout}");
}

#[test]
fn the_search_ends_at_the_root_of_the_repository() {
    let repository = repository("failOn: warning\n");
    // A repository inside of it has its own root.
    let inner = repository.path().join("manifests/inner");
    fs::create_dir_all(inner.join(".git")).unwrap();
    assert!(ends(&inner, &["project"]).1.starts_with("no project file\n"));
    // Without a repository only the folder itself counts.
    fs::remove_dir(repository.path().join(".git")).unwrap();
    assert!(ends(repository.path(), &["project"]).1.starts_with("project file kubelogic.yaml\n"));
    let outside = repository.path().join("manifests/vendor");
    assert!(ends(&outside, &["project"]).1.starts_with("no project file\n"));
}

#[test]
fn where_each_value_comes_from_is_shown() {
    let repository = repository("kubeVersion: '1.33'\nignore: [rbac/, read/unknown]\n");
    let (code, stdout, _) = ends(&repository.path().join("manifests"), &["project"]);
    assert_eq!(code, 0);
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(lines[0], "project file ../kubelogic.yaml");
    assert_eq!(lines[2], "kubeVersion       1.33                 ../kubelogic.yaml:3:14");
    assert_eq!(lines[3], "defaultNamespace  default              default");
    assert_eq!(lines[11], "ignore            rbac/,read/unknown   ../kubelogic.yaml:4:9");
    let (_, stdout, _) = ends(repository.path(), &["project", "-o", "json"]);
    let json: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&json["file"], &json["settings"][0]["value"]), (&"kubelogic.yaml".into(), &"1.33".into()));
    assert_eq!(
        (&json["settings"][0]["location"]["line"], &json["settings"][1]["location"]),
        (&3.into(), &Value::Null)
    );
}

#[test]
fn the_version_of_a_file_of_expectations_is_between_flag_and_project() {
    let repository = repository("kubeVersion: '1.33'\ninputs: [manifests]\nexclude: [vendor]\n");
    let file = |pin: &str| {
        let lines = "access: [user:bo cannot get pods in cluster]\n";
        let text = format!("apiVersion: kubelogic/v1alpha1\nkind: Expectations\n{pin}{lines}");
        fs::write(repository.path().join("manifests/expectations.yaml"), text).unwrap();
    };
    let version = |more: &[&str]| {
        let (_, stdout, stderr) = ends(repository.path(), &[&["expect", "-o", "json"], more].concat());
        let answer: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
        answer["answer"]["result"]["lines"][0]["kubeVersion"].as_str().unwrap().to_owned()
    };
    file("");
    assert_eq!((version(&[]), version(&["--kube-version", "1.36"])), ("1.33".to_owned(), "1.36".to_owned()));
    file("kubeVersion: '1.35'\n");
    assert_eq!((version(&[]), version(&["--kube-version", "1.36"])), ("1.35".to_owned(), "1.36".to_owned()));
}

#[test]
fn a_file_that_cannot_be_used_stops_everything() {
    let repository = repository("failon: warning\n");
    let (code, stdout, stderr) = ends(repository.path(), &["check", "manifests/binding.yaml"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(
        stderr.contains("kubelogic.yaml:3:1: unknown field `failon`, did you mean `failOn`?"),
        "{stderr}"
    );
    assert_eq!(ends(repository.path(), &["check", "--no-project", "manifests/binding.yaml"]).0, 0);
    assert_eq!(ends(repository.path(), &["check", "--project", "gone.yaml", "manifests/binding.yaml"]).0, 2);
    // A key that is there twice, and a file without its kind.
    fs::write(repository.path().join("kubelogic.yaml"), format!("{HEAD}failOn: note\nfailOn: error\n"))
        .unwrap();
    let (code, _, stderr) = ends(repository.path(), &["project"]);
    assert!(code == 2 && stderr.contains("kubelogic.yaml:4:1: "), "{stderr}");
    fs::write(repository.path().join("kubelogic.yaml"), "failOn: note\n").unwrap();
    let (code, _, stderr) = ends(repository.path(), &["project"]);
    assert!(code == 2 && stderr.contains("kubelogic.yaml:1:1: `kind` is missing"), "{stderr}");
    // Commands that read nothing need none.
    assert_eq!(ends(repository.path(), &["completion", "bash"]).0, 0);
}

#[test]
fn it_is_no_manifest() {
    let repository = repository("failOn: note\n");
    let (code, stdout, stderr) = ends(repository.path(), &["check", "kubelogic.yaml"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "nothing found in 1 object\n", ""));
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let published = include_str!("../../../docs/schemas/project.schema.json");
    assert_eq!(
        published,
        run(&["project", "--schema"]).stdout,
        "write it again: `kubelogic project --schema`"
    );
}
