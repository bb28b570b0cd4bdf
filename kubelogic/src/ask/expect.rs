//! What must hold, and what holds now.

use kubelogic_core::answer::Answer;

use super::access::BootstrapSetting;
use super::question::{AboutCluster as _, question};
use super::{AskError, Catalogue};
use crate::expect::{self, Expected, Options, Written};

question! {
    /// Does everything hold that the objects of kind `Expectations` say?
    ExpectCheckQuestion about a cluster {
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
    }
}

question! {
    /// Which expectations state the present?
    ExpectWriteQuestion about a cluster {
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
    }
}

pub(super) fn check(
    catalogue: &Catalogue,
    mut question: ExpectCheckQuestion,
) -> Result<Answer<Expected>, AskError> {
    let input = question.take_input();
    // A version that the question names counts more than those that files pin.
    let options = Options { kube_version: input.kube_version, bootstrap: question.bootstrap.into() };
    expect::answer(&catalogue.cluster(&input)?, &options)
}

pub(super) fn write(
    catalogue: &Catalogue,
    mut question: ExpectWriteQuestion,
) -> Result<Answer<Written>, AskError> {
    let input = question.take_input();
    let options = Options { kube_version: input.kube_version, bootstrap: question.bootstrap.into() };
    expect::write(&catalogue.cluster(&input)?, &options)
}
