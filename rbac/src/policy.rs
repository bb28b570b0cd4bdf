//! From objects to roles and bindings: which count, in which order, and what is wrong with the others.

use kubelogic_core::decode::FieldValidation;
use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::object::{FieldPath, Location, Object};
use kubelogic_core::version::KubeVersion;

use crate::model::{Binding, BindingKind, GROUP, GroupVersion, Remarks, Role, RoleKind};
use crate::validate::{self, Problem};

/// How objects are judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judgement {
    pub(crate) version: KubeVersion,
    pub(crate) field_validation: FieldValidation,
    /// Whether objects that the API server would refuse are left out instead of refused.
    pub(crate) drop_invalid: bool,
    /// Whether objects are taken as they are, like those that an API server already holds.
    pub(crate) stored: bool,
}

/// What judging all objects brought to light.
#[derive(Debug, Default)]
pub(crate) struct Verdicts {
    /// Why objects are refused.
    pub(crate) refused: Vec<Finding>,
    /// What else is worth saying.
    pub(crate) remarks: Vec<Finding>,
}

impl Verdicts {
    /// Whether nothing was found to say.
    pub(crate) fn says_nothing(&self) -> bool {
        self.refused.is_empty() && self.remarks.is_empty()
    }

    /// The role, unless it does not count.
    pub(crate) fn role(
        &mut self,
        object: &Object,
        kind: RoleKind,
        namespace: &str,
        judgement: Judgement,
    ) -> Option<Role> {
        let (role, remarks) = Role::read(object, kind, namespace, judgement.field_validation);
        let problems = || validate::role(&role, judgement.version);
        self.accepts(object, remarks, problems, judgement).then_some(role)
    }

    /// The binding, unless it does not count.
    pub(crate) fn binding(
        &mut self,
        object: &Object,
        kind: BindingKind,
        namespace: &str,
        judgement: Judgement,
    ) -> Option<Binding> {
        let (binding, remarks) = Binding::read(object, kind, namespace, judgement.field_validation);
        let problems = || validate::binding(&binding, judgement.version);
        self.accepts(object, remarks, problems, judgement).then_some(binding)
    }

    fn accepts(
        &mut self,
        object: &Object,
        remarks: Remarks,
        problems: impl FnOnce() -> Vec<Problem>,
        judgement: Judgement,
    ) -> bool {
        let Remarks { problems: unreadable, warnings } = remarks;
        self.remarks.extend(warnings.iter().map(|warning| {
            let mut finding = Finding::from(warning);
            finding.severity = Severity::Warning;
            finding
        }));
        if GroupVersion::of(object).is_some_and(|version| version != GroupVersion::V1) {
            self.remarks.push(old_version(object));
        }
        let mut wrong: Vec<Finding> = unreadable.iter().map(Finding::from).collect();
        if wrong.is_empty() && !judgement.stored {
            wrong.extend(problems().iter().map(|problem| invalid(object, problem)));
        }
        if wrong.is_empty() {
            return true;
        }
        if judgement.drop_invalid {
            let text: Vec<String> = wrong.iter().map(|finding| finding.message.clone()).collect();
            let message = format!(
                "{} is left out, the API server would refuse it: {}",
                called(object),
                text.join("; ")
            );
            let finding = Finding::new("rbac/left-out", Severity::Warning, message);
            self.remarks.push(finding.at(place(object, FieldPath::root())));
        } else {
            self.refused.append(&mut wrong);
        }
        false
    }
}

/// The kind of role that an object is, if it is one.
pub(crate) fn role_kind(object: &Object) -> Option<RoleKind> {
    GroupVersion::of(object).and_then(|_| RoleKind::of(object.kind()))
}

/// The kind of binding that an object is, if it is one.
pub(crate) fn binding_kind(object: &Object) -> Option<BindingKind> {
    GroupVersion::of(object).and_then(|_| BindingKind::of(object.kind()))
}

/// A binding that was accepted before.
pub(crate) fn binding_again(
    object: &Object,
    completed_by: Option<&Object>,
    kind: BindingKind,
    namespace: &str,
) -> Binding {
    let (mut binding, _) = Binding::read(object, kind, namespace, FieldValidation::Ignore);
    if let Some(default) = completed_by {
        let (default, _) = Binding::read(default, kind, namespace, FieldValidation::Ignore);
        complete(&mut binding, default);
    }
    binding
}

/// Adds the subjects of a default binding that are missing.
pub(crate) fn complete(binding: &mut Binding, default: Binding) {
    // upstream: pkg/registry/rbac/reconciliation: subjects are only ever added.
    for subject in default.subjects {
        if !binding.subjects.contains(&subject) {
            binding.subjects.push(subject);
        }
    }
}

/// The place of a field of an object; of the nearest field above it when it is not there.
pub(crate) fn place(object: &Object, path: FieldPath) -> Location {
    let root = object.root();
    let mut nearest = root;
    for step in path.steps() {
        let below = FieldPath::root();
        let below = match step {
            kubelogic_core::object::PathStep::Field(name) => below.field(name),
            kubelogic_core::object::PathStep::Index(index) => below.index(*index),
            kubelogic_core::object::PathStep::Key(key) => below.key(key),
        };
        match nearest.at(&below) {
            Some(value) => nearest = value,
            None => break,
        }
    }
    nearest.location(path)
}

/// Puts findings into the order of their places.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, two| one.location.cmp(&two.location));
}

/// Kind and name of an object in a message.
pub(crate) fn called(object: &Object) -> String {
    let name = match (object.namespace(), object.name()) {
        ("", name) => name.to_owned(),
        (namespace, name) => format!("{namespace}/{name}"),
    };
    format!("{} `{name}`", object.kind())
}

fn invalid(object: &Object, problem: &Problem) -> Finding {
    let location = place(object, problem.path.clone());
    Finding::new("rbac/invalid-object", Severity::Error, problem.to_string()).at(location)
}

fn old_version(object: &Object) -> Finding {
    let message = format!("{} has a version that no API server since 1.22 serves", called(object));
    Finding::new("rbac/removed-version", Severity::Warning, message)
        .at(place(object, FieldPath::root().field("apiVersion")))
        .help(format!("write `apiVersion: {GROUP}/v1`"))
}
