// SPDX-License-Identifier: EUPL-1.2
//! Erasure by order: bodies go, heads and chain stay, and what remains of a fact is folded in its place.
//!
//! An order is put in force when its record is written or comes in: what it names and is here is erased in that same
//! transaction. What it names and is not here yet, or comes again from somewhere that still has it (a stick, a backup, a desk
//! that was away), is erased at the door, before it is written. [`scrub`] takes care of what SQLite leaves behind.

mod plan;
mod scrub;

pub use plan::Erasable;

use crate::book::{Log, blob};
use crate::place::{Place, Places};
use crate::{Reads, Result, StoreError, WriteTx, book, journal, meta};
use rusqlite::{Connection, OptionalExtension};
use sportello_domain::erasure::{BodyMark, ErasedRecord, Erasure, ErasureListed};
use sportello_domain::event::Event;
use sportello_domain::exceptions::CaseAbout;
use sportello_domain::ids::{DeskId, ErasureId, HouseholdId};
use sportello_domain::meta::{EntityKind, EntityRef, EventMeta, Topic};
use sportello_domain::state::State;
use sportello_protocol::wire::LogName;
use sportello_protocol::{Body, Head, Record, RecordError};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use uuid::Uuid;

/// Set while the file, or a backup of it, may still hold what was erased from its tables.
pub(crate) const SCRUB: &str = "erasure_scrub";
/// Set while backups that were made before an erasure may lie about.
pub(crate) const BACKUPS: &str = "erasure_backups";

/// Whether any order is known here: most files have none, and need not look for any.
pub(crate) fn any(conn: &Connection) -> Result<bool> {
    Ok(conn
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM erased_household) OR EXISTS (SELECT 1 FROM erased_record)",
        )?
        .query_row([], |row| row.get(0))?)
}

fn is_household(conn: &Connection, entity_kind: u8, id: &[u8]) -> Result<bool> {
    if entity_kind != EntityKind::Household.number() {
        return Ok(false);
    }
    Ok(conn
        .prepare_cached("SELECT 1 FROM erased_household WHERE id = ?1")?
        .query_row([id], |_| Ok(()))
        .optional()?
        .is_some())
}

/// A record that an order names, with what remains of it, if anything does.
struct Named {
    remains: Option<String>,
}

/// What an order says of a record; none when none names it. Of a log that was copied another record may stand at the same place: an
/// order that says which body it means does not mean that one.
fn named(conn: &Connection, desk: DeskId, topic: &str, seq: u64, body: &Body) -> Result<Option<Named>> {
    let mut statement = conn.prepare_cached(
        "SELECT body, remains FROM erased_record WHERE desk = ?1 AND topic = ?2 AND seq = ?3 ORDER BY body DESC",
    )?;
    let mut rows = statement.query((blob(&desk.0), topic, seq.cast_signed()))?;
    let (mut mark, mut found) = (None, None);
    while let Some(row) = rows.next()? {
        let of: Vec<u8> = row.get(0)?;
        let mark = mark.get_or_insert_with(|| BodyMark::of(&body.fingerprint().0));
        if !of.is_empty() && of != mark.0 {
            continue;
        }
        let remains: Option<String> = row.get(1)?;
        // Of two orders that name it the one holds that leaves something of it, and the more exact one first.
        match &mut found {
            None => found = Some(Named { remains }),
            Some(Named { remains: kept }) if kept.is_none() => *kept = remains,
            Some(_) => {}
        }
    }
    Ok(found)
}

/// Whether an order, by name or by household, has this record's body erased.
pub(crate) fn is_ordered(conn: &Connection, name: &LogName, head: &Head, body: &Body) -> Result<bool> {
    Ok(is_household(conn, head.entity_kind, &head.entity)?
        || named(conn, name.desk_id(), &name.topic, head.seq, body)?.is_some())
}

/// A record's event: where its body was erased, what remains of it.
pub(crate) fn event_of(
    conn: &Connection,
    desk: DeskId,
    topic: Topic,
    record: &Record,
    head: &Head,
) -> Result<Result<Event, RecordError>> {
    match record.event(head) {
        Err(RecordError::Erased) => {
            Ok(remains(conn, desk, topic, head, &record.body)?.unwrap_or(Err(RecordError::Erased)))
        }
        read => Ok(read),
    }
}

/// What an order leaves of a record whose body is erased, to be folded instead.
pub(crate) fn remains(
    conn: &Connection,
    desk: DeskId,
    topic: Topic,
    head: &Head,
    body: &Body,
) -> Result<Option<Result<Event, RecordError>>> {
    let named = named(conn, desk, &topic.to_string(), head.seq, body)?;
    let left = named.and_then(|named| named.remains);
    Ok(left.map(|json| Event::decode(&head.kind, head.version, json.as_bytes()).map_err(RecordError::from)))
}

/// The same record without its body.
pub(crate) fn bare(record: &Record) -> Record {
    let (hash, len) = record.body.fingerprint();
    Record {
        head: record.head.clone(),
        body: Body::Erased { hash, len },
    }
}

impl WriteTx<'_> {
    /// A record on its way into the journal, without its body when an order says so.
    pub(crate) fn at_the_door<'r>(&self, log: &Log, seq: u64, record: &'r Record) -> Result<Cow<'r, Record>> {
        if !self.book.erasures || matches!(record.body, Body::Erased { .. }) {
            return Ok(Cow::Borrowed(record));
        }
        let Ok(head) = Head::from_bytes(&record.head) else {
            return Ok(Cow::Borrowed(record));
        };
        let ordered = is_household(self.conn, head.entity_kind, &head.entity)?
            || named(self.conn, log.desk, &log.topic.to_string(), seq, &record.body)?.is_some();
        Ok(if ordered {
            Cow::Owned(bare(record))
        } else {
            Cow::Borrowed(record)
        })
    }

    /// Puts an order in force, when a record is a part of one.
    pub(crate) fn obey(&mut self, meta: &EventMeta, event: &Event) -> Result<()> {
        let Event::ErasureListed(listed) = event else {
            return Ok(());
        };
        self.obey_list(meta, listed)
    }

    pub(crate) fn obey_list(&mut self, meta: &EventMeta, listed: &ErasureListed) -> Result<()> {
        // Only the office's topic: the centre takes it from desks where supervisors sit, and from no others.
        if meta.topic != Topic::Office {
            return Ok(());
        }
        // What is written over from here on is written over with zeros.
        self.conn.execute_batch("PRAGMA secure_delete = ON")?;
        self.book.erasures = true;
        enter(self.conn, meta, listed)?;
        self.erase_households(&listed.households)?;
        for named in &listed.records {
            let known = self.book.log(named.desk, named.topic);
            if let Some(log) = known.filter(|log| named.seq > 0 && named.seq <= log.seq) {
                let place = Place::new(log.id, named.seq);
                let here = journal::get(self.conn, place)?;
                if here.is_some_and(|record| named.means(&record.body.fingerprint().0)) {
                    self.erase_at(place, named.remains.is_some())?;
                }
            }
            self.erase_branch(named)?;
        }
        meta::set(self.conn, SCRUB, &true)?;
        meta::set(self.conn, BACKUPS, &true)
    }

    fn erase_households(&mut self, households: &[HouseholdId]) -> Result<()> {
        if households.is_empty() {
            return Ok(());
        }
        for household in households {
            for place in self.entities.places(self.conn, (*household).into())?.list() {
                self.erase_at(place, false)?;
            }
            let drafts =
                "DELETE FROM draft WHERE entitlement IN (SELECT id FROM entitlement WHERE household = ?1)";
            self.conn.prepare_cached(drafts)?.execute([blob(&household.0)])?;
        }
        // Few files have any of these: records that wait for an update, other branches of a log.
        let ids: HashSet<[u8; 16]> = households.iter().map(|id| *id.0.as_bytes()).collect();
        let concerned = |head: &[u8]| {
            Head::from_bytes(head).is_ok_and(|head| {
                head.entity_kind == EntityKind::Household.number() && ids.contains(&head.entity)
            })
        };
        let waiting = self.heads_where(
            "SELECT u.place, 0, j.head FROM unprojected u JOIN journal j ON j.place = u.place",
            concerned,
        )?;
        for (place, _) in waiting {
            self.erase_at(Place(place), false)?;
        }
        for (log, seq) in self.heads_where(
            "SELECT log, seq, head FROM fork WHERE body IS NOT NULL",
            concerned,
        )? {
            erase_fork(self.conn, log, seq, None)?;
        }
        Ok(())
    }

    fn heads_where(&self, sql: &str, concerned: impl Fn(&[u8]) -> bool) -> Result<Vec<(i64, i64)>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            if concerned(row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?) {
                found.push((row.get(0)?, row.get(1)?));
            }
        }
        Ok(found)
    }

    fn erase_branch(&self, named: &ErasedRecord) -> Result<()> {
        match self.book.log(named.desk, named.topic) {
            Some(log) => erase_fork(self.conn, log.id, named.seq.cast_signed(), Some(named)),
            None => Ok(()),
        }
    }

    /// Takes a record's body away, and has its entity folded anew: without it, or from what remains. True when there was a body.
    pub(crate) fn erase_at(&mut self, place: Place, remains: bool) -> Result<bool> {
        let Some(record) = journal::get(self.conn, place)? else {
            return Ok(false);
        };
        let present = matches!(record.body, Body::Present(_));
        if !present && !remains {
            return Ok(false);
        }
        if present {
            if let Ok(head) = Head::from_bytes(&record.head)
                && let Some(kind) = EntityKind::from_number(head.entity_kind)
            {
                let entity = EntityRef::new(kind, Uuid::from_bytes(head.entity));
                self.entities.will_lose(self.conn, entity)?;
            }
            let (_, erased) = journal::columns(&bare(&record).body);
            // What was answered to a command may say how to undo it: what stood there before.
            self.conn
                .prepare_cached(
                    "UPDATE journal SET body = NULL, erased = ?2, answer = json_remove(answer, '$.undo') WHERE place = ?1",
                )?
                .execute((place.0, erased))?;
        }
        let Ok(head) = Head::from_bytes(&record.head) else {
            return Ok(present);
        };
        let Some(kind) = EntityKind::from_number(head.entity_kind) else {
            return Ok(present);
        };
        // What waited unread was not among the entity's records yet.
        let waited = self
            .conn
            .prepare_cached("DELETE FROM unprojected WHERE place = ?1")?
            .execute([place.0])?
            > 0;
        let entity = EntityRef::new(kind, Uuid::from_bytes(head.entity));
        let name = book::name_of(self.conn, place)?;
        let left = event_of(
            self.conn,
            name.desk_id(),
            book::topic_of(&name)?,
            &bare(&record),
            &head,
        )?;
        if let Err(error @ RecordError::Event(_)) = left {
            // What remains is of a kind that this version does not know: it waits as the record did.
            self.let_wait_for(place, &error, &head.kind, head.version)?;
            return Ok(present);
        }
        self.entities
            .fold_anew_with(self.conn, entity, waited.then_some(place))?;
        Ok(present)
    }

    /// Notes things of erased households about which something was written after the order, where this desk gave it.
    pub(crate) fn note_late(&mut self, touched: impl Iterator<Item = EntityRef>) -> Result<()> {
        let touched: BTreeSet<EntityRef> = touched
            .filter(|entity| {
                matches!(
                    entity.kind,
                    EntityKind::Entitlement | EntityKind::Appointment | EntityKind::Case
                )
            })
            .collect();
        for entity in touched {
            let (households, right) = match self.entities.state(self.conn, entity)? {
                Some(State::Entitlement(entitlement)) => (vec![entitlement.household], None),
                Some(State::Appointment(appointment)) => (appointment.household.into_iter().collect(), None),
                Some(State::Case(case)) => match &case.matter.about {
                    CaseAbout::Delivery { entitlement, .. } | CaseAbout::Entitlement { entitlement } => {
                        (Vec::new(), Some(*entitlement))
                    }
                    CaseAbout::Appointments { household, .. } => (vec![*household], None),
                    CaseAbout::Households { first, second } => (vec![*first, *second], None),
                    _ => continue,
                },
                _ => continue,
            };
            let of_right = match right {
                Some(right) => match self.entities.state(self.conn, right.into())? {
                    Some(State::Entitlement(entitlement)) => Some(entitlement.household),
                    _ => None,
                },
                None => None,
            };
            for household in households.into_iter().chain(of_right) {
                self.conn
                    .prepare_cached(
                        "INSERT OR IGNORE INTO erasure_late (kind, id)
                         SELECT ?1, ?2 FROM erased_household WHERE id = ?3 AND desk = ?4",
                    )?
                    .execute((
                        entity.kind.number(),
                        blob(&entity.id),
                        blob(&household.0),
                        blob(&self.book.identity.desk.0),
                    ))?;
            }
        }
        Ok(())
    }

    /// The order by which a household was erased.
    pub fn erased_by(&self, household: HouseholdId) -> Result<Option<ErasureId>> {
        if !self.book.erasures {
            return Ok(None);
        }
        Reads { conn: self.conn }.erased_by(household)
    }

    /// Makes the tables of orders anew from their records, and gives the orders' lists.
    pub(crate) fn enter_orders(&mut self, orders: &[Places]) -> Result<Vec<(EventMeta, ErasureListed)>> {
        self.conn
            .execute_batch("DELETE FROM erased_household; DELETE FROM erased_record")?;
        let mut all = Vec::new();
        for places in orders {
            all.extend(lists(self.conn, places)?);
        }
        for (meta, listed) in &all {
            enter(self.conn, meta, listed)?;
        }
        self.book.erasures = any(self.conn)?;
        Ok(all)
    }
}

/// The lists of an order, from the journal.
fn lists(conn: &Connection, places: &Places) -> Result<Vec<(EventMeta, ErasureListed)>> {
    let mut lists = Vec::new();
    for place in places.list() {
        let name = book::name_of(conn, place)?;
        let record = journal::get(conn, place)?
            .ok_or_else(|| StoreError::damaged("a record of the journal is missing"))?;
        let head = Head::from_bytes(&record.head)?;
        let meta = head.meta(name.desk_id(), book::topic_of(&name)?)?;
        if let Ok(Event::ErasureListed(listed)) = record.event(&head)
            && meta.topic == Topic::Office
        {
            lists.push((meta, listed));
        }
    }
    Ok(lists)
}

/// Writes into the tables what an order names. Orders may overlap: which one is told does not depend on how they came.
fn enter(conn: &Connection, meta: &EventMeta, listed: &ErasureListed) -> Result<()> {
    let mut household = conn.prepare_cached(
        "INSERT INTO erased_household (id, erasure, desk) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE
         SET erasure = excluded.erasure, desk = excluded.desk WHERE excluded.erasure < erased_household.erasure",
    )?;
    for id in &listed.households {
        household.execute((blob(&id.0), blob(&meta.entity.id), blob(&meta.desk.0)))?;
    }
    let mut record = conn.prepare_cached(
        "INSERT INTO erased_record (desk, topic, seq, body, remains) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (desk, topic, seq, body)
         DO UPDATE SET remains = excluded.remains WHERE coalesce(excluded.remains, '') > coalesce(erased_record.remains, '')",
    )?;
    for named in &listed.records {
        let remains = named.remains.as_ref().map(serde_json::to_string).transpose()?;
        record.execute((
            blob(&named.desk.0),
            named.topic.to_string(),
            named.seq.cast_signed(),
            named.body.map_or(Vec::new(), |body| body.0.to_vec()),
            remains,
        ))?;
    }
    Ok(())
}

/// Takes away the bodies that other branches of a log have at a place: the one that an order means, or all.
fn erase_fork(conn: &Connection, log: i64, seq: i64, meant: Option<&ErasedRecord>) -> Result<()> {
    let mut statement = conn.prepare_cached(
        "SELECT link, head, body FROM fork WHERE log = ?1 AND seq = ?2 AND body IS NOT NULL",
    )?;
    let rows = statement.query_map((log, seq), |row| {
        Ok((
            row.get::<_, Vec<u8>>(0)?,
            Record {
                head: row.get(1)?,
                body: Body::Present(row.get(2)?),
            },
        ))
    })?;
    for (link, record) in rows.collect::<Result<Vec<_>, _>>()? {
        if meant.is_some_and(|meant| !meant.means(&record.body.fingerprint().0)) {
            continue;
        }
        let (_, erased) = journal::columns(&bare(&record).body);
        conn.prepare_cached(
            "UPDATE fork SET body = NULL, erased = ?4 WHERE log = ?1 AND seq = ?2 AND link = ?3",
        )?
        .execute((log, seq, link, erased))?;
    }
    Ok(())
}

/// What the tables of orders should hold, a text each, from the orders' records.
pub(crate) fn rows_expected<'p>(
    conn: &Connection,
    orders: impl Iterator<Item = &'p Places>,
) -> Result<BTreeSet<String>> {
    let mut households: BTreeMap<HouseholdId, (Uuid, DeskId)> = BTreeMap::new();
    let mut records: BTreeMap<(DeskId, Topic, u64, Option<BodyMark>), Option<String>> = BTreeMap::new();
    for places in orders {
        for (meta, listed) in lists(conn, places)? {
            for id in listed.households {
                let new = (meta.entity.id, meta.desk);
                let kept = households.entry(id).or_insert(new);
                if new.0 < kept.0 {
                    *kept = new;
                }
            }
            for named in listed.records {
                let remains = named.remains.as_ref().map(serde_json::to_string).transpose()?;
                let place = (named.desk, named.topic, named.seq, named.body);
                let kept = records.entry(place).or_default();
                if remains > *kept {
                    *kept = remains;
                }
            }
        }
    }
    let households = households
        .into_iter()
        .map(|(id, (order, desk))| format!("erased household {id} {order} {desk}"));
    let records = records.into_iter().map(|((desk, topic, seq, body), remains)| {
        let body = body.map_or(String::new(), |body| body.to_string());
        format!("erased record {desk} {topic} {seq} {body} {remains:?}")
    });
    Ok(households.chain(records).collect())
}

/// What the tables of orders hold, as the same texts.
pub(crate) fn rows_stored(conn: &Connection) -> Result<BTreeSet<String>> {
    let mut lines = BTreeSet::new();
    let mut statement = conn.prepare("SELECT id, erasure, desk FROM erased_household")?;
    let mut rows = statement.query([])?;
    let id = |row: &rusqlite::Row<'_>, at| -> rusqlite::Result<Uuid> { Ok(Uuid::from_bytes(row.get(at)?)) };
    while let Some(row) = rows.next()? {
        lines.insert(format!(
            "erased household {} {} {}",
            id(row, 0)?,
            id(row, 1)?,
            id(row, 2)?
        ));
    }
    let mut statement =
        conn.prepare("SELECT desk, topic, seq, lower(hex(body)), remains FROM erased_record")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        lines.insert(format!(
            "erased record {} {} {} {} {:?}",
            id(row, 0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, String>(3)?,
            row.get::<_, Option<String>>(4)?
        ));
    }
    Ok(lines)
}

impl Reads<'_> {
    /// The order by which a household was erased.
    pub fn erased_by(&self, household: HouseholdId) -> Result<Option<ErasureId>> {
        self.one(
            "SELECT erasure FROM erased_household WHERE id = ?1",
            [blob(&household.0)],
            |row| Ok(ErasureId(Uuid::from_bytes(row.get(0)?))),
        )
    }

    /// Every order, the latest first.
    pub fn erasures(&self) -> Result<Vec<Erasure>> {
        let mut orders: Vec<Erasure> = self.states(
            "SELECT state FROM thing WHERE kind = ?1 AND state IS NOT NULL ORDER BY id",
            [EntityKind::Erasure.number()],
        )?;
        orders.sort_by_key(|order| std::cmp::Reverse(order.at));
        Ok(orders)
    }
}
