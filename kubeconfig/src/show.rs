//! What `kubectl config view` shows: the whole, the part that the current context needs, files made part of it.
//!
//! upstream: kubectl pkg/cmd/config/view.go, client-go tools/clientcmd/api/helpers.go (`MinifyConfig`, `FlattenConfig`)

use std::path::Path;

use kubelogic_core::files::Files;

use crate::config::Config;
use crate::edit::{alone, reason, starting_config};
use crate::error::KubeconfigError;
use crate::load::LoadingRules;
use crate::path;
use crate::secret::SecretBytes;
use crate::view::Redaction;

/// The flags of `kubectl config view`.
#[expect(clippy::struct_excessive_bools, reason = "they are kubectl's flags")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewOptions {
    /// `--merge`; `Some(false)` needs the one file of `--kubeconfig`, which must be there then.
    pub merge: Option<bool>,
    /// `--minify`: only what the current context needs.
    pub minify: bool,
    /// `--flatten`: the content of certificate and key files in place of their paths. Without [`ViewOptions::strict`]
    /// nothing is hidden then, as with kubectl.
    pub flatten: bool,
    /// `--raw`: nothing is hidden.
    pub raw: bool,
    /// Everything that may be a secret is hidden, whatever the other flags say.
    pub strict: bool,
    /// `--context`: the current context for `minify`; empty for the one that is set.
    pub context: String,
}

/// The configuration to be shown, and what is to be left out when it is.
///
/// # Errors
/// The files cannot be used, or the part that is asked for is not there.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{LoadingRules, ViewOptions, to_yaml, view};
/// let files = MemoryFiles::new().with("/a", "users: [{name: ann, user: {token: s3cr3t}}]");
/// let (config, redaction) = view(&LoadingRules::explicit("/a"), &ViewOptions::default(), &files)?;
/// assert!(to_yaml(&config, redaction, Default::default())?.contains("token: REDACTED"));
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn view(
    rules: &LoadingRules,
    options: &ViewOptions,
    files: &dyn Files,
) -> Result<(Config, Redaction), KubeconfigError> {
    let rules = rules.clone().keep_paths();
    let merge = options.merge != Some(false);
    let mut config = match rules.explicit_file() {
        _ if merge => starting_config(&rules, files)?.config,
        None => {
            return Err(KubeconfigError::Refused(
                "if merge==false a precise file must be specified".to_owned(),
            ));
        }
        Some(file) => {
            let place = rules.at(file);
            if let Err(error) = files.kind(Path::new(&place)) {
                return Err(KubeconfigError::Unusable(format!("open {file}: {}", reason(&error))));
            }
            alone(&rules, file, files)?.0.config
        }
    };
    if options.minify {
        if !options.context.is_empty() {
            config.current_context.clone_from(&options.context);
        }
        minify(&mut config)?;
    }
    if options.flatten {
        flatten(&mut config, &rules, files)?;
    }
    let redaction = match (options.strict, options.raw || options.flatten) {
        (true, _) => Redaction::Strict,
        (false, true) => Redaction::Raw,
        (false, false) => Redaction::Kubectl,
    };
    Ok((config, redaction))
}

/// Takes out what the current context does not need. Extensions of the whole stay.
///
/// # Errors
/// There is no current context, or it names what is not there.
///
/// ```
/// use kubelogic_kubeconfig::{Config, minify};
/// let error = minify(&mut Config::default()).unwrap_err();
/// assert_eq!(error.to_string(), "current-context must exist in order to minify");
/// ```
pub fn minify(config: &mut Config) -> Result<(), KubeconfigError> {
    let missing = |kind: &str, name: &str| KubeconfigError::Refused(format!("cannot locate {kind} {name}"));
    let name = config.current_context.clone();
    if name.is_empty() {
        return Err(KubeconfigError::Refused("current-context must exist in order to minify".to_owned()));
    }
    let Some(context) = config.contexts.get(&name) else { return Err(missing("context", &name)) };
    let (cluster, user) = (context.cluster.clone(), context.user.clone());
    if !cluster.is_empty() && !config.clusters.contains_key(&cluster) {
        return Err(missing("cluster", &cluster));
    }
    if !user.is_empty() && !config.users.contains_key(&user) {
        return Err(missing("user", &user));
    }
    config.contexts.retain(|key, _| *key == name);
    config.clusters.retain(|key, _| !cluster.is_empty() && *key == cluster);
    config.users.retain(|key, _| !user.is_empty() && *key == user);
    Ok(())
}

/// Puts the content of certificate and key files in the place of their paths. Token files stay files.
///
/// # Errors
/// A file cannot be read, or there are a path and data.
///
/// ```
/// use kubelogic_core::files::MemoryFiles;
/// use kubelogic_kubeconfig::{LoadingRules, flatten, load};
/// let files = MemoryFiles::new()
///     .with("/k/config", "clusters: [{name: c, cluster: {certificate-authority: ca.crt}}]")
///     .with("/k/ca.crt", "PEM");
/// let rules = LoadingRules::explicit("/k/config").keep_paths();
/// let mut config = load(&rules, &files)?.config;
/// flatten(&mut config, &rules, &files)?;
/// assert_eq!(config.clusters["c"].certificate_authority_data.expose(), b"PEM");
/// # Ok::<(), kubelogic_kubeconfig::KubeconfigError>(())
/// ```
pub fn flatten(config: &mut Config, rules: &LoadingRules, files: &dyn Files) -> Result<(), KubeconfigError> {
    let content = |origin: &str, file: &mut String, data: &mut SecretBytes| {
        if file.is_empty() {
            return Ok(());
        }
        if !data.is_empty() {
            let text = "cannot have values for both path and contents";
            return Err(KubeconfigError::Refused(text.to_owned()));
        }
        let base = rules.at(&path::directory(origin));
        let place = if file.starts_with('/') { file.clone() } else { path::join(&base, file) };
        let bytes = files.read(Path::new(&place)).map_err(|error| {
            let directory = files.kind(Path::new(&place)) == Ok(kubelogic_core::files::FileKind::Directory);
            let reason = if directory { "is a directory".to_owned() } else { reason(&error) };
            let verb = if directory { "read" } else { "open" };
            KubeconfigError::Unusable(format!("{verb} {place}: {reason}"))
        })?;
        *data = SecretBytes::new(bytes);
        file.clear();
        Ok(())
    };
    for user in config.users.values_mut() {
        content(&user.origin, &mut user.client_certificate, &mut user.client_certificate_data)?;
        content(&user.origin, &mut user.client_key, &mut user.client_key_data)?;
    }
    for cluster in config.clusters.values_mut() {
        content(
            &cluster.origin,
            &mut cluster.certificate_authority,
            &mut cluster.certificate_authority_data,
        )?;
    }
    Ok(())
}
