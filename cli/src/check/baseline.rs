//! Baselines: reading and writing their files.

use std::path::Path;

use kubelogic::LoadOptions;
use kubelogic::read;
use kubelogic::report::baseline::Baseline;
use kubelogic::report::text::counted;

use super::Checked;
use crate::console::{Console, Failure};
use crate::load::Given;

/// Reads a baseline, which must be the only object of its file.
pub(super) fn read(path: &str, console: &Console<'_>) -> Result<Baseline, Failure> {
    let help = "`kubelogic check --write-baseline FILE` writes one";
    let bytes = console.files().read(Path::new(path)).map_err(|error| {
        Failure::with_help(format!("the baseline `{path}` cannot be read: {error}"), help)
    })?;
    let reading = read::bytes(&bytes, &read::Options::named(path));
    if let Some(error) = reading.errors.first() {
        return Err(Failure::with_help(format!("the baseline cannot be read: {error}"), help));
    }
    let [object] = reading.objects.as_slice() else {
        let message = format!(
            "the baseline `{path}` holds {}, and one is expected",
            counted(reading.objects.len(), "object")
        );
        return Err(Failure::with_help(message, help));
    };
    Baseline::from_object(object).map_err(|error| Failure::with_help(format!("{path}: {error}"), help))
}

/// Writes a baseline that knows everything that was found.
pub(super) fn write(
    path: &str,
    checked: &Checked,
    given: &Given,
    options: &LoadOptions,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let written = {
        let sources = super::sources(given, options, console);
        Baseline::of(&checked.findings, &sources).to_yaml()
    };
    console
        .replace_file(Path::new(path), written.as_bytes())
        .map_err(|error| Failure::usage(format!("`{path}` cannot be written: {error}")))?;
    console.error(format_args!("{} written to {path}", counted(checked.findings.len(), "finding")));
    Ok(())
}
