//! The commands of `kubectl config`, as kubectl 1.37.1 answered them: output, exit code, and every file to the byte.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, Cursor, Write};
use std::path::{Path, PathBuf};

use kubelogic::files::{Files, FilesMut, StdFiles};
use kubelogic_cli::{Io, Stream};
use serde_json::Value;

/// A machine with these files, where the command has its own working directory and environment.
struct Machine {
    root: tempfile::TempDir,
    variables: BTreeMap<String, String>,
    stdin: Cursor<Vec<u8>>,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

impl Io for Machine {
    fn stdin(&mut self) -> &mut dyn BufRead {
        &mut self.stdin
    }

    fn stdout(&mut self) -> &mut dyn Write {
        &mut self.stdout
    }

    fn stderr(&mut self) -> &mut dyn Write {
        &mut self.stderr
    }

    fn is_terminal(&self, _: Stream) -> bool {
        false
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn files(&self) -> &dyn Files {
        &StdFiles
    }

    fn files_mut(&self) -> Option<&dyn FilesMut> {
        Some(&StdFiles)
    }

    fn working_directory(&self) -> Option<PathBuf> {
        Some(self.root.path().join("w"))
    }

    fn progress(&self, _: &str) {}
}

impl Machine {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["w", "home"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        let home = root.path().join("home").to_str().unwrap().to_owned();
        Self {
            root,
            variables: BTreeMap::from([("HOME".to_owned(), home)]),
            stdin: Cursor::default(),
            stdout: Vec::new(),
            stderr: Vec::new(),
        }
    }

    fn here(&self, text: &str) -> String {
        text.replace("$ROOT", self.root.path().to_str().unwrap())
    }

    fn there(&self, text: &str) -> String {
        text.replace(self.root.path().to_str().unwrap(), "$ROOT")
    }

    fn write(&self, path: &str, text: &str, mode: u32) {
        let place = self.root.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, text).unwrap();
        set_mode(&place, mode);
    }

    fn run(&mut self, arguments: &[String]) -> u8 {
        let all = ["kubelogic", "kubeconfig"].into_iter().map(str::to_owned).chain(arguments.iter().cloned());
        kubelogic_cli::run(all.collect::<Vec<_>>(), self)
    }

    /// Every file, its mode and its text; links lead to a text.
    fn tree(&self) -> BTreeMap<String, (u32, String)> {
        let mut found = BTreeMap::new();
        let mut work = vec![self.root.path().to_owned()];
        while let Some(folder) = work.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let kind = fs::symlink_metadata(&path).unwrap().file_type();
                if kind.is_dir() {
                    work.push(path);
                    continue;
                }
                let text = if kind.is_symlink() {
                    fs::read_link(&path).unwrap().to_str().unwrap().to_owned()
                } else {
                    self.there(&fs::read_to_string(&path).unwrap())
                };
                let name = self.there(path.to_str().unwrap()).replace("$ROOT", "");
                found.insert(name, (mode(&path), text));
            }
        }
        found
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[cfg(unix)]
#[test]
fn every_recorded_command_does_what_kubectl_does() {
    let recorded = include_str!("../kubectl/config.1.37.jsonl");
    let mut lines = recorded.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let first = lines.next().unwrap();
    let text = |value: &Value| {
        let text = value.as_str().unwrap();
        match text.strip_prefix('@') {
            Some(name) if first["texts"][name].is_string() => {
                first["texts"][name].as_str().unwrap().to_owned()
            }
            _ => text.to_owned(),
        }
    };
    let (mut count, mut wrong) = (0, Vec::new());
    for case in lines {
        count += 1;
        let mut machine = Machine::new();
        for (path, content) in entries(&case["files"]) {
            let mode =
                case["modes"][path].as_str().map_or(0o600, |mode| u32::from_str_radix(mode, 8).unwrap());
            machine.write(path, &text(content), mode);
        }
        for (path, target) in entries(&case["links"]) {
            let place = machine.root.path().join(path.trim_start_matches('/'));
            std::os::unix::fs::symlink(target.as_str().unwrap(), place).unwrap();
        }
        for (name, value) in entries(&case["env"]) {
            let value = machine.here(value.as_str().unwrap());
            machine.variables.insert(name.clone(), value);
        }
        let arguments: Vec<String> = strings(&case["args"]).iter().map(|one| machine.here(one)).collect();
        let code = machine.run(&arguments);
        let mut complain = |what: &str, ours: &str, real: &str| {
            if ours != real {
                wrong.push(format!(
                    "{} {:?}: {what}\n ours {ours:?}\n real {real:?}",
                    case["about"], case["args"]
                ));
            }
        };
        complain("exit", &code.to_string(), &case["exit"].to_string());
        let (stdout, stderr) = (
            machine.there(std::str::from_utf8(&machine.stdout).unwrap()),
            machine.there(std::str::from_utf8(&machine.stderr).unwrap()),
        );
        if case.get("stdout").is_some() {
            complain("stdout", &stdout, &text(&case["stdout"]));
        }
        if case.get("stderr").is_some() {
            complain("stderr", &stderr, &text(&case["stderr"]));
        }
        let expected = entries(&case["tree"]).map(|(path, file)| {
            let content = match file.get("text").map(&text) {
                Some(content) if content == "=" => text(&case["files"][path]),
                Some(content) => content,
                None => file["link"].as_str().unwrap().to_owned(),
            };
            let mode = match (file.get("link"), file["mode"].as_str()) {
                (Some(_), _) => 0o777,
                (None, mode) => mode.map_or(0o600, |mode| u32::from_str_radix(mode, 8).unwrap()),
            };
            (path.clone(), (mode, content))
        });
        complain(
            "files",
            &format!("{:?}", machine.tree()),
            &format!("{:?}", expected.collect::<BTreeMap<_, _>>()),
        );
    }
    assert!(count >= 300, "{count}");
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_lock_is_named_with_its_age_and_broken_only_when_asked() {
    let mut machine = Machine::new();
    machine.variables.insert("KUBECONFIG".to_owned(), "x".to_owned());
    machine.write("w/x", "contexts: [{name: a}]\n", 0o600);
    machine.write("w/x.lock", "", 0o600);
    let past = std::time::SystemTime::now() - std::time::Duration::from_secs(90);
    fs::File::open(machine.root.path().join("w/x.lock")).unwrap().set_modified(past).unwrap();
    let arguments = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(machine.run(&arguments(&["use-context", "a", "--lock-wait", "50ms"])), 1);
    let stderr = String::from_utf8(std::mem::take(&mut machine.stderr)).unwrap();
    assert!(stderr.starts_with("error: open x.lock: file exists\n  the lock is 9"), "{stderr}");
    assert!(machine.tree().contains_key("/w/x.lock"));
    assert_eq!(machine.run(&arguments(&["use-context", "a", "--break-lock", "--style", "lossless"])), 0);
    let tree = machine.tree();
    assert_eq!(tree["/w/x"].1, "current-context: a\ncontexts: [{name: a}]\n");
    assert!(!tree.contains_key("/w/x.lock"));
}

#[test]
fn why_and_build_answer() {
    let mut machine = Machine::new();
    machine.write("w/ca.crt", "CA", 0o600);
    machine.write("w/a.crt", "CERT", 0o600);
    machine.write("w/a.key", "KEY", 0o600);
    let arguments = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let build = "build --profile kubeadm --component admin --server https://10.0.0.1:6443 --certificate-authority \
                 ca.crt --client-certificate a.crt --client-key a.key";
    assert_eq!(machine.run(&arguments(build)), 0, "{}", String::from_utf8_lossy(&machine.stderr));
    let made = String::from_utf8(std::mem::take(&mut machine.stdout)).unwrap();
    assert!(made.contains("current-context: kubernetes-admin@kubernetes\n"), "{made}");
    assert!(made.contains("certificate-authority-data: Q0E=\n"), "{made}");
    machine.write("home/.kube/config", &made, 0o600);
    assert_eq!(machine.run(&arguments("why --server https://other")), 0);
    let why = String::from_utf8(std::mem::take(&mut machine.stdout)).unwrap();
    assert!(why.contains("user: kubernetes-admin\nserver: https://other\n"), "{why}");
    assert!(why.contains("  cluster.server is said by a flag\n"), "{why}");
    assert!(why.contains("/.kube/config:"), "{why}");
    assert_eq!(machine.run(&arguments("why --context none")), 1);
    assert_eq!(machine.stderr, b"error: context \"none\" does not exist\n");
}
