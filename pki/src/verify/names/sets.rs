//! Sets of subtrees, sorted so that one look-up finds the subtree of a name.
//!
//! Go sorts, drops subtrees inside others and looks at one neighbour. The same is done here, because the subtree that
//! is found stands in the text of the refusal.

use std::cmp::Ordering;
use std::net::IpAddr;

use crate::certificate::IpNetwork;

/// Networks of both families.
pub(super) struct Networks {
    four: Vec<IpNetwork>,
    six: Vec<IpNetwork>,
}

impl Networks {
    pub(super) fn new(list: &[IpNetwork]) -> Self {
        let of = |size: usize| {
            let mut set: Vec<IpNetwork> =
                list.iter().filter(|one| one.address.len() == size).cloned().collect();
            prune(&mut set, Ord::cmp, is_inside);
            set
        };
        Self { four: of(4), six: of(16) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.four.is_empty() && self.six.is_empty()
    }

    pub(super) fn find(&self, address: IpAddr) -> Option<String> {
        let (set, bytes) = match address {
            IpAddr::V4(four) => (&self.four, four.octets().to_vec()),
            IpAddr::V6(six) => (&self.six, six.octets().to_vec()),
        };
        find(set, |network| network.address.cmp(&bytes), |network| network.contains(&bytes))
            .map(IpNetwork::text)
    }
}

fn is_inside(outer: &IpNetwork, inner: &IpNetwork) -> bool {
    let last: Vec<u8> = inner.address.iter().zip(&inner.mask).map(|(byte, mask)| byte | !mask).collect();
    outer.contains(&inner.address) && outer.contains(&last)
}

/// Domains; the empty one holds every name.
pub(super) struct Domains {
    all: bool,
    permitted: bool,
    set: Vec<String>,
    /// Excluded names by what is below their first label: a wildcard beside them is excluded too.
    parents: Vec<(String, String)>,
}

impl Domains {
    pub(super) fn new(list: &[String], permitted: bool) -> Self {
        let all = list.iter().any(String::is_empty);
        let mut set = if all { Vec::new() } else { list.to_vec() };
        prune(&mut set, |a, b| compare(a, b), |a, b| has_suffix(a, b));
        let mut parents: Vec<(String, String)> = Vec::new();
        if !permitted {
            for name in set.iter().map(|name| name.to_lowercase()) {
                if let Some(parent) = below_first_label(&name).map(str::to_owned) {
                    // A later one replaces an earlier one.
                    parents.retain(|(before, _)| *before != parent);
                    parents.push((parent, name));
                }
            }
        }
        Self { all, permitted, set, parents }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.all && self.set.is_empty()
    }

    pub(super) fn find(&self, name: &str) -> Option<String> {
        if self.all {
            return Some(String::new());
        }
        let found = find(
            &self.set,
            |constraint| compare(constraint, name),
            |constraint| has_suffix(constraint, name),
        );
        if let Some(constraint) = found {
            return Some(constraint.clone());
        }
        if self.permitted || !name.starts_with('*') {
            return None;
        }
        let name = name.to_lowercase();
        let parent = below_first_label(&name).unwrap_or_default();
        self.parents.iter().find(|(before, _)| before == parent).map(|(_, constraint)| constraint.clone())
    }
}

/// From the first dot on.
fn below_first_label(name: &str) -> Option<&str> {
    name.find('.').and_then(|at| name.get(at..))
}

/// Whether a name is the domain or below it. A domain with a dot before it holds only what is below.
fn has_suffix(domain: &str, name: &str) -> bool {
    let (domain, name) = (domain.as_bytes(), name.as_bytes());
    let Some(before) = name.len().checked_sub(domain.len()) else { return false };
    let (head, tail) = name.split_at_checked(before).unwrap_or_default();
    if !tail.eq_ignore_ascii_case(domain) {
        return false;
    }
    domain.first() == Some(&b'.') || head.last().is_none_or(|byte| *byte == b'.')
}

/// From the right, letters without case, dots before all others, so that a domain stands right before its names.
fn compare(a: &str, b: &str) -> Ordering {
    let key = |byte: u8| if byte == b'.' { 0 } else { byte.to_ascii_lowercase() };
    a.bytes().rev().map(key).cmp(b.bytes().rev().map(key))
}

fn prune<T>(set: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering, is_inside: impl Fn(&T, &T) -> bool) {
    set.sort_by(compare);
    let mut kept: Vec<T> = Vec::with_capacity(set.len());
    for one in set.drain(..) {
        if !kept.last().is_some_and(|last| is_inside(last, &one)) {
            kept.push(one);
        }
    }
    *set = kept;
}

/// The equal element, or the one before the place of it when that one fits. Before the first there is the first.
fn find<T>(set: &[T], compare: impl Fn(&T) -> Ordering, fits: impl Fn(&T) -> bool) -> Option<&T> {
    match set.binary_search_by(compare) {
        Ok(at) => set.get(at),
        Err(at) => set.get(at.saturating_sub(1)).filter(|one| fits(one)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_holds_what_is_below_it() {
        let set = Domains::new(&["b.c".to_owned(), ".x.y".to_owned()], true);
        assert_eq!(set.find("a.B.c").as_deref(), Some("b.c"));
        assert_eq!(set.find("b.c").as_deref(), Some("b.c"));
        assert_eq!(set.find("ab.c"), None);
        assert_eq!(set.find("x.y"), None);
        assert_eq!(set.find("a.x.y").as_deref(), Some(".x.y"));
    }

    #[test]
    fn a_wildcard_beside_an_excluded_name_is_excluded() {
        let set = Domains::new(&["a.b.c".to_owned()], false);
        assert_eq!(set.find("*.b.c").as_deref(), Some("a.b.c"));
        assert_eq!(set.find("x.b.c"), None);
    }
}
