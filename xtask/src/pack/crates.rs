//! The crates that go to the registry, packed in publish order; cargo builds each from its packed form.

use super::Packing;
use crate::command::{Program, heading};
use crate::error::TaskError;

/// Packs all of them at once, so that each is built against the packed form of those before it.
pub(super) fn pack(packing: &Packing<'_>) -> Result<(), TaskError> {
    let order = packing.workspace.publish_order()?;
    let names: Vec<&str> = order.iter().map(|krate| krate.name.as_str()).collect();
    heading(&format!("crates, in publish order: {}", names.join(", ")));
    let mut command = Program::cargo(&packing.workspace.root).arg("package");
    for name in names {
        command = command.args(["--package", name]);
    }
    if packing.allow_dirty {
        command = command.arg("--allow-dirty");
    }
    command.run()
}
