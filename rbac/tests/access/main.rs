//! The crate from outside.
#![cfg(test)]

mod conformance;
mod facts;
mod index;
mod support;
