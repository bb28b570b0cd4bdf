//! `kubelogic kubeconfig`: the commands of `kubectl config`, `why` and `build`.

#[expect(clippy::doc_markdown, reason = "these comments are what --help prints")]
mod arguments;
mod build;
mod edit;
mod list;
mod why;

pub(crate) use arguments::Kubeconfig;

use arguments::{Hidden, KubeconfigCommand, View};
use kubelogic::KubeVersion;
use kubelogic::kubeconfig::{
    KubeconfigError, LoadingRules, ViewOptions, migrate, to_json_text, to_yaml, view,
};

use crate::console::{Console, Failure};
use crate::{NO, YES};

/// Why a command ends.
enum End {
    /// kubectl refuses.
    Refused(KubeconfigError),
    /// The arguments are wrong, in kubectl's words.
    Usage(String),
    Failed(Failure),
}

impl From<KubeconfigError> for End {
    fn from(error: KubeconfigError) -> Self {
        Self::Refused(error)
    }
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// The files, and the version whose kubectl is followed.
struct World {
    rules: LoadingRules,
    version: KubeVersion,
}

pub(crate) fn run(arguments: &Kubeconfig, console: &mut Console<'_>) -> Result<u8, Failure> {
    match command(arguments, console) {
        Ok(()) => Ok(YES),
        Err(End::Failed(failure)) => Err(failure),
        Err(End::Usage(text)) => {
            console.error(text);
            Ok(NO)
        }
        Err(End::Refused(error)) => {
            console.error(error.printed());
            if let KubeconfigError::Locked { path, age: Some(age) } = &error {
                held(path, *age, console);
            }
            Ok(NO)
        }
    }
}

/// A lock that is older than any command takes was left behind.
fn held(path: &str, age: std::time::Duration, console: &mut Console<'_>) {
    const LONG: u64 = 10;
    if age.as_secs() >= LONG {
        console.error(format_args!(
            "  the lock is {} seconds old; if no command is writing, it was left by one that was killed: take it away \
             by --break-lock, or remove {path}",
            age.as_secs()
        ));
    }
}

fn command(arguments: &Kubeconfig, console: &mut Console<'_>) -> Result<(), End> {
    let directory = console.working_directory().map(|path| path.to_string_lossy().into_owned());
    let home = console.variable("HOME").unwrap_or_default();
    let explicit = arguments.kubeconfig.as_deref().filter(|file| !file.is_empty());
    let list = console.variable("KUBECONFIG").filter(|list| !list.is_empty());
    let rules = match (explicit, list) {
        (Some(file), _) => LoadingRules::explicit(file),
        (None, Some(list)) => LoadingRules::kubeconfig(&list),
        (None, None) => LoadingRules::home(&home),
    };
    let rules = rules.in_directory(directory.as_deref().unwrap_or("/"));
    let world = World { rules, version: KubeVersion::default() };
    if let KubeconfigCommand::Build(own) = &arguments.command {
        return build::run(own, &world, console);
    }
    // The arguments are looked at before the files.
    edit::check(&arguments.command)?;
    if let Some(files) = console.files_mut() {
        migrate(&home, &world.rules, files)?;
    }
    match &arguments.command {
        KubeconfigCommand::CurrentContext(_) => list::current_context(&world, console),
        KubeconfigCommand::GetClusters(_) => list::clusters(&world, console),
        KubeconfigCommand::GetContexts(own) => list::contexts(own, &world, console),
        KubeconfigCommand::GetUsers(_) => list::users(&world, console),
        KubeconfigCommand::View(own) => show(own, &world, console),
        KubeconfigCommand::Why(own) => why::run(own, &world, console),
        other => edit::run(other, &world, console),
    }
}

fn show(own: &View, world: &World, console: &mut Console<'_>) -> Result<(), End> {
    if !own.words.is_empty() {
        return Err(End::Usage(format!(
            "error: unexpected arguments: [{}]\nSee 'kubelogic kubeconfig view -h' for help and examples",
            own.words.join(" ")
        )));
    }
    if !matches!(own.output.as_str(), "yaml" | "json" | "name" | "") {
        return Err(End::Usage(format!(
            "error: unable to match a printer suitable for the output format {}, allowed formats are: json,name,yaml",
            format_args!("\"{}\"", own.output)
        )));
    }
    let options = ViewOptions {
        merge: own.merge,
        minify: own.minify == Some(true),
        flatten: own.flatten == Some(true),
        raw: own.raw == Some(true),
        strict: own.redact == Hidden::Strict,
        context: own.context.clone(),
    };
    let (config, redaction) = view(&world.rules, &options, console.files())?;
    let text = match own.output.as_str() {
        "json" => to_json_text(&config, redaction, world.version),
        "yaml" => to_yaml(&config, redaction, world.version)?,
        // A configuration has no name.
        _ => "config/<unknown>\n".to_owned(),
    };
    Ok(console.out(&text)?)
}
