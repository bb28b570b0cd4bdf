//! The world as the command sees it: streams, terminals, the environment and files.

use std::fs::OpenOptions;
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use kubelogic::files::{Files, FilesMut, StdFiles};

/// A standard stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard input.
    Stdin,
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// Everything that the command touches. Tests and other languages bring their own.
pub trait Io {
    /// Standard input.
    fn stdin(&mut self) -> &mut dyn BufRead;

    /// Standard output: answers, and nothing else.
    fn stdout(&mut self) -> &mut dyn Write;

    /// Standard error: warnings and errors.
    fn stderr(&mut self) -> &mut dyn Write;

    /// Whether a stream is a terminal.
    fn is_terminal(&self, stream: Stream) -> bool;

    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;

    /// The file system.
    fn files(&self) -> &dyn Files;

    /// The file system, when it can be written; nothing in a world that only reads.
    fn files_mut(&self) -> Option<&dyn FilesMut> {
        None
    }

    /// Writes a file. One that is there already is the error `AlreadyExists`, unless it may be replaced.
    ///
    /// # Errors
    /// When the file cannot be written; always, in a world that only reads.
    fn write_file(&self, _path: &Path, _contents: &[u8], _replace: bool) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Puts a file in the place of another, or where none is, so that nobody ever sees half of it.
    ///
    /// # Errors
    /// When the file cannot be written; always, in a world that only reads.
    fn replace_file(&self, _path: &Path, _contents: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// The working directory, which paths in reports are relative to; nothing when there is none.
    fn working_directory(&self) -> Option<PathBuf> {
        None
    }

    /// Shows how far a long read is, in place of what was shown before; an empty text clears it.
    ///
    /// It is called only when standard error is a terminal.
    fn progress(&self, text: &str);
}

/// The streams, environment and files of this process.
#[derive(Debug)]
pub struct ProcessIo {
    /// Locked when it is first read.
    stdin: Option<io::StdinLock<'static>>,
    stdout: io::Stdout,
    stderr: io::Stderr,
    files: StdFiles,
}

impl Default for ProcessIo {
    fn default() -> Self {
        Self { stdin: None, stdout: io::stdout(), stderr: io::stderr(), files: StdFiles }
    }
}

impl Io for ProcessIo {
    fn stdin(&mut self) -> &mut dyn BufRead {
        self.stdin.get_or_insert_with(|| io::stdin().lock())
    }

    fn stdout(&mut self) -> &mut dyn Write {
        &mut self.stdout
    }

    fn stderr(&mut self) -> &mut dyn Write {
        &mut self.stderr
    }

    fn is_terminal(&self, stream: Stream) -> bool {
        match stream {
            Stream::Stdin => io::stdin().is_terminal(),
            Stream::Stdout => self.stdout.is_terminal(),
            Stream::Stderr => self.stderr.is_terminal(),
        }
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn files(&self) -> &dyn Files {
        &self.files
    }

    fn files_mut(&self) -> Option<&dyn FilesMut> {
        Some(&self.files)
    }

    fn write_file(&self, path: &Path, contents: &[u8], replace: bool) -> io::Result<()> {
        let mut options = OpenOptions::new();
        let options = options.write(true);
        // Exclusive creation: whoever makes the file in between does not lose it.
        let options = if replace { options.create(true).truncate(true) } else { options.create_new(true) };
        options.open(path)?.write_all(contents)
    }

    fn replace_file(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        kubelogic::files::replace(path, contents)
    }

    fn working_directory(&self) -> Option<PathBuf> {
        std::env::current_dir().ok()
    }

    fn progress(&self, text: &str) {
        // Back to the start of the line, the new text, and whatever was longer before is erased. Progress that
        // cannot be shown is no reason to stop.
        let _ = write!(&self.stderr, "\r{text}\u{1b}[K");
    }
}
