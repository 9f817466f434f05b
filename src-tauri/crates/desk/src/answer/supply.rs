// SPDX-License-Identifier: EUPL-1.2
//! Booklets before they are taken in, and shipments between desks.

use super::Ask;
use super::stock::value;
use crate::error::DeskError;
use crate::view::{BollaView, KnownSerials, SettledRow, ShipmentRow, ShipmentsView, SupplyPreviewView};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::{CampaignId, DeskId};
use sportello_domain::office::Role;
use sportello_domain::refusal::Rejection;
use sportello_domain::serial::{self, Run, subtract};
use sportello_domain::stock::{
    Bolla, DeliveryNote, Moved, Movement, ShipmentNo, Stock, SupplyBox, gaps, twice,
};
use sportello_store::queries::arrived;
use std::collections::BTreeSet;

/// A shipment as people call it: the sender's name and the number.
pub(super) fn shipment_name(ask: &Ask<'_>, shipment: ShipmentNo) -> String {
    format!("{} {}", ask.directory.name(shipment.from).name, shipment.number)
}

pub(super) fn preview(
    ask: &Ask<'_>,
    campaign: CampaignId,
    delivery_note: Option<&DeliveryNote>,
    boxes: &[SupplyBox],
) -> Result<SupplyPreviewView, DeskError> {
    let campaign: Campaign = ask.need(campaign, "campaign")?;
    let runs: Vec<Run> = boxes.iter().flat_map(|b| b.runs.clone()).collect();
    if !runs.iter().all(Run::is_sound) {
        return Err(Rejection::SerialsMissing.into());
    }
    let twice = twice(boxes);
    let count = serial::count(&runs).saturating_sub(repeated(&runs));
    let declared = delivery_note.map(|paper| paper.declared);
    Ok(SupplyPreviewView {
        campaign: campaign.id,
        count,
        value: value(&campaign, count),
        boxes: u32::try_from(boxes.len()).unwrap_or(u32::MAX),
        declared,
        declared_value: declared.map(|declared| value(&campaign, declared)),
        declared_boxes: delivery_note.map(|paper| paper.boxes),
        differs: declared.is_some_and(|declared| declared != count),
        gaps: gaps(boxes),
        twice,
        known: known(ask, campaign.id, &runs)?,
    })
}

/// How many vouchers were scanned again.
fn repeated(runs: &[Run]) -> u64 {
    let (mut seen, mut again): (Vec<Run>, u64) = (Vec::new(), 0);
    for run in runs {
        let fresh = subtract(std::slice::from_ref(run), &seen);
        again += run.count().saturating_sub(serial::count(&fresh));
        seen.extend(fresh);
    }
    again
}

fn known(ask: &Ask<'_>, campaign: CampaignId, runs: &[Run]) -> Result<Vec<KnownSerials>, DeskError> {
    let common = |there: &[Run]| subtract(there, &subtract(there, runs));
    let mut known = Vec::new();
    let stocks = ask.reads.stocks()?;
    for stock in &stocks {
        let places = stock.places(campaign);
        let mut there = places.present;
        there.extend(places.destroyed);
        let desk = ask.directory.name(stock.desk);
        let mut tell = |runs: Vec<Run>, shipment| {
            if !runs.is_empty() {
                known.push(KnownSerials {
                    runs,
                    desk: desk.clone(),
                    shipment,
                });
            }
        };
        tell(common(&there), None);
        for away in places.away.iter().filter(|away| away.outcome.is_none()) {
            let open = subtract(&away.runs, &arrived(&stocks, away.shipment));
            tell(common(&open), Some(away.shipment));
        }
    }
    Ok(known)
}

/// A shipment as it was written by its sender, or, before that is here, as its receivers tell of it.
struct Known<'a> {
    shipment: ShipmentNo,
    campaign: CampaignId,
    sent: Option<(&'a Movement, DeskId)>,
}

pub(super) fn shipments(ask: &Ask<'_>) -> Result<ShipmentsView, DeskError> {
    let stocks = ask.reads.stocks()?;
    let own = ask.desk.id();
    let supervises = ask.session.role() >= Role::Supervisor;
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for movement in stocks.iter().flat_map(|stock| &stock.movements) {
        let Moved::Shipped { shipment, to } = movement.moved else {
            continue;
        };
        if !seen.insert(shipment) || !(supervises || to == own || shipment.from == own) {
            continue;
        }
        let known = Known {
            shipment,
            campaign: movement.campaign,
            sent: Some((movement, to)),
        };
        rows.extend(row(ask, &stocks, &known)?);
    }
    for stock in &stocks {
        for movement in &stock.movements {
            let Moved::Arrived { shipment } = movement.moved else {
                continue;
            };
            if !(supervises || stock.desk == own) || !seen.insert(shipment) {
                continue;
            }
            let known = Known {
                shipment,
                campaign: movement.campaign,
                sent: None,
            };
            rows.extend(row(ask, &stocks, &known)?);
        }
    }
    rows.sort_by_key(|row: &ShipmentRow| {
        let last = row.sent_at.max(row.arrived_at);
        (row.open.is_empty(), std::cmp::Reverse((last, row.shipment)))
    });
    Ok(ShipmentsView { rows })
}

fn row(ask: &Ask<'_>, stocks: &[Stock], known: &Known<'_>) -> Result<Option<ShipmentRow>, DeskError> {
    let shipment = known.shipment;
    let Some(campaign) = ask.reads.state::<Campaign>(known.campaign)? else {
        return Ok(None);
    };
    let own = ask.desk.id();
    let came: Vec<&Movement> = stocks.iter().flat_map(|stock| stock.arrived(shipment)).collect();
    let there = arrived(stocks, shipment);
    let runs = known
        .sent
        .map_or_else(|| there.clone(), |(sent, _)| sent.runs.clone());
    let sender = stocks.iter().find(|stock| stock.desk == shipment.from);
    let open = sender.map(|stock| subtract(&stock.places(campaign.id).open(shipment), &there));
    let open = open.unwrap_or_default();
    let mut settled = Vec::new();
    for movement in sender.into_iter().flat_map(|stock| stock.settled(shipment)) {
        if let Moved::Settled { outcome, .. } = movement.moved {
            settled.push(SettledRow {
                runs: movement.runs.clone(),
                outcome,
                note: movement.note.clone(),
                at: movement.at,
                operator: ask.operator_name(movement.by)?,
            });
        }
    }
    let supervises = ask.session.role() >= Role::Supervisor;
    let waits = !open.is_empty();
    let count = serial::count(&runs);
    let to = known.sent.map(|(_, to)| to);
    Ok(Some(ShipmentRow {
        shipment,
        name: shipment_name(ask, shipment),
        from: ask.directory.name(shipment.from),
        to: to.map(|to| ask.directory.name(to)),
        campaign: campaign.id,
        count,
        value: value(&campaign, count),
        campaign_name: campaign.name,
        runs,
        sent_at: known.sent.map(|(sent, _)| sent.at),
        sent_by: match known.sent {
            Some((sent, _)) => ask.operator_name(sent.by)?,
            None => String::new(),
        },
        note: known.sent.map(|(sent, _)| sent.note.clone()).unwrap_or_default(),
        arrived: there,
        arrived_at: came.iter().map(|movement| movement.at).max(),
        open_count: serial::count(&open),
        open,
        settled,
        here: to == Some(own),
        may_take_back: waits && (supervises || shipment.from == own),
        may_write_off: waits && supervises,
        unseen: to.is_some_and(|to| unseen(ask, to)),
    }))
}

/// Whether what a desk writes of its vouchers is not read here.
fn unseen(ask: &Ask<'_>, desk: DeskId) -> bool {
    let directory = &ask.directory;
    let (Some(own), Some(other)) = (directory.desk(ask.desk.id()), directory.desk(desk)) else {
        return false;
    };
    let site = ask.reads.state::<sportello_domain::office::Site>(other.site);
    match site {
        Ok(Some(site)) => !own
            .reads
            .contains(&sportello_domain::meta::Topic::Quartiere(site.quartiere)),
        _ => false,
    }
}

pub(super) fn bolla(ask: &Ask<'_>, code: &str) -> Result<BollaView, DeskError> {
    let Some(paper) = Bolla::parse(code) else {
        return Err(Rejection::NotFound { what: "shipment" }.into());
    };
    let stocks = ask.reads.stocks()?;
    let sent = stocks.iter().find_map(|stock| stock.shipped(paper.shipment));
    let runs = match sent {
        Some(sent) => subtract(&sent.runs, &arrived(&stocks, paper.shipment)),
        None => paper.runs,
    };
    Ok(BollaView {
        shipment: paper.shipment,
        name: shipment_name(ask, paper.shipment),
        from: ask.directory.name(paper.shipment.from),
        campaign: sent.map_or(paper.campaign, |sent| sent.campaign),
        runs,
        known: sent.is_some(),
    })
}
