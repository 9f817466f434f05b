// SPDX-License-Identifier: EUPL-1.2
//! Node.js, and the packages of the pages.

use std::fs;

use crate::error::Trouble;
use crate::process;
use crate::project::Project;

/// The oldest version that Vite accepts; `engines` in ui/package.json says the same.
const OLDEST: (u32, u32) = (20, 19);

const HOW: &str = "Install Node.js 20.19 or newer with npm: from https://nodejs.org, or a package of your distribution \
                   (Debian 13 and Ubuntu 25.04 or newer: apt-get install nodejs npm).";

/// Whether Node.js and npm are there and new enough; a sentence if not.
pub fn check() -> Result<(), Trouble> {
    let Ok(output) = process::output(&mut process::command("node", ["--version"])) else {
        return Err(Trouble::Missing(format!(
            "the pages are built with Node.js, which is not here. {HOW}"
        )));
    };
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if number(&version).is_none_or(|number| number < OLDEST) {
        return Err(Trouble::Missing(format!(
            "Node.js {version} is too old for the pages. {HOW}"
        )));
    }
    if !process::answers(npm(), &["--version"]) {
        return Err(Trouble::Missing(format!("npm is not here. {HOW}")));
    }
    Ok(())
}

/// npm's name as a program: on Windows it is a batch file, which must be named whole.
pub fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Major and minor version.
fn number(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// Whether the installed packages are missing or older than the list of what they should be.
pub fn is_stale(project: &Project) -> bool {
    let changed = |path: &str| {
        fs::metadata(project.ui().join(path))
            .and_then(|meta| meta.modified())
            .ok()
    };
    match (
        changed("package-lock.json"),
        changed("node_modules/.package-lock.json"),
    ) {
        // npm writes its own list last, so an interrupted installation counts as missing.
        (Some(listed), Some(installed)) => installed < listed,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Installs what the lock file lists, and writes nothing back. (`npm ci` stops at packages for other systems that a
/// registry does not carry.)
pub fn install(project: &Project) -> Result<(), Trouble> {
    let mut npm = process::command(npm(), ["install", "--no-save", "--no-audit", "--no-fund"]);
    process::run(npm.current_dir(project.ui()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_compared() {
        assert_eq!(number("v20.20.2"), Some((20, 20)));
        assert_eq!(number("20.1.0"), None);
        assert_eq!(number(""), None);
        assert!(number("v20.18.3") < Some(OLDEST));
        assert!(number("v20.19.0") >= Some(OLDEST));
        assert!(number("v22.1.0") >= Some(OLDEST));
    }

    #[test]
    fn the_oldest_version_is_the_one_that_the_pages_ask_for() {
        let listed = include_str!("../../../../../ui/package.json");
        let (major, minor) = OLDEST;
        assert!(
            listed.contains(&format!("\"node\": \">={major}.{minor}\"")),
            "{OLDEST:?}"
        );
    }
}
