//! What the API server's strict decoder says about an object: unknown and duplicate fields, and values that do not
//! fit their types.
//!
//! Texts, paths and order of unknown and duplicate fields are upstream's own. Values of the wrong type are all
//! reported, with the whole path and the position; upstream stops at one of them and names it without indices.
//!
//! ```
//! use kubelogic_core::read::{Options, value};
//! use kubelogic_core::schema::{Types, strict};
//!
//! let text = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: web\n    imagePullpolicy: Always\n";
//! let pod = value(text, &Options::named("pod.yaml")).unwrap();
//! let found = strict::check(&pod, &Types::of("1.37".parse()?));
//! assert_eq!(found.errors(), ["unknown field \"spec.containers[0].imagePullpolicy\""]);
//! assert_eq!(
//!     found.message().unwrap(),
//!     "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field \
//!      \"spec.containers[0].imagePullpolicy\"",
//! );
//! let finding = &found.findings(Default::default())[0];
//! assert_eq!(finding.help.as_deref(), Some("did you mean `imagePullPolicy`?"));
//! assert_eq!(finding.location.as_ref().unwrap().to_string(), "pod.yaml:6:5");
//! # Ok::<(), kubelogic_core::version::KubeVersionError>(())
//! ```

mod catalogue;
mod fits;
mod hints;
mod kind;
mod report;
mod scalar;
mod walk;

use crate::object::{Location, Object, ValueKind};
use crate::quote::quoted;
use crate::read;
use crate::schema::{Availability, Types};
use crate::version::KubeVersion;
pub use catalogue::{FINDINGS, SchemaFinding};

/// What the strict decoder found in one object.
#[derive(Clone, Debug, Default)]
pub struct Strict {
    asked: Option<KubeVersion>,
    kind: String,
    version: String,
    /// `schema/unknown-kind` and its like: nothing else was looked at.
    unusable: Option<Unusable>,
    /// Keys that YAML has twice: upstream reports them together, before everything else.
    keys: Option<String>,
    fields: Vec<FieldError>,
    types: Vec<TypeError>,
}

/// A field that the type does not have, or that is there twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// What is wrong.
    pub kind: FieldErrorKind,
    /// The path as the API server prints it: keys of maps behind a dot as well.
    pub path: String,
    /// Where the key stands.
    pub location: Location,
    /// What may have been meant.
    pub hint: Option<Hint>,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldErrorKind {
    /// The type has no such field.
    Unknown,
    /// It is there twice. The last one counts.
    Duplicate,
}

/// What may have been meant with an unknown field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A field of nearly that name.
    Near {
        /// Its name.
        name: String,
        /// The bytes of the key in the object's text, when nothing else can have been meant.
        fix: Option<crate::finding::Fix>,
    },
    /// Other Kubernetes versions have the field.
    OtherVersion(Availability),
    /// The field belongs somewhere else.
    Misplaced {
        /// The path of the object that has such a field; empty for the whole object.
        to: String,
    },
}

/// A value that does not fit its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    /// What the type takes, with its article: `an integer`.
    pub expected: &'static str,
    /// What is there.
    pub found: ValueKind,
    /// Why a value of the right kind does not do all the same.
    pub reason: Option<String>,
    /// Where the value stands.
    pub location: Location,
    /// Whether the decoder stops here at once, whatever it met before.
    stops: bool,
}

/// Why no type could be applied to an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The code of the finding.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// Where.
    pub location: Location,
    /// What to do about it.
    pub help: Option<String>,
}

/// Checks an object against the type of its kind.
///
/// An object that was read from a text that begins with a brace is checked as JSON: in the order of its text, and
/// keys that are there twice are reported one by one. Any other text is YAML, which the API server turns into JSON
/// first: its keys are sorted then. An object without a text counts as JSON.
pub fn check(object: &Object, types: &Types) -> Strict {
    let name = match kind::interpret(object) {
        Ok(name) => name,
        Err(unusable) => return Strict::unusable(*unusable),
    };
    let mut found = Strict {
        asked: Some(types.kube_version()),
        kind: name.kind.to_owned(),
        version: name.version.to_owned(),
        ..Strict::default()
    };
    let Some(kind) = kind::find(types, &name) else {
        found.unusable = Some(kind::unknown(object, types, &name));
        return found;
    };
    let json = is_json(object.text());
    let value_type = kind.value_type();
    if fits::fits(object.root(), value_type) {
        return found;
    }
    if !json {
        found.keys = read::duplicate_keys(object);
    }
    let (fields, types) = walk::walk(object, value_type, json);
    (found.fields, found.types) = (fields, types);
    found
}

/// Whether the API server would decode a text as JSON.
fn is_json(text: &str) -> bool {
    // upstream: apimachinery pkg/util/yaml/decoder.go (IsJSONBuffer)
    text.is_empty() || text.trim_start().starts_with('{')
}

/// The most complaints that the decoder collects.
const MOST: usize = 100;

impl Strict {
    fn unusable(unusable: Unusable) -> Self {
        Self { unusable: Some(unusable), ..Self::default() }
    }

    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.unusable.is_none() && self.keys.is_none() && self.fields.is_empty() && self.types.is_empty()
    }

    /// Whether the object cannot be decoded at all, however lenient the API server is asked to be.
    pub fn is_fatal(&self) -> bool {
        self.unusable.is_some() || !self.types.is_empty()
    }

    /// Why no type could be applied, if none could.
    pub fn no_type(&self) -> Option<&Unusable> {
        self.unusable.as_ref()
    }

    /// Unknown and duplicate fields in upstream's order: all of them, also those that nobody hears of because a
    /// value does not fit its type.
    pub fn fields(&self) -> &[FieldError] {
        &self.fields
    }

    /// Values that do not fit their types, in the order in which they are decoded.
    pub fn types(&self) -> &[TypeError] {
        &self.types
    }

    /// The one that the decoder names when it gives up.
    pub fn stops_at(&self) -> Option<&TypeError> {
        // Types that decode themselves end the decoding; of all others the first one is kept until the end.
        self.types.iter().find(|error| error.stops).or(self.types.first())
    }

    /// The complaints of the strict decoder, in its words and its order; none when the object cannot be decoded.
    pub fn errors(&self) -> Vec<String> {
        if self.is_fatal() {
            return Vec::new();
        }
        self.keys.iter().cloned().chain(self.fields.iter().take(MOST).map(FieldError::text)).collect()
    }

    /// The same as warnings of a response: a line each.
    ///
    /// ```
    /// use kubelogic_core::read::{Options, value};
    /// use kubelogic_core::schema::{Types, strict};
    /// let pod = value("apiVersion: v1\nkind: Pod\nkind: Pod\nspce: {}\n", &Options::named("-")).unwrap();
    /// let found = strict::check(&pod, &Types::of("1.37".parse()?));
    /// assert_eq!(found.warnings(), ["line 3: key \"kind\" already set in map", "unknown field \"spce\""]);
    /// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
    /// ```
    pub fn warnings(&self) -> Vec<String> {
        // upstream: apiserver pkg/endpoints/handlers/rest.go (parseYAMLWarnings)
        let split = |text: String| -> Vec<String> {
            match text.strip_prefix(read::duplicates::HEAD) {
                Some(lines) => lines.split('\n').map(|line| line.trim().to_owned()).collect(),
                None => vec![text],
            }
        };
        self.errors().into_iter().flat_map(split).collect()
    }

    /// What a client reads that sends the object with strict field validation; nothing when it is accepted, or when
    /// the words would depend on the Go release.
    pub fn message(&self) -> Option<String> {
        // upstream: apiserver pkg/endpoints/handlers/rest.go (transformDecodeError)
        let errors = self.errors();
        (!errors.is_empty()).then(|| {
            let (kind, version) = (&self.kind, quoted(&self.version));
            let errors = errors.join(", ");
            format!(
                "{kind} in version {version} cannot be handled as a {kind}: strict decoding error: {errors}"
            )
        })
    }
}

impl FieldError {
    /// The complaint in upstream's words.
    pub fn text(&self) -> String {
        let kind = match self.kind {
            FieldErrorKind::Unknown => "unknown",
            FieldErrorKind::Duplicate => "duplicate",
        };
        format!("{kind} field {}", quoted(&self.path))
    }
}

#[cfg(test)]
mod tests;
