// SPDX-License-Identifier: EUPL-1.2
//! Rows that queries read, brought up to date after a command was told as done (ADR 0027).
//!
//! What a command wrote into the journal is durable, and everything else in the file follows from it. So a person need not wait until it does:
//! the rows follow before anything is read or written next. If the power is cut in between, they are made from the journal when the
//! file is opened, or by another program that works on it: [`Settled`] says from where on.

use crate::book::Book;
use crate::entities::Entities;
use crate::place::Place;
use crate::{Result, journal, meta, told};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sportello_domain::meta::EntityRef;
use sportello_protocol::Head;
use std::collections::BTreeMap;

/// Records of this desk after which the mark is moved on, where nothing else moves it: so many are looked through at the most when
/// the file is opened after a power cut.
const APART: u64 = 1000;

/// Up to where each of this desk's logs (by number) is known to stand in the rows that queries read. It may say less than is true.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settled(BTreeMap<i64, u64>);

impl Settled {
    /// What the file says.
    pub fn read(conn: &Connection) -> Result<Self> {
        Ok(meta::get(conn, meta::SETTLED)?.unwrap_or_default())
    }

    /// What the file says when it is opened. One that says nothing was written by a program that did everything at once: from now on it
    /// says so.
    pub fn begin(conn: &Connection, book: &Book) -> Result<Self> {
        if let Some(said) = meta::get(conn, meta::SETTLED)? {
            return Ok(said);
        }
        let all = Self::all(book);
        meta::set(conn, meta::SETTLED, &all)?;
        Ok(all)
    }

    /// Everything that is there.
    pub fn all(book: &Book) -> Self {
        Self(book.own_logs().map(|log| (log.id, log.seq)).collect())
    }

    /// Whether there is nothing behind it.
    pub fn is_all(&self, book: &Book) -> bool {
        *self == Self::all(book)
    }

    /// Says in the file that everything is settled, if what it says has to be put right, or is too far behind.
    pub fn move_on(conn: &Connection, said: &mut Self, book: &Book) -> Result<()> {
        let all = Self::all(book);
        let behind = all
            .0
            .iter()
            .any(|(log, seq)| seq.saturating_sub(said.of(*log)) >= APART);
        // A log can get shorter: what a revoked desk wrote late leaves it.
        let ahead = said
            .0
            .iter()
            .any(|(log, seq)| all.0.get(log).is_some_and(|now| now < seq));
        if behind || ahead {
            *said = all;
            meta::set(conn, meta::SETTLED, said)?;
        }
        Ok(())
    }

    fn of(&self, log: i64) -> u64 {
        self.0.get(&log).copied().unwrap_or(0)
    }
}

/// Has every entity folded anew that a record of this desk behind the mark speaks of and whose rows do not know of it.
pub(crate) fn from_journal(
    conn: &Connection,
    book: &Book,
    settled: &Settled,
    entities: &mut Entities,
) -> Result<()> {
    let mut behind: Vec<(Place, EntityRef)> = Vec::new();
    for log in book.own_logs() {
        let from = settled.of(log.id) + 1;
        if from > log.seq {
            continue;
        }
        journal::walk(conn, log.id, from, |seq, _, record| {
            // What cannot be read, or is not known to this version, was listed as waiting by the write that brought it.
            if let Ok(head) = Head::from_bytes(&record.head)
                && let Ok(told) = told::read(conn, &head, &record, log.desk, log.topic)?
            {
                behind.push((Place::new(log.id, seq), told.meta.entity));
            }
            Ok(true)
        })?;
    }
    for (place, entity) in behind {
        if !entities.places(conn, entity)?.list().contains(&place) {
            entities.fold_anew_with(conn, entity, Some(place))?;
        }
    }
    entities.write_back(conn)
}
