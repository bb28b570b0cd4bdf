//! How much of a real cluster the given objects are.

use serde::Serialize;

use super::GroupKind;
use crate::decode::{Decode, DecodeError, Decoder, FieldValidation};
use crate::object::{FieldPath, Object, Value};

/// How much of a kind, in one namespace, was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Completeness {
    /// Nothing of it: the list was refused, or nobody asked for it.
    Absent,
    /// Some of it.
    Partial,
    /// All of it.
    #[default]
    Complete,
}

/// What was declared about the input.
///
/// Without a declaration the given objects are the whole cluster. With one, a question whose answer uncovered
/// objects could turn is undecided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    otherwise: Completeness,
    rules: Vec<Rule>,
    declared: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    kind: GroupKind,
    /// `None` speaks for the cluster scope and every namespace.
    namespace: Option<String>,
    completeness: Completeness,
}

crate::model! {
    struct CoverageFile {
        api_version: String = "apiVersion",
        kind: String = "kind",
        default: Option<State> = "default",
        coverage: Vec<CoverageLine> = "coverage",
        ; ignore "metadata"
    }

    struct CoverageLine {
        group: String = "group",
        kind: String = "kind",
        namespace: Option<String> = "namespace",
        state: State = "state",
        ; ignore "reason"
    }
}

impl Coverage {
    /// Nothing is declared: what is given is the whole cluster.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Completeness, Coverage, GroupKind};
    /// let coverage = Coverage::whole();
    /// assert_eq!(coverage.of(&GroupKind::new("", "Pod"), "shop"), Completeness::Complete);
    /// assert!(!coverage.is_declared());
    /// ```
    pub fn whole() -> Self {
        Self::default()
    }

    /// Declares how much of a kind was given, in one namespace or everywhere. Later declarations win.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Completeness, Coverage, GroupKind};
    /// let roles = GroupKind::new("rbac.authorization.k8s.io", "Role");
    /// let coverage = Coverage::whole().declare(roles.clone(), Some("shop"), Completeness::Absent);
    /// assert_eq!(coverage.of(&roles, "shop"), Completeness::Absent);
    /// assert_eq!(coverage.of(&roles, "bank"), Completeness::Complete);
    /// ```
    #[must_use]
    pub fn declare(mut self, kind: GroupKind, namespace: Option<&str>, completeness: Completeness) -> Self {
        self.declared = true;
        self.rules.push(Rule { kind: kind.stored(), namespace: namespace.map(str::to_owned), completeness });
        self
    }

    /// What holds for kinds that no declaration names; complete unless said otherwise.
    #[must_use]
    pub fn otherwise(mut self, completeness: Completeness) -> Self {
        self.declared = true;
        self.otherwise = completeness;
        self
    }

    /// Whether anything was declared.
    pub fn is_declared(&self) -> bool {
        self.declared
    }

    /// How much of a kind was given in a namespace; the empty namespace is the cluster scope.
    pub fn of(&self, kind: &GroupKind, namespace: &str) -> Completeness {
        let rule = self.rules.iter().rev().find(|rule| {
            rule.kind == *kind && rule.namespace.as_deref().is_none_or(|declared| declared == namespace)
        });
        rule.map_or(self.otherwise, |rule| rule.completeness)
    }

    /// How much of a kind was given over all namespaces: the least of what was declared about it.
    pub fn everywhere(&self, kind: &GroupKind) -> Completeness {
        let rules = self.rules.iter().filter(|rule| rule.kind == *kind);
        let unnamed = self.rules.iter().rev().find(|rule| rule.kind == *kind && rule.namespace.is_none());
        let base = unnamed.map_or(self.otherwise, |rule| rule.completeness);
        rules.filter(|rule| rule.namespace.is_some()).map(|rule| rule.completeness).fold(base, Ord::min)
    }

    /// Adds what an object of kind `Coverage` (`kubelogic/v1alpha1`) declares.
    ///
    /// # Errors
    /// Every field that is unknown, has the wrong type or an unknown value.
    ///
    /// ```
    /// use kubelogic_core::cluster::{Completeness, Coverage, GroupKind};
    /// use kubelogic_core::object::Object;
    /// let file = Object::from_serialize(&serde_json::json!({
    ///     "apiVersion": "kubelogic/v1alpha1", "kind": "Coverage", "default": "complete",
    ///     "coverage": [{"kind": "Secret", "state": "absent"}],
    /// })).unwrap();
    /// let coverage = Coverage::whole().with_object(&file).unwrap();
    /// assert_eq!(coverage.of(&GroupKind::new("", "Secret"), "shop"), Completeness::Absent);
    /// ```
    pub fn with_object(mut self, object: &Object) -> Result<Self, Vec<DecodeError>> {
        let mut decoder = Decoder::new(FieldValidation::Strict);
        let file: CoverageFile = decoder.decode(object.root());
        self.declared = true;
        if let Some(State(Some(completeness))) = file.default {
            self.otherwise = completeness;
        }
        let lines = object.root().get("coverage").map(|lines| lines.items());
        for (index, (line, value)) in file.coverage.into_iter().zip(lines.into_iter().flatten()).enumerate() {
            for key in ["kind", "state"] {
                if value.get(key).is_none() {
                    decoder.missing(FieldPath::root().field("coverage").index(index).field(key), value);
                }
            }
            if let State(Some(completeness)) = line.state {
                let kind = GroupKind::new(line.group, line.kind);
                self = self.declare(kind, line.namespace.as_deref(), completeness);
            }
        }
        let (problems, _) = decoder.finish();
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }
}

/// A word for completeness; `None` when it is missing or none of the three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct State(Option<Completeness>);

impl Decode for State {
    fn decode(value: Value<'_>, decoder: &mut Decoder) -> Self {
        let completeness = match value.as_str() {
            Some("complete") => Completeness::Complete,
            Some("partial") => Completeness::Partial,
            Some("absent") => Completeness::Absent,
            _ => {
                decoder.invalid("must be `complete`, `partial` or `absent`", value);
                return Self(None);
            }
        };
        Self(Some(completeness))
    }
}
