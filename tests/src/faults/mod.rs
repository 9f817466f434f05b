// SPDX-License-Identifier: EUPL-1.2
//! A disk that fails on demand, under programs as they are: a small library that is loaded before the system's own (Linux).
//! It also keeps what would be left if the power went: of each file what was last synced, and nothing of what was not.

use rand::Rng;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The library's source, compiled where the tests run.
const SOURCE: &str = include_str!("shim.c");

/// Which calls fail, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `sync`, `write`, or both.
    pub calls: &'static str,
    /// `EIO`, `ENOSPC`, or `SHORT`: half is written, then there is no room.
    pub how: &'static str,
    /// The first that fails, from 1; 0: none does.
    pub from: u32,
    /// How many fail; 0: all from then on.
    pub times: u32,
}

impl Fault {
    /// A disk on which all goes well.
    pub const NONE: Self = Self {
        calls: "",
        how: "EIO",
        from: 0,
        times: 0,
    };
}

/// The library, compiled, and what it keeps.
#[derive(Debug)]
pub struct Disk {
    folder: TempDir,
    library: PathBuf,
    /// Where the programs' files lie.
    meant: PathBuf,
}

impl Disk {
    /// The disk under a folder.
    ///
    /// # Panics
    /// When there is no C compiler.
    pub fn under(meant: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (source, library) = (folder.path().join("shim.c"), folder.path().join("shim.so"));
        std::fs::write(&source, SOURCE).unwrap();
        std::fs::create_dir(folder.path().join("left")).unwrap();
        let compiled = Command::new("cc")
            .args(["-O1", "-shared", "-fPIC", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status()
            .expect("a C compiler (build-essential)");
        assert!(compiled.success());
        let before = folder.path().join("before");
        std::fs::create_dir(&before).unwrap();
        for entry in std::fs::read_dir(meant).unwrap() {
            let path = entry.unwrap().path();
            // SQLite's shared memory is made anew by whoever opens the database first.
            if path.is_file() && !path.to_string_lossy().ends_with("-shm") {
                std::fs::copy(&path, before.join(path.file_name().unwrap())).unwrap();
            }
        }
        Self {
            folder,
            library,
            meant: meant.canonicalize().unwrap(),
        }
    }

    /// Has a program work on it.
    pub fn put_under(&self, command: &mut Command, fault: Fault) {
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAULT_DIR", &self.meant)
            .env("FAULT_SHADOW", self.folder.path().join("left"))
            .env("FAULT_CALLS", fault.calls)
            .env("FAULT_ERRNO", fault.how)
            .env("FAULT_FROM", fault.from.to_string())
            .env("FAULT_TIMES", fault.times.to_string());
    }

    /// The power goes: each file is as it was when it was last synced, or as it was when this value was made; what was never
    /// synced is not there. No program may run.
    pub fn power_cut(&self) {
        let folder = self.folder.path();
        for entry in std::fs::read_dir(&self.meant).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap();
            if !path.is_file() {
                continue;
            }
            let synced = folder.join("left").join(name);
            let before = folder.join("before").join(name);
            match [synced, before].into_iter().find(|kept| kept.exists()) {
                Some(kept) => drop(std::fs::copy(kept, &path).unwrap()),
                None => std::fs::remove_file(&path).unwrap(),
            }
        }
    }
}

/// Another place in a file, another kind of damage: what a failing disk or a careless hand does to bytes.
pub fn damage(bytes: &mut Vec<u8>, dice: &mut impl Rng) -> &'static str {
    let at = dice.random_range(0..bytes.len().max(1));
    match dice.random_range(0..5) {
        0 | 1 if !bytes.is_empty() => {
            bytes[at] ^= 1 << dice.random_range(0..8);
            "a bit"
        }
        2 if !bytes.is_empty() => {
            let end = (at + dice.random_range(1..5000)).min(bytes.len());
            bytes[at..end].fill(0);
            "a piece of zeros"
        }
        3 => {
            bytes.truncate(at);
            "cut off"
        }
        _ => {
            bytes.truncate(at);
            bytes.extend((0..700).map(|n: u16| n.to_le_bytes()[0]));
            "rubbish at its end"
        }
    }
}
