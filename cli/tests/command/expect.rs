//! What `expect` says, and what it writes.

use serde_json::Value;

use super::world::{World, below_root, run};

const HEAD: &str = "apiVersion: kubelogic/v1alpha1\nkind: Expectations\naccess:\n";

/// Runs `expect` on lines of expectations and nothing else.
fn expect(lines: &str) -> super::world::Ended {
    World::new().stdin(format!("{HEAD}{lines}")).run(["expect", "-f", "-"])
}

#[test]
fn the_shop_is_as_it_must_be() {
    let ended = run(&["expect", "-f", &below_root("examples/shop")]);
    assert_eq!(
        (ended.code, ended.stdout.as_str(), ended.stderr.as_str()),
        (0, "12 expectations: 12 hold\n", "")
    );
}

#[test]
fn a_line_that_does_not_hold_is_shown_with_what_decided() {
    let shop = below_root("examples/shop/access.yaml");
    let file =
        format!("{HEAD}- user:bo can get,list pods in cluster\n- user:bo cannot get,list nodes in cluster\n");
    let ended = World::new().stdin(file).run(["expect", "-f", &shop, "-f", "-"]);
    assert_eq!(
        ended.stdout.replace(&shop, "access.yaml"),
        "-:5:3: error[expect/failed]: ClusterRoleBinding `on-call` allows `user:bo` to get `nodes` in the cluster, \
         and 1 more request of the line is not as it says\n \
         5 | - user:bo cannot get,list nodes in cluster\n   |   ^^^^^^^^^^^^^^^^^^\n  \
         access.yaml:71:1: ClusterRoleBinding `on-call` applies\n  \
         access.yaml:76:3: `subjects[0]` is User `bo`\n  \
         access.yaml:50:1: it grants ClusterRole `on-call`\n  \
         access.yaml:65:3: `rules[0]` of ClusterRole `on-call-pods` allows the request\n\
         2 expectations: 1 holds, 1 fails\n"
    );
    assert_eq!(ended.code, 1);
}

#[test]
fn the_exit_code_says_whether_there_was_an_answer() {
    let code = |lines: &str| expect(lines).code;
    assert_eq!(code("- user:a cannot get pods in b\n"), 0);
    assert_eq!(code("- user:a can get pods in b\n"), 1);
    assert_eq!(code("- node:a can get secrets/x in b\n"), 2);
    // Something that is not so is an answer.
    assert_eq!(code("- node:a can get secrets/x in b\n- user:a can get pods in b\n"), 1);
    // What cannot be read might be anything.
    assert_eq!(code("- user:a can get pods in b\n- user:a can gett pods in b\n"), 2);
    assert_eq!(code("- user:a cannot get pods in b\nplacement: [x]\n"), 2);
    assert_eq!(World::new().stdin("").run(["expect", "-f", "-"]).code, 2);
    let ended = expect(" []\n");
    assert_eq!(ended.code, 0, "{}", ended.stdout);
    assert!(ended.stdout.contains("warning[expect/no-lines]") && ended.stdout.ends_with("0 expectations\n"));
}

#[test]
fn json_is_the_answer_of_the_catalogue() {
    let file = format!("{HEAD}- user:bo can get pods in cluster\n");
    let ended = World::new().stdin(file).run(["expect", "-o", "json", "-f", "-"]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    let result = &answer["answer"]["result"];
    assert_eq!((&result["holds"], &result["lines"][0]["outcome"]), (&false.into(), &"fails".into()));
    assert_eq!(result["lines"][0]["finding"]["code"], "expect/failed");
    // Roles that cannot be used are an error in the same words.
    let bad = format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {{name: a}}\nrules: [{{}}]\n---\n{HEAD}- user:bo can get pods in cluster\n"
    );
    let ended = World::new().stdin(bad).run(["expect", "-o", "json", "-f", "-"]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((ended.code, answer["error"]["location"]["source"].as_str()), (2, Some("-")));
}

#[test]
fn lines_that_do_not_hold_are_findings_in_every_format() {
    let file = format!("{HEAD}- user:bo can get pods in cluster\n- user:bo cannot get pods in cluster\n");
    let output = |format: &str| {
        let ended = World::new().stdin(file.clone()).run(["expect", "-o", format, "-f", "-"]);
        assert_eq!(ended.code, 1, "{format}");
        ended.stdout
    };
    let sarif: Value = serde_json::from_str(&output("sarif")).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "expect/failed");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 4);
    assert!(
        output("junit").contains("<failure type=\"expect/failed\" message=\"nothing allows `user:bo` to get")
    );
    assert!(output("github").starts_with("::error "));
    assert_eq!(output("ndjson").lines().count(), 1);
}

#[test]
fn a_version_that_is_asked_for_counts_more_than_a_pin() {
    let file = "apiVersion: kubelogic/v1alpha1\nkind: Expectations\nkubeVersion: '1.31'\naccess:\n\
                - user:bo cannot get pods in cluster\n";
    let version = |more: &[&str]| {
        let ended = World::new().stdin(file).run([&["expect", "-o", "json", "-f", "-"], more].concat());
        let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
        answer["answer"]["result"]["lines"][0]["kubeVersion"].as_str().unwrap().to_owned()
    };
    assert_eq!((version(&[]), version(&["--kube-version", "1.36"])), ("1.31".to_owned(), "1.36".to_owned()));
}

#[test]
fn what_is_written_holds_and_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("present.yaml");
    let file = file.to_str().unwrap();
    let access = below_root("examples/shop/access.yaml");
    let write = |more: &[&str]| run(&[&["expect", "-f", &access, "--write", file], more].concat());

    let ended = write(&[]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, ""));
    assert!(ended.stderr.ends_with("present.yaml\n"), "{}", ended.stderr);
    let written = std::fs::read_to_string(file).unwrap();
    assert!(written.starts_with("# yaml-language-server: $schema=https://"), "{written}");
    let ended = run(&["expect", "-f", &access, "-f", file]);
    assert_eq!(ended.code, 0, "{}", ended.stdout);

    std::fs::write(file, "mine").unwrap();
    let ended = write(&[]);
    assert_eq!(ended.code, 2);
    assert!(
        ended.stderr.contains("is there already") && ended.stderr.contains("--force"),
        "{}",
        ended.stderr
    );
    assert_eq!(std::fs::read_to_string(file).unwrap(), "mine");
    assert_eq!(write(&["--force"]).code, 0);
    assert_eq!(std::fs::read_to_string(file).unwrap(), written);

    // Without a name it goes to standard output.
    let ended = run(&["expect", "-f", &access, "--write"]);
    assert_eq!((ended.code, ended.stdout), (0, written));
}

#[test]
fn check_reports_expectations_with_everything_else() {
    let file = format!("{HEAD}- user:bo can get pods in cluster\n- usr:bo can get pods in cluster\n");
    let ended = World::new().stdin(file).run(["check", "-"]);
    assert_eq!(ended.code, 1);
    assert!(ended.stdout.starts_with("-:4:3: error[expect/failed]: nothing allows"), "{}", ended.stdout);
    assert!(
        ended.stdout.contains("-:5:3: error[expect/bad-line]: `usr` is no kind of subject"),
        "{}",
        ended.stdout
    );
}
