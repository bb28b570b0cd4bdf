//! What CI systems are given: the GitHub action, the hooks of pre-commit, and the examples. Their words are flags and
//! commands that there are, and the script of the action runs.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use kubelogic::object::{Object, Value};
use kubelogic::read;
use serde_json::Value as Json;

use super::world::{below_root, repository, run};

/// A YAML file of the repository.
fn yaml(path: &str) -> Object {
    let text = fs::read_to_string(repository().join(path)).unwrap();
    read::yaml_value(&format!("file:\n{}", indented(&text)), &read::Options::named(path)).unwrap()
}

/// Below a key, so that lists are objects, too.
fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

fn root(object: &Object) -> Value<'_> {
    object.root().get("file").unwrap()
}

fn text<'a>(value: Value<'a>, path: &[&str]) -> &'a str {
    path.iter()
        .fold(value, |value, key| value.get(key).unwrap_or_else(|| panic!("no {key}")))
        .as_str()
        .unwrap()
}

/// The version of the package.
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn every_hook_runs_a_command_that_there_is() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let mut ids = BTreeSet::new();
    for hook in root(&hooks).items() {
        ids.insert(text(hook, &["id"]).to_owned());
        assert_eq!(text(hook, &["language"]), "python");
        let entry: Vec<&str> = text(hook, &["entry"]).split(' ').collect();
        assert_eq!(entry[0], "kubelogic");
        assert_eq!(run(&[&entry[1..], &["--help"]].concat()).code, 0, "{entry:?}");
    }
    assert_eq!(ids.len(), 3);
    // What pre-commit installs is this very version.
    let manifest = fs::read_to_string(repository().join("pyproject.toml")).unwrap();
    assert!(manifest.contains(&format!("dependencies = [\"kubelogic=={VERSION}\"]")), "{manifest}");
    // The documentation and the examples know the hooks.
    for path in ["docs/ci.md", "examples/ci/pre-commit-config.yaml"] {
        let text = fs::read_to_string(repository().join(path)).unwrap();
        let named = text.lines().filter_map(|line| line.trim().strip_prefix("- id: "));
        for id in named {
            assert!(ids.contains(id), "{path}: {id}");
        }
        assert!(text.contains(&format!("rev: v{VERSION}")), "{path}");
    }
}

#[test]
fn the_inputs_of_the_action_are_described_and_used() {
    let action = yaml("action.yml");
    let action = root(&action);
    let docs = fs::read_to_string(repository().join("docs/ci.md")).unwrap();
    let whole = fs::read_to_string(repository().join("action.yml")).unwrap();
    for (name, input) in action.get("inputs").unwrap().entries() {
        assert!(text(input, &["description"]).ends_with('.'), "{name}");
        assert!(input.get("default").unwrap().as_str().is_some(), "{name}: a default is text");
        assert!(docs.contains(&format!("`{name}`")), "docs/ci.md does not know {name}");
        assert!(whole.contains(&format!("inputs.{name} ")), "{name} is not used");
    }
    assert_eq!(text(action, &["inputs", "version", "default"]), VERSION);
    // Inputs reach scripts by the environment only: in a script they could be commands.
    for step in action.get("runs").unwrap().get("steps").unwrap().items() {
        if let Some(script) = step.get("run") {
            assert!(!script.as_str().unwrap().contains("${{"), "{}", script.as_str().unwrap());
            assert_eq!(text(step, &["shell"]), "bash");
        }
    }
}

/// The script of a step of the action.
#[cfg(unix)]
fn script(step: &str) -> String {
    let action = yaml("action.yml");
    let steps = root(&action).get("runs").unwrap().get("steps").unwrap();
    let found = steps.items().find(|own| own.get("name").and_then(|name| name.as_str()) == Some(step));
    text(found.unwrap(), &["run"]).to_owned()
}

#[cfg(unix)]
#[test]
fn the_action_checks_annotates_and_writes_sarif() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_kubelogic")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let check = |variables: &[(&str, &str)]| {
        fs::write(&output, "").unwrap();
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script("Check")]);
        bash.current_dir(folder.path()).env("PATH", &path).env("GITHUB_OUTPUT", &output);
        for name in ["PATHS", "KUBE_VERSION", "FAIL_ON", "ARGS"] {
            bash.env(name, "");
        }
        bash.env("ANNOTATIONS", "true")
            .env("SARIF", "true")
            .env("SARIF_FILE", "x.sarif")
            .env("WORKING_DIRECTORY", ".");
        let ended = bash.envs(variables.iter().copied()).output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        (String::from_utf8(ended.stdout).unwrap(), fs::read_to_string(&output).unwrap())
    };
    let shop = below_root("examples/shop");
    let (stdout, outputs) = check(&[("PATHS", &shop), ("KUBE_VERSION", "1.36")]);
    assert!(stdout.starts_with("::warning file="), "{stdout}");
    assert_eq!(outputs, "exit-code=0\nsarif-file=./x.sarif\n");
    let sarif: Json =
        serde_json::from_str(&fs::read_to_string(folder.path().join("x.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "rbac/missing-role");

    let (_, outputs) = check(&[("PATHS", &shop), ("FAIL_ON", "warning")]);
    assert!(outputs.starts_with("exit-code=1\n"), "{outputs}");
    // What is given by `args` is words and never a command.
    let (stdout, outputs) = check(&[
        ("PATHS", &shop),
        ("ARGS", "--ignore rbac/missing-role --exclude *.json"),
        ("ANNOTATIONS", "false"),
        ("SARIF", "false"),
    ]);
    assert_eq!((stdout.as_str(), outputs.as_str()), ("nothing found in 14 objects\n", "exit-code=0\n"));
    let (_, outputs) = check(&[("PATHS", "$(touch owned)"), ("SARIF", "false")]);
    assert_eq!(outputs, "exit-code=2\n");
    assert!(!folder.path().join("owned").exists());
}
