//! The types that all Kubernetes objects share: quantities, times, names, labels, selectors and metadata.

mod address_warning;
mod duration;
mod field_selector;
pub(crate) mod fields;
mod generate_name;
mod int_or_percent;
mod label;
mod name;
mod quantity;
mod selector;
mod stop_signal;
mod time;
mod validate;

pub use address_warning::{cidr_warnings, ip_warnings};
pub use duration::{Duration, DurationError};
pub use field_selector::{FieldRequirement, FieldSelector};
pub use generate_name::generate_name;
pub use int_or_percent::{IntOrPercent, IntOrPercentError, Rounding};
pub use label::{annotation_key_problems, label_key_problems, label_value_problems};
pub use name::{
    NameRule, UnknownNameRule, cluster_trust_bundle_name_problems, dns_1035_label_problems,
    dns_label_problems, dns_subdomain_problems, name_rule_of_kind, path_segment_prefix_problems,
    path_segment_problems,
};
pub use quantity::{Quantity, QuantityError, QuantityFormat, ScaledValue};
pub use selector::{LabelSelector, LabelSelectorRequirement, Operator, Requirement, Selector, SelectorError};
pub use stop_signal::{PodOs, stop_signal_problem};
pub use time::{Calendar, JsonTimeError, MicroTime, Time, TimeError};
pub use validate::{
    ManagedFieldsEntry, MetadataRules, NewMetadata, ObjectMetadata, OwnerReference, metadata_errors,
    metadata_update_errors,
};
