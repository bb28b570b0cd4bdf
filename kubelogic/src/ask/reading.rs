//! Questions about text: what kubectl reads from it.

use base64::Engine as _;
use kubelogic_core::answer::Answer;
use kubelogic_core::object::Object;
use kubelogic_core::read;
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;
use serde::Serialize;

use super::question::question;
use super::{AskError, Catalogue};

question! {
    /// One YAML document as JSON: not split, any kind of value.
    ReadYamlQuestion {
        /// The document.
        #[serde(default)]
        text: Option<String>,
        /// The document in base64, in place of `text`.
        #[serde(default)]
        bytes: Option<String>,
        /// Keys sorted and numbers as Go writes them.
        #[serde(default)]
        canonical: bool,
        /// Refuse keys that stand twice in a mapping.
        #[serde(default)]
        strict: bool,
    }
}

question! {
    /// The documents of a text, as kubectl splits and reads it.
    ReadDocumentsQuestion {
        /// The text.
        #[serde(default)]
        text: Option<String>,
        /// The text in base64, in place of `text`.
        #[serde(default)]
        bytes: Option<String>,
        /// Keys sorted and numbers as Go writes them.
        #[serde(default)]
        canonical: bool,
    }
}

question! {
    /// The objects of a text, lists flattened.
    ReadObjectsQuestion {
        /// The text.
        #[serde(default)]
        text: Option<String>,
        /// The text in base64, in place of `text`.
        #[serde(default)]
        bytes: Option<String>,
    }
}

/// One document as JSON, or why it is none.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", untagged)]
pub enum YamlResult {
    /// The document.
    Json(DocumentText),
    /// It cannot be read.
    Refused {
        /// Why.
        error: AskError,
    },
}

/// A document as JSON text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentText {
    /// The JSON text.
    pub json: String,
}

/// The documents of a text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentsResult {
    /// Those before the first one that cannot be read; empty and null documents are passed over.
    pub documents: Vec<DocumentText>,
    /// Why kubectl would have stopped there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<AskError>,
}

/// The objects of a text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ObjectsResult {
    /// Lists are replaced by their items.
    pub objects: Vec<DocumentText>,
    /// What could not be read.
    pub errors: Vec<AskError>,
}

pub(super) fn yaml(_: &Catalogue, question: ReadYamlQuestion) -> Result<Answer<YamlResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let text = input(question.text, question.bytes)?;
    let options = options(version);
    let result = match read::yaml_value_of_bytes(&text, &options) {
        Ok(value) => match read::duplicate_keys(&value).filter(|_| question.strict) {
            Some(message) => YamlResult::Refused { error: AskError::new("read/duplicate-key", message) },
            None => YamlResult::Json(text_of(&value, question.canonical)),
        },
        Err(error) => YamlResult::Refused { error: AskError::from(&error) },
    };
    Ok(Answer::new(result, version))
}

pub(super) fn documents(
    _: &Catalogue,
    question: ReadDocumentsQuestion,
) -> Result<Answer<DocumentsResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let text = input(question.text, question.bytes)?;
    let found = read::documents_of_bytes(&text, &options(version));
    let mut result = DocumentsResult { documents: Vec::new(), error: None };
    for document in found.documents {
        match document {
            Ok(document) => result.documents.push(text_of(&document, question.canonical)),
            Err(error) => {
                result.error = Some(AskError::from(&error));
                break;
            }
        }
    }
    let mut answer = Answer::new(result, version);
    answer.warnings = found.findings;
    Ok(answer)
}

pub(super) fn objects(
    _: &Catalogue,
    question: ReadObjectsQuestion,
) -> Result<Answer<ObjectsResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let text = input(question.text, question.bytes)?;
    let reading = read::bytes(&text, &options(version));
    let result = ObjectsResult {
        objects: reading.objects.iter().map(|object| text_of(object, true)).collect(),
        errors: reading.errors.iter().map(AskError::from).collect(),
    };
    let mut answer = Answer::new(result, version);
    answer.warnings = reading.findings;
    Ok(answer)
}

fn options(version: KubeVersion) -> read::Options {
    read::Options::named("text").for_version(version)
}

fn input(text: Option<String>, bytes: Option<String>) -> Result<Vec<u8>, AskError> {
    match (text, bytes) {
        (Some(text), None) => Ok(text.into_bytes()),
        (None, Some(bytes)) => base64::engine::general_purpose::STANDARD
            .decode(bytes)
            .map_err(|error| AskError::bad_question(format!("`bytes` is no base64: {error}"))),
        _ => Err(AskError::bad_question("give either `text` or `bytes`")),
    }
}

fn text_of(object: &Object, canonical: bool) -> DocumentText {
    let value = object.root();
    DocumentText {
        json: if canonical { read::write::to_canonical_json(value) } else { read::write::to_json(value) },
    }
}
