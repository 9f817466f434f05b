// SPDX-License-Identifier: EUPL-1.2
//! Copies of a directory as it lies on the disk, its database open or not: what a power cut leaves, what a disk is cloned to,
//! what somebody puts back a week later.

use std::path::Path;

/// SQLite makes this one anew: it means nothing to whoever opens the copy.
const SHARED_MEMORY: &str = "-shm";

/// Copies a directory. Whoever writes to its databases meanwhile must be this very thread, and not just now.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else if !name.ends_with(SHARED_MEMORY) {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// Puts a copy in place of a directory. Nobody may have it open.
pub fn put(image: &Path, place: &Path) {
    std::fs::remove_dir_all(place).unwrap();
    copy(image, place);
}
