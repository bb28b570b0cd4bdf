//! What the compiled model looks things up in.
//!
//! Strings become ordinals, one table per kind of word. A subject leads to the bindings that name it, a role and
//! a resource to the rules that speak about it. All look-ups are flat: none grows with the number of bindings.

mod changes;
mod roles;
mod strings;
mod subjects;
mod verbs;

pub(crate) use changes::Subjects;
pub(crate) use roles::{Footprint, NewRule, ResourceRequest, RoleIndex};
pub(crate) use strings::StringTable;
pub(crate) use subjects::{Entry, Found, NewEntry, SubjectIndex};
pub(crate) use verbs::{Verb, VerbTable};

/// A word that no object uses: it equals nothing but is still matched by wildcards.
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// A position in a list of at most `u32::MAX` items.
///
/// More items than that do not fit into memory; should they ever, later ones share the last ordinal and are
/// equal to nothing that is looked up.
pub(crate) fn ordinal(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(UNKNOWN)
}

/// The position that an ordinal stands for.
pub(crate) fn position(ordinal: u32) -> usize {
    // INVARIANT: no supported target has pointers of less than 32 bits.
    usize::try_from(ordinal).unwrap_or(usize::MAX)
}
