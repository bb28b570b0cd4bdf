//! What is there: `current-context`, `get-clusters`, `get-contexts`, `get-users`.

use kubelogic::kubeconfig::{Config, KubeconfigError, LoadingRules, load};

use super::arguments::GetContexts;
use super::{End, World};
use crate::console::Console;

/// What the files say; nothing where the one that was asked for is missing.
fn config(world: &World, console: &Console<'_>) -> Result<Config, KubeconfigError> {
    let rules: LoadingRules = world.rules.clone().keep_paths();
    match load(&rules, console.files()) {
        Err(KubeconfigError::Missing { .. }) => Ok(Config::default()),
        Err(error) => Err(error),
        Ok(loaded) => loaded.complete().cloned(),
    }
}

pub(super) fn current_context(world: &World, console: &mut Console<'_>) -> Result<(), End> {
    let name = config(world, console)?.current_context;
    if name.is_empty() {
        return Err(KubeconfigError::Refused("current-context is not set".to_owned()).into());
    }
    Ok(console.out(&format!("{name}\n"))?)
}

/// kubectl prints clusters in the random order of a map; here they are in order of name, as users are.
pub(super) fn clusters(world: &World, console: &mut Console<'_>) -> Result<(), End> {
    let names: Vec<String> = config(world, console)?.clusters.into_keys().collect();
    names_under_a_header(&names, console)
}

pub(super) fn users(world: &World, console: &mut Console<'_>) -> Result<(), End> {
    let names: Vec<String> = config(world, console)?.users.into_keys().collect();
    names_under_a_header(&names, console)
}

fn names_under_a_header(names: &[String], console: &mut Console<'_>) -> Result<(), End> {
    let lines: String = names.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
    Ok(console.out(&format!("NAME\n{lines}"))?)
}

pub(super) fn contexts(own: &GetContexts, world: &World, console: &mut Console<'_>) -> Result<(), End> {
    if !matches!(own.output.as_str(), "" | "name") {
        return Err(End::Usage(format!(
            "error: --output {} is not available in kubectl config get-contexts; resetting to default output format",
            own.output
        )));
    }
    let config = config(world, console)?;
    let mut names: Vec<&String> = Vec::new();
    let mut missing = Vec::new();
    if own.words.is_empty() {
        names.extend(config.contexts.keys());
    }
    for name in &own.words {
        if config.contexts.contains_key(name) {
            names.push(name);
        } else {
            missing.push(format!("context {name} not found"));
        }
    }
    names.sort();
    let names_only = own.output == "name";
    let mut rows: Vec<Vec<&str>> = Vec::new();
    if !names_only && own.no_headers != Some(true) {
        rows.push(vec!["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"]);
    }
    for name in names {
        let Some(context) = config.contexts.get(name) else { continue };
        if names_only {
            rows.push(vec![name]);
            continue;
        }
        let current = if config.current_context == *name { "*" } else { " " };
        rows.push(vec![current, name, &context.cluster, &context.user, &context.namespace]);
    }
    console.out(&table(&rows))?;
    match missing.as_slice() {
        [] => Ok(()),
        [one] => Err(End::Usage(format!("error: {one}"))),
        several => Err(End::Usage(several.join("\n"))),
    }
}

/// Rows in columns as kubectl aligns them; the last cell of a row is not filled up.
fn table(rows: &[Vec<&str>]) -> String {
    // upstream: cli-runtime pkg/printers/tabwriter.go
    const NARROWEST: usize = 6;
    const BETWEEN: usize = 3;
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count() + BETWEEN).max().unwrap_or_default().max(NARROWEST)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        for (index, cell) in row.iter().enumerate() {
            out.push_str(cell);
            if index + 1 < row.len() {
                let filled = widths.get(index).copied().unwrap_or_default();
                out.extend(std::iter::repeat_n(' ', filled.saturating_sub(cell.chars().count())));
            }
        }
        out.push('\n');
    }
    out
}
