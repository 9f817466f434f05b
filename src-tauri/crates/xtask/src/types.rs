// SPDX-License-Identifier: EUPL-1.2
//! The TypeScript types of commands, queries and views: generated from Rust, committed, and never out of step.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::{Trouble, file};
use crate::project::Project;
use crate::steps::Steps;
use crate::{process, programs};

/// Where the generated types lie in the checkout.
const GENERATED: &str = "ui/src/generated";

/// `cargo xtask types`: writes them anew.
pub fn write(project: &Project, steps: &mut Steps) -> Result<(), Trouble> {
    steps.step("generated types", || generate(project))
}

/// Writes them anew and fails if that changed anything: then somebody forgot to commit them.
pub fn check(project: &Project) -> Result<(), Trouble> {
    let dir = project.root.join(GENERATED);
    let before = contents(&dir)?;
    generate(project)?;
    let changed = differences(&before, &contents(&dir)?);
    if changed.is_empty() {
        return Ok(());
    }
    Err(Trouble::Rule(format!(
        "the types in {GENERATED} were out of step with Rust and have been written anew: look at them and commit them.\n  {}",
        changed.join("\n  ")
    )))
}

fn generate(project: &Project) -> Result<(), Trouble> {
    programs::build(project, &["sportelloctl"], false)?;
    let program = project
        .binary("sportelloctl", false)
        .to_string_lossy()
        .into_owned();
    let mut command = process::command(&program, ["schema", "--typescript", GENERATED]);
    process::run(command.current_dir(&project.root))
}

/// Every file at or below `dir`, by its path from there.
fn contents(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>, Trouble> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).map_err(file(&folder))? {
            let path = entry.map_err(file(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(dir)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .into_owned();
                found.insert(name, std::fs::read(&path).map_err(file(&path))?);
            }
        }
    }
    Ok(found)
}

fn differences(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let gone = before
        .keys()
        .filter(|name| !after.contains_key(*name))
        .map(|name| format!("gone: {name}"));
    let other = after.iter().filter_map(|(name, bytes)| match before.get(name) {
        None => Some(format!("new: {name}")),
        Some(old) if old != bytes => Some(format!("changed: {name}")),
        Some(_) => None,
    });
    gone.chain(other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_name_each_file() {
        let files = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
                .collect()
        };
        let before = files(&[("a.ts", "1"), ("b.ts", "1"), ("c.ts", "1")]);
        let after = files(&[("a.ts", "1"), ("b.ts", "2"), ("d.ts", "1")]);
        assert_eq!(
            differences(&before, &after),
            ["gone: c.ts", "changed: b.ts", "new: d.ts"]
        );
        assert!(differences(&before, &before).is_empty());
    }
}
