//! Strings as ordinals, all in one piece of memory.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use super::{ordinal, position};

/// Distinct strings in the order in which they were first seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct StringTable {
    text: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    longest: usize,
}

/// Answers must not depend on the process, so the hash has no random seed.
pub(super) const STATE: FixedState = FixedState::with_seed(0x6b75_6265);

impl StringTable {
    /// The ordinal of a string, new or old.
    pub(crate) fn intern(&mut self, string: &str) -> u32 {
        if let Some(found) = self.find(string) {
            return found;
        }
        let new = ordinal(self.ends.len());
        self.text.push_str(string);
        self.ends.push(self.text.len());
        self.longest = self.longest.max(string.len());
        let (text, ends) = (&self.text, &self.ends);
        self.table
            .insert_unique(STATE.hash_one(string), new, |other| STATE.hash_one(slice(text, ends, *other)));
        new
    }

    /// The ordinal of a string that is known.
    #[inline]
    pub(crate) fn find(&self, string: &str) -> Option<u32> {
        if string.len() > self.longest {
            return None;
        }
        let hash = STATE.hash_one(string);
        self.table.find(hash, |other| slice(&self.text, &self.ends, *other) == string).copied()
    }

    /// The ordinal of two pieces written one after the other, without joining them on the heap.
    pub(crate) fn find_joined(&self, first: &str, second: &str) -> Option<u32> {
        let length = first.len() + second.len();
        if length > self.longest {
            return None;
        }
        let mut buffer = [0_u8; 256];
        if let Some(joined) = buffer.get_mut(..length) {
            let (head, tail) = joined.split_at_mut(first.len());
            head.copy_from_slice(first.as_bytes());
            tail.copy_from_slice(second.as_bytes());
            return self.find(std::str::from_utf8(joined).ok()?);
        }
        // Nothing real is this long; looking at every string is slow but needs no memory.
        let is_joined = |string: &str| {
            string.len() == length && string.strip_prefix(first).is_some_and(|rest| rest == second)
        };
        (0..self.ends.len()).map(ordinal).find(|candidate| is_joined(self.text(*candidate)))
    }

    /// The string of an ordinal.
    pub(crate) fn text(&self, ordinal: u32) -> &str {
        slice(&self.text, &self.ends, ordinal)
    }

    /// All strings in one piece, where each of them ends, and the length of the longest.
    pub(super) fn into_parts(mut self) -> (String, Vec<usize>, usize) {
        self.shrink();
        (self.text, self.ends, self.longest)
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<usize>() + self.table.allocation_size()
    }

    /// Gives back memory that further strings would have used.
    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[inline]
fn slice<'a>(text: &'a str, ends: &[usize], ordinal: u32) -> &'a str {
    let index = position(ordinal);
    let start = match index.checked_sub(1) {
        Some(before) => ends.get(before).copied(),
        None => Some(0),
    };
    match (start, ends.get(index)) {
        (Some(start), Some(end)) => text.get(start..*end).unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::StringTable;

    #[test]
    fn strings_keep_their_ordinals() {
        let mut table = StringTable::default();
        let words: Vec<String> = (0..1_000).map(|number| format!("word-{number}")).collect();
        for (index, word) in words.iter().enumerate() {
            assert_eq!(table.intern(word) as usize, index);
        }
        for (index, word) in words.iter().enumerate() {
            assert_eq!(table.intern(word) as usize, index);
            assert_eq!(table.find(word).map(|found| table.text(found)), Some(word.as_str()));
        }
        assert_eq!(table.find("word"), None);
        assert_eq!(table.intern(""), 1_000);
        assert_eq!(table.find(""), Some(1_000));
    }

    #[test]
    fn joined_strings_are_found_whatever_their_length() {
        let mut table = StringTable::default();
        let long = "x".repeat(400);
        table.intern("pods/log");
        table.intern(&format!("{long}/log"));
        assert_eq!(table.find_joined("pods", "/log"), Some(0));
        assert_eq!(table.find_joined("pods/l", "og"), Some(0));
        assert_eq!(table.find_joined(&long, "/log"), Some(1));
        assert_eq!(table.find_joined(&long, "/lag"), None);
        assert_eq!(table.find_joined("pods", "/exec"), None);
        assert_eq!(table.find_joined("é", "x"), None);
    }
}
