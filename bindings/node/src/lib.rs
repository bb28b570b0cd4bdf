//! The native part of the Node.js package: decodes what JavaScript hands over, calls kubelogic and wraps what comes back.
//!
//! Errors cross as JSON in the message of a plain error; `lib/errors.cjs` makes the classes of them. Every exported
//! function catches panics, for a panic that reaches Node ends the whole process.

#![expect(clippy::needless_pass_by_value, reason = "arguments cross from JavaScript by value")]
#![expect(clippy::missing_errors_doc, reason = "nobody calls this from Rust; index.d.ts says what is thrown")]

pub mod access;
pub mod catalogue;
pub mod cluster;
pub mod command;
pub mod expect;
mod failure;
pub mod loader;
mod memory;
pub mod meta;
mod object;
pub mod selftest;
mod settings;
pub mod user;
