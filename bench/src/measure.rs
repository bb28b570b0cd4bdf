//! Time and memory of this process.

use std::time::{Duration, Instant};

/// The best and the median time of some passes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) best: Duration,
    pub(crate) median: Duration,
}

/// Runs something again and again; the first run warms up and does not count.
pub(crate) fn times(passes: usize, mut run: impl FnMut()) -> Times {
    run();
    let mut taken: Vec<Duration> = (0..passes.max(1))
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    taken.sort_unstable();
    let best = taken.first().copied().unwrap_or_default();
    let median = taken.get(taken.len() / 2).copied().unwrap_or_default();
    Times { best, median }
}

/// Resident memory of this process in KiB, now and at its highest; zero where the system does not tell.
pub(crate) fn resident_kib() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next())
            .and_then(|number| number.parse().ok())
            .unwrap_or(0)
    };
    (field("VmRSS:"), field("VmHWM:"))
}

pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
