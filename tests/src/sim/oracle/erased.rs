// SPDX-License-Identifier: EUPL-1.2
//! What was ordered to be erased: once everybody has met it is nowhere any more, nothing else is gone, and what remains of it says
//! nothing of a person. Orders are read a second time here, from their records.

use super::journal::{Journal, Standing, records};
use crate::sim::report::{Violation, hold};
use crate::sim::station::Station;
use crate::sim::world::World;
use sportello_central::Central;
use sportello_desk::view::ErasuresView;
use sportello_desk::{Query, View};
use sportello_domain::event::Event;
use sportello_domain::ids::{DeskId, HouseholdId};
use sportello_domain::meta::{EntityKind, EventMeta, Topic};
use sportello_protocol::Link;
use sportello_store::StoreError;
use std::collections::{BTreeMap, BTreeSet};

const GONE: &str = "once everybody has met, what was ordered to be erased is nowhere any more";
const LEFT: &str = "nothing is erased but what an order names";
/// About how many bytes are read at once.
const PAGE: usize = 4 << 20;

/// Of the bodies that orders name at one place: which (none: whatever stands there), and what is left of each.
type Bodies = BTreeMap<Option<[u8; 16]>, Option<String>>;

/// What all orders name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    households: BTreeSet<HouseholdId>,
    /// By their places; by their bodies, where the order says which one it means.
    records: BTreeMap<(DeskId, Topic, u64), Bodies>,
}

impl Orders {
    /// The orders among some records.
    pub fn of(records: &[Standing]) -> Self {
        let mut orders = Self::default();
        for Standing { meta, head, record } in records {
            if meta.topic != Topic::Office || meta.entity.kind != EntityKind::Erasure {
                continue;
            }
            let Ok(Event::ErasureListed(listed)) = record.event(head) else {
                continue;
            };
            orders.households.extend(listed.households);
            for named in listed.records {
                let left = named.remains.map(|left| left.to_string());
                let kept = orders
                    .records
                    .entry((named.desk, named.topic, named.seq))
                    .or_default()
                    .entry(named.body.map(|body| body.0))
                    .or_default();
                // Of two orders that name the same record the one holds that leaves something of it.
                if left > *kept {
                    *kept = left;
                }
            }
        }
        orders
    }

    /// With what others name.
    fn and(mut self, others: &Self) -> Self {
        self.households.extend(&others.households);
        for (place, bodies) in &others.records {
            let own = self.records.entry(*place).or_default();
            for (body, left) in bodies {
                own.entry(*body).or_insert_with(|| left.clone());
            }
        }
        self
    }

    /// Whether an order names this record, or all of its household.
    fn names(&self, found: &Standing) -> bool {
        !self.of_record(found).is_empty()
            || found.meta.entity.kind == EntityKind::Household
                && self.households.contains(&HouseholdId(found.meta.entity.id))
    }

    /// What orders say of a record: of one that stands at its place on another branch of the log they say nothing of this one.
    fn of_record(&self, found: &Standing) -> Vec<Option<&String>> {
        let EventMeta { desk, topic, seq, .. } = found.meta;
        let Some(bodies) = self.records.get(&(desk, topic, seq)) else {
            return Vec::new();
        };
        let (hash, _) = found.record.body.fingerprint();
        let half = hash.first_chunk::<16>().copied();
        let said = [bodies.get(&half), bodies.get(&None)];
        said.into_iter().flatten().map(Option::as_ref).collect()
    }

    /// What an order leaves of a record.
    pub fn remains(&self, found: &Standing) -> Option<&String> {
        self.of_record(found).into_iter().flatten().next()
    }
}

/// Looks for what should be gone, and for what should not.
pub fn check(world: &mut World) -> Result<(), Violation> {
    let mut common = Orders::default();
    if let Some(supervisor) = world.supervisor() {
        let journal = Journal::read(world.stations[supervisor].desk().store())?;
        says_nothing_of_anybody(&journal)?;
        world
            .counts
            .seen("households erased", journal.orders.households.len() as u64);
        world
            .counts
            .seen("records named by orders", journal.orders.records.len() as u64);
        let late = came_late(&world.stations[supervisor])?;
        world
            .counts
            .seen("erased records that came to light after the order", late);
        common = journal.orders;
    }
    for at in 0..world.stations.len() {
        let station = &world.stations[at];
        let all = records(station.desk().store())?;
        let own = Orders::of(&all);
        // Who is cut off for good obeys the orders that it has.
        let obeys = if world.is_sound(station) { &common } else { &own };
        obeyed(&station.name, &all, obeys)?;
        only_by_order(&station.name, &all, &own.clone().and(&common))?;
        nothing_set_aside(station, &own)?;
        if world.is_sound(station) {
            is_cleared_away(station)?;
            nothing_is_shown(station, &world.town.forgotten)?;
        }
    }
    let central = &world.centre.central;
    let (all, aside) = at_the_centre(central)?;
    let own = Orders::of(&all);
    obeyed("the centre", &all, &own)?;
    obeyed("the centre, of what it set aside", &aside, &own)?;
    only_by_order("the centre", &all, &own.and(&common))?;
    let erased = all.iter().filter(|record| !record.is_whole()).count();
    lies_about_nowhere(world)?;
    world.counts.seen("bodies erased at the centre", erased as u64);
    Ok(())
}

fn told(whose: &str, found: &Standing) -> String {
    let EventMeta { desk, topic, seq, .. } = found.meta;
    format!("{whose}: record {seq} of {topic} of {desk}, {}", found.head.kind)
}

fn obeyed(whose: &str, all: &[Standing], orders: &Orders) -> Result<(), Violation> {
    let kept = all
        .iter()
        .find(|record| record.is_whole() && orders.names(record));
    hold(GONE, kept.is_none(), || {
        kept.map(|kept| told(whose, kept)).unwrap_or_default()
    })
}

fn only_by_order(whose: &str, all: &[Standing], orders: &Orders) -> Result<(), Violation> {
    let gone = all
        .iter()
        .find(|record| !record.is_whole() && !orders.names(record));
    hold(LEFT, gone.is_none(), || {
        gone.map(|gone| told(whose, gone)).unwrap_or_default()
    })
}

/// Everything that the centre keeps, and what it set aside.
pub(super) fn at_the_centre(central: &Central) -> Result<(Vec<Standing>, Vec<Standing>), Violation> {
    let fail = |error: String| Violation::new("every record of the centre can be read", error);
    let vault = central.vault();
    let read = |records: Vec<_>, desk, topic, into: &mut Vec<Standing>| {
        for record in records {
            into.push(Standing::read(record, desk, topic).map_err(|error| fail(error.to_string()))?);
        }
        Ok::<_, Violation>(())
    };
    let (mut all, mut aside) = (Vec::new(), Vec::new());
    for log in vault.logs().map_err(|error| fail(error.to_string()))? {
        let Some(topic) = log.name.topic() else { continue };
        let mut after = 0;
        while after < log.seq {
            let segments = vault
                .segments(&log.name, after, PAGE)
                .map_err(|error| fail(error.to_string()))?;
            let Some(last) = segments.last() else { break };
            after = last.head.seq;
            for segment in segments {
                read(segment.records, log.name.desk_id(), topic, &mut all)?;
            }
        }
    }
    for (log, head) in vault.forks().map_err(|error| fail(error.to_string()))? {
        let fork = vault
            .fork(&log, &Link(head.link))
            .map_err(|error| fail(error.to_string()))?;
        if let (Some(fork), Some(topic)) = (fork, log.topic()) {
            read(fork.records, log.desk_id(), topic, &mut aside)?;
        }
    }
    Ok((all, aside))
}

/// What a desk keeps of other branches and of what came late, too.
fn nothing_set_aside(station: &Station, orders: &Orders) -> Result<(), Violation> {
    let kept = station
        .desk()
        .store()
        .read(|reads| {
            let mut kept = Vec::new();
            for aside in reads.asides()? {
                for found in reads.aside_records(&aside)? {
                    kept.extend(Standing::read(found.record, aside.desk, aside.topic).ok());
                }
            }
            Ok::<_, StoreError>(kept)
        })
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    obeyed(&format!("{}, of what it set aside", station.name), &kept, orders)
}

/// Nor does the file hold it in places that nothing reads, nor a backup that the program keeps beside it.
fn is_cleared_away(station: &Station) -> Result<(), Violation> {
    let left = station
        .desk()
        .store()
        .read(|reads| Ok::<_, StoreError>((reads.needs_scrub()?, reads.old_backups_hold_erased()?)))
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    hold(
        "what an erasure leaves behind is cleared away once everybody has met",
        left == (false, false),
        || format!("{}: file and backups {left:?}", station.name),
    )
}

/// No table has a word of it.
fn nothing_is_shown(station: &Station, forgotten: &[String]) -> Result<(), Violation> {
    if forgotten.is_empty() {
        return Ok(());
    }
    let dump = station
        .desk()
        .store()
        .read(|reads| reads.dump())
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?
        .join("\n");
    let found = forgotten.iter().find(|word| dump.contains(*word));
    hold("nobody is shown who was forgotten", found.is_none(), || {
        format!("{}: {found:?}", station.name)
    })
}

/// The centre's files are not encrypted: nothing of it stands anywhere in them.
fn lies_about_nowhere(world: &mut World) -> Result<(), Violation> {
    if world.town.forgotten.is_empty() {
        return Ok(());
    }
    for entry in std::fs::read_dir(world.centre.folder()).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_file() {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let found = world.town.forgotten.iter().find(|word| text.contains(*word));
        hold(GONE, found.is_none(), || {
            format!("{found:?} stands in {:?} of the centre", path.file_name())
        })?;
    }
    world.counts.seen(
        "words of the forgotten looked for",
        world.town.forgotten.len() as u64,
    );
    Ok(())
}

fn came_late(supervisor: &Station) -> Result<u64, Violation> {
    match supervisor.ask(&Query::Erasures) {
        Ok(View::Erasures(ErasuresView { orders, .. })) => {
            Ok(orders.iter().map(|row| u64::from(row.erasure.late)).sum())
        }
        other => Err(Violation::new(
            "orders of erasure can be shown",
            format!("{other:?}"),
        )),
    }
}

/// What was written of an erased household by whoever did not know, or by hand, is found and erased by the desk that ordered.
fn says_nothing_of_anybody(journal: &Journal) -> Result<(), Violation> {
    let households = &journal.orders.households;
    let mut of_them: BTreeSet<uuid::Uuid> = households.iter().map(|id| id.0).collect();
    for (meta, event) in &journal.facts {
        let household = match event {
            Event::EntitlementGranted(fact) => Some(fact.household),
            Event::AppointmentBooked(fact) => fact.household,
            Event::CustodyAccepted(fact) => fact.carried.as_ref().map(|carried| carried.household),
            Event::DeliveryConfirmed(fact) => fact.right.map(|right| right.household),
            _ => None,
        };
        if household.is_some_and(|household| households.contains(&household)) {
            of_them.insert(meta.entity.id);
        }
    }
    for (meta, event) in &journal.facts {
        let concerned = matches!(
            meta.entity.kind,
            EntityKind::Household | EntityKind::Entitlement | EntityKind::Appointment
        ) && of_them.contains(&meta.entity.id);
        if !concerned {
            continue;
        }
        let body = event.encode().unwrap_or_default();
        let mut value: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        if let (Event::DeliveryRefused(_), Some(fields)) = (event, value.as_object_mut()) {
            // Why nothing was handed over is one of a few reasons, and no words.
            fields.remove("reason");
        }
        hold(
            "nothing that is left says anything of whom an order erased",
            !has_words(&value),
            || format!("record {} of {}: {value}", meta.seq, meta.topic),
        )?;
    }
    Ok(())
}

/// Free text, or who came.
fn has_words(value: &serde_json::Value) -> bool {
    const TELLING: [&str; 8] = [
        "reason",
        "note",
        "text",
        "forced",
        "partial",
        "overbooked",
        "number",
        "name",
    ];
    match value {
        serde_json::Value::Object(fields) => fields.iter().any(|(key, value)| match value {
            serde_json::Value::String(text) => TELLING.contains(&key.as_str()) && !text.is_empty(),
            value => has_words(value),
        }),
        serde_json::Value::Array(values) => values.iter().any(has_words),
        _ => false,
    }
}
