//! `cargo xtask kube-version add 1.NN`: teaches oracle, tables and cases a new minor version of Kubernetes.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cases;
use crate::command::{Program, heading, note};
use crate::error::TaskError;
use crate::files;
use crate::generate;
use crate::oracle::Oracle;
use crate::workspace::Workspace;

/// The module that a release is.
const KUBERNETES: &str = "k8s.io/kubernetes";

/// A module that is tagged for each release, as v0.37.1 for 1.37.1.
const STAGING: &str = "k8s.io/api";

/// Where the number of the newest minor version is written, and the words around it.
const NEWEST: &[(&str, &str, &str)] = &[
    ("core/src/version.rs", "pub const NEWEST: Self = Self { minor: ", ", patch: None };"),
    ("conformance/oracle/internal/record/record.go", "const newestMinor = \"1.", "\"\n"),
];

/// Writes the oracle's module file, the list of releases and the tables, records the cases, and says what changed.
pub(crate) fn run(workspace: &Workspace, mut parser: lexopt::Parser) -> Result<(), TaskError> {
    let usage = || TaskError::Usage("usage: cargo xtask kube-version add 1.NN[.PATCH]".to_owned());
    let mut words = Vec::new();
    while let Some(argument) = parser.next()? {
        let lexopt::Arg::Value(word) = argument else { return Err(argument.unexpected().into()) };
        words.push(word.to_string_lossy().into_owned());
    }
    let [word, version] = words.as_slice() else { return Err(usage()) };
    let numbers = version.strip_prefix("1.").ok_or_else(usage)?;
    let (minor, patch) =
        numbers.split_once('.').map_or((numbers, None), |(minor, patch)| (minor, Some(patch)));
    let minor: u16 = minor.parse().map_err(|_| usage())?;
    let patch: Option<u16> = patch.map(str::parse).transpose().map_err(|_| usage())?;
    if word != "add" {
        return Err(usage());
    }
    let newest = newest_minor(&Oracle::of(workspace))?;
    if minor != newest + 1 {
        return Err(TaskError::Usage(format!(
            "1.{newest} is the newest known version, so the next is 1.{}",
            newest + 1
        )));
    }

    heading(&format!("the release that stands for 1.{minor}"));
    let release = Release::find(workspace, minor, patch)?;
    note(&format!("{KUBERNETES} {}", release.version));
    release.write_modules(workspace, newest)?;
    release.list(workspace)?;
    for (file, before, after) in NEWEST {
        let place = workspace.root.join(file);
        replace(&place, &format!("{before}{newest}{after}"), &format!("{before}{minor}{after}"))?;
    }

    heading("tables");
    generate::discovery(workspace)?;
    generate::lifecycle(workspace)?;
    generate::conversions(workspace)?;
    generate::schema(workspace)?;
    generate::bootstrap(workspace)?;
    generate::words(workspace)?;
    cases::record(workspace, lexopt::Parser::from_args(Vec::<String>::new()))?;

    heading("what changed");
    Program::new("git", &workspace.root).args(["add", "--intent-to-add", "--all"]).run()?;
    Program::new("git", &workspace.root).args(["--no-pager", "diff", "--stat"]).run()?;
    note("read the differences: a case that changed is an answer that is different from now on");
    Ok(())
}

fn newest_minor(oracle: &Oracle) -> Result<u16, TaskError> {
    let newest = oracle.newest()?;
    let number = newest.strip_prefix("1.").and_then(|minor| minor.parse().ok());
    number.ok_or_else(|| TaskError::Wrong(format!("`{newest}` is no minor version")))
}

fn newest_patch(folder: &Path, minor: u16) -> Result<u16, TaskError> {
    let listed = Program::new("go", folder).args(["list", "-m", "-versions", STAGING]).output()?;
    let start = format!("v0.{minor}.");
    let patches = listed.split_whitespace().filter_map(|version| version.strip_prefix(&start)?.parse().ok());
    patches.max().ok_or_else(|| TaskError::Wrong(format!("1.{minor} is not released")))
}

/// A release of Kubernetes and its own module file.
struct Release {
    minor: u16,
    version: String,
    module_file: String,
}

impl Release {
    /// The given patch release of a minor version, or the newest.
    fn find(workspace: &Workspace, minor: u16, patch: Option<u16>) -> Result<Self, TaskError> {
        let folder = workspace.root.join("conformance/generate");
        let patch = match patch {
            Some(patch) => patch,
            None => newest_patch(&folder, minor)?,
        };
        let version = format!("v1.{minor}.{patch}");
        let downloaded = Program::new("go", &folder)
            .args(["mod", "download", "-json", &format!("{KUBERNETES}@{version}")])
            .output()?;
        let downloaded: Value = serde_json::from_str(&downloaded).unwrap_or_default();
        let module_file =
            downloaded.get("GoMod").and_then(Value::as_str).ok_or_else(|| TaskError::Unreadable {
                what: "the output of `go mod download`".to_owned(),
                detail: "it does not say where the module file is".to_owned(),
            })?;
        Ok(Self { minor, version, module_file: files::read(Path::new(module_file))? })
    }

    /// Writes the oracle's module file from the one before, and lets Go fill in the rest.
    fn write_modules(&self, workspace: &Workspace, before: u16) -> Result<(), TaskError> {
        let oracle = workspace.root.join("conformance/oracle");
        let file = |minor: u16, ending: &str| PathBuf::from(format!("versions/1.{minor}.{ending}"));
        let text =
            modules(&files::read(&oracle.join(file(before, "mod")))?, &self.module_file, &self.version);
        files::write(&oracle.join(file(self.minor, "mod")), &text)?;
        Program::new("go", &oracle)
            .args(["mod", "tidy", &format!("-modfile={}", file(self.minor, "mod").display())])
            .run()
    }

    /// Adds the release to those that the tables are generated from.
    fn list(&self, workspace: &Workspace) -> Result<(), TaskError> {
        let path = workspace.root.join("conformance/generate/releases/releases.go");
        let text = files::read(&path)?;
        let start = text.find("var All = ").unwrap_or_default();
        let Some(end) = text.get(start..).and_then(|rest| rest.find("\n}")).map(|end| start + end) else {
            return Err(TaskError::Wrong(format!("{} has no list of releases", path.display())));
        };
        let (head, tail) = text.split_at(end);
        files::write(&path, &format!("{head}\n\t{{{}, \"{}\"}},{tail}", self.minor, self.version))
    }
}

/// The module file for a release, from the one for the release before and from the release's own.
fn modules(before: &str, upstream: &str, version: &str) -> String {
    let staging_version = version.replacen("v1.", "v0.", 1);
    let staging: Vec<&str> = upstream
        .lines()
        .filter_map(|line| line.trim().split_once(" => ./staging/").map(|(name, _)| name))
        .collect();
    let head = |line: &&str| line.starts_with("go ") || line.starts_with("godebug ");
    let mut text = String::from("module kubelogic/conformance/oracle\n");
    for line in upstream.lines().filter(head) {
        text.extend(["\n", line, "\n"]);
    }
    text.push_str("\nrequire (\n");
    // Only what our own code imports is asked for; Go adds what that needs.
    let direct =
        before.lines().skip_while(|line| *line != "require (").skip(1).take_while(|line| *line != ")");
    for line in direct {
        let Some((name, old)) = line.trim().split_once(' ') else { continue };
        let upstream_version =
            upstream.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(' '));
        let upstream_version =
            upstream_version.and_then(|rest| rest.split(' ').next()).filter(|word| word.starts_with('v'));
        let wanted = match name {
            KUBERNETES => version,
            _ if staging.contains(&name) => &staging_version,
            _ => upstream_version.unwrap_or(old),
        };
        text.extend(["\t", name, " ", wanted, "\n"]);
    }
    text.push_str(")\n\nreplace (\n");
    for name in staging {
        text.extend(["\t", name, " => ", name, " ", &staging_version, "\n"]);
    }
    text.push_str(")\n");
    text
}

/// Replaces the one place where a text occurs.
fn replace(path: &Path, from: &str, to: &str) -> Result<(), TaskError> {
    let text = files::read(path)?;
    if text.matches(from).count() != 1 {
        return Err(TaskError::Wrong(format!("{} does not hold `{}` once", path.display(), from.trim_end())));
    }
    files::write(path, &text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn a_module_file_follows_the_release() {
        let before = "module kubelogic/conformance/oracle\n\ngo 1.26.0\n\nrequire (\n\tgolang.org/x/text v0.40.0\n\tk8s.io/api v0.37.1\n\tk8s.io/kubernetes v1.37.1\n\tsigs.k8s.io/yaml v1.6.0\n)\n\nrequire (\n\tx v1 // indirect\n)\n";
        let upstream = "module k8s.io/kubernetes\n\ngo 1.27.0\n\ngodebug default=go1.27\n\nrequire (\n\tgolang.org/x/text v0.41.0 // indirect\n\tk8s.io/api v0.0.0\n)\n\nreplace (\n\tk8s.io/api => ./staging/src/k8s.io/api\n\tk8s.io/new => ./staging/src/k8s.io/new\n)\n";
        let expected = "module kubelogic/conformance/oracle\n\ngo 1.27.0\n\ngodebug default=go1.27\n\nrequire (\n\tgolang.org/x/text v0.41.0\n\tk8s.io/api v0.38.2\n\tk8s.io/kubernetes v1.38.2\n\tsigs.k8s.io/yaml v1.6.0\n)\n\nreplace (\n\tk8s.io/api => k8s.io/api v0.38.2\n\tk8s.io/new => k8s.io/new v0.38.2\n)\n";
        assert_eq!(modules(before, upstream, "v1.38.2"), expected);
    }
}
