//! `cargo xtask oracle`: builds the programs of `conformance/oracle`, in which the real Kubernetes components answer.

use std::path::{Path, PathBuf};

use crate::command::{Program, heading};
use crate::error::TaskError;
use crate::files;
use crate::workspace::Workspace;

/// The program that reads text; it builds in seconds.
pub(crate) const LIGHT: &str = "light";

/// The program that decides with `k8s.io/kubernetes` itself.
pub(crate) const HEAVY: &str = "heavy";

/// The program that answers for the kubelet. It is a Go module of its own.
const KUBELET: &str = "kubelet";

/// The program in which the package of `kubectl config` answers; it has module files of its own.
pub(crate) const COMMAND: &str = "command";

/// The questions that [`COMMAND`] answers.
const COMMANDS: &[&str] = &["kubeconfig.edit", "kubeconfig.view"];

/// The first words of the questions that [`HEAVY`] answers.
const HEAVY_ROOMS: &[&str] = &["access", "rbac", "convert", "workload", "request", "review", "impersonation"];

/// Questions of other rooms that [`HEAVY`] answers.
const HEAVY_QUESTIONS: &[&str] = &["meta.kind-names", "meta.stop-signals"];

/// The minor versions in which upstream's authorizer has other interfaces.
const OTHER_INTERFACES: &[&str] = &["1.29", "1.30", "1.31"];

/// The first minor versions, without their `1.`, whose apimachinery knows strict addresses and keys with a domain, and
/// whose API server constrains impersonation; and the build tags that say so.
const SINCE: &[(u16, &str)] = &[(33, "since133"), (35, "since135"), (36, "since136")];

/// The first minor version whose kubelet takes a context, without its `1.`.
const OTHER_KUBELET: u16 = 35;

/// The program that answers a question, by the question's kind.
pub(crate) fn program_for(ask: &str) -> &'static str {
    if ask == "request.kubelet" {
        return KUBELET;
    }
    if COMMANDS.contains(&ask) {
        return COMMAND;
    }
    let room = ask.split('.').next().unwrap_or_default();
    if HEAVY_ROOMS.contains(&room) || HEAVY_QUESTIONS.contains(&ask) { HEAVY } else { LIGHT }
}

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
        let names = programs.filter_map(|folder| folder.file_name()?.to_str().map(str::to_owned));
        Ok(names.chain([KUBELET.to_owned()]).collect())
    }

    /// The minor versions that the programs can be built for, oldest first.
    pub(crate) fn minors(&self) -> Result<Vec<String>, TaskError> {
        let files = files::in_folder(&self.folder.join("versions"), ".mod")?;
        Ok(files.iter().filter_map(|file| file.file_stem()?.to_str().map(str::to_owned)).collect())
    }

    /// The newest of them.
    pub(crate) fn newest(&self) -> Result<String, TaskError> {
        let newest = self.minors()?.pop();
        newest.ok_or_else(|| TaskError::Wrong("the oracle knows no minor version".to_owned()))
    }

    /// The file that names the modules of one minor version.
    fn modules(program: &str, minor: &str) -> String {
        let folder = if program == COMMAND { COMMAND } else { "versions" };
        format!("-modfile={folder}/{minor}.mod")
    }

    /// Builds a program for one minor version and returns where it is.
    pub(crate) fn build(&self, program: &str, minor: &str) -> Result<PathBuf, TaskError> {
        let binary = Path::new("bin").join(format!("{program}-{minor}{}", std::env::consts::EXE_SUFFIX));
        let folder =
            if program == KUBELET { self.folder.with_file_name(KUBELET) } else { self.folder.clone() };
        let mut go = Program::new("go", &folder).args(["build", &Self::modules(program, minor)]);
        let mut tags = Vec::new();
        if program == COMMAND {
            tags.push(COMMAND);
        }
        if OTHER_INTERFACES.contains(&minor) {
            tags.push("before132");
        }
        if self.newest()? != minor {
            tags.push("before137");
        }
        let number = minor.split('.').next_back().and_then(|number| number.parse::<u16>().ok());
        for (since, tag) in SINCE {
            if number.is_some_and(|number| number >= *since) {
                tags.push(tag);
            }
        }
        if program == KUBELET && number.is_some_and(|number| number < OTHER_KUBELET) {
            tags.push("before135");
        }
        if !tags.is_empty() {
            go = go.args(["-tags", &tags.join(",")]);
        }
        let package = if program == KUBELET { ".".to_owned() } else { format!("./{program}") };
        go.arg("-o").arg(&binary).arg(package).run()?;
        Ok(folder.join(binary))
    }

    /// Runs the Go tests of the packages that a program is made of, against one minor version.
    pub(crate) fn test(&self, program: &str, minor: &str) -> Result<(), TaskError> {
        let modules = Self::modules(program, minor);
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
    let available = oracle.minors()?;
    for program in &programs {
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
