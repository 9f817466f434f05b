// SPDX-License-Identifier: EUPL-1.2
//! Deliveries that bear the same serials.

use super::Reads;
use crate::Result;
use sportello_domain::entitlement::{Delivery, Entitlement};
use sportello_domain::ids::{DeliveryId, EntitlementId, HouseholdId};
use sportello_domain::serial::Run;

/// A delivery that bears serials of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Its entitlement.
    pub entitlement: EntitlementId,
    /// That one's household.
    pub household: HouseholdId,
    /// The delivery.
    pub delivery: Delivery,
    /// The serials that both bear.
    pub runs: Vec<Run>,
}

impl Reads<'_> {
    /// Deliveries that bear some of the serials of one, oldest first.
    pub fn clashes(&self, state: &Entitlement, delivery: DeliveryId) -> Result<Vec<Clash>> {
        let mut clashes: Vec<Clash> = Vec::new();
        let mine = state.deliveries.iter().find(|found| found.id == delivery);
        for run in mine.into_iter().flat_map(|delivery| &delivery.runs) {
            for other in self.delivered_overlapping(state.campaign, std::slice::from_ref(run))? {
                if (other.entitlement, other.delivery) == (state.id, delivery) {
                    continue;
                }
                let both = Run {
                    first: other.run.first.max(run.first),
                    last: other.run.last.min(run.last),
                    ..other.run
                };
                if let Some(known) = clashes
                    .iter_mut()
                    .find(|clash| clash.delivery.id == other.delivery)
                {
                    known.runs.push(both);
                    continue;
                }
                let Some(theirs) = self.state::<Entitlement>(other.entitlement)? else {
                    continue;
                };
                let found = theirs
                    .deliveries
                    .into_iter()
                    .find(|found| found.id == other.delivery);
                clashes.extend(found.map(|delivery| Clash {
                    entitlement: theirs.id,
                    household: theirs.household,
                    delivery,
                    runs: vec![both],
                }));
            }
        }
        clashes.sort_by_key(|clash| (clash.delivery.at, clash.delivery.id));
        Ok(clashes)
    }
}
