//! A model that was changed step by step is the model of the changed cluster.

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::cluster::{Cluster, GroupKind, LoadOptions, ObjectRef};
use kubelogic_core::object::Object;
use kubelogic_rbac::{Bootstrap, Delta, GROUP, Options, PolicyChange, Rbac};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{attributes, bind, cluster_role, object, role, rule, user};

const REQUESTS: [&str; 7] = [
    "get pods -n shop",
    "list pods -n bank",
    "get pods",
    "delete secrets -n shop",
    "get deployments.apps/scale -n shop",
    "get /healthz",
    "create pods -n new",
];

#[derive(Clone, Debug)]
enum Step {
    With(Value),
    Without(&'static str, &'static str, &'static str),
}

fn rules() -> impl Strategy<Value = Vec<Value>> {
    let one = (select(&["get", "list", "delete", "create", "*"][..]), select(&["pods", "secrets", "*"][..]));
    prop::collection::vec(one.prop_map(|(verb, resource)| rule(&[verb], &["", "apps"], &[resource])), 0..3)
}

fn subjects() -> impl Strategy<Value = Vec<&'static str>> {
    let all = ["user:ann", "user:bob", "group:dev", "group:ops", "sa:shop/api", "sa:api", "odd:x"];
    prop::collection::vec(select(all.to_vec()), 0..4)
}

fn place() -> impl Strategy<Value = &'static str> {
    select(&["", "shop", "bank", "new"][..])
}

fn binding() -> impl Strategy<Value = Value> {
    let name = select(&["a", "b", "c", "d", "cluster-admin"][..]);
    let role = (select(&["Role", "ClusterRole"][..]), select(&["r0", "r1", "view", "gone"][..]));
    (place(), name, role, subjects()).prop_map(|(namespace, name, role, subjects)| {
        let kind = if namespace.is_empty() { "ClusterRoleBinding" } else { "RoleBinding" };
        let role = if namespace.is_empty() { ("ClusterRole", role.1) } else { role };
        bind((kind, namespace, name), role, &subjects)
    })
}

fn a_role() -> impl Strategy<Value = Value> {
    let label = select(&["", "rbac.authorization.k8s.io/aggregate-to-view"][..]);
    (place(), select(&["r0", "r1", "view"][..]), rules(), label, any::<bool>()).prop_map(
        |(namespace, name, rules, label, aggregated)| {
            if !namespace.is_empty() {
                return role(namespace, name, &rules);
            }
            let mut made = cluster_role(name, &rules);
            if !label.is_empty() {
                made["metadata"]["labels"] = json!({label: "true"});
            }
            if aggregated && name == "r1" {
                let made = json!({"clusterRoleSelectors": [{"matchLabels": {"x": "y"}}]});
                return object("ClusterRole", "", name, json!({"rules": rules, "aggregationRule": made}));
            }
            made
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let kinds = &["ClusterRoleBinding", "RoleBinding", "Role", "ClusterRole"][..];
    let gone = (select(kinds), select(&["shop", "bank"][..]), select(&["a", "b", "c", "r0"][..])).prop_map(
        |(kind, namespace, name)| {
            Step::Without(kind, if kind.starts_with("Cluster") { "" } else { namespace }, name)
        },
    );
    prop_oneof![4 => binding().prop_map(Step::With), 2 => a_role().prop_map(Step::With), 2 => gone]
}

/// Everything that can be asked of a model.
fn answers(rbac: &Rbac) -> Vec<String> {
    let users = [
        user("ann", &["dev"]),
        user("bob", &["ops", "dev"]),
        UserInfo::of_service_account("shop", "api"),
        user("eve", &["system:masters"]),
    ];
    let mut answers = Vec::new();
    for who in &users {
        for asked in REQUESTS {
            let asked: Attributes<'_> = attributes(asked);
            let warm = rbac.decide_resolved(&rbac.resolve(who), &rbac.request(&asked)).unwrap();
            assert_eq!(warm, rbac.decide(who, &asked));
            answers.push(format!("{:?} {:?}", rbac.explain(who, &asked), rbac.reasons(who, &asked)));
        }
        answers.push(format!("{:?}", rbac.rules_for(who, "shop")));
    }
    answers.extend(rbac.bindings().map(|binding| format!("{:?} {:?}", binding.name, binding.subjects)));
    answers
        .extend(rbac.roles().map(|role| format!("{} {:?}", role.name(), role.rules().collect::<Vec<_>>())));
    answers.push(format!("{:?} {} {}", rbac.dangling(), rbac.binding_count(), rbac.role_count()));
    answers.push(format!("{:?}", rbac.remarks()));
    answers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn steps_lead_to_the_model_of_the_changed_cluster(
        start in prop::collection::vec(prop_oneof![binding(), a_role()], 0..10),
        steps in prop::collection::vec(step(), 1..8),
        bootstrap in select(&[Bootstrap::Never, Bootstrap::Never, Bootstrap::Auto][..]),
    ) {
        let mut options = Options::default();
        options.bootstrap = bootstrap;
        options.stored = true;
        let parse = |value: &Value| Object::from_serialize(value).unwrap();
        let mut load = LoadOptions::default();
        load.on_duplicate = kubelogic_core::cluster::OnDuplicate::Last;
        let mut cluster = Cluster::load(start.iter().map(parse), &load).unwrap();
        let mut rbac = Rbac::compile(&cluster, &options).unwrap();
        for step in &steps {
            let delta = match step {
                Step::With(value) => {
                    let object = parse(value);
                    cluster = cluster.with([object.clone()]).unwrap();
                    Delta::with(object)
                }
                Step::Without(kind, namespace, name) => {
                    let reference = ObjectRef::new(&GroupKind::new(GROUP, *kind), *namespace, *name);
                    cluster = cluster.without([&reference]);
                    Delta::without(reference)
                }
            };
            rbac = rbac.updated(&delta).unwrap();
            let fresh = Rbac::compile(&cluster, &options).unwrap();
            prop_assert_eq!(answers(&rbac), answers(&fresh));
        }
    }
}

proptest! {
    #[test]
    fn what_a_near_miss_advises_makes_the_answer_yes(
        objects in prop::collection::vec(prop_oneof![binding(), a_role()], 0..10),
        asked in select(&REQUESTS[..]),
        who in 0_usize..4,
        bootstrap in select(&[Bootstrap::Never, Bootstrap::Auto][..]),
    ) {
        let mut options = Options::default();
        options.bootstrap = bootstrap;
        let mut load = LoadOptions::default();
        load.on_duplicate = kubelogic_core::cluster::OnDuplicate::Last;
        load.on_invalid = kubelogic_core::cluster::OnInvalid::Drop;
        let objects = objects.iter().map(|value| Object::from_serialize(value).unwrap());
        let rbac = Rbac::compile(&Cluster::load(objects, &load).unwrap(), &options).unwrap();
        let users = [user("ann", &["devs"]), user("bobb", &["ops"]), UserInfo::of_service_account("bank", "api"), user("dev", &[])];
        let asked = attributes(asked);
        for miss in rbac.near_misses(&users[who], &asked) {
            if !miss.changes.is_empty() {
                let changed = rbac.with_changes(&miss.changes).unwrap();
                prop_assert!(changed.decide(&users[who], &asked).is_allowed(), "{:#?}", miss);
            }
        }
    }
}

#[test]
fn a_change_of_something_that_is_not_there_is_refused() {
    let objects = [cluster_role("r", &[rule(&["get"], &[""], &["pods"])])];
    let objects = objects.iter().map(|value| Object::from_serialize(value).unwrap());
    let rbac = Rbac::compile(&Cluster::load(objects, &LoadOptions::default()).unwrap(), &Options::default())
        .unwrap();
    let add = |name: &str, pointer: &str| {
        let object = ObjectRef::new(&GroupKind::new(GROUP, "ClusterRole"), "", name);
        let change = PolicyChange::Add { object, pointer: pointer.to_owned(), value: json!("list") };
        rbac.with_changes(&[change]).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(add("r", "/rules/0/verbs"), Ok(()));
    assert_eq!(add("gone", "/rules/0/verbs"), Err("rbac/impossible-change"));
    assert_eq!(add("r", "/rules/1/verbs"), Err("rbac/impossible-change"));
    assert_eq!(add("r", "/metadata/name"), Err("rbac/impossible-change"));
    let nothing = PolicyChange::Create { object: Value::Null };
    assert_eq!(rbac.with_changes(&[nothing]).unwrap_err().code(), "read/missing-kind");
}

#[test]
fn many_small_changes_add_up() {
    let many = (0..2_000).map(|number| bind_cluster_of(&format!("b{number:05}"), &format!("user:u{number}")));
    let objects = many.chain([cluster_role("r", &[rule(&["get"], &[""], &["pods"])])]);
    let cluster =
        Cluster::load(objects.map(|value| Object::from_serialize(&value).unwrap()), &LoadOptions::default())
            .unwrap();
    let mut rbac = Rbac::compile(&cluster, &Options::default()).unwrap();
    let changes: Vec<Delta> = (0..50)
        .map(|number| bind_cluster_of(&format!("b{number:05}-x"), "user:ann"))
        .map(|value| Delta::with(Object::from_serialize(&value).unwrap()))
        .collect();
    for change in &changes {
        rbac = rbac.updated(change).unwrap();
    }
    assert_eq!(
        rbac.binding_count(),
        Rbac::compile(&cluster, &Options::default()).unwrap().binding_count() + 50
    );
    assert!(rbac.decide(&user("ann", &[]), &attributes("get pods -n shop")).is_allowed());
}

fn bind_cluster_of(name: &str, subject: &str) -> Value {
    crate::support::bind_cluster(name, "r", &[subject])
}
