//! Running programs: a heading for each step, output passed through unchanged, and a clear word when a tool is
//! not installed.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this program talks to a person at a terminal"
)]

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::TaskError;

/// Prints what is about to happen.
pub fn heading(text: &str) {
    println!("\n== {text}");
}

/// Prints one line about what happened.
pub fn note(text: &str) {
    println!("{text}");
}

/// What to install when a program is not found.
fn install_hint(program: &str) -> &'static str {
    match program {
        "python3" | "python" => "install Python 3.10 or newer with its venv module",
        "node" | "npm" => "install Node.js 20 or newer, which brings npm",
        "go" => "install Go, in the version that conformance/oracle names or newer",
        "git" => "install git",
        "cargo-deny" => "install it with `cargo install --locked cargo-deny`",
        "cargo-fuzz" => "install it with `cargo install --locked cargo-fuzz`",
        "rustup" => "install Rust by rustup",
        _ => "install it, or put it on the PATH",
    }
}

/// Shell lines in `directory`, where the programs of a folder are found before all others. The last may end with
/// 1, which is the answer no.
#[must_use]
pub fn shell(directory: &Path, programs: &Path, lines: &str) -> Program {
    Program::new("sh", directory)
        .found_first(programs)
        .args(["-c", &format!("{}\ntest $? -le 1", lines.trim_end())])
}

/// A program to run, with its arguments.
#[derive(Debug)]
pub struct Program {
    name: String,
    command: Command,
}

impl Program {
    /// A program by name or path, in the folder `directory`.
    #[must_use]
    pub fn new(program: impl AsRef<OsStr>, directory: &Path) -> Self {
        let name = program.as_ref().to_string_lossy().into_owned();
        let mut command = Command::new(program);
        command.current_dir(directory);
        Self { name, command }
    }

    /// The cargo that runs us, so that a chosen toolchain stays chosen.
    #[must_use]
    pub fn cargo(directory: &Path) -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Self { name: "cargo".to_owned(), ..Self::new(cargo, directory) }
    }

    /// Adds one argument.
    #[must_use]
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs without one environment variable.
    #[must_use]
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Lets the programs of a folder be found before all others.
    #[must_use]
    pub fn found_first(self, folder: &Path) -> Self {
        let others = std::env::var_os("PATH").unwrap_or_default();
        let search = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&others));
        match std::env::join_paths(search) {
            Ok(search) => self.env("PATH", search),
            // A folder whose name holds the separator cannot be on the PATH.
            Err(_) => self,
        }
    }

    /// The command line, for people.
    fn line(&self) -> String {
        let arguments = self.command.get_args().map(|argument| argument.to_string_lossy().into_owned());
        std::iter::once(self.name.clone()).chain(arguments).collect::<Vec<_>>().join(" ")
    }

    fn start_error(&self, source: std::io::Error) -> TaskError {
        if source.kind() == ErrorKind::NotFound {
            return TaskError::MissingTool { tool: self.name.clone(), install: install_hint(&self.name) };
        }
        TaskError::Start { command: self.line(), source }
    }

    /// Runs to the end; its output goes where ours goes.
    ///
    /// # Errors
    /// When it is not installed, cannot be started, or ends with a failure.
    pub fn run(mut self) -> Result<(), TaskError> {
        println!("$ {}", self.line());
        let status = self.command.stdin(Stdio::null()).status().map_err(|source| self.start_error(source))?;
        if status.success() { Ok(()) } else { Err(TaskError::Failed { command: self.line(), status }) }
    }

    /// Runs to the end and returns what it printed; what it complains about goes where ours goes.
    ///
    /// # Errors
    /// When it is not installed, cannot be started, ends with a failure, or prints something other than text.
    pub fn output(mut self) -> Result<String, TaskError> {
        self.command.stdin(Stdio::null()).stderr(Stdio::inherit());
        let output = self.command.output().map_err(|source| self.start_error(source))?;
        if !output.status.success() {
            return Err(TaskError::Failed { command: self.line(), status: output.status });
        }
        String::from_utf8(output.stdout).map_err(|error| TaskError::Unreadable {
            what: format!("the output of `{}`", self.line()),
            detail: error.to_string(),
        })
    }

    /// Runs to the end and returns what it wrote to its error output, which is shown as it comes.
    ///
    /// # Errors
    /// When it is not installed, cannot be started, or ends with a failure.
    pub fn watched(mut self) -> Result<String, TaskError> {
        println!("$ {}", self.line());
        self.command.stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = self.command.spawn().map_err(|source| self.start_error(source))?;
        let mut seen = String::new();
        for line in child.stderr.take().map(BufReader::new).into_iter().flat_map(|output| output.split(b'\n'))
        {
            let line = line.map_err(|source| TaskError::Start { command: self.line(), source })?;
            let line = String::from_utf8_lossy(&line);
            eprintln!("{line}");
            seen.push_str(&line);
            seen.push('\n');
        }
        let status = child.wait().map_err(|source| TaskError::Start { command: self.line(), source })?;
        if status.success() { Ok(seen) } else { Err(TaskError::Failed { command: self.line(), status }) }
    }
}
