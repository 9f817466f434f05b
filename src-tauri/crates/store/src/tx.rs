// SPDX-License-Identifier: EUPL-1.2
//! A write in progress.

use crate::book::Book;
use crate::done::Done;
use crate::entities::Entities;
use crate::place::Place;
use crate::{Identity, Reads, Result, StoreError, journal, sync_book};
use rusqlite::Connection;
use sportello_domain::event::{Event, NewEvent};
use sportello_domain::ids::{CommandId, OperatorId};
use sportello_domain::meta::{EntityRef, EventMeta, Topic};
use sportello_domain::state::Entity;
use sportello_domain::time::{Hlc, Timestamp};
use sportello_protocol::record::SALT_LEN;
use sportello_protocol::{Body, Head, Record, adopted};
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
    /// What is written stands after this.
    floor: Hlc,
    /// What the desk's clock says.
    pub(crate) time: Option<Timestamp>,
}

impl<'c> WriteTx<'c> {
    pub(crate) fn new(conn: &'c Connection, book: Book, entities: Entities) -> Self {
        Self {
            conn,
            book,
            entities,
            last: None,
            floor: Hlc::default(),
            time: None,
        }
    }

    /// Writes back what is in memory, but for what may wait when it is `told_first`; what is left to do is to commit. Gives what the next
    /// write may go on from.
    pub(crate) fn finish(mut self, told_first: bool) -> Result<(Book, Entities)> {
        if !(told_first && self.entities.may_wait()) {
            self.entities.write_back(self.conn)?;
        }
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

    /// Whether the office is known to have every record of an entity that is here: what it has accepted stays in its log for ever, while
    /// what came from a neighbour, or waits to be sent, may have to leave again.
    pub fn at_office(&mut self, entity: impl Into<EntityRef>) -> Result<bool> {
        let places = self.entities.places(self.conn, entity.into())?;
        for place in places.list() {
            let known = sync_book::acknowledged(self.conn, place.log())?;
            if known.is_none_or(|known| known.seq < place.seq()) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The reading of the clock that the next record about an entity will bear, when it is written now.
    pub fn next_clock(&mut self, now: Timestamp, entity: impl Into<EntityRef>) -> Result<Hlc> {
        let last = self.entities.last(self.conn, entity.into())?.max(self.floor);
        Ok(self.book.tick(now, last))
    }

    /// A reading that was told by other means than a record: what this write does stands after it, however far ahead it is, and what
    /// is said of the same things later stands after that.
    pub fn saw(&mut self, clock: Hlc) {
        self.floor = self.floor.max(clock);
    }

    /// What the desk's clock says, for readings that come in: one that is far ahead of it moves no clock.
    pub fn set_time(&mut self, now: Timestamp) {
        self.time = Some(now);
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
            let last = self.entities.last(self.conn, new.entity)?.max(self.floor);
            let hlc = self.book.tick(author.now, last);
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
            if let Event::RecordAdopted(_) = &new.event {
                match adopted::told(meta.clone(), new.event.clone()) {
                    Ok(told) => {
                        let event = told.event.as_ref();
                        self.entities.absorb(self.conn, place, &told.meta, event)?;
                    }
                    // Of a kind that this version does not know, and handed on all the same.
                    Err(error) => self.let_wait_for(place, &error, &head.kind, head.version)?,
                }
            } else {
                let kept = matches!(record.body, Body::Present(_));
                self.entities
                    .absorb(self.conn, place, &meta, kept.then_some(&new.event))?;
            }
            self.book.moved(log);
            self.book.saw(hlc, Some(author.now));
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
