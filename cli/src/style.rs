//! Colours, and characters that must not reach a terminal.

pub(crate) use kubelogic::report::style::{Palette, shown};
