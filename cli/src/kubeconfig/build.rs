//! `kubelogic kubeconfig build`.

use std::path::Path;

use kubelogic::files::FileError;
use kubelogic::kubeconfig::{
    Component, Credentials, KubeconfigError, Material, Parts, Profile, Redaction, Secret, SecretBytes, build,
    to_yaml,
};

use super::arguments::{Build, BuildComponent, BuildProfile};
use super::{End, World};
use crate::console::{Console, Failure};

pub(super) fn run(own: &Build, world: &World, console: &mut Console<'_>) -> Result<(), End> {
    let names = names(own)?;
    let [cluster, user, context] = names.map(Option::unwrap_or_default);
    for (flag, name) in [("--cluster", &cluster), ("--user", &user)] {
        if name.is_empty() {
            return Err(Failure::with_help(
                format!("{flag} is missing"),
                "give the names, or --profile and --component",
            )
            .into());
        }
    }
    let context = if context.is_empty() { format!("{user}@{cluster}") } else { context };
    let material = |file: &str| -> Result<Material, End> {
        if own.paths {
            return Ok(Material::File(file.to_owned()));
        }
        let place = console.working_directory().unwrap_or_default().join(Path::new(file));
        match console.files().read(&place) {
            Ok(bytes) => Ok(Material::Data(SecretBytes::new(bytes))),
            Err(error) => {
                let reason = match error {
                    FileError::Missing => "no such file or directory".to_owned(),
                    other => other.to_string(),
                };
                Err(KubeconfigError::Unusable(format!("open {file}: {reason}")).into())
            }
        }
    };
    let credentials = match (&own.client_certificate, &own.client_key, &own.token) {
        (Some(certificate), Some(key), _) => {
            Credentials::Certificate { certificate: material(certificate)?, key: material(key)? }
        }
        (_, _, Some(token)) => Credentials::Token(Secret::new(token.as_str())),
        _ => Credentials::None,
    };
    let parts = Parts {
        cluster,
        user,
        context,
        namespace: own.namespace.clone().unwrap_or_default(),
        server: own.server.clone(),
        certificate_authority: own.certificate_authority.as_deref().map(material).transpose()?,
        credentials,
    };
    let text = to_yaml(&build(&parts), Redaction::Raw, world.version)?;
    Ok(console.out(&text)?)
}

/// Cluster, user and context.
fn names(own: &Build) -> Result<[Option<String>; 3], End> {
    let mut names = [None, None, None];
    if let (Some(profile), Some(component)) = (own.profile, own.component) {
        let profile = match profile {
            BuildProfile::Kubeadm => Profile::Kubeadm,
            BuildProfile::HardWay => Profile::HardWay,
        };
        let component = match component {
            BuildComponent::Admin => Component::Admin,
            BuildComponent::SuperAdmin => Component::SuperAdmin,
            BuildComponent::ControllerManager => Component::ControllerManager,
            BuildComponent::Scheduler => Component::Scheduler,
            BuildComponent::Kubelet => Component::Kubelet { node: own.node.clone().unwrap_or_default() },
            BuildComponent::Proxy => Component::Proxy,
        };
        let [cluster, user, context] = profile.names(&component)?;
        // A context that is made of the names changes with them.
        let renamed = own.cluster.is_some() || own.user.is_some();
        let context = if profile == Profile::Kubeadm && renamed { None } else { Some(context) };
        names = [Some(cluster), Some(user), context];
    }
    let given = [&own.cluster, &own.user, &own.context];
    for (name, given) in names.iter_mut().zip(given) {
        if given.is_some() {
            name.clone_from(given);
        }
    }
    Ok(names)
}
