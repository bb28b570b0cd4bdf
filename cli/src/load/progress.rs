//! How far a long read is.

use std::cell::Cell;
use std::time::{Duration, Instant};

use kubelogic::object::SourceName;

use crate::io::Io;
use crate::style::shown;

/// Shows progress once a read takes longer than people wait gladly, a few times a second, and clears it at the end.
pub(super) struct Progress<'a> {
    io: Option<&'a dyn Io>,
    started: Instant,
    shown: Cell<Option<Instant>>,
}

const PATIENCE: Duration = Duration::from_millis(500);
const INTERVAL: Duration = Duration::from_millis(100);

impl<'a> Progress<'a> {
    /// Nothing is shown without somebody who looks.
    pub(super) fn new(io: Option<&'a dyn Io>) -> Self {
        Self { io, started: Instant::now(), shown: Cell::default() }
    }

    /// So many bytes of an input are done.
    pub(super) fn show(&self, source: &SourceName, done: usize, bytes: usize) {
        let Some(io) = self.io else { return };
        let now = Instant::now();
        let due = match self.shown.get() {
            None => now.duration_since(self.started) >= PATIENCE,
            Some(shown) => now.duration_since(shown) >= INTERVAL,
        };
        if due {
            self.shown.set(Some(now));
            let percent = done.saturating_mul(100).checked_div(bytes).unwrap_or(100);
            io.progress(&format!("reading {} ({percent} %)", shown(source.as_str())));
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Some(io) = self.io
            && self.shown.get().is_some()
        {
            io.progress("");
        }
    }
}

/// Says what is being done with many objects, and clears it at the end.
pub(crate) struct Phase<'a>(Option<&'a dyn Io>);

/// Fewer objects are done before anybody could read about it.
const MANY: usize = 10_000;

impl<'a> Phase<'a> {
    /// `what` is done with so many objects. Nothing is shown without somebody who looks.
    pub(crate) fn new(io: Option<&'a dyn Io>, what: &str, objects: usize) -> Self {
        let io = io.filter(|_| objects >= MANY);
        if let Some(io) = io {
            io.progress(&format!("{what} {objects} objects"));
        }
        Self(io)
    }
}

impl Drop for Phase<'_> {
    fn drop(&mut self) {
        if let Some(io) = self.0 {
            io.progress("");
        }
    }
}
