//! The command, run in this process with captured streams.

#![cfg(test)]

mod ask;
mod auth;
mod authorizers;
mod bad_input;
mod baseline;
mod can_i;
mod changed;
mod check;
mod ci;
#[cfg(unix)]
mod collect;
mod convert;
mod exit_codes;
mod expand;
mod expect;
mod explain;
mod fix;
mod formats;
mod get;
mod kubeconfig;
mod kubectl;
mod list;
mod mend;
mod misspelt;
mod output;
mod project;
mod rbac;
mod schema;
mod world;
