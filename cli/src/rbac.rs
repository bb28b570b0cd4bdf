//! `kubelogic rbac`: roles and bindings, drawn, explained and written.

mod check_write;

use kubelogic::ask::Catalogue;
use kubelogic::picture::{AccessGraphOptions, Format, Picture, RenderOptions, access_graph};
use serde_json::json;

use crate::arguments::{Drawing, Rbac, RbacCommand, RbacGraph};
use crate::console::{Console, Failure};
use crate::{YES, can_i, json, load};

pub(crate) fn run(arguments: &Rbac, console: &mut Console<'_>) -> Result<u8, Failure> {
    match &arguments.command {
        RbacCommand::Explain(arguments) => can_i::run(arguments, console),
        RbacCommand::CheckWrite(arguments) => check_write::run(arguments, console),
        RbacCommand::Graph(arguments) => {
            let outcome = graph(arguments, console);
            if let Err(Failure::Reported(findings)) = &outcome
                && arguments.output == Drawing::Json
            {
                console.out(&json::error(findings)?)?;
            }
            outcome
        }
    }
}

fn graph(arguments: &RbacGraph, console: &mut Console<'_>) -> Result<u8, Failure> {
    let paths = load::paths(&arguments.input, &arguments.paths)?;
    let given = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    load::report_unread(&given, &arguments.loading, console)?;
    let cluster = load::cluster_of(&given, &arguments.loading, console)?;
    let rbac = can_i::compile(&cluster, arguments.bootstrap, &given, console)?;
    let printed = if let Some(format) = format(arguments.output) {
        let mut options = AccessGraphOptions::default();
        options.namespace.clone_from(&arguments.namespace);
        options.defaults = arguments.defaults;
        let picture = Picture::from(access_graph(&rbac, &options));
        let mut options = RenderOptions::default();
        options.colors = console.palette().has_colors();
        picture.render(format, &options).map_err(|error| Failure::usage(error.to_string()))?
    } else {
        let bootstrap = can_i::bootstrap_word(arguments.bootstrap);
        let question = json!({
            "ask": "access.graph",
            "namespace": arguments.namespace,
            "defaults": arguments.defaults,
            "bootstrap": bootstrap,
        });
        json::catalogue(&Catalogue::new(Some(cluster)).answer(&question.to_string()))?
    };
    console.out(&printed)?;
    Ok(YES)
}

/// A format of pictures; none for the catalogue's answer.
fn format(output: Drawing) -> Option<Format> {
    Some(match output {
        Drawing::Text => Format::Text,
        Drawing::Svg => Format::Svg,
        Drawing::Dot => Format::Dot,
        Drawing::Mermaid => Format::Mermaid,
        Drawing::Markdown => Format::Markdown,
        Drawing::Csv => Format::Csv,
        Drawing::Html => Format::Html,
        Drawing::Json => return None,
    })
}
