//! `kubelogic expand`: the pods that workloads stand for.

use kubelogic::finding::{Finding, Severity};
use kubelogic::object::Object;
use kubelogic::workload::{Expansion, Made, WorkloadKind, expand};

use crate::arguments::{Expand, Listing};
use crate::console::{Console, Failure};
use crate::get::{Listed, list, table};
use crate::style::shown;
use crate::{YES, load};

pub(crate) fn run(arguments: &Expand, console: &mut Console<'_>) -> Result<u8, Failure> {
    let options = load::options(&arguments.loading);
    let paths = load::paths(&arguments.input, &arguments.paths)?;
    let input = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    let mut expansion = Expansion::default();
    expansion.hash.clone_from(&arguments.hash);
    expansion.nodes.clone_from(&arguments.nodes);
    expansion.at = arguments.at.map(jiff::Timestamp::as_second);
    expansion.max_pods = arguments.max_pods;

    let mut made: Vec<Object> = Vec::new();
    let mut failed: Vec<Finding> = Vec::new();
    for workload in input.reading.objects.iter().filter(|object| WorkloadKind::of(object).is_some()) {
        match expand(workload, &expansion) {
            Ok(expanded) => {
                let take = |list: Vec<Made>| list.into_iter().map(|made| made.object);
                made.extend(take(expanded.objects).filter(|_| arguments.objects));
                made.extend(take(expanded.claims).filter(|_| arguments.claims));
                made.extend(take(expanded.pods));
                for note in expanded.notes {
                    let name = format!("{} `{}`", workload.kind(), workload.name());
                    console.error(format_args!("note: {}: {note}", shown(&name)));
                }
            }
            Err(error) => {
                let finding = Finding::new(error.code(), Severity::Error, error.to_string());
                let finding = finding.at(error.location().clone());
                console.error(shown(&finding.to_string()));
                failed.push(finding);
            }
        }
    }

    let complete = load::report_unread(&input, &arguments.loading, console);
    let cluster = load::naming(&input.reading.objects, &options)?;
    let listed: Vec<Listed<'_>> =
        made.iter().map(|object| Listed { object, reference: cluster.reference_of(object) }).collect();
    match arguments.output {
        Listing::Text => console.out(&table::text(&listed, !arguments.no_headers, console.palette()))?,
        Listing::Json => console.stream(|out| list::write_json(&listed, out))?,
        Listing::Yaml => console.stream(|out| list::write_yaml(&listed, out))?,
    }
    complete?;
    if failed.is_empty() { Ok(YES) } else { Err(Failure::Reported(failed)) }
}
