//! Rules: which cover which, what a user may do, and what one changed binding costs.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;
use std::time::Duration;

use kubelogic::access::UserInfo;
use kubelogic::cluster::{Cluster, LoadOptions};
use kubelogic::object::Object;
use kubelogic::rbac::{Bootstrap, Delta, Options, PolicyRule, Rbac, printed_rules, uncovered};
use serde_json::{Value, json};

use crate::measure::times;
use crate::oracle::program;

const API: &str = "rbac.authorization.k8s.io/v1";
/// Roles of the user whose rules are listed.
const ROLES: usize = 1_000;

/// Measures the update at the given numbers of bindings: 10,000 and 100,000 unless said otherwise.
pub(crate) fn run(counts: &[String]) -> Result<String, String> {
    let counts: Result<Vec<usize>, _> = counts.iter().map(|count| count.parse()).collect();
    let mut counts = counts.map_err(|error| format!("no number of bindings: {error}"))?;
    if counts.is_empty() {
        counts = vec![10_000, 100_000];
    }
    let mut table = String::from("| question | real | kubelogic | real / kubelogic |\n|---|--:|--:|--:|\n");
    let defaults = compile([], Bootstrap::Auto)?;
    let rules = |name: &str| -> Vec<PolicyRule> {
        let mut roles = defaults.roles();
        roles.find(|role| role.name() == name).map(|role| role.rules().cloned().collect()).unwrap_or_default()
    };
    let (admin, edit) = (rules("admin"), rules("edit"));
    let ours = times(2_000, || drop(black_box(uncovered(&admin, &edit)))).median;
    row(&mut table, "covers: admin covers edit", real("covers")?, ours);

    let rbac = compile(many_roles(), Bootstrap::Never)?;
    let ann = UserInfo::named("ann");
    let ours =
        times(50, || drop(black_box(printed_rules(&rbac.rules_review(&ann, "default"), false)))).median;
    row(&mut table, &format!("list: a user with {ROLES} roles"), real("list")?, ours);

    let started = times(5, || drop(compile([], Bootstrap::Auto))).median;
    let _ = writeln!(table, "| the default policy, aggregated and compiled | | {started:.1?} | |");
    for count in counts {
        let compiled = std::time::Instant::now();
        let rbac = compile(many_bindings(count), Bootstrap::Never)?;
        let compiled = compiled.elapsed();
        let change = Delta::with(object(&binding("binding-x", "role", "user-1"))?);
        let ours = times(500, || drop(black_box(rbac.updated(&change)))).median;
        let _ = writeln!(
            table,
            "| one binding more at {count} (loading and compiling all: {compiled:.1?}) | | {ours:.1?} | |"
        );
    }
    Ok(table)
}

fn row(table: &mut String, question: &str, real: Duration, ours: Duration) {
    let ratio = real.as_secs_f64() / ours.as_secs_f64();
    let _ = writeln!(table, "| {question} | {real:.1?} | {ours:.1?} | {ratio:.1} |");
}

fn real(question: &str) -> Result<Duration, String> {
    let program = program("heavy-1.37")?;
    let output = Command::new(&program).args(["bench-rules", "-roles", &ROLES.to_string()]).output();
    let output = output.map_err(|error| format!("{}: {error}", program.display()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut found = lines.filter(|line| line.get("bench").and_then(Value::as_str) == Some(question));
    let nanos = found.next().and_then(|line| line.get("medianNs").and_then(Value::as_u64));
    nanos.map(Duration::from_nanos).ok_or_else(|| format!("the oracle measured no {question}"))
}

fn compile(objects: impl IntoIterator<Item = Value>, bootstrap: Bootstrap) -> Result<Rbac, String> {
    let objects: Result<Vec<Object>, String> = objects.into_iter().map(|value| object(&value)).collect();
    let cluster = Cluster::load(objects?, &LoadOptions::default()).map_err(|error| error.to_string())?;
    let mut options = Options::default();
    options.bootstrap = bootstrap;
    Rbac::compile(&cluster, &options).map_err(|error| error.to_string())
}

fn object(value: &Value) -> Result<Object, String> {
    Object::from_serialize(value).map_err(|error| error.to_string())
}

fn many_roles() -> impl Iterator<Item = Value> {
    (0..ROLES).flat_map(|role| {
        let rule = |rule: usize| {
            json!({
                "verbs": ["get", "list", "watch"], "apiGroups": [format!("group-{role}")],
                "resources": [format!("resource-{role}-{rule}")],
            })
        };
        let name = format!("role-{role}");
        let rules: Vec<Value> = (0..5).map(rule).collect();
        let made =
            json!({"apiVersion": API, "kind": "ClusterRole", "metadata": {"name": name}, "rules": rules});
        [made, binding(&format!("binding-{role}"), &name, "ann")]
    })
}

fn many_bindings(count: usize) -> impl Iterator<Item = Value> {
    let rules = json!([{"verbs": ["get"], "apiGroups": [""], "resources": ["pods"]}]);
    let role =
        json!({"apiVersion": API, "kind": "ClusterRole", "metadata": {"name": "role"}, "rules": rules});
    let bindings =
        (0..count).map(|number| binding(&format!("binding-{number:07}"), "role", &format!("user-{number}")));
    std::iter::once(role).chain(bindings)
}

fn binding(name: &str, role: &str, user: &str) -> Value {
    json!({
        "apiVersion": API, "kind": "ClusterRoleBinding", "metadata": {"name": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"kind": "User", "name": user}],
    })
}
