//! Codes of kubeconfig files.

use kubelogic_core::finding::Severity::{Note, Warning};

use super::{Code, error, finding};

pub(super) const CODES: &[Code] = &[
    error(
        "kubeconfig/missing",
        "the file that was asked for is not there",
        "The file of `--kubeconfig` must exist. Files of `KUBECONFIG` may be missing.",
        "Correct the path.",
    ),
    error(
        "kubeconfig/files",
        "files cannot be used",
        "kubectl reads no configuration at all when one of its files cannot be used. The message names each file.",
        "Correct the files that the message names.",
    ),
    error(
        "kubeconfig/unreadable",
        "a file cannot be read",
        "The file is a directory, or reading it is not allowed.",
        "Name a file, and let it be read.",
    ),
    error(
        "kubeconfig/kind",
        "a file is no kubeconfig",
        "`apiVersion` and `kind` may be left out. When they are there they must be `v1` and `Config`, and no other.",
        "Correct the two fields, or take the file out of the list.",
    ),
    error(
        "kubeconfig/type",
        "a field has the wrong type",
        "A field holds another kind of value than kubectl reads there. YAML makes a boolean of a bare `on` or `y` and a number of `0123`.",
        "Put names in quotes, or correct the value.",
    ),
    error(
        "kubeconfig/base64",
        "data is no base64",
        "A field that ends in `-data` holds base64 with padding. Line ends may stand in it, blanks may not.",
        "Encode the data again.",
    ),
    error(
        "kubeconfig/duplicate-name",
        "a name stands twice in one file",
        "Two entries of a list have one name. kubectl refuses the file and prints the whole list, secrets included; here the list is left out.",
        "Rename one of the entries, or remove it.",
    ),
    error(
        "kubeconfig/unknown-name",
        "a context, cluster or user does not exist",
        "A flag names an entry that no file has.",
        "Correct the name.",
    ),
    error(
        "kubeconfig/empty",
        "there is no configuration",
        "No file and no flag says where the API server is.",
        "Name a file, a context or a server.",
    ),
    error(
        "kubeconfig/invalid",
        "the chosen entries cannot be used",
        "The context, user or cluster has something that a client refuses. The message lists every reason in client-go's words.",
        "Correct what the message names.",
    ),
    error(
        "kubeconfig/unusable",
        "a value or file of the chosen entries cannot be used",
        "A timeout that is no duration, or a token file that cannot be read.",
        "Correct what the message names.",
    ),
    error(
        "kubeconfig/refused",
        "a change that kubectl refuses",
        "The command cannot be done on these files. The message is kubectl's.",
        "Correct what the message names.",
    ),
    error(
        "kubeconfig/locked",
        "a file is locked",
        "Another command is writing the file, or was killed while it did: the file with `.lock` behind its name is the lock.",
        "Wait, or give `--lock-wait`. When nothing is writing, remove the lock or give `--break-lock`.",
    ),
    error(
        "kubeconfig/unwritable",
        "a file cannot be written",
        "The file, its lock or its directory cannot be written. The file is what it was before.",
        "Correct permissions, or make room.",
    ),
    error(
        "kubeconfig/cannot-keep",
        "a change would lose something",
        "In the lossless style only the value that changes is written. The notation of this file leaves no place for it, such as an alias that ties two values together.",
        "Write the file in kubectl's style, or change its notation by hand.",
    ),
    finding(
        "kubeconfig/unknown-key",
        Warning,
        "a key that kubectl does not know",
        "kubectl passes over the key, and drops it when it writes the file.",
        "Correct the key, or keep the value as an extension.",
    ),
    finding(
        "kubeconfig/key-case",
        Warning,
        "a key in the wrong case",
        "The key differs from a known one only in the case of its letters. kubectl passes over it.",
        "Write the key as the message says.",
    ),
    finding(
        "kubeconfig/shadowed",
        Note,
        "an entry that an earlier file hides",
        "Of entries with one name only that of the first file counts, as a whole: no field of a later one is used.",
        "Rename the entry, or change the order of the files.",
    ),
];
