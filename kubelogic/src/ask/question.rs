//! What every question has, whatever it asks.

use kubelogic_core::cluster::{Cluster, LoadOptions, OnDuplicate, OnInvalid};
use kubelogic_core::decode::FieldValidation;
use kubelogic_core::read;
use kubelogic_core::version::KubeVersion;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::AskError;

/// Declares a question: its own fields behind those that every question has. A question `about a cluster` can
/// bring the cluster's objects.
macro_rules! question {
    (
        $(#[$attribute:meta])*
        $name:ident {
            $($(#[$field_attribute:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            /// Comes back in the answer: any JSON value.
            #[serde(default)]
            #[schemars(with = "Option<serde_json::Value>")]
            pub id: Option<Box<serde_json::value::RawValue>>,
            /// The name of the question.
            pub ask: String,
            /// The Kubernetes version, such as `1.37`; the newest unless given.
            #[serde(default)]
            #[schemars(with = "Option<String>")]
            pub kube_version: Option<kubelogic_core::version::KubeVersion>,
            $($(#[$field_attribute])* pub $field: $type,)*
        }
    };
    (
        $(#[$attribute:meta])*
        $name:ident about a cluster {
            $($(#[$field_attribute:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            /// Comes back in the answer: any JSON value.
            #[serde(default)]
            #[schemars(with = "Option<serde_json::Value>")]
            pub id: Option<Box<serde_json::value::RawValue>>,
            /// The name of the question.
            pub ask: String,
            /// The Kubernetes version, such as `1.37`; that of the loaded cluster, or the newest.
            #[serde(default)]
            #[schemars(with = "Option<String>")]
            pub kube_version: Option<kubelogic_core::version::KubeVersion>,
            /// Objects in place of the loaded cluster.
            #[serde(default)]
            #[schemars(with = "Option<Vec<serde_json::Map<String, serde_json::Value>>>")]
            pub objects: Option<Vec<Box<serde_json::value::RawValue>>>,
            /// Manifests in place of the loaded cluster, or beside `objects`.
            #[serde(default)]
            pub manifests: Vec<crate::ask::Manifest>,
            /// How the input becomes a cluster.
            #[serde(default)]
            pub load: crate::ask::LoadSettings,
            $($(#[$field_attribute])* pub $field: $type,)*
        }

        impl crate::ask::question::AboutCluster for $name {
            fn take_input(&mut self) -> crate::ask::question::Input {
                crate::ask::question::Input {
                    kube_version: self.kube_version,
                    objects: self.objects.take(),
                    manifests: std::mem::take(&mut self.manifests),
                    load: std::mem::take(&mut self.load),
                }
            }
        }
    };
}
pub(crate) use question;

/// A manifest as text.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Manifest {
    /// The name that positions are reported under.
    #[serde(default = "unnamed")]
    pub source: String,
    /// YAML or JSON, any number of documents.
    pub text: String,
}

fn unnamed() -> String {
    "manifest".to_owned()
}

/// How the input of a question becomes a cluster.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct LoadSettings {
    /// The namespace of objects that name none.
    pub default_namespace: Option<String>,
    /// Two different objects with one name: refuse them, or let the last one count.
    pub on_duplicate: Option<DuplicateSetting>,
    /// Objects that the API server would refuse: refuse the input, or answer as if they were absent.
    pub on_invalid: Option<InvalidSetting>,
    /// Unknown fields: an error, a warning, or nothing.
    pub field_validation: Option<ValidationSetting>,
}

/// See [`OnDuplicate`].
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DuplicateSetting {
    /// The input is refused.
    Refuse,
    /// The last one counts.
    Last,
}

/// See [`OnInvalid`].
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InvalidSetting {
    /// The input is refused.
    Refuse,
    /// They count as absent.
    Drop,
}

/// See [`FieldValidation`].
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ValidationSetting {
    /// They are errors.
    Strict,
    /// They are warnings.
    Warn,
    /// They are passed over.
    Ignore,
}

impl From<ValidationSetting> for FieldValidation {
    fn from(setting: ValidationSetting) -> Self {
        match setting {
            ValidationSetting::Strict => Self::Strict,
            ValidationSetting::Warn => Self::Warn,
            ValidationSetting::Ignore => Self::Ignore,
        }
    }
}

impl LoadSettings {
    /// The settings as options, on top of what holds otherwise.
    pub fn options(&self, otherwise: LoadOptions) -> LoadOptions {
        let mut options = otherwise;
        if let Some(namespace) = &self.default_namespace {
            options.default_namespace.clone_from(namespace);
        }
        if let Some(setting) = self.on_duplicate {
            options.on_duplicate = match setting {
                DuplicateSetting::Refuse => OnDuplicate::Refuse,
                DuplicateSetting::Last => OnDuplicate::Last,
            };
        }
        if let Some(setting) = self.on_invalid {
            options.on_invalid = match setting {
                InvalidSetting::Refuse => OnInvalid::Refuse,
                InvalidSetting::Drop => OnInvalid::Drop,
            };
        }
        if let Some(setting) = self.field_validation {
            options.field_validation = setting.into();
        }
        options
    }
}

/// A question that brings its own input, or relies on the loaded cluster.
pub(crate) trait AboutCluster: DeserializeOwned {
    /// Takes the input out of the question.
    fn take_input(&mut self) -> Input;
}

/// The input that a question brings.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) kube_version: Option<KubeVersion>,
    pub(crate) objects: Option<Vec<Box<RawValue>>>,
    pub(crate) manifests: Vec<Manifest>,
    pub(crate) load: LoadSettings,
}

impl Input {
    /// Whether the question replaces the loaded cluster.
    pub(crate) fn is_own(&self) -> bool {
        self.objects.is_some() || !self.manifests.is_empty()
    }

    /// How the question's input becomes a cluster.
    pub(crate) fn options(&self, base: &LoadOptions) -> LoadOptions {
        let mut options = self.load.options(base.clone());
        if let Some(version) = self.kube_version {
            options.kube_version = version;
        }
        options
    }

    /// The cluster that the question brings.
    pub(crate) fn cluster(&self, base: &LoadOptions) -> Result<Cluster, AskError> {
        let options = self.options(base);
        let reading = self.reading(options.kube_version);
        Ok(Cluster::of_reading(reading, &options)?)
    }

    /// What the question brings, read.
    pub(crate) fn reading(&self, version: KubeVersion) -> read::Reading {
        let mut all = read::Reading::default();
        let mut take = |text: &str, source: &str| {
            all.append(read::text(text, &read::Options::named(source).for_version(version)));
        };
        if let Some(objects) = &self.objects {
            // A stream of JSON documents: in a message the document's number is that of the object.
            let documents: Vec<&str> = objects.iter().map(|object| object.get()).collect();
            take(&documents.join("\n"), "objects");
        }
        for manifest in &self.manifests {
            take(&manifest.text, &manifest.source);
        }
        all
    }
}

/// Reads a question from JSON.
pub(crate) fn parse<Q: DeserializeOwned>(text: &str) -> Result<Q, AskError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        if path == "." {
            AskError::bad_question(cause.to_string())
        } else {
            AskError::bad_question(format!("`{path}`: {cause}"))
        }
    })
}
