//! A misspelt field is written as it should be, and not one other byte changes.
#![cfg(test)]

use std::path::{Path, PathBuf};

use kubelogic::decode::FieldValidation;
use kubelogic::fix::{Texts, rounds};
use kubelogic::object::{SourceName, Value};
use kubelogic::schema::{Types, strict};
use kubelogic::{Finding, KubeVersion, read};

/// The files whose every field is misspelt.
fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path
                    .extension()
                    .is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known)) =>
                {
                    found.push(path);
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// What reading and the strict decoder find.
fn found(text: &[u8], types: &Types) -> Vec<Finding> {
    let reading = read::bytes(text, &read::Options::named("a.yaml"));
    let strict = reading
        .objects
        .iter()
        .flat_map(|object| strict::check(object, types).findings(FieldValidation::Strict));
    reading.errors.iter().map(Finding::from).chain(reading.findings.iter().cloned()).chain(strict).collect()
}

/// Where the keys of an object stand in its text, and what they are.
fn keys(text: &str, root: Value<'_>) -> Vec<(usize, String)> {
    // Positions do not count the mark.
    let marked = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let text = text.trim_start_matches('\u{FEFF}');
    let mut keys = Vec::new();
    let mut work = vec![root];
    while let Some(value) = work.pop() {
        work.extend(value.items());
        for (key, inner) in value.entries() {
            work.push(inner);
            let Some(place) = inner.key_position() else { continue };
            let at = text
                .char_indices()
                .map(|(at, _)| at)
                .filter(|at| text.split_at(*at).1.starts_with(key))
                .find(|at| kubelogic::object::Position::START.advanced(text, *at) == place);
            keys.extend(at.map(|at| (marked + at, key.to_owned())));
        }
    }
    keys
}

/// A word with two letters swapped, with one letter less, and with one in the other case.
fn misspelt(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    let mut swapped = letters.clone();
    swapped.swap(middle - 1, middle);
    let mut short = letters.clone();
    short.remove(middle);
    let mut case = letters.clone();
    case[0] = case[0].to_ascii_uppercase();
    [swapped, short, case]
        .map(|letters| letters.into_iter().collect())
        .into_iter()
        .filter(|other| other != word)
        .collect()
}

#[test]
fn what_was_misspelt_is_restored_byte_by_byte() {
    let types = Types::of(KubeVersion::default());
    let (mut tried, mut noticed, mut restored) = (0, 0, 0);
    for file in files() {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        // Documents one by one, as they are and as another system writes them.
        let documents = text.split_inclusive("\n---\n");
        let documents =
            documents.flat_map(|one| [one.to_owned(), format!("\u{FEFF}{}", one.replace('\n', "\r\n"))]);
        for document in documents {
            let document = document.as_str();
            // Each key is misspelt three times, and a definition of 500 KB has thousands.
            if document.len() > 40_000 {
                continue;
            }
            let reading = read::text(document, &read::Options::named("a.yaml"));
            for object in &reading.objects {
                for (at, key) in keys(document, object.root()) {
                    if key.len() < 4 || !key.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                        continue;
                    }
                    for wrong in misspelt(&key) {
                        tried += 1;
                        let (before, behind) = document.split_at(at);
                        let broken = [before, &wrong, behind.strip_prefix(&key).unwrap()].concat();
                        let (found, mended) = mend(&broken, document, &types, &key, &file);
                        noticed += usize::from(found);
                        restored += usize::from(mended);
                    }
                }
            }
        }
    }
    // Keys of labels and of data may be anything, and of two names that are equally near none is certain.
    let told = format!("{tried} misspelt, {noticed} noticed, {restored} restored");
    assert!(tried > 900 && noticed * 2 > tried && restored * 2 > noticed, "{told}");
}

/// Whether a misspelling is noticed, and whether it is mended; what is mended must be as it was.
fn mend(broken: &str, original: &str, types: &Types, key: &str, file: &Path) -> (bool, bool) {
    let source = SourceName::new("a.yaml");
    let first = found(broken.as_bytes(), types);
    let noticed = first.iter().any(|finding| finding.code == "schema/unknown-field");
    let fixing = rounds(first, &|_| Some(broken.as_bytes().to_vec()), &mut |texts: &Texts| {
        found(texts.get(&source).map_or(broken.as_bytes(), Vec::as_slice), types)
    });
    let Some(fixed) = fixing.files.first() else { return (noticed, false) };
    assert_eq!(String::from_utf8_lossy(&fixed.after), original, "{key} of {}", file.display());
    assert!(!fixing.findings.iter().any(|finding| finding.fix.is_some()), "{key} of {}", file.display());
    (noticed, true)
}
