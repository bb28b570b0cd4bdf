//! Roles and bindings as the authorizer sees them: decoded, converted to `v1`, defaulted.

mod binding;
mod metadata;
mod role;
mod subject;

pub use binding::{Binding, BindingKind, RoleKind, RoleRef};
pub(crate) use metadata::ObjectMeta;
pub use role::{AggregationRule, PolicyRule, Role};
pub use subject::{Subject, SubjectKind};

use kubelogic_core::decode::{Decode, DecodeError, Decoder, FieldValidation};
use kubelogic_core::object::Object;

/// The API group of all four kinds.
pub const GROUP: &str = "rbac.authorization.k8s.io";

/// The versions of the group that upstream can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum GroupVersion {
    V1,
    V1beta1,
    V1alpha1,
}

impl GroupVersion {
    pub(crate) fn of(object: &Object) -> Option<Self> {
        match object.api_version().strip_prefix(GROUP)? {
            "/v1" => Some(Self::V1),
            "/v1beta1" => Some(Self::V1beta1),
            "/v1alpha1" => Some(Self::V1alpha1),
            _ => None,
        }
    }

    /// The version without its group.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V1beta1 => "v1beta1",
            Self::V1alpha1 => "v1alpha1",
        }
    }
}

/// What decoding had to say about one object.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    pub(crate) problems: Vec<DecodeError>,
    pub(crate) warnings: Vec<DecodeError>,
}

pub(crate) fn decode<T: Decode>(object: &Object, validation: FieldValidation) -> (T, Remarks) {
    let mut decoder = Decoder::new(validation);
    let fields = decoder.decode(object.root());
    let (problems, warnings) = decoder.finish();
    (fields, Remarks { problems, warnings })
}
