//! Defaults lose what the schema around them does not name.
//!
//! upstream: apiextensions-apiserver pkg/apiserver/schema/defaulting/prune.go (`PruneDefaults`)

use super::super::node::{NodeId, Schema, is_meta_field};
use super::super::walk::{Mode, Steps, Walk};
use crate::object::{MemoryBuilder, Object};

/// Prunes the defaults of a schema, each in the place where it would stand.
pub(super) fn prune(schema: &mut Schema) {
    if !schema.has_defaults {
        return;
    }
    let mut pruned = Vec::new();
    collect(schema, Schema::ROOT, Mode::Prune, &mut pruned);
    for (id, default) in pruned {
        if let Some(node) = schema.nodes.get_mut(id.0 as usize) {
            node.default = Some(default);
        }
    }
}

/// The depth of the recursion is that of the schema. Rules for values have no defaults.
fn collect(schema: &Schema, id: NodeId, mode: Mode, pruned: &mut Vec<(NodeId, Object)>) {
    let Some(node) = schema.node(id) else { return };
    if let Some(default) = &node.default
        && mode != Mode::Keep
    {
        let steps = Steps { prune: false, defaults: false, drop_status: false };
        let mut walk = Walk::new(schema, steps, MemoryBuilder::new()).lenient();
        walk.value(default.root(), Some(id), mode);
        if let Some(default) = walk.out.finish(default.origin().source.clone()) {
            pruned.push((id, default));
        }
    }
    let is_resource = id == Schema::ROOT || node.embedded;
    for (name, property) in &node.properties {
        let kept = mode == Mode::Keep || (is_resource && is_meta_field(name));
        collect(schema, *property, if kept { Mode::Keep } else { Mode::Prune }, pruned);
    }
    let below = if mode == Mode::Keep { Mode::Keep } else { Mode::Prune };
    if let Some(additional) = node.additional_schema() {
        collect(schema, additional, below, pruned);
    }
    if let Some(items) = node.items {
        let mode = if mode == Mode::Prune && node.preserve { Mode::Skip } else { mode };
        collect(schema, items, mode, pruned);
    }
}
