// SPDX-License-Identifier: EUPL-1.2
//! The programs of this project, run as a person runs them.

use std::path::PathBuf;

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
