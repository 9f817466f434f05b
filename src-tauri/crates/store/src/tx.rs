// SPDX-License-Identifier: EUPL-1.2
//! A write in progress.

use crate::book::Book;
use crate::done::Done;
use crate::entities::Entities;
use crate::place::Place;
use crate::{Identity, Reads, Result, StoreError, journal};
use rusqlite::Connection;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CommandId, OperatorId};
use sportello_domain::meta::{EntityRef, EventMeta, Topic};
use sportello_domain::state::Entity;
use sportello_domain::time::{Hlc, Timestamp};
use sportello_protocol::record::SALT_LEN;
use sportello_protocol::{Body, Head, Record};
use uuid::Uuid;

/// Who writes, with which command, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    /// The operator.
    pub actor: OperatorId,
    /// The command that the events follow from.
    pub command: CommandId,
    /// The desk's clock.
    pub now: Timestamp,
}

/// A write in progress: all of it becomes durable, or none. What is read here is the state with everything written so far.
#[derive(Debug)]
pub struct WriteTx<'c> {
    pub(crate) conn: &'c Connection,
    pub(crate) book: Book,
    pub(crate) entities: Entities,
    /// The last record that was written here, with its command.
    last: Option<(CommandId, Place)>,
}

impl<'c> WriteTx<'c> {
    pub(crate) fn new(conn: &'c Connection, book: Book, entities: Entities) -> Self {
        Self {
            conn,
            book,
            entities,
            last: None,
        }
    }

    /// Writes back what is in memory; what is left to do is to commit. Gives what the next write may go on from.
    pub(crate) fn finish(mut self) -> Result<(Book, Entities)> {
        self.entities.write_back(self.conn)?;
        self.entities.forget_many();
        if self.book.done.is_full() {
            Done::list(&mut self.book, self.conn)?;
        }
        Ok((self.book, self.entities))
    }

    /// Whose file it is.
    pub fn identity(&self) -> Identity {
        self.book.identity
    }

    /// The state of an entity.
    pub fn state<S: Entity + Clone>(&mut self, id: impl Into<Uuid>) -> Result<Option<S>> {
        let state = self.entities.state(self.conn, EntityRef::new(S::KIND, id))?;
        Ok(state.and_then(S::of).cloned())
    }

    /// The topic whose logs speak of an entity; none while nothing was written of it.
    pub fn topic_of(&mut self, entity: impl Into<EntityRef>) -> Result<Option<Topic>> {
        self.entities.topic(self.conn, entity.into())
    }

    /// The reading of the clock that the next record written now will bear.
    pub fn next_clock(&self, now: Timestamp) -> Hlc {
        self.book.hlc.tick(now)
    }

    /// Moves the clock after a reading that was told by other means than a record: what is written from now on stands after it.
    /// It lasts with the next record.
    pub fn saw(&mut self, clock: Hlc) {
        self.book.saw(clock);
    }

    /// Everything that can be read, with what this write has done so far.
    pub fn reads(&mut self) -> Result<Reads<'_>> {
        self.entities.write_back(self.conn)?;
        Ok(Reads { conn: self.conn })
    }

    /// Writes facts of this desk: seals each into its log, folds the entity it concerns, and brings what queries read up to date.
    ///
    /// `salts` gives 16 random bytes for each. Refused with [`StoreError::Restored`] on a file that came out of a backup.
    pub fn append(
        &mut self,
        author: &Author,
        events: &[NewEvent],
        salts: &mut dyn FnMut() -> [u8; SALT_LEN],
    ) -> Result<Vec<EventMeta>> {
        if self.book.restored {
            return Err(StoreError::Restored);
        }
        let desk = self.book.identity.desk;
        let mut metas = Vec::with_capacity(events.len());
        for new in events {
            let mut log = self.book.open_log(self.conn, desk, new.topic)?;
            let hlc = self.book.hlc.tick(author.now);
            let head = Head {
                seq: log.seq + 1,
                hlc: hlc.0,
                at: author.now.0,
                kind: new.event.kind().to_owned(),
                version: new.event.version(),
                entity_kind: new.entity.kind.number(),
                entity: *new.entity.id.as_bytes(),
                actor: *author.actor.0.as_bytes(),
                command: *author.command.0.as_bytes(),
            };
            let sealed = Record::seal(&head, salts(), &new.event)?;
            let place = Place::new(log.id, head.seq);
            (log.seq, log.link) = (head.seq, sealed.link(log.link));
            // Nobody should write of somebody who was erased; what is written all the same is nothing but a head.
            let record = self.at_the_door(&log, head.seq, &sealed)?;
            journal::insert(self.conn, place, &record, log.link)?;
            let meta = head.meta(desk, new.topic)?;
            let kept = matches!(record.body, Body::Present(_));
            self.entities
                .absorb(self.conn, place, &meta, kept.then_some(&new.event))?;
            self.book.moved(log);
            self.book.hlc = hlc;
            self.last = Some((author.command, place));
            self.obey(&meta, &new.event)?;
            metas.push(meta);
        }
        if self.book.erasures {
            self.note_late(metas.iter().map(|meta| meta.entity))?;
        }
        Ok(metas)
    }

    /// What was answered to a command that was done already.
    pub fn was_done(&mut self, command: CommandId) -> Result<Option<String>> {
        self.book.done.answer(self.conn, command)
    }

    /// Marks a command as done, with what is answered to it: the same command again is the same act.
    pub fn mark_done(&mut self, command: CommandId, outcome: &str) -> Result<()> {
        let place = self.last.filter(|(by, _)| *by == command).map(|(_, place)| place);
        self.book.done.mark(self.conn, command, place, outcome)
    }

    /// Erases one record's body: its head and hash stay, so the chain still verifies. The entity that it concerned is folded anew
    /// without it. True when there was a body. Orders do this by themselves (see [`crate::erasure`]).
    pub fn erase(&mut self, log: &sportello_protocol::wire::LogName, seq: u64) -> Result<bool> {
        let Some(known) = self.book.log(log.desk_id(), crate::book::topic_of(log)?) else {
            return Ok(false);
        };
        self.erase_at(Place::new(known.id, seq), false)
    }
}
