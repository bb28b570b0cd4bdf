//! One condition of a selector.

use std::collections::BTreeMap;
use std::fmt;

use super::SelectorError;
use crate::field::{BadValue, FieldError, FieldErrorKind, aggregate};
use crate::meta::validate::go_strings;
use crate::meta::{label_key_problems, label_value_problems};
use crate::object::FieldPath;
use crate::version::KubeVersion;

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// `!a`
    DoesNotExist,
    /// `a=b`
    Equals,
    /// `a==b`
    DoubleEquals,
    /// `a in (b,c)`
    In,
    /// `a!=b`
    NotEquals,
    /// `a notin (b,c)`
    NotIn,
    /// `a`
    Exists,
    /// `a>1`, and `Gt` in a node selector.
    GreaterThan,
    /// `a<1`, and `Lt` in a node selector.
    LessThan,
}

impl Operator {
    /// The operator of a label selector's expression.
    pub fn of_label_selector(word: &str) -> Option<Self> {
        match word {
            "In" => Some(Self::In),
            "NotIn" => Some(Self::NotIn),
            "Exists" => Some(Self::Exists),
            "DoesNotExist" => Some(Self::DoesNotExist),
            _ => None,
        }
    }

    /// The operator of a node selector's expression, which can also compare numbers.
    ///
    /// ```
    /// use kubelogic_core::meta::Operator;
    /// assert_eq!(Operator::of_node_selector("Gt"), Some(Operator::GreaterThan));
    /// assert_eq!(Operator::of_label_selector("Gt"), None);
    /// ```
    pub fn of_node_selector(word: &str) -> Option<Self> {
        match word {
            "Gt" => Some(Self::GreaterThan),
            "Lt" => Some(Self::LessThan),
            other => Self::of_label_selector(other),
        }
    }

    /// The operator's name in the text form.
    pub fn word(self) -> &'static str {
        match self {
            Self::DoesNotExist => "!",
            Self::Equals => "=",
            Self::DoubleEquals => "==",
            Self::In => "in",
            Self::NotEquals => "!=",
            Self::NotIn => "notin",
            Self::Exists => "exists",
            Self::GreaterThan => "gt",
            Self::LessThan => "lt",
        }
    }
}

/// One condition of a selector, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

impl Requirement {
    /// A condition.
    ///
    /// ```
    /// use kubelogic_core::meta::{Operator, Requirement};
    /// use kubelogic_core::version::KubeVersion;
    ///
    /// let version = KubeVersion::default();
    /// let zone = Requirement::new("zone", Operator::In, vec!["b".into(), "a".into()], version).unwrap();
    /// assert_eq!(zone.to_string(), "zone in (a,b)");
    /// assert!(Requirement::new("zone", Operator::In, Vec::new(), version).is_err());
    /// ```
    ///
    /// # Errors
    /// [`SelectorError`] when key and values do not fit together, in upstream's words.
    pub fn new(
        key: &str,
        operator: Operator,
        values: Vec<String>,
        version: KubeVersion,
    ) -> Result<Self, SelectorError> {
        // upstream: apimachinery pkg/labels/selector.go (NewRequirement)
        let path = || FieldPath::root().field("values");
        let mut errors = Vec::new();
        let wrong = label_key_problems(key, version);
        if !wrong.is_empty() {
            errors.push(FieldError::invalid(FieldPath::root().field("key"), key, &wrong.join("; ")));
        }
        let mut refuse = |detail: &str| {
            let list = BadValue::Json(printed(&values, version));
            errors.push(FieldError::new(FieldErrorKind::Invalid, path(), list, detail));
        };
        match operator {
            Operator::In | Operator::NotIn if values.is_empty() => {
                refuse("for 'in', 'notin' operators, values set can't be empty");
            }
            Operator::Equals | Operator::DoubleEquals | Operator::NotEquals if values.len() != 1 => {
                refuse("exact-match compatibility requires one single value");
            }
            Operator::Exists | Operator::DoesNotExist if !values.is_empty() => {
                refuse("values set must be empty for exists and does not exist");
            }
            Operator::GreaterThan | Operator::LessThan => {
                if values.len() != 1 {
                    refuse("for 'Gt', 'Lt' operators, exactly one value is required");
                }
                for (index, value) in values.iter().enumerate() {
                    if value.parse::<i64>().is_err() {
                        let detail = "for 'Gt', 'Lt' operators, the value must be an integer";
                        errors.push(FieldError::invalid(path().index(index), value, detail));
                    }
                }
            }
            _ => {}
        }
        for (index, value) in values.iter().enumerate() {
            let wrong = label_value_problems(value, version);
            if !wrong.is_empty() {
                let path = path().index(index).key(key);
                errors.push(FieldError::invalid(path, value, &wrong.join("; ")));
            }
        }
        match aggregate(&errors) {
            Some(message) => Err(SelectorError::new(message)),
            None => Ok(Self { key: key.to_owned(), operator, values }),
        }
    }

    /// The label.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// How it compares.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// What it compares with.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Whether labels meet the condition.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        // upstream: apimachinery pkg/labels/selector.go (Requirement.Matches)
        let value = labels.get(&self.key);
        let number = |text: &String| text.parse::<i64>().ok();
        let compare = |holds: fn(i64, i64) -> bool| {
            let sides = value.and_then(number).zip(self.values.first().and_then(number));
            sides.is_some_and(|(own, other)| holds(own, other))
        };
        match self.operator {
            Operator::In | Operator::Equals | Operator::DoubleEquals => {
                value.is_some_and(|value| self.values.contains(value))
            }
            // A label that is not there is in no list.
            Operator::NotIn | Operator::NotEquals => value.is_none_or(|value| !self.values.contains(value)),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::GreaterThan => compare(|own, other| own > other),
            Operator::LessThan => compare(|own, other| own < other),
        }
    }
}

/// A list of values as each version prints it; one that is empty was never made.
fn printed(values: &[String], version: KubeVersion) -> String {
    match (version.minor() >= 34, values.is_empty()) {
        (true, true) => "null".to_owned(),
        (false, true) => "[]string(nil)".to_owned(),
        (_, false) => go_strings(values, version),
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // upstream: apimachinery pkg/labels/selector.go (Requirement.String)
        let key = &self.key;
        let mut sorted: Vec<&str> = self.values.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        let values = sorted.join(",");
        match self.operator {
            Operator::DoesNotExist => write!(out, "!{key}"),
            Operator::Exists => write!(out, "{key}"),
            Operator::In => write!(out, "{key} in ({values})"),
            Operator::NotIn => write!(out, "{key} notin ({values})"),
            Operator::Equals => write!(out, "{key}={values}"),
            Operator::DoubleEquals => write!(out, "{key}=={values}"),
            Operator::NotEquals => write!(out, "{key}!={values}"),
            Operator::GreaterThan => write!(out, "{key}>{values}"),
            Operator::LessThan => write!(out, "{key}<{values}"),
        }
    }
}
