//! Answers of both sides in one form.

use kubelogic_core::object::Object;
use kubelogic_core::read::write::to_canonical_json;
use kubelogic_core::read::{Options, ReadError, documents, json_value, text, yaml_value};
use serde_json::Value;

use super::Ask;

/// The documents of a text; `None` is one that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome(Vec<Option<String>>);

impl Outcome {
    pub(crate) fn documents(&self) -> impl Iterator<Item = Option<&str>> {
        self.0.iter().map(Option::as_deref)
    }
}

/// What the real reader answers.
#[derive(Debug)]
pub(crate) struct Expected {
    pub(crate) documents: Vec<Option<String>>,
    /// It stopped with an error.
    pub(crate) stopped: bool,
    /// Documents may be missing between those that were read: kubectl gives up a list, or the rest of a stream.
    gaps: bool,
}

impl Expected {
    pub(crate) fn is_refusal(&self) -> bool {
        self.stopped || self.documents.contains(&None)
    }

    /// Whether kubelogic's answer is the same, or goes on where the real reader stopped.
    pub(crate) fn allows(&self, ours: &Outcome) -> bool {
        let ours = &ours.0;
        if self.gaps {
            let mut rest = ours.iter().flatten();
            return ours.contains(&None)
                && self.documents.iter().flatten().all(|wanted| rest.any(|found| found == wanted));
        }
        if !self.stopped {
            return *ours == self.documents;
        }
        // The document before a broken separator is read here and lost there.
        let Some(behind) = ours.strip_prefix(self.documents.as_slice()) else { return false };
        behind.iter().take(2).any(Option::is_none)
    }
}

pub(crate) fn ours(ask: Ask, input: &str, version: &str) -> Outcome {
    let mut options = Options::named("text");
    // Upstream's own limit.
    options.limits.depth = 9_999;
    if let Ok(version) = version.parse() {
        options = options.for_version(version);
    }
    let json = |object: Result<Object, ReadError>| object.ok().map(|object| to_canonical_json(object.root()));
    Outcome(match ask {
        Ask::Yaml | Ask::Written => vec![json(yaml_value(input, &options)).map(|text| again(&text))],
        Ask::Json => vec![json(json_value(input, &options))],
        Ask::Documents => documents(input, &options).documents.into_iter().map(json).collect(),
        Ask::Objects => {
            let reading = text(input, &options);
            let mut objects: Vec<_> = reading
                .objects
                .iter()
                .map(|object| Some(visited(&to_canonical_json(object.root()))))
                .collect();
            objects.extend((!reading.errors.is_empty()).then_some(None));
            objects
        }
    })
}

pub(crate) fn expected(ask: Ask, answer: &Value) -> Expected {
    let json = |document: &Value| document.get("json").and_then(Value::as_str).map(str::to_owned);
    let list = |name: &str| answer.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    match ask {
        Ask::Yaml | Ask::Written => {
            Expected { documents: vec![json(answer).map(|text| again(&text))], stopped: false, gaps: false }
        }
        Ask::Json => Expected { documents: vec![json(answer)], stopped: false, gaps: false },
        Ask::Documents => Expected {
            documents: list("documents").iter().map(json).collect(),
            stopped: answer.get("error").is_some_and(|error| !error.is_null()),
            gaps: false,
        },
        Ask::Objects => {
            let broken = !list("errors").is_empty();
            let mut documents: Vec<_> = list("objects").iter().map(json).collect();
            documents.iter_mut().flatten().for_each(|text| *text = visited(text));
            Expected { documents, stopped: broken, gaps: broken }
        }
    }
}

/// JSON that was made of YAML is read once more before anything sees it: a `-0` becomes 0.
fn again(json: &str) -> String {
    let read = json_value(json, &Options::named("json"));
    read.map_or_else(|_| json.to_owned(), |object| to_canonical_json(object.root()))
}

/// An object as kubectl acts on it: on its way there an empty namespace is taken away.
fn visited(json: &str) -> String {
    let without = |json: String, value: &str| {
        let field = format!("\"namespace\":{value}");
        json.replace(&format!(",{field}"), "").replace(&format!("{field},"), "").replace(&field, "")
    };
    without(without(json.to_owned(), "\"\""), "null")
}
