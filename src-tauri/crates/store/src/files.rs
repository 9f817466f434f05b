// SPDX-License-Identifier: EUPL-1.2
//! Files: written whole or not at all, and never thrown away when damaged.

use crate::{Result, StoreError, witness};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes a file so that after a power cut it is the old one or the new one.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let directory = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_directory(Some(directory))
}

/// Makes names in a directory durable. Windows does this by itself and cannot be asked.
pub(crate) fn sync_directory(directory: Option<&Path>) -> Result<()> {
    if cfg!(unix) {
        let directory = directory
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        std::fs::File::open(directory)?.sync_all()?;
    }
    Ok(())
}

/// Copies a file and makes the copy durable.
pub(crate) fn copy_whole(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to)?;
    std::fs::File::options()
        .read(true)
        .write(true)
        .open(to)?
        .sync_all()?;
    Ok(())
}

/// A name with a suffix behind the extension: SQLite's own companions are named so.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Renames a damaged file, with its companions, so that a new one can take its place. It is never deleted.
///
/// Gives the new name. The file must not be open.
pub fn set_aside(path: impl AsRef<Path>) -> Result<PathBuf> {
    let path = path.as_ref();
    if !path.exists() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    let aside = free_name(path)?;
    for companion in ["-wal", "-shm", witness::SUFFIX] {
        let from = beside(path, companion);
        if from.exists() {
            std::fs::rename(&from, beside(&aside, companion))?;
        }
    }
    std::fs::rename(path, &aside)?;
    sync_directory(path.parent())?;
    Ok(aside)
}

/// Puts a file that was set aside back in its place, where no other may be by now.
pub fn put_back(aside: &Path, path: &Path) -> Result<()> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    for companion in ["-wal", "-shm", witness::SUFFIX] {
        let from = beside(aside, companion);
        if from.exists() {
            std::fs::rename(&from, beside(path, companion))?;
        }
    }
    std::fs::rename(aside, path)?;
    sync_directory(path.parent())
}

/// Keeps a copy of a database's write-ahead log beside it, if there is one: of a damaged one SQLite reads the beginning only,
/// and writes over the rest.
pub(crate) fn keep_write_ahead(path: &Path) -> Result<()> {
    let log = beside(path, "-wal");
    if log.metadata().is_ok_and(|facts| facts.len() > 0) {
        copy_whole(&log, &free_name(&log)?)?;
        sync_directory(path.parent())?;
    }
    Ok(())
}

/// A name beside a file under which it can be set aside.
fn free_name(path: &Path) -> Result<PathBuf> {
    let stamp = chrono::Utc::now().format("%Y%m%dT%H%M%SZ").to_string();
    (0..1000)
        .map(|n| {
            if n == 0 {
                format!(".aside-{stamp}")
            } else {
                format!(".aside-{stamp}-{n}")
            }
        })
        .map(|suffix| beside(path, &suffix))
        .find(|candidate| !candidate.exists())
        .ok_or_else(|| StoreError::Exists(path.to_owned()))
}
