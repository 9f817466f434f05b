// SPDX-License-Identifier: EUPL-1.2
//! Where the vouchers of a campaign are, desk by desk and together, and where one of them was.

use super::Ask;
use super::stock::{counts, set_aside, value};
use super::supply::shipment_name;
use crate::error::DeskError;
use crate::view::{
    BucketCounts, HeldPeriod, LedgerRow, OfficeLedger, SerialDeed, SerialHistoryView, SerialStep,
    StockLedgerView,
};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::{CampaignId, DeskId};
use sportello_domain::office::Role;
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::{Buckets, Moved, Movement, Office, ShipmentOutcome};
use sportello_domain::time::Timestamp;

pub(super) fn ledger(ask: &Ask<'_>, campaign: CampaignId) -> Result<StockLedgerView, DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let supervises = ask.session.role() >= Role::Supervisor;
    let own = ask.desk.id();
    let (mut desks, mut all) = (Vec::new(), Vec::new());
    for (desk, buckets) in buckets(ask, campaign.id)? {
        if !(supervises || desk == own) {
            continue;
        }
        let aside = set_aside(ask, desk, campaign.id, &buckets.held)?;
        desks.push(LedgerRow {
            desk: ask.directory.name(desk),
            counts: counts(&buckets),
            reserved: aside.iter().map(|aside| aside.count).sum(),
        });
        all.push(buckets);
    }
    desks.sort_by(|a, b| a.desk.name.cmp(&b.desk.name));
    Ok(StockLedgerView {
        office: supervises.then(|| office(&campaign, &Office::of(&all))),
        campaign: campaign.id,
        denomination: campaign.denomination,
        desks,
    })
}

/// Where the vouchers of a campaign are, by the desks that ever had any.
pub(super) fn buckets(ask: &Ask<'_>, campaign: CampaignId) -> Result<Vec<(DeskId, Buckets)>, DeskError> {
    let stocks = ask.reads.stocks()?;
    let mut all = Vec::new();
    for stock in &stocks {
        let buckets = ask.reads.buckets(stock, &stocks, campaign)?;
        if !(buckets.received.is_empty() && buckets.arrived.is_empty()) {
            all.push((stock.desk, buckets));
        }
    }
    Ok(all)
}

pub(super) fn office(campaign: &Campaign, found: &Office) -> OfficeLedger {
    let received = serial::count(&found.received);
    let accounted = found.all().into_iter().map(serial::count).sum();
    OfficeLedger {
        received,
        received_value: value(campaign, received),
        counts: BucketCounts {
            received,
            held: serial::count(&found.held),
            delivered: serial::count(&found.delivered),
            in_transit: serial::count(&found.in_transit),
            damaged: serial::count(&found.damaged),
            lost: serial::count(&found.lost),
            returned: serial::count(&found.returned),
            destroyed: serial::count(&found.destroyed),
            ..BucketCounts::default()
        },
        accounted,
        accounted_value: value(campaign, accounted),
    }
}

pub(super) fn history(
    ask: &Ask<'_>,
    campaign: CampaignId,
    typed: &str,
) -> Result<SerialHistoryView, DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let run = Run::single(typed).map_err(|_| Rejection::SerialsMissing)?;
    let has = |runs: &[Run]| runs.iter().any(|other| other.overlaps(&run));
    // With each the change that it makes: the voucher came to the desk, left it, or neither.
    let mut steps: Vec<(SerialStep, Option<bool>)> = Vec::new();
    for stock in ask.reads.stocks()? {
        let meant = |m: &&Movement| m.campaign == campaign.id && has(&m.runs);
        for movement in stock.movements.iter().filter(meant) {
            steps.push((moved(ask, stock.desk, movement)?, change(&movement.moved)));
        }
    }
    for entitlement in ask.reads.entitlement_states(campaign.id)? {
        for delivery in entitlement.deliveries.iter().filter(|d| has(&d.runs)) {
            let step = |at: Timestamp, operator, deed, note: &str| SerialStep {
                at,
                desk: ask.directory.name(delivery.desk),
                operator,
                deed,
                note: note.to_owned(),
                shipment_name: None,
                other_desk: None,
            };
            let household = entitlement.household;
            let deed = SerialDeed::Delivered {
                entitlement: entitlement.id,
                household,
            };
            let by = ask.operator_name(delivery.by)?;
            steps.push((step(delivery.at, by, deed, ""), Some(false)));
            if let Some(reversal) = &delivery.reversal {
                let returned = reversal.returned;
                let deed = SerialDeed::Reversed { returned, household };
                let by = ask.operator_name(reversal.by)?;
                let change = returned.then_some(true);
                steps.push((step(reversal.at, by, deed, &reversal.reason), change));
            }
        }
    }
    steps.sort_by_key(|(step, _)| step.at);
    Ok(SerialHistoryView {
        campaign: campaign.id,
        serial: run.first_serial(),
        periods: periods(&steps),
        steps: steps.into_iter().map(|(step, _)| step).collect(),
    })
}

fn moved(ask: &Ask<'_>, desk: DeskId, movement: &Movement) -> Result<SerialStep, DeskError> {
    let (shipment, other) = parties(&movement.moved);
    Ok(SerialStep {
        at: movement.at,
        desk: ask.directory.name(desk),
        operator: ask.operator_name(movement.by)?,
        deed: SerialDeed::Moved {
            moved: movement.moved.clone(),
        },
        note: movement.note.clone(),
        shipment_name: shipment.map(|shipment| shipment_name(ask, shipment)),
        other_desk: other.map(|other| ask.directory.name(other)),
    })
}

/// The shipment that a movement is of, and the desk at its other end.
pub(super) fn parties(moved: &Moved) -> (Option<sportello_domain::stock::ShipmentNo>, Option<DeskId>) {
    match moved {
        Moved::Shipped { shipment, to } => (Some(*shipment), Some(*to)),
        Moved::Arrived { shipment } => (Some(*shipment), Some(shipment.from)),
        Moved::Settled { shipment, .. } => (Some(*shipment), None),
        _ => (None, None),
    }
}

/// Whether the voucher came to the desk with it, or left it.
fn change(moved: &Moved) -> Option<bool> {
    match moved {
        Moved::Received { .. } | Moved::Arrived { .. } => Some(true),
        Moved::Settled { outcome, .. } => (*outcome == ShipmentOutcome::TakenBack).then_some(true),
        Moved::Removed { .. } | Moved::Shipped { .. } | Moved::Destroyed { .. } => Some(false),
        Moved::Reserved { .. } => None,
    }
}

fn periods(steps: &[(SerialStep, Option<bool>)]) -> Vec<HeldPeriod> {
    let mut periods: Vec<HeldPeriod> = Vec::new();
    for (step, change) in steps {
        let open = periods
            .iter_mut()
            .find(|period| period.desk.id == step.desk.id && period.to.is_none());
        match (change, open) {
            (Some(true), None) => periods.push(HeldPeriod {
                desk: step.desk.clone(),
                from: step.at,
                to: None,
            }),
            (Some(false), Some(period)) => period.to = Some(step.at),
            _ => {}
        }
    }
    periods
}
