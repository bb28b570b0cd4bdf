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

    /// The lasting environment, with the package as it is in the repository.
    pub(crate) fn with_package(workspace: &Workspace, package: &Path) -> Result<Self, TaskError> {
        let environment = Self::lasting(workspace, &package.join("requirements-dev.txt"))?;
        environment.program("maturin", package).args(["develop", "--profile", "dev"]).run()?;
        Ok(environment)
    }

    /// A new environment without any packages, for trying out what a stranger would install.
    pub(crate) fn fresh(workspace: &Workspace, name: &str) -> Result<Self, TaskError> {
        let environment = Self { folder: workspace.scratch().join(name) };
        environment.create(workspace)?;
        Ok(environment)
    }

    fn create(&self, workspace: &Workspace) -> Result<(), TaskError> {
        files::empty_folder(&self.folder)?;
        Program::new(INTERPRETER, &workspace.root).args(["-m", "venv"]).arg(&self.folder).run()
    }

    /// The folder of its programs.
    pub(crate) fn programs(&self) -> PathBuf {
        self.folder.join(if cfg!(windows) { "Scripts" } else { "bin" })
    }

    /// A program of this environment, run in `directory`.
    pub(crate) fn program(&self, name: &str, directory: &Path) -> Program {
        let path = self.programs().join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        Program::new(path, directory)
            .found_first(&self.programs())
            .env("VIRTUAL_ENV", &self.folder)
            .without_env("PYTHONPATH")
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
