// SPDX-License-Identifier: EUPL-1.2
//! What desks show: the same at all that hold the same, what the records say, and what the model says.

use super::{Journal, Model};
use crate::facts::CAMPAIGN;
use crate::sim::oracle::model::{Voucher, vouchers};
use crate::sim::report::{Violation, hold};
use crate::sim::station::{AllHeads, Station};
use crate::sim::world::World;
use sportello_desk::{Query, View};
use sportello_domain::entitlement::{Entitlement, EntitlementStatus};
use sportello_domain::exceptions::CaseKind;
use sportello_domain::meta::Topic;
use std::collections::{BTreeMap, BTreeSet};

/// Looks at what every desk shows.
pub fn check(world: &mut World) -> Result<(), Violation> {
    for station in &world.stations {
        is_what_its_records_say(station)?;
        if world.is_sound(station) {
            has_given_what_was_asked(world, station)?;
        }
    }
    let Some(reference) = world.supervisor() else {
        world.counts.seen("quiet points without a supervisor", 1);
        return Ok(());
    };
    let journal = Journal::read(world.stations[reference].desk().store())?;
    let apart = agree(world, reference, &journal)?;
    world
        .counts
        .seen("topics on which desks held different records", apart);
    world
        .counts
        .seen("records at quiet points", journal.facts.len() as u64);
    let model = Model::of(&journal);
    nobody_is_served_twice(world, &model)?;
    supervisor_sees(world, &world.stations[reference], &model)?;
    super::ledger::adds_up(&world.stations[reference], &model)?;
    let on_their_way = model.on_their_way();
    world
        .counts
        .seen("vouchers in transit at quiet points", on_their_way);
    world
        .counts
        .seen("shipments that arrived", model.arrived.len() as u64);
    for (seen, count) in super::cases::check(world, &world.stations[reference], &model)? {
        world.counts.seen(seen, count);
    }
    for at in 0..world.stations.len() {
        if world.has_the_same(at, reference)? && world.has_all_of_its_own(at, reference)? {
            vouchers_are_conserved(&world.stations[at], &model)?;
            world.counts.seen("stocks counted", 1);
        }
    }
    papers_are_used_once(world, &model)?;
    world
        .counts
        .seen("papers accepted where nobody knew the household", model.carried);
    world
        .counts
        .seen("deliveries whose right's beginning left", model.delivered_only);
    world
        .counts
        .seen("vouchers out twice, each with an exception", model.out_twice);
    world.counts.seen(
        "vouchers with which two desks were supplied",
        model.supplied_twice().len() as u64,
    );
    for right in model.rights.values().filter(|right| right.relieved > 0) {
        world.counts.seen("rights relieved", 1);
        let came = |kind: &CaseKind| matches!(kind, CaseKind::BeforeRelief | CaseKind::NotHolder);
        let came = right.odd.iter().filter(|(kind, _)| came(kind)).count();
        world
            .counts
            .seen("deliveries that reliefs brought to light", came as u64);
    }
    world.mark(&format!("{:?}", model.figures()));
    Ok(())
}

fn is_what_its_records_say(station: &Station) -> Result<(), Violation> {
    const RULE: &str = "what a desk shows is what its records say";
    match station.ask(&Query::Verify) {
        Ok(View::Verification(found)) => hold(RULE, found.faults.is_empty(), || {
            format!("{}: {}", station.name, found.faults.join("; "))
        }),
        other => Err(Violation::new(RULE, format!("{}: {other:?}", station.name))),
    }
}

/// Whoever was asked for an entitlement has given it away by itself, unless the household is being served.
fn has_given_what_was_asked(world: &World, station: &Station) -> Result<(), Violation> {
    let desk = station.desk();
    let kept =
        desk.store()
            .read(|reads| {
                let mut kept = Vec::new();
                for case in reads.custody_asked_of(desk.id())? {
                    let right = reads.state::<Entitlement>(case.entitlement)?;
                    let due = right.is_some_and(|right| {
                        matches!(
                            right.status(),
                            EntitlementStatus::Due | EntitlementStatus::Partial
                        )
                    });
                    let topic = reads.topic_of(case.entitlement)?;
                    let can = desk.directory().desk(case.to).is_some_and(|to| {
                        !to.revoked && topic.is_some_and(|topic| to.reads.contains(&topic))
                    });
                    if due && can && !reads.is_being_served(case.entitlement)? {
                        kept.push((case.entitlement, world.name_of(case.to)));
                    }
                }
                Ok::<_, sportello_store::StoreError>(kept)
            })
            .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    hold("what a desk was asked for it has given", kept.is_empty(), || {
        format!("{}: {kept:?}", station.name)
    })
}

type Lines = BTreeMap<String, BTreeSet<String>>;

/// Each thing in a line, by topic.
fn lines(station: &Station) -> Result<Lines, Violation> {
    let dump = station
        .desk()
        .store()
        .read(|reads| reads.dump())
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    let mut lines = Lines::new();
    for line in dump {
        if let Some((thing, rest)) = line.strip_prefix("EntityRef {").and_then(|l| l.split_once("} "))
            && let Some((topic, _)) = rest.split_once(' ')
        {
            let _ = thing;
            let topic = topic.to_owned();
            lines.entry(topic).or_default().insert(line);
        }
    }
    Ok(lines)
}

/// Every desk shows what the supervisors' desk shows, of each topic of which both hold the same records. Gives how many topics
/// there were of which they did not.
fn agree(world: &World, reference: usize, journal: &Journal) -> Result<u64, Violation> {
    let split: Vec<String> = journal
        .in_several_topics()
        .iter()
        .map(|thing| thing.id.to_string())
        .collect();
    let of_one_topic = |line: &&String| !split.iter().any(|id| line.contains(id.as_str()));
    let wanted = lines(&world.stations[reference])?;
    hold("there is something to compare", wanted.len() > 1, || {
        format!("{} topics", wanted.len())
    })?;
    let theirs = world.stations[reference]
        .have()
        .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
    let of = |have: &AllHeads, topic| -> Vec<_> {
        have.iter()
            .filter(|((_, t), _)| *t == topic)
            .map(|((desk, _), head)| (*desk, *head))
            .collect()
    };
    let mut apart = 0;
    for (at, station) in world.stations.iter().enumerate() {
        if at == reference {
            continue;
        }
        let shown = lines(station)?;
        let have = station
            .have()
            .map_err(|error| Violation::new("a desk's file can be read", error.code()))?;
        for topic in Topic::ALL {
            if !station.reads(topic) {
                continue;
            }
            if of(&have, topic) != of(&theirs, topic) {
                apart += 1;
                continue;
            }
            // What is left of what was erased is told by the orders, which are the whole office's.
            if of(&have, Topic::Office) != of(&theirs, Topic::Office) {
                continue;
            }
            let name = topic.to_string();
            let pick = |lines: &Lines| -> BTreeSet<String> {
                lines
                    .get(&name)
                    .into_iter()
                    .flatten()
                    .filter(of_one_topic)
                    .cloned()
                    .collect()
            };
            let (here, there) = (pick(&shown), pick(&wanted));
            hold("desks with the same records show the same", here == there, || {
                let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
                    a.difference(b).next().cloned().unwrap_or_default()
                };
                format!(
                    "{} {name}:\n  here  {}\n  there {}",
                    station.name,
                    only(&here, &there),
                    only(&there, &here)
                )
            })?;
        }
    }
    Ok(apart)
}

fn nobody_is_served_twice(world: &World, model: &Model) -> Result<(), Violation> {
    for (id, right) in &model.rights {
        let over = right.delivered() > right.amount;
        let by_revision = right.delivered() <= right.most;
        hold(
            "what was handed over beyond a right is seen by a supervisor",
            !over || by_revision || !right.odd.is_empty(),
            || format!("{id}: {right:?}"),
        )?;
        if world.doubts() || right.two_holders {
            continue;
        }
        if right.relieved > 0 {
            // Whom a supervisor relieved may not have heard of it: it served, and that is seen.
            hold(
                "what was handed over twice because of a relief is seen by a supervisor",
                right.delivered() <= right.most || !right.odd.is_empty(),
                || format!("{id}: {right:?}"),
            )?;
            continue;
        }
        let without_force: i64 = right
            .out
            .iter()
            .filter(|out| out.back.is_none() && !out.forced)
            .map(|out| out.amount)
            .sum();
        hold(
            "desks that force nothing never hand over more than is due",
            without_force <= right.most,
            || format!("{id}: {right:?}"),
        )?;
        for out in right.out.iter().filter(|out| !out.forced) {
            hold(
                "only the holder delivers without force",
                !right.odd.contains(&(CaseKind::NotHolder, out.id)),
                || format!("{id} by {}: {right:?}", world.name_of(out.desk)),
            )?;
        }
    }
    Ok(())
}

fn papers_are_used_once(world: &World, model: &Model) -> Result<(), Violation> {
    // A desk that was copied or put back may use one in each of its lives.
    let again = model.accepted.iter().find(|(_, times)| **times > 1);
    hold(
        "a paper is used once in the whole office",
        world.doubts() || again.is_none(),
        || format!("{again:?}"),
    )
}

fn supervisor_sees(world: &World, supervisor: &Station, model: &Model) -> Result<(), Violation> {
    let figures = model.figures();
    match supervisor.ask(&Query::Indicator { campaign: CAMPAIGN }) {
        Ok(View::Indicator(view)) => {
            let shown = super::model::Figures {
                entitled: view.entitled.into(),
                presented: view.presented.into(),
                served: view.served.into(),
                walk_ins: view.walk_in.into(),
                no_shows: view.no_show.into(),
                delivered: view.delivered.0,
            };
            hold("the indicator is what a recount says", shown == figures, || {
                format!("shown {shown:?}, counted {figures:?}")
            })?;
            hold(
                "whoever presented and is not served is named",
                view.missing.len() as u64 == figures.presented - figures.served,
                || format!("{} are named of {figures:?}", view.missing.len()),
            )?;
            // With its own clock wrong, or with a log that makes trouble, a desk does not say that a figure is final.
            let status = super::status(supervisor)?;
            if status.last_error.is_none() && supervisor.clock.is_right() {
                let surplus: Vec<_> = view
                    .missing_desks
                    .iter()
                    .filter(|missing| {
                        let of_it = |station: &&Station| station.id == missing.desk.id;
                        world
                            .stations
                            .iter()
                            .find(of_it)
                            .is_some_and(|station| world.is_sound(station))
                    })
                    .collect();
                hold(
                    "once everybody has met, the figure waits for no sound desk",
                    surplus.is_empty(),
                    || format!("{surplus:?}"),
                )?;
            }
            let sum = |of: fn(&sportello_desk::view::QuartiereFigures) -> u32| -> u64 {
                view.by_quartiere.iter().map(|row| u64::from(of(row))).sum()
            };
            hold(
                "the Quartieri together are the whole, and no part is more than its whole",
                (sum(|r| r.entitled), sum(|r| r.presented), sum(|r| r.served))
                    == (figures.entitled, figures.presented, figures.served)
                    && view
                        .by_quartiere
                        .iter()
                        .all(|row| row.served <= row.presented && row.presented <= row.entitled),
                || format!("{:?} of {figures:?}", view.by_quartiere),
            )?;
        }
        other => return Err(Violation::new("the indicator can be shown", format!("{other:?}"))),
    }
    Ok(())
}

fn vouchers_are_conserved(station: &Station, model: &Model) -> Result<(), Violation> {
    let Ok(View::Stock(view)) = station.ask(&Query::Stock { campaign: CAMPAIGN }) else {
        return Ok(());
    };
    let held: BTreeSet<Voucher> = vouchers(&view.held).collect();
    let counted = model.held(station.id);
    hold("a desk holds what a count finds", held == counted, || {
        let (more, less) = (
            held.difference(&counted).count(),
            counted.difference(&held).count(),
        );
        let out: Vec<_> = model
            .rights
            .iter()
            .flat_map(|(id, right)| right.out.iter().map(move |out| (id, out)))
            .filter(|(_, out)| {
                out.desk == station.id
                    && vouchers(&out.runs)
                        .any(|voucher| held.contains(&voucher) != counted.contains(&voucher))
            })
            .map(|(id, out)| {
                let row = station.ask(&Query::Counter { entitlement: *id });
                format!(
                    "{id} {} back {:?} runs {:?}; here {row:?}",
                    out.id, out.back, out.runs
                )
            })
            .collect();
        format!(
            "{}: {more} shown too many, {less} not shown; {out:#?}",
            station.name
        )
    })?;
    let stock = model.stocks.get(&station.id).cloned().unwrap_or_default();
    let delivered = (stock.supplied.len() - counted.len()) as u64;
    let removed = (stock.came.len() - stock.supplied.len()) as u64;
    hold(
        "received is delivered, held and removed",
        (view.received, view.delivered, view.held_count, view.removed)
            == (stock.came.len() as u64, delivered, counted.len() as u64, removed)
            && view.received == view.delivered + view.held_count + view.removed,
        || {
            format!(
                "{}: {} received, {} delivered, {} held, {} removed; counted {} {delivered} {} {removed}",
                station.name,
                view.received,
                view.delivered,
                view.held_count,
                view.removed,
                stock.came.len(),
                counted.len()
            )
        },
    )
}
