//! Reading manifests: text to objects with positions, beside the real reader.

use std::fmt::Write as _;
use std::fs;

use kubelogic::read;

use crate::measure::{milliseconds, times};
use crate::oracle;

const PASSES: usize = 30;

/// One row a file.
pub(crate) fn run(files: &[String]) -> Result<String, String> {
    let mut table = String::from(
        "| file | MB | kubelogic ms (best, median) | MB/s | Go reader ms (wall, CPU) | ratio (wall) | objects |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for file in files {
        let bytes = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
        let options = read::Options::named(file);
        let reading = read::bytes(&bytes, &options);
        if let Some(error) = reading.errors.first() {
            return Err(error.to_string());
        }
        // What is measured ends with the objects being dropped, as a garbage collector's work is part of Go's time.
        let ours = times(PASSES, || drop(std::hint::black_box(read::bytes(&bytes, &options))));
        let theirs = oracle::read(file, PASSES)?;
        let megabytes = bytes.len() as f64 / 1e6;
        let best = milliseconds(ours.best);
        let name = file.rsplit('/').next().unwrap_or(file);
        let _ = writeln!(
            table,
            "| {name} | {megabytes:.2} | {best:.2}, {:.2} | {:.0} | {:.1}, {:.1} | {:.1} | {} |",
            milliseconds(ours.median),
            megabytes / best * 1e3,
            theirs.best_wall_ms,
            theirs.best_cpu_ms,
            theirs.best_wall_ms / best,
            reading.objects.len(),
        );
    }
    Ok(table)
}
