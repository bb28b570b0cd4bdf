//! Whatever a rule for values speaks of must stand in the structure as well.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/complete.go, which starts at the root only

use super::super::node::{Node, NodeId, Schema};
use super::Flaw;
use crate::object::{FieldPath, Location};

/// Adds what is missing.
pub(super) fn check(schema: &Schema, path: &str, flaws: &mut Vec<Flaw>) {
    let mut complete = Complete { schema, flaws };
    complete.rules(Schema::ROOT, Some(Schema::ROOT), path, path);
}

struct Complete<'a> {
    schema: &'a Schema,
    flaws: &'a mut Vec<Flaw>,
}

impl Complete<'_> {
    /// The depth of the recursion is that of the schema.
    fn rules(&mut self, rule: NodeId, structure: Option<NodeId>, path: &str, rule_path: &str) {
        let Some(rules) = self.schema.node(rule).map(Node::rules) else { return };
        if let Some(not) = rules.not {
            self.nested(not, structure, path, &format!("{rule_path}.not"));
        }
        for (name, list) in [("allOf", &rules.all_of), ("anyOf", &rules.any_of), ("oneOf", &rules.one_of)] {
            for (index, id) in list.iter().enumerate() {
                self.nested(*id, structure, path, &format!("{rule_path}.{name}[{index}]"));
            }
        }
    }

    fn nested(&mut self, rule: NodeId, structure: Option<NodeId>, path: &str, rule_path: &str) {
        let Some(node) = self.schema.node(rule) else { return };
        let Some(known) = structure.and_then(|id| self.schema.node(id)) else {
            self.missing(path, rule_path);
            return;
        };
        self.rules(rule, structure, path, rule_path);
        if let Some(items) = node.items {
            self.nested(items, known.items, &format!("{path}.items"), &format!("{rule_path}.items"));
        }
        for (name, property) in &node.properties {
            let path = format!("{path}.properties[{name}]");
            let rule_path = format!("{rule_path}.properties[{name}]");
            match known.property(name) {
                Some(found) => self.nested(*property, Some(found), &path, &rule_path),
                None => self.missing(&path, &rule_path),
            }
        }
    }

    fn missing(&mut self, path: &str, rule_path: &str) {
        let text = format!("{path}: Required value: because it is defined in {rule_path}");
        self.flaws.push(Flaw { text, location: nowhere() });
    }
}

/// The place is that of the schema; the caller knows it.
fn nowhere() -> Location {
    Location {
        source: crate::object::SourceName::new(""),
        document: 0,
        item: None,
        path: FieldPath::root(),
        position: None,
    }
}
