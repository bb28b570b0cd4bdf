//! The same question, answered by this library.

use kubelogic_core::access::{Attributes, Authorizer as _, Decision, UserInfo};
use kubelogic_core::cluster::{Cluster, LoadOptions, OnDuplicate};
use kubelogic_core::object::Object;
use kubelogic_rbac::{Bootstrap, Options, Rbac};
use serde_json::{Map, Value, json};

use crate::error::DifferError;

/// The answers to a question of the oracle's form `access.can-many` with `order: "all"`.
pub(super) fn results(question: &Value, version: &str) -> Result<Vec<Value>, DifferError> {
    let rbac = compile(question, version)?;
    let asked = list(question, "questions")?;
    asked.iter().map(|asked| verdict(&rbac, asked)).collect()
}

fn compile(question: &Value, version: &str) -> Result<Rbac, DifferError> {
    let mut load = LoadOptions::default();
    load.kube_version = version.parse().map_err(unanswered)?;
    load.on_duplicate = OnDuplicate::Last;
    let mut options = Options::default();
    // The oracle asks the authorizer about stored objects and validates nothing.
    options.stored = true;
    options.bootstrap = if is(question, "bootstrap") { Bootstrap::Auto } else { Bootstrap::Never };
    options.aggregate = is(question, "aggregate");
    let objects = list(question, "objects")?;
    let objects: Result<Vec<Object>, _> = objects.iter().map(Object::from_serialize).collect();
    let cluster = Cluster::load(objects.map_err(unanswered)?, &load).map_err(unanswered)?;
    Rbac::compile(&cluster, &options).map_err(unanswered)
}

fn verdict(rbac: &Rbac, asked: &Value) -> Result<Value, DifferError> {
    let user: UserInfo = serde_json::from_value(asked.get("user").cloned().unwrap_or_default())?;
    let field = |key: &str| asked.get("request").and_then(|request| request.get(key)).and_then(Value::as_str);
    let word = |key: &str| field(key).unwrap_or_default();
    let attributes = match field("path") {
        Some(path) => Attributes::path(word("verb"), path),
        None => Attributes::resource(word("verb"), word("group"), word("resource"))
            .subresource(word("subresource"))
            .named(word("name"))
            .in_namespace(word("namespace")),
    };
    let authorization = rbac.authorize(&user, &attributes);
    let decision = rbac.decide(&user, &attributes);
    let warm = rbac.decide_resolved(&rbac.resolve(&user), &rbac.request(&attributes));
    if warm.ok() != Some(decision) {
        return Err(unanswered(format!("looked up before or not, the decision differs: {attributes}")));
    }
    let allowed = authorization.decision == Decision::Allow;
    let mut verdict = Map::new();
    verdict.insert("allowed".to_owned(), json!(allowed));
    verdict.insert("reason".to_owned(), json!(authorization.reason));
    if let Some(error) = authorization.error {
        verdict.insert("error".to_owned(), json!(error));
    }
    let reasons = rbac.reasons(&user, &attributes);
    if !reasons.is_empty() {
        verdict.insert("reasons".to_owned(), json!(reasons));
    }
    Ok(Value::Object(verdict))
}

fn list<'a>(question: &'a Value, key: &str) -> Result<&'a Vec<Value>, DifferError> {
    question
        .get(key)
        .and_then(Value::as_array)
        .ok_or_else(|| unanswered(format!("a question without `{key}`")))
}

fn is(question: &Value, key: &str) -> bool {
    question.get(key) == Some(&Value::Bool(true))
}

fn unanswered(reason: impl std::fmt::Display) -> DifferError {
    DifferError::Unanswered(format!("{reason}"))
}
