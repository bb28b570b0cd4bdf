//! Writing to standard output and standard error: colours, closed pipes, and what ends the command early.

use std::fmt::Display;
use std::io::{self, BufRead as _, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use kubelogic::files::{Files, FilesMut};
use kubelogic::finding::Finding;

use crate::arguments::Color;
use crate::io::{Io, Stream};
use crate::style::Palette;

/// Why the command ends without an answer: always exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something about the arguments, in one sentence, with what to do about it.
    Usage { message: String, help: Option<String> },
    /// The input was used, and the question has no definite answer.
    Undecided(String),
    /// Output cannot be written.
    Write(io::Error),
    /// The input cannot be used; the reasons have been written already.
    Reported(Vec<Finding>),
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: None }
    }

    pub(crate) fn with_help(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { message: message.into(), help: Some(help.into()) }
    }
}

/// The two output streams.
pub(crate) struct Console<'a> {
    io: &'a mut dyn Io,
    out_palette: Palette,
    error_palette: Palette,
    /// Whoever read standard output has gone: `kubelogic get … | head -1`.
    closed: bool,
}

impl<'a> Console<'a> {
    pub(crate) fn new(io: &'a mut dyn Io, color: Color) -> Self {
        // https://no-color.org: any value but the empty one.
        let unwanted = io.variable("NO_COLOR").is_some_and(|value| !value.is_empty())
            || io.variable("TERM").is_some_and(|value| value == "dumb");
        let palette = |stream| match color {
            Color::Always => Palette::COLORS,
            Color::Auto if io.is_terminal(stream) && !unwanted => Palette::COLORS,
            Color::Auto | Color::Never => Palette::PLAIN,
        };
        let (out_palette, error_palette) = (palette(Stream::Stdout), palette(Stream::Stderr));
        Self { io, out_palette, error_palette, closed: false }
    }

    /// The file system.
    pub(crate) fn files(&self) -> &dyn Files {
        self.io.files()
    }

    /// The file system, when it can be written.
    pub(crate) fn files_mut(&self) -> Option<&dyn FilesMut> {
        self.io.files_mut()
    }

    /// A variable of the environment.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        self.io.variable(name)
    }

    /// Where progress is shown, when somebody looks.
    pub(crate) fn progress(&self) -> Option<&dyn Io> {
        self.io.is_terminal(Stream::Stderr).then_some(&*self.io)
    }

    /// Reads standard input to its end, and not much beyond the limit.
    pub(crate) fn read_all(&mut self, limit: u64) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        match self.io.stdin().take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Failure::usage(format!("standard input cannot be read: {error}"))),
        }
    }

    /// Reads a line of standard input with its end; nothing at the end of the input.
    pub(crate) fn read_line(&mut self, line: &mut Vec<u8>, longest: u64) -> Result<usize, Failure> {
        let read = self.io.stdin().take(longest).read_until(b'\n', line);
        let read = read.map_err(|error| Failure::usage(format!("standard input cannot be read: {error}")))?;
        if u64::try_from(read).is_ok_and(|read| read >= longest) {
            return Err(Failure::usage(format!("a line of standard input is longer than {longest} bytes")));
        }
        Ok(read)
    }

    /// The colours of standard output.
    pub(crate) fn palette(&self) -> Palette {
        self.out_palette
    }

    /// The colours of standard error.
    pub(crate) fn error_palette(&self) -> Palette {
        self.error_palette
    }

    /// Whether nobody reads standard output any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// The working directory.
    pub(crate) fn working_directory(&self) -> Option<PathBuf> {
        self.io.working_directory()
    }

    /// Writes a file; one that is there already is an error, unless it may be replaced.
    pub(crate) fn write_file(&self, path: &Path, contents: &[u8], replace: bool) -> io::Result<()> {
        self.io.write_file(path, contents, replace)
    }

    /// Puts a file in the place of another.
    pub(crate) fn replace_file(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        self.io.replace_file(path, contents)
    }

    /// Writes to standard output.
    pub(crate) fn out(&mut self, text: &str) -> Result<(), Failure> {
        self.stream(|out| out.write_all(text.as_bytes()))
    }

    /// Writes a long text to standard output, piece by piece.
    pub(crate) fn stream(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let mut out = BufWriter::with_capacity(64 * 1024, self.io.stdout());
        let written = write(&mut out).and_then(|()| out.flush());
        // What is still in the buffer after an error has nowhere to go.
        let _ = out.into_parts();
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            written => written.map_err(Failure::Write),
        }
    }

    /// Writes a line to standard error. When even that is impossible, only the exit code is left.
    pub(crate) fn error(&mut self, line: impl Display) {
        let _ = writeln!(self.io.stderr(), "{line}");
    }

    /// A warning as kubectl prints it.
    pub(crate) fn warning(&mut self, message: impl Display) {
        // upstream: cli-runtime pkg/printers/warningprinter.go
        let label = self.error_palette.yellow("Warning:");
        self.error(format_args!("{label} {message}"));
    }
}
