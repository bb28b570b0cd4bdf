//! The picture of who is granted what.

use kubelogic_core::answer::Answer;
use kubelogic_report::picture::Graph;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ask::question::{AboutCluster as _, question};
use crate::ask::{AskError, BootstrapSetting, Catalogue};
use crate::picture::AccessGraphOptions;

question! {
    /// Who is granted what by which binding, as a picture?
    AccessGraphQuestion about a cluster {
        /// Only what RoleBindings of this namespace grant, and the roles of the namespace.
        #[serde(default)]
        namespace: Option<String>,
        /// Whether the bindings and roles that every API server creates are drawn, too.
        #[serde(default)]
        defaults: bool,
        /// The default roles and bindings.
        #[serde(default)]
        bootstrap: BootstrapSetting,
        /// Takes roles and bindings as they are, also those that the API server would refuse today.
        #[serde(default)]
        stored: bool,
    }
}

/// Who is granted what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessGraphResult {
    /// Subjects, bindings and roles; `picture.render` writes it, with `"picture": "graph"` added.
    pub graph: Graph,
}

pub(in crate::ask) fn access_graph(
    catalogue: &Catalogue,
    mut question: AccessGraphQuestion,
) -> Result<Answer<AccessGraphResult>, AskError> {
    let settings = (question.bootstrap, true, question.stored);
    let model = catalogue.model(&question.take_input(), settings)?;
    let options = AccessGraphOptions { namespace: question.namespace, defaults: question.defaults };
    let graph = crate::picture::access_graph(&model.rbac, &options);
    Ok(model.answer(AccessGraphResult { graph }))
}
