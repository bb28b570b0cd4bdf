//! npm, by the name that the system has for it.

use std::path::Path;

use crate::command::Program;

/// npm, run in `directory`, without its messages about itself.
pub(crate) fn npm(directory: &Path) -> Program {
    Program::new(if cfg!(windows) { "npm.cmd" } else { "npm" }, directory)
        .env("npm_config_audit", "false")
        .env("npm_config_fund", "false")
        .env("npm_config_update_notifier", "false")
}
