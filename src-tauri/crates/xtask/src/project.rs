// SPDX-License-Identifier: EUPL-1.2
//! Where things lie: the checkout, its pages, the shared caches.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Trouble;
use crate::process;

/// The folders of this checkout and this machine.
#[derive(Debug)]
pub struct Project {
    /// The top of the checkout.
    pub root: PathBuf,
    /// Shared by all checkouts of this machine: build results, tools, demonstration data.
    pub cache: PathBuf,
    /// Where cargo puts what it builds.
    pub target: PathBuf,
}

impl Project {
    /// Finds the checkout from the manifest of this package, or from the current folder upwards.
    pub fn find() -> Result<Self, Trouble> {
        let start = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let start = start.or_else(|| env::current_dir().ok()).unwrap_or_default();
        let root = top(&start).ok_or_else(|| {
            Trouble::Missing("this is not a checkout of Sportello: go into one and try again.".to_owned())
        })?;
        let cache = cache_dir(&|name| env::var_os(name).map(PathBuf::from)).ok_or_else(|| {
            Trouble::Missing(
                "there is no home folder: set XDG_CACHE_HOME to a folder that may be written.".to_owned(),
            )
        })?;
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache.join("target"), |given| root.join(given));
        Ok(Self { root, cache, target })
    }

    /// The pages.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// What a run leaves for people to look at: screenshots, reports. Never committed.
    pub fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    /// The Python of the project's own environment, where the reference for tax codes is installed.
    pub fn python(&self) -> PathBuf {
        let name = if cfg!(windows) {
            "Scripts/python.exe"
        } else {
            "bin/python3"
        };
        self.cache.join("python").join(name)
    }

    /// A program that this workspace builds.
    pub fn binary(&self, name: &str, release: bool) -> PathBuf {
        let profile = if release { "release" } else { "debug" };
        self.target
            .join(profile)
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Cargo at the top of the checkout, with the shared build folder; the lock file is never changed in passing.
    pub fn cargo(&self, args: &[&str]) -> Command {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut command = process::command(&cargo, args);
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        // What `cargo run` set for this program must not leak into the builds: it would make cargo build anew.
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&*name);
            }
        }
        command
    }
}

/// The nearest folder at or above `start` that holds this very workspace.
fn top(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|dir| dir.join("src-tauri/crates/xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
}

/// `${XDG_CACHE_HOME:-~/.cache}/sportello`; on Windows below the local application data.
fn cache_dir(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let set = |name: &str| variable(name).filter(|dir| dir.is_absolute());
    set("XDG_CACHE_HOME")
        .or_else(|| set("LOCALAPPDATA"))
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .map(|base| base.join("sportello"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_is_found_from_below() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = top(&here.join("src"));
        assert!(
            root.as_deref().is_some_and(|root| root.join("LICENSE").is_file()),
            "{root:?}"
        );
        assert_eq!(top(Path::new("/")), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_cache_follows_the_xdg_rule() {
        let with = |pairs: &'static [(&str, &str)]| {
            cache_dir(&move |name| {
                pairs
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, v)| PathBuf::from(v))
            })
        };
        let expected = |path: &str| Some(PathBuf::from(path));
        assert_eq!(with(&[("HOME", "/h")]), expected("/h/.cache/sportello"));
        assert_eq!(
            with(&[("HOME", "/h"), ("XDG_CACHE_HOME", "/c")]),
            expected("/c/sportello")
        );
        // The XDG rule: a relative value is to be ignored.
        assert_eq!(
            with(&[("HOME", "/h"), ("XDG_CACHE_HOME", "c")]),
            expected("/h/.cache/sportello")
        );
        assert_eq!(with(&[]), None);
    }
}
