//! `kubelogic rbac check-write`: would the API server take these roles and bindings from this user?

use std::fmt::Write as _;

use kubelogic::access::UserInfo;
use kubelogic::ask::Catalogue;
use kubelogic::rbac::WriteOperation;
use serde_json::json;

use crate::arguments::{CheckWrite, Operation, Report};
use crate::console::{Console, Failure};
use crate::style::shown;
use crate::{NO, YES, auth, can_i, json, load};

pub(super) fn run(arguments: &CheckWrite, console: &mut Console<'_>) -> Result<u8, Failure> {
    let outcome = answer(arguments, console);
    if let Err(Failure::Reported(findings)) = &outcome
        && arguments.output == Report::Json
    {
        console.out(&json::error(findings)?)?;
    }
    outcome
}

fn answer(arguments: &CheckWrite, console: &mut Console<'_>) -> Result<u8, Failure> {
    let stored = load::read(&arguments.input.filename, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&stored, &arguments.loading, console)?;
    let cluster = load::cluster_of(&stored, &arguments.loading, console)?;
    let rbac = can_i::compile(&cluster, arguments.bootstrap, &stored, console)?;
    let written = load::read(&arguments.paths, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&written, &arguments.loading, console)?;
    let user = UserInfo::impersonated(&arguments.user, arguments.groups.iter().cloned());
    let (operation, word) = match arguments.operation {
        Operation::Create => (WriteOperation::Create, "create"),
        Operation::Update => (WriteOperation::Update, "update"),
        Operation::Patch => (WriteOperation::Patch, "patch"),
        Operation::Apply => (WriteOperation::Apply, "apply"),
    };
    let catalogue = Catalogue::new(Some(cluster));
    let (mut refused, mut undecided, mut text) = (false, None, String::new());
    for object in &written.reading.objects {
        let verdict = match rbac.check_write(&user, operation, object) {
            Ok(verdict) => verdict,
            Err(error) if error.code() == "rbac/no-role-or-binding" => continue,
            Err(error) => return Err(Failure::usage(error.to_string())),
        };
        refused |= !verdict.allowed;
        undecided = undecided.or(verdict.undecided);
        if arguments.output == Report::Json {
            let question = json!({
                "ask": "access.check-write", "user": user, "operation": word, "object": auth::value(object)?,
                "bootstrap": can_i::bootstrap_word(arguments.bootstrap),
            });
            text.push_str(&json::catalogue(&catalogue.answer(&question.to_string()))?);
            continue;
        }
        let palette = console.palette();
        let name = format!("{}/{}", object.kind().to_lowercase(), object.name());
        // Writing to a string cannot fail.
        let _ = match verdict.refusal {
            None => writeln!(text, "{}: {}", shown(&name), palette.green("yes")),
            Some(refusal) => {
                let lines: Vec<_> = refusal.message.lines().map(shown).collect();
                writeln!(text, "{}: {} - {}", shown(&name), palette.red("no"), lines.join("\n  "))
            }
        };
    }
    console.out(&text)?;
    match undecided {
        Some(why) => Err(Failure::Undecided(why)),
        None if refused => Ok(NO),
        None => Ok(YES),
    }
}
