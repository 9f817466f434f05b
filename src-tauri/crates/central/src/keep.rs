// SPDX-License-Identifier: EUPL-1.2
//! Backup, restoring, and moving the database to a server.
//!
//! A backup is an SQLite file with the same tables, whichever database the centre has: it can be restored into either, and
//! read with SQLite's own tools in many years. The office's key is not in it.

use crate::copy::{CopyReport, compare, copy};
use crate::database::{Database, FILE, MOVED, Server};
use crate::error::CentralError;
use crate::key_file;
use crate::office::{Central, Office};
use crate::postgres::PostgresVault;
use crate::sqlite::SqliteVault;
use crate::vault::Vault;
use std::path::{Path, PathBuf};

impl Central {
    /// Writes a backup into a new file, while desks are served. What desks hand over meanwhile may or may not be in it; each
    /// log is whole up to where the backup has it.
    pub fn backup(&self, file: &Path) -> Result<CopyReport, CentralError> {
        if file.exists() {
            return Err(CentralError::FileExists(file.to_owned()));
        }
        let office = self.office()?;
        let part = beside(file, ".part");
        // Left by a backup that was broken off, and worth nothing.
        for rest in [
            part.clone(),
            beside(&part, "-wal"),
            beside(&part, "-shm"),
            beside(&part, "-journal"),
        ] {
            remove(&rest)?;
        }
        key_file::create_private(&part)?;
        let vault = SqliteVault::open_new(&part)?;
        let report = copy(self.vault(), &vault, &office)?;
        vault.seal()?;
        rename(&part, file)?;
        tracing::info!(records = report.verified.records, "backup written");
        Ok(report)
    }

    /// Puts a backup back: into a folder where the office's key lies, and a database without an office. Where it was broken
    /// off, it goes on.
    pub fn restore(folder: &Path, database: &Database, file: &Path) -> Result<CopyReport, CentralError> {
        let from = SqliteVault::open_backup(file)?;
        let office = office_of(&from, folder)?;
        let to = database.open(folder)?;
        if let Some(there) = to.office()? {
            return Err(CentralError::OfficeExists(there.name));
        }
        let report = copy(&from, to.as_ref(), &office)?;
        tracing::info!(records = report.verified.records, "backup restored");
        Ok(report)
    }

    /// Moves the database from the file in the folder to a server. Nobody may serve from the file meanwhile; afterwards it
    /// stands beside under another name. Where it was broken off, it goes on; done again, it finds that all is there.
    pub fn migrate(folder: &Path, server: &Server) -> Result<CopyReport, CentralError> {
        let (file, moved) = (folder.join(FILE), folder.join(MOVED));
        if !file.is_file() && moved.is_file() {
            // Done before. The server has gone on since: that it has at least what the file has is all there is to see.
            let from = SqliteVault::open_backup(&moved)?;
            return compare(&from, &PostgresVault::open(server)?, &office_of(&from, folder)?);
        }
        if !file.is_file() {
            return Err(CentralError::NoOffice);
        }
        let from = SqliteVault::open_alone(&file)?;
        let office = office_of(&from, folder)?;
        let to = PostgresVault::open(server)?;
        let report = copy(&from, &to, &office)?;
        from.seal()?;
        rename(&file, &moved)?;
        tracing::info!(records = report.verified.records, "database moved to the server");
        Ok(report)
    }
}

/// The office of a vault, with the key in a folder.
fn office_of(vault: &dyn Vault, folder: &Path) -> Result<Office, CentralError> {
    let row = vault.office()?.ok_or(CentralError::NoOffice)?;
    let path = key_file::path(folder);
    let key = key_file::read(&path)?.ok_or(CentralError::NoKey(path))?;
    Ok(Office { row, key })
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove(file: &Path) -> Result<(), CentralError> {
    match std::fs::remove_file(file) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(CentralError::File {
            path: file.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Gives a file its name, durably.
fn rename(from: &Path, to: &Path) -> Result<(), CentralError> {
    let wrap = |source| CentralError::File {
        path: to.to_owned(),
        source,
    };
    std::fs::rename(from, to).map_err(wrap)?;
    key_file::sync_folder(to)
}
