// SPDX-License-Identifier: EUPL-1.2
//! Backups: encrypted with the same key, with the key slots beside them, each tried as soon as it is made, kept in turn.
//!
//! A backup is a directory `sportello-<time>` with the file and its slots: it can be restored by itself. It appears under its
//! name only when it is whole and was read back.

use crate::connection::{self, Purpose};
use crate::files::{self, beside};
use crate::keys::KeyRing;
use crate::queries::Reads;
use crate::witness::Witness;
use crate::{DbKey, LogHead, Result, Store, StoreError, meta};
use chrono::{DateTime, Datelike, NaiveDateTime, Utc};
use rusqlite::Connection;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Name of the desk's file.
pub const FILE: &str = "desk.db";
/// Name of the directory of key slots.
pub const KEYS: &str = "keys";
const PREFIX: &str = "sportello-";
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// Which backups are kept: the last one of each of so many days, and of each of so many weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepPolicy {
    /// Days (UTC) of which the last backup is kept.
    pub daily: usize,
    /// Weeks (ISO 8601) of which the last backup is kept.
    pub weekly: usize,
}

impl Default for KeepPolicy {
    fn default() -> Self {
        Self { daily: 7, weekly: 4 }
    }
}

/// A backup that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its directory.
    pub path: PathBuf,
    /// When it was made.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Makes a backup in `directory`, tries it, and lets those go that `keep` does not keep. `keys` are the slots to go with it.
    ///
    /// Others may read and write meanwhile: the backup is the file as it was when it began.
    pub fn backup(
        &self,
        directory: &Path,
        keys: &KeyRing,
        now: DateTime<Utc>,
        keep: KeepPolicy,
    ) -> Result<Backup> {
        std::fs::create_dir_all(directory)?;
        let path = directory.join(format!("{PREFIX}{}", now.format(STAMP)));
        if path.exists() {
            return Err(StoreError::Exists(path));
        }
        let making = tempfile::Builder::new()
            .prefix(".making-")
            .tempdir_in(directory)?;
        let file = making.path().join(FILE);
        let heads = self.copy_into(&file)?;
        keys.copy_to(&making.path().join(KEYS))?;
        try_out(&file, self.key(), &heads)?;
        std::fs::File::options()
            .read(true)
            .write(true)
            .open(&file)?
            .sync_all()?;
        files::sync_directory(Some(making.path()))?;
        // From here on it is not thrown away any more.
        let made = making.keep();
        std::fs::rename(&made, &path)?;
        files::sync_directory(Some(directory))?;
        let done = Backup { path, at: now };
        for old in let_go(&list(directory)?, keep) {
            if old.path != done.path {
                std::fs::remove_dir_all(&old.path)?;
            }
        }
        Ok(done)
    }

    /// Copies the file page by page, all in one snapshot; gives the heads that the copy must have.
    fn copy_into(&self, file: &Path) -> Result<Vec<LogHead>> {
        let source = connection::open(self.path(), self.key(), Purpose::Read)?;
        let mut copy = connection::create(file, self.key())?;
        // A snapshot is held over both, so that the heads are those of the copy.
        source.execute_batch("BEGIN")?;
        let heads = Reads { conn: &source }.heads()?;
        rusqlite::backup::Backup::new(&source, &mut copy)?.run_to_completion(
            i32::MAX,
            std::time::Duration::ZERO,
            None,
        )?;
        source.execute_batch("COMMIT")?;
        one_file(&copy)?;
        Ok(heads)
    }
}

/// A copy is one file: no write-ahead log beside it.
fn one_file(conn: &Connection) -> Result<()> {
    let mode: String = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode == "delete" {
        Ok(())
    } else {
        Err(StoreError::Busy)
    }
}

/// Opens a copy as somebody would who needs it: every page authenticated, every table sound, every log as it was.
fn try_out(file: &Path, key: &DbKey, heads: &[LogHead]) -> Result<()> {
    let conn = connection::open(file, key, Purpose::Copy)?;
    check_pages(&conn)?;
    let reads = Reads { conn: &conn };
    if reads.heads()? != heads {
        return Err(StoreError::damaged("the copy does not hold the same records"));
    }
    for log in reads.verify_chains()? {
        if let Some(seq) = log.broken_at {
            return Err(StoreError::damaged(format!(
                "record {seq} of a log does not follow from the one before"
            )));
        }
    }
    Ok(())
}

/// Every page authenticated, every table sound.
pub(crate) fn check_pages(conn: &Connection) -> Result<()> {
    for check in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
        let mut statement = conn.prepare(check)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let found: String = row.get(0)?;
            if found != "ok" {
                return Err(StoreError::damaged(found));
            }
        }
    }
    Ok(())
}

/// The backups in a directory, the latest first.
pub fn list(directory: &Path) -> Result<Vec<Backup>> {
    let entries = match std::fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let at = name
            .strip_prefix(PREFIX)
            .and_then(|stamp| NaiveDateTime::parse_from_str(stamp, STAMP).ok());
        if let Some(at) = at {
            backups.push(Backup {
                path: entry.path(),
                at: at.and_utc(),
            });
        }
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.at));
    Ok(backups)
}

/// Those of `all` (the latest first) that are not kept.
fn let_go(all: &[Backup], keep: KeepPolicy) -> Vec<Backup> {
    let (mut days, mut weeks) = (HashSet::new(), HashSet::new());
    all.iter()
        .filter(|backup| {
            let (day, week) = (backup.at.date_naive(), backup.at.iso_week());
            let daily = (days.len() < keep.daily || days.contains(&day)) && days.insert(day);
            let weekly = (weeks.len() < keep.weekly || weeks.contains(&(week.year(), week.week())))
                && weeks.insert((week.year(), week.week()));
            !(daily || weekly)
        })
        .cloned()
        .collect()
}

/// Puts a backup in place as a desk's file: into `directory`, which must not hold one (see [`crate::set_aside`]).
///
/// The backup stays. The file in place is marked as restored: it refuses to write under its old identity, because what that
/// desk wrote after the backup may live elsewhere, until [`crate::WriteTx::set_identity`] gives it another.
pub fn restore(backup: &Path, directory: &Path, key: &DbKey) -> Result<Store> {
    let (from, to) = (backup.join(FILE), directory.join(FILE));
    if !from.exists() {
        return Err(StoreError::Missing(from));
    }
    if to.exists() {
        return Err(StoreError::Exists(to));
    }
    // SQLite would play a write-ahead log that was left behind into whatever file stands beside it.
    for companion in ["-wal", "-shm"] {
        let stale = beside(&to, companion);
        if stale.exists() {
            return Err(StoreError::Exists(stale));
        }
    }
    std::fs::create_dir_all(directory)?;
    let making = tempfile::Builder::new()
        .prefix(".restoring-")
        .tempdir_in(directory)?;
    let file = making.path().join(FILE);
    files::copy_whole(&from, &file)?;
    {
        let conn = connection::open(&file, key, Purpose::Copy)?;
        check_pages(&conn)?;
        meta::set(&conn, meta::RESTORED, &true)?;
    }
    if !directory.join(KEYS).exists() {
        KeyRing::new(backup.join(KEYS)).copy_to(&directory.join(KEYS))?;
    }
    std::fs::rename(&file, &to)?;
    Witness::begin_anew(&to)?;
    files::sync_directory(Some(directory))?;
    Store::open(&to, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_last_of_each_day_and_week_is_kept() {
        let at = |day: u32, hour: u32| Backup {
            path: PathBuf::from(format!("{day}-{hour}")),
            at: Utc.with_ymd_and_hms(2021, 1, day, hour, 0, 0).unwrap(),
        };
        // Two a day for the whole of January, the latest first.
        let all: Vec<Backup> = (1..=31).rev().flat_map(|day| [at(day, 18), at(day, 9)]).collect();
        let gone: HashSet<PathBuf> = let_go(&all, KeepPolicy { daily: 3, weekly: 3 })
            .into_iter()
            .map(|b| b.path)
            .collect();
        let kept: Vec<&str> = all
            .iter()
            .filter(|b| !gone.contains(&b.path))
            .map(|b| b.path.to_str().unwrap())
            .collect();
        // 31 January 2021 is a Sunday: the weeks before end on the 24th and the 17th.
        assert_eq!(kept, ["31-18", "30-18", "29-18", "24-18", "17-18"]);
    }

    #[test]
    fn nothing_is_let_go_while_there_are_few() {
        let one = Backup {
            path: "a".into(),
            at: Utc.with_ymd_and_hms(2021, 1, 4, 9, 0, 0).unwrap(),
        };
        assert_eq!(let_go(&[one], KeepPolicy::default()), vec![]);
    }
}
