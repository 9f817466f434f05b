// SPDX-License-Identifier: EUPL-1.2
//! Everything that can be read. Each noun has a file; what is asked for is a method of [`Reads`].

mod agenda;
mod campaign;
mod clashes;
mod closing;
mod custody;
mod exceptions;
mod figures;
mod household;
mod looks;
mod paper;
mod plan;
mod statement;
mod stock;
mod things;

pub use agenda::Occupancy;
pub use campaign::{
    CampaignCounts, DeliveryLine, EntitlementLine, Indicator, MissingHousehold, NoShow, StatusFigures, WalkIn,
};
pub use clashes::Clash;
pub use closing::{CountDifference, OpenDay};
pub use custody::CustodyCase;
pub use exceptions::{Found, Looking};
pub use household::MemberMatch;
pub use looks::{LookFilter, LookLine};
pub use paper::FormTwice;
pub use stock::{DeliveredRun, SuppliedRun, SuppliedTwice, arrived};

use crate::fold::folded;
use crate::journal::JournalEntry;
use crate::place::Places;
use crate::projection;
use crate::{Identity, Result, StoreError, book, meta};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use sportello_domain::meta::{EntityRef, Topic};
use sportello_domain::state::Entity;
use uuid::Uuid;

/// A snapshot to read from, or a write in progress seen from inside.
#[derive(Debug)]
pub struct Reads<'c> {
    pub(crate) conn: &'c Connection,
}

impl Reads<'_> {
    /// Whose file it is.
    pub fn identity(&self) -> Result<Identity> {
        meta::get(self.conn, meta::IDENTITY)?
            .ok_or_else(|| StoreError::damaged("it does not say whose it is"))
    }

    /// The state of an entity.
    pub fn state<S: Entity>(&self, id: impl Into<Uuid>) -> Result<Option<S>> {
        let state = projection::state(self.conn, EntityRef::new(S::KIND, id))?;
        Ok(state.and_then(S::from_state))
    }

    /// The topic whose logs speak of an entity; none while nothing was written of it.
    pub fn topic_of(&self, entity: impl Into<EntityRef>) -> Result<Option<Topic>> {
        projection::topic(self.conn, entity.into())
    }

    /// Every event of an entity, in the order in which they are folded.
    pub fn story_of(&self, entity: impl Into<EntityRef>) -> Result<Vec<JournalEntry>> {
        let Some(stored) = projection::row(self.conn, entity.into())? else {
            return Ok(Vec::new());
        };
        let mut story = Vec::new();
        for place in stored.common.places.list() {
            let log = book::name_of(self.conn, place)?;
            story.extend(self.entry(place, log.desk_id(), &log)?);
        }
        story.sort_by_key(|entry| entry.meta.order());
        // A record that was carried on may stand here twice.
        story.dedup();
        Ok(story)
    }

    pub(crate) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params, read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self
            .conn
            .prepare_cached(sql)?
            .query_row(params, read)
            .optional()?)
    }

    /// The entities that a query names: their identifier and the places of their records. Each is folded; those that nothing is
    /// known of are left out.
    pub(crate) fn folded<S: Entity>(&self, sql: &str, params: impl Params) -> Result<Vec<S>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut states = Vec::new();
        while let Some(row) = rows.next()? {
            let entity = EntityRef::new(S::KIND, uuid(row, 0)?);
            let (_, state) = folded(self.conn, entity, &Places::from_bytes(row.get(1)?))?;
            states.extend(state.and_then(S::from_state));
        }
        Ok(states)
    }

    /// The states that a query gives, one column of JSON each.
    pub(crate) fn states<S: Entity>(&self, sql: &str, params: impl Params) -> Result<Vec<S>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut states = Vec::new();
        while let Some(row) = rows.next()? {
            states.push(serde_json::from_str(
                row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?,
            )?);
        }
        Ok(states)
    }
}

/// An identifier out of a column.
fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(row.get(column)?))
}

/// An identifier out of a column that may be empty.
fn maybe_uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Uuid>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Uuid::from_bytes))
}
