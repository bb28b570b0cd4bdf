//! The `kubelogic` command.

use kubelogic_cli::ProcessIo;
use napi_derive::napi;

/// Runs the command with the streams of this process and returns its exit code.
#[napi(catch_unwind)]
pub fn command(arguments: Vec<String>) -> u8 {
    kubelogic_cli::run(arguments, &mut ProcessIo::default())
}
