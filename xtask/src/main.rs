//! `cargo xtask`: everything a person does in this repository, by one name each.
#![expect(clippy::print_stderr, reason = "this program talks to a person at a terminal")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match xtask::run(std::env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
