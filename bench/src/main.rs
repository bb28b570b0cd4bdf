//! Side by side: kubelogic and the real component on the same input in the same run, as ratios.
//!
//! `cargo run --release -p kubelogic-bench -- read FILE…` prints one Markdown table.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for people at a terminal")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

mod access;
mod check;
mod measure;
mod nodes;
mod oracle;
mod pods;
mod read;
mod rules;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.split_first() {
        Some((what, files)) if what == "read" && !files.is_empty() => read::run(files),
        Some((what, counts)) if what == "pods" => pods::run(counts),
        Some((what, counts)) if what == "access" => access::run(counts),
        Some((what, counts)) if what == "nodes" => nodes::run(counts),
        Some((what, counts)) if what == "rules" => rules::run(counts),
        Some((what, arguments)) if what == "check" => check::run(arguments),
        Some((what, [folder])) if what == "check-once" => Ok(check::once(folder)),
        _ => Err("usage: kubelogic-bench read FILE… | pods [COUNT] | access [BINDINGS…] | nodes [NODES…] | rules [BINDINGS…] | check FOLDER [KUBECONFORM]"
            .to_owned()),
    };
    match result {
        Ok(table) => {
            print!("{table}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
