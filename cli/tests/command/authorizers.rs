//! `can-i` with other authorizers than RBAC alone.

use super::world::run;

const PODS: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  nodeName: a\n  \
                    containers:\n  - name: web\n    image: web\n    envFrom: [{secretRef: {name: db}}]\n";

/// Asks about a pod on node `a` that uses the secret `db`.
fn ask(arguments: &[&str]) -> super::world::Ended {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let pods = write("pods.yaml", PODS);
    let policy = write("policy.jsonl", "{\"user\":\"ann\",\"readonly\":true}\nnull\n");
    let configuration = write(
        "authz.yaml",
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n- {type: RBAC, name: r}\n",
    );
    let given: Vec<String> = arguments
        .iter()
        .map(|argument| argument.replace("POLICY", &policy).replace("CONFIGURATION", &configuration))
        .collect();
    let mut all = vec!["can-i", "-f", pods.as_str(), "-n", "shop"];
    all.extend(given.iter().map(String::as_str));
    run(&all)
}

const NODE: [&str; 6] =
    ["--as", "system:node:a", "--as-group", "system:nodes", "--authorization-mode", "Node,RBAC"];

#[test]
fn a_node_reads_the_secrets_of_its_pods() {
    let ended = ask(&[&["get", "secrets/db"], &NODE[..]].concat());
    assert_eq!((ended.code, ended.stdout.as_str()), (0, "yes\n"));
    let ended = ask(&[&["get", "secrets/other", "--explain"], &NODE[..]].concat());
    assert_eq!(ended.code, 1);
    assert!(
        ended.stdout.starts_with("no - node: no relationship found between node 'a' and this object\n"),
        "{}",
        ended.stdout
    );
    assert!(ended.stdout.contains("\n  rbac: no-opinion\n"), "{}", ended.stdout);
}

#[test]
fn a_policy_file_is_asked_and_its_odd_lines_are_named() {
    let chain = ["--authorization-mode", "ABAC", "--authorization-policy-file", "POLICY", "--explain"];
    let ended = ask(&[&["create", "pods", "--as", "ann"], &chain[..]].concat());
    assert_eq!(ended.code, 0, "{}", ended.stdout);
    assert!(ended.stdout.contains("the policy in line 2 allows it"), "{}", ended.stdout);
    assert_eq!(ended.stdout.matches("rbac/abac-everybody").count(), 1, "{}", ended.stdout);
}

#[test]
fn a_configuration_that_no_api_server_starts_with_is_refused() {
    let ended = ask(&["get", "pods", "--as", "ann", "--authorization-config", "CONFIGURATION"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("expected name rbac for authorizer RBAC instead of r"), "{}", ended.stderr);
}

#[test]
fn a_webhook_that_nobody_answers_for_leaves_the_question_undecided() {
    let ended = ask(&["get", "pods", "--as", "ann", "--authorization-mode", "Webhook,RBAC"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("webhook"), "{}", ended.stderr);
}
