//! `can-i` says and does what `kubectl auth can-i` does.
//!
//! The expected outputs are those of kubectl 1.37.1, run against discovery documents, impersonation and the RBAC
//! authorizer of Kubernetes 1.37.1 holding the same objects: see `conformance/oracle/review`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::world::{below_root, repository, run};

#[derive(Deserialize)]
struct Recorded {
    about: String,
    args: Vec<String>,
    exit: u8,
    stdout: String,
    stderr: String,
}

/// Asks everything that was recorded, and returns how much that was.
fn replay(recorded: &str, input: &[&str]) -> usize {
    let lines = recorded.lines().map(|line| {
        let recorded: Recorded = serde_json::from_str(line).unwrap();
        let mut arguments = vec!["can-i"];
        arguments.extend(recorded.args.iter().map(String::as_str));
        arguments.extend(input);
        let ended = run(&arguments);
        let ours = (ended.code, ended.stdout.as_str(), ended.stderr.as_str());
        let kubectls = (recorded.exit, recorded.stdout.as_str(), recorded.stderr.as_str());
        assert_eq!(ours, kubectls, "{}: {:?}", recorded.about, recorded.args);
    });
    lines.count()
}

/// A folder of published manifests that lies beside the repository, or where `KUBELOGIC_CORPUS` says.
fn corpus(name: &str) -> Option<PathBuf> {
    let beside = repository().join("../shared/corpus");
    let folder = std::env::var_os("KUBELOGIC_CORPUS").map_or(beside, PathBuf::from).join(name);
    if Path::new(&folder).exists() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
    eprintln!("skipped: {} is missing", folder.display());
    None
}

#[test]
fn answers_warnings_and_exit_codes_about_the_shop_are_those_of_kubectl() {
    let recorded = include_str!("../kubectl/shop.1.37.jsonl");
    assert_eq!(replay(recorded, &["-f", &below_root("examples/shop")]), 53);
}

#[test]
fn answers_about_kube_prometheus_are_those_of_kubectl() {
    let Some(folder) = corpus("kube-prometheus/manifests") else { return };
    let recorded = include_str!("../kubectl/kube-prometheus.1.37.jsonl");
    assert_eq!(replay(recorded, &["-f", folder.to_str().unwrap()]), 16);
}

#[test]
fn answers_about_argo_cd_are_those_of_kubectl() {
    let Some(file) = corpus("argo-cd/ha-install.yaml") else { return };
    let recorded = include_str!("../kubectl/argo-cd.1.37.jsonl");
    let input = ["--default-namespace", "argocd", "-f", file.to_str().unwrap()];
    assert_eq!(replay(recorded, &input), 16);
}
