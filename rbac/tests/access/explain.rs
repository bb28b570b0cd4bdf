//! What answers say about themselves, with the places in a file.

use std::fmt::Write as _;

use kubelogic_core::access::UserInfo;
use kubelogic_core::cluster::{Cluster, Completeness, Coverage, GroupKind, LoadOptions, OnInvalid};
use kubelogic_core::finding::Finding;
use kubelogic_core::read;
use kubelogic_rbac::{Bootstrap, GROUP, Options, Rbac};

use crate::support::{attributes, user};

const POLICY: &str = r"
kind: Role
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: reader, namespace: shop}
rules:
- {apiGroups: [''], resources: [pods], verbs: [get, list]}
- {apiGroups: [apps], resources: [deployments], verbs: [get]}
- {apiGroups: [''], resources: [secrets], resourceNames: [tls], verbs: [get]}
---
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: readers, namespace: shop}
roleRef: {kind: Role, name: reader}
subjects:
- {kind: Group, name: dev}
- {kind: ServiceAccount, name: api, namespace: bank}
---
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: typo, namespace: shop}
roleRef: {kind: ClusterRole, name: reder}
subjects:
- {kind: User, name: ann}
---
kind: ClusterRole
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: node-reader}
rules:
- {apiGroups: [''], resources: [nodes], verbs: [get]}
- {nonResourceURLs: [/metrics, /healthz/*], verbs: [get]}
---
kind: RoleBinding
apiVersion: rbac.authorization.k8s.io/v1
metadata: {name: nodes, namespace: shop}
roleRef: {kind: ClusterRole, name: node-reader}
subjects:
- {kind: User, name: bob}
";

fn load(text: &str, load: &LoadOptions, bootstrap: Bootstrap) -> Rbac {
    let reading = read::text(text, &read::Options::named("policy.yaml"));
    assert!(reading.errors.is_empty(), "{:?}", reading.errors);
    let mut options = Options::default();
    options.bootstrap = bootstrap;
    Rbac::compile(&Cluster::load(reading.objects, load).unwrap(), &options).unwrap()
}

fn rbac() -> Rbac {
    load(POLICY, &LoadOptions::default(), Bootstrap::Never)
}

fn told(findings: &[Finding], out: &mut String) {
    for finding in findings {
        writeln!(out, "{finding}").unwrap();
        if let Some(help) = &finding.help {
            writeln!(out, "  help: {help}").unwrap();
        }
    }
}

/// The whole answer as text.
fn explain(rbac: &Rbac, user: &UserInfo, request: &str) -> String {
    let answer = rbac.explain(user, &attributes(request));
    let mut out = format!("{} {}\n", if answer.result.allowed { "yes" } else { "no" }, answer.result.reason);
    for evidence in &answer.evidence {
        writeln!(out, "{}: {} ({})", evidence.part, evidence.message, evidence.location.as_ref().unwrap())
            .unwrap();
    }
    for miss in &answer.result.near_misses {
        let place = miss.location.as_ref().map(ToString::to_string).unwrap_or_default();
        writeln!(out, "{:?}: {} ({place})\n  {}", miss.failed_on, miss.message, miss.change).unwrap();
    }
    told(&answer.warnings, &mut out);
    out
}

#[test]
fn a_yes_names_binding_subject_role_and_rule() {
    insta::assert_snapshot!(explain(&rbac(), &user("eve", &["dev"]), "get deployments.apps -n shop"), @r#"
    yes RBAC: allowed by RoleBinding "readers/shop" of Role "reader" to Group "dev"
    binding: RoleBinding `shop/readers` applies (policy.yaml:10:1)
    subject: `subjects[0]` is Group `dev` (policy.yaml:15:3)
    role: it grants Role `shop/reader` (policy.yaml:2:1)
    rule: `rules[1]` allows the request (policy.yaml:7:3)
    "#);
}

#[test]
fn a_yes_through_aggregation_names_the_role_that_has_the_rule() {
    let text = POLICY.replace("reder", "view");
    let rbac = load(&text, &LoadOptions::default(), Bootstrap::Auto);
    insta::assert_snapshot!(explain(&rbac, &user("ann", &[]), "get configmaps -n shop"), @r#"
    yes RBAC: allowed by RoleBinding "typo/shop" of ClusterRole "view" to User "ann"
    binding: RoleBinding `shop/typo` applies (policy.yaml:18:1)
    subject: `subjects[0]` is User `ann` (policy.yaml:23:3)
    role: it grants ClusterRole `view` (a default of every API server) (kubernetes-1.37-defaults#1)
    rule: `rules[0]` of ClusterRole `system:aggregate-to-view` allows the request (kubernetes-1.37-defaults#1)
    "#);
}

#[test]
fn a_no_names_the_part_of_a_rule_that_does_not_fit() {
    let (rbac, eve) = (rbac(), user("eve", &["dev"]));
    insta::assert_snapshot!(explain(&rbac, &eve, "delete pods -n shop"), @r"
    no 
    [Verb]: RoleBinding `shop/readers` grants Role `shop/reader`, but `rules[0]` has no verb `delete` (policy.yaml:6:3)
      add the verb `delete` to `rules[0]` of Role `shop/reader`
    ");
    insta::assert_snapshot!(explain(&rbac, &eve, "get pods/log -n shop"), @r"
    no 
    [Subresource]: RoleBinding `shop/readers` grants Role `shop/reader`, but `rules[0]` is for `pods`, not `pods/log` (policy.yaml:6:3)
      add the resource `pods/log` to `rules[0]` of Role `shop/reader`
    ");
    insta::assert_snapshot!(explain(&rbac, &eve, "get deployments -n shop"), @r#"
    no 
    [ApiGroup]: RoleBinding `shop/readers` grants Role `shop/reader`, but `rules[1]` is for API group `apps`, not the core group (`""`) (policy.yaml:7:3)
      add the core group (`""`) to `apiGroups` of `rules[1]` of Role `shop/reader`
    warning[rbac/unknown-resource]: no resource `deployments` of the core group is known
      help: `deployments` is in API group `apps`
    "#);
    insta::assert_snapshot!(explain(&rbac, &eve, "get secrets -n shop other"), @r"
    no 
    [Name]: RoleBinding `shop/readers` grants Role `shop/reader`, but `rules[2]` is limited to the names `tls` (policy.yaml:8:3)
      add the name `other` to `rules[2]` of Role `shop/reader`
    ");
    insta::assert_snapshot!(explain(&rbac, &eve, "list secrets -n shop"), @r"
    no 
    [Verb, Name]: RoleBinding `shop/readers` grants Role `shop/reader`, but `rules[2]` has no verb `list` and is limited to the names `tls`, and the request has none (policy.yaml:8:3)
      add the verb `list` to `rules[2]` and remove `resourceNames` from `rules[2]` of Role `shop/reader`
    ");
    insta::assert_snapshot!(explain(&rbac, &eve, "get pod -n shop"), @r"
    no 
    [Resource]: RoleBinding `shop/readers` grants Role `shop/reader`, but `rules[0]` is for `pods`, not `pod` (policy.yaml:6:3)
      add the resource `pod` to `rules[0]` of Role `shop/reader`
    warning[rbac/unknown-resource]: no resource `pod` of the core group is known
      help: did you mean `pods`?
    ");
}

#[test]
fn a_no_names_bindings_elsewhere() {
    let (rbac, eve) = (rbac(), user("eve", &["dev"]));
    insta::assert_snapshot!(explain(&rbac, &eve, "get pods -n bank"), @r"
    no 
    [Namespace]: RoleBinding `shop/readers` allows it in namespace `shop` only (policy.yaml:12:38)
      create the same binding and Role `shop/reader` in namespace `bank`
    ");
    insta::assert_snapshot!(explain(&rbac, &eve, "get pods"), @r"
    no 
    [Namespace]: RoleBinding `shop/readers` allows it in namespace `shop` only (policy.yaml:12:38)
      ask in namespace `shop`, or bind a ClusterRole with the same rules with a ClusterRoleBinding
    ");
    insta::assert_snapshot!(explain(&rbac, &user("bob", &[]), "get /metrics"), @r"
    no 
    [Namespace]: RoleBinding `shop/nodes` grants a rule for the path, but paths need a ClusterRoleBinding (policy.yaml:34:36)
      bind ClusterRole `node-reader` with a ClusterRoleBinding
    [Binding]: ClusterRole `node-reader` allows it, but nothing binds it to User `bob` here (policy.yaml:25:1)
      bind ClusterRole `node-reader` to User `bob` with a ClusterRoleBinding
    ");
}

#[test]
fn a_no_names_subjects_that_are_nearly_right() {
    let rbac = rbac();
    insta::assert_snapshot!(explain(&rbac, &user("eve", &["Dev"]), "get pods -n shop"), @r"
    no 
    [Subject]: RoleBinding `shop/readers` allows it, but `subjects[0]` is group `dev` (policy.yaml:15:3)
      make `subjects[0]` name `Dev`
    [Binding]: Role `shop/reader` allows it, but nothing binds it to User `eve` here (policy.yaml:2:1)
      bind Role `shop/reader` to User `eve` with a RoleBinding in namespace `shop`
    ");
    insta::assert_snapshot!(explain(&rbac, &user("dev", &[]), "get pods -n shop"), @r"
    no 
    [Subject]: RoleBinding `shop/readers` allows it, but `subjects[0]` is group `dev`, and that is a user (policy.yaml:15:3)
      make `subjects[0]` of kind User with the name `dev`
    [Binding]: Role `shop/reader` allows it, but nothing binds it to User `dev` here (policy.yaml:2:1)
      bind Role `shop/reader` to User `dev` with a RoleBinding in namespace `shop`
    ");
    insta::assert_snapshot!(
        explain(&rbac, &user("system:serviceaccount:shop:api", &[]), "get pods -n shop"),
        @r"
    no 
    [Subject]: RoleBinding `shop/readers` allows it, but `subjects[1]` is service account `api` of namespace `bank` (policy.yaml:16:3)
      make `subjects[1]` name the namespace `shop`
    [Binding]: Role `shop/reader` allows it, but nothing binds it to ServiceAccount `shop/api` here (policy.yaml:2:1)
      bind Role `shop/reader` to ServiceAccount `shop/api` with a RoleBinding in namespace `shop`
    warning[rbac/missing-service-account]: service account `shop/api` is not there
    "
    );
}

#[test]
fn a_missing_role_is_named_with_what_was_meant() {
    insta::assert_snapshot!(explain(&rbac(), &user("ann", &[]), "get pods -n shop"), @r#"
    no RBAC: clusterrole.rbac.authorization.k8s.io "reder" not found
    [MissingRole]: RoleBinding `shop/typo` grants ClusterRole `reder`, which is not there (policy.yaml:21:36)
      make RoleBinding `shop/typo` name Role `reader`, or create ClusterRole `reder`
    [Binding]: Role `shop/reader` allows it, but nothing binds it to User `ann` here (policy.yaml:2:1)
      bind Role `shop/reader` to User `ann` with a RoleBinding in namespace `shop`
    policy.yaml:21:36: warning[rbac/missing-role]: RoleBinding `shop/typo` grants ClusterRole `reder`, which is not there
    "#);
}

#[test]
fn what_a_request_gets_wrong_is_a_warning() {
    let (rbac, bob) = (rbac(), user("bob", &[]));
    insta::assert_snapshot!(explain(&rbac, &bob, "get nodes -n shop"), @r#"
    yes RBAC: allowed by RoleBinding "nodes/shop" of ClusterRole "node-reader" to User "bob"
    binding: RoleBinding `shop/nodes` applies (policy.yaml:32:1)
    subject: `subjects[0]` is User `bob` (policy.yaml:37:3)
    role: it grants ClusterRole `node-reader` (policy.yaml:25:1)
    rule: `rules[0]` allows the request (policy.yaml:29:3)
    warning[rbac/cluster-scoped-resource]: `nodes` has no namespace, so a real request is made without one, and that is not allowed
    "#);
    insta::assert_snapshot!(explain(&rbac, &bob, "get deployments"), @r"
    no 
    warning[rbac/unknown-resource]: no resource `deployments` of the core group is known
      help: `deployments` is in API group `apps`
    ");
    insta::assert_snapshot!(explain(&rbac, &bob, "get pods/logs -n shop"), @r"
    no 
    warning[rbac/unknown-subresource]: `pods` has no subresource `logs`
      help: did you mean `log`?
    ");
}

#[test]
fn what_bindings_name_but_nobody_gave_is_listed() {
    let mut out = String::new();
    told(&rbac().dangling(), &mut out);
    insta::assert_snapshot!(out, @r"
    policy.yaml:16:3: warning[rbac/missing-service-account]: service account `bank/api` is not there
    policy.yaml:21:36: warning[rbac/missing-role]: RoleBinding `shop/typo` grants ClusterRole `reder`, which is not there
    ");
}

#[test]
fn objects_that_the_api_server_would_refuse_are_listed_or_left_out() {
    let text = POLICY
        .replace("kind: Role, name: reader", "kind: Roles, name: reader")
        .replace("verbs: [get]}", "verb: [get]}");
    let reading = read::text(&text, &read::Options::named("policy.yaml"));
    let mut options = LoadOptions::default();
    let cluster = Cluster::load(reading.objects.clone(), &options).unwrap();
    let refused = Rbac::compile(&cluster, &Options::default()).unwrap_err();
    insta::assert_snapshot!(refused, @r#"
    5 objects cannot be used
      policy.yaml:7:49: error[decode/unknown-field]: unknown field `rules[1].verb`, did you mean `verbs`?
      policy.yaml:8:65: error[decode/unknown-field]: unknown field `rules[2].verb`, did you mean `verbs`?
      policy.yaml:13:17: error[rbac/invalid-object]: roleRef.kind: Unsupported value: "Roles": supported values: "Role", "ClusterRole"
      policy.yaml:29:41: error[decode/unknown-field]: unknown field `rules[0].verb`, did you mean `verbs`?
      policy.yaml:30:45: error[decode/unknown-field]: unknown field `rules[1].verb`, did you mean `verbs`?
    "#);
    options.on_invalid = OnInvalid::Drop;
    let rbac = load(&text, &options, Bootstrap::Never);
    let mut out = String::new();
    told(rbac.remarks(), &mut out);
    insta::assert_snapshot!(out, @r#"
    policy.yaml:2:1: warning[rbac/left-out]: Role `shop/reader` is left out, the API server would refuse it: unknown field `rules[1].verb`, did you mean `verbs`?; unknown field `rules[2].verb`, did you mean `verbs`?
    policy.yaml:10:1: warning[rbac/left-out]: RoleBinding `shop/readers` is left out, the API server would refuse it: roleRef.kind: Unsupported value: "Roles": supported values: "Role", "ClusterRole"
    policy.yaml:25:1: warning[rbac/left-out]: ClusterRole `node-reader` is left out, the API server would refuse it: unknown field `rules[0].verb`, did you mean `verbs`?; unknown field `rules[1].verb`, did you mean `verbs`?
    "#);
    assert!(!rbac.can(&user("eve", &["dev"]), &attributes("get pods -n shop")).unwrap());
}

#[test]
fn thin_coverage_makes_what_it_could_turn_undecided() {
    let kind = |kind: &str| GroupKind::new(GROUP, kind);
    let with = |coverage: Coverage| {
        let mut options = LoadOptions::default();
        options.coverage = coverage;
        load(POLICY, &options, Bootstrap::Never)
    };
    let (eve, ann) = (user("eve", &["dev"]), user("ann", &[]));
    let (yes, no, gone) =
        (attributes("get pods -n shop"), attributes("delete pods -n shop"), attributes("get pods -n shop"));

    let complete = with(Coverage::whole().declare(kind("Secret"), None, Completeness::Absent));
    assert_eq!(complete.can(&eve, &no), Ok(false));
    for (thin, namespace) in
        [("ClusterRoleBinding", None), ("RoleBinding", Some("shop")), ("RoleBinding", None)]
    {
        let rbac = with(Coverage::whole().declare(kind(thin), namespace, Completeness::Partial));
        assert_eq!(rbac.can(&eve, &yes), Ok(true), "RBAC never takes anything away");
        assert_eq!(rbac.can(&eve, &no).unwrap_err().code(), "coverage/too-thin", "{thin}");
    }
    // Roles that nobody gave count only for bindings to roles that are not there.
    let roles = with(Coverage::whole().declare(kind("ClusterRole"), None, Completeness::Absent));
    assert_eq!(roles.can(&eve, &no), Ok(false));
    assert_eq!(roles.can(&ann, &gone).unwrap_err().message(), "no ClusterRole objects were given");
    let elsewhere = with(Coverage::whole().declare(kind("RoleBinding"), Some("bank"), Completeness::Absent));
    assert_eq!(elsewhere.can(&eve, &no), Ok(false));
}

#[test]
fn a_yes_of_a_default_object_is_undecided_where_the_real_one_was_not_given() {
    // An administrator can change a default role or binding for good (the annotation `autoupdate: "false"`).
    let with = |coverage: Coverage| {
        let mut options = LoadOptions::default();
        options.coverage = coverage;
        load(&POLICY.replace("reder", "view"), &options, Bootstrap::Auto)
    };
    let kind = |kind: &str| GroupKind::new(GROUP, kind);
    let (ann, view) = (user("ann", &[]), attributes("list configmaps -n shop"));
    let (anyone, discovery) = (user("bob", &["system:authenticated"]), attributes("get /version"));
    let whole = with(Coverage::whole());
    assert_eq!((whole.can(&ann, &view), whole.can(&anyone, &discovery)), (Ok(true), Ok(true)));

    let no_roles = with(Coverage::whole().declare(kind("ClusterRole"), None, Completeness::Absent));
    assert_eq!(no_roles.can(&ann, &view).unwrap_err().code(), "coverage/too-thin");
    assert!(no_roles.can(&user("eve", &["dev"]), &attributes("get pods -n shop")).unwrap());
    let no_bindings =
        with(Coverage::whole().declare(kind("ClusterRoleBinding"), None, Completeness::Partial));
    assert_eq!(no_bindings.can(&anyone, &discovery).unwrap_err().code(), "coverage/too-thin");
    assert!(no_bindings.can(&ann, &view).unwrap());
}
