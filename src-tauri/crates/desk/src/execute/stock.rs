// SPDX-License-Identifier: EUPL-1.2
//! Vouchers that come to the desk and leave it other than by delivery.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CampaignId, DeskId};
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::{
    self, Arrival, RemovalReason, Settlement, ShipmentNo, ShipmentOutcome, Stock, StockArrived,
    StockDestroyed, StockReceived, StockRemoved, StockReserved, StockSettled, StockShipped,
};
use sportello_store::queries::{SuppliedRun, arrived};
use std::collections::BTreeSet;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::ReceiveStock {
            campaign,
            runs,
            note,
            delivery_note,
        } => {
            let campaign: Campaign = act.need(*campaign, "campaign")?;
            let topic = act.site_topic(act.ctx.site)?;
            let supplied = act.tx.reads()?.supplied_overlapping(campaign.id, runs)?;
            let (mut known, mut events) = taken_over(act, campaign.id, runs, supplied)?;
            known.extend(not_to_come(act, campaign.id)?);
            let body = StockReceived {
                campaign: campaign.id,
                denomination: campaign.denomination,
                runs: runs.clone(),
                note: note.trim().to_owned(),
                delivery_note: delivery_note.clone(),
            };
            events.extend(stock::receive(&act.ctx, topic, body, &known)?);
            Ok(Deed::of(act.ctx.desk, events))
        }
        Command::RemoveStock {
            campaign,
            runs,
            reason,
            note,
        } => {
            let topic = act.site_topic(act.ctx.site)?;
            let held = act.tx.reads()?.held_overlapping(act.ctx.desk, *campaign, runs)?;
            let body = StockRemoved {
                campaign: *campaign,
                runs: runs.clone(),
                reason: *reason,
                note: note.trim().to_owned(),
            };
            Ok(Deed::of(
                act.ctx.desk,
                stock::remove(&act.ctx, topic, body, &held)?,
            ))
        }
        Command::ShipStock {
            campaign,
            runs,
            to,
            note,
        } => ship(act, *campaign, runs, *to, note),
        Command::AcknowledgeShipment {
            shipment,
            campaign,
            runs,
            note,
        } => acknowledge(act, *shipment, *campaign, runs, note),
        Command::SettleShipment {
            shipment,
            runs,
            outcome,
            note,
        } => settle(act, *shipment, runs, *outcome, note),
        Command::ReserveStock {
            campaign,
            runs,
            purpose,
        } => {
            let topic = act.site_topic(act.ctx.site)?;
            let held = act.tx.reads()?.held_overlapping(act.ctx.desk, *campaign, runs)?;
            let body = StockReserved {
                campaign: *campaign,
                runs: runs.clone(),
                purpose: purpose.clone(),
            };
            let events = stock::reserve(&act.ctx, topic, body, &held)?;
            Ok(Deed::of(act.ctx.desk, events))
        }
        Command::DestroyStock {
            desk,
            campaign,
            runs,
            minutes,
        } => {
            let desk = desk.unwrap_or(act.ctx.desk);
            let topic = act.topic_of(desk, "stock")?;
            let stock: Stock = act.need(desk.0, "stock")?;
            let mut there = act.tx.reads()?.held_overlapping(desk, *campaign, runs)?;
            there.extend(stock.places(*campaign).all_damaged());
            let body = StockDestroyed {
                campaign: *campaign,
                runs: runs.clone(),
                minutes: minutes.clone(),
            };
            Ok(Deed::of(desk, stock::destroy(topic, desk, body, &there)?))
        }
        _ => Ok(Deed::default()),
    }
}

fn ship(
    act: &mut Act<'_, '_>,
    campaign: CampaignId,
    runs: &[Run],
    to: DeskId,
    note: &str,
) -> Result<Deed, DeskError> {
    let campaign: Campaign = act.need(campaign, "campaign")?;
    let known = act.desk.directory().desk(to).is_some_and(|desk| !desk.revoked);
    if !known {
        return Err(Rejection::NotFound { what: "desk" }.into());
    }
    let topic = act.site_topic(act.ctx.site)?;
    let held = act
        .tx
        .reads()?
        .held_overlapping(act.ctx.desk, campaign.id, runs)?;
    let number = act
        .tx
        .state::<Stock>(act.ctx.desk.0)?
        .map_or(1, |stock| stock.next_shipment());
    let body = StockShipped {
        shipment: ShipmentNo {
            from: act.ctx.desk,
            number,
        },
        to,
        campaign: campaign.id,
        denomination: campaign.denomination,
        runs: runs.to_vec(),
        note: note.trim().to_owned(),
    };
    let events = stock::ship(&act.ctx, topic, body, &held)?;
    Ok(Deed::of(act.ctx.desk, events))
}

fn acknowledge(
    act: &mut Act<'_, '_>,
    shipment: ShipmentNo,
    campaign: CampaignId,
    runs: &[Run],
    note: &str,
) -> Result<Deed, DeskError> {
    let campaign: Campaign = act.need(campaign, "campaign")?;
    let topic = act.site_topic(act.ctx.site)?;
    let reads = act.tx.reads()?;
    let stocks = reads.stocks()?;
    let sent = stocks
        .iter()
        .find(|stock| stock.desk == shipment.from)
        .and_then(|stock| stock.sent(shipment));
    if sent.as_ref().is_some_and(|(of, _)| *of != campaign.id) {
        return Err(Rejection::NotFound { what: "shipment" }.into());
    }
    // That the sender has them still, by what is known here, says only that its record has not come.
    let mut elsewhere: Vec<Run> = reads
        .supplied_overlapping(campaign.id, runs)?
        .into_iter()
        .filter(|found| found.desk != shipment.from)
        .map(|found| found.run)
        .collect();
    elsewhere.extend(arrived(&stocks, shipment));
    let body = StockArrived {
        shipment,
        campaign: campaign.id,
        denomination: campaign.denomination,
        runs: runs.to_vec(),
        note: note.trim().to_owned(),
    };
    let arrival = Arrival {
        sent: sent.as_ref().map(|(_, runs)| runs.as_slice()),
        elsewhere: &elsewhere,
    };
    let events = stock::arrive(&act.ctx, topic, body, arrival)?;
    Ok(Deed::of(act.ctx.desk, events))
}

fn settle(
    act: &mut Act<'_, '_>,
    shipment: ShipmentNo,
    runs: &[Run],
    outcome: ShipmentOutcome,
    note: &str,
) -> Result<Deed, DeskError> {
    let sender = shipment.from;
    let stock: Stock = act.need(sender.0, "shipment")?;
    let topic = act.topic_of(sender, "shipment")?;
    let Some(campaign) = stock.shipped(shipment).map(|sent| sent.campaign) else {
        return Err(Rejection::NotFound { what: "shipment" }.into());
    };
    let stocks = act.tx.reads()?.stocks()?;
    let open = serial::subtract(
        &stock.places(campaign).open(shipment),
        &arrived(&stocks, shipment),
    );
    let body = StockSettled {
        shipment,
        campaign,
        runs: runs.to_vec(),
        outcome,
        note: note.to_owned(),
    };
    let events = stock::settle(&act.ctx, body, Settlement { topic, open: &open })?;
    Ok(Deed::of(sender, events))
}

/// What is on its way between desks comes with its shipment, and what was destroyed does not come at all.
fn not_to_come(act: &mut Act<'_, '_>, campaign: CampaignId) -> Result<Vec<Run>, DeskError> {
    let stocks = act.tx.reads()?.stocks()?;
    let mut known = Vec::new();
    for places in stocks.iter().map(|stock| stock.places(campaign)) {
        let open = places.away.into_iter().filter(|away| away.outcome.is_none());
        for away in open {
            known.extend(serial::subtract(&away.runs, &arrived(&stocks, away.shipment)));
        }
        known.extend(places.destroyed);
    }
    Ok(known)
}

/// Serials that a desk held in whose place this one came, and that are counted here now: they leave that stock. Gives what stands
/// against taking the rest in, and the facts by which they leave.
fn taken_over(
    act: &mut Act<'_, '_>,
    campaign: CampaignId,
    runs: &[Run],
    supplied: Vec<SuppliedRun>,
) -> Result<(Vec<Run>, Vec<NewEvent>), DeskError> {
    let (directory, new) = (act.desk.directory(), act.ctx.desk);
    let (old, others): (Vec<_>, Vec<_>) = supplied
        .into_iter()
        .partition(|found| directory.replaces(new, found.desk));
    let mut known: Vec<Run> = others.into_iter().map(|found| found.run).collect();
    let mut events = Vec::new();
    let desks: BTreeSet<DeskId> = old.iter().map(|found| found.desk).collect();
    for desk in desks {
        let held = act.tx.reads()?.held_overlapping(desk, campaign, runs)?;
        let moved = serial::subtract(runs, &serial::subtract(runs, &held));
        let there: Vec<Run> = old
            .iter()
            .filter(|found| found.desk == desk)
            .map(|found| found.run.clone())
            .collect();
        known.extend(serial::subtract(&there, &moved));
        if !moved.is_empty() {
            let topic = act.topic_of(desk, "stock")?;
            let body = StockRemoved {
                campaign,
                runs: moved,
                reason: RemovalReason::Returned,
                note: directory.name(new).name,
            };
            events.push(NewEvent::new(topic, desk, body));
        }
    }
    Ok((known, events))
}
