//! `kubelogic auth`: what `kubectl auth reconcile` would do.

use kubelogic::ask::Catalogue;
use kubelogic::object::Object;
use kubelogic::rbac::{ReconcileOperation, ReconcileOptions};
use serde_json::{Value, json};

use crate::arguments::{Auth, AuthCommand, Reconcile, Report};
use crate::console::{Console, Failure};
use crate::style::shown;
use crate::{NO, YES, can_i, json, load};

pub(crate) fn run(arguments: &Auth, console: &mut Console<'_>) -> Result<u8, Failure> {
    let AuthCommand::Reconcile(arguments) = &arguments.command;
    let outcome = reconcile(arguments, console);
    if let Err(Failure::Reported(findings)) = &outcome
        && arguments.output == Report::Json
    {
        console.out(&json::error(findings)?)?;
    }
    outcome
}

fn reconcile(arguments: &Reconcile, console: &mut Console<'_>) -> Result<u8, Failure> {
    let paths = load::paths(&arguments.input, &[])?;
    let wanted = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&wanted, &arguments.loading, console)?;
    let stored = load::read(&arguments.stored, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&stored, &arguments.loading, console)?;
    let cluster = load::cluster_of(&stored, &arguments.loading, console)?;
    let rbac = can_i::compile(&cluster, arguments.bootstrap, &stored, console)?;
    let mut options = ReconcileOptions::default();
    options.remove_extra_permissions = arguments.remove_extra_permissions;
    options.remove_extra_subjects = arguments.remove_extra_subjects;

    let mut changes = false;
    let mut text = String::new();
    for object in &wanted.reading.objects {
        let plan = rbac.reconcile(object, options).map_err(|error| Failure::usage(error.to_string()))?;
        let Some(plan) = plan else { continue };
        changes |= plan.operation != ReconcileOperation::None && !plan.protected;
        if arguments.output == Report::Text {
            text.push_str(&shown(&plan.line(true)));
            text.push('\n');
            for line in plan.details(options).lines() {
                // The tabs at its beginning are kubectl's.
                let words = line.trim_start_matches('\t');
                let tabs = line.get(..line.len() - words.len()).unwrap_or_default();
                console.error(format_args!("{tabs}{}", shown(words)));
            }
        }
    }
    if arguments.output == Report::Json {
        let desired: Vec<Value> = wanted.reading.objects.iter().map(value).collect::<Result<_, _>>()?;
        let question = json!({
            "ask": "access.reconcile", "desired": desired,
            "bootstrap": can_i::bootstrap_word(arguments.bootstrap),
            "removeExtraPermissions": arguments.remove_extra_permissions,
            "removeExtraSubjects": arguments.remove_extra_subjects,
        });
        text = json::catalogue(&Catalogue::new(Some(cluster)).answer(&question.to_string()))?;
    }
    console.out(&text)?;
    Ok(if changes { NO } else { YES })
}

/// An object as JSON.
pub(crate) fn value(object: &Object) -> Result<Value, Failure> {
    object.to_typed().map_err(|error| Failure::usage(format!("an object cannot be written as JSON: {error}")))
}
