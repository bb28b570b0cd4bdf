//! Verbs as bits.

use super::{StringTable, UNKNOWN};

/// The first 62 verbs have a bit each. This bit says that a rule names verbs without one.
const ODD: u64 = 1 << 62;
/// Only a rule for all verbs has this bit.
const ALL: u64 = 1 << 63;
const WITH_BIT: u32 = 62;

/// Every verb that a rule names.
#[derive(Clone, Debug)]
pub(crate) struct VerbTable {
    strings: StringTable,
}

/// The verb of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    /// Rules that have none of these bits do not have the verb.
    pub(crate) mask: u64,
    odd: Option<u32>,
}

/// The verbs of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct VerbSet {
    pub(super) bits: u64,
    /// The ordinals without a bit, sorted.
    pub(super) odd: Vec<u32>,
}

impl Default for VerbTable {
    fn default() -> Self {
        let mut strings = StringTable::default();
        // Those of every cluster come first, whatever verbs the given roles bring along.
        for verb in ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"] {
            strings.intern(verb);
        }
        for verb in ["use", "bind", "escalate", "impersonate", "approve", "sign", "proxy"] {
            strings.intern(verb);
        }
        Self { strings }
    }
}

impl VerbTable {
    pub(super) fn set(&mut self, verbs: &[String]) -> VerbSet {
        let mut set = VerbSet::default();
        for verb in verbs {
            if verb == "*" {
                set.bits = u64::MAX;
            }
            // A request may ask for the verb `*` itself, so it is a verb like any other, too.
            let ordinal = self.strings.intern(verb);
            if ordinal < WITH_BIT {
                set.bits |= 1 << ordinal;
            } else {
                set.bits |= ODD;
                set.odd.push(ordinal);
            }
        }
        set.odd.sort_unstable();
        set
    }

    /// The verb of a request.
    #[inline]
    pub(crate) fn request(&self, verb: &str) -> Verb {
        match self.strings.find(verb) {
            Some(ordinal) if ordinal < WITH_BIT => Verb { mask: 1 << ordinal, odd: None },
            Some(ordinal) => Verb { mask: ODD | ALL, odd: Some(ordinal) },
            None => Verb { mask: ALL, odd: Some(UNKNOWN) },
        }
    }

    pub(crate) fn memory(&self) -> usize {
        self.strings.memory()
    }
}

impl Verb {
    /// Whether a rule with these verbs has this one.
    #[inline]
    pub(super) fn is_in(self, bits: u64, odd_verbs: impl FnOnce() -> bool) -> bool {
        match self.odd {
            None => bits & self.mask != 0,
            Some(_) => bits & ALL != 0 || (bits & ODD != 0 && odd_verbs()),
        }
    }

    #[inline]
    pub(super) fn odd(self) -> u32 {
        self.odd.unwrap_or(UNKNOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::VerbTable;

    #[test]
    fn verbs_with_and_without_a_bit_are_told_apart() {
        let mut table = VerbTable::default();
        let many: Vec<String> = (0..200).map(|number| format!("verb-{number}")).collect();
        let sets: Vec<_> = many.iter().map(|verb| table.set(std::slice::from_ref(verb))).collect();
        let all = table.set(&["*".to_owned()]);
        for (index, verb) in many.iter().enumerate() {
            let asked = table.request(verb);
            for (other, set) in sets.iter().enumerate() {
                let found = asked.is_in(set.bits, || set.odd.contains(&asked.odd()));
                assert_eq!(found, index == other, "{verb} in the set of verb-{other}");
                assert!(!found || set.bits & asked.mask != 0, "the mask must not hide {verb}");
            }
            assert!(asked.is_in(all.bits, || false));
        }
        let stranger = table.request("no-such-verb");
        assert!(sets.iter().all(|set| !stranger.is_in(set.bits, || set.odd.contains(&stranger.odd()))));
        assert!(stranger.is_in(all.bits, || false));
        assert_ne!(all.bits & stranger.mask, 0);
    }
}
