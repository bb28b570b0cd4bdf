//! Why yes, or why not.

use std::fmt::Write as _;

use kubelogic::answer::Answer;
use kubelogic::object::Location;
use kubelogic::rbac::{Can, GrantEvidence, PolicyRule};
use kubelogic::report::text::counted;

use crate::style::{Palette, shown};

/// What decided as a small tree, or what comes nearest to a yes; then warnings and what was taken for granted.
pub(super) fn text(answer: &Answer<Can>, palette: Palette) -> String {
    let mut text = String::new();
    let Can { grants, near_misses, .. } = &answer.result;
    if let [first, others @ ..] = grants.as_slice() {
        grant(&mut text, first, palette);
        if !others.is_empty() {
            let _ = writeln!(text, "  {} would allow it as well:", counted(others.len(), "other binding"));
            for other in others {
                let line = format!("{} {}", other.binding.object.kind, name(other));
                let _ =
                    writeln!(text, "    {}{}", shown(&line), place(Some(&other.binding.location), palette));
            }
        }
    }
    for (index, miss) in near_misses.iter().enumerate() {
        if index == 0 {
            text.push_str("  nearest to a yes:\n");
        }
        let place = place(miss.location.as_ref(), palette);
        let _ = writeln!(text, "  {}. {}{place}", index + 1, shown(&miss.message));
        let _ = writeln!(text, "     {} {}", palette.bold("change:"), shown(&miss.change));
    }
    for warning in &answer.warnings {
        let label = format!("{}[{}]", warning.severity, warning.code);
        let place = place(warning.location.as_ref(), palette);
        let _ = writeln!(
            text,
            "  {}: {}{place}",
            palette.severity(warning.severity, &label),
            shown(&warning.message)
        );
        if let Some(help) = &warning.help {
            let _ = writeln!(text, "     {} {}", palette.bold("help:"), shown(help));
        }
    }
    for assumption in &answer.assumptions {
        let _ = writeln!(text, "  {} {}", palette.dim("assumed:"), shown(&assumption.message));
    }
    text
}

fn grant(text: &mut String, grant: &GrantEvidence, palette: Palette) {
    for piece in grant.evidence() {
        let branch = match piece.part {
            "subject" => "  ├ ",
            "role" => "  └ ",
            "rule" => "    └ ",
            _ => "",
        };
        let place = place(piece.location.as_ref(), palette);
        let _ = writeln!(text, "  {}{}{place}", palette.dim(branch), shown(&piece.message));
    }
    let _ = writeln!(text, "        {}", shown(&rule(&grant.rule)));
}

/// A rule in a line: `get, list on pods, pods/log`.
fn rule(rule: &PolicyRule) -> String {
    let verbs = rule.verbs.join(", ");
    if !rule.non_resource_urls.is_empty() {
        return format!("{verbs} on {}", rule.non_resource_urls.join(", "));
    }
    let group = |resource: &String, group: &String| match group.as_str() {
        "" => resource.clone(),
        group => format!("{resource}.{group}"),
    };
    let resources: Vec<String> = rule
        .api_groups
        .iter()
        .flat_map(|one| rule.resources.iter().map(move |resource| group(resource, one)))
        .collect();
    let names = if rule.resource_names.is_empty() {
        String::new()
    } else {
        format!(" named {}", rule.resource_names.join(", "))
    };
    format!("{verbs} on {}{names}", resources.join(", "))
}

fn name(grant: &GrantEvidence) -> String {
    let object = &grant.binding.object;
    if object.namespace.is_empty() {
        object.name.clone()
    } else {
        format!("{}/{}", object.namespace, object.name)
    }
}

/// `  (file:line:column)`
fn place(location: Option<&Location>, palette: Palette) -> String {
    match location {
        Some(location) => {
            // A default object is no file and has no lines.
            let known = location.position.is_some();
            let place = if known { location.to_string() } else { location.source.to_string() };
            let place = format!("  ({})", shown(&place));
            palette.dim(&place).into_owned()
        }
        None => String::new(),
    }
}
