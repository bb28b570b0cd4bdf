//! `cargo xtask pack`: builds every package and uses it as a stranger would, from an empty project.

mod crates;

use crate::command::heading;
use crate::error::TaskError;
use crate::workspace::Workspace;

const PARTS: &[&str] = &["crates"];

/// What all parts need to know.
struct Packing<'a> {
    workspace: &'a Workspace,
    /// Whether files that are not committed may be packed too.
    allow_dirty: bool,
}

/// Runs the named parts, or all.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let mut allow_dirty = false;
    let mut chosen = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("allow-dirty") => allow_dirty = true,
            lexopt::Arg::Value(name) => chosen.push(crate::part(&name, PARTS)?),
            other => return Err(other.unexpected().into()),
        }
    }
    if chosen.is_empty() {
        chosen = PARTS.to_vec();
    }
    let packing = Packing { workspace, allow_dirty };
    for part in &chosen {
        match *part {
            "crates" => crates::pack(&packing)?,
            _ => return Err(TaskError::Usage(format!("`{part}` has nothing to pack"))),
        }
    }
    heading(&format!("packed: {}", chosen.join(", ")));
    Ok(())
}
