//! `kubelogic ask`: the question catalogue on standard input and output.

use kubelogic::ask::Catalogue;

use crate::arguments::Ask;
use crate::console::{Console, Failure};
use crate::{YES, json, load};

/// The longest question; a longer line is not held in memory.
const LONGEST_QUESTION: u64 = 1 << 30;

pub(crate) fn run(arguments: &Ask, console: &mut Console<'_>) -> Result<u8, Failure> {
    if arguments.schema {
        console.out(&json::lines(&kubelogic::ask::schema()))?;
        return Ok(YES);
    }
    if arguments.input.filename.iter().any(|path| path == "-") {
        return Err(Failure::with_help(
            "standard input is where questions come from, manifests cannot come from there as well",
            "give files or folders with -f, or put manifests into the questions",
        ));
    }
    let cluster = if arguments.input.filename.is_empty() {
        None
    } else {
        Some(load::cluster(&arguments.input.filename, &arguments.input, &arguments.loading, console)?)
    };
    let catalogue = Catalogue::new(cluster);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = console.read_line(&mut line, LONGEST_QUESTION)?;
        if read == 0 || console.is_closed() {
            return Ok(YES);
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        // The catalogue says what is wrong with a line that is no JSON.
        let answer = catalogue.answer(&String::from_utf8_lossy(&line));
        console.out(&format!("{answer}\n"))?;
    }
}
