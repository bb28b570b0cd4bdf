//! Custom resources: definitions in the input teach the schema of their own objects.
//!
//! ```
//! use kubelogic_core::decode::FieldValidation;
//! use kubelogic_core::read::{Options, text};
//! use kubelogic_core::schema::CustomSchemas;
//!
//! let input = text(
//!     "apiVersion: apiextensions.k8s.io/v1
//! kind: CustomResourceDefinition
//! metadata: {name: shops.example.com}
//! spec:
//!   group: example.com
//!   scope: Namespaced
//!   names: {kind: Shop, plural: shops}
//!   versions:
//!   - name: v1
//!     served: true
//!     storage: true
//!     schema:
//!       openAPIV3Schema:
//!         type: object
//!         properties:
//!           spec:
//!             type: object
//!             properties:
//!               replicas: {type: integer, default: 1}
//! ---
//! apiVersion: example.com/v1
//! kind: Shop
//! metadata: {name: corner}
//! spec: {replica: 3}
//! ",
//!     &Options::named("shop.yaml"),
//! );
//! let schemas = CustomSchemas::of(&input.objects, "1.37".parse()?);
//! let shop = &input.objects[1];
//! let findings = schemas.check(shop, FieldValidation::Strict);
//! assert_eq!(findings[0].message, "unknown field \"spec.replica\"");
//! assert_eq!(findings[0].help.as_deref(), Some("did you mean `replicas`?"));
//! let stored = schemas.defaulted(shop).unwrap();
//! assert_eq!(stored.root().get("spec").unwrap().get("replicas").unwrap().as_i64(), Some(1));
//! # Ok::<(), kubelogic_core::version::KubeVersionError>(())
//! ```

mod accept;
mod compile;
mod create;
mod definition;
mod duplicates;
mod embedded;
mod findings;
mod format;
mod list_type;
mod metadata;
mod node;
mod pattern;
mod raw;
mod scale;
mod text;
mod validate;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use compile::Compiled;
pub use definition::{DefinedVersion, Definition};
pub use findings::{CustomFinding, FINDINGS};
use validate::{Fault, Undecided, Validator};
use walk::{Nothing, Refused, Steps, UnknownField, Walk};

use crate::decode::FieldValidation;
use crate::finding::{Finding, Severity};
use crate::object::{FieldPath, Location, MemoryBuilder, Object};
use crate::version::KubeVersion;

/// The definitions of an input, by group and kind.
#[derive(Clone, Debug, Default)]
pub struct CustomSchemas {
    definitions: Vec<Definition>,
    by_kind: HashMap<(String, String), usize>,
    kube_version: KubeVersion,
}

/// What the API server says to a new object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomJudgement {
    /// Whether its version is served; when not, nothing else was looked at.
    pub served: bool,
    /// Why it cannot be read at all: `metadata` or the type of an embedded resource is wrong.
    pub refused: Option<Finding>,
    /// What strict field validation reports, in the API server's texts and order.
    pub strict: Vec<Finding>,
    /// What validation reports, by text.
    pub invalid: Vec<Finding>,
    /// Rules that concern it and are not evaluated.
    pub unsupported: Vec<Finding>,
}

impl CustomSchemas {
    /// Takes the definitions out of objects; of two for one kind the last one counts. Nothing is compiled yet.
    pub fn of<'o>(objects: impl IntoIterator<Item = &'o Object>, kube_version: KubeVersion) -> Self {
        let mut schemas = Self { kube_version, ..Self::default() };
        for definition in objects.into_iter().filter_map(|object| Definition::of(object, kube_version)) {
            let key = (definition.group().to_owned(), definition.kind().to_owned());
            schemas.by_kind.insert(key, schemas.definitions.len());
            schemas.definitions.push(definition);
        }
        schemas
    }

    /// Whether there are no definitions.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }

    /// The definitions in the order of the input.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The definition of an object's group and kind, whatever its version.
    ///
    /// ```
    /// # use kubelogic_core::object::Object;
    /// # use kubelogic_core::schema::CustomSchemas;
    /// let pod = Object::from_serialize(&serde_json::json!({"apiVersion": "v1", "kind": "Pod"})).unwrap();
    /// assert!(CustomSchemas::of([&pod], Default::default()).definition(&pod).is_none());
    /// ```
    pub fn definition(&self, object: &Object) -> Option<&Definition> {
        let (group, _) = group_version(object);
        let place = self.by_kind.get(&(group.to_owned(), object.kind().to_owned()))?;
        self.definitions.get(*place)
    }

    /// What is wrong with an object, in the order of the API server; nothing for kinds that no definition declares.
    ///
    /// Unknown and duplicate fields are errors, warnings or passed over as `validation` says. Rules that are not
    /// evaluated are notes.
    pub fn check(&self, object: &Object, validation: FieldValidation) -> Vec<Finding> {
        let Some(definition) = self.definition(object) else { return Vec::new() };
        let judgement = self.judge_with(definition, object);
        if !judgement.served {
            return vec![not_served(definition, object)];
        }
        let mut findings: Vec<Finding> = judgement.refused.into_iter().collect();
        if validation != FieldValidation::Ignore {
            findings.extend(judgement.strict.into_iter().map(|mut finding| {
                if validation == FieldValidation::Warn {
                    finding.severity = Severity::Warning;
                }
                finding
            }));
        }
        findings.extend(judgement.invalid);
        findings.extend(judgement.unsupported);
        findings
    }

    /// The parts of [`check`](Self::check), apart from each other; nothing for kinds that no definition declares.
    pub fn judge(&self, object: &Object) -> Option<CustomJudgement> {
        self.definition(object).map(|definition| self.judge_with(definition, object))
    }

    fn judge_with(&self, definition: &Definition, object: &Object) -> CustomJudgement {
        let (_, name) = group_version(object);
        let Some((version, compiled)) = definition.served(name) else { return CustomJudgement::default() };
        let mut judgement = CustomJudgement { served: true, ..CustomJudgement::default() };
        let prune = !definition.preserves_unknown_fields();
        let steps = Steps { prune, defaults: true, drop_status: false };
        let mut look = Walk::new(compiled.structure(), steps, Nothing);
        look.object(object);
        if let Some(refused) = look.refused.take() {
            judgement.refused = Some(refusal(refused));
            return judgement;
        }
        // A new object cannot set what is written elsewhere; its fields are looked at all the same.
        let steps = Steps { drop_status: version.has_status, ..steps };
        let changed = look.changed || (version.has_status && object.root().get("status").is_some());
        judgement.strict.extend(duplicates::of(object).into_iter().map(duplicate));
        judgement.strict.extend(look.into_unknown().into_iter().map(unknown));
        let written = if changed { write(object, compiled, steps) } else { Some(object.clone()) };
        let Some(written) = written else { return judgement };
        let metadata = create::metadata(&written, definition.is_namespaced());
        let Some(written) = create::prepared(written, &metadata, compiled.schema.names_metadata) else {
            return judgement;
        };
        let mut faults = create::check(&metadata, definition.is_namespaced(), self.kube_version);
        let mut validator = Validator::new(&compiled.schema, self.kube_version);
        faults.extend(validator.object(&written));
        let undecided = std::mem::take(&mut validator.undecided);
        faults.extend(version.scale.iter().flat_map(|scale| scale::check(&written, scale)));
        faults.extend(embedded::check(&written, compiled.structure(), self.kube_version));
        faults.extend(list_type::check(&written, compiled.structure(), self.kube_version));
        // The order of upstream is that of its hash maps.
        faults.sort_by(|one, two| one.text.cmp(&two.text));
        judgement.invalid = faults.into_iter().map(|fault| invalid(fault, object)).collect();
        judgement.unsupported =
            definition.state().findings.iter().filter(|finding| is_unsupported(finding)).cloned().collect();
        judgement.unsupported.extend(undecided.into_iter().map(|one| undecided_format(one, object)));
        judgement
    }

    /// The object without the fields that its schema does not name, and without nulls that may not be, as the API
    /// server reads it. Nothing for kinds and versions that are not served, and for objects that cannot be read.
    pub fn pruned(&self, object: &Object) -> Option<Object> {
        self.step(object, false)
    }

    /// The same with defaults filled in.
    pub fn defaulted(&self, object: &Object) -> Option<Object> {
        self.step(object, true)
    }

    fn step(&self, object: &Object, defaults: bool) -> Option<Object> {
        let definition = self.definition(object)?;
        let (_, name) = group_version(object);
        let (_, compiled) = definition.served(name)?;
        let prune = !definition.preserves_unknown_fields();
        write(object, compiled, Steps { prune, defaults, drop_status: false })
    }
}

fn write(object: &Object, compiled: &Compiled, steps: Steps) -> Option<Object> {
    let mut walk = Walk::new(compiled.structure(), steps, MemoryBuilder::new());
    walk.object(object);
    if walk.refused.is_some() {
        return None;
    }
    walk.out.finish(object.origin().source.clone())
}

fn group_version(object: &Object) -> (&str, &str) {
    object.api_version().split_once('/').unwrap_or(("", object.api_version()))
}

fn not_served(definition: &Definition, object: &Object) -> Finding {
    let location = object.root().location(FieldPath::root());
    if !definition.is_usable() {
        let message = format!("`{}` cannot be used: its schema is not accepted", definition.name());
        return Finding::new("crd/unusable-definition", Severity::Error, message).at(location);
    }
    let served: Vec<&str> = definition
        .versions()
        .iter()
        .filter(|version| version.served)
        .map(|version| version.name.as_str())
        .collect();
    let (group, version) = group_version(object);
    let message = format!("no matches for kind \"{}\" in version \"{group}/{version}\"", object.kind());
    let finding = Finding::new("crd/version-not-served", Severity::Error, message).at(location);
    finding.help(format!("`{}` serves {}", definition.name(), served.join(", ")))
}

fn refusal(refused: Refused) -> Finding {
    Finding::new("crd/wrong-metadata", Severity::Error, refused.message).at(refused.location)
}

fn unknown(field: UnknownField) -> Finding {
    let message = format!("unknown field \"{}\"", field.path);
    let finding = Finding::new("schema/unknown-field", Severity::Error, message).at(field.location);
    match field.nearest {
        Some(nearest) => finding.help(format!("did you mean `{nearest}`?")),
        None => finding,
    }
}

fn duplicate((path, location): (String, Location)) -> Finding {
    let message = format!("duplicate field {}", crate::quote::quoted(&path));
    Finding::new("schema/duplicate-field", Severity::Error, message).at(location)
}

fn invalid(fault: Fault, object: &Object) -> Finding {
    Finding::new("crd/invalid", Severity::Error, fault.text).at(locate(object, fault.path))
}

/// The place of a path in the object as it was written: defaults have the place of what holds them.
fn locate(object: &Object, path: FieldPath) -> Location {
    let mut value = object.root();
    for step in path.steps() {
        let one = FieldPath::root();
        let next = match step {
            crate::object::PathStep::Field(name) | crate::object::PathStep::Key(name) => {
                value.at(&one.field(name))
            }
            crate::object::PathStep::Index(index) => value.at(&one.index(*index)),
        };
        match next {
            Some(next) => value = next,
            None => break,
        }
    }
    value.location(path)
}

fn is_unsupported(finding: &Finding) -> bool {
    finding.severity == Severity::Note
}

fn undecided_format(undecided: Undecided, object: &Object) -> Finding {
    let message =
        format!("whether `{}` has the format `{}` is not evaluated", undecided.path, undecided.format);
    Finding::new("crd/unsupported-format", Severity::Note, message).at(locate(object, undecided.path))
}
