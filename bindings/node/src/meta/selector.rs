//! Selectors over labels and over fields.

use std::collections::BTreeMap;

use kubelogic::ask::{AskError, RequirementResult};
use kubelogic::decode::{Decoder, FieldValidation};
use kubelogic::finding::Finding;
use kubelogic::meta::{FieldSelector, LabelSelector, Selector};
use kubelogic::read::{Options, json_value};
use napi_derive::napi;

use super::refused;
use crate::failure::{Class, Failure, json};
use crate::settings::version;

/// A condition on labels.
#[napi]
#[derive(Debug)]
pub struct NativeLabelSelector {
    core: Selector,
}

#[napi]
impl NativeLabelSelector {
    /// Reads the text form.
    #[napi(factory, catch_unwind)]
    pub fn parse(text: String, kube_version: Option<String>) -> napi::Result<Self> {
        let core = Selector::parse(&text, version(kube_version.as_deref())?);
        core.map(|core| Self { core }).map_err(|error| refused(error.code(), &error))
    }

    /// Takes what an object holds, as JSON; null selects nothing.
    #[napi(factory, catch_unwind)]
    pub fn of(text: String, kube_version: Option<String>) -> napi::Result<Self> {
        let version = version(kube_version.as_deref())?;
        let object = json_value(&text, &Options::named("selector"));
        let object = object.map_err(|error| Failure::from(AskError::from(&error)).throw(Class::ReadError))?;
        if object.root().is_null() {
            return Ok(Self { core: Selector::nothing() });
        }
        let mut decoder = Decoder::new(FieldValidation::Strict);
        let written: LabelSelector = decoder.decode(object.root());
        let (problems, _) = decoder.finish();
        if !problems.is_empty() {
            let mut problems: Vec<Finding> = problems.iter().map(Finding::from).collect();
            // Nobody has seen the text that the positions are in.
            problems
                .iter_mut()
                .filter_map(|one| one.location.as_mut())
                .for_each(|place| place.position = None);
            return Err(Failure::from_findings(problems).throw_by_code());
        }
        let core = Selector::new(&written, version);
        core.map(|core| Self { core }).map_err(|error| refused(error.code(), &error))
    }

    /// The text form.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.core.to_string()
    }

    /// The conditions as JSON.
    #[napi(catch_unwind)]
    pub fn requirements(&self) -> napi::Result<String> {
        let requirements = self.core.requirements().unwrap_or_default().iter();
        json(&requirements.map(RequirementResult::from).collect::<Vec<_>>())
    }

    /// Whether it selects everything.
    #[napi(getter, catch_unwind)]
    pub fn selects_everything(&self) -> bool {
        self.core.is_empty()
    }

    /// Whether it selects nothing.
    #[napi(getter, catch_unwind)]
    pub fn selects_nothing(&self) -> bool {
        self.core.requirements().is_none()
    }

    /// Whether something with these labels is selected: keys and values by turns.
    #[napi(catch_unwind)]
    pub fn matches(&self, labels: Vec<String>) -> bool {
        self.core.matches(&pairs(labels))
    }
}

/// A condition on fields.
#[napi]
#[derive(Debug)]
pub struct NativeFieldSelector {
    core: FieldSelector,
}

#[napi]
impl NativeFieldSelector {
    /// Reads a field selector.
    #[napi(factory, catch_unwind)]
    pub fn parse(text: String) -> napi::Result<Self> {
        let core = FieldSelector::parse(&text);
        core.map(|core| Self { core }).map_err(|error| refused(error.code(), &error))
    }

    /// As it is printed.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.core.to_string()
    }

    /// The conditions as JSON.
    #[napi(catch_unwind)]
    pub fn requirements(&self) -> napi::Result<String> {
        json(&self.core.requirements().iter().map(RequirementResult::from).collect::<Vec<_>>())
    }

    /// Whether it selects everything.
    #[napi(getter, catch_unwind)]
    pub fn selects_everything(&self) -> bool {
        self.core.is_empty()
    }

    /// Whether something with these fields is selected: keys and values by turns.
    #[napi(catch_unwind)]
    pub fn matches(&self, fields: Vec<String>) -> bool {
        self.core.matches(&pairs(fields))
    }

    /// The one value that a field must have.
    #[napi(catch_unwind)]
    pub fn exact_match(&self, field: String) -> Option<String> {
        self.core.exact_match(&field).map(str::to_owned)
    }
}

fn pairs(texts: Vec<String>) -> BTreeMap<String, String> {
    let mut pairs = BTreeMap::new();
    let mut rest = texts.into_iter();
    while let (Some(key), Some(value)) = (rest.next(), rest.next()) {
        pairs.insert(key, value);
    }
    pairs
}
