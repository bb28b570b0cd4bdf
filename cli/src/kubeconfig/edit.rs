//! The commands that change files.

use std::path::Path;
use std::time::{Duration, Instant};

use clap::CommandFactory as _;
use kubelogic::kubeconfig::{
    ClusterChange, ContextChange, Edit, KubeconfigError, Secret, Style, UserChange, plan,
};

use super::arguments::{EditWords, KubeconfigCommand, SetCredentials, Writing, WritingStyle};
use super::{End, World};
use crate::console::Console;

/// How long until a lock is tried again.
const AGAIN: Duration = Duration::from_millis(20);

/// Wrong arguments, where kubectl complains about them before it reads a file.
pub(super) fn check(command: &KubeconfigCommand) -> Result<(), End> {
    let (words, expected) = match command {
        KubeconfigCommand::UseContext(own) | KubeconfigCommand::Unset(own) => (&own.words, 1..=1),
        KubeconfigCommand::RenameContext(own) => (&own.words, 2..=2),
        KubeconfigCommand::Set(own) => (&own.words, 2..=2),
        KubeconfigCommand::SetCluster(own) => (&own.words, 1..=1),
        KubeconfigCommand::SetContext(own) => (&own.words, 0..=1),
        KubeconfigCommand::SetCredentials(own) => (&own.words, 1..=1),
        _ => return Ok(()),
    };
    if expected.contains(&words.len()) {
        return Ok(());
    }
    let what =
        if matches!(command, KubeconfigCommand::SetCredentials(_)) { "unexpected" } else { "Unexpected" };
    // A value on the command line may be a secret.
    let shown = match command {
        KubeconfigCommand::Set(_) => {
            let hidden = words.iter().enumerate().map(|(at, word)| if at == 0 { word } else { "REDACTED" });
            hidden.collect::<Vec<_>>().join(" ")
        }
        _ => words.join(" "),
    };
    Err(End::Usage(format!("error: {what} args: [{shown}]")))
}

pub(super) fn run(command: &KubeconfigCommand, world: &World, console: &mut Console<'_>) -> Result<(), End> {
    let (edit, writing) = match command {
        KubeconfigCommand::UseContext(own) => (Edit::UseContext { name: word(&own.words, 0) }, &own.writing),
        KubeconfigCommand::RenameContext(own) => {
            (Edit::RenameContext { name: word(&own.words, 0), new_name: word(&own.words, 1) }, &own.writing)
        }
        KubeconfigCommand::DeleteCluster(own) => match name_or_help(own, "delete-cluster", world, console)? {
            Some(name) => (Edit::DeleteCluster { name }, &own.writing),
            None => return Ok(()),
        },
        KubeconfigCommand::DeleteContext(own) => match name_or_help(own, "delete-context", world, console)? {
            Some(name) => (Edit::DeleteContext { name }, &own.writing),
            None => return Ok(()),
        },
        KubeconfigCommand::DeleteUser(own) => {
            if own.words.len() != 1 {
                readable(world, console)?;
                return Err(End::Usage(
                    "error: user to delete is required\nSee 'kubelogic kubeconfig delete-user -h' for help and examples"
                        .to_owned(),
                ));
            }
            (Edit::DeleteUser { name: word(&own.words, 0) }, &own.writing)
        }
        KubeconfigCommand::Set(own) => {
            let edit = Edit::Set {
                property: word(&own.words, 0),
                value: Secret::new(word(&own.words, 1)),
                set_raw_bytes: own.set_raw_bytes == Some(true),
            };
            (edit, &own.writing)
        }
        KubeconfigCommand::Unset(own) => (Edit::Unset { property: word(&own.words, 0) }, &own.writing),
        KubeconfigCommand::SetCluster(own) => {
            let change = ClusterChange {
                server: own.server.clone(),
                tls_server_name: own.tls_server_name.clone(),
                insecure_skip_tls_verify: own.insecure_skip_tls_verify,
                certificate_authority: own.certificate_authority.clone(),
                embed_certs: own.embed_certs == Some(true),
                proxy_url: own.proxy_url.clone(),
            };
            (Edit::SetCluster { name: word(&own.words, 0), change }, &own.writing)
        }
        KubeconfigCommand::SetContext(own) => {
            let change = ContextChange {
                cluster: own.cluster.clone(),
                user: own.user.clone(),
                namespace: own.namespace.clone(),
            };
            let current = own.current == Some(true);
            (Edit::SetContext { name: word(&own.words, 0), current, change }, &own.writing)
        }
        KubeconfigCommand::SetCredentials(own) => {
            let change = Box::new(credentials(own)?);
            (Edit::SetCredentials { name: word(&own.words, 0), change }, &own.writing)
        }
        _ => return Ok(()),
    };
    change(&edit, writing, world, console)
}

fn word(words: &[String], at: usize) -> String {
    words.get(at).cloned().unwrap_or_default()
}

/// kubectl prints its help and is content when not exactly one name is given.
fn name_or_help(
    own: &EditWords,
    command: &str,
    world: &World,
    console: &mut Console<'_>,
) -> Result<Option<String>, End> {
    if let [name] = own.words.as_slice() {
        return Ok(Some(name.clone()));
    }
    readable(world, console)?;
    let mut root = crate::arguments::Arguments::command();
    root.build();
    let help = root
        .find_subcommand_mut("kubeconfig")
        .and_then(|kubeconfig| kubeconfig.find_subcommand_mut(command))
        .map(|command| command.render_long_help().to_string());
    console.out(&help.unwrap_or_default())?;
    Ok(None)
}

/// Files that cannot be used are told before anything else.
fn readable(world: &World, console: &Console<'_>) -> Result<(), End> {
    let rules = world.rules.clone().keep_paths();
    match kubelogic::kubeconfig::load(&rules, console.files()) {
        Err(KubeconfigError::Missing { .. }) => Ok(()),
        Err(error) => Err(error.into()),
        Ok(loaded) => Ok(loaded.complete().map(|_| ())?),
    }
}

fn change(edit: &Edit, writing: &Writing, world: &World, console: &mut Console<'_>) -> Result<(), End> {
    let style = match writing.style {
        WritingStyle::Kubectl => Style::Kubectl,
        WritingStyle::Lossless => Style::Lossless,
    };
    let started = Instant::now();
    let mut warned = false;
    loop {
        let plan = plan(edit, &world.rules, console.files(), world.version)?;
        if let Some(warning) = plan.warning.as_ref().filter(|_| !std::mem::replace(&mut warned, true)) {
            console.error(warning.trim_end());
        }
        let Some(files) = console.files_mut() else {
            return Err(KubeconfigError::Unwritable("files cannot be written here".to_owned()).into());
        };
        match plan.write(files, style) {
            Ok(_) => return Ok(console.out(&plan.message)?),
            Err(KubeconfigError::Locked { path, .. }) if writing.break_lock => {
                let place = console.working_directory().unwrap_or_default().join(Path::new(&path));
                let removed = console.files_mut().map(|files| files.remove(&place));
                if let Some(Err(error)) = removed {
                    return Err(KubeconfigError::Unwritable(format!("remove {path}: {error}")).into());
                }
            }
            Err(KubeconfigError::Locked { .. })
                if writing.lock_wait.is_some_and(|longest| started.elapsed() < longest) =>
            {
                std::thread::sleep(AGAIN);
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn credentials(own: &SetCredentials) -> Result<UserChange, End> {
    let secret = |value: &Option<String>| value.as_deref().map(Secret::new);
    Ok(UserChange {
        client_certificate: own.client_certificate.clone(),
        client_key: own.client_key.clone(),
        embed_certs: own.embed_certs == Some(true),
        token: secret(&own.token),
        username: own.username.clone(),
        password: secret(&own.password),
        auth_provider: own.auth_provider.clone(),
        auth_provider_args: separated(&own.auth_provider_arg, "auth-provider-arg")?,
        exec_command: own.exec_command.clone(),
        exec_api_version: own.exec_api_version.clone(),
        exec_args: separated(&own.exec_arg, "exec-arg")?,
        exec_env: own.exec_env.iter().map(|pair| Secret::new(pair.as_str())).collect(),
        exec_interactive_mode: own.exec_interactive_mode.clone(),
        exec_provide_cluster_info: own.exec_provide_cluster_info,
    })
}

/// Values with commas between them, as in a line of CSV.
fn separated(values: &[String], flag: &str) -> Result<Vec<Secret>, End> {
    // upstream: pflag string_slice.go, Go's encoding/csv
    let mut found = Vec::new();
    for value in values.iter().filter(|value| !value.is_empty()) {
        let mut rest = Some(value.as_str());
        while let Some(text) = rest {
            let field = match text.strip_prefix('"') {
                None => {
                    let (field, after) =
                        text.split_once(',').map_or((text, None), |(field, after)| (field, Some(after)));
                    rest = after;
                    (!field.contains('"')).then(|| field.to_owned())
                }
                Some(text) => quoted(text).map(|(field, after)| {
                    rest = after;
                    field
                }),
            };
            let Some(field) = field else {
                return Err(End::Usage(format!(
                    "error: invalid argument for \"--{flag}\" flag: a quote stands in the wrong place"
                )));
            };
            found.push(Secret::new(field));
        }
    }
    Ok(found)
}

/// A field up to its closing quote, and what follows the comma behind it.
fn quoted(text: &str) -> Option<(String, Option<&str>)> {
    let mut field = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        field.push_str(before);
        match after.chars().next() {
            Some('"') => {
                field.push('"');
                rest = after.get(1..)?;
            }
            Some(',') => return Some((field, after.get(1..))),
            None => return Some((field, None)),
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_separate_unless_they_are_quoted() {
        let shown = |values: &[&str]| {
            let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
            separated(&values, "exec-arg")
                .ok()
                .map(|found| found.iter().map(|one| one.expose().to_owned()).collect::<Vec<_>>().join("|"))
        };
        // Each right side was read by pflag.
        assert_eq!(shown(&["a,b", "", "c"]).as_deref(), Some("a|b|c"));
        assert_eq!(shown(&["\"a,b\",c"]).as_deref(), Some("a,b|c"));
        assert_eq!(shown(&["\"a\"\"b\""]).as_deref(), Some("a\"b"));
        assert_eq!(shown(&["a,"]).as_deref(), Some("a|"));
        assert_eq!(shown(&["a\"b"]), None);
    }
}
