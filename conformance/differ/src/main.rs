//! `kubelogic-differ`: the same generated input to kubelogic and to the real components, and every difference
//! printed in its smallest form.

mod access;
mod authorizers;
mod convert;
mod corpus;
mod crd;
mod error;
mod kubeconfig;
mod lifecycle;
mod meta;
mod oracle;
mod pki;
mod random;
mod read;
mod request;
mod rules;
mod settings;
mod strict;
mod types;
mod workload;

use std::io::Write as _;
use std::process::ExitCode;

use error::DifferError;
use settings::Settings;

/// One comparison; `true` when nothing differs.
type Run = fn(&Settings, &mut dyn std::io::Write) -> Result<bool, DifferError>;

const USAGE: &str = "usage: kubelogic-differ read [--ask yaml|json|documents|objects|written] [--count N] [--seed S] \
                     [--corpus DIRECTORY] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ access [--source oracle|own] [--policies N] [--requests N] [--seed S] [--version 1.NN] \
                     --oracle PROGRAM
       kubelogic-differ authorizers --ask node|abac|chain|policy|configuration [--count N] [--seed S] \
                     [--version 1.NN] --oracle PROGRAM
       kubelogic-differ convert [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ corpus --corpus DIRECTORY --recorded FILE [--version 1.NN] [--oracle PROGRAM]
       kubelogic-differ rules [--ask QUESTION] [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ crd [--count N] [--seed S] [--corpus DIRECTORY] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ lifecycle [--version 1.NN] --oracle PROGRAM
       kubelogic-differ types [--version 1.NN] --oracle PROGRAM
       kubelogic-differ kubeconfig [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ kubeconfig-commands [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ pki [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
       kubelogic-differ workload [--count N] [--seed S] --oracle PROGRAM
       kubelogic-differ strict [--source corpus|tables|configuration] [--count N] [--seed S] [--corpus DIRECTORY] \
                     [--version 1.NN] --oracle PROGRAM
       kubelogic-differ request [--ask QUESTION] [--count N] [--seed S] [--version 1.NN] --oracle PROGRAM
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
    let Some(lexopt::Arg::Value(mode)) = parser.next()? else { return Err(DifferError::Usage(USAGE)) };
    let (run, known, count): (Run, &[&str], usize) = match mode.to_str().unwrap_or_default() {
        "access" => (access::run, &["source", "policies", "requests", "seed", "version"], 0),
        "authorizers" => (authorizers::run, &["ask", "count", "seed", "version"], 100_000),
        "convert" => (convert::run, &["count", "seed", "version"], 10_000),
        "corpus" => (corpus::run, &["corpus", "recorded", "version"], 0),
        "crd" => (crd::run, &["count", "seed", "corpus", "version"], 10_000),
        "kubeconfig" => (kubeconfig::run, &["count", "seed", "version"], 10_000),
        "kubeconfig-commands" => (kubeconfig::command::run, &["count", "seed", "version"], 10_000),
        "lifecycle" => (lifecycle::run, &["version"], 0),
        "meta" => (meta::run, &["ask", "count", "seed", "corpus", "version"], 100_000),
        "pki" => (pki::run, &["count", "seed", "version"], 5_000),
        "read" => (read::run, &["ask", "count", "seed", "corpus", "version"], 100_000),
        "request" => (request::run, &["ask", "count", "seed", "version"], 10_000),
        "rules" => (rules::run, &["ask", "count", "seed", "version"], 10_000),
        "strict" => (strict::run, &["source", "count", "seed", "corpus", "version"], 100_000),
        "types" => (types::run, &["version"], 0),
        "workload" => (workload::run, &["count", "seed", "version"], 10_000),
        _ => return Err(DifferError::Usage(USAGE)),
    };
    run(&Settings::parse(&mut parser, known, count)?, out)
}
