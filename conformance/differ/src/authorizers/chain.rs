//! Whole chains: every type of authorizer in any order.

use serde_json::{Map, Value, json};

use super::{abac, node, user};
use crate::access;
use crate::random::Random;

/// Expressions with what becomes of them for every request.
const CONDITIONS: &[(&str, Option<bool>)] = &[
    ("true", Some(true)),
    ("false", Some(false)),
    ("!false", Some(true)),
    ("1 == 2", Some(false)),
    ("1/0 == 1", None),
    ("[1][2] == 1", None),
];

/// What Go's library says of the expressions that cannot be evaluated.
fn failure(expression: &str) -> &'static str {
    if expression.starts_with("1/0") { "division by zero" } else { "index out of bounds: 2" }
}

/// A chain, a cluster and requests.
pub(super) fn question(random: &mut Random, number: usize) -> Value {
    let seed = u64::try_from(number).unwrap_or(0).wrapping_add(random.below(1 << 30) as u64);
    let mut question = access::made_up(seed, 40);
    let mut objects = question.get("objects").and_then(Value::as_array).cloned().unwrap_or_default();
    objects.extend(node::objects(random));
    let mut questions = question.get("questions").and_then(Value::as_array).cloned().unwrap_or_default();
    for _ in 0..60 {
        let request = if random.once_in(3) { abac::request(random) } else { node::request(random) };
        questions.push(json!({"user": user(random), "request": request}));
    }
    let mut chain = Map::new();
    let mut webhooks = Map::new();
    let mut modes: Vec<&str> = vec!["Node", "RBAC", "ABAC", "Webhook", "AlwaysDeny", "AlwaysAllow"];
    // A chain that allows everything at its end would hide the rest.
    modes.truncate(if random.once_in(6) { 6 } else { 5 });
    for index in (1..modes.len()).rev() {
        modes.swap(index, random.below(index + 1));
    }
    modes.truncate(1 + random.below(modes.len()));
    if random.once_in(2) {
        if modes.contains(&"Webhook") {
            webhooks.insert("default".to_owned(), webhook(random, &[]));
        }
        chain.insert("modes".to_owned(), json!(modes));
    } else {
        let authorizers = modes.iter().enumerate().map(|(index, mode)| {
            if *mode != "Webhook" {
                return json!({"type": mode, "name": mode.to_lowercase()});
            }
            let name = format!("hook{index}");
            let conditions: Vec<&(&str, Option<bool>)> =
                CONDITIONS.iter().filter(|_| random.once_in(5)).collect();
            webhooks.insert(name.clone(), webhook(random, &conditions));
            let expressions = conditions.iter().map(|(expression, _)| json!({"expression": expression}));
            json!({"type": "Webhook", "name": name, "webhook": {
                "timeout": "3s", "subjectAccessReviewVersion": "v1",
                "matchConditionSubjectAccessReviewVersion": "v1",
                "failurePolicy": random.pick(&["Deny", "NoOpinion"]),
                "connectionInfo": {"type": "KubeConfigFile", "kubeConfigFile": "/etc/hosts"},
                "matchConditions": expressions.collect::<Vec<_>>(),
            }})
        });
        let configuration = json!({
            "apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthorizationConfiguration",
            "authorizers": authorizers.collect::<Vec<_>>(),
        });
        chain.insert("configuration".to_owned(), json!(configuration.to_string()));
    }
    if modes.contains(&"ABAC") {
        let lines: Vec<String> = (0..random.below(4)).map(|_| abac::policy(random).to_string()).collect();
        chain.insert("policy".to_owned(), json!(lines.join("\n")));
    }
    chain.insert("webhooks".to_owned(), Value::Object(webhooks));
    if let Some(fields) = question.as_object_mut() {
        fields.remove("order");
        fields.insert("ask".to_owned(), json!("access.authorize"));
        fields.insert("aggregate".to_owned(), json!(false));
        fields.insert("objects".to_owned(), json!(objects));
        fields.insert("questions".to_owned(), json!(questions));
        fields.insert("chain".to_owned(), Value::Object(chain));
    }
    question
}

/// What a webhook answers. The oracle's own client says in which request an error occurred.
fn webhook(random: &mut Random, conditions: &[&(&str, Option<bool>)]) -> Value {
    let evaluated: Map<String, Value> = conditions
        .iter()
        .map(|(expression, holds)| {
            let outcome = match holds {
                Some(holds) => json!(holds),
                None => json!(failure(expression)),
            };
            ((*expression).to_owned(), outcome)
        })
        .collect();
    let mut webhook = json!({
        "allowed": random.once_in(3), "denied": random.once_in(6), "reason": random.pick(&["", "because", "a\nb"]),
        "conditions": evaluated,
    });
    if random.once_in(5)
        && let Some(fields) = webhook.as_object_mut()
    {
        fields.insert("error".to_owned(), json!("Post \"https://webhook.example/\": out of reach"));
    }
    webhook
}
