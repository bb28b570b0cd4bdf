//! Codes of checking: comments, baselines.

use kubelogic_core::finding::Severity::{Note, Warning};

use super::{Code, error, finding};

pub(super) const CODES: &[Code] = &[
    finding(
        "check/unused-suppression",
        Warning,
        "a comment holds nothing back",
        "A comment `# kubelogic: ignore CODE` names a code that is not found in its line, or in its document. It may have been mended, or the comment stands in the wrong place; a comment that stays would hide the next one.",
        "Take the code out of the comment. Behind a line a comment is about that line, alone in a line about the next one, and in front of everything about the whole document.",
    )
    .shown(
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a # kubelogic: ignore read/duplicate-key -- there was one\n",
    ),
    finding(
        "check/suppression-without-reason",
        Warning,
        "a comment gives no reason",
        "A comment `# kubelogic: ignore CODE` has no effect without a reason: whoever reads it later could not tell whether it still holds.",
        "Write `# kubelogic: ignore CODE -- reason`.",
    )
    .shown("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a # kubelogic: ignore read/duplicate-key\n"),
    finding(
        "check/unknown-code",
        Warning,
        "a comment names a code that does not exist",
        "A comment `# kubelogic: ignore CODE` names a code that is not in the catalogue, so it holds nothing back.",
        "Correct the code; `kubelogic explain` lists all of them.",
    )
    .shown("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a # kubelogic: ignore read/duplicate -- why\n"),
    finding(
        "check/unreadable-suppression",
        Warning,
        "a comment that cannot be understood",
        "A comment begins with `# kubelogic:` and does not go on as such comments do. It has no effect.",
        "Write `# kubelogic: ignore CODE[,CODE] -- reason`.",
    )
    .shown("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a # kubelogic: skip read/duplicate-key\n"),
    finding(
        "check/gone-finding",
        Note,
        "the baseline knows a finding that is gone",
        "A finding that the baseline holds back is no longer found. As long as the baseline knows it, it would hide the same finding if it came back.",
        "Write the baseline anew with `--write-baseline`.",
    ),
    error(
        "check/baseline",
        "a file is no baseline",
        "The file that was given as a baseline is none, or has fields that no baseline has.",
        "Write a new one with `kubelogic check --write-baseline FILE`.",
    ),
];
