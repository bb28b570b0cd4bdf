//! What is wrong with the input: unreadable documents, fields that no type has, duplicate objects, roles and bindings
//! that cannot work.

mod schema;

use kubelogic_core::cluster::{Cluster, LoadOptions, OnDuplicate};
use kubelogic_core::finding::Finding;
use kubelogic_core::object::SourceName;
use kubelogic_core::read::Reading;
use kubelogic_report::order;

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// How many objects were read.
    pub objects: usize,
    /// In the order of files and positions.
    pub findings: Vec<Finding>,
}

/// Checks what was read.
///
/// ```
/// use kubelogic::{check, read, LoadOptions};
/// let reading = read::text("kind: [\n---\nkind: Pod\napiVersion: v1\nmetadata: {name: a}\n", &read::Options::named("x.yaml"));
/// let checked = check::reading(reading, &LoadOptions::default());
/// assert_eq!((checked.objects, checked.findings.len()), (1, 1));
/// assert_eq!(checked.findings[0].code, "read/syntax");
/// ```
pub fn reading(reading: Reading, options: &LoadOptions) -> Checked {
    let mut names: Vec<SourceName> = reading.sources.iter().map(|source| source.name.clone()).collect();
    // Objects that a program hands over have no input of their own.
    names.extend(reading.objects.iter().map(|object| object.origin().source.clone()));
    let mut checked = Checked { objects: reading.objects.len(), findings: reading.findings };
    checked.findings.extend(reading.errors.iter().map(Finding::from));
    let (version, validation) = (options.kube_version, options.field_validation);
    let objects: Vec<_> = reading.objects.iter().collect();
    checked.findings.extend(schema::findings(&objects, version, validation));
    match Cluster::load(reading.objects.iter().cloned(), options) {
        Ok(loaded) => {
            checked.findings.extend(loaded.notes().iter().cloned());
            checked.findings.extend(engines(&loaded));
        }
        Err(error) => {
            checked.findings.extend(error.findings().iter().cloned());
            // What does not depend on the duplicates is still worth saying.
            let mut lenient = options.clone();
            lenient.on_duplicate = OnDuplicate::Last;
            if let Ok(loaded) = Cluster::load(reading.objects, &lenient) {
                checked.findings.extend(engines(&loaded));
            }
        }
    }
    schema::once(&mut checked.findings);
    order::sort(&mut checked.findings, &names);
    checked
}

/// Checks a loaded cluster: objects that do not fit their schema, and what engines would refuse or warn about.
///
/// ```
/// use kubelogic::{Cluster, LoadOptions, check, read};
/// let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [], hostNetwrok: true}\n";
/// let reading = read::text(text, &read::Options::named("pod.yaml"));
/// let cluster = Cluster::of_reading(reading, &LoadOptions::default()).unwrap();
/// assert_eq!(check::cluster(&cluster)[0].message, "unknown field `spec.hostNetwrok`");
/// ```
pub fn cluster(cluster: &Cluster) -> Vec<Finding> {
    let objects: Vec<_> = cluster.objects().collect();
    let mut findings = schema::findings(&objects, cluster.kube_version(), cluster.field_validation());
    findings.extend(engines(cluster));
    schema::once(&mut findings);
    findings
}

/// What engines would refuse or warn about.
fn engines(cluster: &Cluster) -> Vec<Finding> {
    let mut findings = Vec::new();
    #[cfg(feature = "rbac")]
    {
        use kubelogic_rbac::{Options, Rbac, RbacError};
        match Rbac::compile(cluster, &Options::default()) {
            Ok(rbac) => {
                findings.extend(rbac.remarks().iter().cloned());
                findings.extend(rbac.dangling());
            }
            Err(RbacError::Refused(error)) => findings.extend(error.findings().iter().cloned()),
            // Compiling makes no decisions, so none is stale.
            Err(_) => {}
        }
    }
    findings.extend(crate::expect::findings(cluster));
    findings
}

#[cfg(test)]
mod tests;
