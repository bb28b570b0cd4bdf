//! Codes of the project file.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[error(
    "project/wrong-kind",
    "a project file of another kind",
    "A file `kubelogic.yaml` is the project file, and says so: `apiVersion: kubelogic/v1alpha1` and `kind: Project`. This one says something else, so that nothing in it counts.",
    "Correct the two fields, or give the file another name.",
)];
