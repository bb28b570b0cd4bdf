//! `kubelogic schema`: kinds and their fields, and how long there are API types.

mod explain;
mod lifecycle;

use crate::arguments::{Schema, SchemaCommand};
use crate::console::{Console, Failure};

pub(crate) fn run(arguments: &Schema, console: &mut Console<'_>) -> Result<u8, Failure> {
    match &arguments.command {
        SchemaCommand::Explain(arguments) => explain::run(arguments, console),
        SchemaCommand::Lifecycle(arguments) => lifecycle::run(arguments, console),
    }
}
