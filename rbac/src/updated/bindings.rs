//! Bindings in their order, with changes on top.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::index::{ordinal, position};
use crate::rbac::BindingRecord;

/// Bindings by ordinals that leave room: a new binding gets one between its neighbours.
#[derive(Clone, Debug)]
pub(crate) struct Bindings {
    base: Arc<Vec<BindingRecord>>,
    /// The distance between two bindings that were compiled.
    stride: u32,
    /// What took the place of a binding, or came between two: nothing where one was taken away.
    changed: BTreeMap<u32, Option<BindingRecord>>,
}

/// Where a binding is, or would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is there.
    Taken(u32),
    /// It would be there.
    Free(u32),
    /// There is no room left between its neighbours.
    Crowded,
}

/// More room than this is never needed.
const WIDEST: u32 = 4_096;

impl Bindings {
    /// The distance between this many bindings.
    pub(crate) fn stride_for(count: usize) -> u32 {
        (u32::MAX / 2 / ordinal(count.saturating_add(2))).clamp(1, WIDEST)
    }

    /// The ordinal of the binding at an index.
    pub(crate) fn ordinal_at(index: usize, stride: u32) -> u32 {
        ordinal(index.saturating_add(1)).saturating_mul(stride)
    }

    pub(crate) fn new(base: Vec<BindingRecord>, stride: u32) -> Self {
        Self { base: Arc::new(base), stride, changed: BTreeMap::new() }
    }

    pub(crate) fn get(&self, ordinal: u32) -> Option<&BindingRecord> {
        if !self.changed.is_empty()
            && let Some(changed) = self.changed.get(&ordinal)
        {
            return changed.as_ref();
        }
        if !ordinal.is_multiple_of(self.stride) {
            return None;
        }
        self.base.get(position(ordinal / self.stride).checked_sub(1)?)
    }

    /// All bindings in their order, with their ordinals.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &BindingRecord)> {
        let mut base = self.base.iter().enumerate().peekable();
        let mut changed = self.changed.iter().peekable();
        std::iter::from_fn(move || {
            loop {
                let next = base.peek().map(|(index, _)| Self::ordinal_at(*index, self.stride));
                match (next, changed.peek()) {
                    (None, None) => return None,
                    (Some(next), Some((ordinal, _))) if **ordinal > next => {
                        return base.next().map(|(_, record)| (next, record));
                    }
                    (Some(next), None) => return base.next().map(|(_, record)| (next, record)),
                    (next, Some((ordinal, _))) => {
                        if next == Some(**ordinal) {
                            base.next();
                        }
                        if let Some((ordinal, Some(record))) = changed.next() {
                            return Some((*ordinal, record));
                        }
                    }
                }
            }
        })
    }

    pub(crate) fn len(&self) -> usize {
        let base = |ordinal: &u32| ordinal.is_multiple_of(self.stride);
        let gone = self.changed.iter().filter(|(ordinal, record)| record.is_none() && base(ordinal)).count();
        let new = self.changed.iter().filter(|(ordinal, record)| record.is_some() && !base(ordinal)).count();
        self.base.len() + new - gone
    }

    /// Bytes held.
    pub(crate) fn memory(&self) -> usize {
        (self.base.capacity() + self.changed.len()) * size_of::<BindingRecord>()
    }

    /// Where a binding is or would be, by how others compare with it.
    pub(crate) fn place(&self, compare: impl Fn(&BindingRecord) -> Ordering) -> Place {
        let index = self.base.partition_point(|record| compare(record) == Ordering::Less);
        let above = Self::ordinal_at(index, self.stride);
        if self.base.get(index).is_some_and(|record| compare(record) == Ordering::Equal) {
            return if self.get(above).is_some() { Place::Taken(above) } else { Place::Free(above) };
        }
        let (mut low, mut high) = (above - self.stride, above);
        for (ordinal, record) in self.changed.range(low.saturating_add(1)..high) {
            match record.as_ref().map(&compare) {
                Some(Ordering::Equal) => return Place::Taken(*ordinal),
                Some(Ordering::Less) => low = *ordinal,
                Some(Ordering::Greater) => {
                    high = *ordinal;
                    break;
                }
                None => {}
            }
        }
        let middle = low + (high - low) / 2;
        if middle == low { Place::Crowded } else { Place::Free(middle) }
    }

    /// Puts a binding into a place, or takes it away.
    pub(crate) fn put(&mut self, ordinal: u32, record: Option<BindingRecord>) {
        if record.is_none() && !ordinal.is_multiple_of(self.stride) {
            self.changed.remove(&ordinal);
        } else {
            self.changed.insert(ordinal, record);
        }
    }
}
