//! `kubelogic kubeconfig why`.

use kubelogic::ask::kubeconfig_resolution;
use kubelogic::kubeconfig::Overrides;

use super::arguments::{Why, WhyFormat};
use super::{End, World};
use crate::console::Console;
use crate::json;
use crate::style::shown;

pub(super) fn run(own: &Why, world: &World, console: &mut Console<'_>) -> Result<(), End> {
    let mut overrides = Overrides::default();
    overrides.context.clone_from(&own.context);
    overrides.cluster.clone_from(&own.cluster);
    overrides.user.clone_from(&own.user);
    overrides.namespace.clone_from(&own.namespace);
    overrides.server.clone_from(&own.server);
    let result = kubeconfig_resolution(&world.rules, &overrides, console.files(), false);
    let failed = result.error.clone();
    if own.output == WhyFormat::Json {
        let answer = kubelogic::Answer::new(result, world.version);
        console.out(&json::answer(&answer)?)?;
    } else {
        let mut lines = Vec::new();
        for (name, value) in
            [("context", &result.context), ("cluster", &result.cluster), ("user", &result.user)]
        {
            if !value.is_empty() {
                lines.push(format!("{name}: {}", shown(value)));
            }
        }
        if let Some(connection) = &result.connection {
            lines.push(format!("server: {}", shown(&connection.server)));
        }
        if !result.namespace.is_empty() {
            lines.push(format!("namespace: {}", shown(&result.namespace)));
        }
        if !result.why.is_empty() {
            lines.push("because".to_owned());
        }
        for why in &result.why {
            let place = why.location.as_ref().map_or_else(|| "a flag".to_owned(), ToString::to_string);
            lines.push(format!("  {} is said by {}", why.field, shown(&place)));
            for hidden in &why.shadows {
                lines.push(format!("    {} says it, too, and does not count", shown(&hidden.to_string())));
            }
        }
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        console.out(&text)?;
    }
    match failed {
        None => Ok(()),
        Some(error) => Err(End::Usage(format!("error: {error}"))),
    }
}
