//! Names, labels and selectors, by the rules that all Kubernetes objects share.

mod label;
mod name;
mod selector;

pub use label::{label_key_problems, label_value_problems};
pub use name::{
    dns_label_problems, dns_subdomain_problems, path_segment_prefix_problems, path_segment_problems,
};
pub use selector::{LabelSelector, LabelSelectorRequirement, Selector, SelectorError};
