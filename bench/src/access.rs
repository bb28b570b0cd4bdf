//! May this user do that: cold, warm and at every size, beside the real authorizer.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use kubelogic::access::{Attributes, UserInfo};
use kubelogic::cluster::{Cluster, LoadOptions};
use kubelogic::object::Object;
use kubelogic::rbac::{Bootstrap, Options, Rbac};
use serde_json::{Value, json};

use crate::measure::resident_kib;
use crate::oracle::program;

/// ClusterRoles that the bindings share, and rules of each, as in the oracle's own benchmark.
const ROLES: usize = 100;
const RULES: usize = 5;
/// Bindings up to which the real authorizer is asked, too; beyond, one call takes most of a second.
const REAL_UP_TO: usize = 100_000;
/// Users asked one after the other, so that not every look-up is in the processor's cache.
const USERS: usize = 1_024;

/// Measures at the given numbers of bindings: 10,000, 100,000 and 1,000,000 unless said otherwise.
pub(crate) fn run(counts: &[String]) -> Result<String, String> {
    let counts: Result<Vec<usize>, _> = counts.iter().map(|count| count.parse()).collect();
    let mut counts = counts.map_err(|error| format!("no number of bindings: {error}"))?;
    if counts.is_empty() {
        counts = vec![10_000, 100_000, 1_000_000];
    }
    let mut table = String::from(
        "| bindings | question | real authorizer | cold | warm | real / cold |\n|--:|---|--:|--:|--:|--:|\n",
    );
    let mut sizes = String::from(
        "\n| bindings | load | compile | index | index and objects, resident | real stores |\n|--:|--:|--:|--:|--:|--:|\n",
    );
    for count in counts {
        let real = if count <= REAL_UP_TO { real(count)? } else { Vec::new() };
        measure(count, &real, &mut table, &mut sizes)?;
    }
    Ok(table + &sizes)
}

/// What the real authorizer took, by the name of the question.
struct Real {
    outcome: String,
    median: Duration,
    store_mib: f64,
}

fn real(bindings: usize) -> Result<Vec<Real>, String> {
    let program = program("heavy-1.37")?;
    let output = Command::new(&program)
        .args(["-bench", &bindings.to_string(), "-subjects", "3", "-budget", "2s"])
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("{}: {}", program.display(), String::from_utf8_lossy(&output.stderr)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().map(|line| {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let number = |key: &str| line.get(key).and_then(Value::as_f64).ok_or(format!("no {key}"));
        Ok(Real {
            outcome: line.get("outcome").and_then(Value::as_str).unwrap_or_default().to_owned(),
            median: Duration::from_secs_f64(number("medianNs")? / 1e9),
            store_mib: number("storeBytes")? / MIB,
        })
    });
    lines.collect()
}

/// A user, three groups and a request in one namespace.
struct Asked {
    user: UserInfo,
    verb: &'static str,
    group: String,
    resource: String,
}

impl Asked {
    fn attributes(&self) -> Attributes<'_> {
        Attributes::resource(self.verb, &self.group, &self.resource).in_namespace("default").named("x")
    }
}

fn asked(outcome: &str, member: usize) -> Asked {
    let role = member % ROLES;
    let groups = ["developers", "oidc:team", "system:authenticated"];
    let user = if outcome == "deny-stranger" { "stranger".to_owned() } else { format!("user-{member}") };
    Asked {
        user: UserInfo::exact(user, groups),
        verb: if outcome == "deny-member" { "delete" } else { "get" },
        group: format!("group-{role}.example.com"),
        resource: format!("resource-{role}-4"),
    }
}

fn measure(bindings: usize, real: &[Real], table: &mut String, sizes: &mut String) -> Result<(), String> {
    let (before, _) = resident_kib();
    let objects = objects(bindings)?;
    let start = Instant::now();
    let cluster = Cluster::load(objects, &LoadOptions::default()).map_err(|error| error.to_string())?;
    let loaded = start.elapsed();
    let compiling = Instant::now();
    let mut options = Options::default();
    options.bootstrap = Bootstrap::Never;
    let rbac = Rbac::compile(&cluster, &options).map_err(|error| error.to_string())?;
    let compiled = compiling.elapsed();
    let (after, _) = resident_kib();

    for outcome in ["deny-stranger", "deny-member", "allow-member"] {
        let one = [asked(outcome, bindings / 2)];
        let times = ask(&rbac, &one, outcome == "allow-member")?;
        let real = real.iter().find(|real| real.outcome == outcome);
        row(table, (bindings, outcome), real.map(|real| real.median), times);
    }
    // A different user each time, with a group that a thousandth of the bindings name.
    let spread: Vec<Asked> = (0..USERS)
        .map(|number| {
            let member = number.wrapping_mul(0x9E37_79B9) % bindings;
            let mut asked = asked("allow-member", member);
            asked.user.groups =
                vec![format!("group-{}", member % 1_000), "oidc:team".into(), "system:authenticated".into()];
            asked
        })
        .collect();
    let times = ask(&rbac, &spread, true)?;
    row(table, (bindings, "allow, always another member"), None, times);

    let store = real.first().map_or("-".to_owned(), |real| format!("{:.0} MiB", real.store_mib));
    let resident = after.saturating_sub(before) / 1_024;
    writeln!(
        sizes,
        "| {bindings} | {:.2} s | {:.2} s | {} MiB | {resident} MiB | {store} |",
        loaded.as_secs_f64(),
        compiled.as_secs_f64(),
        rbac.memory() >> 20
    )
    .map_err(|error| error.to_string())
}

const MIB: f64 = 1024.0 * 1024.0;

/// Median times of one decision: from strings, and with user and request looked up before.
fn ask(rbac: &Rbac, asked: &[Asked], allowed: bool) -> Result<(Duration, Duration), String> {
    let right =
        asked.iter().all(|asked| rbac.decide(&asked.user, &asked.attributes()).is_allowed() == allowed);
    if !right {
        return Err("a question was answered wrongly".to_owned());
    }
    let cold = median(asked.len(), |index| {
        if let Some(asked) = asked.get(index) {
            black_box(rbac.decide(black_box(&asked.user), &black_box(asked.attributes())));
        }
    });
    let resolved: Vec<_> =
        asked.iter().map(|asked| (rbac.resolve(&asked.user), rbac.request(&asked.attributes()))).collect();
    let warm = median(resolved.len(), |index| {
        if let Some((principal, request)) = resolved.get(index) {
            let _ = black_box(rbac.decide_resolved(black_box(principal), black_box(request)));
        }
    });
    Ok((cold, warm))
}

/// The median over many short runs of the mean time of a call: a single call is too short for the clock.
fn median(inputs: usize, mut call: impl FnMut(usize)) -> Duration {
    const CALLS: u32 = 64;
    const RUNS: usize = 4_000;
    let mut next = 0;
    let mut taken: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..CALLS {
                call(next);
                next = if next + 1 == inputs { 0 } else { next + 1 };
            }
            start.elapsed() / CALLS
        })
        .collect();
    taken.sort_unstable();
    taken.get(RUNS / 2).copied().unwrap_or_default()
}

fn row(
    table: &mut String,
    (bindings, what): (usize, &str),
    real: Option<Duration>,
    (cold, warm): (Duration, Duration),
) {
    let real_time = real.map_or("-".to_owned(), short);
    let ratio = real.map_or("-".to_owned(), |real| format!("{:.0}", real.as_secs_f64() / cold.as_secs_f64()));
    // Writing to a string cannot fail.
    let _ = writeln!(
        table,
        "| {bindings} | {what} | {real_time} | {} | {} | {ratio} |",
        short(cold),
        short(warm)
    );
}

fn short(time: Duration) -> String {
    let nanos = time.as_nanos();
    match nanos {
        0..10_000 => format!("{nanos} ns"),
        10_000..10_000_000 => format!("{:.1} us", time.as_secs_f64() * 1e6),
        _ => format!("{:.1} ms", time.as_secs_f64() * 1e3),
    }
}

/// The policy of the oracle's benchmark (`heavy -bench-objects`), object by object.
fn objects(bindings: usize) -> Result<Vec<Object>, String> {
    const GROUP: &str = "rbac.authorization.k8s.io";
    const VERSION: &str = "rbac.authorization.k8s.io/v1";
    let roles = (0..ROLES).map(|role| {
        let rules: Vec<Value> = (0..RULES)
            .map(|rule| {
                json!({
                    "verbs": ["get", "list", "watch"], "apiGroups": [format!("group-{role}.example.com")],
                    "resources": [format!("resource-{role}-{rule}")],
                })
            })
            .collect();
        json!({"apiVersion": VERSION, "kind": "ClusterRole", "metadata": {"name": format!("role-{role}")}, "rules": rules})
    });
    let bindings = (0..bindings).map(|binding| {
        json!({
            "apiVersion": VERSION, "kind": "ClusterRoleBinding",
            "metadata": {"name": format!("binding-{binding:07}")},
            "roleRef": {"apiGroup": GROUP, "kind": "ClusterRole", "name": format!("role-{}", binding % ROLES)},
            "subjects": [
                {"apiGroup": GROUP, "kind": "User", "name": format!("user-{binding}")},
                {"apiGroup": GROUP, "kind": "Group", "name": format!("group-{}", binding % 1_000)},
                {"kind": "ServiceAccount", "namespace": format!("namespace-{}", binding % 50), "name": format!("sa-{binding}")},
            ],
        })
    });
    let made: Result<Vec<Object>, _> =
        roles.chain(bindings).map(|value| Object::from_serialize(&value)).collect();
    made.map_err(|error| error.to_string())
}
