// SPDX-License-Identifier: EUPL-1.2
//! The file as the rest of the house sees it.

use crate::alone::Alone;
use crate::book::{self, Book};
use crate::connection::{self, Purpose};
use crate::entities::Entities;
use crate::settle::{self, Settled};
use crate::witness::Witness;
use crate::{DbKey, Identity, Reads, Result, StoreError, WriteTx, files, meta, migrate};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Connections that are kept open for reading.
const READERS: usize = 4;

/// The encrypted file of a desk. One writes at a time; any number read, each its own snapshot.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    key: DbKey,
    writer: Mutex<Writer>,
    readers: Mutex<Vec<Connection>>,
    /// What was told does not stand in every row yet.
    unsettled: AtomicBool,
}

#[derive(Debug)]
struct Writer {
    conn: Connection,
    /// What the last write left in memory. None after one was undone: it is read again.
    known: Option<(Book, Entities)>,
    /// Up to where this desk's records stand in the rows, as the file says it.
    settled: Settled,
    /// The same, as this program knows it.
    up_to: Settled,
    /// How large the file may grow, bytes.
    limit: Option<u64>,
    witness: Witness,
}

impl Store {
    /// Makes a new file for a desk.
    pub fn create(path: impl AsRef<Path>, key: &DbKey, identity: Identity) -> Result<Self> {
        let path = path.as_ref();
        let conn = connection::create(path, key)?;
        migrate::migrate(&conn)?;
        meta::set(&conn, meta::IDENTITY, &identity)?;
        meta::set(&conn, meta::FOLDED_WITH, &crate::verify::known_kinds())?;
        meta::set(&conn, meta::SETTLED, &Settled::default())?;
        files::sync_directory(path.parent())?;
        Witness::begin_anew(path)?;
        Self::around(path, key, conn)
    }

    /// Opens a desk's file, brings it to this program's schema, and folds what waited for this version.
    ///
    /// A file that has lost records which it once held is opened to be read: it is marked like one out of a backup, and what is
    /// left of its write-ahead log is kept beside it ([`Reads::lost_records`]).
    pub fn open(path: impl AsRef<Path>, key: &DbKey) -> Result<Self> {
        let path = path.as_ref();
        let conn = connection::open(path, key, Purpose::Write)?;
        let lost = notice_losses(path, &conn)?;
        migrate::migrate(&conn)?;
        let store = Self::around(path, key, conn)?;
        if lost > 0 {
            store.write(|tx| {
                tx.set_meta(meta::LOST, &lost)?;
                tx.set_restored()
            })?;
        }
        store.settle()?;
        store.fold_what_waited()?;
        connection::tidy_at_end(&store.writer().conn)?;
        Ok(store)
    }

    fn around(path: &Path, key: &DbKey, conn: Connection) -> Result<Self> {
        let book = Book::read(&conn)?;
        let settled = Settled::begin(&conn, &book)?;
        let unsettled = !settled.is_all(&book);
        let writer = Writer {
            conn,
            known: None,
            up_to: settled.clone(),
            settled,
            limit: None,
            witness: Witness::open(path)?,
        };
        Ok(Self {
            path: path.to_owned(),
            key: key.clone(),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            unsettled: AtomicBool::new(unsettled),
        })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn key(&self) -> &DbKey {
        &self.key
    }

    /// Whose file it is.
    pub fn identity(&self) -> Result<Identity> {
        self.read(|reads| reads.identity())
    }

    /// The one write door. What `f` writes is durable when this returns `Ok`; on `Err` nothing of it was written.
    ///
    /// Nothing that waits for somebody else (network, person, printer) belongs into `f`.
    pub fn write<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_and(false, f)
    }

    /// The same door for a person who waits: what `f` writes is durable when this returns; the rows that queries read follow before
    /// anything is read or written next (ADR 0027).
    pub fn write_told_first<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_and(true, f)
    }

    fn write_and<T, E: From<StoreError>>(
        &self,
        told_first: bool,
        f: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _alone = Alone::with(self);
        let mut guard = self.writer();
        let writer = &mut *guard;
        // A long write keeps nobody from reading: what was told before it is settled by itself.
        self.settle_with(writer)?;
        let (book, entities) = begin(writer)?;
        let mut tx = WriteTx::new(&writer.conn, book, entities);
        let written = match f(&mut tx) {
            Ok(value) => tx
                .finish(told_first)
                .and_then(|known| {
                    if !known.1.waits() {
                        Settled::move_on(&writer.conn, &mut writer.settled, &known.0)?;
                    }
                    writer.witness.lower(known.0.records())?;
                    commit(&writer.conn).map(|()| (value, known))
                })
                .map_err(E::from),
            Err(error) => Err(error),
        };
        match written {
            Ok((value, (book, entities))) => {
                writer.witness.say(book.records());
                self.unsettled.store(entities.waits(), Ordering::Release);
                if !entities.waits() {
                    writer.up_to = Settled::all(&book);
                }
                writer.known = Some((book, entities));
                Ok(value)
            }
            Err(error) => {
                undo(&writer.conn);
                Err(error)
            }
        }
    }

    /// Brings the rows that queries read up to date with what was told before.
    fn settle(&self) -> Result<()> {
        if !self.unsettled.load(Ordering::Acquire) {
            return Ok(());
        }
        self.settle_with(&mut self.writer())
    }

    /// Leaves nothing to be looked through when the file is opened again.
    fn settle_at_end(&self) -> Result<()> {
        let mut writer = self.writer();
        if writer.up_to != writer.settled {
            self.unsettled.store(true, Ordering::Release);
        }
        self.settle_with(&mut writer)
    }

    fn settle_with(&self, writer: &mut Writer) -> Result<()> {
        if !self.unsettled.load(Ordering::Acquire) {
            return Ok(());
        }
        let (book, mut entities) = begin(writer)?;
        let all = Settled::all(&book);
        let written = entities
            .write_back(&writer.conn)
            .and_then(|()| meta::set(&writer.conn, meta::SETTLED, &all))
            .and_then(|()| commit(&writer.conn));
        if let Err(error) = written {
            undo(&writer.conn);
            return Err(error);
        }
        entities.forget_many();
        (writer.up_to, writer.settled) = (all.clone(), all);
        writer.known = Some((book, entities));
        self.unsettled.store(false, Ordering::Release);
        Ok(())
    }

    /// A snapshot to read from: it stays as it is while others write.
    ///
    /// `f` does not come back to this file by another way than the one it is given: that would be another snapshot, and on a full
    /// disk would wait for itself.
    pub fn read<T, E: From<StoreError>>(&self, f: impl FnOnce(&Reads<'_>) -> Result<T, E>) -> Result<T, E> {
        let _alone = Alone::with(self);
        if let Err(error) = self.settle() {
            tracing::warn!(%error, "what was told last cannot be settled for now");
            return self.read_unsettled(f);
        }
        let conn = self.reader()?;
        conn.execute_batch("BEGIN").map_err(StoreError::from)?;
        let found = f(&Reads { conn: &conn });
        // A snapshot has nothing to lose: if it cannot be ended, the connection is dropped.
        if conn.execute_batch("COMMIT").is_ok() {
            let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
            if readers.len() < READERS {
                readers.push(conn);
            }
        }
        found
    }

    /// Reads while the disk has no room for the rows that follow from what was told: they are made for this reading alone and
    /// thrown away again. Nobody is shown less than what was told because a disk is full.
    fn read_unsettled<T, E: From<StoreError>>(
        &self,
        f: impl FnOnce(&Reads<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut guard = self.writer();
        let writer = &mut *guard;
        limit(&writer.conn, None)?;
        let found = begin(writer).map_err(E::from).and_then(|(_, mut entities)| {
            entities.write_back(&writer.conn)?;
            f(&Reads { conn: &writer.conn })
        });
        undo(&writer.conn);
        writer.known = None;
        limit(&writer.conn, writer.limit)?;
        found
    }

    /// Lets the file grow no larger than this, as a disk that is full would: for tests and the simulation. None lifts it.
    pub fn limit_size(&self, bytes: Option<u64>) -> Result<()> {
        let mut writer = self.writer();
        writer.limit = bytes;
        limit(&writer.conn, bytes)
    }

    /// Bytes that the file takes, without its write-ahead log.
    pub fn size(&self) -> Result<u64> {
        self.read(|reads| {
            let pages = reads
                .conn
                .query_row("PRAGMA page_count", [], |row| row.get::<_, i64>(0))?;
            Ok(pages.unsigned_abs() * connection::PAGE)
        })
    }

    fn reader(&self) -> Result<Connection> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.map_or_else(|| connection::open(&self.path, &self.key, Purpose::Read), Ok)
    }

    /// Closes the connections that are kept for reading: each may hold the file as it was.
    pub(crate) fn forget_readers(&self) {
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// Works on the file itself, outside of any transaction, while nobody writes.
    pub(crate) fn with_writer<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut writer = self.writer();
        self.settle_with(&mut writer)?;
        if !writer.conn.is_autocommit() {
            undo(&writer.conn);
        }
        f(&writer.conn)
    }

    /// A panic in the middle of a write poisons the lock; the write is undone before the next one begins.
    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Err(error) = self.settle_at_end() {
            tracing::debug!(%error, "what was told last is settled when the file is opened again");
        }
    }
}

/// Compares how many records there are with how many there should be; gives how many are missing. When some are, or when that
/// cannot be said, what is left of the write-ahead log is kept: before anything is written, because the next commit writes over
/// it.
fn notice_losses(path: &Path, conn: &Connection) -> Result<u64> {
    let said = Witness::open(path)?.said();
    let found = if migrate::version(conn)? == 0 {
        Err(StoreError::damaged("there are no tables in it"))
    } else {
        Reads { conn }.record_count()
    };
    if found.as_ref().is_ok_and(|found| *found >= said) {
        return Ok(0);
    }
    files::keep_write_ahead(path)?;
    let lost = said.saturating_sub(found?);
    tracing::error!(
        lost,
        "the file has lost records: it is read from and written to no more"
    );
    Ok(lost)
}

fn begin(writer: &mut Writer) -> Result<(Book, Entities)> {
    if !writer.conn.is_autocommit() {
        undo(&writer.conn);
        writer.known = None;
    }
    writer
        .conn
        .prepare_cached("BEGIN IMMEDIATE")
        .map_err(StoreError::from)?
        .execute([])?;
    let known = match writer.known.take() {
        Some((book, entities))
            if Ok(book.data_version) == book::data_version(&writer.conn).map_err(|_| ()) =>
        {
            Ok((book, entities))
        }
        // Another program wrote meanwhile; or a write was undone, and what stood in memory with it.
        _ => anew(writer),
    };
    known.inspect_err(|_| undo(&writer.conn))
}

/// Reads what a writer knows by heart, and has made what is missing in the rows of this desk's latest records.
fn anew(writer: &mut Writer) -> Result<(Book, Entities)> {
    let book = Book::read(&writer.conn)?;
    writer.settled = Settled::read(&writer.conn)?;
    let mut entities = Entities::default();
    settle::from_journal(&writer.conn, &book, &writer.up_to, &mut entities)?;
    Ok((book, entities))
}

fn limit(conn: &Connection, bytes: Option<u64>) -> Result<()> {
    let pages = bytes.map_or(0xffff_fffe, |bytes| (bytes / connection::PAGE).max(1));
    conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    Ok(())
}

fn commit(conn: &Connection) -> Result<()> {
    conn.prepare_cached("COMMIT")?.execute([])?;
    Ok(())
}

/// SQLite undoes by itself what it cannot go on with; then there is nothing left to undo.
fn undo(conn: &Connection) {
    if !conn.is_autocommit()
        && let Err(error) = conn.execute_batch("ROLLBACK")
    {
        tracing::error!(%error, "a write could not be undone");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use sportello_domain::ids::{DeskId, OfficeId};
    use uuid::Uuid;

    /// A file that gets shorter says so before it is: otherwise a power cut right after the commit would look like a loss, and
    /// stop the desk.
    #[test]
    fn a_commit_that_takes_records_out_is_announced_before_it_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.db");
        let identity = Identity {
            office: OfficeId(Uuid::from_u128(1)),
            desk: DeskId(Uuid::from_u128(2)),
        };
        let store = Store::create(&path, &DbKey::from_bytes([7; 32]), identity).unwrap();
        store.writer().witness.say(9);
        // It fails at its very end, with all that it wrote before.
        store
            .writer()
            .conn
            .execute_batch("PRAGMA foreign_keys = ON")
            .unwrap();
        let undone: Result<()> = store.write(|tx| {
            tx.conn.execute_batch(
                "CREATE TABLE one (id INTEGER PRIMARY KEY);
                 CREATE TABLE other (id REFERENCES one DEFERRABLE INITIALLY DEFERRED); INSERT INTO other VALUES (1)",
            )?;
            Ok(())
        });
        assert!(matches!(undone, Err(StoreError::Sql(_))), "{undone:?}");
        assert_eq!(Witness::open(&path).unwrap().said(), 0);
    }
}
