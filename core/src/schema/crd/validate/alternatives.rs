//! `anyOf`, `oneOf`, `allOf` and `not`.
//!
//! upstream: kube-openapi `pkg/validation/validate/schema_props.go`

use super::super::node::Node;
use super::{Outcome, Validator};
use crate::object::Value;
use crate::quote::quoted;

impl<'v> Validator<'v> {
    pub(super) fn alternatives(&mut self, value: Value<'v>, node: &'v Node) -> Outcome {
        let rules = node.rules();
        let mut outcome = Outcome::default();
        if !rules.any_of.is_empty() {
            self.any_of(value, node, &mut outcome);
        }
        if !rules.one_of.is_empty() {
            self.one_of(value, node, &mut outcome);
        }
        if !rules.all_of.is_empty() {
            let mut valid = 0;
            for id in &rules.all_of {
                let found = self.node(value, *id);
                valid += usize::from(found.is_valid());
                outcome.merge(found);
            }
            if valid != rules.all_of.len() {
                let addition = if valid == 0 { ". None validated" } else { "" };
                self.complain(&mut outcome, &format!("must validate all the schemas (allOf){addition}"));
            }
        }
        if let Some(not) = rules.not
            && self.node(value, not).is_valid()
        {
            self.complain(&mut outcome, "must not validate the schema (not)");
        }
        outcome.matches += 1;
        outcome
    }

    /// The first alternative that fits, or the failed one in which most was looked at.
    fn any_of(&mut self, value: Value<'v>, node: &'v Node, outcome: &mut Outcome) {
        let mut best: Option<Outcome> = None;
        for id in &node.rules().any_of {
            let found = self.node(value, *id);
            if found.is_valid() {
                outcome.merge(found);
                return;
            }
            if best.as_ref().is_none_or(|best| found.matches > best.matches) {
                best = Some(found);
            }
        }
        self.complain(outcome, "must validate at least one schema (anyOf)");
        outcome.merge(best.unwrap_or_default());
    }

    fn one_of(&mut self, value: Value<'v>, node: &'v Node, outcome: &mut Outcome) {
        let mut best: Option<Outcome> = None;
        let mut first = None;
        let mut valid = 0;
        for id in &node.rules().one_of {
            let found = self.node(value, *id);
            if found.is_valid() {
                valid += 1;
                best = None;
                first.get_or_insert(found);
            } else if valid == 0 && best.as_ref().is_none_or(|best| found.matches > best.matches) {
                best = Some(found);
            }
        }
        if valid == 1 {
            outcome.merge(first.unwrap_or_default());
            return;
        }
        let found = if valid == 0 {
            "Found none valid".to_owned()
        } else {
            format!("Found {valid} valid alternatives")
        };
        self.complain(outcome, &format!("must validate one and only one schema (oneOf). {found}"));
        outcome.merge(best.unwrap_or_default());
    }

    fn complain(&self, outcome: &mut Outcome, what: &str) {
        outcome.add(self.fault_without_field(format!("{} {what}", quoted(&self.path_text()))));
    }
}
