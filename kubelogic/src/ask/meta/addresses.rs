//! What the API server remarks on addresses.

use kubelogic_core::answer::Answer;
use kubelogic_core::meta::{cidr_warnings, ip_warnings};
use kubelogic_core::object::FieldPath;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::AskError;
use crate::ask::question::question;

/// The first minor version with these remarks.
const SINCE: u16 = 33;

question! {
    /// What the API server remarks on addresses in fields that take any form.
    AddressWarningsQuestion {
        /// The field that the remarks name.
        field: String,
        /// The addresses.
        texts: Vec<String>,
        /// They are blocks of addresses, such as `10.0.0.0/8`.
        #[serde(default)]
        cidr: bool,
    }
}

/// What is remarked on each address.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddressWarnings {
    /// In the order of the question; empty for an address in canonical form and for what is no address.
    pub warnings: Vec<Vec<String>>,
}

pub(in crate::ask) fn address_warnings(
    question: &AddressWarningsQuestion,
) -> Result<Answer<AddressWarnings>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    if version.minor() < SINCE {
        let message = format!("remarks on addresses are known of Kubernetes 1.{SINCE} and newer");
        return Err(AskError::new("version-unsupported", message));
    }
    let path = FieldPath::parse(&question.field)
        .ok_or_else(|| AskError::bad_question(format!("`field`: `{}` is no path", question.field)))?;
    let remark = if question.cidr { cidr_warnings } else { ip_warnings };
    let warnings = question.texts.iter().map(|text| remark(&path, text, version)).collect();
    Ok(Answer::new(AddressWarnings { warnings }, version))
}
