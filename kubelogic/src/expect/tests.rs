//! What becomes of lines, and what is said about them.

use kubelogic_core::cluster::LoadOptions;
use kubelogic_core::read;

use super::*;

const RBAC: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer, namespace: shop}
rules:
- {apiGroups: [apps], resources: [deployments, deployments/scale], verbs: [get, list, patch]}
- {apiGroups: [''], resources: [configmaps], resourceNames: [settings], verbs: [get, update]}
- {apiGroups: [example.com], resources: [widgets], verbs: ['*']}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ci-deploys, namespace: shop}
subjects:
- {kind: ServiceAccount, name: ci, namespace: shop}
- {kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: watcher}
rules:
- {apiGroups: [''], resources: [pods, nodes], verbs: [get, watch]}
- {nonResourceURLs: ['/healthz', '/metrics/*'], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: watchers}
subjects:
- {kind: Group, name: watchers, apiGroup: rbac.authorization.k8s.io}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: watcher}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: ci, namespace: shop}
---
";

const HEAD: &str = "apiVersion: kubelogic/v1alpha1\nkind: Expectations\nmetadata: {name: shop}\n";

fn cluster(text: &str) -> Cluster {
    let reading = read::text(text, &read::Options::named("in.yaml"));
    assert!(reading.errors.is_empty(), "{:?}", reading.errors);
    Cluster::of_reading(reading, &LoadOptions::default()).unwrap()
}

/// What becomes of a file of expectations beside the roles above.
fn expected(file: &str) -> Expected {
    check(&cluster(&format!("{RBAC}{HEAD}{file}")), &Options::default()).unwrap()
}

/// What becomes of a line.
fn line(text: &str) -> ExpectedLine {
    let mut expected = expected(&format!("access:\n- {text}\n"));
    assert_eq!(expected.lines.len(), 1);
    expected.lines.remove(0)
}

fn outcome(text: &str) -> LineOutcome {
    line(text).outcome
}

/// The message about a line, and what to do about it.
fn message(text: &str) -> (String, Option<String>) {
    let finding = line(text).finding.unwrap();
    (finding.message, finding.help)
}

#[test]
fn what_is_so_holds() {
    for text in [
        "serviceaccount:shop/ci can get,list,patch deployments.apps in shop",
        "serviceaccount:shop/ci can get deploy in shop",
        "serviceaccount:shop/ci can patch deployments --subresource scale in shop",
        "serviceaccount:shop/ci can get,update configmaps/settings in shop",
        "serviceaccount:shop/ci cannot get configmaps/other in shop",
        "serviceaccount:shop/ci cannot delete deployments in shop",
        "serviceaccount:shop/ci cannot get deployments in default",
        "serviceaccount:shop/ci cannot get deployments in cluster",
        "serviceaccount:shop/ci cannot get,list,watch secrets anywhere",
        "user:ann can get deployments in shop",
        "user:ann can delete widgets.example.com in shop",
        "user:system:serviceaccount:shop:ci can get deployments in shop",
        "group:watchers can get,watch pods,nodes in cluster",
        "group:watchers can get pods in shop",
        "group:watchers cannot list pods anywhere",
        "group:watchers can create selfsubjectreviews.authentication.k8s.io in cluster",
        "group:watchers can get /healthz,/metrics/cadvisor",
        "group:watchers cannot get /logs",
        "group:watchers cannot post /healthz",
        "group:system:masters can * * in cluster",
        "group:system:masters can get namespaces/shop in shop",
    ] {
        assert_eq!(outcome(text), LineOutcome::Holds, "{text}: {:?}", line(text).finding);
    }
}

#[test]
fn what_is_not_so_fails() {
    for text in [
        "serviceaccount:shop/ci can get,delete deployments in shop",
        "serviceaccount:shop/ci can get configmaps in shop",
        "serviceaccount:shop/ci cannot get,delete deployments in shop",
        "group:watchers can * * in cluster",
        "group:watchers can get * in cluster",
        "group:watchers cannot get nodes in cluster",
        "user:nobody can get pods in shop",
    ] {
        assert_eq!(outcome(text), LineOutcome::Fails, "{text}");
    }
}

#[test]
fn cannot_is_about_all_that_a_line_covers() {
    for text in [
        // A verb, a resource, a subresource, a name, a path that the words cover.
        "serviceaccount:shop/ci cannot * deployments in shop",
        "serviceaccount:shop/ci cannot get * in shop",
        "serviceaccount:shop/ci cannot get *.apps in shop",
        "serviceaccount:shop/ci cannot get deployments.* in shop",
        "serviceaccount:shop/ci cannot * * in shop",
        "serviceaccount:shop/ci cannot * * anywhere",
        "serviceaccount:shop/ci cannot get deployments --subresource '*' in shop".trim_matches('"'),
        "serviceaccount:shop/ci cannot get configmaps in shop",
        "serviceaccount:shop/ci cannot get deployments anywhere",
        "group:watchers cannot get /metrics/*",
        "group:watchers cannot * /*",
        "group:watchers cannot get /*",
    ] {
        let text = text.replace('\'', "");
        assert_eq!(outcome(&text), LineOutcome::Fails, "{text}");
    }
    for text in [
        "serviceaccount:shop/ci cannot delete *.apps in shop",
        "serviceaccount:shop/ci cannot get *.core in default",
        "serviceaccount:shop/ci cannot get secrets.* anywhere",
        "group:watchers cannot list,delete * anywhere",
        "group:watchers cannot get /logs/*",
    ] {
        assert_eq!(outcome(text), LineOutcome::Holds, "{text}: {:?}", line(text).finding);
    }
    assert_eq!(
        message("serviceaccount:shop/ci cannot get configmaps in shop").0,
        "RoleBinding `shop/ci-deploys` allows `serviceaccount:shop/ci` to get `configmaps/settings` in `shop`"
    );
}

#[test]
fn a_line_that_fails_says_why_and_where() {
    let failed = line("serviceaccount:shop/ci cannot get,list deployments in shop");
    let finding = failed.finding.unwrap();
    assert_eq!(finding.code, "expect/failed");
    assert_eq!(
        finding.message,
        "RoleBinding `shop/ci-deploys` allows `serviceaccount:shop/ci` to get `deployments.apps` in `shop`, and 1 \
         more request of the line is not as it says"
    );
    let related: Vec<String> =
        finding.related.iter().map(|related| format!("{} {}", related.location, related.message)).collect();
    assert_eq!(
        related,
        [
            "in.yaml:9:1 RoleBinding `shop/ci-deploys` applies",
            "in.yaml:13:3 `subjects[0]` is ServiceAccount `shop/ci`",
            "in.yaml:1:1 it grants Role `shop/deployer`",
            "in.yaml:5:3 `rules[0]` allows the request",
        ]
    );

    let failed = line("user:ann can delete deployments in shop").finding.unwrap();
    assert_eq!(failed.message, "nothing allows `user:ann` to delete `deployments.apps` in `shop`");
    assert_eq!(failed.help.as_deref(), Some("add the verb `delete` to `rules[0]` of Role `shop/deployer`"));
    assert_eq!(
        failed.related[0].message,
        "RoleBinding `shop/ci-deploys` grants Role `shop/deployer`, but `rules[0]` has no verb `delete`"
    );
}

#[test]
fn a_line_that_cannot_be_read_is_shown_at_the_word() {
    let place = |text: &str| {
        let line = line(text);
        assert_eq!(line.outcome, LineOutcome::Malformed);
        let finding = line.finding.unwrap();
        (finding.location.unwrap().position.unwrap().to_string(), finding.message, finding.help)
    };
    let cases = [
        ("usr:ann can get pods in shop", "39:3", "`usr` is no kind of subject", "did you mean `user`?"),
        ("user:ann can gte pods in shop", "39:16", "`gte` is no verb", "did you mean `get`?"),
        ("user:ann can get pdos in shop", "39:20", "there is no resource `pdos`", "did you mean `pods`?"),
        ("'user:ann can get pdos in shop'", "39:21", "there is no resource `pdos`", "did you mean `pods`?"),
        ("user:änn can get pdos in shop", "39:20", "there is no resource `pdos`", "did you mean `pods`?"),
        (
            "user:ann can get deployments.aps in shop",
            "39:20",
            "there is no resource `deployments.aps`",
            "did you mean `deployments.apps`?",
        ),
        ("user:ann can get nodes in shop", "39:20", "`nodes` belongs to no namespace", "write `in cluster`"),
        (
            "user:ann can get pods --subresource logs in shop",
            "39:39",
            "`pods` has no subresource `logs`",
            "did you mean `log`?",
        ),
        (
            "user:ann can exec pods in shop",
            "39:16",
            "`exec` is no verb",
            "write `create pods --subresource exec`",
        ),
        (
            "user:ann can gett /healthz",
            "39:16",
            "`gett` is no verb of requests for paths",
            "did you mean `get`?",
        ),
        ("user:ann can get *.aps in shop", "39:22", "`aps` is no API group", "did you mean `apps`?"),
        (
            "user:ann can get pods anywhere",
            "39:25",
            "only a `cannot` line can be about `anywhere`",
            "what is allowed in every namespace is allowed `in cluster`",
        ),
        (
            "subject:ann can get pods in shop",
            "39:11",
            "`subjects` has no `ann`",
            "add it to the file: `subjects: {ann: {user: NAME, groups: [GROUP]}}`",
        ),
    ];
    for (text, position, message, help) in cases {
        let (at, said, advice) = place(text);
        assert_eq!(
            (at.as_str(), said.as_str(), advice.as_deref()),
            (position, message, Some(help)),
            "{text}"
        );
    }
    // What is written with escapes has no places inside.
    assert_eq!(place("\"user:\\u0061nn can gte pods in shop\"").0, "39:3");
}

#[test]
fn words_that_nearly_name_something_are_remarked_on() {
    let codes = |text: &str| {
        let expected = expected(&format!("access:\n- {text}\n"));
        assert!(expected.holds, "{text}: {:?}", expected.lines);
        let found = expected.findings.into_iter();
        found.map(|finding| (finding.code, finding.help.unwrap_or_default())).collect::<Vec<_>>()
    };
    let meant = |word: &str| format!("did you mean `{word}`?");
    assert_eq!(codes("user:ann cannot get secrets in shop"), []);
    assert_eq!(codes("user:stranger cannot get secrets in shop"), []);
    assert_eq!(codes("user:anm cannot get secrets in shop"), [("expect/unknown-subject", meant("ann"))]);
    assert_eq!(
        codes("group:watcher cannot get secrets in shop"),
        [("expect/unknown-subject", meant("watchers"))]
    );
    assert_eq!(
        codes("serviceaccount:shop/cl cannot get secrets in shop"),
        [("expect/unknown-subject", meant("shop/ci"))]
    );
    assert_eq!(codes("user:ann cannot get secrets in shpo"), [("expect/unknown-namespace", meant("shop"))]);
    assert_eq!(codes("user:ann cannot get secrets in elsewhere"), []);
    assert_eq!(codes("user:ann cannot get gadgets.example.com in shop")[0].0, "expect/unknown-resource");
    assert_eq!(
        codes("user:ann cannot get pods/log in shop"),
        [("expect/subresource-as-name", "for the subresource write `pods --subresource log`".to_owned())]
    );
}

#[test]
fn a_request_for_a_namespace_is_made_in_it() {
    let own = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: own, namespace: shop}\nrules:\n\
               - {apiGroups: [''], resources: [namespaces], verbs: [get, list]}\n---\n\
               apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: own, namespace: shop}\n\
               subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]\n\
               roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: own}\n---\n";
    let judged = |line: &str| {
        let text = format!("{own}{HEAD}access: [{line}]\n");
        check(&cluster(&text), &Options::default()).unwrap().lines[0].outcome
    };
    assert_eq!(judged("user:ann can get namespaces/shop in shop"), LineOutcome::Holds);
    assert_eq!(judged("user:ann can get namespaces/shop in cluster"), LineOutcome::Holds);
    assert_eq!(judged("user:ann cannot get namespaces/bank in cluster"), LineOutcome::Holds);
    // Lists of namespaces are of the whole cluster.
    assert_eq!(judged("user:ann cannot list namespaces in cluster"), LineOutcome::Holds);
    assert_eq!(judged("user:ann can list namespaces/shop in cluster"), LineOutcome::Fails);
    assert_eq!(judged("user:ann can get namespaces/shop in bank"), LineOutcome::Malformed);
}

#[test]
fn a_group_may_have_resources_that_the_input_does_not_define() {
    let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
                      metadata: {name: apps.example.org}\nspec:\n  group: example.org\n  scope: Namespaced\n  \
                      names: {kind: App, plural: apps}\n  versions: [{name: v1, served: true, storage: true}]\n---\n";
    let judged = |resource: &str| {
        let lines = format!("access: [user:ann cannot get {resource} in shop]\n");
        let expected = check(&cluster(&format!("{definition}{HEAD}{lines}")), &Options::default()).unwrap();
        (expected.lines[0].outcome, expected.findings.first().map(|finding| finding.code))
    };
    assert_eq!(judged("apps.example.org"), (LineOutcome::Holds, None));
    assert_eq!(judged("workflows.example.org"), (LineOutcome::Holds, Some("expect/unknown-resource")));
    // What is nearly the name of a known one was meant to be it.
    assert_eq!(judged("appz.example.org"), (LineOutcome::Malformed, None));
    assert_eq!(judged("workflows.networking.k8s.io"), (LineOutcome::Malformed, None));
}

#[test]
fn subjects_can_have_groups() {
    let file = "subjects:\n  bo: {user: bo, groups: [watchers, dev]}\n  team: {groups: [watchers]}\naccess:\n\
                - subject:bo can get pods in shop\n- user:bo cannot get pods in shop\n\
                - subject:team can get nodes in cluster\n";
    let expected = expected(file);
    assert!(expected.holds, "{:?}", expected.lines);
    assert_eq!(expected.lines[0].expectations, "shop");
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let findings = |file: &str| {
        let expected = expected(file);
        assert!(
            !expected.holds || expected.findings.iter().all(|finding| finding.severity < Severity::Error)
        );
        let found = expected.findings.iter();
        found.map(|one| format!("{} {}", one.location.as_ref().unwrap(), one.message)).collect::<Vec<_>>()
    };
    assert_eq!(
        findings("acess:\n- user:ann can get pods in shop\n"),
        [
            "in.yaml:38:1 unknown field `acess`, did you mean `access`?",
            "in.yaml:35:1 there is no line in these expectations"
        ]
    );
    assert_eq!(
        findings("network:\n- pod:a can reach pod:b\naccess:\n- user:ann cannot get pods in shop\n"),
        ["in.yaml:38:1 nothing here can judge the section `network`"]
    );
    assert_eq!(
        findings("kubeVersion: 1.30\naccess:\n- user:ann cannot get pods in shop\n"),
        ["in.yaml:38:14 `kubeVersion` must be a string: write the version in quotes"]
    );
    assert_eq!(
        findings("kubeVersion: '1.12'\naccess:\n- user:ann cannot get pods in shop\n"),
        [
            "in.yaml:38:14 `kubeVersion` cannot be used: kubernetes version `1.12` is not supported, 1.29 to 1.37 are"
        ]
    );
    assert_eq!(
        findings("access:\n- {user: ann}\n"),
        ["in.yaml:39:3 `access[0]` must be a string, not an object"]
    );
    assert!(!expected("access:\n- {user: ann}\n").holds);
    assert!(!expected("acess:\n- x\n").holds);
}

#[test]
fn a_file_pins_its_version() {
    let judged = |version: &str, options: &Options| {
        let line = "user:ann cannot get podcertificaterequests.certificates.k8s.io in shop";
        let text = format!("{RBAC}{HEAD}kubeVersion: '{version}'\naccess:\n- {line}\n");
        let expected = check(&cluster(&text), options).unwrap();
        (expected.lines[0].kube_version.to_string(), expected.lines[0].outcome)
    };
    // The resource came after 1.29.
    assert_eq!(judged("1.29", &Options::default()), ("1.29".to_owned(), LineOutcome::Malformed));
    assert_eq!(judged("1.37", &Options::default()), ("1.37".to_owned(), LineOutcome::Holds));
    let options = Options { kube_version: Some("1.37".parse().unwrap()), ..Options::default() };
    assert_eq!(judged("1.29", &options), ("1.37".to_owned(), LineOutcome::Holds));
}

#[test]
fn thin_coverage_leaves_lines_undecided() {
    let coverage = "apiVersion: kubelogic/v1alpha1\nkind: Coverage\ncoverage:\n\
                    - {group: rbac.authorization.k8s.io, kind: RoleBinding, namespace: bank, state: absent}\n---\n";
    let lines = "access:\n- user:ann cannot get secrets in bank\n- user:ann cannot get secrets in shop\n\
                 - user:ann cannot get secrets anywhere\n";
    let cluster = cluster(&format!("{RBAC}{coverage}{HEAD}{lines}"));
    let expected = check(&cluster, &Options::default()).unwrap();
    let outcomes: Vec<LineOutcome> = expected.lines.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes, [LineOutcome::Undecided, LineOutcome::Holds, LineOutcome::Undecided]);
    let finding = expected.lines[0].finding.as_ref().unwrap();
    assert_eq!(
        (finding.code, finding.message.as_str()),
        (
            "expect/undecided",
            "undecided whether `user:ann` can get `secrets` in `bank`: no RoleBinding objects in namespace `bank` \
             were given"
        )
    );
}

#[test]
fn nodes_are_undecided_where_their_own_authorizer_may_allow() {
    assert_eq!(outcome("node:a can get secrets/x in shop"), LineOutcome::Undecided);
    assert_eq!(outcome("node:a cannot get secrets/x in shop"), LineOutcome::Undecided);
    assert_eq!(outcome("node:a cannot delete deployments in shop"), LineOutcome::Holds);
    assert_eq!(outcome("node:a can create tokenreviews in cluster"), LineOutcome::Undecided);
    assert_eq!(outcome("node:a can get /healthz"), LineOutcome::Holds);
}

#[test]
fn roles_that_cannot_be_used_keep_a_check_from_being_green() {
    let bad = "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: x, namespace: shop}\n\
               subjects: []\n---\n";
    let cluster = cluster(&format!("{bad}{HEAD}access:\n- user:ann cannot get pods in shop\n"));
    let error = check(&cluster, &Options::default()).unwrap_err();
    assert!(error.code.starts_with("rbac/") || error.code.starts_with("decode/"), "{}", error.code);
    let codes: Vec<&str> = findings(&cluster).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["expect/not-evaluated"]);
}
