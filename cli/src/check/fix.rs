//! `--fix`: changes that certainly remove what was found.

use std::cell::RefCell;
use std::path::Path;

use kubelogic::files::{FileEntry, FileError, FileKind, Files};
use kubelogic::fix::{FixedFile, Fixing, Texts, rounds};
use kubelogic::object::SourceName;
use kubelogic::report::Sources;
use kubelogic::report::diff::unified;
use kubelogic::report::review::Rules;
use kubelogic::report::text::counted;

use super::changed::Changes;
use super::{Checked, check, exit_code, is_unread, report};
use crate::NO_ANSWER;
use crate::arguments::Check;
use crate::console::{Console, Failure};
use crate::load::{self, Given, STDIN};
use crate::style::shown;

pub(super) fn run(
    arguments: &Check,
    paths: &[String],
    rules: &Rules,
    changes: Option<&Changes>,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let options = load::options(&arguments.loading);
    let stdin = load::stdin(paths, console)?;
    let read = |texts: &Texts, console: &Console<'_>, known: &RefCell<Texts>| -> Result<Given, Failure> {
        let files = Overlay { below: console.files(), texts, known };
        let stdin = stdin.as_ref().map(|bytes| texts.get(&SourceName::new(STDIN)).unwrap_or(bytes).clone());
        load::read_from(paths, &arguments.input, &arguments.loading, &files, stdin, console)
    };
    // The bytes that were checked, so that nothing is changed that somebody else has changed meanwhile.
    let known = RefCell::new(Texts::new());
    let first = read(&Texts::new(), console, &known)?;
    let before = check(&first, rules, changes, &options, console);
    let fixing = {
        let again = RefCell::new(Texts::new());
        let text = |source: &SourceName| match (source.as_str(), &stdin) {
            (STDIN, Some(bytes)) => Some(bytes.clone()),
            _ => known.borrow().get(source).cloned(),
        };
        rounds(before.findings.clone(), &text, &mut |texts| {
            match read(texts, console, &again) {
                Ok(given) => check(&given, rules, changes, &options, console).findings,
                // What was read once can be read again; if not, nothing has become better.
                Err(_) => before.findings.clone(),
            }
        })
    };
    for (source, reason) in &fixing.refused {
        let name = shown(source.as_str());
        console.warning(format_args!("{name} is left as it is: {reason}"));
    }
    if arguments.dry_run {
        console.out(&diffs(&fixing, console))?;
        // Nothing has changed, and so is the answer.
        return Ok(exit_code(&before.findings, is_unread(&first, arguments), arguments));
    }
    let written = write(&fixing, console);
    let texts: Texts = fixing.files.iter().map(|file| (file.source.clone(), file.after.clone())).collect();
    let given = read(&texts, console, &RefCell::new(Texts::new()))?;
    if let Some(bytes) = &stdin {
        let text = texts.get(&SourceName::new(STDIN)).unwrap_or(bytes);
        console.stream(|out| out.write_all(text))?;
    }
    let after = check(&given, rules, changes, &options, console);
    finish(&after, &given, written, stdin.is_some(), arguments, &options, console)
}

fn finish(
    after: &Checked,
    given: &Given,
    written: bool,
    from_stdin: bool,
    arguments: &Check,
    options: &kubelogic::LoadOptions,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    // Standard output is taken by the text that came by standard input.
    if !from_stdin {
        report(after, given, arguments, options, console)?;
    } else if !arguments.quiet {
        load::report(&after.findings, given, options, console);
    }
    let code = exit_code(&after.findings, is_unread(given, arguments), arguments);
    Ok(if written { code } else { NO_ANSWER })
}

fn diffs(fixing: &Fixing, console: &Console<'_>) -> String {
    let directory = console.working_directory().map(|path| path.to_string_lossy().into_owned());
    let sources = Sources::none().directory(directory);
    let mut text = String::new();
    for file in &fixing.files {
        let (before, after) = (String::from_utf8_lossy(&file.before), String::from_utf8_lossy(&file.after));
        let name = if file.source.as_str() == STDIN {
            "stdin".to_owned()
        } else {
            sources.path(file.source.as_str())
        };
        text.push_str(&unified(&name, &before, &after, console.palette()));
    }
    text
}

/// Writes what has changed; `false` when something could not be written, which has been said then.
fn write(fixing: &Fixing, console: &mut Console<'_>) -> bool {
    let (mut files, mut mended, mut whole) = (0, 0, true);
    for file in &fixing.files {
        if file.source.as_str() == STDIN {
            files += 1;
            mended += file.fixes.len();
            continue;
        }
        match write_file(file, console) {
            Ok(()) => {
                files += 1;
                mended += file.fixes.len();
            }
            Err(reason) => {
                whole = false;
                let label = console.error_palette().red("error:");
                let name = shown(file.source.as_str());
                console.error(format_args!("{label} {name} is not changed: {reason}"));
            }
        }
    }
    if mended > 0 {
        console.error(format_args!("{} mended in {}", counted(mended, "finding"), counted(files, "file")));
    }
    whole
}

fn write_file(file: &FixedFile, console: &Console<'_>) -> Result<(), String> {
    let path = Path::new(file.source.as_str());
    match console.files().read(path) {
        Ok(now) if now == file.before => {}
        Ok(_) => return Err("somebody else has changed it meanwhile".to_owned()),
        Err(error) => return Err(error.to_string()),
    }
    console.replace_file(path, &file.after).map_err(|error| error.to_string())
}

/// Files of which some have other texts, and which remembers what was read.
struct Overlay<'a> {
    below: &'a dyn Files,
    texts: &'a Texts,
    known: &'a RefCell<Texts>,
}

impl Files for Overlay<'_> {
    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        self.below.kind(path)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let source = SourceName::new(path.to_string_lossy());
        if let Some(text) = self.texts.get(&source) {
            return Ok(text.clone());
        }
        let bytes = self.below.read(path)?;
        self.known.borrow_mut().insert(source, bytes.clone());
        Ok(bytes)
    }

    fn list(&self, path: &Path) -> Result<Vec<FileEntry>, FileError> {
        self.below.list(path)
    }
}
