// SPDX-License-Identifier: EUPL-1.2
//! Commands that were done, so that a double click, or a request asked again after a break, is the same act.
//!
//! The answer stands beside the command's last record, in a page that is written anyhow. Finding it by the command's
//! identifier takes an index; to touch a page of it at each command would make each command dearer, so the latest are known by
//! heart, and `command` is brought up to date once in some hundred of them. What is known by heart follows from the journal.

use crate::book::{Book, blob};
use crate::place::Place;
use crate::{Reads, Result};
use rusqlite::{Connection, OptionalExtension};
use sportello_domain::ids::CommandId;
use sportello_protocol::Head;
use std::collections::HashMap;
use uuid::Uuid;

/// So many commands are known by heart before they are written into their table.
const BY_HEART: usize = 256;

/// The latest commands of this desk that wrote records, each with the place of its last one.
#[derive(Debug, Default)]
pub(crate) struct Done {
    latest: HashMap<CommandId, Place>,
}

impl Reads<'_> {
    /// What was answered to a command that was done already, where nothing can be written: on a full disk. Where one can,
    /// [`crate::WriteTx::was_done`] knows it without looking.
    pub fn was_done(&self, command: CommandId) -> Result<Option<String>> {
        Book::read(self.conn)?.done.answer(self.conn, command)
    }
}

impl Done {
    /// Learns the commands of one of this desk's logs that do not stand in the table yet.
    pub fn learn(&mut self, conn: &Connection, log: i64) -> Result<()> {
        let listed: i64 = conn
            .prepare_cached("SELECT listed FROM log WHERE id = ?1")?
            .query_row([log], |row| row.get(0))?;
        let mut statement = conn.prepare_cached(
            "SELECT place, head FROM journal WHERE place > ?1 AND place < ?2 AND answer IS NOT NULL",
        )?;
        let mut rows =
            statement.query((Place::new(log, listed.unsigned_abs()).0, Place::new(log + 1, 0).0))?;
        while let Some(row) = rows.next()? {
            let head = Head::from_bytes(row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
            let command = CommandId(Uuid::from_bytes(head.command));
            self.latest.insert(command, Place(row.get(0)?));
        }
        Ok(())
    }

    /// What was answered to a command that was done already.
    pub fn answer(&self, conn: &Connection, command: CommandId) -> Result<Option<String>> {
        let found = match self.latest.get(&command) {
            Some(place) => conn
                .prepare_cached("SELECT answer FROM journal WHERE place = ?1")?
                .query_row([place.0], |row| row.get(0))
                .optional()?,
            None => conn
                .prepare_cached(
                    "SELECT coalesce(c.answer, j.answer) FROM command c LEFT JOIN journal j ON j.place = c.place WHERE c.id = ?1",
                )?
                .query_row([blob(&command.0)], |row| row.get(0))
                .optional()?,
        };
        Ok(found.flatten())
    }

    /// Marks a command as done: `place` is that of its last record, none when it wrote none.
    pub fn mark(
        &mut self,
        conn: &Connection,
        command: CommandId,
        place: Option<Place>,
        answer: &str,
    ) -> Result<()> {
        if let Some(place) = place {
            conn.prepare_cached("UPDATE journal SET answer = ?2 WHERE place = ?1")?
                .execute((place.0, answer))?;
            self.latest.insert(command, place);
        } else {
            conn.prepare_cached("INSERT INTO command (id, answer) VALUES (?1, ?2)")?
                .execute((blob(&command.0), answer))?;
        }
        Ok(())
    }

    /// True when it is time to write into the table what is known by heart.
    pub fn is_full(&self) -> bool {
        self.latest.len() >= BY_HEART
    }

    /// Writes into the table what is known by heart.
    pub fn list(book: &mut Book, conn: &Connection) -> Result<()> {
        let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO command (id, place) VALUES (?1, ?2)")?;
        for (command, place) in book.done.latest.drain() {
            insert.execute((blob(&command.0), place.0))?;
        }
        let mut mark = conn.prepare_cached("UPDATE log SET listed = ?2 WHERE id = ?1")?;
        for log in book.own_logs() {
            mark.execute((log.id, log.seq.cast_signed()))?;
        }
        Ok(())
    }
}
