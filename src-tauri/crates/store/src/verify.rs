// SPDX-License-Identifier: EUPL-1.2
//! Whether the file is what it says: every link reckoned anew, every entity folded anew, every row compared. And making it
//! so again: everything but the journal can be thrown away and made from it.

use crate::fold::folded;
use crate::place::{Place, Places};
use crate::projection::{self, Shown};
use crate::queries::Reads;
use crate::{Result, Store, StoreError, WriteTx, book, erasure, journal, meta, told};
use sportello_domain::event::Event;
use sportello_domain::meta::{EntityKind, EntityRef, Topic};
use sportello_protocol::wire::LogName;
use sportello_protocol::{Body, Head, Link, Record, RecordError};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

/// Rises when folding or projecting changes: every file is then made anew from its journal when it is next opened.
const PROJECTION: u32 = 7;

/// What this program can fold: kinds and versions of events, kinds of entities, and how.
pub(crate) fn known_kinds() -> Vec<String> {
    let mut known = vec![format!("projection {PROJECTION}")];
    known.extend(
        Event::KINDS
            .iter()
            .map(|(kind, version)| format!("{kind} {version}")),
    );
    known.extend(
        EntityKind::ALL
            .iter()
            .map(|kind| format!("entity {}", kind.number())),
    );
    known
}

/// What was found of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogReport {
    /// The log.
    pub log: LogName,
    /// Its last sequence.
    pub seq: u64,
    /// The link after it: what the signature that came with it is to cover.
    pub link: Link,
    /// The first record that does not follow from the one before, if any.
    pub broken_at: Option<u64>,
}

/// Where what is shown differs from what the journal says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The entity, where it is one entity's.
    pub entity: Option<(EntityKind, Uuid)>,
    /// What differs.
    pub what: &'static str,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Every log.
    pub logs: Vec<LogReport>,
    /// Records in all.
    pub records: u64,
    /// Entities in all.
    pub entities: u64,
    /// Records that wait for an update, or cannot be read.
    pub waiting: u64,
    /// Records whose bodies were erased.
    pub erased: u64,
    /// Of these, those that no order known here names: the order is still on its way, or the desk may not read it.
    pub unexplained: u64,
    /// Records whose bodies are not there, although nobody erased them.
    pub missing: u64,
    /// Where what is shown differs from what the journal says.
    pub differences: Vec<Difference>,
}

impl Report {
    /// Every chain holds, no body is missing, and nothing differs.
    pub fn is_sound(&self) -> bool {
        self.differences.is_empty()
            && self.missing == 0
            && self.logs.iter().all(|log| log.broken_at.is_none())
    }
}

/// The journal, gone through once: the records of each entity, and those that wait.
#[derive(Default)]
struct Survey {
    places: HashMap<EntityRef, Places>,
    waiting: BTreeMap<i64, RecordError>,
    kinds: BTreeMap<i64, (String, u16)>,
    logs: Vec<LogReport>,
    records: u64,
    erased: u64,
    unexplained: u64,
    missing: u64,
    disobeyed: Vec<EntityRef>,
}

impl Survey {
    /// What the journal holds of a record's body, and what the orders say of it.
    fn look_at_body(
        &mut self,
        conn: &rusqlite::Connection,
        log: &LogName,
        record: &Record,
        head: &Head,
        orders: bool,
    ) -> Result<()> {
        let ordered = orders && erasure::is_ordered(conn, log, head, &record.body)?;
        match &record.body {
            Body::Present(_) if ordered => self.disobeyed.extend(
                EntityKind::from_number(head.entity_kind)
                    .map(|kind| EntityRef::new(kind, Uuid::from_bytes(head.entity))),
            ),
            Body::Present(_) => {}
            // What an erased body leaves is never all zeros: there is neither a body nor what is left of one.
            Body::Erased { hash, len } if *hash == [0; 32] && *len == 0 => self.missing += 1,
            Body::Erased { .. } => {
                self.erased += 1;
                self.unexplained += u64::from(!ordered);
            }
        }
        Ok(())
    }
}

impl Reads<'_> {
    fn survey(&self) -> Result<Survey> {
        let mut survey = Survey::default();
        let office = self.identity()?.office;
        let any = erasure::any(self.conn)?;
        for (log, id, _) in book::names(self.conn)? {
            let (desk, topic) = (log.desk_id(), book::topic_of(&log)?);
            let (mut seq, mut link, mut broken_at) = (0, Link::genesis(office, desk, topic), None);
            journal::walk(self.conn, id, 1, |at, stored, record| {
                link = record.link(link);
                if (at != seq + 1 || link != stored) && broken_at.is_none() {
                    broken_at = Some(at.min(seq + 1));
                }
                (seq, link) = (at, stored);
                survey.records += 1;
                let place = Place::new(id, at);
                let head = match Head::from_bytes(&record.head) {
                    Ok(head) if head.seq == at => head,
                    Ok(_) => {
                        survey.waiting.insert(place.0, RecordError::Short);
                        return Ok(true);
                    }
                    Err(error) => {
                        survey.waiting.insert(place.0, error);
                        return Ok(true);
                    }
                };
                survey.look_at_body(self.conn, &log, &record, &head, any)?;
                let read = match told::read(self.conn, &head, &record, desk, topic)? {
                    Ok(told) => told::believed(self.conn, told)?,
                    Err(error) => Err(error),
                };
                match read {
                    Ok(told) => survey.places.entry(told.meta.entity).or_default().push(place),
                    Err(error) => {
                        survey.kinds.insert(place.0, (head.kind.clone(), head.version));
                        survey.waiting.insert(place.0, error);
                    }
                }
                Ok(true)
            })?;
            survey.logs.push(LogReport {
                log,
                seq,
                link,
                broken_at,
            });
        }
        Ok(survey)
    }

    /// The records of each order, before anything else is made of the journal.
    pub(crate) fn orders(&self) -> Result<Vec<Places>> {
        let mut orders: HashMap<EntityRef, Places> = HashMap::new();
        for (log, id, _) in book::names(self.conn)? {
            if book::topic_of(&log)? != Topic::Office {
                continue;
            }
            journal::walk(self.conn, id, 1, |at, _, record| {
                if let Ok(head) = Head::from_bytes(&record.head)
                    && head.entity_kind == EntityKind::Erasure.number()
                    && head.seq == at
                {
                    let entity = EntityRef::new(EntityKind::Erasure, Uuid::from_bytes(head.entity));
                    orders.entry(entity).or_default().push(Place::new(id, at));
                }
                Ok(true)
            })?;
        }
        Ok(orders.into_values().collect())
    }

    /// Goes through every log and reckons each link anew.
    pub fn verify_chains(&self) -> Result<Vec<LogReport>> {
        Ok(self.survey()?.logs)
    }

    /// Everything that is shown of every entity, a line each, in an order that does not depend on how the events came: two
    /// files with the same events give the same lines. For tests and the simulation: it holds personal data.
    pub fn dump(&self) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for kind in EntityKind::ALL {
            let (table, only) = (
                projection::table(kind),
                if projection::table(kind) == "thing" {
                    "kind = ?1"
                } else {
                    "?1 = ?1"
                },
            );
            let mut statement = self
                .conn
                .prepare(&format!("SELECT id FROM {table} WHERE {only}"))?;
            let mut rows = statement.query([kind.number()])?;
            while let Some(row) = rows.next()? {
                let entity = EntityRef::new(kind, Uuid::from_bytes(row.get(0)?));
                let Some(stored) = projection::load(self.conn, entity)? else {
                    continue;
                };
                let columns = projection::columns_stored(self.conn, entity)?;
                lines.push(format!(
                    "{entity:?} {} {:?} {columns:?} {:?}",
                    stored.common.topic, stored.common.last, stored.state
                ));
            }
        }
        projection::each_side_row(self.conn, |row| lines.push(row.to_owned()))?;
        for waiting in self.waiting()? {
            lines.push(format!("{waiting:?}"));
        }
        lines.extend(erasure::rows_stored(self.conn)?);
        lines.sort_unstable();
        Ok(lines)
    }

    /// What a statement counts: for tests of what no query shows.
    #[doc(hidden)]
    pub fn number(&self, sql: &str) -> Result<i64> {
        Ok(self.conn.query_row(sql, [], |row| row.get(0))?)
    }

    /// One number for all of [`Reads::dump`]: the same for the same events.
    pub fn fingerprint(&self) -> Result<[u8; 32]> {
        let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 file fingerprint v1");
        for line in self.dump()? {
            hasher
                .update(&(line.len() as u64).to_le_bytes())
                .update(line.as_bytes());
        }
        Ok(hasher.finalize().into())
    }

    /// Goes through the whole file. Signatures are the caller's to check, over the links of [`Report::logs`].
    pub fn verify(&self) -> Result<Report> {
        let survey = self.survey()?;
        let mut report = Report {
            records: survey.records,
            entities: survey.places.len() as u64,
            waiting: survey.waiting.len() as u64,
            erased: survey.erased,
            unexplained: survey.unexplained,
            missing: survey.missing,
            logs: survey.logs,
            differences: Vec::new(),
        };
        report
            .differences
            .extend(survey.disobeyed.iter().map(|entity| Difference {
                entity: Some((entity.kind, entity.id)),
                what: "a body that an order erased",
            }));
        if report.logs.iter().any(|log| log.broken_at.is_some()) {
            // What is folded from a broken chain means nothing.
            return Ok(report);
        }
        let mut rows = SideRows::default();
        let mut differ = |entity: EntityRef, what| {
            report.differences.push(Difference {
                entity: Some((entity.kind, entity.id)),
                what,
            });
        };
        for (entity, places) in &survey.places {
            let (common, state) = folded(self.conn, *entity, places)?;
            let Some(stored) = projection::row(self.conn, *entity)? else {
                differ(*entity, "missing");
                continue;
            };
            let set = |places: &Places| places.list().into_iter().collect::<BTreeSet<_>>();
            if set(&stored.common.places) != set(places) {
                differ(*entity, "records");
            }
            if common.is_none_or(|c| (c.topic, c.last) != (stored.common.topic, stored.common.last)) {
                differ(*entity, "order");
            }
            if projection::keeps_state(entity.kind) && stored.state != state {
                differ(*entity, "state");
            }
            let shown = state.as_ref().map(Shown::of);
            if projection::columns_shown(shown.as_ref(), entity.kind)
                != projection::columns_stored(self.conn, *entity)?
            {
                differ(*entity, "columns");
            }
            if let Some(shown) = shown {
                rows.expect(*entity, &shown);
            }
        }
        for row in projection::serials_twice(self.conn)? {
            rows.expect_row(
                EntityRef::new(EntityKind::Entitlement, row.entitlement.0),
                &format!("{row:?}"),
            );
        }
        let differences = rows.compare(self.conn)?;
        report.differences.extend(differences);
        let orders = survey
            .places
            .iter()
            .filter(|(entity, _)| entity.kind == EntityKind::Erasure)
            .map(|(_, places)| places);
        if erasure::rows_expected(self.conn, orders)? != erasure::rows_stored(self.conn)? {
            report.differences.push(Difference {
                entity: None,
                what: "what orders name",
            });
        }
        self.check_counts(&survey.places, &survey.waiting, &mut report)?;
        report.differences.sort();
        Ok(report)
    }

    fn check_counts(
        &self,
        places: &HashMap<EntityRef, Places>,
        waiting: &BTreeMap<i64, RecordError>,
        report: &mut Report,
    ) -> Result<()> {
        let count = |sql: &str| -> Result<usize> {
            Ok(usize::try_from(self.conn.query_row(sql, [], |row| row.get::<_, i64>(0))?).unwrap_or(0))
        };
        let stored = count(
            "SELECT (SELECT count(*) FROM thing) + (SELECT count(*) FROM household) + (SELECT count(*) FROM entitlement)
                  + (SELECT count(*) FROM appointment)",
        )?;
        if stored != places.len() {
            report.differences.push(Difference {
                entity: None,
                what: "entities without records",
            });
        }
        let mut listed = self
            .conn
            .prepare("SELECT place FROM unprojected ORDER BY place")?;
        let listed = listed
            .query_map([], |row| row.get::<_, i64>(0))?
            .collect::<Result<BTreeSet<_>, _>>()?;
        if !listed.iter().eq(waiting.keys()) {
            report.differences.push(Difference {
                entity: None,
                what: "waiting records",
            });
        }
        let (words, households) = (
            count("SELECT count(*) FROM household_words_docsize")?,
            count("SELECT count(*) FROM household WHERE sort_name IS NOT NULL")?,
        );
        if words != households {
            report.differences.push(Difference {
                entity: None,
                what: "search words",
            });
        }
        Ok(())
    }
}

/// Rows that stand in tables of their own: what they should be, by a digest each.
#[derive(Default)]
struct SideRows {
    expected: HashMap<[u8; 32], EntityRef>,
}

impl SideRows {
    fn expect(&mut self, entity: EntityRef, shown: &Shown) {
        for row in projection::side_rows(entity, shown) {
            self.expect_row(entity, &row);
        }
    }

    fn expect_row(&mut self, entity: EntityRef, row: &str) {
        self.expected.insert(digest(row), entity);
    }

    fn compare(mut self, conn: &rusqlite::Connection) -> Result<Vec<Difference>> {
        let mut differences = Vec::new();
        projection::each_side_row(conn, |row| {
            if self.expected.remove(&digest(row)).is_none() {
                differences.push(Difference {
                    entity: None,
                    what: "a row too many",
                });
            }
        })?;
        differences.extend(self.expected.into_values().map(|e| Difference {
            entity: Some((e.kind, e.id)),
            what: "a row is missing",
        }));
        Ok(differences)
    }
}

fn digest(row: &str) -> [u8; 32] {
    *blake3::hash(row.as_bytes()).as_bytes()
}

impl WriteTx<'_> {
    /// Throws away everything but the journal, and makes it anew.
    pub fn rebuild_projections(&mut self) -> Result<()> {
        self.entities = crate::entities::Entities::default();
        self.conn.execute_batch(
            "DELETE FROM thing; DELETE FROM household; DELETE FROM member; DELETE FROM entitlement; DELETE FROM run;
             DELETE FROM anomaly; DELETE FROM delegate; DELETE FROM appointment; DELETE FROM look; DELETE FROM unprojected;
             INSERT INTO household_words (household_words) VALUES ('delete-all');",
        )?;
        let orders = Reads { conn: self.conn }.orders()?;
        let lists = self.enter_orders(&orders)?;
        let survey = Reads { conn: self.conn }.survey()?;
        if let Some(broken) = survey.logs.iter().find(|log| log.broken_at.is_some()) {
            return Err(StoreError::damaged(format!(
                "record {} of a log does not follow from the one before",
                broken.broken_at.unwrap_or_default()
            )));
        }
        for (place, error) in &survey.waiting {
            let (kind, version) = survey.kinds.get(place).cloned().unwrap_or_default();
            self.let_wait_for(Place(*place), error, &kind, version)?;
        }
        for (entity, places) in survey.places {
            self.entities.fold_anew(self.conn, entity, places)?;
        }
        // An order that the program before did not know was not obeyed yet.
        for (meta, listed) in &lists {
            self.obey_list(meta, listed)?;
        }
        self.entities.write_back(self.conn)
    }

    /// Leaves the file as a program would that does not know this record's kind: for the test of updates.
    #[doc(hidden)]
    pub fn pretend_unknown(&mut self, log: &LogName, seq: u64) -> Result<()> {
        let id = book::id_of(self.conn, log)?.ok_or_else(|| StoreError::damaged("there is no such log"))?;
        let place = Place::new(id, seq);
        let record =
            journal::get(self.conn, place)?.ok_or_else(|| StoreError::damaged("there is no such record"))?;
        let head = Head::from_bytes(&record.head)?;
        let entity = head.meta(log.desk_id(), book::topic_of(log)?)?.entity;
        let mut left = Places::default();
        if let Some(stored) = projection::load(self.conn, entity)? {
            stored
                .common
                .places
                .list()
                .into_iter()
                .filter(|p| *p != place)
                .for_each(|p| left.push(p));
        }
        self.entities.fold_anew(self.conn, entity, left)?;
        let unknown = RecordError::UnknownEntity(head.entity_kind);
        self.let_wait_for(place, &unknown, &head.kind, head.version)
    }

    /// Writes a record of a kind that this version does not know, as a newer program would: for the test of updates.
    #[doc(hidden)]
    pub fn append_unknown(
        &mut self,
        author: &crate::Author,
        topic: Topic,
        entity: EntityRef,
        kind: &str,
        body: &[u8],
    ) -> Result<()> {
        let desk = self.book.identity.desk;
        let mut log = self.book.open_log(self.conn, desk, topic)?;
        let hlc = self.book.hlc.tick(author.now);
        let head = Head {
            seq: log.seq + 1,
            hlc: hlc.0,
            at: author.now.0,
            kind: kind.to_owned(),
            version: 1,
            entity_kind: entity.kind.number(),
            entity: *entity.id.as_bytes(),
            actor: *author.actor.0.as_bytes(),
            command: *author.command.0.as_bytes(),
        };
        let record = Record {
            head: head.to_bytes(),
            body: Body::Present([&[7; sportello_protocol::record::SALT_LEN][..], body].concat()),
        };
        (log.seq, log.link) = (head.seq, record.link(log.link));
        let place = Place::new(log.id, log.seq);
        journal::insert(self.conn, place, &record, log.link)?;
        let unknown = RecordError::UnknownEntity(head.entity_kind);
        self.let_wait_for(place, &unknown, kind, 1)?;
        self.book.moved(log);
        self.book.saw(hlc, Some(author.now));
        Ok(())
    }

    /// Keeps records as a program would that knows none of them: for the test of updates.
    #[doc(hidden)]
    pub fn keep_unread(&mut self, name: &LogName, records: &[Record]) -> Result<()> {
        let mut log = self
            .book
            .open_log(self.conn, name.desk_id(), book::topic_of(name)?)?;
        for record in records {
            let head = Head::from_bytes(&record.head)?;
            (log.seq, log.link) = (log.seq + 1, record.link(log.link));
            let place = Place::new(log.id, log.seq);
            journal::insert(self.conn, place, record, log.link)?;
            let unknown = RecordError::UnknownEntity(head.entity_kind);
            self.let_wait_for(place, &unknown, &head.kind, head.version)?;
        }
        self.book.moved(log);
        Ok(())
    }

    /// Folds the records that waited for a program that knows them, or for certificates by which they are believed.
    pub fn fold_waiting(&mut self) -> Result<()> {
        let mut statement = self
            .conn
            .prepare("SELECT place FROM unprojected ORDER BY place")?;
        let places = statement
            .query_map([], |row| Ok(Place(row.get(0)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        for place in places {
            let name = book::name_of(self.conn, place)?;
            let Some(record) = journal::get(self.conn, place)? else {
                continue;
            };
            let Ok(head) = Head::from_bytes(&record.head) else {
                continue;
            };
            let Ok(told) = told::read(self.conn, &head, &record, name.desk_id(), book::topic_of(&name)?)?
            else {
                continue;
            };
            // An erased body says nothing, whoever could read it.
            if head.seq == place.seq()
                && let Some(event) = told.event.clone()
                && let Ok(told) = told::believed(self.conn, told)?
            {
                let waited = self
                    .conn
                    .prepare_cached("DELETE FROM unprojected WHERE place = ?1")?
                    .execute([place.0])?;
                if waited == 0 {
                    // An order that waited too has dealt with it.
                    continue;
                }
                self.entities
                    .fold_anew_with(self.conn, told.meta.entity, Some(place))?;
                self.obey(&told.meta, &event)?;
                if self.book.erasures {
                    self.note_late(std::iter::once(told.meta.entity))?;
                }
            }
        }
        Ok(())
    }
}

impl Store {
    /// Goes through the whole file: see [`Reads::verify`].
    pub fn verify(&self) -> Result<Report> {
        self.read(|reads| reads.verify())
    }

    /// Every page of the file authenticated and every table sound.
    pub fn check_pages(&self) -> Result<()> {
        self.read(|reads| crate::backup::check_pages(reads.conn))
    }

    /// One number for the schema, for the tripwire that guards released ones.
    pub fn schema_hash(&self) -> Result<String> {
        self.read(|reads| {
            let mut hasher = blake3::Hasher::new();
            for sql in reads.all(
                "SELECT coalesce(sql, '') FROM sqlite_schema ORDER BY type, name",
                [],
                |row| row.get::<_, String>(0),
            )? {
                hasher.update(sql.as_bytes()).update(b"\n");
            }
            Ok(hasher.finalize().to_hex().to_string())
        })
    }

    /// Changes the file behind everybody's back: for tests of what notices it.
    #[doc(hidden)]
    pub fn tamper(&self, sql: &str) -> Result<()> {
        self.write(|tx| {
            tx.conn.execute_batch(sql)?;
            tx.entities = crate::entities::Entities::default();
            Ok(())
        })
    }

    /// Leaves the file as another program's: for the test of schemas from the future.
    #[doc(hidden)]
    pub fn pretend_schema(&self, version: u32) -> Result<()> {
        self.write(|tx| Ok(tx.conn.pragma_update(None, "user_version", version)?))
    }

    /// Throws away everything but the journal and the desk's own, and makes it anew, in one transaction.
    pub fn rebuild_projections(&self) -> Result<()> {
        self.write(|tx| {
            tx.rebuild_projections()?;
            tx.set_meta(meta::FOLDED_WITH, &known_kinds())
        })
    }

    /// After an update: folds what the program before did not know, or everything when folding itself changed.
    pub(crate) fn fold_what_waited(&self) -> Result<()> {
        let (before, now): (Option<Vec<String>>, _) = (
            self.read(|reads| reads.get_meta(meta::FOLDED_WITH))?,
            known_kinds(),
        );
        if before.as_ref() == Some(&now) {
            return Ok(());
        }
        if before.is_none_or(|before| before.first() != now.first()) {
            tracing::info!("folding changed: everything is made anew from the journal");
            return self.rebuild_projections();
        }
        self.write(|tx| {
            tx.fold_waiting()?;
            tx.set_meta(meta::FOLDED_WITH, &now)
        })
    }
}
