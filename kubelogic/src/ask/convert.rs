//! Questions about conversion.

use kubelogic_core::answer::Answer;
use kubelogic_core::convert::{self, ConvertError, Options};
use kubelogic_core::finding::Finding;
use kubelogic_core::object::Object;
use kubelogic_core::read;
use kubelogic_core::schema::GroupVersion;
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// What is this object in another version of its kind?
    ConvertQuestion {
        /// The object.
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        object: Box<RawValue>,
        /// The version, such as `apps/v1`; unless given, the best one that an API server of the asked version serves by
        /// default, which may be the object's own.
        #[serde(default)]
        to: Option<String>,
        /// Write what the old version defaults and the new one defaults differently or requires.
        #[serde(default)]
        write_defaults: bool,
    }
}

/// An object in another version of its kind.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConvertResult {
    /// The object.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub object: Box<RawValue>,
    /// Whether the new object says neither more nor less.
    pub lossless: bool,
    /// What was lost, or means something else now.
    pub notes: Vec<Finding>,
}

pub(super) fn object(_: &Catalogue, question: ConvertQuestion) -> Result<Answer<ConvertResult>, AskError> {
    let ConvertQuestion { kube_version, object, to, write_defaults, .. } = question;
    let version = kube_version.unwrap_or_default();
    let object = parsed(&object, version)?;
    let to: Option<GroupVersion> = match to {
        Some(to) => Some(to.parse().map_err(|error| AskError::bad_question(format!("`to`: {error}")))?),
        None => convert::newest(&object, version),
    };
    let Some(to) = to else {
        return Ok(Answer::new(result(&object, true, Vec::new())?, version));
    };
    let mut options = Options::with_defaults(version);
    options.write_defaults = write_defaults;
    let converted = convert::convert(&object, &to, &options)?;
    Ok(Answer::new(result(&converted.object, converted.lossless, converted.notes)?, version))
}

fn parsed(object: &RawValue, version: KubeVersion) -> Result<Object, AskError> {
    let options = read::Options::named("object").for_version(version);
    let object = read::json_value(object.get(), &options).map_err(|error| AskError::from(&error))?;
    if object.root().entries().next().is_none() {
        return Err(AskError::bad_question("`object` is no object"));
    }
    Ok(object)
}

fn result(object: &Object, lossless: bool, notes: Vec<Finding>) -> Result<ConvertResult, AskError> {
    let object = RawValue::from_string(read::write::to_json(object.root()))
        .map_err(|error| AskError::new("ask/internal", error.to_string()))?;
    Ok(ConvertResult { object, lossless, notes })
}

impl From<ConvertError> for AskError {
    fn from(error: ConvertError) -> Self {
        let mut answer = Self::new(error.code(), error.to_string());
        answer.help = error.help().map(str::to_owned);
        answer
    }
}

#[cfg(test)]
mod tests {
    use crate::ask::Catalogue;

    fn ask(question: &str) -> serde_json::Value {
        serde_json::from_str(&Catalogue::new(None).answer(question)).unwrap()
    }

    #[test]
    fn the_best_version_is_taken_unless_one_is_named() {
        let answer =
            ask(r#"{"ask": "convert.object", "object": {"apiVersion": "batch/v1beta1", "kind": "CronJob"}}"#);
        let result = &answer["answer"]["result"];
        assert_eq!(
            (&result["object"]["apiVersion"], &result["lossless"]),
            (&"batch/v1".into(), &true.into())
        );
        let answer = ask(r#"{"ask": "convert.object", "object": {"apiVersion": "v1", "kind": "Pod"}}"#);
        assert_eq!(answer["answer"]["result"]["object"]["kind"], "Pod");
        let answer = ask(
            r#"{"ask": "convert.object", "to": "v2", "object": {"apiVersion": "extensions/v1beta1", "kind": "PodSecurityPolicy"}}"#,
        );
        assert_eq!(answer["error"]["code"], "convert/no-conversion");
        assert_eq!(ask(r#"{"ask": "convert.object", "object": 5}"#)["error"]["code"], "ask/bad-question");
    }
}
