//! kubectl's two steps from a typed name to a resource: short names are expanded, then the REST mapper searches.

use super::{Typed, lower};
use crate::schema::{Discovery, Resource};

/// What the REST mapper finds.
#[derive(Clone, Debug)]
pub(super) enum Found<'a> {
    Resource(Resource<'a>),
    /// A resource that upstream's mapper makes up for the list of each kind, such as `podlists`.
    Guessed {
        group: &'a str,
        plural: String,
    },
}

impl Discovery {
    /// The resource for a name, and what is said about ambiguous short names.
    pub(super) fn resource_for(&self, typed: Typed<'_>, warnings: &mut Vec<String>) -> Option<Found<'_>> {
        let expanded = self.expand(typed, warnings);
        let typed = expanded.unwrap_or(typed);
        let name = lower(typed.resource);
        let mut found = self.named(typed, &name);
        let first = found.next()?;
        // upstream: apimachinery pkg/api/meta/priority.go ends with an ambiguity when two resources of one version
        // answer to a name; the fully qualified search of restmapper.go stops at its first.
        let fully_qualified = !typed.group.is_empty() && !typed.version.is_empty();
        if found.next().is_some() && !fully_qualified { None } else { Some(first) }
    }

    /// The same by the mapper's table from names to kinds, in which a later resource takes a name from an earlier one.
    pub(super) fn kind_for(&self, typed: Typed<'_>) -> Option<Found<'_>> {
        let expanded = self.expand(typed, &mut Vec::new());
        let typed = expanded.unwrap_or(typed);
        let name = lower(typed.resource);
        self.named(typed, &name).last()
    }

    /// The resource of a kind, spelled as it is or in lower case, in its group.
    pub(super) fn mapping_for_kind(&self, typed: Typed<'_>) -> Option<Resource<'_>> {
        self.served().find(|known| {
            // upstream: client-go restmapper/discovery.go registers both spellings.
            let named = known.kind == typed.resource || lower(known.kind) == typed.resource;
            named
                && known.group == typed.group
                && (typed.version.is_empty() || known.version == typed.version)
        })
    }

    pub(super) fn served(&self) -> impl Iterator<Item = Resource<'_>> {
        self.resources().filter(|resource| resource.by_default)
    }

    /// What answers to a name in the most preferred group and version that has anything.
    fn named<'a>(&'a self, typed: Typed<'_>, name: &str) -> std::vec::IntoIter<Found<'a>> {
        // upstream: client-go restmapper/discovery.go makes one mapper (apimachinery pkg/api/meta/restmapper.go) for
        // each group and version; priority.go takes the first of them that has a match.
        let guessed = name.strip_suffix("lists").or_else(|| name.strip_suffix("list"));
        let mut at: Option<(&str, &str)> = None;
        let mut real = Vec::new();
        let mut made_up = Vec::new();
        for known in self.served().filter(|known| matches(typed, known)) {
            if at != Some((known.group, known.version)) {
                if !real.is_empty() || !made_up.is_empty() {
                    break;
                }
                at = Some((known.group, known.version));
            }
            if !name.is_empty() && (known.plural == name || known.singular == name) {
                real.push(Found::Resource(known));
            }
            if let Some(kind) = guessed.filter(|kind| kind.is_empty() || lower(known.kind) == **kind) {
                made_up = vec![Found::Guessed { group: known.group, plural: format!("{kind}lists") }];
            }
        }
        if real.is_empty() { made_up.into_iter() } else { real.into_iter() }
    }

    /// The name that a short name stands for, or nothing if it is not one.
    fn expand<'a>(&'a self, typed: Typed<'a>, warnings: &mut Vec<String>) -> Option<Typed<'a>> {
        // upstream: client-go restmapper/shortcut.go (expandResourceShortcut)
        let in_group = |known: &Resource<'_>| typed.group.is_empty() || known.group == typed.group;
        let is_name =
            |known: &Resource<'_>| known.plural == typed.resource || known.singular == typed.resource;
        if self.served().any(|known| in_group(&known) && is_name(&known)) {
            return None;
        }
        let is_short = |known: &Resource<'_>| known.short_names().any(|name| name == typed.resource);
        let mut found: Option<Resource<'_>> = None;
        let mut warned = Vec::new();
        for known in self.served().filter(|known| in_group(known) && is_short(known)) {
            let Some(first) = found else {
                found = Some(known);
                continue;
            };
            let name = (known.group, known.plural);
            if (first.group, first.plural) != name && !warned.contains(&name) {
                let dot = if known.group.is_empty() { "" } else { "." };
                warnings.push(format!(
                    "short name \"{}\" could also match lower priority resource {}{dot}{}",
                    typed.resource, known.plural, known.group
                ));
                warned.push(name);
            }
        }
        if let Some(first) = found {
            return Some(Typed { resource: first.plural, group: first.group, version: "" });
        }
        if typed.group.is_empty() {
            return None;
        }
        let by_prefix = self.served().find(|known| known.group.starts_with(typed.group) && is_short(known));
        by_prefix.map(|known| Typed { resource: known.plural, group: known.group, version: typed.version })
    }
}

/// Whether a resource is in the group and version that were typed.
fn matches(typed: Typed<'_>, known: &Resource<'_>) -> bool {
    match (typed.group.is_empty(), typed.version.is_empty()) {
        (false, false) => known.group == typed.group && known.version == typed.version,
        (false, true) => known.group.starts_with(typed.group),
        (true, false) => known.version == typed.version,
        (true, true) => true,
    }
}
