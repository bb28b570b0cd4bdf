//! `kubelogic expect --write`: the present, on standard output or in a new file.

use std::path::Path;

use kubelogic::expect::Written;
use kubelogic::report::text::counted;

use crate::YES;
use crate::console::{Console, Failure};

/// Writes to the file; `-` is standard output.
pub(super) fn run(
    written: &Written,
    file: &str,
    force: bool,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    if file == "-" {
        console.out(&written.text)?;
        return Ok(YES);
    }
    let path = Path::new(file);
    console.write_file(path, written.text.as_bytes(), force).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            let help = "choose another name, or write over it with --force";
            return Failure::with_help(format!("`{file}` is there already"), help);
        }
        Failure::usage(format!("`{file}` cannot be written: {error}"))
    })?;
    let lines = counted(written.lines, "expectation");
    console.error(format_args!("{lines} written to {}", crate::style::shown(file)));
    Ok(YES)
}
