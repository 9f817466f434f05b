// SPDX-License-Identifier: EUPL-1.2
//! The entities that a transaction touches: read once, folded in memory, written back once. The next one finds them there.

use crate::Result;
use crate::fold::{folded, step};
use crate::place::{Place, Places};
use crate::projection::{self, Common, Order, Shown};
use rusqlite::Connection;
use sportello_domain::event::Event;
use sportello_domain::meta::{EntityRef, EventMeta, Topic};
use sportello_domain::state::State;
use sportello_domain::time::Hlc;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Entities that are kept in memory before they are written back and let go.
const KEPT: usize = 20_000;
/// Entities that may wait to be written back until a command was told as done: more would let whoever reads next wait for long.
const MAY_WAIT: usize = 16;
/// Entities that are kept from one write to the next: what a counter works with in an hour, not what an exchange brought.
const KEPT_ON: usize = 2_000;

/// One entity as this transaction has it.
#[derive(Debug, Default)]
struct Touched {
    /// Its row's number, once it has one.
    n: Option<i64>,
    /// None before its first event.
    common: Option<Common>,
    state: Option<State>,
    /// What its rows in the file show; reckoned before the first change.
    shown: Option<Shown>,
    /// An event came that belongs before others: it is to be folded anew.
    late: bool,
}

/// The cache.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    touched: HashMap<EntityRef, Touched>,
    /// Those that are not written back yet. Always in the same order: the same events make the same file, page by page.
    changed: BTreeSet<EntityRef>,
    /// Some entity lost records, or has them from elsewhere: that does not follow from this desk's latest records alone.
    at_once: bool,
}

impl Entities {
    fn touch(&mut self, conn: &Connection, entity: EntityRef) -> Result<&mut Touched> {
        match self.touched.entry(entity) {
            Entry::Occupied(found) => Ok(found.into_mut()),
            Entry::Vacant(free) => {
                let touched = match projection::load(conn, entity)? {
                    Some(stored) => Touched {
                        n: Some(stored.n),
                        common: Some(stored.common),
                        state: stored.state,
                        ..Touched::default()
                    },
                    None => Touched::default(),
                };
                Ok(free.insert(touched))
            }
        }
    }

    /// An entity that is about to change.
    fn change(&mut self, conn: &Connection, entity: EntityRef) -> Result<&mut Touched> {
        let first = self.changed.insert(entity);
        let touched = self.touch(conn, entity)?;
        if first && touched.shown.is_none() {
            touched.shown = touched.state.as_ref().map(Shown::of);
        }
        Ok(touched)
    }

    /// The state of an entity as it is now.
    pub fn state(&mut self, conn: &Connection, entity: EntityRef) -> Result<Option<&State>> {
        let touched = self.touch(conn, entity)?;
        if touched.late {
            refold(conn, entity, touched)?;
        }
        Ok(touched.state.as_ref())
    }

    /// The topic of an entity; none before its first event.
    pub fn topic(&mut self, conn: &Connection, entity: EntityRef) -> Result<Option<Topic>> {
        let touched = self.touch(conn, entity)?;
        if touched.late {
            refold(conn, entity, touched)?;
        }
        Ok(touched.common.as_ref().map(|common| common.topic))
    }

    /// The places of an entity's records.
    pub fn places(&mut self, conn: &Connection, entity: EntityRef) -> Result<Places> {
        let common = self.touch(conn, entity)?.common.as_ref();
        Ok(common.map(|common| common.places.clone()).unwrap_or_default())
    }

    /// The clock of what was last said of an entity; the beginning of time before its first event.
    pub fn last(&mut self, conn: &Connection, entity: EntityRef) -> Result<Hlc> {
        let touched = self.touch(conn, entity)?;
        if touched.late {
            refold(conn, entity, touched)?;
        }
        Ok(touched
            .common
            .as_ref()
            .map_or(Hlc::default(), |common| common.last.hlc()))
    }

    /// Takes a record's event in; true when it came late. None for an erased body.
    pub fn absorb(
        &mut self,
        conn: &Connection,
        place: Place,
        meta: &EventMeta,
        event: Option<&Event>,
    ) -> Result<bool> {
        if self.touched.len() >= KEPT {
            self.write_back(conn)?;
            self.touched.clear();
        }
        let touched = self.change(conn, meta.entity)?;
        let late = touched
            .common
            .as_ref()
            .is_some_and(|common| Order::of(meta) <= common.last);
        if late {
            touched.late = true;
        } else if !touched.late {
            step(&mut touched.common, &mut touched.state, meta, event);
        }
        if let Some(common) = &mut touched.common {
            common.places.push(place);
        }
        Ok(late)
    }

    /// Whether what is not written back yet may stay so for a moment: it is little, and follows from the records that were written.
    pub fn may_wait(&self) -> bool {
        !self.at_once && self.changed.len() <= MAY_WAIT
    }

    /// Whether something is not written back yet.
    pub fn waits(&self) -> bool {
        !self.changed.is_empty()
    }

    /// An entity's records are about to lose their bodies: what its rows show is reckoned while they are still there.
    pub fn will_lose(&mut self, conn: &Connection, entity: EntityRef) -> Result<()> {
        self.change(conn, entity).map(|_| ())
    }

    /// Has an entity folded anew from these records: all that it has.
    pub fn fold_anew(&mut self, conn: &Connection, entity: EntityRef, places: Places) -> Result<()> {
        if self.touched.len() >= KEPT {
            self.write_back(conn)?;
            self.touched.clear();
        }
        self.at_once = true;
        let touched = self.change(conn, entity)?;
        match &mut touched.common {
            Some(common) => common.places = places,
            None => {
                touched.common = Some(Common {
                    topic: Topic::Office,
                    last: Order([0; 33]),
                    places,
                })
            }
        }
        touched.late = true;
        Ok(())
    }

    /// Has an entity folded anew from the records that it has, and one more.
    pub fn fold_anew_with(
        &mut self,
        conn: &Connection,
        entity: EntityRef,
        place: Option<Place>,
    ) -> Result<()> {
        let mut places = self
            .touch(conn, entity)?
            .common
            .as_ref()
            .map(|c| c.places.clone())
            .unwrap_or_default();
        if let Some(place) = place {
            places.push(place);
        }
        self.fold_anew(conn, entity, places)
    }

    /// Lets go of what a large write gathered. What stays is as it stands in the file, for as long as nobody else writes there.
    pub fn forget_many(&mut self) {
        if self.touched.len() > KEPT_ON && !self.waits() {
            self.touched = HashMap::new();
        }
    }

    /// Has an entity folded anew without these of its records.
    pub fn fold_anew_without(
        &mut self,
        conn: &Connection,
        entity: EntityRef,
        gone: &HashSet<Place>,
    ) -> Result<()> {
        let mut left = Places::default();
        if let Some(common) = &self.touch(conn, entity)?.common {
            for place in common.places.list() {
                if !gone.contains(&place) {
                    left.push(place);
                }
            }
        }
        self.fold_anew(conn, entity, left)
    }

    /// Writes every changed entity into the file.
    pub fn write_back(&mut self, conn: &Connection) -> Result<()> {
        self.at_once = false;
        for entity in std::mem::take(&mut self.changed) {
            let Some(touched) = self.touched.get_mut(&entity) else {
                continue;
            };
            if touched.late {
                refold(conn, entity, touched)?;
            }
            let Some(common) = &touched.common else {
                // No record speaks of it any more.
                if let Some(n) = touched.n {
                    projection::remove(conn, entity, n, touched.shown.as_ref())?;
                }
                (touched.n, touched.shown) = (None, None);
                continue;
            };
            let new = touched.state.as_ref().map(Shown::of);
            let n = projection::save(
                conn,
                entity,
                touched.n,
                common,
                touched.state.as_ref(),
                touched.shown.as_ref(),
                new.as_ref(),
            )?;
            (touched.n, touched.shown) = (Some(n), new);
        }
        Ok(())
    }
}

/// Folds an entity from the journal, in the order that is the same at every desk.
fn refold(conn: &Connection, entity: EntityRef, touched: &mut Touched) -> Result<()> {
    let places = touched
        .common
        .take()
        .map(|common| common.places)
        .unwrap_or_default();
    if places.list().is_empty() {
        (touched.common, touched.state, touched.late) = (None, None, false);
        return Ok(());
    }
    let (common, state) = folded(conn, entity, &places)?;
    let mut common = common.unwrap_or(Common {
        topic: Topic::Office,
        last: Order([0; 33]),
        places: Places::default(),
    });
    common.places = places;
    (touched.common, touched.state, touched.late) = (Some(common), state, false);
    Ok(())
}
