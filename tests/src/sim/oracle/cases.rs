// SPDX-License-Identifier: EUPL-1.2
//! What supervisors see in their inbox: every exception that the facts hold, none without a cause, and each where the facts put it,
//! by rules written down a second time.

use super::Model;
use super::meeting::Stage;
use super::model::{Voucher, vouchers};
use crate::answers::{EVERY_STANDING, OF_DELIVERIES};
use crate::sim::report::{Violation, hold};
use crate::sim::station::Station;
use crate::sim::world::World;
use sportello_desk::query::InboxFilter;
use sportello_desk::view::{CaseRow, CaseView};
use sportello_desk::{Query, View};
use sportello_domain::event::Event;
use sportello_domain::exceptions::{CaseAbout, CaseDecision, CaseKind, CaseStanding};
use sportello_domain::ids::{
    AppointmentId, CommandId, DeliveryId, EntitlementId, HouseholdId, OperatorId, ServiceId,
};
use sportello_domain::meta::EventMeta;
use std::collections::{BTreeMap, BTreeSet};

/// So many cases are looked at whole.
const LOOKED_AT: usize = 3;
/// So many at once.
const PAGE: u32 = 1_000;

/// What was done with a case.
#[derive(Clone, Debug, Default)]
pub struct Handled {
    decided: BTreeMap<CommandId, (OperatorId, CaseDecision, bool)>,
    signed: Vec<(CommandId, OperatorId)>,
    ended: BTreeSet<CommandId>,
    reopened: bool,
    given: Option<OperatorId>,
    acts: usize,
}

impl Handled {
    /// One more thing that was done with it.
    pub fn take(&mut self, meta: &EventMeta, event: &Event) {
        self.acts += 1;
        match event {
            Event::CaseAssigned(fact) => self.given = fact.to,
            Event::CaseDecided(fact) => {
                self.decided
                    .insert(meta.command, (meta.actor, fact.decision, fact.takes_two));
            }
            Event::CaseCountersigned(fact) => self.signed.push((fact.decision, meta.actor)),
            Event::CaseReopened(fact) => {
                self.reopened = true;
                self.ended.extend(&fact.over);
            }
            _ => {}
        }
    }

    /// Where that leaves it.
    fn standing(&self) -> CaseStanding {
        let holds: BTreeMap<_, _> = self
            .decided
            .iter()
            .filter(|(id, _)| !self.ended.contains(id))
            .collect();
        let said: BTreeSet<CaseDecision> = holds.values().map(|(_, decision, _)| *decision).collect();
        let mut people: BTreeSet<OperatorId> = holds.values().map(|(by, ..)| *by).collect();
        people.extend(
            self.signed
                .iter()
                .filter(|(id, _)| holds.contains_key(id))
                .map(|(_, by)| *by),
        );
        let takes_two = holds.values().any(|(.., two)| *two);
        match said.len() {
            0 if self.reopened => CaseStanding::Reopened,
            0 if self.given.is_some() => CaseStanding::Assigned,
            0 => CaseStanding::Open,
            1 if takes_two && people.len() < 2 => CaseStanding::Awaiting,
            1 => CaseStanding::Decided,
            _ => CaseStanding::Contested,
        }
    }
}

/// Looks through a supervisor's inbox.
pub fn check(
    world: &World,
    supervisor: &Station,
    model: &Model,
) -> Result<BTreeMap<&'static str, u64>, Violation> {
    let rows = inbox(supervisor)?;
    let found: Vec<&CaseRow> = rows.iter().filter(|row| row.found).collect();
    of_deliveries(world, &found, model)?;
    of_serials(&found, model)?;
    of_rights(&found, model)?;
    of_appointments(supervisor, &found, model)?;
    stand_where_the_facts_put_them(supervisor, &rows, model)?;
    let standing = |wanted: CaseStanding| rows.iter().filter(|row| row.standing == wanted).count() as u64;
    Ok(BTreeMap::from([
        ("cases in the inbox", rows.len() as u64),
        ("cases decided", standing(CaseStanding::Decided)),
        (
            "cases decided by two who did not know of each other",
            standing(CaseStanding::Contested),
        ),
        (
            "cases that wait for a second signature",
            standing(CaseStanding::Awaiting),
        ),
        ("cases opened again", standing(CaseStanding::Reopened)),
    ]))
}

fn inbox(supervisor: &Station) -> Result<Vec<CaseRow>, Violation> {
    let mut rows = Vec::new();
    loop {
        let query = Query::Inbox {
            filter: InboxFilter {
                standings: EVERY_STANDING.to_vec(),
                ..InboxFilter::default()
            },
            offset: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            limit: PAGE,
        };
        let Ok(View::Inbox(view)) = supervisor.ask(&query) else {
            return Err(Violation::new("exceptions can be shown", "they were not"));
        };
        let more = !view.rows.is_empty();
        rows.extend(view.rows);
        if !more || rows.len() >= view.total as usize {
            break;
        }
    }
    let mut ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    ids.dedup();
    hold("each exception is shown once", ids.len() == rows.len(), || {
        format!("{} of {}", ids.len(), rows.len())
    })?;
    Ok(rows)
}

type OfDelivery = (EntitlementId, CaseKind, DeliveryId);

/// The cases of these kinds, by the delivery that they are about.
fn by_delivery(found: &[&CaseRow], kinds: &[CaseKind]) -> BTreeSet<OfDelivery> {
    found
        .iter()
        .filter(|row| kinds.contains(&row.matter.kind))
        .filter_map(|row| match row.matter.about {
            CaseAbout::Delivery {
                entitlement,
                delivery,
            } => Some((entitlement, row.matter.kind, delivery)),
            _ => None,
        })
        .collect()
}

fn the_same<T: Ord + std::fmt::Debug>(
    rule: &'static str,
    shown: &BTreeSet<T>,
    expected: &BTreeSet<T>,
) -> Result<(), Violation> {
    hold(rule, shown == expected, || {
        let missing: Vec<_> = expected.difference(shown).collect();
        let surplus: Vec<_> = shown.difference(expected).collect();
        format!("not shown {missing:?}, shown without cause {surplus:?}")
    })
}

fn of_deliveries(world: &World, found: &[&CaseRow], model: &Model) -> Result<(), Violation> {
    let shown = by_delivery(found, &OF_DELIVERIES);
    let expected: BTreeSet<OfDelivery> = model
        .rights
        .iter()
        .flat_map(|(id, right)| right.odd.iter().map(|(kind, delivery)| (*id, *kind, *delivery)))
        .collect();
    the_same("a supervisor sees every exception", &shown, &expected)?;
    for (desk, entitlement, delivery) in &world.forced {
        // What a desk could not hand over any more, or told twice, waits for a person at that desk.
        if world.stations.iter().any(|s| s.id == *desk && !world.is_sound(s)) {
            continue;
        }
        hold(
            "a delivery that somebody was told is forced is seen by a supervisor",
            shown.contains(&(*entitlement, CaseKind::Forced, *delivery)),
            || format!("{entitlement} {delivery}"),
        )?;
    }
    Ok(())
}

/// Serials that went out from a desk that did not have them, and serials that two desks were supplied with.
fn of_serials(found: &[&CaseRow], model: &Model) -> Result<(), Violation> {
    let mut all: BTreeMap<&Voucher, u32> = BTreeMap::new();
    for voucher in model.stocks.values().flat_map(|stock| &stock.supplied) {
        *all.entry(voucher).or_default() += 1;
    }
    let mut expected = BTreeSet::new();
    for (id, right) in &model.rights {
        for out in right.out.iter().filter(|out| out.back != Some(true)) {
            let own = model.stocks.get(&out.desk).map(|stock| &stock.supplied);
            for voucher in vouchers(&out.runs) {
                if own.is_some_and(|own| own.contains(&voucher)) {
                    continue;
                }
                let kind = if all.contains_key(&voucher) {
                    CaseKind::SerialsElsewhere
                } else {
                    CaseKind::SerialsNeverReceived
                };
                expected.insert((*id, kind, out.id));
            }
        }
    }
    let kinds = [CaseKind::SerialsElsewhere, CaseKind::SerialsNeverReceived];
    the_same(
        "a supervisor sees all serials that went out from where they were not",
        &by_delivery(found, &kinds),
        &expected,
    )?;
    let supplied: BTreeSet<Voucher> = found
        .iter()
        .filter_map(|row| match &row.matter.about {
            CaseAbout::Supply { run, .. } => Some(run.clone()),
            _ => None,
        })
        .flat_map(|run| vouchers(&[run]).collect::<Vec<_>>())
        .collect();
    the_same(
        "a supervisor sees all serials that two desks were supplied with",
        &supplied,
        &model.supplied_twice(),
    )
}

/// Rights of which less was handed over than is due.
fn of_rights(found: &[&CaseRow], model: &Model) -> Result<(), Violation> {
    let shown: BTreeSet<EntitlementId> = found
        .iter()
        .filter(|row| row.matter.kind == CaseKind::UnderAmount)
        .filter_map(|row| match row.matter.about {
            CaseAbout::Entitlement { entitlement } => Some(entitlement),
            _ => None,
        })
        .collect();
    let expected = model
        .rights
        .iter()
        .filter(|(_, right)| {
            let out: i64 = right
                .out
                .iter()
                .filter(|out| out.back.is_none())
                .map(|out| out.amount)
                .sum();
            !right.withdrawn && out > 0 && out < right.amount
        })
        .map(|(id, _)| *id)
        .collect();
    the_same(
        "a supervisor sees every right that was served in part",
        &shown,
        &expected,
    )
}

/// Households that are waited for twice.
fn of_appointments(supervisor: &Station, found: &[&CaseRow], model: &Model) -> Result<(), Violation> {
    let Ok(View::Status(status)) = supervisor.ask(&Query::Status) else {
        return Ok(());
    };
    let mut waited: BTreeMap<(HouseholdId, ServiceId), BTreeSet<AppointmentId>> = BTreeMap::new();
    for (id, meeting) in &model.meetings {
        let waits = matches!(
            meeting.stage,
            Stage::Awaited | Stage::Here | Stage::AtCounter | Stage::Aside
        );
        if let Some(household) = meeting.household
            && waits
            && meeting.start.date() >= status.today
        {
            waited
                .entry((household, meeting.service))
                .or_default()
                .insert(*id);
        }
    }
    let expected: BTreeSet<(AppointmentId, AppointmentId)> = waited
        .into_values()
        .flat_map(|ids| {
            let ids: Vec<AppointmentId> = ids.into_iter().collect();
            ids.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
        })
        .collect();
    let shown = found
        .iter()
        .filter_map(|row| match row.matter.about {
            CaseAbout::Appointments { first, second, .. } => Some((first, second)),
            _ => None,
        })
        .collect();
    the_same(
        "a supervisor sees every household that is waited for twice",
        &shown,
        &expected,
    )
}

fn stand_where_the_facts_put_them(
    supervisor: &Station,
    rows: &[CaseRow],
    model: &Model,
) -> Result<(), Violation> {
    for row in rows {
        let handled = model.cases.get(&row.id);
        let expected = handled.map_or(CaseStanding::Open, Handled::standing);
        // What came late is decided elsewhere.
        let elsewhere = matches!(row.matter.about, CaseAbout::Records { .. });
        hold(
            "an exception stands where what was done with it puts it",
            row.standing == expected || (elsewhere && row.standing == CaseStanding::Decided),
            || format!("{:?}, and not {expected:?}: {handled:?}", row.standing),
        )?;
    }
    for (id, handled) in &model.cases {
        let shown = rows.iter().any(|row| row.id == *id);
        hold(
            "what was decided stays to be seen",
            shown || handled.standing() != CaseStanding::Decided,
            || format!("{id}: {handled:?}"),
        )?;
    }
    let twice = rows
        .iter()
        .filter(|row| row.found && row.matter.kind == CaseKind::SerialsTwice);
    for row in twice.take(LOOKED_AT) {
        let sides = whole(supervisor, row)?.sides.len();
        hold(
            "serials that are out twice are shown with both deliveries",
            sides >= 2,
            || format!("{:?}: {sides}", row.matter),
        )?;
    }
    for row in rows
        .iter()
        .filter(|row| model.cases.contains_key(&row.id))
        .take(LOOKED_AT)
    {
        let acts = whole(supervisor, row)?.acts.len();
        let done = model.cases.get(&row.id).map_or(0, |handled| handled.acts);
        hold(
            "all that was done with an exception is shown",
            acts == done,
            || format!("{acts} of {done}"),
        )?;
    }
    Ok(())
}

fn whole(supervisor: &Station, row: &CaseRow) -> Result<Box<CaseView>, Violation> {
    match supervisor.ask(&Query::Case { id: row.id }) {
        Ok(View::Case(view)) => Ok(view),
        other => Err(Violation::new(
            "an exception can be looked at",
            format!("{other:?}"),
        )),
    }
}
