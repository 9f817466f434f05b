// SPDX-License-Identifier: EUPL-1.2
//! The plans that are followed.

use super::Reads;
use crate::{Result, projection};
use sportello_domain::event::Event;
use sportello_domain::ids::{CommandId, PlanId};
use sportello_domain::meta::EntityRef;
use sportello_domain::plan::{Evidence, Plan};
use sportello_protocol::Head;

impl Reads<'_> {
    /// Every plan, the latest code first.
    pub fn plans(&self) -> Result<Vec<Plan>> {
        let mut plans: Vec<Plan> = self.things()?;
        plans.sort_by(|a, b| b.sheet.code.cmp(&a.sheet.code));
        Ok(plans)
    }

    /// What was attached to what was said of a plan: it stands in the record, and in no row.
    pub fn plan_evidence(&self, plan: PlanId, note: CommandId) -> Result<Option<Evidence>> {
        let Some(stored) = projection::load(self.conn, EntityRef::from(plan))? else {
            return Ok(None);
        };
        for place in stored.common.places.list() {
            let Some(record) = crate::journal::get(self.conn, place)? else {
                continue;
            };
            let head = Head::from_bytes(&record.head)?;
            if head.command == *note.0.as_bytes()
                && let Ok(Event::PlanNoted(body)) = record.event(&head)
            {
                return Ok(body.evidence);
            }
        }
        Ok(None)
    }
}
