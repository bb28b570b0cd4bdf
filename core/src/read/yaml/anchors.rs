//! Anchors, and what their aliases cost.
//!
//! upstream: go.yaml.in/yaml/v2 decode.go (`decoder.unmarshal` counts, `allowedAliasRatio`)

use std::collections::HashMap;

use super::fault::Fault;
use super::resolve::Resolved;
use crate::object::builder::NodeId;
use crate::read::error::Code;

/// What an anchor names.
#[derive(Clone, Debug)]
pub(super) enum Anchored {
    /// A container that is not closed yet: an alias here would contain itself.
    Open,
    Container {
        node: NodeId,
        mapping: bool,
        /// Which builder has the node.
        generation: u32,
    },
    Scalar {
        resolved: Resolved,
        text: Box<str>,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Anchor {
    pub(super) value: Anchored,
    /// Decoding steps that the value takes.
    pub(super) steps: u64,
}

/// The anchors of a document so far, and upstream's count of decoding steps.
#[derive(Debug)]
pub(super) struct Anchors<'t> {
    known: Vec<Anchor>,
    names: HashMap<&'t str, usize>,
    steps: u64,
    alias_steps: u64,
    /// Bytes of text that aliases have repeated.
    alias_bytes: usize,
    bytes_limit: usize,
}

impl<'t> Anchors<'t> {
    pub(super) fn new(bytes_limit: usize) -> Self {
        Self {
            known: Vec::new(),
            names: HashMap::new(),
            // The document itself is the first step.
            steps: 1,
            alias_steps: 0,
            alias_bytes: 0,
            bytes_limit,
        }
    }

    pub(super) fn declare(&mut self, name: &'t str, value: Anchored) -> usize {
        let index = self.known.len();
        self.known.push(Anchor { value, steps: 1 });
        self.names.insert(name, index);
        index
    }

    /// Says that the container of an anchor is closed; it began after `before` steps.
    pub(super) fn close(&mut self, index: usize, value: Anchored, before: u64) {
        if let Some(anchor) = self.known.get_mut(index) {
            *anchor = Anchor { value, steps: self.steps - before };
        }
    }

    /// What the alias at `at` names.
    pub(super) fn find(&self, name: &str, at: usize) -> Result<Anchor, Fault> {
        let anchor = self.names.get(name).and_then(|index| self.known.get(*index));
        match anchor {
            None => {
                let message = "this alias names an anchor that does not stand before it";
                Err(Fault::new(Code::Alias, message, at)
                    .help("put the value between quotes if it is meant as text"))
            }
            Some(Anchor { value: Anchored::Open, .. }) => {
                Err(Fault::new(Code::Alias, "this alias stands inside the value that it names", at))
            }
            Some(anchor) => Ok(anchor.clone()),
        }
    }

    pub(super) fn steps(&self) -> u64 {
        self.steps
    }

    /// One step of upstream's decoder.
    pub(super) fn step(&mut self, at: usize) -> Result<(), Fault> {
        self.steps += 1;
        self.check(at)
    }

    /// The steps that upstream takes to decode what an alias names once more.
    pub(super) fn expand(&mut self, anchor: &Anchor, at: usize) -> Result<(), Fault> {
        self.steps = self.steps.saturating_add(anchor.steps);
        self.alias_steps = self.alias_steps.saturating_add(anchor.steps);
        self.check(at)
    }

    /// Text that an alias repeats. Upstream counts steps only, and would write all of it.
    pub(super) fn repeat(&mut self, bytes: usize, at: usize) -> Result<(), Fault> {
        self.alias_bytes = self.alias_bytes.saturating_add(bytes);
        if self.alias_bytes > self.bytes_limit { Err(too_much(at)) } else { Ok(()) }
    }

    #[expect(clippy::cast_precision_loss, reason = "as upstream computes it")]
    fn check(&self, at: usize) -> Result<(), Fault> {
        let share = || self.alias_steps as f64 / self.steps as f64;
        if self.alias_steps > 100 && self.steps > 1000 && share() > allowed_share(self.steps) {
            return Err(too_much(at));
        }
        Ok(())
    }
}

fn too_much(at: usize) -> Fault {
    Fault::new(
        Code::AliasExpansion,
        "aliases multiply the size of this document beyond what Kubernetes reads",
        at,
    )
}

/// Aliases may make up this share of all decoding steps.
#[expect(clippy::cast_precision_loss, reason = "as upstream computes it")]
fn allowed_share(steps: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    match steps {
        ..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((steps - LOW) as f64 / (HIGH - LOW) as f64),
    }
}
