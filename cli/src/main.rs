//! The `kubelogic` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = std::env::args_os();
    ExitCode::from(kubelogic_cli::run(arguments, &mut kubelogic_cli::ProcessIo::default()))
}
