//! The example of a user who may not ask a kubelet, asked of the catalogue.

#![cfg(test)]

use std::path::Path;

use kubelogic::ask::Catalogue;
use kubelogic::{LoadOptions, files};
use serde_json::{Value, json};

fn asked(folder: &str, request: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/kubelet").join(folder);
    let cluster = files::load(&[path], &LoadOptions::default()).unwrap();
    let question = json!({
        "ask": "request.kubelet", "node": "worker-0", "request": request,
        "user": {"name": "kubernetes", "groups": ["system:authenticated"]},
    });
    let answer = Catalogue::new(Some(cluster)).ask(&question.to_string()).unwrap();
    serde_json::from_str::<Value>(&answer).unwrap()["result"].take()
}

#[test]
fn exec_and_logs_are_forbidden_until_the_user_is_bound() {
    for (request, verb) in
        [("POST /exec/shop/web/app?command=sh", "create"), ("GET /containerLogs/shop/web/app", "get")]
    {
        let before = asked("before", request);
        assert_eq!(before["allowed"], false);
        let refusal =
            format!("Forbidden (user=kubernetes, verb={verb}, resource=nodes, subresource(s)=[proxy])\n");
        assert_eq!(before["refusal"], refusal);
        let after = asked("after", request);
        assert_eq!((&after["allowed"], &after["allowedBy"]), (&json!(true), &json!("proxy")));
    }
}
