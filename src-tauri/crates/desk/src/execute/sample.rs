// SPDX-License-Identifier: EUPL-1.2
//! Deliveries are drawn for verification calls, and calls are written down.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::Command;
use sportello_domain::ids::{DeskId, SampleId};
use sportello_domain::sample::{self, CampaignSample};

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::DrawSample { campaign, size } => {
            act.need::<Campaign>(*campaign, "campaign")?;
            let directory = act.desk.directory();
            let site_of = |desk: DeskId| directory.desk(desk).map(|desk| desk.site);
            let frame = sample::frame(&act.tx.reads()?.entitlement_states(*campaign)?, site_of);
            let id: SampleId = act.desk.ports().id();
            let drawn = sample::decide_draw(id, *campaign, &frame, *size)?;
            Ok(Deed::of(id, vec![drawn]))
        }
        Command::RecordCall {
            sample: id,
            delivery,
            outcome,
        } => {
            let found: CampaignSample = act.need(*id, "sample")?;
            let called = sample::record_call(&act.ctx, &found, *delivery, *outcome)?;
            Ok(Deed::of(*id, vec![called]))
        }
        _ => Ok(Deed::default()),
    }
}
