//! `kubelogic get`: what was read.

pub(crate) mod list;
mod selection;
pub(crate) mod table;

use kubelogic::cluster::{Cluster, ObjectRef};
use kubelogic::object::Object;

use crate::arguments::{Get, Listing};
use crate::console::{Console, Failure};
use crate::{YES, load};
use selection::{Selection, Words};

/// An object with the name under which a cluster knows it.
pub(crate) struct Listed<'a> {
    pub(crate) object: &'a Object,
    pub(crate) reference: ObjectRef,
}

pub(crate) fn run(arguments: &Get, console: &mut Console<'_>) -> Result<u8, Failure> {
    let options = load::options(&arguments.loading);
    let words = Words::sort(&arguments.words, options.kube_version, console.files());
    if arguments.input.filename.is_empty() && words.paths.is_empty() {
        // A word that is no type was perhaps meant to be a file.
        Selection::new(&words.types, None, &load::naming(&[], &options)?)?;
    }
    let paths = load::paths(&arguments.input, &words.paths)?;
    let input = load::read(&paths, &arguments.input, &arguments.loading, console)?;

    // Names come from a cluster of everything that names depend on, custom resource definitions included;
    // what is given twice is listed twice.
    let cluster = load::naming(&input.reading.objects, &options)?;
    let selection = Selection::new(&words.types, arguments.namespace.as_deref(), &cluster)?;
    let listed: Vec<Listed<'_>> =
        named(&input.reading.objects, &cluster).filter(|listed| selection.takes(&listed.reference)).collect();

    let complete = load::report_unread(&input, &arguments.loading, console);
    match arguments.output {
        Listing::Text => console.out(&table::text(&listed, !arguments.no_headers, console.palette()))?,
        Listing::Json => console.stream(|out| list::write_json(&listed, out))?,
        Listing::Yaml => console.stream(|out| list::write_yaml(&listed, out))?,
    }
    complete?;
    selection.report_missing(&listed, console)?;
    Ok(YES)
}

fn named<'a>(objects: &'a [Object], cluster: &Cluster) -> impl Iterator<Item = Listed<'a>> {
    objects.iter().map(|object| Listed { object, reference: cluster.reference_of(object) })
}
