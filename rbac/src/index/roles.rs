//! From a role and a request to the first rule of the role that allows it.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::{StringTable, UNKNOWN, Verb, VerbTable, ordinal, position};
use crate::model::PolicyRule;

/// Every rule of every role, by what it speaks about.
#[derive(Clone, Debug)]
pub(crate) struct RoleIndex {
    pub(crate) verbs: VerbTable,
    groups: StringTable,
    resources: StringTable,
    names: StringTable,
    /// From a role and a resource to candidates.
    by_resource: HashMap<u64, Span, FixedState>,
    candidates: Vec<Candidate>,
    details: Vec<Detail>,
    /// From a role to its rules for paths.
    by_role: HashMap<u32, Span, FixedState>,
    paths: Vec<PathRule>,
}

/// A role's rule on its way into the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewRule<'a> {
    pub(crate) role: u32,
    /// The position of the rule in the role.
    pub(crate) rule: u32,
    pub(crate) given: &'a PolicyRule,
}

/// What a role speaks about, as bits: a role that lacks a bit of the request cannot allow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Footprint {
    pub(crate) resources: u64,
    pub(crate) verbs: u64,
}

/// A request for a resource in ordinals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ResourceRequest {
    pub(crate) footprint: Footprint,
    verb: Verb,
    group: u32,
    /// `pods`, or `pods/log` with a subresource.
    resource: u32,
    /// `*/log`, when there is a subresource and a rule that says so.
    any_resource: u32,
    name: u32,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    length: u32,
}

/// A rule as one of its resources sees it.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    verbs: u64,
    rule: u32,
    /// The only group, or one of the marks below.
    group: u32,
    /// Which detail, or [`UNKNOWN`] when verbs and group say it all.
    detail: u32,
}

/// What does not fit into a candidate.
#[derive(Clone, Debug, Default)]
struct Detail {
    groups: Box<[u32]>,
    odd_verbs: Box<[u32]>,
    names: Box<[u32]>,
}

#[derive(Clone, Debug)]
struct PathRule {
    verbs: u64,
    odd_verbs: Box<[u32]>,
    rule: u32,
    patterns: Box<[PathPattern]>,
}

#[derive(Clone, Debug)]
enum PathPattern {
    Exact(Box<str>),
    Prefix(Box<str>),
}

const ANY_GROUP: u32 = UNKNOWN - 1;
const MANY_GROUPS: u32 = UNKNOWN - 2;
/// The ordinal of `*` among the resources.
const ANY_RESOURCE: u32 = 0;
/// The footprint bit of roles with rules for paths.
const PATHS: u64 = 1 << 63;
const RESOURCE_BITS: u32 = 63;

impl RoleIndex {
    /// Builds the index. Rules come role by role, in their order.
    pub(crate) fn new<'a>(rules: impl IntoIterator<Item = NewRule<'a>>) -> Self {
        let mut index = Self {
            verbs: VerbTable::default(),
            groups: StringTable::default(),
            resources: StringTable::default(),
            names: StringTable::default(),
            by_resource: HashMap::with_hasher(FixedState::default()),
            candidates: Vec::new(),
            details: Vec::new(),
            by_role: HashMap::with_hasher(FixedState::default()),
            paths: Vec::new(),
        };
        index.resources.intern("*");
        let mut collected: Vec<(u64, Candidate)> = Vec::new();
        let mut paths: Vec<(u32, PathRule)> = Vec::new();
        for new in rules {
            if !new.given.non_resource_urls.is_empty() {
                let rule = index.path_rule(new);
                paths.push((new.role, rule));
            }
            if let Some(candidate) = index.candidate(new) {
                let mut own: Vec<u32> =
                    new.given.resources.iter().map(|resource| index.resources.intern(resource)).collect();
                own.sort_unstable();
                own.dedup();
                collected.extend(own.into_iter().map(|resource| (key(new.role, resource), candidate)));
            }
        }
        // Rules of a role come in their order and stay in it.
        collected.sort_by_key(|(key, _)| *key);
        index.candidates.reserve_exact(collected.len());
        for (key, candidate) in collected {
            let start = ordinal(index.candidates.len());
            index.by_resource.entry(key).or_insert(Span { start, length: 0 }).length += 1;
            index.candidates.push(candidate);
        }
        paths.sort_by_key(|(role, _)| *role);
        for (role, rule) in paths {
            let start = ordinal(index.paths.len());
            index.by_role.entry(role).or_insert(Span { start, length: 0 }).length += 1;
            index.paths.push(rule);
        }
        for table in [&mut index.groups, &mut index.resources, &mut index.names] {
            table.shrink();
        }
        index
    }

    /// What a role with these rules speaks about.
    pub(crate) fn footprint<'a>(&mut self, rules: impl IntoIterator<Item = &'a PolicyRule>) -> Footprint {
        let mut footprint = Footprint::default();
        for rule in rules {
            footprint.verbs |= self.verbs.set(&rule.verbs).bits;
            if !rule.non_resource_urls.is_empty() {
                footprint.resources |= PATHS;
            }
            if !rule.api_groups.is_empty() {
                for resource in &rule.resources {
                    footprint.resources |= self.resources.find(resource).map_or(0, resource_bit);
                }
            }
        }
        footprint
    }

    /// A request for a resource. Nothing is allocated.
    #[inline]
    pub(crate) fn request(
        &self,
        verb: &str,
        group: &str,
        resource: &str,
        subresource: &str,
        name: &str,
    ) -> ResourceRequest {
        let verb = self.verbs.request(verb);
        let mut resources = resource_bit(ANY_RESOURCE);
        let mut any_resource = UNKNOWN;
        let combined = if subresource.is_empty() {
            self.resources.find(resource)
        } else {
            // upstream: pkg/apis/rbac/v1/evaluation_helpers.go (ResourceMatches)
            if let Some(found) = self.resources.find_joined("*/", subresource) {
                any_resource = found;
                resources |= resource_bit(found);
            }
            self.find_resource(resource, subresource)
        };
        resources |= combined.map_or(0, resource_bit);
        ResourceRequest {
            footprint: Footprint { resources, verbs: verb.mask },
            verb,
            group: self.groups.find(group).unwrap_or(UNKNOWN),
            resource: combined.unwrap_or(UNKNOWN),
            any_resource,
            name: self.names.find(name).unwrap_or(UNKNOWN),
        }
    }

    /// What a role must speak about to allow a request for a path.
    pub(crate) fn path_footprint(verb: Verb) -> Footprint {
        Footprint { resources: PATHS, verbs: verb.mask }
    }

    /// The first rule of a role that allows a request for a resource.
    #[inline]
    pub(crate) fn allows(&self, role: u32, request: &ResourceRequest) -> Option<u32> {
        let mut first = UNKNOWN;
        for resource in [request.resource, ANY_RESOURCE, request.any_resource] {
            if resource == UNKNOWN {
                continue;
            }
            let Some(span) = self.by_resource.get(&key(role, resource)) else { continue };
            for candidate in slice(&self.candidates, *span) {
                if candidate.rule >= first {
                    break;
                }
                if self.matches(candidate, request) {
                    first = candidate.rule;
                    break;
                }
            }
        }
        (first != UNKNOWN).then_some(first)
    }

    /// The first rule of a role that allows a request for a path.
    pub(crate) fn allows_path(&self, role: u32, verb: Verb, path: &str) -> Option<u32> {
        let span = self.by_role.get(&role)?;
        let allowing = slice(&self.paths, *span).iter().find(|rule| {
            verb.is_in(rule.verbs, || rule.odd_verbs.binary_search(&verb.odd()).is_ok())
                && rule.patterns.iter().any(|pattern| pattern.matches(path))
        });
        allowing.map(|rule| rule.rule)
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        let details = self.details.iter().map(|detail| {
            size_of::<Detail>() + 4 * (detail.groups.len() + detail.odd_verbs.len() + detail.names.len())
        });
        self.verbs.memory()
            + self.groups.memory()
            + self.resources.memory()
            + self.names.memory()
            + self.by_resource.allocation_size()
            + self.by_role.allocation_size()
            + self.candidates.capacity() * size_of::<Candidate>()
            + self.paths.capacity() * size_of::<PathRule>()
            + details.sum::<usize>()
    }

    #[inline]
    fn matches(&self, candidate: &Candidate, request: &ResourceRequest) -> bool {
        let detail = self.details.get(position(candidate.detail));
        let has = |list: fn(&Detail) -> &[u32], wanted: u32| {
            detail.is_some_and(|detail| list(detail).binary_search(&wanted).is_ok())
        };
        let group = match candidate.group {
            ANY_GROUP => true,
            MANY_GROUPS => has(|detail| &detail.groups, request.group),
            only => only == request.group,
        };
        group
            && request.verb.is_in(candidate.verbs, || has(|detail| &detail.odd_verbs, request.verb.odd()))
            && (detail.is_none_or(|detail| detail.names.is_empty())
                || has(|detail| &detail.names, request.name))
    }

    /// `resource/subresource` as one word.
    fn find_resource(&self, resource: &str, subresource: &str) -> Option<u32> {
        let mut buffer = [0_u8; 256];
        let length = resource.len() + 1;
        match buffer.get_mut(..length) {
            Some(head) => {
                let (word, slash) = head.split_at_mut(resource.len());
                word.copy_from_slice(resource.as_bytes());
                slash.copy_from_slice(b"/");
                self.resources.find_joined(std::str::from_utf8(head).ok()?, subresource)
            }
            // A resource of this length is in no cluster; joining it costs an allocation and nothing else.
            None => self.resources.find_joined(&format!("{resource}/"), subresource),
        }
    }

    /// The rule as its resources see it; `None` when it can match no request for a resource.
    fn candidate(&mut self, new: NewRule<'_>) -> Option<Candidate> {
        let given = new.given;
        // upstream: pkg/apis/rbac/v1/evaluation_helpers.go: an empty list matches nothing, save for names.
        if given.verbs.is_empty() || given.api_groups.is_empty() || given.resources.is_empty() {
            return None;
        }
        let verbs = self.verbs.set(&given.verbs);
        let groups = intern_all(&mut self.groups, &given.api_groups);
        let group = match (given.api_groups.iter().any(|group| group == "*"), groups.as_ref()) {
            (true, _) => ANY_GROUP,
            (false, [only]) => *only,
            (false, _) => MANY_GROUPS,
        };
        let detail = Detail {
            groups: if group == MANY_GROUPS { groups } else { Box::default() },
            odd_verbs: verbs.odd.into_boxed_slice(),
            names: intern_all(&mut self.names, &given.resource_names),
        };
        let plain = detail.groups.is_empty() && detail.odd_verbs.is_empty() && detail.names.is_empty();
        let detail = if plain {
            UNKNOWN
        } else {
            self.details.push(detail);
            ordinal(self.details.len() - 1)
        };
        Some(Candidate { verbs: verbs.bits, rule: new.rule, group, detail })
    }

    fn path_rule(&mut self, new: NewRule<'_>) -> PathRule {
        let verbs = self.verbs.set(&new.given.verbs);
        PathRule {
            verbs: verbs.bits,
            odd_verbs: verbs.odd.into_boxed_slice(),
            rule: new.rule,
            patterns: new.given.non_resource_urls.iter().map(|pattern| PathPattern::of(pattern)).collect(),
        }
    }
}

impl PathPattern {
    fn of(pattern: &str) -> Self {
        // upstream: pkg/apis/rbac/v1/evaluation_helpers.go (NonResourceURLMatches): all trailing stars go.
        if pattern.ends_with('*') {
            Self::Prefix(pattern.trim_end_matches('*').into())
        } else {
            Self::Exact(pattern.into())
        }
    }

    fn matches(&self, path: &str) -> bool {
        match self {
            Self::Exact(exact) => **exact == *path,
            Self::Prefix(prefix) => path.starts_with(&**prefix),
        }
    }
}

fn intern_all(table: &mut StringTable, words: &[String]) -> Box<[u32]> {
    let mut ordinals: Vec<u32> = words.iter().map(|word| table.intern(word)).collect();
    ordinals.sort_unstable();
    ordinals.dedup();
    ordinals.into_boxed_slice()
}

#[inline]
fn key(role: u32, resource: u32) -> u64 {
    u64::from(role) << 32 | u64::from(resource)
}

#[inline]
fn resource_bit(resource: u32) -> u64 {
    1 << (resource % RESOURCE_BITS)
}

#[inline]
fn slice<T>(items: &[T], span: Span) -> &[T] {
    let start = position(span.start);
    items.get(start..start + position(span.length)).unwrap_or_default()
}
