//! The question that the README asks in every language, taken out of it, and the answer that it prints there.

use crate::error::TaskError;
use crate::files;
use crate::workspace::Workspace;

/// The README's code, by language: the first block of each.
#[derive(Debug)]
pub(super) struct Readme {
    blocks: Vec<(String, String)>,
}

impl Readme {
    pub(super) fn of(workspace: &Workspace) -> Result<Self, TaskError> {
        Ok(Self::parse(&files::read(&workspace.root.join("README.md"))?))
    }

    fn parse(text: &str) -> Self {
        let mut blocks = Vec::new();
        let mut open: Option<(String, String)> = None;
        for line in text.lines() {
            match (line.trim_start().strip_prefix("```"), &mut open) {
                (Some(language), None) => {
                    let language = language.split([',', ' ']).next().unwrap_or_default();
                    open = Some((language.to_owned(), String::new()));
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (None, Some((_, code))) => {
                    code.push_str(line);
                    code.push('\n');
                }
                (None, None) => {}
            }
        }
        Self { blocks }
    }

    fn block(&self, languages: &[&str]) -> Result<&str, TaskError> {
        let found = self.blocks.iter().find(|(language, _)| languages.contains(&language.as_str()));
        found
            .map(|(_, code)| code.as_str())
            .ok_or_else(|| TaskError::Wrong(format!("README.md has no block in {}", languages.join(" or "))))
    }

    /// A whole Rust program. Lines that the documentation hides are shown to the compiler.
    pub(super) fn rust(&self) -> Result<String, TaskError> {
        let code = self.block(&["rust"])?;
        let shown =
            code.lines().map(|line| line.strip_prefix("# ").unwrap_or(if line == "#" { "" } else { line }));
        let code: String = shown.flat_map(|line| [line, "\n"]).collect();
        if code.contains("fn main()") {
            return Ok(code);
        }
        Ok(format!("fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{code}Ok(())\n}}\n"))
    }

    pub(super) fn python(&self) -> Result<&str, TaskError> {
        self.block(&["python"])
    }

    /// A JavaScript module.
    pub(super) fn module(&self) -> Result<&str, TaskError> {
        self.block(&["js", "javascript", "mjs", "ts", "typescript"])
    }

    /// The same as a `CommonJS` script: imports become calls, and waiting at the top moves into a function.
    pub(super) fn script(&self) -> Result<String, TaskError> {
        let (mut imports, mut rest) = (String::new(), String::new());
        for line in self.module()?.lines() {
            let import = line.strip_prefix("import ").and_then(|line| line.split_once(" from "));
            match import {
                Some((names, module)) => {
                    let names = names.replace(" as ", ": ");
                    let module = module.trim_end_matches(';');
                    imports.extend(["const ", &names, " = require(", module, ");\n"]);
                }
                None => rest.extend([line, "\n"]),
            }
        }
        Ok(format!(
            "'use strict';\n{imports}(async () => {{\n{rest}}})().catch((error) => {{\n  console.error(error);\n  process.exitCode = 1;\n}});\n"
        ))
    }

    /// The commands of the shell block, without prompts and without what they print.
    pub(super) fn shell(&self) -> Result<String, TaskError> {
        let code = self.block(&["sh", "shell", "bash", "console"])?;
        if !code.lines().any(|line| line.starts_with("$ ")) {
            return Ok(code.to_owned());
        }
        Ok(code.lines().filter_map(|line| line.strip_prefix("$ ")).flat_map(|line| [line, "\n"]).collect())
    }

    /// What every one of them prints.
    fn printed(&self) -> Result<&str, TaskError> {
        self.block(&["text"])
    }

    /// Compares what a program printed with the README.
    pub(super) fn compare(&self, who: &str, printed: &str) -> Result<(), TaskError> {
        let expected = self.printed()?;
        if printed.trim_end() == expected.trim_end() {
            return Ok(());
        }
        Err(TaskError::Wrong(format!("{who} printed\n{printed}\nand the README says\n{expected}")))
    }
}

#[cfg(test)]
mod tests {
    use super::Readme;

    const TEXT: &str = "\
# Title
```rust,no_run
# use kubelogic::Cluster;
println!(\"yes\");
```
```js
import { Cluster as State } from 'kubelogic';
console.log('yes');
```
```console
$ kubelogic can-i get pods
yes
```
```text
yes
```
```rust
second();
```
";

    #[test]
    fn the_first_block_of_each_language_is_taken() {
        let readme = Readme::parse(TEXT);
        let rust = "fn main() -> Result<(), Box<dyn std::error::Error>> {\nuse kubelogic::Cluster;\nprintln!(\"yes\");\nOk(())\n}\n";
        assert_eq!(readme.rust().unwrap(), rust);
        assert_eq!(readme.shell().unwrap(), "kubelogic can-i get pods\n");
        assert!(readme.script().unwrap().contains(
            "const { Cluster: State } = require('kubelogic');\n(async () => {\nconsole.log('yes');\n})()"
        ));
        assert!(readme.python().is_err());
    }

    #[test]
    fn another_answer_is_an_error() {
        let readme = Readme::parse(TEXT);
        assert!(readme.compare("Rust", "yes\n").is_ok());
        assert!(readme.compare("Rust", "no\n").is_err());
        assert!(Readme::parse("no blocks").compare("Rust", "").is_err());
    }
}
