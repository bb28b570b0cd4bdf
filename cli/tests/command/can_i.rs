//! Explanations, formats and settings of `can-i`.

use serde_json::Value;

use super::world::{World, below_root, run};

/// Asks about the example cluster; expected verdicts are those of the real authorizer in `kubectl.rs`.
fn shop(arguments: &[&str]) -> super::world::Ended {
    let shop = below_root("examples/shop");
    let mut ended = run(&[&["can-i", "-f", &shop], arguments].concat());
    ended.stdout = ended.stdout.replace(&shop, "shop");
    ended
}

const CI: &str = "system:serviceaccount:shop:ci";

#[test]
fn a_yes_is_explained_down_to_the_rule() {
    let ended = shop(&["patch", "deployments", "-n", "shop", "--as", CI, "--explain"]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(
        lines[..6],
        [
            "yes",
            "  RoleBinding `shop/ci-deploys` applies  (shop/access.yaml:20:1)",
            "    ├ `subjects[0]` is ServiceAccount `shop/ci`  (shop/access.yaml:26:3)",
            "    └ it grants Role `shop/deployer`  (shop/access.yaml:6:1)",
            "      └ `rules[0]` allows the request  (shop/access.yaml:12:3)",
            "        get, list, watch, patch on deployments.apps",
        ]
    );
    assert!(lines[6].starts_with("  assumed: the given objects are the whole cluster: "), "{}", lines[6]);
    assert!(lines[7].contains("every API server of 1.37 creates"), "{}", lines[7]);
    assert_eq!((ended.code, lines.len(), ended.stderr.as_str()), (0, 8, ""));
}

#[test]
fn an_aggregated_rule_is_shown_where_it_is_written() {
    let ended = shop(&["list", "pods", "-A", "--as", "bo", "--explain"]);
    assert!(ended.stdout.contains(
        "    └ it grants ClusterRole `on-call`  (shop/access.yaml:50:1)\n      \
         └ `rules[0]` of ClusterRole `on-call-pods` allows the request  (shop/access.yaml:65:3)\n"
    ));
}

#[test]
fn a_no_is_explained_by_the_nearest_misses() {
    let ended = shop(&["delete", "deployments", "-n", "shop", "--as", CI, "--explain"]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "no",
            "  nearest to a yes:",
            "  1. RoleBinding `shop/ci-deploys` grants Role `shop/deployer`, but `rules[0]` has no verb `delete`  \
             (shop/access.yaml:12:3)",
            "     change: add the verb `delete` to `rules[0]` of Role `shop/deployer`",
        ]
    );
    assert_eq!(ended.code, 1);
}

#[test]
fn a_missing_role_is_a_warning_of_the_explanation() {
    let ended = shop(&["get", "pods", "-n", "payments", "--as", "x", "--as-group", "auditors", "--explain"]);
    assert!(ended.stdout.contains("  warning[rbac/missing-role]: "), "{}", ended.stdout);
    assert!(ended.stdout.contains("(shop/access.yaml:97:9)"), "{}", ended.stdout);
}

#[test]
fn the_reason_had_no_prefix_before_1_37() {
    // upstream: the union authorizer of 1.36 joins plain reasons, that of 1.37 puts names before them.
    let ask = |version| {
        let group =
            ["get", "pods", "-n", "payments", "--as", "x", "--as-group", "auditors", "--kube-version"];
        shop(&[&group[..], &[version]].concat()).stdout
    };
    let missing = "RBAC: role.rbac.authorization.k8s.io \"ledger-reader\" not found\n";
    assert_eq!(ask("1.36"), format!("no - {missing}"));
    assert_eq!(ask("1.37.1"), format!("no - rbac: {missing}"));
}

#[test]
fn json_is_the_answer_of_the_catalogue() {
    let ended = shop(&["patch", "deployments", "-n", "shop", "--as", CI, "-o", "json"]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(answer["answer"]["result"]["allowed"], true);
    assert_eq!(answer["answer"]["kubeVersion"], "1.37");
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));

    let ended = shop(&["delete", "deployments", "-n", "shop", "--as", CI, "-o", "json", "--explain"]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(answer["answer"]["result"]["nearMisses"][0]["failedOn"][0], "verb");
    assert_eq!(ended.code, 1);
}

#[test]
fn without_a_user_nothing_is_asked() {
    for arguments in
        [&["get", "pods"][..], &["get", "pods", "--as-group", "dev"], &["get", "pods", "--as", ""]]
    {
        let ended = shop(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
        assert!(ended.stderr.starts_with("error: nobody is asking"), "{}", ended.stderr);
        assert!(ended.stderr.contains("--as USER"), "{}", ended.stderr);
    }
}

#[test]
fn extra_attributes_have_keys() {
    let ended = shop(&["get", "pods", "--as", "bo", "--as-user-extra", "scopes"]);
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (2, "error: `scopes` is no KEY=VALUE for --as-user-extra\n")
    );
}

#[test]
fn default_roles_can_be_left_out() {
    // `edit` is a role that every cluster has and that the example does not hold.
    let ask = |bootstrap| {
        let arguments = ["create", "secrets", "-n", "shop", "--as", "ann", "--as-group", "storefront"];
        shop(&[&arguments[..], &["--bootstrap", bootstrap]].concat())
    };
    assert_eq!((ask("auto").code, ask("always").code), (0, 0));
    let never = ask("never");
    let expected = "no - rbac: RBAC: clusterrole.rbac.authorization.k8s.io \"edit\" not found\n";
    assert_eq!((never.code, never.stdout.as_str()), (1, expected));
}

const TWO_ROLES: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}]
";

#[test]
fn what_is_given_twice_is_refused_or_the_last_one_counts() {
    let ask = |more: &[&str]| {
        World::new()
            .stdin(TWO_ROLES)
            .run([&["can-i", "list", "pods", "--as", "ann", "-f", "-"], more].concat())
    };
    let refused = ask(&[]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.starts_with("-:7:1: error[cluster/duplicate-object]: "), "{}", refused.stderr);
    assert!(refused.stderr.contains("\n  -:2:1: first given here\n"), "{}", refused.stderr);
    assert_eq!(ask(&["--on-duplicate", "last"]).code, 0);
}

const INVALID_ROLE: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [''], resources: [pods]}]
---
kind: [
";

#[test]
fn what_the_api_server_refuses_is_refused_or_dropped() {
    let ask = |more: &[&str]| {
        World::new()
            .stdin(INVALID_ROLE)
            .run([&["can-i", "get", "pods", "-n", "shop", "--as", "ann", "-f", "-"], more].concat())
    };
    let unread = ask(&[]);
    assert_eq!((unread.code, unread.stdout.as_str()), (2, ""));
    assert!(unread.stderr.contains("-:8:1: error[read/syntax]: "), "{}", unread.stderr);
    let dropped = ask(&["--invalid", "drop"]);
    assert_eq!((dropped.code, dropped.stdout.as_str()), (1, "no\n"));
    assert!(dropped.stderr.contains("-:8:1: warning[read/syntax]: "), "{}", dropped.stderr);

    let only_invalid = INVALID_ROLE.split("---").next().unwrap();
    let refused = World::new()
        .stdin(only_invalid)
        .run(["can-i", "get", "pods", "-n", "shop", "--as", "ann", "-f", "-"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.starts_with("-:5:9: error[rbac/invalid-object]: "), "{}", refused.stderr);
}

#[test]
fn the_namespace_of_the_files_is_not_that_of_the_question() {
    let role = "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: viewers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}]
";
    let ask = |more: &[&str]| {
        World::new()
            .stdin(role)
            .run([&["can-i", "get", "pods", "--as", "ann", "-f", "-"], more].concat())
            .code
    };
    assert_eq!(ask(&[]), 0);
    assert_eq!(ask(&["-n", "shop"]), 1);
    assert_eq!(ask(&["-n", "shop", "--default-namespace", "shop"]), 0);
    assert_eq!(ask(&["--default-namespace", "shop"]), 1);
}

/// Asks about the user `kubernetes` and a kubelet, before and after he is bound.
fn kubelet(folder: &str, request: &str, more: &[&str]) -> super::world::Ended {
    let folder = below_root(&format!("examples/kubelet/{folder}"));
    let question =
        ["can-i", "--kubelet-request", request, "--node", "worker-0", "--as", "kubernetes", "-f", &folder];
    run(&[question.as_slice(), more].concat())
}

#[test]
fn a_kubelet_says_whom_it_refuses() {
    let ended = kubelet("before", "POST /exec/shop/web/app?command=sh", &[]);
    let expected = "no\n  asked: create nodes/proxy \"worker-0\" cluster-wide\n  the client reads: Forbidden \
                    (user=kubernetes, verb=create, resource=nodes, subresource(s)=[proxy])\n";
    assert_eq!((ended.stdout.as_str(), ended.code), (expected, 1));
    let ended = kubelet("after", "POST /exec/shop/web/app?command=sh", &[]);
    assert_eq!((ended.stdout.lines().next(), ended.code), (Some("yes"), 0));
}

#[test]
fn a_kubelet_of_an_old_version_asks_less() {
    let asked = |version: &str| {
        let ended = kubelet("after", "GET /pods", &["--kube-version", version]);
        ended.stdout.lines().filter(|line| line.starts_with("  asked: ")).count()
    };
    assert_eq!((asked("1.32"), asked("1.33")), (1, 2));
}

#[test]
fn a_request_is_what_the_api_server_makes_of_it() {
    let ended = shop(&["--request", "GET /api/v1/namespaces/shop/pods/web/exec", "--as", "ann"]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(
        lines,
        [
            "no",
            "  asked: get pods/exec \"web\" in namespace \"shop\"",
            "  asked as well: create pods/exec \"web\" in namespace \"shop\", before the stream is opened: no",
            "  the client reads: pods \"web\" is forbidden: User \"ann\" cannot get resource \"pods/exec\" in API group \
             \"\" in the namespace \"shop\"",
        ]
    );
    assert_eq!(ended.code, 1);
    let ended = shop(&["--request", "GET /api/v1/watch", "--as", "ann"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("the API server answers 500"), "{}", ended.stderr);
}

#[test]
fn a_review_is_answered_or_refused() {
    let review = |spec: Value| {
        let review = serde_json::json!({
            "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview", "spec": spec,
        });
        let shop = below_root("examples/shop");
        World::new().stdin(review.to_string()).run(["can-i", "--review", "-", "-f", &shop])
    };
    let patch = serde_json::json!({
        "verb": "patch", "group": "apps", "resource": "deployments", "namespace": "shop",
    });
    let ended = review(serde_json::json!({"user": CI, "resourceAttributes": patch}));
    assert_eq!(ended.stdout, "yes\n  asked: patch deployments.apps in namespace \"shop\"\n");
    let ended = review(serde_json::json!({"user": CI}));
    assert_eq!(ended.code, 2);
    assert!(
        ended.stderr.contains("exactly one of nonResourceAttributes or resourceAttributes must be specified"),
        "{}",
        ended.stderr
    );
    let ended = review(serde_json::json!({"user": CI, "group": ["dev"], "resourceAttributes": patch}));
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("did you mean `groups`?"), "{}", ended.stderr);
}
