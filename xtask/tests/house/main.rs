//! The rules of this repository that no compiler knows. Each file holds one rule twice: over the repository as it
//! is, and over a broken example, so that the check itself is known to go red.

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod codes;
#[cfg(test)]
mod folders;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod lints;
#[cfg(test)]
mod module_docs;
#[cfg(test)]
mod napi;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod repository;
#[cfg(test)]
mod test_command;
#[cfg(test)]
mod versions;
