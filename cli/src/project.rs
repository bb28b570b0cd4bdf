//! The project file: found upward from the working directory, and filled into what no flag says.

mod fill;
mod show;

pub(crate) use fill::fill;
pub(crate) use show::run;

use std::path::{Path, PathBuf};

use kubelogic::files::FileKind;
use kubelogic::finding::Finding;
use kubelogic::project::{FILE_NAME, Project};
use kubelogic::read;

use crate::arguments::Arguments;
use crate::console::{Console, Failure};

/// A project file and where it is.
pub(crate) struct Found {
    pub(crate) project: Project,
    /// Its path as messages show it.
    pub(crate) path: PathBuf,
    /// Its folder, relative to the working directory where that is known.
    pub(crate) folder: PathBuf,
}

/// The project file that counts: the named one, or the nearest one of the repository; none when nobody wants one.
pub(crate) fn find(arguments: &Arguments, console: &Console<'_>) -> Result<Option<Found>, Failure> {
    if arguments.no_project {
        return Ok(None);
    }
    let path = match &arguments.project {
        Some(path) => PathBuf::from(path),
        None => match search(console) {
            Some(path) => path,
            None => return Ok(None),
        },
    };
    let bytes = console.files().read(&path);
    let bytes = bytes.map_err(|error| {
        Failure::usage(format!("the project file `{}` cannot be read: {error}", path.display()))
    })?;
    let project = parse(&bytes, &path)?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Some(Found { project, path, folder }))
}

/// The nearest file from the working directory up to the root of the repository. Without a repository only the working
/// directory counts: what lies further up may be somebody else's.
fn search(console: &Console<'_>) -> Option<PathBuf> {
    let here = console.working_directory()?;
    let files = console.files();
    let mut up = PathBuf::new();
    let mut nearest = None;
    for (depth, folder) in here.ancestors().enumerate() {
        if nearest.is_none() && files.kind(&folder.join(FILE_NAME)) == Ok(FileKind::File) {
            nearest = Some((depth, up.join(FILE_NAME)));
        }
        if files.kind(&folder.join(".git")).is_ok() {
            return nearest.map(|(_, path)| path);
        }
        up.push("..");
    }
    nearest.filter(|(depth, _)| *depth == 0).map(|(_, path)| path)
}

fn parse(bytes: &[u8], path: &Path) -> Result<Project, Failure> {
    let name = path.to_string_lossy();
    let reading = read::bytes(bytes, &read::Options::named(name.as_ref()));
    let mut problems: Vec<String> = reading.errors.iter().map(ToString::to_string).collect();
    // A key that is there twice is no setting, whichever of the two counts.
    problems.extend(reading.findings.iter().map(said));
    if problems.is_empty() {
        match reading.objects.as_slice() {
            [object] => match Project::read(object) {
                Ok(project) => return Ok(project),
                Err(findings) => {
                    problems = findings.iter().map(said).collect();
                }
            },
            objects => {
                problems.push(format!("{name}: a project file is one object, here are {}", objects.len()));
            }
        }
    }
    Err(Failure::with_help(
        format!("the project file cannot be used:\n  {}", problems.join("\n  ")),
        "`kubelogic project --schema` prints what it may hold; --no-project leaves it out",
    ))
}

/// A finding in a line.
fn said(finding: &Finding) -> String {
    match &finding.location {
        Some(location) => format!("{location}: {}", finding.message),
        None => finding.message.clone(),
    }
}
