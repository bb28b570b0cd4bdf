//! The real components, asked over a pipe: a question a line, an answer a line.

use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::error::DifferError;

/// Questions in the pipe at once; more could fill both ends.
const BATCH: usize = 64;

pub(crate) struct Oracle {
    process: Child,
    questions: BufWriter<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    pub(crate) fn start(program: &Path) -> Result<Self, DifferError> {
        let mut process = Command::new(program)
            .args(["-workers", "2"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let gone = || std::io::Error::other("the oracle has no pipe");
        let questions = BufWriter::new(process.stdin.take().ok_or_else(gone)?);
        let answers = BufReader::with_capacity(1 << 20, process.stdout.take().ok_or_else(gone)?);
        Ok(Self { process, questions, answers })
    }

    /// The answers to questions, in their order.
    pub(crate) fn ask(&mut self, questions: &[Value]) -> Result<Vec<Value>, DifferError> {
        let replies = self.replies(questions)?.into_iter();
        let answers = replies.map(|mut reply| match reply.get_mut("answer").map(Value::take) {
            Some(answer) => Ok(answer),
            None => Err(DifferError::Refused(reply.to_string())),
        });
        answers.collect()
    }

    /// The same with questions that the oracle refuses: whole replies, with `answer` or `error`.
    pub(crate) fn replies(&mut self, questions: &[Value]) -> Result<Vec<Value>, DifferError> {
        let mut replies = Vec::with_capacity(questions.len());
        for batch in questions.chunks(BATCH) {
            for question in batch {
                serde_json::to_writer(&mut self.questions, question)?;
                self.questions.write_all(b"\n")?;
            }
            self.questions.flush()?;
            for _ in batch {
                let mut line = String::new();
                self.answers.read_line(&mut line)?;
                replies.push(serde_json::from_str(&line)?);
            }
        }
        Ok(replies)
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        // The process ends with its input; asking it to end twice does no harm.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
