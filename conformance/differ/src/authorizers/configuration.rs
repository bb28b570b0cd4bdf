//! Authorization configurations, many of them wrong.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// One configuration as a text.
pub(super) fn question(random: &mut Random) -> Value {
    json!({"ask": "access.configuration", "text": text(random), "path": "configuration"})
}

fn text(random: &mut Random) -> String {
    if random.once_in(40) {
        return random.pick(&["", "{}", "null", "a: b", "5", "[]", "x: [", "---\n"]).to_owned();
    }
    let mut whole = Map::new();
    let version = if random.once_in(12) {
        random.pick(&["apiserver.config.k8s.io/v2", "v1", "", "a/b/c", "apiserver.k8s.io/v1alpha1"])
    } else {
        random.pick(&[
            "apiserver.config.k8s.io/v1",
            "apiserver.config.k8s.io/v1beta1",
            "apiserver.config.k8s.io/v1alpha1",
        ])
    };
    whole.insert("apiVersion".to_owned(), json!(version));
    let kind = if random.once_in(15) {
        random.pick(&["Pod", "", "AuthenticationConfiguration", "authorizationConfiguration"])
    } else {
        "AuthorizationConfiguration"
    };
    whole.insert("kind".to_owned(), json!(kind));
    if !random.once_in(15) {
        let authorizers: Vec<Value> = (0..random.below(5)).map(|_| authorizer(random)).collect();
        whole.insert("authorizers".to_owned(), json!(authorizers));
    }
    if random.once_in(25) {
        whole.insert(random.pick(&["foo", "metadata", "Authorizers"]).to_owned(), json!(1));
    }
    Value::Object(whole).to_string()
}

fn authorizer(random: &mut Random) -> Value {
    let kind = random.pick(&[
        "Node",
        "RBAC",
        "ABAC",
        "Webhook",
        "Webhook",
        "Webhook",
        "AlwaysAllow",
        "AlwaysDeny",
        "",
        "Foo",
        "rbac",
    ]);
    let name = match random.below(6) {
        0 => random.pick(&["", "A_b", "a.b", "node", "-a", "rbac"]).to_owned(),
        _ if kind == "Webhook" => format!("w{}", random.below(4)),
        _ => kind.to_lowercase(),
    };
    let mut fields = Map::from_iter([("type".to_owned(), json!(kind)), ("name".to_owned(), json!(name))]);
    if kind == "Webhook" && !random.once_in(10) || random.once_in(15) {
        fields.insert("webhook".to_owned(), webhook(random));
    }
    if random.once_in(30) {
        fields.insert(random.pick(&["foo", "Name"]).to_owned(), json!("x"));
    }
    if random.once_in(40) {
        fields.insert("name".to_owned(), random_value(random));
    }
    Value::Object(fields)
}

fn random_value(random: &mut Random) -> Value {
    match random.below(5) {
        0 => Value::Null,
        1 => json!(5),
        2 => json!([]),
        3 => json!({}),
        _ => json!(true),
    }
}

fn webhook(random: &mut Random) -> Value {
    let mut fields = Map::new();
    let mut put = |random: &mut Random, field: &str, good: &str, others: &[&str]| match random.below(10) {
        0 => {}
        1 => {
            fields.insert(field.to_owned(), json!(random.pick(others)));
        }
        2 if random.once_in(6) => {
            let value = random_value(random);
            fields.insert(field.to_owned(), value);
        }
        _ => {
            fields.insert(field.to_owned(), json!(good));
        }
    };
    let durations = &["0s", "-1s", "31s", "30s", "1h", "x", "", "1.5s", "5"];
    put(random, "timeout", "3s", durations);
    put(random, "authorizedTTL", "5m", durations);
    put(random, "unauthorizedTTL", "30s", durations);
    put(random, "subjectAccessReviewVersion", "v1", &["v1beta1", "v2", ""]);
    put(random, "matchConditionSubjectAccessReviewVersion", "v1", &["v1beta1", ""]);
    put(random, "failurePolicy", "Deny", &["NoOpinion", "deny", ""]);
    if random.once_in(4) {
        fields.insert("cacheAuthorizedRequests".to_owned(), json!(random.once_in(2)));
    }
    if !random.once_in(10) {
        let mut connection = Map::new();
        connection.insert(
            "type".to_owned(),
            json!(random.pick(&[
                "KubeConfigFile",
                "KubeConfigFile",
                "KubeConfigFile",
                "InClusterConfig",
                "",
                "X"
            ])),
        );
        match random.below(6) {
            0 => {}
            1 => {
                connection.insert("kubeConfigFile".to_owned(), Value::Null);
            }
            2 => {
                connection.insert("kubeConfigFile".to_owned(), json!(random.pick(&["", "relative", "a<b"])));
            }
            _ => {
                connection.insert("kubeConfigFile".to_owned(), json!("/etc/hosts"));
            }
        }
        fields.insert("connectionInfo".to_owned(), Value::Object(connection));
    }
    if random.once_in(2) {
        let count = if random.once_in(40) { 66 } else { random.below(4) };
        let conditions: Vec<Value> = (0..count)
            .map(|number| match random.below(6) {
                0 => json!({"expression": random.pick(&["", "  ", "true"])}),
                1 => json!({}),
                _ => json!({"expression": format!("request.user == 'u{}'", number % 60)}),
            })
            .collect();
        fields.insert("matchConditions".to_owned(), json!(conditions));
    }
    Value::Object(fields)
}
