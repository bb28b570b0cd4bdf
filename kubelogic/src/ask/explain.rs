//! The question what a kind and its fields are.

use kubelogic_core::answer::Answer;
use kubelogic_core::schema::{ExplainError, Explained, GroupVersion, Target, explain};

use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// What is this kind, or this field, and what is below it?
    SchemaExplainQuestion {
        /// A resource or kind as `kubectl explain` takes it, with or without a path: `deploy`, `pods.spec.volumes`,
        /// `KubeletConfiguration`.
        #[serde(default)]
        resource: Option<String>,
        /// Only in this version of a group, such as `apps/v1`.
        #[serde(default)]
        api_version: Option<String>,
        /// In place of `resource`: a kind of `apiVersion`, in its own letters.
        #[serde(default)]
        kind: Option<String>,
        /// The field to explain, such as `spec.template`; behind what `resource` names.
        #[serde(default)]
        path: String,
        /// Fields below fields, down to scalars.
        #[serde(default)]
        recursive: bool,
    }
}

pub(super) fn schema_explain(
    _: &Catalogue,
    question: SchemaExplainQuestion,
) -> Result<Answer<Explained>, AskError> {
    let SchemaExplainQuestion { kube_version, resource, api_version, kind, path, recursive, .. } = question;
    let version = kube_version.unwrap_or_default();
    let api_version = api_version.map(|text| text.parse::<GroupVersion>()).transpose();
    let api_version =
        api_version.map_err(|error| AskError::bad_question(format!("`apiVersion`: {error}")))?;
    let target = match (&resource, &kind, &api_version) {
        (Some(word), None, None) => Target::of_word(&joined(word, &path), version)?,
        (Some(word), None, Some(within)) => Target::of_word_in(&joined(word, &path), within, version)?,
        (None, Some(kind), Some(within)) => Target::new(within, kind, &path),
        _ => {
            let message = "the question needs either `resource`, or `apiVersion` and `kind`";
            return Err(AskError::bad_question(message));
        }
    };
    Ok(Answer::new(explain(&target, version, recursive)?, version))
}

fn joined(word: &str, path: &str) -> String {
    if path.is_empty() { word.to_owned() } else { format!("{word}.{path}") }
}

impl From<ExplainError> for AskError {
    fn from(error: ExplainError) -> Self {
        let mut asked = Self::new(error.code(), error.to_string());
        asked.help = error.help().map(str::to_owned);
        asked
    }
}

#[cfg(test)]
mod tests {
    use crate::ask::Catalogue;

    fn ask(fields: &str) -> serde_json::Value {
        let question = format!(r#"{{"ask": "schema.explain", {fields}}}"#);
        serde_json::from_str(&Catalogue::new(None).answer(&question)).unwrap()
    }

    #[test]
    fn a_kind_is_named_in_either_way() {
        let by_word = ask(r#""resource": "deploy.spec", "path": "strategy""#);
        let by_kind = ask(r#""apiVersion": "apps/v1", "kind": "Deployment", "path": "spec.strategy""#);
        assert_eq!(by_word, by_kind);
        let result = &by_word["answer"]["result"];
        assert_eq!((&result["kind"], &result["path"]), (&"Deployment".into(), &"spec.strategy".into()));
        assert_eq!(result["field"]["type"], "DeploymentStrategy");
        assert_eq!(result["field"]["patchStrategy"], "retainKeys");
        let older = ask(r#""resource": "hpa", "apiVersion": "autoscaling/v1""#);
        assert_eq!(older["answer"]["result"]["version"], "v1");
    }

    #[test]
    fn what_is_not_there_is_an_error_that_helps() {
        let error = &ask(r#""resource": "deploy.spec.replica""#)["error"];
        assert_eq!(error["code"], "schema/unknown-field");
        assert_eq!(error["message"], "`Deployment.spec` has no field `replica`");
        assert_eq!(error["help"], "did you mean `replicas`?");
        assert_eq!(ask(r#""resource": "unicorns""#)["error"]["code"], "schema/unknown-kind");
        for bad in [
            r#""kind": "Pod""#,
            r#""resource": "po", "kind": "Pod", "apiVersion": "v1""#,
            r#""path": "spec""#,
        ] {
            assert_eq!(ask(bad)["error"]["code"], "ask/bad-question", "{bad}");
        }
        assert_eq!(ask(r#""resource": "po", "apiVersion": "a/b/c""#)["error"]["code"], "ask/bad-question");
    }
}
