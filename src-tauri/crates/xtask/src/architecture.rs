// SPDX-License-Identifier: EUPL-1.2
//! The shape of the house: who may depend on whom, and which crates are pure. See `src-tauri/docs/architecture.md`.

use std::path::{Path, PathBuf};

use crate::error::{Trouble, file};
use crate::project::Project;

/// Our packages from the ground up: each may use only those of a lower storey.
const STOREYS: [(&str, u8); 10] = [
    ("sportello-domain", 0),
    ("sportello-protocol", 1),
    ("sportello-store", 2),
    ("sportello-sync", 2),
    ("sportello-documents", 2),
    ("sportello-central", 2),
    ("sportello-desk", 3),
    ("sportello-relay", 4),
    ("sportello", 5),
    ("sportelloctl", 5),
];

/// The desk and the centre meet over the network only.
const NEVER: [(&str, &str); 1] = [("sportello-desk", "sportello-central")];

/// Libraries that decide where a kind of work is done, each with the packages that do it.
const AT_HOME: [(&str, &[&str]); 6] = [
    ("axum", &["sportello-central", "sportello-relay"]),
    ("reqwest", &["sportello-sync"]),
    ("rusqlite", &["sportello-store", "sportello-central"]),
    ("tauri", &["sportello"]),
    ("tokio-postgres", &["sportello-central"]),
    ("typst", &["sportello-documents"]),
];

/// Packages that must give the same answer to the same question for ever.
const PURE: [&str; 2] = ["src-tauri/crates/domain/src", "src-tauri/crates/protocol/src"];
/// What would make them depend on the moment, the machine or chance.
const IMPURE: [&str; 10] = [
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "std::fs",
    "std::net",
    "std::env",
    "getrandom",
    "new_v4",
    "now_v7",
];

/// Checks every manifest and the pure sources.
pub fn check(project: &Project) -> Result<(), Trouble> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(file(path));
    let crates = project.root.join("src-tauri/crates");
    let mut manifests = vec![project.root.join("src-tauri/Cargo.toml")];
    for entry in std::fs::read_dir(&crates).map_err(file(&crates))? {
        manifests.push(entry.map_err(file(&crates))?.path().join("Cargo.toml"));
    }
    let mut broken = Vec::new();
    for manifest in &manifests {
        broken.extend(astray(&read(manifest)?));
    }
    for dir in PURE {
        for path in sources(&project.root.join(dir))? {
            let shown = path
                .strip_prefix(&project.root)
                .unwrap_or(&path)
                .display()
                .to_string();
            broken.extend(impure(&shown, &read(&path)?));
        }
    }
    if broken.is_empty() {
        println!(
            "  {} packages: dependencies run one way, pure ones are pure",
            manifests.len()
        );
        return Ok(());
    }
    Err(Trouble::Rule(format!(
        "the shape of the house is broken (src-tauri/docs/architecture.md):\n  {}",
        broken.join("\n  ")
    )))
}

/// The dependencies of one manifest that lead the wrong way. What only its tests use may come from anywhere.
fn astray(manifest: &str) -> Vec<String> {
    let Some(package) = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
    else {
        return vec!["a manifest without a name".to_owned()];
    };
    let storey = |name: &str| {
        STOREYS
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, storey)| *storey)
    };
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        }
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if !section.ends_with("dependencies]") || section.contains("dev-dependencies") || name.is_empty() {
            continue;
        }
        if let (Some(own), Some(other)) = (storey(package), storey(name))
            && (other >= own || NEVER.contains(&(package, name)))
        {
            found.push(format!("{package} may not depend on {name}"));
        }
        if let Some((library, homes)) = AT_HOME.iter().find(|(library, _)| *library == name)
            && !homes.contains(&package)
        {
            found.push(format!(
                "{package} may not depend on {library}: its place is {}",
                homes.join(" and ")
            ));
        }
    }
    found
}

/// The first line of a pure source that names something impure; comments and tests may.
fn impure(name: &str, text: &str) -> Option<String> {
    if name.ends_with("/tests.rs") || name.contains("/tests/") {
        return None;
    }
    let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let (number, word) = product.lines().enumerate().find_map(|(number, line)| {
        let code = line.split("//").next().unwrap_or_default();
        IMPURE
            .iter()
            .find(|word| code.contains(**word))
            .map(|word| (number + 1, word))
    })?;
    Some(format!(
        "{name}:{number}: `{word}` in a pure package: have it handed in"
    ))
}

fn sources(dir: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(file(&folder))? {
            let path = entry.map_err(file(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(name: &str, section: &str, dependency: &str) -> String {
        format!("[package]\nname = \"{name}\"\n\n[{section}]\nserde.workspace = true\n{dependency}\n")
    }

    #[test]
    fn dependencies_lead_down_only() {
        for (name, dependency) in [
            ("sportello-domain", "sportello-protocol.workspace = true"),
            ("sportello-store", "sportello-sync = { path = \"../sync\" }"),
            ("sportello-central", "sportello-desk.workspace = true"),
            ("sportello-desk", "sportello-central.workspace = true"),
            ("sportello-desk", "rusqlite.workspace = true"),
            ("sportelloctl", "tauri = \"2\""),
        ] {
            assert_eq!(
                astray(&manifest(name, "dependencies", dependency)).len(),
                1,
                "{name}: {dependency}"
            );
        }
        for (name, dependency) in [
            ("sportello-protocol", "sportello-domain.workspace = true"),
            ("sportello-desk", "sportello-store.workspace = true"),
            ("sportelloctl", "sportello-desk.workspace = true"),
            ("sportello", "tauri = { version = \"2\" }"),
            ("sportello-store", "rusqlite.workspace = true"),
        ] {
            assert!(
                astray(&manifest(name, "dependencies", dependency)).is_empty(),
                "{name}: {dependency}"
            );
        }
    }

    #[test]
    fn tests_may_use_what_they_like_and_platforms_may_not() {
        let upwards = "sportello-desk.workspace = true";
        assert!(astray(&manifest("sportello-domain", "dev-dependencies", upwards)).is_empty());
        let windows = manifest("sportello-domain", "target.'cfg(windows)'.dependencies", upwards);
        assert_eq!(astray(&windows).len(), 1);
    }

    #[test]
    fn a_pure_source_does_not_ask_for_the_time() {
        let found = impure(
            "a.rs",
            "// SystemTime is not for us\nlet now = std::time::SystemTime::now();\n",
        );
        assert_eq!(
            found.as_deref(),
            Some("a.rs:2: `SystemTime` in a pure package: have it handed in")
        );
        assert_eq!(
            impure("a.rs", "/// never `getrandom`\nfn decide(now: Timestamp) {}\n"),
            None
        );
    }
}
