//! Completion scripts for shells.

use clap::CommandFactory as _;
use clap_complete::Shell as Generator;

use crate::arguments::{Arguments, Completion, Shell};
use crate::console::{Console, Failure};

pub(crate) fn run(arguments: &Completion, console: &mut Console<'_>) -> Result<u8, Failure> {
    let shell = match arguments.shell {
        Shell::Bash => Generator::Bash,
        Shell::Zsh => Generator::Zsh,
        Shell::Fish => Generator::Fish,
        Shell::Power => Generator::PowerShell,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "kubelogic", &mut script);
    console.out(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
