//! Streams and terminals: colours, closed pipes, progress, completion, help.

use std::fs;
use std::io::{self, BufRead, Read as _, Write};
use std::process::{Command, Stdio};

use kubelogic::files::{Files, StdFiles};
use kubelogic_cli::{Io, Stream};

use super::world::{World, below_root, run};

const ESCAPE: char = '\u{1b}';

#[test]
fn colours_are_for_terminals() {
    let shop = below_root("examples/shop");
    let check = |world: World, more: &[&str]| world.run([&["check", &shop], more].concat()).stdout;
    assert!(!check(World::new(), &[]).contains(ESCAPE));
    assert!(check(World::new().terminal(), &[]).contains(ESCAPE));
    assert!(!check(World::new().terminal().variable("NO_COLOR", "1"), &[]).contains(ESCAPE));
    assert!(check(World::new().terminal().variable("NO_COLOR", ""), &[]).contains(ESCAPE));
    assert!(!check(World::new().terminal().variable("TERM", "dumb"), &[]).contains(ESCAPE));
    assert!(!check(World::new().terminal(), &["--color", "never"]).contains(ESCAPE));
    assert!(check(World::new(), &["--color=always"]).contains(ESCAPE));
    assert!(World::new().terminal().run(["chek"]).stderr.contains(ESCAPE));
    assert!(!World::new().run(["chek"]).stderr.contains(ESCAPE));
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(run(&["--version"]).stdout, concat!("kubelogic ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ended = run(&["completion", shell]);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
        for word in ["can-i", "check", "collect", "as-group"] {
            assert!(ended.stdout.contains(word), "{shell}: {word}");
        }
    }
    let script = tempfile::NamedTempFile::new().unwrap();
    fs::write(script.path(), run(&["completion", "bash"]).stdout).unwrap();
    if let Ok(output) = Command::new("bash").arg("-n").arg(script.path()).output() {
        assert!(output.status.success());
    }
}

/// A world in which nobody reads standard output.
struct Unread {
    written: usize,
    stdin: io::Cursor<Vec<u8>>,
    stderr: Vec<u8>,
}

impl Write for Unread {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        self.written += 1;
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Io for Unread {
    fn stdin(&mut self) -> &mut dyn BufRead {
        &mut self.stdin
    }

    fn stdout(&mut self) -> &mut dyn Write {
        self
    }

    fn stderr(&mut self) -> &mut dyn Write {
        &mut self.stderr
    }

    fn is_terminal(&self, _: Stream) -> bool {
        false
    }

    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn files(&self) -> &dyn Files {
        &StdFiles
    }

    fn progress(&self, _: &str) {}
}

#[test]
fn a_closed_pipe_ends_quietly_with_the_code_of_the_answer() {
    let shop = below_root("examples/shop");
    let cases: [(u8, &[&str]); 4] = [
        (0, &["get", &shop]),
        (0, &["get", "-o", "yaml", &shop]),
        (1, &["can-i", "get", "/logs", "--as", "bo", "-f", &shop]),
        (0, &["completion", "zsh"]),
    ];
    for (code, arguments) in cases {
        let mut world = Unread { written: 0, stdin: io::Cursor::default(), stderr: Vec::new() };
        let all = std::iter::once("kubelogic").chain(arguments.iter().copied());
        assert_eq!(kubelogic_cli::run(all, &mut world), code, "{arguments:?}");
        assert_eq!((world.written, world.stderr.len()), (1, 0), "{arguments:?}");
    }
    // `ask` stops reading when nobody listens any more.
    let stdin = io::Cursor::new(b"{}\n{}\n{}\n".to_vec());
    let mut world = Unread { written: 0, stdin, stderr: Vec::new() };
    assert_eq!(kubelogic_cli::run(["kubelogic", "ask"], &mut world), 0);
    assert_eq!(world.written, 1);
}

#[test]
fn the_program_itself_survives_a_closed_pipe() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kubelogic"))
        .args(["get", "-o", "yaml", &below_root("examples/shop")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn long_reads_show_progress_on_a_terminal_only() {
    let shop = below_root("examples/shop");
    let ended = World::new().terminal().slow().run(["get", "pods", "-f", &shop]);
    let [first, .., last] = ended.progress.as_slice() else { panic!("{:?}", ended.progress) };
    assert!(first.contains("examples/shop/") && first.ends_with(" %)"), "{first}");
    assert_eq!(last, "");
    assert!(World::new().slow().run(["get", "pods", "-f", &shop]).progress.is_empty());
    assert!(World::new().terminal().run(["get", "pods", "-f", &shop]).progress.is_empty());
}
