// SPDX-License-Identifier: EUPL-1.2
//! What this desk holds.

use super::Ask;
use super::ledger::parties;
use super::supply::shipment_name;
use crate::error::DeskError;
use crate::view::{BucketCounts, MovementRow, SerialCheckView, SetAside, StockView};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::{CampaignId, DeskId};
use sportello_domain::money::Cents;
use sportello_domain::paper::kit_code;
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::{Buckets, Moved, Stock};
use sportello_store::queries::arrived;

pub(super) fn stock(ask: &Ask<'_>, campaign: CampaignId) -> Result<StockView, DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let own = ask.desk.id();
    let stocks = ask.reads.stocks()?;
    let state = stocks.iter().find(|stock| stock.desk == own);
    let held = ask.reads.held(own, campaign.id)?;
    let buckets = match state {
        Some(state) => ask.reads.buckets(state, &stocks, campaign.id)?,
        None => Buckets::default(),
    };
    let mut movements = Vec::new();
    for movement in state.iter().flat_map(|state| state.movements.iter().rev()) {
        if movement.campaign == campaign.id {
            let (shipment, other) = parties(&movement.moved);
            movements.push(MovementRow {
                count: serial::count(&movement.runs),
                operator: ask.operator_name(movement.by)?,
                shipment_name: shipment.map(|shipment| shipment_name(ask, shipment)),
                other_desk: other.map(|other| ask.directory.name(other)),
                movement: movement.clone(),
            });
        }
    }
    let coming = stocks
        .iter()
        .map(|stock| coming(stock, &stocks, campaign.id, own))
        .sum();
    let reserved = set_aside(ask, own, campaign.id, &held)?;
    let held_count = serial::count(&held);
    let counts = counts(&buckets);
    let received = serial::count(&buckets.came());
    Ok(StockView {
        desk: ask.directory.name(own),
        held_value: value(&campaign, held_count),
        held_count,
        reserved_count: reserved.iter().map(|aside| aside.count).sum(),
        reserved,
        coming,
        received,
        // Out with people, or not back after a reversal: in either case out of what was supplied.
        delivered: counts.delivered,
        removed: received
            .saturating_sub(counts.delivered)
            .saturating_sub(held_count),
        counts,
        held,
        movements,
        campaign,
    })
}

/// How many vouchers a desk sent here that did not come yet.
fn coming(from: &Stock, stocks: &[Stock], campaign: CampaignId, here: DeskId) -> u64 {
    let places = from.places(campaign);
    let open = places.away.iter().filter(|away| {
        let sent = from.shipped(away.shipment);
        let to_here = sent.is_some_and(|sent| matches!(sent.moved, Moved::Shipped { to, .. } if to == here));
        away.outcome.is_none() && to_here
    });
    open.map(|away| serial::count(&serial::subtract(&away.runs, &arrived(stocks, away.shipment))))
        .sum()
}

/// What of `held` is set aside at a desk: with words, or with kits of paper forms.
pub(super) fn set_aside(
    ask: &Ask<'_>,
    desk: DeskId,
    campaign: CampaignId,
    held: &[Run],
) -> Result<Vec<SetAside>, DeskError> {
    let mut found: Vec<(String, bool, Vec<Run>)> = Vec::new();
    if let Some(stock) = ask.reads.state::<Stock>(desk.0)? {
        let reserved = stock.places(campaign).reserved;
        found.extend(reserved.into_iter().map(|r| (r.purpose, false, r.runs)));
    }
    for kit in ask.reads.paper_kits()? {
        if kit.desk == desk && kit.campaign == campaign && !kit.open_forms().is_empty() {
            found.push((kit_code(kit.id), true, kit.runs));
        }
    }
    let (mut left, mut aside) = (held.to_vec(), Vec::new());
    for (purpose, kit, runs) in found {
        let rest = serial::subtract(&left, &runs);
        let runs = serial::subtract(&left, &rest);
        left = rest;
        if !runs.is_empty() {
            aside.push(SetAside {
                purpose,
                kit,
                count: serial::count(&runs),
                runs,
            });
        }
    }
    Ok(aside)
}

pub(super) fn counts(buckets: &Buckets) -> BucketCounts {
    BucketCounts {
        received: serial::count(&buckets.received),
        arrived: serial::count(&buckets.arrived),
        held: serial::count(&buckets.held),
        delivered: serial::count(&buckets.delivered),
        in_transit: serial::count(&buckets.in_transit),
        transferred: serial::count(&buckets.transferred),
        damaged: serial::count(&buckets.damaged),
        lost: serial::count(&buckets.lost),
        returned: serial::count(&buckets.returned),
        destroyed: serial::count(&buckets.destroyed),
        miscounted: serial::count(&buckets.miscounted),
    }
}

pub(super) fn check(
    ask: &Ask<'_>,
    campaign: CampaignId,
    first: &str,
    last: &str,
) -> Result<SerialCheckView, DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let last = if last.trim().is_empty() { first } else { last };
    let Ok(run) = Run::between(first, last) else {
        let problem = DeskError::from(Rejection::SerialsMissing).problem(ask.language());
        return Ok(SerialCheckView {
            run: None,
            count: 0,
            value: Cents(0),
            aside: None,
            problem: Some(problem),
        });
    };
    let asked = std::slice::from_ref(&run);
    let held = ask.reads.held_overlapping(ask.desk.id(), campaign.id, asked)?;
    let rejection = (!serial::contains(&held, &run)).then(|| Rejection::SerialNotHeld {
        first: run.first_serial(),
        last: run.last_serial(),
    });
    let aside: Vec<String> = set_aside(ask, ask.desk.id(), campaign.id, asked)?
        .into_iter()
        .map(|aside| aside.purpose)
        .collect();
    Ok(SerialCheckView {
        aside: (!aside.is_empty()).then(|| aside.join(", ")),
        count: run.count(),
        value: value(&campaign, run.count()),
        problem: rejection.map(|r| DeskError::from(r).problem(ask.language())),
        run: Some(run),
    })
}

pub(super) fn value(campaign: &Campaign, count: u64) -> Cents {
    Cents(
        campaign
            .denomination
            .0
            .saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)),
    )
}
