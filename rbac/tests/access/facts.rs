//! Each rule of upstream's RBAC authorizer as a test.

use crate::support::{
    allows, ask, bind, bind_cluster, cluster_role, compile, named_rule, object, path_rule, role, rule,
    stored, subject, user,
};
use serde_json::{Value, json};

/// Everybody in `dev` has the rules in the whole cluster.
fn dev_with(rules: &[Value]) -> kubelogic_rbac::Rbac {
    stored([cluster_role("r", rules), bind_cluster("b", "r", &["group:dev"])])
}

fn check(rules: &[Value], cases: &[(&str, bool)]) {
    let rbac = dev_with(rules);
    for (request, expected) in cases {
        assert_eq!(allows(&rbac, &user("ann", &["dev"]), request), *expected, "{request}");
        assert!(!allows(&rbac, &user("ann", &["ops"]), request), "{request} by somebody else");
    }
}

// upstream: plugin/pkg/auth/authorizer/rbac/rbac.go (RuleAllows)
#[test]
fn verb_group_resource_and_name_must_all_match() {
    check(
        &[rule(&["get"], &["apps"], &["deployments"])],
        &[
            ("get deployments.apps", true),
            ("get deployments.apps -n shop web", true),
            ("list deployments.apps", false),
            ("get deployments", false),
            ("get deployments.extensions", false),
            ("get pods.apps", false),
            ("GET deployments.apps", false),
            ("get Deployments.apps", false),
            ("get /deployments", false),
        ],
    );
}

// upstream: pkg/apis/rbac/v1/evaluation_helpers.go (VerbMatches, APIGroupMatches)
#[test]
fn verbs_and_groups_are_words_or_a_star() {
    check(
        &[rule(&["get*", "educate"], &["", "batch"], &["pods"]), rule(&["use"], &["*"], &["x"])],
        &[
            ("get pods", false),
            ("get* pods", true),
            ("educate pods.batch", true),
            ("use x", true),
            ("use x.any.thing", true),
            ("use y", false),
        ],
    );
    check(&[rule(&["*"], &[""], &["pods"])], &[("whatever pods", true), ("whatever pods.apps", false)]);
    check(&[rule(&[], &[""], &["pods"])], &[("get pods", false)]);
    check(&[rule(&["get"], &[], &["pods"])], &[("get pods", false)]);
    check(&[rule(&["get"], &[""], &[])], &[("get pods", false)]);
    check(&[json!({})], &[("get pods", false), ("get /", false)]);
}

// upstream: pkg/apis/rbac/v1/evaluation_helpers.go (ResourceMatches)
#[test]
fn subresources_are_named_or_covered_by_a_star_before_the_slash() {
    check(
        &[rule(&["get"], &[""], &["pods"])],
        &[("get pods", true), ("get pods/status", false), ("get pods/log", false)],
    );
    check(
        &[rule(&["get"], &[""], &["pods/log"])],
        &[("get pods/log", true), ("get pods", false), ("get pods/exec", false)],
    );
    check(
        &[rule(&["get"], &["apps"], &["*/scale"])],
        &[
            ("get deployments.apps/scale", true),
            ("get widgets.apps/scale", true),
            ("get deployments.apps", false),
            ("get deployments.apps/status", false),
            ("get scale.apps", false),
        ],
    );
    check(
        &[rule(&["get"], &[""], &["*"])],
        &[("get pods", true), ("get pods/log", true), ("get pods.apps", false)],
    );
    check(
        &[rule(&["get"], &[""], &["pods/*", "*/*"])],
        &[("get pods", false), ("get pods/log", false), ("get pods/*", true), ("get secrets/*", true)],
    );
    // The two halves are compared as one word.
    check(&[rule(&["get"], &[""], &["a/b/c"])], &[("get a/b/c", true)]);
    check(&[rule(&["get"], &[""], &["*/b/c"])], &[("get a/b/c", true), ("get a/c", false)]);
}

// upstream: pkg/apis/rbac/v1/evaluation_helpers.go (ResourceNameMatches)
#[test]
fn names_are_compared_as_they_are() {
    check(
        &[named_rule(&["get", "list", "create"], &[""], &["secrets"], &["a", "*"])],
        &[
            ("get secrets a", true),
            ("get secrets b", false),
            ("get secrets *", true),
            ("list secrets", false),
            ("create secrets", false),
        ],
    );
    check(
        &[named_rule(&["list"], &[""], &["secrets"], &[""])],
        &[("list secrets", true), ("list secrets a", false)],
    );
}

// upstream: pkg/apis/rbac/v1/evaluation_helpers.go (NonResourceURLMatches)
#[test]
fn paths_match_by_word_or_by_prefix() {
    check(
        &[path_rule(&["get"], &["/foo/*", "/healthz", "/a/*/b", "/x**"])],
        &[
            ("get /foo", false),
            ("get /foo/", true),
            ("get /foo/a/b", true),
            ("get /healthz", true),
            ("get /healthz/", false),
            ("head /healthz", false),
            ("get /a/1/b", false),
            ("get /a/*/b", true),
            ("get /x", true),
            ("get /xyz", true),
        ],
    );
    check(&[path_rule(&["get"], &["/foo*"])], &[("get /foobar", true), ("get /fo", false)]);
    check(&[path_rule(&["*"], &["*"])], &[("post /anything", true), ("get pods", false)]);
    check(&[path_rule(&["get"], &["**"])], &[("get /anything", true)]);
}

// upstream: pkg/apis/rbac/v1/evaluation_helpers.go: a star in the request is no wildcard.
#[test]
fn a_star_in_the_request_matches_only_a_star() {
    check(
        &[rule(&["get", "list", "watch", "create", "update", "patch", "delete"], &[""], &["pods"])],
        &[("* pods", false), ("get *", false), ("get pods.*", false)],
    );
    check(&[rule(&["*"], &["*"], &["*"])], &[("* *.*", true), ("* pods", true)]);
}

// upstream: pkg/registry/rbac/validation/rule.go (VisitRulesFor)
#[test]
fn cluster_role_bindings_come_first_and_each_scope_goes_by_name() {
    let rules = [rule(&["get"], &[""], &["pods"])];
    let everything = [
        cluster_role("r", &rules),
        bind(("RoleBinding", "shop", "a"), ("ClusterRole", "r"), &["user:ann"]),
        bind_cluster("z", "r", &["user:ann"]),
        bind_cluster("b", "r", &["user:bob", "group:dev", "user:ann"]),
        bind_cluster("c", "r", &["user:ann"]),
    ];
    let ann = user("ann", &["dev"]);
    let named = |objects: &[Value]| ask(&compile(objects.to_vec()), &ann, "get pods -n shop");
    assert_eq!(
        named(&everything),
        r#"yes RBAC: allowed by ClusterRoleBinding "b" of ClusterRole "r" to Group "dev""#
    );
    assert_eq!(
        named(&everything[..2]),
        r#"yes RBAC: allowed by RoleBinding "a/shop" of ClusterRole "r" to User "ann""#
    );
}

// upstream: pkg/registry/rbac/validation/rule.go: a path has no namespace, so RoleBindings are never asked.
#[test]
fn role_bindings_grant_no_paths_and_nothing_elsewhere() {
    let rbac = compile([
        cluster_role("r", &[path_rule(&["get"], &["*"]), rule(&["get"], &[""], &["nodes", "pods"])]),
        bind(("RoleBinding", "shop", "b"), ("ClusterRole", "r"), &["user:ann"]),
    ]);
    let ann = user("ann", &[]);
    assert!(!allows(&rbac, &ann, "get /version"));
    assert!(!allows(&rbac, &ann, "get pods"));
    assert!(!allows(&rbac, &ann, "get pods -n bank"));
    assert!(allows(&rbac, &ann, "get pods -n shop"));
    // The authorizer does not know that nodes have no namespace.
    assert!(allows(&rbac, &ann, "get nodes -n shop"));
}

// upstream: pkg/registry/rbac/validation/rule.go (appliesToUser)
#[test]
fn subjects_apply_by_kind() {
    let rules = [rule(&["get"], &[""], &["pods"])];
    let with = |kind: (&str, &str, &str), subjects: &[&str]| {
        stored([cluster_role("r", &rules), bind(kind, ("ClusterRole", "r"), subjects)])
    };
    let cluster = ("ClusterRoleBinding", "", "b");
    let shop = ("RoleBinding", "shop", "b");
    let account = user("system:serviceaccount:shop:api", &[]);
    let cases = [
        (cluster, "user:ann", user("ann", &[]), true),
        (cluster, "user:ann", user("Ann", &["ann"]), false),
        (cluster, "group:ann", user("ann", &[]), false),
        (cluster, "group:dev", user("ann", &["ops", "dev"]), true),
        (cluster, "user:*", user("ann", &[]), false),
        (cluster, "user:*", user("*", &[]), true),
        (cluster, "sa:shop/api", account.clone(), true),
        (cluster, "sa:api", account.clone(), false),
        (shop, "sa:api", account.clone(), true),
        (shop, "sa:bank/api", account.clone(), false),
        (shop, "sa:shop/api", user("api", &[]), false),
        (cluster, "user:system:serviceaccount:shop:api", account.clone(), true),
        // Nobody adds the groups of a service account here.
        (cluster, "group:system:serviceaccounts:shop", account.clone(), false),
        (cluster, "group:system:authenticated", account.clone(), false),
        (cluster, "Robot:ann", user("ann", &["ann"]), false),
    ];
    for (binding, subject, asking, expected) in cases {
        let rbac = with(binding, &[subject]);
        let case = format!("{binding:?} {subject} {asking:?}");
        assert_eq!(allows(&rbac, &asking, "get pods -n shop"), expected, "{case}");
    }
}

// upstream: pkg/registry/rbac/validation/rule.go: neither the API group of a subject nor that of a roleRef counts.
#[test]
fn the_api_groups_of_references_do_not_count() {
    let mut binding = bind_cluster("b", "r", &[]);
    binding["subjects"] = json!([{"kind": "User", "apiGroup": "example.com", "name": "ann"}]);
    binding["roleRef"]["apiGroup"] = json!("example.com");
    let rbac = stored([cluster_role("r", &[rule(&["get"], &[""], &["pods"])]), binding]);
    assert!(allows(&rbac, &user("ann", &[]), "get pods"));
}

// upstream: pkg/apis/rbac/v1alpha1/conversion.go
#[test]
fn the_user_star_of_v1alpha1_is_everybody_who_is_authenticated() {
    for (version, expected) in [("v1alpha1", true), ("v1beta1", false), ("v1", false)] {
        let mut binding = bind_cluster("b", "r", &["user:*"]);
        binding["apiVersion"] = json!(format!("rbac.authorization.k8s.io/{version}"));
        let rbac = compile([cluster_role("r", &[rule(&["get"], &[""], &["pods"])]), binding]);
        assert_eq!(allows(&rbac, &user("ann", &["system:authenticated"]), "get pods"), expected, "{version}");
        assert!(!allows(&rbac, &user("ann", &[]), "get pods"), "{version}");
    }
}

// upstream: pkg/registry/rbac/validation/rule.go (describeSubject, roleBindingDescriber)
#[test]
fn reasons_put_the_namespace_after_the_name() {
    let rules = [rule(&["get"], &[""], &["pods"])];
    let api = user("system:serviceaccount:shop:api", &[]);
    let rbac = compile([
        role("shop", "r", &rules),
        bind(("RoleBinding", "shop", "b"), ("Role", "r"), &["sa:api"]),
        cluster_role("q\"x", &rules),
        bind_cluster("bank", "q\"x", &["sa:bank/api", "group:dev\n"]),
    ]);
    assert_eq!(
        ask(&rbac, &api, "get pods -n shop"),
        r#"yes RBAC: allowed by RoleBinding "b/shop" of Role "r" to ServiceAccount "api/shop""#
    );
    assert_eq!(
        ask(&rbac, &user("system:serviceaccount:bank:api", &[]), "get pods"),
        r#"yes RBAC: allowed by ClusterRoleBinding "bank" of ClusterRole "q\"x" to ServiceAccount "api/bank""#
    );
    assert_eq!(
        ask(&rbac, &user("ann", &["dev\n"]), "get pods"),
        r#"yes RBAC: allowed by ClusterRoleBinding "bank" of ClusterRole "q\"x" to Group "dev\n""#
    );
    assert_eq!(ask(&rbac, &user("ann", &[]), "get pods"), "no");
}

// upstream: plugin/pkg/auth/authorizer/rbac/rbac.go (Authorize), apimachinery pkg/util/errors/errors.go
#[test]
fn missing_roles_are_part_of_the_reason_for_a_no() {
    let ann = user("ann", &["dev"]);
    let gone = |name: &str| bind_cluster(name, "gone", &["user:ann"]);
    let one = r#"no RBAC: clusterrole.rbac.authorization.k8s.io "gone" not found"#;
    assert_eq!(ask(&compile([gone("a")]), &ann, "get pods"), one);
    assert_eq!(ask(&compile([gone("a"), gone("b")]), &ann, "get pods"), one);
    let several = [
        gone("a"),
        bind_cluster("b", "also-gone", &["group:dev"]),
        gone("c"),
        bind(("RoleBinding", "shop", "d"), ("Role", "gone"), &["user:ann"]),
        bind(("RoleBinding", "bank", "d"), ("Role", "elsewhere"), &["user:ann"]),
        bind_cluster("e", "not-mine", &["user:bob"]),
    ];
    assert_eq!(
        ask(&compile(several.clone()), &ann, "get pods -n shop"),
        "no RBAC: [clusterrole.rbac.authorization.k8s.io \"gone\" not found, \
         clusterrole.rbac.authorization.k8s.io \"also-gone\" not found, \
         role.rbac.authorization.k8s.io \"gone\" not found]"
    );
    // A rule that allows makes them irrelevant, wherever it comes.
    let allowing =
        [cluster_role("r", &[rule(&["get"], &[""], &["pods"])]), bind_cluster("z", "r", &["user:ann"])];
    let rbac = compile(several.into_iter().chain(allowing));
    assert!(allows(&rbac, &ann, "get pods -n shop"));
}

// upstream: pkg/registry/rbac/validation/rule.go (GetRoleReferenceRules)
#[test]
fn a_role_is_looked_up_where_its_kind_says() {
    let rules = [rule(&["get"], &[""], &["pods"])];
    let ann = user("ann", &[]);
    let unsupported = stored([bind_cluster("b", "r", &["user:ann"]), {
        let mut binding = bind_cluster("c", "r", &["user:ann"]);
        binding["roleRef"]["kind"] = json!("Group\"");
        binding
    }]);
    assert_eq!(
        ask(&unsupported, &ann, "get pods"),
        "no RBAC: [clusterrole.rbac.authorization.k8s.io \"r\" not found, \
         unsupported role reference kind: \"Group\\\"\"]"
    );
    let elsewhere = compile([
        role("bank", "r", &rules),
        cluster_role("r", &[]),
        bind(("RoleBinding", "shop", "b"), ("Role", "r"), &["user:ann"]),
    ]);
    assert_eq!(
        ask(&elsewhere, &ann, "get pods -n shop"),
        r#"no RBAC: role.rbac.authorization.k8s.io "r" not found"#
    );
}

// upstream: pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go
#[test]
fn aggregated_roles_get_what_they_select() {
    let labelled = |name: &str, label: &str, rules: &[Value]| {
        let mut role = cluster_role(name, rules);
        role["metadata"]["labels"] = json!({label: "true"});
        role
    };
    let aggregating = |name: &str, own: &[&str], label: &str, rules: Value| {
        let labels: serde_json::Map<String, Value> =
            own.iter().map(|label| ((*label).to_owned(), json!("true"))).collect();
        object(
            "ClusterRole",
            "",
            name,
            json!({
                "metadata": {"name": name, "labels": labels},
                "rules": rules,
                "aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {label: "true"}}]},
            }),
        )
    };
    let ann = user("ann", &[]);
    let rbac = compile([
        // In the order of names each is looked at before what it depends on is complete.
        aggregating("a-admin", &[], "to-admin", Value::Null),
        aggregating("b-edit", &["to-admin"], "to-edit", json!([])),
        labelled("c-view", "to-edit", &[rule(&["get"], &[""], &["pods"])]),
        aggregating("d-alone", &[], "nobody", json!([rule(&["list"], &[""], &["pods"])])),
        aggregating("e-replaced", &[], "to-edit", json!([rule(&["watch"], &[""], &["pods"])])),
        bind_cluster("admin", "a-admin", &["user:ann"]),
        bind_cluster("alone", "d-alone", &["user:alone"]),
        bind_cluster("replaced", "e-replaced", &["user:replaced"]),
    ]);
    assert!(allows(&rbac, &ann, "get pods"), "rules come through a chain");
    assert!(allows(&rbac, &user("alone", &[]), "list pods"), "own rules stay while nothing is selected");
    let replaced = user("replaced", &[]);
    assert!(!allows(&rbac, &replaced, "watch pods") && allows(&rbac, &replaced, "get pods"));
    assert!(rbac.remarks().is_empty(), "{:?}", rbac.remarks());

    let circle = compile([
        aggregating("a", &["to-b"], "to-a", Value::Null),
        aggregating("b", &["to-a"], "to-b", Value::Null),
        labelled("c", "to-a", &[rule(&["get"], &[""], &["pods"])]),
        bind_cluster("x", "b", &["user:ann"]),
    ]);
    assert!(allows(&circle, &ann, "get pods"));
    let remarks: Vec<&str> = circle.remarks().iter().map(|remark| remark.code).collect();
    assert_eq!(remarks, ["rbac/aggregation-circle", "rbac/aggregation-circle"]);
}

#[test]
fn a_binding_that_names_somebody_twice_names_him_where_it_does_so_first() {
    let rbac = compile([
        cluster_role("r", &[rule(&["get"], &[""], &["pods"])]),
        bind_cluster("b", "r", &["group:dev", "user:ann", "group:dev"]),
    ]);
    let subject_of = |asking| {
        let decision = rbac.decide(&asking, &crate::support::attributes("get pods"));
        decision.grant().map(|grant| grant.subject)
    };
    assert_eq!(subject_of(user("ann", &["dev"])), Some(0));
    assert_eq!(subject_of(user("ann", &[])), Some(1));
    assert_eq!(subject("user:x"), json!({"kind": "User", "name": "x"}));
}

#[test]
fn decisions_of_another_model_are_stale() {
    let objects =
        || [cluster_role("r", &[rule(&["get"], &[""], &["pods"])]), bind_cluster("b", "r", &["user:ann"])];
    let (one, two) = (compile(objects()), compile(objects()));
    let (ann, get) = (user("ann", &[]), crate::support::attributes("get pods"));
    let decision = one.decide(&ann, &get);
    assert!(one.reason(decision, &ann, &get).is_ok());
    assert_eq!(two.reason(decision, &ann, &get).unwrap_err().code(), "stale-decision");
    assert_eq!(
        two.decide_resolved(&one.resolve(&ann), &two.request(&get)).unwrap_err().code(),
        "stale-decision"
    );
    assert_eq!(
        two.decide_resolved(&two.resolve(&ann), &one.request(&get)).unwrap_err().code(),
        "stale-decision"
    );
}

// upstream: pkg/registry/rbac/rest/storage_rbac.go, component-helpers auth/rbac/reconciliation
#[test]
fn default_roles_and_bindings_are_added_completed_or_left_alone() {
    use kubelogic_core::cluster::LoadOptions;
    use kubelogic_rbac::{Bootstrap, Options};

    let given = |annotations: Value| {
        let mut role = cluster_role("system:basic-user", &[rule(&["get"], &["own.example"], &["things"])]);
        role["metadata"]["annotations"] = annotations.clone();
        let mut binding = bind_cluster("system:basic-user", "system:basic-user", &["user:ann"]);
        binding["metadata"]["annotations"] = annotations;
        [role, binding]
    };
    let compile = |bootstrap: Bootstrap, annotations: Value| {
        let mut options = Options::default();
        options.bootstrap = bootstrap;
        crate::support::try_compile(given(annotations), &LoadOptions::default(), &options).unwrap()
    };
    let (ann, everybody) = (user("ann", &[]), user("bob", &["system:authenticated"]));
    let own = "get things.own.example";
    let default = "create selfsubjectaccessreviews.authorization.k8s.io";
    let verdicts = |rbac: &kubelogic_rbac::Rbac| {
        [(&ann, own), (&ann, default), (&everybody, own), (&everybody, default), (&everybody, "get /version")]
            .map(|(user, request)| allows(rbac, user, request))
    };
    // `/version` comes from other default objects, which nobody gave.
    assert_eq!(verdicts(&compile(Bootstrap::Never, json!({}))), [true, false, false, false, false]);
    assert_eq!(verdicts(&compile(Bootstrap::Auto, json!({}))), [true, false, false, false, true]);
    assert_eq!(verdicts(&compile(Bootstrap::Always, json!({}))), [true, true, true, true, true]);
    let alone = json!({"rbac.authorization.kubernetes.io/autoupdate": "false"});
    assert_eq!(verdicts(&compile(Bootstrap::Always, alone)), [true, false, false, false, true]);

    let completed = compile(Bootstrap::Always, json!({}));
    let grants = completed.grants(&everybody, &crate::support::attributes(default));
    let places: Vec<_> = grants
        .iter()
        .map(|grant| {
            (grant.rule_index, grant.written_index, grant.written_in.from_bootstrap, grant.subject_index)
        })
        .collect();
    // The given rule and subject stand first, what was added comes from the default objects.
    assert_eq!(places, [(1, 0, true, 1)]);
    assert!(grants[0].rule_location.to_string().starts_with("kubernetes-1.37-defaults"));
    assert!(grants[0].subject_location.to_string().starts_with("kubernetes-1.37-defaults"));
}

// upstream: pkg/registry/rbac/validation/rule.go: a binding without a name is a binding like any other.
#[test]
fn objects_that_wait_for_a_generated_name_count() {
    let mut binding = bind_cluster("", "r", &["user:ann"]);
    binding["metadata"] = json!({"generateName": "made-"});
    let rbac = compile([cluster_role("r", &[rule(&["get"], &[""], &["pods"])]), binding]);
    assert_eq!(
        ask(&rbac, &user("ann", &[]), "get pods"),
        r#"yes RBAC: allowed by ClusterRoleBinding "made-" of ClusterRole "r" to User "ann""#
    );
}
