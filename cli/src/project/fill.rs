//! Flags that are not given get their values from the project file.

use clap::ArgMatches;
use clap::parser::ValueSource;
use kubelogic::project::{
    BootstrapSetting, DuplicateSetting, FailOnSetting, InvalidSetting, ValidateSetting,
};

use super::Found;
use crate::arguments::{
    Auth, AuthCommand, BootstrapMode, Command, Duplicate, FailOn, Input, Invalid, Loading, Rbac, RbacCommand,
    Schema, SchemaCommand, Validate,
};
use crate::console::{Console, Failure};
use crate::load::Exclude;

/// Fills a project file into the arguments of a command.
pub(crate) fn fill(
    found: &Found,
    command: &mut Command,
    matches: &ArgMatches,
    console: &Console<'_>,
) -> Result<(), Failure> {
    let mut innermost = matches;
    while let Some((_, matches)) = innermost.subcommand() {
        innermost = matches;
    }
    let flags = Flags(innermost);
    match command {
        Command::CanI(arguments) | Command::Rbac(Rbac { command: RbacCommand::Explain(arguments) }) => {
            input(found, &mut arguments.input, true, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
            bootstrap(found, &mut arguments.bootstrap, &flags);
        }
        Command::Get(arguments) => {
            let no_words = arguments.words.is_empty();
            input(found, &mut arguments.input, no_words, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
        }
        Command::Check(arguments) => {
            let no_paths = arguments.paths.is_empty();
            input(found, &mut arguments.input, no_paths, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
            let project = &found.project;
            if let Some(given) = &project.select
                && !flags.has("select")
            {
                arguments.select.clone_from(&given.value);
            }
            if let Some(given) = &project.ignore
                && !flags.has("ignore")
            {
                arguments.ignore.clone_from(&given.value);
            }
            if let Some(given) = &project.fail_on
                && !flags.has("fail_on")
            {
                arguments.fail_on = fail_on(given.value);
            }
            if let Some(given) = &project.baseline
                && !flags.has("baseline")
                && !flags.has("write_baseline")
            {
                let path = found.folder.join(&given.value);
                arguments.baseline = Some(path.to_string_lossy().into_owned());
            }
        }
        Command::Convert(arguments) => {
            let no_paths = arguments.paths.is_empty();
            input(found, &mut arguments.input, no_paths, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
        }
        Command::Expand(arguments) => {
            let no_paths = arguments.paths.is_empty();
            input(found, &mut arguments.input, no_paths, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
        }
        Command::Expect(arguments) => {
            input(found, &mut arguments.input, true, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
            bootstrap(found, &mut arguments.bootstrap, &flags);
        }
        Command::Rbac(Rbac { command: RbacCommand::Graph(arguments) }) => {
            let no_paths = arguments.paths.is_empty();
            input(found, &mut arguments.input, no_paths, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
            bootstrap(found, &mut arguments.bootstrap, &flags);
        }
        Command::Rbac(Rbac { command: RbacCommand::CheckWrite(arguments) }) => {
            input(found, &mut arguments.input, true, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
            bootstrap(found, &mut arguments.bootstrap, &flags);
        }
        Command::Auth(Auth { command: AuthCommand::Reconcile(arguments) }) => {
            loading(found, &mut arguments.loading, &flags);
            bootstrap(found, &mut arguments.bootstrap, &flags);
        }
        Command::Schema(Schema { command: SchemaCommand::Explain(arguments) }) => {
            let version = found.project.kube_version.as_ref();
            arguments.kube_version =
                arguments.kube_version.or(version.and_then(|given| given.value.version()));
        }
        Command::Schema(Schema { command: SchemaCommand::Lifecycle(arguments) }) => {
            let version = found.project.kube_version.as_ref();
            arguments.kube_version =
                arguments.kube_version.or(version.and_then(|given| given.value.version()));
        }
        // What is asked about there is loaded only when somebody says so.
        Command::Ask(arguments) => {
            input(found, &mut arguments.input, false, &flags, console)?;
            loading(found, &mut arguments.loading, &flags);
        }
        Command::Collect(_)
        | Command::Completion(_)
        | Command::Explain(_)
        | Command::Kubeconfig(_)
        | Command::Pki(_)
        | Command::Project(_) => {}
    }
    Ok(())
}

/// What was written on the command line.
struct Flags<'a>(&'a ArgMatches);

impl Flags<'_> {
    fn has(&self, flag: &str) -> bool {
        self.0.value_source(flag) == Some(ValueSource::CommandLine)
    }
}

/// `inputs` are read when nothing else is named. `exclude` counts for every folder that is read.
fn input(
    found: &Found,
    input: &mut Input,
    nothing_named: bool,
    flags: &Flags<'_>,
    console: &Console<'_>,
) -> Result<(), Failure> {
    if let Some(given) = &found.project.inputs
        && nothing_named
        && input.filename.is_empty()
    {
        let below = |path: &String| found.folder.join(path).to_string_lossy().into_owned();
        input.filename = given.value.iter().map(below).collect();
    }
    if let Some(given) = &found.project.exclude
        && !flags.has("exclude")
    {
        let here = console.working_directory().unwrap_or_default();
        let base = here.join(&found.folder);
        input.project_excludes =
            given.value.iter().map(|text| Exclude::new(text, &base)).collect::<Result<_, _>>()?;
    }
    Ok(())
}

fn loading(found: &Found, loading: &mut Loading, flags: &Flags<'_>) {
    let project = &found.project;
    if let Some(given) = &project.kube_version
        && !flags.has("kube_version")
    {
        loading.project_kube_version = given.value.version();
    }
    if let Some(given) = &project.default_namespace
        && !flags.has("default_namespace")
    {
        loading.default_namespace.clone_from(&given.value);
    }
    if let Some(given) = &project.on_duplicate
        && !flags.has("on_duplicate")
    {
        loading.on_duplicate = match given.value {
            DuplicateSetting::Refuse => Duplicate::Refuse,
            DuplicateSetting::Last => Duplicate::Last,
        };
    }
    if let Some(given) = &project.invalid
        && !flags.has("invalid")
    {
        loading.invalid = match given.value {
            InvalidSetting::Refuse => Invalid::Refuse,
            InvalidSetting::Drop => Invalid::Drop,
        };
    }
    if let Some(given) = &project.validate
        && !flags.has("validate")
    {
        loading.validate = match given.value {
            ValidateSetting::Strict => Validate::Strict,
            ValidateSetting::Warn => Validate::Warn,
            ValidateSetting::Ignore => Validate::Ignore,
        };
    }
}

fn bootstrap(found: &Found, bootstrap: &mut BootstrapMode, flags: &Flags<'_>) {
    if let Some(given) = &found.project.bootstrap
        && !flags.has("bootstrap")
    {
        *bootstrap = match given.value {
            BootstrapSetting::Auto => BootstrapMode::Auto,
            BootstrapSetting::Always => BootstrapMode::Always,
            BootstrapSetting::Never => BootstrapMode::Never,
        };
    }
}

fn fail_on(setting: FailOnSetting) -> FailOn {
    match setting {
        FailOnSetting::Error => FailOn::Error,
        FailOnSetting::Warning => FailOn::Warning,
        FailOnSetting::Note => FailOn::Note,
        FailOnSetting::Never => FailOn::Never,
    }
}
