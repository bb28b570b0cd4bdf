//! Objects and lists: how many, which, and what is in them.
//!
//! upstream: kube-openapi `pkg/validation/validate/{object_validator,slice_validator}.go`

use super::super::node::{Additional, Node};
use super::super::text;
use super::super::walk::Step;
use super::scalar::too_many;
use super::{Outcome, Validator};
use crate::object::Value;
use crate::quote::quoted;

impl<'v> Validator<'v> {
    pub(super) fn mapping(&mut self, value: Value<'v>, node: &'v Node) -> Outcome {
        let rules = node.rules();
        let mut outcome = Outcome::default();
        let count = i64::try_from(value.entries().count()).unwrap_or(i64::MAX);
        if let Some(least) = rules.min_properties.filter(|least| count < *least) {
            let message = format!("{} in body should have at least {least} properties", self.path_text());
            let body = format!("Invalid value: {count}: {message}");
            outcome.add(self.fault(message, &body));
        }
        if let Some(most) = rules.max_properties.filter(|most| count > *most) {
            let message = format!("{} in body should have at most {most} properties", self.path_text());
            outcome.add(self.fault(message, &too_many(count, most, self.version)));
        }
        for (key, value) in value.entries() {
            match (node.property(key), node.additional) {
                (Some(property), _) => {
                    self.path.push(Step::Field(key));
                    outcome.merge(self.node(value, property));
                    self.path.pop();
                }
                (None, Some(Additional::Schema(additional))) => {
                    self.path.push(Step::Key(key));
                    outcome.merge(self.node(value, additional));
                    self.path.pop();
                }
                (None, Some(Additional::Forbidden)) => {
                    let message = format!("{}.{key} in body is a forbidden property", self.path_text());
                    let body = format!("Invalid value: {}: {message}", quoted(key));
                    outcome.add(self.fault(message, &body));
                }
                (None, _) => {}
            }
        }
        for name in &rules.required {
            if value.get(name).is_none() {
                let path = format!("{}.{name}", self.path_text());
                let message = format!("{path} in body is required");
                let mut fault = self.fault(message, "Required value");
                fault.text = format!("{}: Required value", path.strip_prefix('.').unwrap_or(&path));
                outcome.add(fault);
            }
        }
        outcome
    }

    pub(super) fn sequence(&mut self, value: Value<'v>, node: &'v Node) -> Outcome {
        let rules = node.rules();
        let mut outcome = Outcome::ok(1);
        if let Some(items) = node.items {
            for (index, item) in value.items().enumerate() {
                self.path.push(Step::Index(index));
                outcome.merge(self.node(item, items));
                self.path.pop();
            }
        }
        let count = i64::try_from(value.items().count()).unwrap_or(i64::MAX);
        if let Some(least) = rules.min_items.filter(|least| count < *least) {
            let message = format!("{} in body should have at least {least} items", self.path_text());
            let body = format!("Invalid value: {count}: {message}");
            outcome.add(self.fault(message, &body));
        }
        if let Some(most) = rules.max_items.filter(|most| count > *most) {
            let message = format!("{} in body should have at most {most} items", self.path_text());
            outcome.add(self.fault(message, &too_many(count, most, self.version)));
        }
        if rules.unique_items && has_duplicates(value) {
            let message = format!("{} in body shouldn't contain duplicates", self.path_text());
            let body = format!("Invalid value: \"\": {message}");
            outcome.add(self.fault(message, &body));
        }
        outcome
    }
}

fn has_duplicates(list: Value<'_>) -> bool {
    let items: Vec<Value<'_>> = list.items().collect();
    items
        .iter()
        .enumerate()
        .any(|(index, item)| items.iter().take(index).any(|other| text::equal(*item, *other)))
}
