//! A world for the command: its streams are texts, its files are those of this machine.

use std::collections::BTreeMap;
use std::io::{BufRead, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use kubelogic::files::{FileEntry, FileError, FileKind, Files, StdFiles};
use kubelogic_cli::{Io, Stream};

/// Streams that remember.
pub(crate) struct World {
    stdin: Cursor<Vec<u8>>,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    variables: BTreeMap<&'static str, &'static str>,
    terminal: bool,
    slow: bool,
    changing: Option<ChangingFiles>,
    directory: Option<PathBuf>,
    shown: Mutex<Vec<String>>,
}

/// The files of this machine, each of which takes its time.
struct SlowFiles;

impl Files for SlowFiles {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        StdFiles.kind(path)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        std::thread::sleep(Duration::from_millis(300));
        StdFiles.read(path)
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        StdFiles.list(path)
    }
}

/// The files of this machine, which others change after they were read once.
#[derive(Default)]
struct ChangingFiles(Mutex<BTreeMap<PathBuf, usize>>);

impl Files for ChangingFiles {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        StdFiles.kind(path)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let mut bytes = StdFiles.read(path)?;
        let mut counts = self.0.lock().unwrap();
        let count = counts.entry(path.to_owned()).or_default();
        *count += 1;
        if *count > 1 {
            bytes.extend_from_slice(b"# changed\n");
        }
        Ok(bytes)
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        StdFiles.list(path)
    }
}

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) code: u8,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) progress: Vec<String>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            stdin: Cursor::default(),
            stdout: Vec::new(),
            stderr: Vec::new(),
            variables: BTreeMap::new(),
            terminal: false,
            slow: false,
            changing: None,
            directory: None,
            shown: Mutex::default(),
        }
    }

    pub(crate) fn stdin(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.stdin = Cursor::new(text.into());
        self
    }

    pub(crate) fn terminal(mut self) -> Self {
        self.terminal = true;
        self
    }

    /// The working directory that paths in reports are relative to.
    pub(crate) fn working_in(mut self, directory: &Path) -> Self {
        self.directory = Some(directory.to_owned());
        self
    }

    /// Every file is another one when it is read again.
    pub(crate) fn changing(mut self) -> Self {
        self.changing = Some(ChangingFiles::default());
        self
    }

    /// Every file takes its time.
    pub(crate) fn slow(mut self) -> Self {
        self.slow = true;
        self
    }

    pub(crate) fn variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.insert(name, value);
        self
    }

    pub(crate) fn run<A: AsRef<str>>(mut self, arguments: impl IntoIterator<Item = A>) -> Ended {
        let mut all = vec!["kubelogic".to_owned()];
        all.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        let code = kubelogic_cli::run(all, &mut self);
        Ended {
            code,
            stdout: String::from_utf8(self.stdout).unwrap(),
            stderr: String::from_utf8(self.stderr).unwrap(),
            progress: self.shown.into_inner().unwrap(),
        }
    }
}

/// Runs the command without standard input.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    World::new().run(arguments)
}

impl Io for World {
    fn stdin(&mut self) -> &mut dyn BufRead {
        &mut self.stdin
    }

    fn stdout(&mut self) -> &mut dyn Write {
        &mut self.stdout
    }

    fn stderr(&mut self) -> &mut dyn Write {
        &mut self.stderr
    }

    fn is_terminal(&self, _: Stream) -> bool {
        self.terminal
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(|value| (*value).to_owned())
    }

    fn files(&self) -> &dyn Files {
        match &self.changing {
            Some(changing) => changing,
            None if self.slow => &SlowFiles,
            None => &StdFiles,
        }
    }

    fn write_file(&self, path: &Path, contents: &[u8], replace: bool) -> std::io::Result<()> {
        kubelogic_cli::ProcessIo::default().write_file(path, contents, replace)
    }

    fn replace_file(&self, path: &Path, contents: &[u8]) -> std::io::Result<()> {
        kubelogic::files::replace(path, contents)
    }

    fn working_directory(&self) -> Option<PathBuf> {
        self.directory.clone()
    }

    fn progress(&self, text: &str) {
        self.shown.lock().unwrap().push(text.to_owned());
    }
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A path below the root of the repository, as text.
pub(crate) fn below_root(path: &str) -> String {
    repository().join(path).to_str().unwrap().to_owned()
}
