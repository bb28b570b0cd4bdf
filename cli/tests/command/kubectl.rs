//! `can-i` says and does what `kubectl auth can-i` does.
//!
//! The expected outputs are those of kubectl 1.37.1, run against discovery documents, impersonation and the RBAC
//! authorizer of Kubernetes 1.37.1 holding the objects of `examples/shop`: see `conformance/oracle/review`.

use serde::Deserialize;

use super::world::{below_root, run};

#[derive(Deserialize)]
struct Recorded {
    about: String,
    args: Vec<String>,
    exit: u8,
    stdout: String,
    stderr: String,
}

#[test]
fn answers_warnings_and_exit_codes_are_those_of_kubectl() {
    let shop = below_root("examples/shop");
    let cases = include_str!("../kubectl/can-i.1.37.jsonl").lines();
    let mut count = 0;
    for line in cases {
        let recorded: Recorded = serde_json::from_str(line).unwrap();
        let mut arguments = vec!["can-i"];
        arguments.extend(recorded.args.iter().map(String::as_str));
        arguments.extend(["-f", &shop]);
        let ended = run(&arguments);
        let ours = (ended.code, ended.stdout.as_str(), ended.stderr.as_str());
        let kubectls = (recorded.exit, recorded.stdout.as_str(), recorded.stderr.as_str());
        assert_eq!(ours, kubectls, "{}: {:?}", recorded.about, recorded.args);
        count += 1;
    }
    assert!(count >= 50, "only {count} cases");
}
