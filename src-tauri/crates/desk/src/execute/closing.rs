// SPDX-License-Identifier: EUPL-1.2
//! The end of the desk's day, and what is written beside it later.

use super::{Act, Deed};
use crate::day;
use crate::error::DeskError;
use sportello_domain::closing::{self, Closing};
use sportello_domain::command::Command;

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::CloseDay { day, counts, note } => {
            let topic = act.site_topic(act.ctx.site)?;
            let ledger = day::ledger(&act.tx.reads()?, act.ctx.desk, act.ctx.site, *day)?;
            let events = closing::close(&act.ctx, topic, *day, counts, note, ledger.world())?;
            Ok(Deed {
                subject: events.first().map(|event| event.entity),
                events,
                ..Deed::default()
            })
        }
        Command::CorrectClosing {
            closing: id,
            campaign,
            text,
        } => {
            let found: Closing = act.need(*id, "closing")?;
            let topic = act.topic_of(*id, "closing")?;
            let events = closing::correct(&act.ctx, topic, &found, *campaign, text)?;
            Ok(Deed::of(*id, events))
        }
        _ => Ok(Deed::default()),
    }
}
