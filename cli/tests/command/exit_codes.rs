//! The exit code of every way to end: 0 yes or clean, 1 no or findings, 2 no answer.

use super::world::{World, below_root};

#[test]
fn every_way_to_end_has_its_code() {
    let shop = &below_root("examples/shop");
    let unread = "kind: [\n";
    let thin = "apiVersion: kubelogic/v1alpha1\nkind: Coverage\ndefault: absent\ncoverage: []\n";
    let clean = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";
    let cases: &[(u8, &str, &[&str])] = &[
        (0, "", &["can-i", "get", "/metrics", "--as", "bo", "-f", shop]),
        (1, "", &["can-i", "get", "/logs", "--as", "bo", "-f", shop]),
        (2, "", &["can-i", "get", "/logs", "-f", shop]),
        (2, "", &["can-i", "get", "/logs", "--as", "bo"]),
        (2, "", &["can-i", "get", "/logs", "--as", "bo", "-f", "/no/such/file"]),
        (2, "", &["can-i", "get", "/logs", "--as", "bo", "-f", shop, "--kube-version", "1.28"]),
        (2, "", &["can-i", "get", "/logs", "--as", "bo", "-f", shop, "--subresource", "x"]),
        (2, "", &["can-i", "get", "--as", "bo", "-f", shop]),
        (2, thin, &["can-i", "get", "pods", "--as", "bo", "-f", "-"]),
        (2, thin, &["can-i", "get", "pods", "--as", "bo", "-f", "-", "-o", "json"]),
        (2, thin, &["can-i", "get", "pods", "--as", "bo", "-f", "-", "--explain"]),
        (2, thin, &["can-i", "get", "pods", "--as", "bo", "-f", "-", "-q"]),
        (2, unread, &["can-i", "get", "pods", "--as", "bo", "-f", "-"]),
        (2, clean, &["can-i", "get", "pods", "--as", "bo", "-f", "-", "-f", "-"]),
        (0, clean, &["get", "-"]),
        (2, unread, &["get", "-"]),
        (0, unread, &["get", "-", "--invalid=drop"]),
        (2, "", &["get"]),
        (0, clean, &["check", "-"]),
        (1, "", &["check", shop, "--fail-on=warning"]),
        (2, unread, &["check", "-"]),
        (2, "", &["check"]),
        (0, "", &["collect", "--print"]),
        (2, "", &["collect"]),
        (0, "", &["ask"]),
        (0, "", &["completion", "bash"]),
        (2, "", &["completion", "tcsh"]),
        (0, "", &["--help"]),
        (0, "", &["can-i", "--help"]),
        (0, "", &["--version"]),
        (2, "", &[]),
        (2, "", &["chek"]),
        (2, "", &["check", "--fial-on", "error", "-"]),
    ];
    for (code, stdin, arguments) in cases {
        let ended = World::new().stdin(*stdin).run(*arguments);
        assert_eq!(ended.code, *code, "{arguments:?}: {}{}", ended.stdout, ended.stderr);
        let silent = ended.stderr.is_empty();
        assert!(
            ended.code != 2 || !silent || arguments.first() == Some(&"check"),
            "{arguments:?} says nothing"
        );
    }
}

#[test]
fn unknown_words_come_with_a_suggestion() {
    let ended = World::new().run(["chek"]);
    assert!(ended.stderr.contains("'check'"), "{}", ended.stderr);
    let ended = World::new().run(["check", "--fial-on", "error", "-"]);
    assert!(ended.stderr.contains("'--fail-on'"), "{}", ended.stderr);
}
