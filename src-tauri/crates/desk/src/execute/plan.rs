// SPDX-License-Identifier: EUPL-1.2
//! A plan is loaded, followed by hand, and read from the records.

use super::{Act, Deed};
use crate::error::DeskError;
use sportello_domain::command::Command;
use sportello_domain::ids::PlanId;
use sportello_domain::meta::EntityRef;
use sportello_domain::plan::{self, Plan};

pub(super) fn decide(act: &mut Act<'_, '_>, command: &Command) -> Result<Deed, DeskError> {
    match command {
        Command::LoadPlan { sheet, file } => {
            let known = act.tx.state::<Plan>(PlanId::of(&sheet.code))?;
            let (id, events) = plan::load(&act.ctx, (**sheet).clone(), file, known.as_ref())?;
            Ok(Deed::of(EntityRef::from(id), events))
        }
        Command::NotePlan {
            plan: id,
            target,
            reached,
            note,
            evidence,
        } => {
            let found: Plan = act.need(*id, "plan")?;
            let events = plan::note(&act.ctx, &found, *target, *reached, note, evidence.clone())?;
            Ok(Deed::of(*id, events))
        }
        Command::BindPlan {
            plan: id,
            target,
            measure,
        } => {
            let found: Plan = act.need(*id, "plan")?;
            Ok(Deed::of(*id, plan::bind(&found, *target, *measure)?))
        }
        _ => Ok(Deed::default()),
    }
}
