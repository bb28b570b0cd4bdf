//! `cargo xtask pack`: builds every package and uses it as a stranger would, from an empty project.

mod crates;
mod npm;
mod readme;
mod wheel;

use crate::command::heading;
use crate::error::TaskError;
use crate::workspace::Workspace;

/// What all parts need to know.
struct Packing<'a> {
    workspace: &'a Workspace,
    /// Whether files that are not committed may be packed too.
    allow_dirty: bool,
}

/// One part: its name, the file without which there is nothing to pack, and how it runs.
struct Part {
    name: &'static str,
    needs: &'static str,
    run: fn(&Packing<'_>) -> Result<(), TaskError>,
}

const PARTS: &[Part] = &[
    Part { name: "crates", needs: "Cargo.toml", run: crates::pack },
    Part { name: "wheel", needs: "bindings/python/pyproject.toml", run: wheel::pack },
    Part { name: "npm", needs: "bindings/node/package.json", run: npm::pack },
];

/// Runs the named parts, or all.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let there: Vec<&Part> = PARTS.iter().filter(|part| workspace.root.join(part.needs).is_file()).collect();
    let names: Vec<&'static str> = there.iter().map(|part| part.name).collect();
    let mut allow_dirty = false;
    let mut chosen = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("allow-dirty") => allow_dirty = true,
            lexopt::Arg::Value(name) => chosen.push(crate::part(&name, &names)?),
            other => return Err(other.unexpected().into()),
        }
    }
    if chosen.is_empty() {
        chosen = names;
    }
    let packing = Packing { workspace, allow_dirty };
    for part in there.iter().filter(|part| chosen.contains(&part.name)) {
        (part.run)(&packing)?;
    }
    heading(&format!("packed: {}", chosen.join(", ")));
    Ok(())
}
