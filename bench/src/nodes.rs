//! The Node authorizer: building its graph and asking it, beside the real one over the same cluster.

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use kubelogic::access::{Attributes, UserInfo};
use kubelogic::cluster::{Cluster, LoadOptions};
use kubelogic::object::Object;
use kubelogic::rbac::{NodeAuthorizer, NodeOptions};
use serde_json::{Value, json};

use crate::measure::resident_kib;
use crate::oracle::program;

/// Volumes that are mounted with the same secret, as in the oracle's own benchmark.
const BEHIND: usize = 1_500;

/// One question as the oracle asks it, too.
struct Question {
    node: &'static str,
    resource: &'static str,
    namespace: &'static str,
    name: &'static str,
}

const QUESTIONS: &[Question] = &[
    Question { node: "node-7", resource: "pods", namespace: "namespace-7", name: "pod-7" },
    Question { node: "node-7", resource: "configmaps", namespace: "namespace-7", name: "kube-root-ca.crt" },
    Question { node: "node-7", resource: "secrets", namespace: "namespace-7", name: "secret-7" },
    Question { node: "node-8", resource: "secrets", namespace: "namespace-7", name: "secret-7" },
    Question { node: "node-7", resource: "secrets", namespace: "namespace-7", name: "none" },
    Question { node: "node-7", resource: "persistentvolumes", namespace: "", name: "volume-7" },
    Question { node: "node-8", resource: "persistentvolumes", namespace: "", name: "volume-7" },
    Question { node: "node-7", resource: "secrets", namespace: "storage", name: "key-0" },
    Question { node: "node-4999", resource: "secrets", namespace: "storage", name: "key-0" },
];

/// Measures at the given numbers of nodes, thirty pods and six volumes each: 5,000 unless said otherwise.
pub(crate) fn run(counts: &[String]) -> Result<String, String> {
    let counts: Result<Vec<usize>, _> = counts.iter().map(|count| count.parse()).collect();
    let mut counts = counts.map_err(|error| format!("no number of nodes: {error}"))?;
    if counts.is_empty() {
        counts = vec![5_000];
    }
    let mut table = String::from(
        "| nodes | question | allowed | real | ours | real / ours |\n|--:|---|---|--:|--:|--:|\n",
    );
    let mut sizes = String::from(
        "\n| nodes | pods | volumes | build, real | build, ours | ratio | graph, real | graph, ours | ratio |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for count in counts {
        measure(count, &mut table, &mut sizes)?;
    }
    Ok(table + &sizes)
}

fn measure(nodes: usize, table: &mut String, sizes: &mut String) -> Result<(), String> {
    let real = real(nodes)?;
    let (pods, volumes) = (30 * nodes, 6 * nodes);
    let objects = objects(nodes, pods, volumes)?;
    let cluster = Cluster::load(objects, &LoadOptions::default()).map_err(|error| error.to_string())?;
    let mut options = NodeOptions::default();
    // The real one is given what its informers hold: nobody checks it again.
    options.stored = true;
    let (before, _) = resident_kib();
    let start = Instant::now();
    let authorizer = NodeAuthorizer::compile(&cluster, &options).map_err(|error| error.to_string())?;
    let built = start.elapsed();
    let (after, _) = resident_kib();
    for (asked, real) in QUESTIONS.iter().zip(&real) {
        let text = |key: &str| real.get(key).and_then(Value::as_str).unwrap_or_default();
        let user =
            UserInfo::exact(format!("system:node:{}", asked.node), ["system:nodes", "system:authenticated"]);
        let request =
            Attributes::resource("get", "", asked.resource).in_namespace(asked.namespace).named(asked.name);
        let allowed = authorizer.decide(&user, &request).is_allowed();
        if Some(allowed) != real.get("allowed").and_then(Value::as_bool) {
            return Err(format!("`{}` is answered differently", text("question")));
        }
        let own = median(|| {
            black_box(authorizer.decide(black_box(&user), black_box(&request)));
        });
        let theirs = real.get("medianNs").and_then(Value::as_f64).unwrap_or_default();
        let ratio = theirs / (own.as_secs_f64() * 1e9);
        writeln!(
            table,
            "| {nodes} | {} | {} | {theirs:.0} ns | {} ns | {ratio:.0} |",
            text("question"),
            if allowed { "yes" } else { "no" },
            own.as_nanos()
        )
        .map_err(|error| error.to_string())?;
    }
    let first = real.first().ok_or("the oracle measured nothing")?;
    let number = |key: &str| first.get(key).and_then(Value::as_f64).unwrap_or_default();
    let (real_build, real_bytes) = (number("buildMs"), number("graphBytes"));
    let (own_build, own_bytes) = (built.as_secs_f64() * 1e3, authorizer.memory() as f64);
    writeln!(
        sizes,
        "| {nodes} | {pods} | {volumes} | {real_build:.0} ms | {own_build:.0} ms | {:.1} | {:.1} MiB | {:.1} MiB \
         ({} MiB more resident after building) | {:.1} |",
        real_build / own_build,
        real_bytes / MIB,
        own_bytes / MIB,
        after.saturating_sub(before) / 1_024,
        real_bytes / own_bytes
    )
    .map_err(|error| error.to_string())
}

const MIB: f64 = 1024.0 * 1024.0;

/// The median over many short runs of the mean time of a call: a single call is too short for the clock.
fn median(mut call: impl FnMut()) -> Duration {
    const CALLS: u32 = 64;
    const RUNS: usize = 4_000;
    let mut taken: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..CALLS {
                call();
            }
            start.elapsed() / CALLS
        })
        .collect();
    taken.sort_unstable();
    taken.get(RUNS / 2).copied().unwrap_or_default()
}

/// What the real authorizer took, question by question.
fn real(nodes: usize) -> Result<Vec<Value>, String> {
    let program = program("heavy-1.37")?;
    let output = Command::new(&program)
        .args(["-bench-node", &nodes.to_string(), "-budget", "1s"])
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !output.status.success() {
        return Err(format!("{}: {}", program.display(), String::from_utf8_lossy(&output.stderr)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).map_err(|error| error.to_string())).collect()
}

/// The cluster of the oracle's benchmark, object by object.
fn objects(nodes: usize, pods: usize, volumes: usize) -> Result<Vec<Object>, String> {
    let pod = |number: usize| {
        let mut mounted = vec![json!({
            "name": "token", "projected": {"sources": [{"configMap": {"name": "kube-root-ca.crt"}}]},
        })];
        if number < volumes {
            mounted.push(json!({
                "name": "data", "persistentVolumeClaim": {"claimName": format!("claim-{number}")},
            }));
        }
        json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": format!("pod-{number}"), "namespace": format!("namespace-{}", number % 100)},
            "spec": {
                "nodeName": format!("node-{}", number % nodes),
                "serviceAccountName": format!("account-{}", number % 20),
                "imagePullSecrets": [{"name": "pull"}],
                "containers": [{"name": "main", "envFrom": [
                    {"secretRef": {"name": format!("secret-{}", number % 50)}},
                    {"configMapRef": {"name": format!("settings-{}", number % 50)}},
                ]}],
                "volumes": mounted,
            },
        })
    };
    let volume = |number: usize| {
        json!({
            "apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": format!("volume-{number}")},
            "spec": {
                "claimRef": {
                    "namespace": format!("namespace-{}", number % 100), "name": format!("claim-{number}"),
                },
                "csi": {"nodeStageSecretRef": {"namespace": "storage", "name": format!("key-{}", number / BEHIND)}},
            },
        })
    };
    let made: Result<Vec<Object>, _> = (0..pods)
        .map(pod)
        .chain((0..volumes).map(volume))
        .map(|value| Object::from_serialize(&value))
        .collect();
    made.map_err(|error| error.to_string())
}
