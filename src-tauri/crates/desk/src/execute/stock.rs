// SPDX-License-Identifier: EUPL-1.2
//! Vouchers that come to the desk and leave it other than by delivery.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CampaignId, DeskId};
use sportello_domain::serial::{self, Run};
use sportello_domain::stock::{self, RemovalReason, StockReceived, StockRemoved};
use sportello_store::queries::SuppliedRun;
use std::collections::BTreeSet;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::ReceiveStock { campaign, runs, note } => {
            let campaign: Campaign = act.need(*campaign, "campaign")?;
            let topic = act.site_topic(act.ctx.site)?;
            let supplied = act.tx.reads()?.supplied_overlapping(campaign.id, runs)?;
            let (known, mut events) = taken_over(act, campaign.id, runs, supplied)?;
            let body = StockReceived {
                campaign: campaign.id,
                denomination: campaign.denomination,
                runs: runs.clone(),
                note: note.trim().to_owned(),
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
        _ => Ok(Deed::default()),
    }
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
