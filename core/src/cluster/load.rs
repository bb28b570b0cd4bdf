//! From objects to a cluster: identity, duplicates, and what the input itself declares.

use std::fmt;
use std::sync::Arc;

use super::shards::{Name, Shards};
use super::{Cluster, Coverage, GroupKind, Settings, scope, split_api_version};
use crate::decode::FieldValidation;
use crate::finding::{Finding, Severity};
use crate::near::nearest;
use crate::object::{FieldPath, Object};
use crate::read::Reading;
use crate::schema::Discovery;
use crate::version::KubeVersion;

/// What to do about two different objects with one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnDuplicate {
    /// Loading fails.
    #[default]
    Refuse,
    /// The one that was read last counts.
    Last,
}

/// What to do about an object that the API server would refuse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnInvalid {
    /// Loading fails and lists them all.
    #[default]
    Refuse,
    /// The answer is as if they were absent, and says so.
    Drop,
}

/// How objects become a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadOptions {
    /// The Kubernetes version that questions are answered for; the newest by default.
    pub kube_version: KubeVersion,
    /// The namespace of objects that name none; `default` by default.
    pub default_namespace: String,
    /// Different objects with one name.
    pub on_duplicate: OnDuplicate,
    /// Objects that the API server would refuse.
    pub on_invalid: OnInvalid,
    /// Unknown fields.
    pub field_validation: FieldValidation,
    /// How complete the objects are; objects of kind `Coverage` in the input add to it.
    pub coverage: Coverage,
}

impl Default for LoadOptions {
    fn default() -> Self {
        Self {
            kube_version: KubeVersion::default(),
            default_namespace: "default".to_owned(),
            on_duplicate: OnDuplicate::default(),
            on_invalid: OnInvalid::default(),
            field_validation: FieldValidation::default(),
            coverage: Coverage::whole(),
        }
    }
}

/// Why objects do not make a cluster: every reason, in the order of the input.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct LoadError {
    findings: Vec<Finding>,
}

impl LoadError {
    /// An error out of what was found; `None` when nothing was.
    pub fn from_findings(findings: Vec<Finding>) -> Option<Self> {
        (!findings.is_empty()).then_some(Self { findings })
    }

    /// The permanent code: that of the only reason, or `cluster/not-loaded` for several.
    pub fn code(&self) -> &'static str {
        match self.findings.as_slice() {
            [one] => one.code,
            _ => "cluster/not-loaded",
        }
    }

    /// Every reason.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.findings.as_slice() {
            [one] => write!(out, "{}", one.message),
            several => {
                write!(out, "{} objects cannot be used", several.len())?;
                several.iter().try_for_each(|finding| write!(out, "\n  {finding}"))
            }
        }
    }
}

/// The API group of files that belong to this project and not to a cluster.
const OWN_GROUP: &str = "kubelogic";
/// The version of their format.
const OWN_VERSION: &str = "v1alpha1";
/// Their kinds.
const OWN_KINDS: [&str; 5] = ["Baseline", "ClusterPKI", "Coverage", "Expectations", "Project"];

impl Cluster {
    /// Takes objects as the state of a cluster.
    ///
    /// Two equal objects count once. Objects of kind `Coverage` are read as declarations; custom resource
    /// definitions extend the known resources.
    ///
    /// # Errors
    /// When an object has no kind, when two different objects have one name and `on_duplicate` refuses that,
    /// or when a declaration cannot be read. All reasons are listed.
    pub fn load(objects: impl IntoIterator<Item = Object>, options: &LoadOptions) -> Result<Self, LoadError> {
        Self::assemble(objects, options, Vec::new(), Vec::new())
    }

    /// Takes what was read as the state of a cluster. What was noticed while reading becomes a note.
    ///
    /// # Errors
    /// As [`load`](Self::load), and when something could not be read and `on_invalid` refuses that. Reasons of
    /// both kinds are listed.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Cluster, LoadOptions, OnInvalid};
    /// use kubelogic_core::read::{Options, text};
    /// let reading = || text("kind: [\n---\nkind: A\napiVersion: v1\nmetadata: {name: a}\n", &Options::named("a.yaml"));
    /// let mut options = LoadOptions::default();
    /// assert_eq!(Cluster::of_reading(reading(), &options).unwrap_err().code(), "read/syntax");
    /// options.on_invalid = OnInvalid::Drop;
    /// let cluster = Cluster::of_reading(reading(), &options)?;
    /// assert_eq!((cluster.len(), cluster.notes()[0].code), (1, "read/syntax"));
    /// # Ok::<(), kubelogic_core::cluster::LoadError>(())
    /// ```
    pub fn of_reading(reading: Reading, options: &LoadOptions) -> Result<Self, LoadError> {
        let mut notes = Vec::new();
        let mut findings: Vec<Finding> = reading.errors.iter().map(Finding::from).collect();
        if options.on_invalid == OnInvalid::Drop {
            notes = std::mem::take(&mut findings);
        }
        notes.extend(reading.findings);
        Self::assemble(reading.objects, options, notes, findings)
    }

    pub(super) fn assemble(
        objects: impl IntoIterator<Item = Object>,
        options: &LoadOptions,
        mut notes: Vec<Finding>,
        mut findings: Vec<Finding>,
    ) -> Result<Self, LoadError> {
        let objects: Vec<Object> = objects.into_iter().collect();
        let discovery = scope::discovery(options.kube_version, &objects);
        let mut coverage = options.coverage.clone();
        for object in objects.iter().filter(|object| is_own(object, "Coverage")) {
            match coverage.clone().with_object(object) {
                Ok(extended) => coverage = extended,
                Err(errors) => findings.extend(errors.iter().map(Finding::from)),
            }
        }
        let sorted = match sort_out(objects, options, &discovery) {
            Ok(sorted) => sorted,
            Err(error) => {
                findings.extend(error.findings);
                Sorted::default()
            }
        };
        notes.extend(sorted.notes);
        match LoadError::from_findings(findings) {
            Some(error) => Err(error),
            None => Ok(Self {
                shards: sorted.shards,
                settings: Arc::new(Settings {
                    options: options.clone(),
                    discovery,
                    coverage,
                    notes,
                    declarations: sorted.declarations,
                }),
            }),
        }
    }
}

/// Objects in their places.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) shards: Shards,
    /// Files of this project.
    pub(super) declarations: Vec<Object>,
    notes: Vec<Finding>,
}

pub(super) fn sort_out(
    objects: impl IntoIterator<Item = Object>,
    options: &LoadOptions,
    discovery: &Discovery,
) -> Result<Sorted, LoadError> {
    let mut sorted = Sorted::default();
    let mut findings = Vec::new();
    for object in objects {
        if let Some(finding) = untyped(&object) {
            match options.on_invalid {
                OnInvalid::Refuse => findings.push(finding),
                OnInvalid::Drop => sorted.notes.push(finding),
            }
            continue;
        }
        if split_api_version(object.api_version()).0 == OWN_GROUP {
            match unknown_declaration(&object) {
                Some(finding) => findings.push(finding),
                None => declare(&mut sorted.declarations, object),
            }
            continue;
        }
        if let Some(note) = kustomization(&object) {
            sorted.notes.push(note);
        }
        let kind = GroupKind::of(&object);
        let namespace = scope::namespace_of(discovery, &object, &options.default_namespace);
        let earlier = sorted.shards.find(&kind, namespace, &Name::of(&object));
        if let Some(earlier) = earlier {
            let same = *earlier == object;
            let finding = duplicate(&kind, namespace, earlier, &object, same);
            match (same, options.on_duplicate) {
                (true, _) => {
                    sorted.notes.push(finding);
                    continue;
                }
                (false, OnDuplicate::Last) => sorted.notes.push(finding),
                (false, OnDuplicate::Refuse) => {
                    findings.push(finding);
                    continue;
                }
            }
        }
        let namespace = namespace.to_owned();
        sorted.shards.insert(&kind, &namespace, object);
    }
    match LoadError::from_findings(findings) {
        Some(error) => Err(error),
        None => Ok(sorted),
    }
}

/// An object without `kind` or `apiVersion`, which the API server would not know what to do with. Read as an object
/// of no group, a role would silently grant nothing.
fn untyped(object: &Object) -> Option<Finding> {
    let field = match (object.kind(), object.api_version()) {
        ("", _) => "kind",
        (_, "") => "apiVersion",
        _ => return None,
    };
    let message = format!("the object has no `{field}`");
    let finding = Finding::new("read/missing-kind", Severity::Error, message)
        .at(object.root().location(FieldPath::root()));
    let keys = object.root().entries().map(|(key, _)| key).filter(|key| *key != field);
    Some(match nearest(field, keys) {
        Some(key) => finding.help(format!("`{key}` is not `{field}`: names are those of the API")),
        None => finding,
    })
}

/// Takes a file of this project; the same contents count once.
pub(super) fn declare(declarations: &mut Vec<Object>, object: Object) {
    if !declarations.contains(&object) {
        declarations.push(object);
    }
}

/// A file of this project that nobody would read: passed over, it would be believed to hold.
fn unknown_declaration(object: &Object) -> Option<Finding> {
    let (group, version) = split_api_version(object.api_version());
    let (field, message, help) = if version == OWN_VERSION {
        if OWN_KINDS.contains(&object.kind()) {
            return None;
        }
        let near = nearest(object.kind(), OWN_KINDS);
        let help = match near {
            Some(kind) => format!("did you mean `{kind}`?"),
            None => format!("there is {}", OWN_KINDS.join(", ")),
        };
        ("kind", format!("`{}` has no kind `{}`", object.api_version(), object.kind()), help)
    } else {
        let message = format!("there is no version `{version}` of `{group}` files");
        ("apiVersion", message, format!("write `apiVersion: {OWN_GROUP}/{OWN_VERSION}`"))
    };
    let path = FieldPath::root().field(field);
    let value = object.root().at(&path).unwrap_or_else(|| object.root());
    let finding = Finding::new("cluster/unknown-declaration", Severity::Error, message);
    Some(finding.at(value.location(path)).help(help))
}

fn is_own(object: &Object, kind: &str) -> bool {
    split_api_version(object.api_version()).0 == OWN_GROUP && object.kind() == kind
}

fn duplicate(kind: &GroupKind, namespace: &str, earlier: &Object, object: &Object, same: bool) -> Finding {
    let place = if namespace.is_empty() { String::new() } else { format!("{namespace}/") };
    let name = object.name();
    let location = object.root().location(FieldPath::root());
    let first = earlier.root().location(FieldPath::root());
    let finding = if same {
        let message = format!("{kind} `{place}{name}` is given twice with the same contents and counts once");
        Finding::new("cluster/repeated-object", Severity::Note, message)
    } else {
        let message = format!("{kind} `{place}{name}` is given twice with different contents");
        Finding::new("cluster/duplicate-object", Severity::Error, message)
            .help("keep one of them, or let the last one count (`--on-duplicate=last`)")
    };
    finding.at(location).related(first, "first given here")
}

fn kustomization(object: &Object) -> Option<Finding> {
    let (group, _) = split_api_version(object.api_version());
    let message = "a kustomization is not evaluated: give its output (`kubectl kustomize DIR`) instead";
    (group == "kustomize.config.k8s.io").then(|| {
        Finding::new("cluster/kustomization", Severity::Note, message)
            .at(object.root().location(FieldPath::root()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_ours_that_nobody_reads_is_refused() {
        let load = |api_version: &str, kind: &str| {
            let file = serde_json::json!({"apiVersion": api_version, "kind": kind});
            Cluster::load([Object::from_serialize(&file).unwrap()], &LoadOptions::default())
        };
        let error = load("kubelogic/v1alpha1", "Expectation").unwrap_err();
        assert_eq!(error.code(), "cluster/unknown-declaration");
        assert_eq!(error.to_string(), "`kubelogic/v1alpha1` has no kind `Expectation`");
        assert_eq!(error.findings()[0].help.as_deref(), Some("did you mean `Expectations`?"));
        let error = load("kubelogic/v1", "Expectations").unwrap_err();
        assert_eq!(error.to_string(), "there is no version `v1` of `kubelogic` files");
        assert_eq!(load("kubelogic/v1alpha1", "Expectations").unwrap().declarations().len(), 1);
    }

    #[test]
    fn an_object_without_type_is_refused_or_left_out_with_a_word() {
        let role = serde_json::json!({
            "api_version": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "a"},
        });
        let role = Object::from_serialize(&role).unwrap();
        let error = Cluster::load([role.clone()], &LoadOptions::default()).unwrap_err();
        assert_eq!(
            (error.code(), error.to_string().as_str()),
            ("read/missing-kind", "the object has no `apiVersion`")
        );
        let help = error.findings()[0].help.as_deref();
        assert_eq!(help, Some("`api_version` is not `apiVersion`: names are those of the API"));
        let options = LoadOptions { on_invalid: OnInvalid::Drop, ..LoadOptions::default() };
        let cluster = Cluster::load([role], &options).unwrap();
        assert_eq!((cluster.len(), cluster.notes().len()), (0, 1));
    }
}
