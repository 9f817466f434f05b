// SPDX-License-Identifier: EUPL-1.2
//! The programs of this project, run as a person runs them.

use std::path::{Path, PathBuf};

/// Where a program of this project was built: in `SPORTELLO_BIN_DIR`, or beside the tests.
///
/// # Panics
/// When it was not built, saying how to.
pub fn program(name: &str, package: &str) -> PathBuf {
    let directory = std::env::var_os("SPORTELLO_BIN_DIR").map_or_else(
        || {
            // The test runs in `<target>/<profile>/deps`.
            let test = std::env::current_exe().unwrap();
            test.parent()
                .and_then(std::path::Path::parent)
                .unwrap()
                .to_owned()
        },
        PathBuf::from,
    );
    let path = directory
        .join(name)
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        path.is_file(),
        "{} is missing: run `cargo build -p {package}` first",
        path.display()
    );
    path
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
