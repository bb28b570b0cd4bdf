//! What the writers write is read back by those who read it elsewhere.
#![cfg(test)]

#[path = "formats/baseline.rs"]
mod baseline;
#[path = "formats/findings.rs"]
mod findings;
#[path = "formats/junit.rs"]
mod junit;
#[path = "formats/sarif.rs"]
mod sarif;
#[path = "formats/text.rs"]
mod text;
