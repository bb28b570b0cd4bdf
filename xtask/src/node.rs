//! npm, by the name that the system has for it.

use std::path::Path;

use crate::command::Program;
use crate::error::TaskError;

/// npm, run in `directory`, without its messages about itself.
pub(crate) fn npm(directory: &Path) -> Program {
    Program::new(if cfg!(windows) { "npm.cmd" } else { "npm" }, directory)
        .env("npm_config_audit", "false")
        .env("npm_config_fund", "false")
        .env("npm_config_update_notifier", "false")
}

/// Installs what a package of ours is built and tested with, without running scripts and without changing its files.
///
/// `npm ci` would refuse a lock file that leaves out the addons of other platforms, which npm itself writes.
pub(crate) fn install(package: &Path) -> Result<(), TaskError> {
    npm(package).args(["install", "--ignore-scripts", "--no-save"]).run()
}

/// A program that an npm package of `directory` brings.
pub(crate) fn npx(directory: &Path) -> Program {
    Program::new(if cfg!(windows) { "npx.cmd" } else { "npx" }, directory).arg("--no-install")
}
