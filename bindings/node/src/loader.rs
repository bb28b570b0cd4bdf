//! What a cluster is made of, gathered input by input.

use kubelogic::ask::{AskError, Catalogue};
use kubelogic::cluster::{Cluster, LoadError, LoadOptions, OnInvalid};
use kubelogic::files::StdFiles;
use kubelogic::finding::Finding;
use kubelogic::object::{Object, SourceName};
use kubelogic::read::{self, Reading};
use napi::bindgen_prelude::Uint8Array;
use napi_derive::napi;

use crate::cluster::NativeCluster;
use crate::failure::{Class, Failure};
use crate::memory::without_text;
use crate::settings;

/// Reads one input after the other; problems wait for [`load`](Self::load), so that one does not hide the next.
#[napi]
#[derive(Debug)]
pub struct Loader {
    options: LoadOptions,
    reading: Reading,
}

#[napi]
impl Loader {
    /// Settings are JSON as in a question of the catalogue.
    #[napi(constructor, catch_unwind)]
    pub fn new(settings: String, kube_version: Option<String>) -> napi::Result<Self> {
        Ok(Self::with_options(settings::options(&settings, kube_version.as_deref())?))
    }

    /// Reads a text.
    #[napi(catch_unwind)]
    pub fn text(&mut self, text: String, source: String) {
        let read = read::text(&text, &self.reading_options(&source));
        self.take(read);
    }

    /// Reads bytes.
    #[napi(catch_unwind)]
    pub fn bytes(&mut self, bytes: Uint8Array, source: String) {
        let read = read::bytes(&bytes, &self.reading_options(&source));
        self.take(read);
    }

    /// Reads a file, or every manifest of a folder and below it.
    #[napi(catch_unwind)]
    pub fn path(&mut self, path: String) {
        let read = read::files(&StdFiles, &[path.into()], true, &self.reading_options(""), &mut |_| {});
        self.take(read);
    }

    /// Takes an object of the program, or a list of them, as JSON.
    #[napi(catch_unwind)]
    pub fn object(&mut self, json: String, name: String) {
        let mut read = read::text(&json, &self.reading_options(&name));
        for object in &mut read.objects {
            let source = match object.origin().item {
                Some(item) => SourceName::new(format!("{name}.items[{item}]")),
                None => SourceName::new(&name),
            };
            if let Some(plain) = without_text(object, source) {
                *object = plain;
            }
        }
        // Nobody has seen the text that the positions are in.
        for error in &mut read.errors {
            error.location.position = None;
        }
        for finding in &mut read.findings {
            if let Some(location) = &mut finding.location {
                location.position = None;
            }
        }
        self.take(read);
    }

    /// The answer to `objects.check` about everything that was read, both as JSON.
    #[napi(catch_unwind)]
    pub fn check(&mut self, question: String) -> napi::Result<String> {
        let reading = std::mem::take(&mut self.reading);
        Catalogue::new(None).check(&question, reading).map_err(|error| {
            let class = Class::of_question(&error.code);
            Failure::from(error).throw(class)
        })
    }

    /// The cluster of everything that was read.
    #[napi(catch_unwind)]
    pub fn load(&mut self) -> napi::Result<NativeCluster> {
        let reading = std::mem::take(&mut self.reading);
        let cluster = Cluster::of_reading(reading, &self.options)
            .map_err(|error| Failure::from(AskError::from(error)).throw_by_code())?;
        Ok(NativeCluster::new(cluster, Vec::new()))
    }
}

impl Loader {
    pub(crate) fn with_options(options: LoadOptions) -> Self {
        Self { options, reading: Reading::default() }
    }

    /// The objects that were read, and what was noticed; an error when something could not be read.
    pub(crate) fn finish(&mut self) -> napi::Result<(Vec<Object>, Vec<Finding>)> {
        let Reading { objects, errors, findings, .. } = std::mem::take(&mut self.reading);
        let errors: Vec<Finding> = errors.iter().map(Finding::from).collect();
        if self.options.on_invalid == OnInvalid::Drop {
            return Ok((objects, errors.into_iter().chain(findings).collect()));
        }
        match LoadError::from_findings(errors) {
            None => Ok((objects, findings)),
            Some(error) => Err(Failure::from(AskError::from(error)).throw_by_code()),
        }
    }

    fn reading_options(&self, source: &str) -> read::Options {
        read::Options::named(source).for_version(self.options.kube_version)
    }

    fn take(&mut self, read: Reading) {
        self.reading.append(read);
    }
}
