// SPDX-License-Identifier: EUPL-1.2
//! The rows that queries read. They are a function of an entity's state and of nothing else (but for [`twice`], which looks at all
//! runs), so they can always be made anew.
//!
//! Each kind says with [`Shown`] what rows a state makes; what changes in the file is the difference between what was shown
//! and what is to be shown.

mod appointment;
mod check;
mod delegate;
mod entitlement;
mod household;
mod look;
mod run;
mod thing;
mod twice;

pub(crate) use appointment::{AppointmentRow, CANCELLED};
pub(crate) use check::{columns_shown, columns_stored, each_side_row, side_rows};
pub(crate) use delegate::read as read_delegate;
pub(crate) use entitlement::{AnomalyRow, EntitlementRow, anomaly_kind, status};
pub(crate) use household::{HouseholdRow, list_ref_key};
pub(crate) use look::{LookRow, opened, read as read_look};
pub(crate) use run::{RunRow, Source, overlapping, read as read_run, supplied};
pub(crate) use twice::all as serials_twice;

use crate::Result;
use crate::fold::{column_topic, folded};
use crate::place::Places;
use rusqlite::{Connection, OptionalExtension};
use sportello_domain::meta::{EntityKind, EntityRef, EventMeta, Topic};
use sportello_domain::state::State;
use sportello_domain::time::Hlc;

/// The order of events as bytes that compare as it does: clock, desk, sequence, and the topic where even those agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Order(pub [u8; 33]);

impl Order {
    pub fn of(meta: &EventMeta) -> Self {
        let mut bytes = [0; 33];
        bytes[..8].copy_from_slice(&meta.hlc.0.to_be_bytes());
        bytes[8..24].copy_from_slice(meta.desk.0.as_bytes());
        bytes[24..32].copy_from_slice(&meta.seq.to_be_bytes());
        bytes[32] = match meta.topic {
            Topic::Office => 0,
            Topic::Quartiere(n) => n,
            Topic::Supervisors => u8::MAX,
        };
        Self(bytes)
    }

    /// The clock.
    pub fn hlc(&self) -> Hlc {
        let mut hlc = [0; 8];
        hlc.copy_from_slice(&self.0[..8]);
        Hlc(u64::from_be_bytes(hlc))
    }
}

/// What every entity's row begins with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Common {
    pub topic: Topic,
    pub last: Order,
    pub places: Places,
}

/// What a state shows to queries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shown {
    Thing,
    Household(HouseholdRow),
    Entitlement(EntitlementRow),
    Appointment(AppointmentRow),
    Stock(Vec<RunRow>),
    Looks(Vec<LookRow>),
}

impl Shown {
    pub fn of(state: &State) -> Self {
        match state {
            State::Household(household) => Self::Household(HouseholdRow::of(household)),
            State::Entitlement(entitlement) => Self::Entitlement(EntitlementRow::of(entitlement)),
            State::Appointment(appointment) => Self::Appointment(AppointmentRow::of(appointment)),
            State::Stock(stock) => Self::Stock(run::supplied(stock)),
            State::Looks(looks) => Self::Looks(look::rows(looks)),
            State::Site(_)
            | State::Service(_)
            | State::Campaign(_)
            | State::Operator(_)
            | State::Import(_)
            | State::Erasure(_)
            | State::DeskStory(_)
            | State::SiteHours(_)
            | State::Closing(_)
            | State::PaperKit(_)
            | State::Case(_)
            | State::CampaignSample(_)
            | State::Plan(_) => Self::Thing,
        }
    }
}

/// The table that an entity of this kind stands in.
pub(crate) fn table(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Household => "household",
        EntityKind::Entitlement => "entitlement",
        EntityKind::Appointment => "appointment",
        EntityKind::Site
        | EntityKind::Service
        | EntityKind::Campaign
        | EntityKind::Operator
        | EntityKind::Stock
        | EntityKind::Import
        | EntityKind::Erasure
        | EntityKind::Looks
        | EntityKind::DeskStory
        | EntityKind::SiteHours
        | EntityKind::Closing
        | EntityKind::PaperKit
        | EntityKind::Case
        | EntityKind::CampaignSample
        | EntityKind::Plan => "thing",
    }
}

/// Whether the state of an entity of this kind stands in its row. Households and entitlements are folded from their few records
/// when they are asked for: a row of theirs is then so small that writing it costs a delivery, and a page of deliveries from
/// elsewhere, hardly anything.
pub(crate) fn keeps_state(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Household | EntityKind::Entitlement)
}

macro_rules! by_id {
    ($columns:literal, $state:literal, $kind:expr) => {
        match table($kind) {
            "household" => concat!("SELECT ", $columns, " FROM household WHERE id = ?1 AND 5 = ?2"),
            "entitlement" => concat!("SELECT ", $columns, " FROM entitlement WHERE id = ?1 AND 6 = ?2"),
            "appointment" => {
                concat!(
                    "SELECT ",
                    $columns,
                    $state,
                    " FROM appointment WHERE id = ?1 AND 7 = ?2"
                )
            }
            _ => concat!(
                "SELECT ",
                $columns,
                $state,
                " FROM thing WHERE id = ?1 AND kind = ?2"
            ),
        }
    };
}

/// An entity's row as it stands in the file.
pub(crate) struct Stored {
    pub n: i64,
    pub common: Common,
    pub state: Option<State>,
}

/// Reads an entity's row, and what it is.
pub(crate) fn load(conn: &Connection, entity: EntityRef) -> Result<Option<Stored>> {
    let Some(mut stored) = row(conn, entity)? else {
        return Ok(None);
    };
    if !keeps_state(entity.kind) {
        stored.state = folded(conn, entity, &stored.common.places)?.1;
    }
    Ok(Some(stored))
}

/// Reads an entity's row, with the state only where that stands in it.
pub(crate) fn row(conn: &Connection, entity: EntityRef) -> Result<Option<Stored>> {
    let mut statement = conn.prepare_cached(by_id!("n, topic, last, places", ", state", entity.kind))?;
    let mut rows = statement.query((entity.id.as_bytes().as_slice(), entity.kind.number()))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let common = Common {
        topic: column_topic(row, 1)?,
        last: Order(row.get(2)?),
        places: Places::from_bytes(row.get(3)?),
    };
    let state = if keeps_state(entity.kind) {
        kept_state(row, 4, entity.kind)?
    } else {
        None
    };
    Ok(Some(Stored {
        n: row.get(0)?,
        common,
        state,
    }))
}

/// What an entity is.
pub(crate) fn state(conn: &Connection, entity: EntityRef) -> Result<Option<State>> {
    if !keeps_state(entity.kind) {
        return Ok(load(conn, entity)?.and_then(|stored| stored.state));
    }
    let mut statement = conn.prepare_cached(by_id!("n", ", state", entity.kind))?;
    let mut rows = statement.query((entity.id.as_bytes().as_slice(), entity.kind.number()))?;
    match rows.next()? {
        Some(row) => kept_state(row, 1, entity.kind),
        None => Ok(None),
    }
}

fn kept_state(row: &rusqlite::Row<'_>, at: usize, kind: EntityKind) -> Result<Option<State>> {
    let json = row
        .get_ref(at)?
        .as_bytes_or_null()
        .map_err(rusqlite::Error::from)?;
    Ok(json.map(|json| State::from_json(kind, json)).transpose()?)
}

/// Reads an entity's topic.
pub(crate) fn topic(conn: &Connection, entity: EntityRef) -> Result<Option<Topic>> {
    let mut statement = conn.prepare_cached(by_id!("topic", "", entity.kind))?;
    let found: Option<String> = statement
        .query_row((entity.id.as_bytes().as_slice(), entity.kind.number()), |row| {
            row.get(0)
        })
        .optional()?;
    found
        .map(|text| text.parse())
        .transpose()
        .map_err(|e: sportello_domain::meta::UnknownTopic| crate::StoreError::UnknownTopic(e.0))
}

/// Writes an entity's row and what it shows; gives the row's number.
pub(crate) fn save(
    conn: &Connection,
    entity: EntityRef,
    n: Option<i64>,
    common: &Common,
    state: Option<&State>,
    old: Option<&Shown>,
    new: Option<&Shown>,
) -> Result<i64> {
    let json = state
        .filter(|_| keeps_state(entity.kind))
        .map(State::to_json)
        .transpose()?;
    let row = Row {
        conn,
        entity,
        n,
        topic: common.topic.to_string(),
        last: &common.last.0,
        places: common.places.as_bytes(),
        // serde_json writes UTF-8.
        state: json
            .as_deref()
            .map(|bytes| std::str::from_utf8(bytes).unwrap_or_default()),
    };
    match entity.kind {
        EntityKind::Household => household::save(&row, household(old), household(new)),
        EntityKind::Entitlement => entitlement::save(&row, entitlement(old), entitlement(new)),
        EntityKind::Appointment => appointment::save(&row, appointment(old), appointment(new)),
        EntityKind::Stock => {
            let n = thing::save(&row)?;
            run::replace(conn, stock(old), stock(new))?;
            Ok(n)
        }
        EntityKind::Looks => {
            let n = thing::save(&row)?;
            look::replace(conn, looks(old), looks(new))?;
            Ok(n)
        }
        EntityKind::Site
        | EntityKind::Service
        | EntityKind::Campaign
        | EntityKind::Operator
        | EntityKind::Import
        | EntityKind::Erasure
        | EntityKind::DeskStory
        | EntityKind::SiteHours
        | EntityKind::Closing
        | EntityKind::PaperKit
        | EntityKind::Case
        | EntityKind::CampaignSample
        | EntityKind::Plan => thing::save(&row),
    }
}

/// Takes an entity's row away, and all that it showed.
pub(crate) fn remove(conn: &Connection, entity: EntityRef, n: i64, old: Option<&Shown>) -> Result<()> {
    // What it showed goes as it does with every change.
    let nothing = Common {
        topic: Topic::Office,
        last: Order([0; 33]),
        places: Places::default(),
    };
    save(conn, entity, Some(n), &nothing, None, old, None)?;
    conn.prepare_cached(match table(entity.kind) {
        "household" => "DELETE FROM household WHERE n = ?1",
        "entitlement" => "DELETE FROM entitlement WHERE n = ?1",
        "appointment" => "DELETE FROM appointment WHERE n = ?1",
        _ => "DELETE FROM thing WHERE n = ?1",
    })?
    .execute([n])?;
    Ok(())
}

/// An entity's row on its way into the file.
struct Row<'a> {
    conn: &'a Connection,
    entity: EntityRef,
    n: Option<i64>,
    topic: String,
    last: &'a [u8],
    places: &'a [u8],
    state: Option<&'a str>,
}

impl Row<'_> {
    fn id(&self) -> &[u8] {
        self.entity.id.as_bytes()
    }
}

fn household(shown: Option<&Shown>) -> Option<&HouseholdRow> {
    match shown {
        Some(Shown::Household(row)) => Some(row),
        _ => None,
    }
}

fn entitlement(shown: Option<&Shown>) -> Option<&EntitlementRow> {
    match shown {
        Some(Shown::Entitlement(row)) => Some(row),
        _ => None,
    }
}

fn appointment(shown: Option<&Shown>) -> Option<&AppointmentRow> {
    match shown {
        Some(Shown::Appointment(row)) => Some(row),
        _ => None,
    }
}

fn looks(shown: Option<&Shown>) -> &[LookRow] {
    match shown {
        Some(Shown::Looks(rows)) => rows,
        _ => &[],
    }
}

fn stock(shown: Option<&Shown>) -> &[RunRow] {
    match shown {
        Some(Shown::Stock(rows)) => rows,
        _ => &[],
    }
}

/// What is only in the first, and what is only in the second.
fn difference<'a, T: PartialEq>(old: &'a [T], new: &'a [T]) -> (Vec<&'a T>, Vec<&'a T>) {
    // Nearly always something was added at the end.
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[same..], &new[same..]);
    let gone = old.iter().filter(|row| !new.contains(row)).collect();
    let come = new.iter().filter(|row| !old.contains(row)).collect();
    (gone, come)
}
