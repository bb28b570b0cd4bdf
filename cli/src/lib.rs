#![doc = include_str!("../README.md")]

#[expect(clippy::doc_markdown, reason = "these comments are what --help prints")]
mod arguments;
mod ask;
mod auth;
mod can_i;
mod check;
mod collect;
mod completion;
mod console;
mod convert;
mod expand;
mod expect;
mod explain;
mod get;
mod io;
mod json;
mod kubeconfig;
mod load;
mod pki;
mod project;
mod rbac;
mod schema;
mod style;

pub use io::{Io, ProcessIo, Stream};

use std::ffi::OsString;

use arguments::{Arguments, Color, Command, Rbac, RbacCommand};
use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _};
use console::{Console, Failure};

/// The answer was yes, or nothing was found.
const YES: u8 = 0;
/// The answer was no, or something was found.
const NO: u8 = 1;
/// There is no answer: undecided, bad arguments, or input that cannot be used.
const NO_ANSWER: u8 = 2;

/// Runs the command and returns its exit code: 0 yes or clean, 1 no or findings, 2 undecided or could not
/// evaluate. The first argument is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>, io: &mut dyn Io) -> u8 {
    let parsed = Arguments::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    let (mut arguments, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return explain_arguments(&error, io),
    };
    if let Command::Rbac(Rbac { command: RbacCommand::Explain(arguments) }) = &mut arguments.command {
        arguments.explain = true;
    }
    let mut console = Console::new(io, arguments.color);
    let outcome =
        with_project(&mut arguments, &matches, &console).and_then(|()| run_command(&arguments, &mut console));
    outcome.unwrap_or_else(|failure| {
        report(failure, &mut console);
        NO_ANSWER
    })
}

/// Fills in the project file, for the commands that it can say something to.
fn with_project(
    arguments: &mut Arguments,
    matches: &ArgMatches,
    console: &Console<'_>,
) -> Result<(), Failure> {
    if matches!(
        arguments.command,
        Command::Collect(_)
            | Command::Completion(_)
            | Command::Explain(_)
            | Command::Kubeconfig(_)
            | Command::Pki(_)
            | Command::Project(_)
    ) {
        return Ok(());
    }
    match project::find(arguments, console)? {
        Some(found) => project::fill(&found, &mut arguments.command, matches, console),
        None => Ok(()),
    }
}

fn run_command(arguments: &Arguments, console: &mut Console<'_>) -> Result<u8, Failure> {
    match &arguments.command {
        Command::CanI(arguments) => can_i::run(arguments, console),
        Command::Get(arguments) => get::run(arguments, console),
        Command::Check(arguments) => check::run(arguments, console),
        Command::Convert(arguments) => convert::run(arguments, console),
        Command::Expand(arguments) => expand::run(arguments, console),
        Command::Pki(arguments) => pki::run(arguments, console),
        Command::Expect(arguments) => expect::run(arguments, console),
        Command::Explain(arguments) => explain::run(arguments, console),
        Command::Kubeconfig(arguments) => kubeconfig::run(arguments, console),
        Command::Rbac(arguments) => rbac::run(arguments, console),
        Command::Auth(arguments) => auth::run(arguments, console),
        Command::Collect(arguments) => collect::run(arguments, console),
        Command::Ask(arguments) => ask::run(arguments, console),
        Command::Schema(arguments) => schema::run(arguments, console),
        Command::Project(own) => project::run(own, arguments, console),
        Command::Completion(arguments) => completion::run(arguments, console),
    }
}

/// Help, the version, or what is wrong with the arguments.
fn explain_arguments(error: &clap::Error, io: &mut dyn Io) -> u8 {
    let mut console = Console::new(io, Color::Auto);
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let text = error.render();
    let ansi = if asked_for { console.palette() } else { console.error_palette() }.has_colors();
    let text = if ansi { text.ansi().to_string() } else { text.to_string() };
    if asked_for {
        return if console.out(&text).is_ok() { YES } else { NO_ANSWER };
    }
    console.error(text.trim_end());
    NO_ANSWER
}

/// Says why there is no answer.
fn report(failure: Failure, console: &mut Console<'_>) {
    let palette = console.error_palette();
    match failure {
        Failure::Usage { message, help } => {
            console.error(format_args!("{} {}", palette.red("error:"), style::shown(&message)));
            if let Some(help) = help {
                console.error(format_args!("  {} {}", palette.bold("help:"), style::shown(&help)));
            }
        }
        Failure::Undecided(message) => {
            console.error(format_args!("{} {}", palette.yellow("undecided:"), style::shown(&message)));
        }
        Failure::Write(error) => {
            console.error(format_args!("{} cannot write: {error}", palette.red("error:")));
        }
        Failure::Reported(_) => {}
    }
}
