//! `cargo xtask oracle`: builds the programs of `conformance/oracle`, in which the real Kubernetes components answer.

use std::path::{Path, PathBuf};

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::files;
use crate::workspace::Workspace;

/// The program that builds in seconds and exists for every minor version.
pub(crate) const LIGHT: &str = "light";

/// The folder of the oracle's Go module.
#[derive(Debug)]
pub(crate) struct Oracle {
    folder: PathBuf,
}

impl Oracle {
    /// The oracle of this repository.
    pub(crate) fn of(workspace: &Workspace) -> Self {
        Self { folder: workspace.root.join("conformance/oracle") }
    }

    /// Its programs: the folders with a `main.go`.
    pub(crate) fn programs(&self) -> Result<Vec<String>, TaskError> {
        let folders = files::in_folder(&self.folder, "")?;
        let programs = folders.iter().filter(|folder| folder.join("main.go").is_file());
        Ok(programs.filter_map(|folder| folder.file_name()?.to_str().map(str::to_owned)).collect())
    }

    /// The minor versions that a program can be built for, oldest first.
    pub(crate) fn minors(&self, program: &str) -> Result<Vec<String>, TaskError> {
        let own = format!("{program}-");
        let mut minors: Vec<String> = files::in_folder(&self.folder.join("versions"), ".mod")?
            .iter()
            .filter_map(|file| file.file_stem()?.to_str())
            .map(|name| name.strip_prefix(&own).unwrap_or(name).to_owned())
            .filter(|minor| minor.starts_with("1."))
            .collect();
        minors.sort();
        minors.dedup();
        Ok(minors)
    }

    /// The file that names the modules of one minor version: the program's own, or the one for all programs.
    fn module_file(&self, program: &str, minor: &str) -> PathBuf {
        let own = Path::new("versions").join(format!("{program}-{minor}.mod"));
        if self.folder.join(&own).is_file() {
            own
        } else {
            Path::new("versions").join(format!("{minor}.mod"))
        }
    }

    /// Builds a program for one minor version and returns where it is.
    pub(crate) fn build(&self, program: &str, minor: &str) -> Result<PathBuf, TaskError> {
        let binary = Path::new("bin").join(format!("{program}-{minor}{}", std::env::consts::EXE_SUFFIX));
        Program::new("go", &self.folder)
            .arg("build")
            .arg(format!("-modfile={}", self.module_file(program, minor).display()))
            .arg("-o")
            .arg(&binary)
            .arg(format!("./{program}"))
            .run()?;
        Ok(self.folder.join(binary))
    }

    /// Runs the Go tests of the packages that a program is made of, against one minor version.
    pub(crate) fn test(&self, program: &str, minor: &str) -> Result<(), TaskError> {
        let modules = format!("-modfile={}", self.module_file(program, minor).display());
        let ours = Program::new("go", &self.folder).args(["list", "-m", &modules]).output()?;
        let packages = Program::new("go", &self.folder)
            .args(["list", "-deps", &modules])
            .arg(format!("./{program}"))
            .output()?;
        let packages = packages.lines().filter(|package| package.starts_with(ours.trim()));
        Program::new("go", &self.folder).args(["test", &modules]).args(packages).run()
    }
}

/// Builds the named programs for the named minor versions: `light` for the newest unless something else is named.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let oracle = Oracle::of(workspace);
    let known = oracle.programs()?;
    let (mut programs, mut minors) = (Vec::new(), Vec::new());
    while let Some(argument) = parser.next()? {
        let lexopt::Arg::Value(name) = argument else { return Err(argument.unexpected().into()) };
        let name = name.to_string_lossy().into_owned();
        if known.contains(&name) { programs.push(name) } else { minors.push(name) }
    }
    if programs.is_empty() {
        programs.push(LIGHT.to_owned());
    }
    for program in &programs {
        let available = oracle.minors(program)?;
        let wanted =
            if minors.is_empty() { available.last().cloned().into_iter().collect() } else { minors.clone() };
        for minor in wanted {
            if !available.contains(&minor) {
                let known = available.join(", ");
                return Err(TaskError::Usage(format!(
                    "`{program}` is not built for `{minor}`, only for {known}"
                )));
            }
            heading(&format!("oracle, {program} for {minor}"));
            oracle.build(program, &minor)?;
        }
    }
    Ok(())
}
