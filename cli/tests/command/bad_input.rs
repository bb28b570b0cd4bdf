//! Bad input: one clear error with file, line, column and code, exit code 2, and the neighbours still read.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::world::run;

/// A folder with one bad file between two good ones.
struct Input {
    folder: tempfile::TempDir,
    bad: PathBuf,
}

impl Input {
    fn new(bad: &[u8]) -> Self {
        let input = Self::without("bad.yaml");
        fs::write(&input.bad, bad).unwrap();
        input
    }

    fn without(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pod = |name: &str| format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n");
        fs::write(folder.path().join("a.yaml"), pod("before")).unwrap();
        fs::write(folder.path().join("z.yaml"), pod("after")).unwrap();
        let bad = folder.path().join(name);
        Self { folder, bad }
    }

    /// What each command says about the bad file, after everything that must hold for all of them.
    fn error(&self) -> String {
        let folder = self.folder.path().to_str().unwrap();
        let bad = self.bad.to_str().unwrap();
        // What is readable is still read.
        let listed = run(&["get", "pods", "--no-headers", folder]);
        let names: Vec<&str> =
            listed.stdout.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
        assert_eq!((listed.code, names), (2, vec!["before", "after"]), "{}", listed.stderr);
        let error = listed.stderr.replace(bad, "BAD");
        let lines = error.lines().filter(|line| line.contains("error[")).count();
        assert_eq!(lines, 1, "more than one error: {error}");

        let asked = run(&["can-i", "get", "pods", "--as", "ann", "-f", folder]);
        assert_eq!((asked.code, asked.stdout.as_str()), (2, ""));
        assert_eq!(asked.stderr.replace(bad, "BAD"), error);
        let asked = run(&["can-i", "get", "pods", "--as", "ann", "-f", folder, "-o", "json"]);
        let answer: serde_json::Value = serde_json::from_str(&asked.stdout).unwrap();
        assert_eq!((asked.code, asked.stderr.replace(bad, "BAD")), (2, error.clone()));
        assert!(error.contains(&format!("[{}]", answer["error"]["code"].as_str().unwrap())), "{answer}");

        let checked = run(&["check", folder]);
        assert_eq!(checked.code, 2);
        assert!(checked.stdout.replace(bad, "BAD").contains(&error), "{}\n{error}", checked.stdout);
        assert!(checked.stdout.ends_with(" in 2 objects\n"), "{}", checked.stdout);

        let json = run(&["check", "-o", "json", folder]);
        let answer: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!((json.code, &answer["answer"]["result"]["objects"]), (2, &2.into()));
        error
    }
}

#[track_caller]
fn begins(error: &str, expected: &str) {
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn an_empty_file_is_no_error() {
    for empty in ["", "\n\n", "# nothing\n", "---\n---\n"] {
        let input = Input::new(empty.as_bytes());
        let ended = run(&["get", "--no-headers", input.folder.path().to_str().unwrap()]);
        assert_eq!((ended.code, ended.stdout.lines().count()), (0, 2), "{empty:?}: {}", ended.stderr);
    }
}

#[test]
fn binary() {
    begins(&Input::new(b"\x7FELF\x02\x01\x01\0\0\0\0\0").error(), "BAD:1:1: error[read/binary-input]: ");
    begins(&Input::new(&[0x1F, 0x8B, 8, 0, 0, 0, 0, 0]).error(), "BAD:1:1: error[read/binary-input]: ");
}

#[test]
fn broken_utf_8() {
    // kubectl reads bytes that are no characters as U+FFFD: no error there, and a finding here.
    let input = Input::new(b"apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {nodeName: \"\xFF\"}\n");
    let folder = input.folder.path().to_str().unwrap();
    let ended = run(&["get", "--no-headers", folder]);
    assert_eq!((ended.code, ended.stdout.lines().count()), (0, 3));
    let ended = run(&["check", folder]);
    assert!(ended.stdout.contains("bad.yaml:4:19: warning[read/invalid-utf-8]: "), "{}", ended.stdout);
    // Where it breaks the document, it is an error with its place.
    begins(&Input::new(b"kind: \"\xFF\n").error(), "BAD:");
}

#[test]
fn a_huge_document_that_is_no_list() {
    let input = Input::without("bad.yaml");
    let mut file = fs::File::create(&input.bad).unwrap();
    file.write_all(b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: huge}\ndata:\n").unwrap();
    let line = format!("  key: {}\n", "x".repeat(990));
    let megabyte = line.repeat(1000);
    for _ in 0..200 {
        file.write_all(megabyte.as_bytes()).unwrap();
    }
    drop(file);
    // Reading it takes a while: one command speaks for all.
    let ended = run(&["get", "--no-headers", input.folder.path().to_str().unwrap()]);
    assert_eq!((ended.code, ended.stdout.lines().count()), (2, 2), "{}", ended.stderr);
    let error = ended.stderr.replace(input.bad.to_str().unwrap(), "BAD");
    begins(&error, "BAD:1:1: error[read/document-too-large]: ");
}

#[test]
fn an_alias_bomb() {
    let mut bomb: Vec<u8> = b"apiVersion: v1\nkind: ConfigMap\na0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_vec();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let error = Input::new(&bomb).error();
    begins(&error, "BAD:");
    assert!(error.contains("error[read/alias-expansion]: "), "{error}");
}

#[test]
fn deep_nesting() {
    let flow =
        format!("apiVersion: v1\nkind: ConfigMap\na: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    begins(&Input::new(flow.as_bytes()).error(), "BAD:3:");
    let json = format!("{{\"a\":{}1{}}}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    begins(&Input::new(json.as_bytes()).error(), "BAD:1:");
    let lines: Vec<String> = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let block = lines.concat();
    assert!(Input::new(block.as_bytes()).error().contains("error[read/too-deep]: "));
}

#[test]
fn a_helm_template() {
    let template = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n";
    let error = Input::new(template.as_bytes()).error();
    begins(&error, "BAD:4:9: error[read/template]: ");
    assert!(error.contains("helm template"), "{error}");
    let template = "{{- if .Values.enabled }}\napiVersion: v1\nkind: Service\n{{- end }}\n";
    begins(&Input::new(template.as_bytes()).error(), "BAD:1:1: error[read/template]: ");
}

#[test]
fn a_syntax_error_points_at_its_character() {
    let error = Input::new(b"apiVersion: v1\nkind: Pod\nmetadata: {name: x\n").error();
    begins(&error, "BAD:4:1: error[read/syntax]: ");
}

#[cfg(unix)]
#[test]
fn a_dangling_link() {
    let input = Input::without("bad.yaml");
    std::os::unix::fs::symlink("nowhere", &input.bad).unwrap();
    begins(&input.error(), "BAD: error[read/file]: the file cannot be read: it does not exist");
}

#[test]
fn a_path_that_is_not_there() {
    let ended = run(&["check", "/no/such/folder"]);
    assert_eq!(ended.code, 2);
    begins(&ended.stdout, "/no/such/folder: error[read/file]: the file cannot be read: it does not exist\n");
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let input = Input::without("locked");
    fs::create_dir(&input.bad).unwrap();
    fs::set_permissions(&input.bad, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything sees an empty folder instead; the folder below stands for all that cannot be listed.
    let seen = fs::read_dir(&input.bad).is_ok();
    if !seen {
        begins(&input.error(), "BAD: error[read/file]: the directory cannot be read: permission denied");
    }
    fs::set_permissions(&input.bad, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(Path::new(&input.bad).exists());
    // A name that is too long for every file system cannot be listed by anybody.
    let ended = run(&["get", &"x/".repeat(5000)]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("error[read/file]: "), "{}", ended.stderr);
}
