//! The file of a baseline.

use kubelogic_core::decode::{DecodeError, Decoder, FieldValidation};
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Object};
use kubelogic_core::read::write::to_yaml;
use serde_json::json;

use super::{Baseline, Known};

const API_VERSION: &str = "kubelogic/v1alpha1";
const KIND: &str = "Baseline";

kubelogic_core::model! {
    struct BaselineFile {
        api_version: String = "apiVersion",
        kind: String = "kind",
        findings: Vec<Line> = "findings",
        ; ignore "metadata"
    }

    struct Line {
        code: String = "code",
        source: String = "source",
        object: String = "object",
        path: String = "path",
        fingerprint: String = "fingerprint",
    }
}

/// Why an object is no baseline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.message)]
pub struct BaselineError(Box<Finding>);

impl BaselineError {
    /// The error with its code and place.
    pub fn finding(&self) -> &Finding {
        &self.0
    }
}

pub(super) fn read(object: &Object) -> Result<Baseline, BaselineError> {
    let location = object.root().location(FieldPath::root());
    let refused = |message: String, location| {
        BaselineError(Box::new(Finding::new("check/baseline", Severity::Error, message).at(location)))
    };
    if object.api_version() != API_VERSION || object.kind() != KIND {
        let message =
            format!("this is no baseline: `apiVersion: {API_VERSION}` and `kind: {KIND}` are expected");
        return Err(refused(message, location));
    }
    let mut decoder = Decoder::new(FieldValidation::Strict);
    let file: BaselineFile = decoder.decode(object.root());
    let lines = object.root().get("findings").map(|lines| lines.items());
    let mut findings = Vec::with_capacity(file.findings.len());
    for (index, (line, value)) in file.findings.into_iter().zip(lines.into_iter().flatten()).enumerate() {
        let path = FieldPath::root().field("findings").index(index);
        for key in ["code", "fingerprint"] {
            if value.get(key).is_none() {
                decoder.missing(path.clone().field(key), value);
            }
        }
        let Line { code, source, object, path: field, fingerprint } = line;
        findings.push(Known {
            code,
            source,
            object,
            path: field,
            fingerprint,
            location: Some(value.location(path)),
        });
    }
    let (problems, _) = decoder.finish();
    match problems.first() {
        Some(problem) => Err(refused(message(problem), problem.location().clone())),
        None => Ok(Baseline { location: Some(location), findings }),
    }
}

fn message(problem: &DecodeError) -> String {
    format!("the baseline cannot be used: {problem}")
}

pub(super) fn write(baseline: &Baseline) -> String {
    let file = json!({"apiVersion": API_VERSION, "kind": KIND, "findings": baseline.findings});
    let head = "# Findings that `kubelogic check --baseline` does not report; written by --write-baseline.\n";
    match Object::from_serialize(&file) {
        Ok(object) => format!("{head}{}", to_yaml(object.root())),
        // JSON is YAML as well. Nothing in a baseline has no place in an object.
        Err(_) => format!("{head}{file}\n"),
    }
}
