//! Texts: length, pattern and format.

use super::super::format::Verdict;
use super::super::node::Node;
use super::{Fault, Outcome, Undecided, Validator};
use crate::object::Value;
use crate::quote::quoted;
use crate::version::KubeVersion;

impl<'v> Validator<'v> {
    /// The first of length and pattern that a text breaks.
    pub(super) fn string(&self, value: Value<'v>, node: &Node) -> Outcome {
        let rules = node.rules();
        let text = value.as_str().unwrap_or_default();
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        if let Some(most) = rules.max_length.filter(|most| length > *most) {
            let message = format!("{} in body should be at most {most} chars long", self.path_text());
            return Outcome::fault(self.fault(message, &too_long(most, self.version)));
        }
        if let Some(least) = rules.min_length.filter(|least| length < *least) {
            return Outcome::fault(self.invalid(text, &format!("should be at least {least} chars long")));
        }
        match &rules.pattern {
            Some(pattern) if !pattern.matches(text) => {
                Outcome::fault(self.invalid(text, &format!("should match '{}'", pattern.as_str())))
            }
            _ => Outcome::default(),
        }
    }

    /// Nothing when there is no format for texts.
    pub(super) fn format(&mut self, value: Value<'v>, node: &Node) -> Option<Outcome> {
        let format = node.rules().format.as_ref()?;
        let text = value.as_str().unwrap_or_default();
        Some(match format.verdict(text)? {
            Verdict::Fits => Outcome::default(),
            Verdict::Differs => {
                let message = format!(
                    "{} in body must be of type {}: {}",
                    self.path_text(),
                    format.name(),
                    quoted(text)
                );
                let body = format!("Invalid value: {}: {message}", quoted(text));
                Outcome::fault(self.fault(message, &body))
            }
            Verdict::Unknown => {
                self.undecided.push(Undecided { format: format.name().to_owned(), path: self.location() });
                Outcome::default()
            }
        })
    }

    fn invalid(&self, text: &str, must: &str) -> Fault {
        let message = format!("{} in body {must}", self.path_text());
        let body = format!("Invalid value: {}: {message}", quoted(text));
        self.fault(message, &body)
    }
}

fn too_long(most: i64, version: KubeVersion) -> String {
    // upstream: apimachinery pkg/util/validation/field/errors.go (TooLong), which counts from 1.34 on
    match most {
        i64::MIN..=-1 => "Too long: value is too long".to_owned(),
        1 if version.minor() >= 34 => "Too long: may not be more than 1 byte".to_owned(),
        _ if version.minor() < 32 => format!("Too long: may not be longer than {most}"),
        _ => format!("Too long: may not be more than {most} bytes"),
    }
}

/// Upstream's text for more items or properties than allowed.
pub(super) fn too_many(count: i64, most: i64, version: KubeVersion) -> String {
    match most {
        i64::MIN..=-1 => format!("Too many: {count}: has too many items"),
        1 if version.minor() >= 34 => format!("Too many: {count}: must have at most 1 item"),
        _ => format!("Too many: {count}: must have at most {most} items"),
    }
}
