//! Python environments of our own, below the target folder.

use std::path::{Path, PathBuf};

use crate::command::Program;
use crate::error::TaskError;
use crate::files;
use crate::workspace::Workspace;

/// The interpreter that environments are made with.
const INTERPRETER: &str = if cfg!(windows) { "python" } else { "python3" };

/// A Python environment with its own packages.
#[derive(Debug)]
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// An environment that stays from run to run and holds exactly what the requirements file pins.
    pub(crate) fn lasting(workspace: &Workspace, requirements: &Path) -> Result<Self, TaskError> {
        let environment = Self { folder: workspace.scratch().join("python") };
        let version = Program::new(INTERPRETER, &workspace.root).arg("--version").output()?;
        let wanted = format!("{version}{}", files::read(requirements)?);
        let stamp = environment.folder.join("requirements.stamp");
        if files::read(&stamp).is_ok_and(|have| have == wanted) {
            return Ok(environment);
        }
        environment.create(workspace)?;
        environment.pip(workspace).arg("--requirement").arg(requirements).run()?;
        files::write(&stamp, &wanted)?;
        Ok(environment)
    }

    fn create(&self, workspace: &Workspace) -> Result<(), TaskError> {
        files::empty_folder(&self.folder)?;
        Program::new(INTERPRETER, &workspace.root).args(["-m", "venv"]).arg(&self.folder).run()
    }

    fn programs(&self) -> PathBuf {
        self.folder.join(if cfg!(windows) { "Scripts" } else { "bin" })
    }

    /// A program of this environment, run in `directory`.
    pub(crate) fn program(&self, name: &str, directory: &Path) -> Program {
        let path = self.programs().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let mut search = vec![self.programs()];
        search.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let program =
            Program::new(path, directory).env("VIRTUAL_ENV", &self.folder).without_env("PYTHONPATH");
        match std::env::join_paths(search) {
            Ok(search) => program.env("PATH", search),
            Err(_) => program,
        }
    }

    /// `pip install`, still without what to install.
    pub(crate) fn pip(&self, workspace: &Workspace) -> Program {
        self.program("python", &workspace.root).args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
    }
}
