//! Whether two answers to one input are the same.

use serde_json::Value;

pub(super) enum Verdict {
    Same,
    /// The same, and a refusal.
    Refused,
    /// Beyond the number of digits that kubelogic calculates with, which is a documented difference.
    Capped,
    Different,
}

pub(super) fn verdict(ours: &Value, real: &Value) -> Verdict {
    let error = |answer: &Value| answer.get("error").and_then(Value::as_str).map(str::to_owned);
    if error(ours).is_some_and(|text| text.contains("more than 10000 digits")) {
        return Verdict::Capped;
    }
    if !holds(real, ours) || error(ours) != error(real) {
        return Verdict::Different;
    }
    let complains = real.as_array().is_some_and(|problems| !problems.is_empty());
    if complains || error(real).is_some() { Verdict::Refused } else { Verdict::Same }
}

/// Whether everything that is expected is in the answer, which may say more.
fn holds(expected: &Value, answer: &Value) -> bool {
    match (expected, answer) {
        (Value::Object(expected), Value::Object(answer)) => {
            expected.iter().all(|(key, value)| answer.get(key).is_some_and(|answer| holds(value, answer)))
        }
        (Value::Array(expected), Value::Array(answer)) => {
            expected.len() == answer.len()
                && expected.iter().zip(answer).all(|(expected, answer)| holds(expected, answer))
        }
        _ => expected == answer,
    }
}
