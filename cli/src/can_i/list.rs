//! `kubelogic can-i --list`: everything that a user may do in a namespace.

use kubelogic::ask::Catalogue;
use kubelogic::rbac::printed_rules;
use serde_json::json;

use super::question::{bootstrap_word, user};
use crate::arguments::{CanI, Report};
use crate::console::{Console, Failure};
use crate::style::shown;
use crate::{YES, json, load};

/// What cannot be said together, in kubectl's words.
pub(super) fn check(arguments: &CanI) -> Result<(), Failure> {
    // upstream: kubectl pkg/cmd/auth/cani.go (Complete, Validate)
    let message = match (arguments.list, arguments.no_headers) {
        (true, _) if arguments.verb.is_some() || arguments.target.is_some() => {
            "list option must be specified with no arguments"
        }
        (true, _) if arguments.quiet || arguments.all_namespaces || !arguments.subresource.is_empty() => {
            "list option can't be specified with neither quiet, all-namespaces nor subresource options"
        }
        (true, _) if arguments.explain => "--list explains nothing",
        (false, true) => "--no-headers cannot be set without --list specified",
        _ => return Ok(()),
    };
    Err(Failure::usage(message))
}

pub(super) fn answer(arguments: &CanI, console: &mut Console<'_>) -> Result<u8, Failure> {
    let user = user(arguments)?;
    let paths = load::paths(&arguments.input, &[])?;
    let given = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&given, &arguments.loading, console)?;
    let cluster = load::cluster_of(&given, &arguments.loading, console)?;
    let rbac = super::compile(&cluster, arguments.bootstrap, &given, console)?;
    let review = rbac.rules_review(&user, &arguments.namespace);
    let printed = match arguments.output {
        Report::Json => {
            let question = json!({
                "ask": "access.list", "user": user, "namespace": arguments.namespace,
                "noHeaders": arguments.no_headers, "bootstrap": bootstrap_word(arguments.bootstrap),
            });
            json::catalogue(&Catalogue::new(Some(cluster)).answer(&question.to_string()))?
        }
        Report::Text => {
            let table = printed_rules(&review, arguments.no_headers);
            let lines: Vec<_> = table.lines().map(shown).collect();
            if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" }
        }
    };
    if let Some(warning) = review.warning() {
        console.warning(shown(&warning));
    }
    console.out(&printed)?;
    match rbac.may_have_more_rules(&user, &arguments.namespace) {
        Some(undecided) => Err(Failure::Undecided(undecided.message().to_owned())),
        None => Ok(YES),
    }
}
