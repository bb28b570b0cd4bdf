//! Plans as `kubectl auth reconcile` prints them.

use std::fmt::Write as _;

use super::{ReconcileOperation, ReconcileOptions, ReconcilePlan};
use crate::covers::in_struct_notation;
use crate::model::{GROUP, Subject};

impl ReconcilePlan {
    /// The line that kubectl prints on standard output, without its end.
    pub fn line(&self, dry_run: bool) -> String {
        // upstream: cli-runtime pkg/printers/name.go
        let field =
            |path: &str| self.result.pointer(path).and_then(serde_json::Value::as_str).unwrap_or_default();
        let name = match field("/metadata/name") {
            "" => "<unknown>",
            name => name,
        };
        let kind = field("/kind").to_lowercase();
        let dry_run = if dry_run { " (dry run)" } else { "" };
        format!("{kind}.{GROUP}/{name} reconciled{dry_run}")
    }

    /// What kubectl prints on standard error: what had to be done, and why.
    pub fn details(&self, options: ReconcileOptions) -> String {
        // upstream: kubectl pkg/cmd/auth/reconcile.go (printResults)
        let mut text = String::new();
        if self.operation == ReconcileOperation::None {
            return text;
        }
        let caveat = if self.protected {
            ", but object opted out (rbac.authorization.kubernetes.io/autoupdate: false)"
        } else {
            ""
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\treconciliation required {}{caveat}", self.operation.word());
        let rules = |rules: &[crate::model::PolicyRule]| -> Vec<String> {
            rules.iter().map(|rule| in_struct_notation(rule, " ")).collect()
        };
        let subjects = |subjects: &[Subject]| -> Vec<String> { subjects.iter().map(in_notation).collect() };
        let lists = [
            (true, "missing subjects added", subjects(&self.missing_subjects)),
            (options.remove_extra_subjects, "extra subjects removed", subjects(&self.extra_subjects)),
            (true, "missing rules added", rules(&self.missing_rules)),
            (options.remove_extra_permissions, "extra rules removed", rules(&self.extra_rules)),
        ];
        for (wanted, title, lines) in lists {
            if wanted && !lines.is_empty() {
                let _ = writeln!(text, "\t{title}:");
                for line in lines {
                    let _ = writeln!(text, "\t\t{line}");
                }
            }
        }
        text
    }
}

fn in_notation(subject: &Subject) -> String {
    let Subject { kind, api_group, name, namespace } = subject;
    format!("{{Kind:{kind} APIGroup:{api_group} Name:{name} Namespace:{namespace}}}")
}
