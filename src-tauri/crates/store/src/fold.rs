// SPDX-License-Identifier: EUPL-1.2
//! From records to what an entity is.

use crate::place::Places;
use crate::projection::{Common, Order};
use crate::{Result, StoreError, journal, told};
use rusqlite::Connection;
use sportello_domain::event::Event;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::{EntityRef, EventMeta, Topic, UnknownTopic};
use sportello_domain::state::State;
use sportello_protocol::Head;
use uuid::Uuid;

/// Whether an event begins an entity or says anew what it is: its topic is the topic from then on.
fn settles_topic(event: &Event) -> bool {
    matches!(
        event,
        Event::SiteDefined(_)
            | Event::ServiceDefined(_)
            | Event::OperatorDefined(_)
            | Event::CampaignDefined(_)
            | Event::ImportApplied(_)
            | Event::HouseholdRegistered(_)
            | Event::HouseholdCorrected(_)
            | Event::EntitlementGranted(_)
            | Event::AppointmentBooked(_)
            | Event::AppointmentWalkedIn(_)
            | Event::HoursDefined(_)
            | Event::StockReceived(_)
            | Event::PlanLoaded(_)
            | Event::SampleDrawn(_)
            | Event::StockArrived(_)
    )
}

/// One more event onto what an entity is; an erased one leaves only its place in the order.
pub(crate) fn step(
    common: &mut Option<Common>,
    state: &mut Option<State>,
    meta: &EventMeta,
    event: Option<&Event>,
) {
    let order = Order::of(meta);
    match common {
        Some(common) => {
            common.last = order;
            if event.is_some_and(settles_topic) {
                common.topic = meta.topic;
            }
        }
        None => {
            *common = Some(Common {
                topic: meta.topic,
                last: order,
                places: Places::default(),
            })
        }
    }
    if let Some(event) = event {
        *state = State::fold(state.take(), meta, event);
    }
}

/// What these records make of an entity. They are read from the journal and folded in the order that is the same at every desk.
pub(crate) fn folded(
    conn: &Connection,
    entity: EntityRef,
    places: &Places,
) -> Result<(Option<Common>, Option<State>)> {
    let mut read = conn.prepare_cached(
        "SELECT l.desk, l.topic, j.head, j.body, j.erased FROM journal j JOIN log l ON l.id = (j.place >> 40) WHERE j.place = ?1",
    )?;
    let mut entries = Vec::new();
    for place in places.list() {
        let mut rows = read.query([place.0])?;
        let row = rows
            .next()?
            .ok_or_else(|| StoreError::damaged("a record of the journal is missing"))?;
        let desk = DeskId(Uuid::from_bytes(row.get(0)?));
        let topic = column_topic(row, 1)?;
        let record = journal::record(row, 2)?;
        let head = Head::from_bytes(&record.head)?;
        let told = told::read(conn, &head, &record, desk, topic)??;
        if told.meta.entity == entity {
            entries.push((Order::of(&told.meta), place, told));
        }
    }
    told::in_order(conn, &mut entries)?;
    let (mut common, mut state) = (None, None);
    for (_, _, told) in &entries {
        step(&mut common, &mut state, &told.meta, told.event.as_ref());
    }
    Ok((common, state))
}

/// A topic as it stands in a column.
pub(crate) fn column_topic(row: &rusqlite::Row<'_>, at: usize) -> Result<Topic> {
    let text = row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?;
    text.parse()
        .map_err(|error: UnknownTopic| StoreError::UnknownTopic(error.0))
}
