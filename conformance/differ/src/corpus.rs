//! `corpus`: the manifests of a folder, whose documents must be those that the real reader gave when it was asked.
//! What it said is kept as a hash for each file, so that nothing of the manifests is.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::USAGE;
use crate::error::DifferError;
use crate::oracle::Oracle;
use crate::read::{Ask, Expected, expected, files, ours};
use crate::settings::Settings;

/// Differences that are printed; all are counted.
const SHOWN: usize = 20;

/// What is kept of a file: its own hash, how many documents it has, whether the real reader stopped behind them, and
/// the hash of the documents.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    file: u64,
    documents: usize,
    stopped: bool,
    hash: u64,
}

/// With an oracle it writes down what that says; then, or without one, it compares with what is written down.
pub(crate) fn run(settings: &Settings, out: &mut dyn Write) -> Result<bool, DifferError> {
    let (Some(folder), Some(recorded)) = (&settings.corpus, &settings.recorded) else {
        return Err(DifferError::Usage(USAGE));
    };
    let texts = texts(folder)?;
    if !settings.oracle.as_os_str().is_empty() {
        record(settings, &texts, recorded)?;
    }
    let lines = read(recorded)?;
    let (mut same, mut changed, mut different) = (0, 0, 0);
    for (name, line) in &lines {
        let Some(text) = texts.get(name).filter(|text| hash([text.as_str()]) == line.file) else {
            changed += 1;
            if changed <= SHOWN {
                writeln!(out, "{name}: not the file that was read then")?;
            }
            continue;
        };
        let ours = ours(Ask::Documents, text, &settings.version);
        let front: Option<Vec<&str>> = ours.documents().take(line.documents).collect();
        let behind = ours.documents().nth(line.documents);
        let front = front.filter(|front| front.len() == line.documents);
        let as_then = front.is_some_and(|front| hash(front) == line.hash);
        if as_then && (if line.stopped { behind == Some(None) } else { behind.is_none() }) {
            same += 1;
        } else {
            different += 1;
            if different <= SHOWN {
                writeln!(out, "{name}: other documents than the real reader's")?;
            }
        }
    }
    let new = texts.keys().filter(|name| !lines.contains_key(*name)).count();
    writeln!(
        out,
        "corpus, {}: {same} files with the same documents, {different} with others, {changed} changed or gone, \
         {new} not asked about",
        settings.version
    )?;
    Ok(same > 0 && different + changed + new == 0)
}

fn record(settings: &Settings, texts: &BTreeMap<String, String>, path: &Path) -> Result<(), DifferError> {
    let mut oracle = Oracle::start(&settings.oracle)?;
    let mut lines = vec!["# file\tits hash\tdocuments\twhether the reader stopped\ttheir hash".to_owned()];
    for (name, text) in texts {
        let question =
            json!({"id": 1, "ask": "read.documents", "kubeVersion": settings.version, "text": text});
        for answer in oracle.ask(&[question])? {
            let Expected { documents, stopped, .. } = expected(Ask::Documents, &answer);
            let known: Option<Vec<&str>> = documents.iter().map(Option::as_deref).collect();
            let known = known.ok_or_else(|| DifferError::Unanswered(format!("{name}: {answer}")))?;
            lines.push(format!(
                "{name}\t{:016x}\t{}\t{stopped}\t{:016x}",
                hash([text.as_str()]),
                known.len(),
                hash(known)
            ));
        }
    }
    let text = lines.join("\n") + "\n";
    std::fs::write(path, text).map_err(|source| DifferError::File { path: path.to_path_buf(), source })
}

fn read(path: &Path) -> Result<BTreeMap<String, Line>, DifferError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| DifferError::File { path: path.to_path_buf(), source })?;
    let line = |line: &str| {
        let mut parts = line.split('\t');
        let name = parts.next()?.to_owned();
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        let file = number(parts.next()?)?;
        let (documents, stopped) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some((name, Line { file, documents, stopped, hash: number(parts.next()?)? }))
    };
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let read =
        lines.map(|text| line(text).ok_or_else(|| DifferError::Unanswered(format!("no line: {text}"))));
    read.collect()
}

/// The manifests by their path below the folder.
fn texts(folder: &Path) -> Result<BTreeMap<String, String>, DifferError> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path)
            .map_err(|source| DifferError::File { path: path.clone(), source })?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Ok((name, text))
    };
    files(folder)?.into_iter().map(read).collect()
}

/// FNV-1a over texts, with a byte between them that no text has.
fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = texts.into_iter().flat_map(|text| text.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
