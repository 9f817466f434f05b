// SPDX-License-Identifier: EUPL-1.2
//! The indicator of the objective sheet: households served of the households entitled that presented themselves with an
//! appointment. Worked out anew from the records each time it is asked for; what is missing from it is said with it.

use super::Ask;
use crate::error::DeskError;
use crate::view::{
    DayFigures, IndicatorView, MissingDesk, MissingHousehold, QuartiereFigures, Standing, Todo,
};
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::campaign::Campaign;
use sportello_domain::entitlement::{EntitlementStatus, RefusalReason};
use sportello_domain::ids::CampaignId;
use sportello_domain::time::Timestamp;
use sportello_store::queries::EntitlementLine;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Hundred percent, in hundredths of a percent.
const TARGET: u32 = 10_000;
/// A desk that is connected is heard of at least every 15 seconds; one that was not heard of for this long (milliseconds)
/// may have records.
const FRESH: i64 = 60_000;

pub(super) fn indicator(ask: &Ask<'_>, id: CampaignId) -> Result<IndicatorView, DeskError> {
    let campaign: Campaign = ask.need(id, "campaign")?;
    let figures = ask.reads.indicator(id)?;
    let counts = ask.reads.campaign_counts(id)?;
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let (standing, missing_desks) = standing(ask, &campaign);
    let lines = ask.reads.entitlements(id, None, usize::MAX, 0)?;
    let missing = missing(ask, id, &lines)?;
    let presented = count(figures.presented);
    let served = count(figures.served);
    let all = [counts.due, counts.partial, counts.served];
    Ok(IndicatorView {
        served,
        presented,
        // Rounded down: 100 % is said only when nobody is missing.
        value: (presented > 0)
            .then(|| u32::try_from(u64::from(served) * 10_000 / u64::from(presented)).unwrap_or(TARGET)),
        target: TARGET,
        standing,
        missing_desks,
        by_quartiere: by_quartiere(ask, id, &lines, &missing)?,
        by_day: by_day(ask, id)?,
        missing,
        entitled: count(all.iter().map(|f| f.count).sum()),
        booked: count(ask.reads.booked(id)?),
        no_show: count(figures.no_shows),
        walk_in: count(figures.walk_ins),
        delivered: [counts.due, counts.partial, counts.served, counts.revoked]
            .iter()
            .map(|f| f.delivered)
            .sum(),
        as_of: ask.now,
        campaign,
    })
}

/// How far any figure of a campaign can be relied on, and the desks that keep it from more.
pub(super) fn standing(ask: &Ask<'_>, campaign: &Campaign) -> (Standing, Vec<MissingDesk>) {
    let end = campaign.to.succ_opt().map(|next| Timestamp::of_rome(next.into()));
    let over = end.filter(|end| *end <= ask.now);
    let missing = missing_desks(ask, over);
    let standing = match (missing.is_empty(), over) {
        (false, _) => Standing::Provisional,
        (true, None) => Standing::Current,
        (true, Some(_)) => Standing::Final,
    };
    (standing, missing)
}

/// Desks whose records may not all be here. Once a campaign is over (`over`: since when), a desk that was heard of after its
/// end with nothing waiting has told all; before that, a desk must have been heard of just now.
fn missing_desks(ask: &Ask<'_>, over: Option<Timestamp>) -> Vec<MissingDesk> {
    let state = ask.desk.sync_state();
    let centre = super::exchange_now(ask).unwrap_or(ask.now);
    let own_fresh = state.last_sync.is_some_and(|t| ask.now.0 - t.0 <= FRESH);
    let mut missing: Vec<MissingDesk> = ask
        .directory
        .all()
        .filter(|desk| desk.id != ask.desk.id() && !desk.revoked)
        .filter(|desk| {
            let told_all = match (desk.seen_at, over) {
                (None, _) => false,
                (Some(seen), Some(end)) => seen > end && state.last_sync.is_some_and(|t| t > end),
                (Some(seen), None) => own_fresh && centre.0 - seen.0 <= FRESH,
            };
            !told_all || desk.waiting > 0
        })
        .map(|desk| MissingDesk {
            desk: ask.directory.name(desk.id),
            since: desk.seen_at,
            waiting: desk.waiting,
        })
        .collect();
    missing.sort_by(|a, b| a.desk.name.cmp(&b.desk.name));
    missing
}

fn missing(
    ask: &Ask<'_>,
    id: CampaignId,
    lines: &[EntitlementLine],
) -> Result<Vec<MissingHousehold>, DeskError> {
    let lives_in: HashMap<_, _> = lines
        .iter()
        .map(|line| (line.entitlement, lives_in(line)))
        .collect();
    let mut rows = Vec::new();
    for found in ask.reads.missing(id)? {
        let appointments: Vec<Appointment> = ask
            .reads
            .appointments_of(found.household)?
            .into_iter()
            .filter(|a| a.entitlement == Some(found.entitlement))
            .collect();
        let presented_at = appointments
            .iter()
            .filter(|a| !a.walk_in)
            .filter_map(|a| a.presented_at)
            .min()
            .unwrap_or_default();
        let today = ask.now.day();
        let next = appointments
            .iter()
            .filter(|a| a.status == AppointmentStatus::Booked && a.start.date() >= today)
            .map(|a| a.start)
            .min();
        let here_now = appointments.iter().any(|a| {
            let at_hand = matches!(
                a.status,
                AppointmentStatus::Presented | AppointmentStatus::Called | AppointmentStatus::Parked
            );
            at_hand && a.presented_at.is_some_and(|t| t.day() == today)
        });
        let reason = found.refusal.as_ref().map(|r| r.reason);
        let todo = if here_now {
            Todo::Serve
        } else if next.is_some() {
            Todo::Wait
        } else if reason == Some(RefusalReason::Declined) {
            Todo::ConfirmDeclined
        } else if found.delivered.0 > 0 {
            Todo::Complete
        } else {
            Todo::CallBack
        };
        rows.push(MissingHousehold {
            household: found.household,
            entitlement: found.entitlement,
            name: found.applicant,
            phone: found.phone,
            quartiere: lives_in.get(&found.entitlement).copied().unwrap_or(0),
            presented_at,
            refusal: reason,
            note: found.refusal.map(|r| r.note).unwrap_or_default(),
            remaining: found.amount - found.delivered,
            holder: ask.directory.name(found.holder),
            next_appointment: next,
            todo,
        });
    }
    rows.sort_by(|a, b| (a.presented_at, &a.name).cmp(&(b.presented_at, &b.name)));
    Ok(rows)
}

/// The Quartiere of residence, which may be another than the one in whose records a household that moved stands; 0 where it is
/// not known.
fn lives_in(line: &EntitlementLine) -> u8 {
    line.quartiere.unwrap_or(0)
}

fn by_quartiere(
    ask: &Ask<'_>,
    id: CampaignId,
    lines: &[EntitlementLine],
    missing: &[MissingHousehold],
) -> Result<Vec<QuartiereFigures>, DeskError> {
    let walk_ins: HashSet<_> = ask.reads.walk_ins(id)?.into_iter().map(|w| w.household).collect();
    let mut rows: BTreeMap<u8, QuartiereFigures> = BTreeMap::new();
    let row = |quartiere| QuartiereFigures {
        quartiere,
        entitled: 0,
        presented: 0,
        served: 0,
    };
    for line in lines {
        if line.status == EntitlementStatus::Revoked {
            continue;
        }
        let q = lives_in(line);
        let figures = rows.entry(q).or_insert_with(|| row(q));
        figures.entitled += 1;
        if line.status == EntitlementStatus::Served && !walk_ins.contains(&line.household) {
            figures.presented += 1;
            figures.served += 1;
        }
    }
    for household in missing {
        rows.entry(household.quartiere)
            .or_insert_with(|| row(household.quartiere))
            .presented += 1;
    }
    Ok(rows.into_values().collect())
}

fn by_day(ask: &Ask<'_>, id: CampaignId) -> Result<Vec<DayFigures>, DeskError> {
    let mut days: BTreeMap<chrono::NaiveDate, DayFigures> = BTreeMap::new();
    let day = |day| DayFigures {
        day,
        deliveries: 0,
        refusals: 0,
    };
    for entitlement in ask.reads.entitlement_states(id)? {
        for delivery in entitlement.deliveries.iter().filter(|d| d.reversal.is_none()) {
            let on = delivery.at.day();
            days.entry(on).or_insert_with(|| day(on)).deliveries += 1;
        }
        for refusal in &entitlement.refusals {
            let on = refusal.at.day();
            days.entry(on).or_insert_with(|| day(on)).refusals += 1;
        }
    }
    Ok(days.into_values().collect())
}
