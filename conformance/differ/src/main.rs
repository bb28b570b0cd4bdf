//! `kubelogic-differ`: the same generated input to kubelogic and to the real components, and every difference
//! printed in its smallest form.

mod access;
mod convert;
mod crd;
mod error;
mod kubeconfig;
mod lifecycle;
mod meta;
mod oracle;
mod random;
mod read;
mod strict;
mod types;
mod workload;

use std::io::Write as _;
use std::process::ExitCode;

use error::DifferError;

const USAGE: &str = "usage: kubelogic-differ read [--ask yaml|json|documents|objects|written] [--count N] [--seed S] \
                     [--corpus DIRECTORY] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ access [--source oracle|own] [--policies N] [--requests N] [--seed S] [--version 1.NN] \
                     --oracle PROGRAM
       kubelogic-differ convert [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ crd [--count N] [--seed S] [--corpus DIRECTORY] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ lifecycle [--version 1.NN] --oracle PROGRAM
       kubelogic-differ types [--version 1.NN] --oracle PROGRAM
       kubelogic-differ kubeconfig [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ workload [--count N] [--seed S] --oracle PROGRAM
       kubelogic-differ strict [--source corpus|tables] [--count N] [--seed S] [--corpus DIRECTORY] [--version 1.NN] \
                     --oracle PROGRAM
       kubelogic-differ meta [--ask QUESTION] [--count N] [--seed S] [--corpus DIRECTORY] [--version 1.NN] \
                     --oracle PROGRAM";

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    match run(&mut out) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Nothing is left to do when even this cannot be written.
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(2)
        }
    }
}

fn run(out: &mut dyn std::io::Write) -> Result<bool, DifferError> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        Some(lexopt::Arg::Value(command)) if command == "read" => {
            read::run(&read::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "access" => {
            access::run(&access::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "convert" => {
            convert::run(&convert::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "crd" => {
            crd::run(&crd::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "lifecycle" => {
            lifecycle::run(&lifecycle::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "types" => {
            types::run(&types::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "kubeconfig" => {
            kubeconfig::run(&kubeconfig::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "workload" => {
            workload::run(&workload::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "strict" => {
            strict::run(&strict::Settings::parse(&mut parser)?, out)
        }
        Some(lexopt::Arg::Value(command)) if command == "meta" => {
            meta::run(&meta::Settings::parse(&mut parser)?, out)
        }
        _ => Err(DifferError::Usage(USAGE)),
    }
}
