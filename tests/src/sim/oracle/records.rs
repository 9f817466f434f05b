// SPDX-License-Identifier: EUPL-1.2
//! Records: where they must be, and what is told of those that are not there yet.

use crate::sim::report::{Violation, hold};
use crate::sim::station::{AllHeads, Heads, Station};
use crate::sim::world::World;
use sportello_desk::view::StatusView;
use sportello_desk::{Query, View};
use sportello_domain::ids::CommandId;
use sportello_protocol::Head;
use sportello_protocol::wire::LogName;
use sportello_store::StoreError;
use std::collections::BTreeSet;

/// Looks where records are.
pub fn check(world: &mut World) -> Result<(), Violation> {
    let centre = world.centre.heads()?;
    if let Some(supervisor) = world.supervisor() {
        let have = world.stations[supervisor]
            .have()
            .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
        let lacking: u64 = have
            .iter()
            .map(|(log, (seq, _))| seq.saturating_sub(centre.get(log).map_or(0, |(seq, _)| *seq)))
            .sum();
        world
            .counts
            .seen("records that a restored centre lacks and a desk has", lacking);
    }
    let at_centre = heads_at_the_centre(world)?;
    let sites: Vec<usize> = (0..world.stations.len()).collect();
    for at in sites {
        let station = &world.stations[at];
        station.check_told()?;
        if world.is_sound(station) {
            has_handed_over(station, &centre)?;
        } else {
            knows_that_it_is_stopped(world, station, &centre)?;
        }
        has_fetched(world, station, &centre, &at_centre)?;
    }
    what_was_set_aside_has_come(world)?;
    let report = world
        .centre
        .central
        .verify()
        .map_err(|error| Violation::new("the centre can be verified", error.to_string()))?;
    hold(
        "the centre holds what it says",
        report.problems.is_empty(),
        || report.problems.join("; "),
    )
}

/// The head of every record that the centre has, in a log or set aside.
fn heads_at_the_centre(world: &World) -> Result<BTreeSet<Vec<u8>>, Violation> {
    let (all, aside) = super::erased::at_the_centre(&world.centre.central)?;
    let found = all.into_iter().chain(aside);
    Ok(found.map(|found| found.record.head).collect())
}

/// What desks set aside of others' logs has reached the centre: their writers may never come back.
fn what_was_set_aside_has_come(world: &mut World) -> Result<(), Violation> {
    let (all, aside) = super::erased::at_the_centre(&world.centre.central)?;
    let there: BTreeSet<&[u8]> = all
        .iter()
        .chain(&aside)
        .map(|found| &found.record.head[..])
        .collect();
    let mut handed_on = 0;
    for station in world.stations.iter().filter(|station| world.is_sound(station)) {
        let (waiting, kept) = station
            .desk()
            .store()
            .read(|reads| {
                let mut kept = Vec::new();
                for found in reads
                    .asides()?
                    .into_iter()
                    .filter(|found| found.signature.is_some())
                {
                    let records = reads.aside_records(&found)?;
                    kept.push((found, records));
                }
                Ok::<_, StoreError>((reads.asides_to_hand_on()?, kept))
            })
            .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
        hold(
            "once everybody has met, nothing that was set aside waits to be handed on",
            waiting.is_empty(),
            || {
                let logs: Vec<_> = waiting
                    .iter()
                    .map(|segment| (&segment.log, segment.from))
                    .collect();
                format!("{}: {logs:?}", station.name)
            },
        )?;
        for (found, records) in kept {
            // A centre that came back from a backup may not know the desk that wrote them.
            let lacking = records.iter().find(|one| !there.contains(&one.record.head[..]));
            hold(
                "once everybody has met, the centre has what a desk set aside",
                world.centre.was_put_back || lacking.is_none(),
                || format!("{}: {found:?}", station.name),
            )?;
            handed_on += records.len() as u64;
        }
    }
    world
        .counts
        .seen("records set aside at desks, all at the centre", handed_on);
    Ok(())
}

/// How a desk says that it stands.
pub fn status(station: &Station) -> Result<StatusView, Violation> {
    match station.ask(&Query::Status) {
        Ok(View::Status(status)) => Ok(status),
        other => Err(Violation::new(
            "a desk says how it stands",
            format!("{}: {other:?}", station.name),
        )),
    }
}

fn has_handed_over(station: &Station, centre: &AllHeads) -> Result<(), Violation> {
    let heads = station
        .heads()
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    for (topic, head) in heads {
        let there = centre.get(&(station.id, topic));
        hold(
            "once everybody has met, the centre has all that a desk wrote",
            there == Some(&head),
            || format!("{} {topic}: {head:?}, and the centre {there:?}", station.name),
        )?;
    }
    let status = status(station)?;
    hold(
        "a sound desk has nothing waiting, refused or stopped once everybody has met",
        (
            status.waiting,
            status.refused,
            status.unprojected,
            &status.stopped,
        ) == (0, 0, 0, &None),
        || format!("{}: {status:?}", station.name),
    )
}

/// A desk whose identity was copied, put back or revoked either still agrees with the centre, or knows that it is stopped.
fn knows_that_it_is_stopped(world: &World, station: &Station, centre: &AllHeads) -> Result<(), Violation> {
    let status = status(station)?;
    if status.stopped.is_some() {
        return Ok(());
    }
    let revoked = world
        .centre
        .revoked(station.id)
        .map_err(|error| Violation::new("the centre knows its desks", error.to_string()))?;
    hold(
        "a desk that was revoked or restored knows that it is stopped",
        !revoked && !station.shelved,
        || format!("{}: {status:?}", station.name),
    )?;
    let heads = station
        .heads()
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    for ((desk, topic), there) in centre {
        if *desk == station.id {
            let here = heads.get(topic);
            hold(
                "a desk whose records are not those of the centre knows that it is stopped",
                here == Some(there),
                || format!("{} {topic}: {here:?}, and the centre {there:?}", station.name),
            )?;
        }
    }
    Ok(())
}

/// Of a log of which the centre has another story, it has the end of this one: as evidence, if not the whole.
fn both_are_known(
    world: &World,
    station: &Station,
    log: &LogName,
    at_centre: &BTreeSet<Vec<u8>>,
) -> Result<(), Violation> {
    let page = station
        .desk()
        .store()
        .read(|reads| reads.records(log, 1, usize::MAX))
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    let last = page.into_iter().flat_map(|page| page.records).last();
    hold(
        "of two stories under one name the centre knows both",
        last.is_some_and(|record| at_centre.contains(&record.head[..])),
        || {
            let writer = world.name_of(log.desk_id());
            format!("{}: {} of {writer}", station.name, log.topic)
        },
    )
}

fn has_fetched(
    world: &World,
    station: &Station,
    centre: &AllHeads,
    at_centre: &BTreeSet<Vec<u8>>,
) -> Result<(), Violation> {
    if world.is_revoked(station) {
        return Ok(());
    }
    // Nor does the centre give anything to a copy from before the desk's key was changed.
    let is_copy = world.is_doubtful(station.id) && world.was_rekeyed(station.id);
    if is_copy {
        let status = status(station)?;
        let told = [status.stopped, status.last_error];
        if told.into_iter().flatten().any(|why| why.code == "key_replaced") {
            return Ok(());
        }
    }
    let have = station
        .have()
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    for ((desk, topic), (seq, link)) in centre {
        if !station.reads(*topic) {
            continue;
        }
        // Of whoever wrote two stories under one name, each reader has the one that came first to it.
        if world.is_doubtful(*desk) && (world.centre.was_put_back || *desk == station.id) {
            continue;
        }
        let here = have.get(&(*desk, *topic));
        if world.is_doubtful(*desk) && here != Some(&(*seq, *link)) {
            // One story came to this desk first, by its seat or on a stick, and another to the centre: the centre knows of it.
            both_are_known(world, station, &LogName::new(*desk, *topic), at_centre)?;
            continue;
        }
        // What a revoked desk had given to others of its seat, or on a stick, before it was revoked stays where it is; the centre
        // sets it aside.
        let may_be_ahead = world.centre.was_put_back || world.was_revoked(*desk);
        let ahead = may_be_ahead && here.is_some_and(|(have, _)| have > seq);
        hold(
            "once everybody has met, a desk has all that it may read",
            ahead || here == Some(&(*seq, *link)),
            || {
                format!(
                    "{}: {topic} of {}: {here:?}, and the centre {seq} {link:?}; {:?}",
                    station.name,
                    world.name_of(*desk),
                    status(station).map(|status| (status.stopped, status.last_error))
                )
            },
        )?;
    }
    Ok(())
}

/// What a desk's own logs grew by since `before` came from this command, if it came from one.
pub fn grown(
    station: &Station,
    before: &Heads,
    after: &Heads,
    command: Option<CommandId>,
) -> Result<u64, Violation> {
    const RULE: &str = "a command writes its own records and no others";
    let fail = |detail: String| Violation::new(RULE, format!("{}: {detail}", station.name));
    let mut count = 0;
    for (topic, (seq, _)) in after {
        let was = before.get(topic).map_or(0, |(seq, _)| *seq);
        hold(RULE, *seq >= was, || {
            format!("{}: {topic} went back", station.name)
        })?;
        count += seq - was;
        let Some(command) = command else { continue };
        if *seq == was {
            continue;
        }
        let log = LogName::new(station.id, *topic);
        let page = station
            .desk()
            .store()
            .read(|reads| reads.records(&log, was + 1, usize::MAX))
            .map_err(|error| fail(error.code().into()))?;
        for record in page.into_iter().flat_map(|page| page.records) {
            let head = Head::from_bytes(&record.head).map_err(|error| fail(error.to_string()))?;
            if head.command != *command.0.as_bytes() {
                return Err(fail(format!("record {} of {topic} is another's", head.seq)));
            }
        }
    }
    Ok(count)
}

/// Whoever holds these logs holds of sound desks only what they wrote.
pub fn is_of_its_writers(world: &World, whose: &str, have: &AllHeads) -> Result<(), Violation> {
    for writer in world.stations.iter().filter(|station| world.is_sound(station)) {
        for ((_, topic), (seq, link)) in have.iter().filter(|((desk, _), _)| *desk == writer.id) {
            let log = LogName::new(writer.id, *topic);
            let wrote = writer
                .desk()
                .store()
                .read(|reads| reads.link_at(&log, *seq))
                .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
            hold(
                "nobody holds of a sound desk what it did not write",
                wrote == Some(*link),
                || format!("{whose}: record {seq} of {topic} of {}", writer.name),
            )?;
        }
    }
    Ok(())
}

/// What a desk says is waiting is what the centre has not: never less, and not more either after a clean exchange.
pub fn waiting_is_true(world: &World, station: &Station, clean: bool) -> Result<(), Violation> {
    let waiting = status(station)?.waiting;
    let heads = station
        .heads()
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    let centre = world.centre.heads()?;
    let mut lacking = 0;
    for (topic, (seq, _)) in &heads {
        let has = centre
            .get(&(station.id, *topic))
            .map_or(0, |(seq, _)| *seq)
            .min(*seq);
        lacking += seq - has;
    }
    hold(
        "what waits is told as it is",
        if clean {
            waiting == lacking
        } else {
            waiting >= lacking
        },
        || {
            format!(
                "{}: {waiting} are said to wait, {lacking} are not at the centre",
                station.name
            )
        },
    )
}
