//! Seeded chance: the same seed makes the same input on every machine.

/// Xorshift with a multiplier; nothing here needs more.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let value = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11;
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(value % limit).unwrap_or(0)
    }

    /// Happens once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several numbers; 0 when there are none.
    pub(crate) fn choose(&mut self, from: &[usize]) -> usize {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }

    /// One of several texts; empty when there are none.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.below(from.len())).copied().unwrap_or_default()
    }
}
