//! `kubelogic convert`: manifests in another version of their API.

use kubelogic::KubeVersion;
use kubelogic::convert::{self, Options};
use kubelogic::finding::{Finding, Severity};
use kubelogic::object::{FieldPath, Object};
use kubelogic::read::write::{to_pretty_json, to_yaml};

use crate::arguments::{Convert, Manifests};
use crate::console::{Console, Failure};
use crate::get::{Listed, list};
use crate::{NO, YES, load};

pub(crate) fn run(arguments: &Convert, console: &mut Console<'_>) -> Result<u8, Failure> {
    let settings = load::options(&arguments.loading);
    let paths = load::paths(&arguments.input, &arguments.paths)?;
    let input = load::read(&paths, &arguments.input, &arguments.loading, console)?;
    let mut options = Options::with_defaults(settings.kube_version);
    options.write_defaults = !arguments.no_defaults;

    let mut findings = Vec::new();
    let converted: Vec<Object> =
        input.reading.objects.iter().map(|object| one(object, arguments, &options, &mut findings)).collect();
    load::report(&findings, &input, &settings, console);
    let complete = load::report_unread(&input, &arguments.loading, console);
    print(&converted, arguments.output, settings.kube_version, console)?;
    complete?;
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if failed { NO } else { YES })
}

/// The object in the wanted version, or as it is when there is nothing to convert or no way to.
fn one(object: &Object, arguments: &Convert, options: &Options, findings: &mut Vec<Finding>) -> Object {
    let named = arguments.to.clone().filter(|to| convert::has_version(object, to));
    let Some(to) = named.or_else(|| convert::newest(object, options.kube_version)) else {
        // Without a conversion what was removed stays removed.
        let removed = kubelogic::schema::lifecycle::findings(object, options.kube_version);
        findings.extend(removed.into_iter().filter(|finding| finding.severity == Severity::Error));
        return object.clone();
    };
    match convert::convert(object, &to, options) {
        Ok(converted) => {
            findings.extend(converted.notes);
            converted.object
        }
        Err(error) => {
            let place = object.root().location(FieldPath::root());
            findings.push(Finding::new(error.code(), Severity::Error, error.to_string()).at(place));
            object.clone()
        }
    }
}

fn print(
    objects: &[Object],
    output: Manifests,
    version: KubeVersion,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    if let [object] = objects {
        return match output {
            Manifests::Yaml => console.out(&to_yaml(object.root())),
            Manifests::Json => console.stream(|out| writeln!(out, "{}", to_pretty_json(object.root()))),
        };
    }
    let mut settings = kubelogic::LoadOptions::default();
    settings.kube_version = version;
    let cluster = load::naming(objects, &settings)?;
    let listed: Vec<Listed<'_>> =
        objects.iter().map(|object| Listed { object, reference: cluster.reference_of(object) }).collect();
    match output {
        Manifests::Yaml => console.stream(|out| list::write_yaml(&listed, out)),
        Manifests::Json => console.stream(|out| list::write_json(&listed, out)),
    }
}
