//! The types that all Kubernetes objects share: quantities, times, names, labels and selectors.

mod duration;
mod int_or_percent;
mod label;
mod name;
mod quantity;
mod selector;
mod time;

pub use duration::{Duration, DurationError};
pub use int_or_percent::{IntOrPercent, IntOrPercentError, Rounding};
pub use label::{label_key_problems, label_value_problems};
pub use name::{
    dns_label_problems, dns_subdomain_problems, path_segment_prefix_problems, path_segment_problems,
};
pub use quantity::{Quantity, QuantityError, QuantityFormat, ScaledValue};
pub use selector::{LabelSelector, LabelSelectorRequirement, Selector, SelectorError};
pub use time::{JsonTimeError, MicroTime, Time, TimeError};
