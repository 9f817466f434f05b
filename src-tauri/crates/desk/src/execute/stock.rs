// SPDX-License-Identifier: EUPL-1.2
//! Vouchers that come to the desk and leave it other than by delivery.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::serial::Run;
use sportello_domain::stock::{self, StockReceived, StockRemoved};

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::ReceiveStock { campaign, runs, note } => {
            let campaign: Campaign = act.need(*campaign, "campaign")?;
            let topic = act.site_topic(act.ctx.site)?;
            let known: Vec<Run> = act
                .tx
                .reads()?
                .supplied_overlapping(campaign.id, runs)?
                .into_iter()
                .map(|found| found.run)
                .collect();
            let body = StockReceived {
                campaign: campaign.id,
                denomination: campaign.denomination,
                runs: runs.clone(),
                note: note.trim().to_owned(),
            };
            Ok(Deed::of(
                act.ctx.desk,
                stock::receive(&act.ctx, topic, body, &known)?,
            ))
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
