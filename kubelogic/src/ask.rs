//! The question catalogue: every question and its answer as JSON, defined once for all languages.
//!
//! A question is `{"id", "ask", …}`, an answer `{"id", "answer"}` or `{"id", "error": {"code", "message", …}}`.
//!
//! ```
//! use kubelogic::ask::Catalogue;
//!
//! let catalogue = Catalogue::new(None);
//! let line = catalogue.answer(r#"{
//!     "id": 1, "ask": "access.can", "bootstrap": "auto",
//!     "user": {"name": "ann", "groups": ["system:masters"]},
//!     "request": {"verb": "delete", "resource": "nodes"},
//!     "objects": []
//! }"#);
//! let answer: serde_json::Value = serde_json::from_str(&line).unwrap();
//! assert_eq!(answer["answer"]["result"]["allowed"], true);
//! ```

#[cfg(feature = "rbac")]
mod access;
mod error;
#[cfg(feature = "rbac")]
mod expect;
mod lifecycle;
mod objects;
mod question;
mod reading;
mod schema;
mod workload;

#[cfg(feature = "rbac")]
pub use access::{
    AccessManyResult, AccessResult, AggregateQuestion, AggregateResult, BootstrapSetting, CanManyQuestion,
    CanQuestion, ExplainQuestion, Request, RoleRules, Rule, Who,
};
pub use error::AskError;
#[cfg(feature = "rbac")]
pub use expect::{ExpectCheckQuestion, ExpectWriteQuestion};
pub use lifecycle::{LifecycleQuestion, LifecycleResult, TypeLifecycle};
pub use objects::{CheckQuestion, CheckResult, ListQuestion, ListResult, ListedObject};
pub use question::{DuplicateSetting, InvalidSetting, LoadSettings, Manifest, ValidationSetting};
pub use reading::{
    DocumentText, DocumentsResult, ObjectsResult, ReadDocumentsQuestion, ReadObjectsQuestion,
    ReadYamlQuestion, YamlResult,
};
pub use schema::{QuestionSchema, questions, schema};
pub use workload::{ExpandQuestion, ExpandResult, MadeObject};

use kubelogic_core::answer::Answer;
use kubelogic_core::cluster::{Cluster, LoadOptions};
use serde::Serialize;
use serde_json::value::RawValue;

use question::Input;
use serde::de::DeserializeOwned;

/// Answers questions about a loaded cluster, or about the objects that a question brings.
#[derive(Debug)]
pub struct Catalogue {
    base: Option<Cluster>,
    options: LoadOptions,
    #[cfg(feature = "rbac")]
    compiled: access::Compiled,
}

/// A question's name and id, whatever else it holds.
#[derive(serde::Deserialize)]
struct Head<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(default)]
    ask: Option<String>,
}

/// An answer line.
#[derive(Serialize)]
struct Line<'a, T: Serialize> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    outcome: Outcome<T>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Outcome<T: Serialize> {
    Answer(T),
    Error(AskError),
}

impl Catalogue {
    /// A catalogue over a cluster; without one every question brings its own objects.
    pub fn new(base: Option<Cluster>) -> Self {
        let options = base.as_ref().map(Cluster::options).cloned().unwrap_or_default();
        Self {
            base,
            options,
            #[cfg(feature = "rbac")]
            compiled: access::Compiled::default(),
        }
    }

    /// Answers one question, JSON to JSON. It never fails: what goes wrong is an answer with `error`.
    pub fn answer(&self, question: &str) -> String {
        let head: Head<'_> = match serde_json::from_str(question) {
            Ok(head) => head,
            Err(error) => {
                let error = AskError::bad_question(format!("the question is no JSON object: {error}"));
                return line(None, Outcome::<()>::Error(error));
            }
        };
        let Some(ask) = &head.ask else {
            let error = AskError::bad_question("the question has no `ask`");
            return line(head.id, Outcome::<()>::Error(error));
        };
        match ask.as_str() {
            #[cfg(feature = "rbac")]
            "access.aggregate" => self.put(&head, question, access::aggregate),
            #[cfg(feature = "rbac")]
            "access.can" => self.put(&head, question, access::can),
            #[cfg(feature = "rbac")]
            "access.can-many" => self.put(&head, question, access::can_many),
            #[cfg(feature = "rbac")]
            "access.explain" => self.put(&head, question, access::explain),
            #[cfg(feature = "rbac")]
            "expect.check" => self.put(&head, question, expect::check),
            #[cfg(feature = "rbac")]
            "expect.write" => self.put(&head, question, expect::write),
            "objects.list" => self.put(&head, question, objects::list),
            "objects.check" => self.put(&head, question, objects::check),
            "read.documents" => self.put(&head, question, reading::documents),
            "read.objects" => self.put(&head, question, reading::objects),
            "read.yaml" => self.put(&head, question, reading::yaml),
            "schema.lifecycle" => self.put(&head, question, lifecycle::lifecycle),
            "workload.expand" => self.put(&head, question, workload::expand),
            unknown => {
                let names = questions().map(|question| question.name);
                let mut error =
                    AskError::new("ask/unknown-question", format!("there is no question `{unknown}`"));
                error.help = kubelogic_core::near::nearest(unknown, names)
                    .map(|name| format!("did you mean `{name}`?"));
                line(head.id, Outcome::<()>::Error(error))
            }
        }
    }

    fn put<Q: DeserializeOwned, T: Serialize>(
        &self,
        head: &Head<'_>,
        question: &str,
        answer: impl FnOnce(&Self, Q) -> Result<Answer<T>, AskError>,
    ) -> String {
        let outcome = match question::parse::<Q>(question).and_then(|question| answer(self, question)) {
            Ok(answer) => Outcome::Answer(answer),
            Err(error) => Outcome::Error(error),
        };
        line(head.id, outcome)
    }

    /// The cluster that a question is about: its own, or the loaded one.
    fn cluster(&self, input: &Input) -> Result<Cluster, AskError> {
        if input.is_own() {
            return input.cluster(&self.options);
        }
        let Some(base) = &self.base else {
            let mut error =
                AskError::new("ask/no-objects", "the question brings no objects and no cluster is loaded");
            error.help = Some("give `objects` or `manifests`, or load a cluster".to_owned());
            return Err(error);
        };
        match input.kube_version {
            Some(version) if version.minor() != base.kube_version().minor() => Ok(base.at(version)?),
            _ => Ok(base.clone()),
        }
    }
}

fn line<T: Serialize>(id: Option<&RawValue>, outcome: Outcome<T>) -> String {
    serde_json::to_string(&Line { id, outcome }).unwrap_or_else(|error| {
        // Answers hold nothing that JSON cannot; if one ever does, the asker still gets a line.
        format!(r#"{{"error":{{"code":"ask/internal","message":"the answer cannot be written: {error}"}}}}"#)
    })
}
