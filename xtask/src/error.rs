//! Why a task ended early.

use std::path::PathBuf;

/// Why a task ended early.
#[derive(Debug, thiserror::Error)]
pub enum TaskError {
    /// A program that the task needs is not installed.
    #[error("`{tool}` was not found; {install}")]
    MissingTool {
        /// The program's name.
        tool: String,
        /// What to install.
        install: &'static str,
    },
    /// A program could not be started.
    #[error("`{command}` could not be started: {source}")]
    Start {
        /// The command line.
        command: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program ran and said no.
    #[error("`{command}` failed: {status}")]
    Failed {
        /// The command line.
        command: String,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// A file could not be read or written.
    #[error("`{}`: {source}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program or a file said something that could not be understood.
    #[error("{what} could not be understood: {detail}")]
    Unreadable {
        /// What was read.
        what: String,
        /// What was wrong with it.
        detail: String,
    },
    /// The command line was not understood.
    #[error("{0}")]
    Usage(String),
    /// The task looked at something and found it wrong.
    #[error("{0}")]
    Wrong(String),
}

impl From<lexopt::Error> for TaskError {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}
