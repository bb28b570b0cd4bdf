//! What `check` reports, and how.

use serde_json::Value;

use super::world::{World, below_root, run};

#[test]
fn a_binding_to_a_missing_role_is_shown_with_its_line() {
    let shop = below_root("examples/shop");
    let ended = run(&["check", &shop]);
    assert_eq!(
        ended.stdout.replace(&shop, "shop"),
        "shop/access.yaml:97:9: warning[rbac/missing-role]: RoleBinding `payments/old-auditors` grants Role \
         `ledger-reader`, which is not there\n 97 |   name: ledger-reader\n    |         ^^^^^^^^^^^^^\n\
         1 warning in 14 objects\n"
    );
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
}

#[test]
fn the_threshold_decides_the_exit_code() {
    let shop = below_root("examples/shop");
    let code = |more: &[&str]| run(&[&["check", "-q", &shop], more].concat()).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--fail-on", "warning"]), 1);
    assert_eq!(code(&["--fail-on", "note"]), 1);
    assert_eq!(code(&["--fail-on", "never"]), 0);
    assert_eq!(code(&["--fail-on", "warning", "--ignore", "rbac/missing-role"]), 0);
    assert_eq!(code(&["--fail-on", "warning", "--ignore", "rbac/"]), 0);
    assert_eq!(code(&["--fail-on", "warning", "--select", "read/,cluster/"]), 0);
    assert_eq!(code(&["--fail-on", "warning", "--select", "rbac"]), 1);
}

#[test]
fn quiet_prints_nothing() {
    let ended = run(&["check", "-q", "--fail-on", "warning", &below_root("examples/shop")]);
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (1, "", ""));
}

#[test]
fn json_has_the_findings() {
    let ended = run(&["check", "-o", "json", &below_root("examples/shop")]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    let result = &answer["answer"]["result"];
    assert_eq!(
        (&result["objects"], &result["findings"][0]["code"]),
        (&14.into(), &"rbac/missing-role".into())
    );
    assert_eq!(result["findings"][0]["location"]["line"], 97);
}

#[test]
fn a_rendered_chart_comes_by_standard_input() {
    let manifest =
        "---\n# Source: chart/templates/a.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n";
    let ended = World::new().stdin(manifest).run(["check", "-"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, "nothing found in 1 object\n"));
}

#[test]
fn what_cannot_be_read_was_not_checked() {
    let ended = World::new().stdin("kind: [\n").run(["check", "--fail-on", "never", "-"]);
    assert_eq!(ended.code, 2);
    let ended = World::new().stdin("kind: [\n").run(["check", "--ignore", "read", "-"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, "nothing found in 0 objects\n"));
    // Unless it counts as absent: then it is a finding like others.
    let ended = World::new().stdin("kind: [\n").run(["check", "--invalid", "drop", "-"]);
    assert_eq!(ended.code, 1);
}

#[test]
fn values_of_secrets_are_never_shown() {
    let cases = [
        // A Secret that can be read, with something wrong in it.
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {token: hunter2, token: hunter2}\n",
        // One that cannot: its kind is not known.
        "apiVersion: v1\nkind: Secret\nstringData:\n  token: hunter2: x\n",
        // A kubeconfig.
        "apiVersion: v1\nkind: Config\nusers:\n- user: {token: hunter2, token: hunter2}\n",
        // A kind that nobody knows.
        "apiVersion: example.com/v1\nkind: Vault\nmetadata: {name: a}\nspec: {token: hunter2, token: hunter2}\n",
    ];
    for text in cases {
        for command in [&["check", "-"][..], &["get", "-"], &["can-i", "get", "pods", "--as", "a", "-f", "-"]]
        {
            let ended = World::new().stdin(text).run(command);
            let printed = format!("{}{}", ended.stdout, ended.stderr);
            assert!(!printed.contains("hunter2"), "{command:?}: {printed}");
        }
        // Something is found in each of them, so that there is a line to be shown.
        let ended = World::new().stdin(text).run(["check", "-"]);
        assert!(ended.stdout.contains(" | "), "{text}: {}", ended.stdout);
    }
    // And what is no secret is shown.
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {color: blue, color: blue}\n";
    let ended = World::new().stdin(text).run(["check", "-"]);
    assert!(ended.stdout.contains("blue"), "{}", ended.stdout);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"a\\e]0;owned\\a\"}\ndata: {}\n";
    let ended = World::new().stdin(text).run(["get", "-"]);
    assert!(!ended.stdout.contains('\u{1b}') && !ended.stdout.contains('\u{7}'), "{:?}", ended.stdout);
    assert!(ended.stdout.contains("owned"));
}
