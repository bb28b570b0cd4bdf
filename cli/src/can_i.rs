//! `kubelogic can-i`: may this user do that?

mod chain;
mod explain;
mod list;
mod question;
mod wire;

use kubelogic::ask::Catalogue;
use kubelogic::cluster::Cluster;
use kubelogic::rbac::{Options, Rbac, RbacError};
use kubelogic::version::KubeVersion;

use crate::arguments::{BootstrapMode, CanI, Report};
use crate::console::{Console, Failure};
use crate::style::{Palette, shown};
use crate::{NO, YES, json, load};
use question::Asked;
pub(crate) use question::{bootstrap, bootstrap_word};

pub(crate) fn run(arguments: &CanI, console: &mut Console<'_>) -> Result<u8, Failure> {
    list::check(arguments)?;
    let outcome = if arguments.list {
        list::answer(arguments, console)
    } else if wire::is_asked(arguments) {
        wire::answer(arguments, console)
    } else {
        answer(arguments, console)
    };
    if let Err(Failure::Reported(findings)) = &outcome
        && arguments.output == Report::Json
        && !arguments.quiet
    {
        console.out(&json::error(findings)?)?;
    }
    outcome
}

fn answer(arguments: &CanI, console: &mut Console<'_>) -> Result<u8, Failure> {
    let user = question::user(arguments)?;
    if arguments.target().starts_with('/') && !arguments.subresource.is_empty() {
        return Err(Failure::usage("--subresource can not be used with NonResourceURL"));
    }
    let paths = load::paths(&arguments.input, &[])?;
    let given = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&given, &arguments.loading, console)?;
    let cluster = load::cluster_of(&given, &arguments.loading, console)?;

    if arguments.authorization.is_given() {
        let asked = Asked::new(arguments, cluster.discovery());
        for warning in &asked.warnings {
            console.warning(warning);
        }
        let question = asked.question(arguments, &user)?;
        return chain::answer(arguments, &question, cluster.clone(), console);
    }
    let rbac = compile(&cluster, arguments.bootstrap, &given, console)?;

    let asked = Asked::new(arguments, cluster.discovery());
    for warning in &asked.warnings {
        console.warning(warning);
    }
    let attributes = asked.attributes(arguments);
    let verdict = rbac.can(&user, &attributes);
    let printed = match arguments.output {
        _ if arguments.quiet => String::new(),
        Report::Json => {
            let question = asked.question(arguments, &user)?;
            json::catalogue(&Catalogue::new(Some(cluster.clone())).answer(&question))?
        }
        Report::Text => {
            let palette = console.palette();
            let mut text = match &verdict {
                Ok(true) => format!("{}\n", palette.green("yes")),
                Ok(false) => {
                    let decision = rbac.decide(&user, &attributes);
                    no(
                        &rbac.reason(decision, &user, &attributes).unwrap_or_default(),
                        rbac.kube_version(),
                        palette,
                    )
                }
                Err(_) if arguments.explain => format!("{}\n", palette.yellow("undecided")),
                Err(_) => String::new(),
            };
            if arguments.explain {
                text.push_str(&explain::text(&rbac.explain(&user, &attributes), palette));
            }
            text
        }
    };
    console.out(&printed)?;
    match verdict {
        Ok(true) => Ok(YES),
        Ok(false) => Ok(NO),
        Err(undecided) => Err(Failure::Undecided(undecided.message().to_owned())),
    }
}

/// The model of the cluster's roles and bindings; what the API server would refuse about them is reported.
pub(crate) fn compile(
    cluster: &Cluster,
    mode: BootstrapMode,
    given: &load::Given,
    console: &mut Console<'_>,
) -> Result<Rbac, Failure> {
    let mut options = Options::default();
    options.bootstrap = bootstrap(mode);
    Rbac::compile(cluster, &options).map_err(|error| match error {
        RbacError::Refused(refused) => {
            load::report(refused.findings(), given, cluster.options(), console);
            Failure::Reported(refused.findings().to_vec())
        }
        error => Failure::usage(error.to_string()),
    })
}

/// `no` with the reason, as kubectl prints it.
fn no(reason: &str, version: KubeVersion, palette: Palette) -> String {
    let no = palette.red("no");
    if reason.is_empty() {
        return format!("{no}\n");
    }
    // upstream: apiserver pkg/authorization/union/union.go puts the authorizer's name before its reason since 1.37.
    let name = if version.minor() >= 37 { "rbac: " } else { "" };
    format!("{no} - {name}{}\n", shown(reason))
}
