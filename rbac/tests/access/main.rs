//! The crate from outside.
#![cfg(test)]

mod conformance;
mod explain;
mod facts;
mod index;
mod reconcile;
mod support;
mod updated;
