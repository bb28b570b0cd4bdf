//! A folder of manifests checked against their schemas: kubelogic, kubeconform, and the API server's strict decoder.
//!
//! kubeconform gets schemas written from kubelogic's own tables and from the definitions in the folder, and everything
//! runs as a process of its own, reading the files each time.

mod schemas;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use kubelogic::files::StdFiles;
use kubelogic::{LoadOptions, check, read};

use crate::oracle;

const PASSES: usize = 10;

/// What one run of a process took.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    wall_ms: f64,
    cpu_ms: f64,
    peak_kib: u64,
}

/// Checks a folder once, as the command does, and prints how much was found: this is what the bench starts again and
/// again.
pub(crate) fn once(folder: &str) -> String {
    let options = LoadOptions::default();
    let paths = [PathBuf::from(folder)];
    let reading = read::files(&StdFiles, &paths, true, &read::Options::named("-"), &mut |_| {});
    let checked = check::reading(reading, &options);
    format!("{} objects, {} findings\n", checked.objects, checked.findings.len())
}

/// One row each.
pub(crate) fn run(arguments: &[String]) -> Result<String, String> {
    let [folder, rest @ ..] = arguments else { return Err("check needs a folder".to_owned()) };
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let own = own.to_str().ok_or("the program's path is no text")?;
    let mut rows = vec![("kubelogic check, all findings", best(own, &["check-once", folder])?)];
    if let Some(kubeconform) = rest.first() {
        let target = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench-check"));
        schemas::write(folder, target)?;
        let template = format!("{}/{{{{.ResourceKind}}}}{{{{.KindSuffix}}}}.json", target.display());
        let one = ["-strict", "-n", "1", "-schema-location", &template, folder];
        rows.push(("kubeconform -strict, 1 goroutine", best(kubeconform, &one)?));
        let four = ["-strict", "-schema-location", &template, folder];
        rows.push(("kubeconform -strict, 4 goroutines", best(kubeconform, &four)?));
    }
    let light = oracle::program("light-1.37")?;
    let light = light.to_str().ok_or("the oracle's path is no text")?;
    rows.push(("Go strict decoder", best(light, &["-bench-strict", folder, "-n", "1"])?));
    let ours = rows.first().map_or(Run::default(), |(_, run)| *run);
    let mut table = String::from(
        "| program | wall ms | ratio | CPU ms | ratio | peak MB |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (name, run) in rows {
        let _ = writeln!(
            table,
            "| {name} | {:.0} | {:.1} | {:.0} | {:.1} | {:.0} |",
            run.wall_ms,
            run.wall_ms / ours.wall_ms,
            run.cpu_ms,
            run.cpu_ms / ours.cpu_ms.max(1.0),
            run.peak_kib as f64 / 1024.0,
        );
    }
    Ok(table)
}

/// The smallest figures of several runs.
fn best(program: &str, arguments: &[&str]) -> Result<Run, String> {
    let mut best: Option<Run> = None;
    for _ in 0..PASSES {
        let run = process(program, arguments)?;
        best = Some(best.map_or(run, |best| Run {
            wall_ms: best.wall_ms.min(run.wall_ms),
            cpu_ms: best.cpu_ms.min(run.cpu_ms),
            peak_kib: best.peak_kib.max(run.peak_kib),
        }));
    }
    best.ok_or("nothing was run".to_owned())
}

fn process(program: &str, arguments: &[&str]) -> Result<Run, String> {
    let failed = |error: std::io::Error| format!("{program}: {error}");
    let (cpu, start) = (children_ms(), Instant::now());
    let mut child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0;
    let code = loop {
        // The highest mark so far; the last one is read a moment before the end.
        peak_kib = high_water_kib(&status).max(peak_kib);
        match child.try_wait().map_err(failed)? {
            Some(code) => break code,
            None => std::thread::sleep(std::time::Duration::from_millis(1)),
        }
    };
    // kubeconform answers 1 when something is invalid.
    if code.code().is_none_or(|code| code > 1) {
        return Err(format!("{program} ended with {code}"));
    }
    Ok(Run { wall_ms: start.elapsed().as_secs_f64() * 1e3, cpu_ms: children_ms() - cpu, peak_kib })
}

/// CPU time of all processes that were waited for; the system counts it in hundredths of a second.
fn children_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = |index: usize| -> u64 {
        behind_name.split_whitespace().nth(index).and_then(|number| number.parse().ok()).unwrap_or(0)
    };
    (ticks(13) + ticks(14)) as f64 * 10.0
}

fn high_water_kib(status: &str) -> u64 {
    let status = std::fs::read_to_string(status).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}
