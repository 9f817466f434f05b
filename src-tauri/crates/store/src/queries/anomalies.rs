// SPDX-License-Identifier: EUPL-1.2
//! What a supervisor must look at.

use super::{Reads, uuid};
use crate::Result;
use crate::book::blob;
use crate::projection::anomaly_kind;
use sportello_domain::entitlement::{Anomaly, AnomalyKind, Delivery, Entitlement};
use sportello_domain::ids::{CampaignId, DeliveryId, EntitlementId, ExceptionId, HouseholdId};
use sportello_domain::serial::Run;

/// An anomaly with what it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnomalyCase {
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The household.
    pub household: HouseholdId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The anomaly.
    pub anomaly: Anomaly,
    /// Deliveries that bear some of the same serials, for [`AnomalyKind::SerialsTwice`].
    pub clashes: Vec<Clash>,
}

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
    /// Anomalies, the latest first: those still open, or all of them.
    pub fn anomalies(&self, only_open: bool, limit: usize) -> Result<Vec<AnomalyCase>> {
        let found = self.all(
            "SELECT id, entitlement, kind, delivery FROM anomaly WHERE open = 1 OR NOT ?1 ORDER BY at DESC, id LIMIT ?2",
            (only_open, i64::try_from(limit).unwrap_or(i64::MAX)),
            |row| {
                let twice = row.get::<_, u8>(2)? == anomaly_kind(AnomalyKind::SerialsTwice);
                let delivery = twice.then(|| uuid(row, 3)).transpose()?.map(DeliveryId);
                Ok((ExceptionId(uuid(row, 0)?), EntitlementId(uuid(row, 1)?), delivery))
            },
        )?;
        let mut cases = Vec::with_capacity(found.len());
        for (id, entitlement, twice) in found {
            let Some(state) = self.state::<Entitlement>(entitlement)? else {
                continue;
            };
            let (anomaly, clashes) = match twice {
                Some(delivery) => (state.serials_twice(delivery), self.clashes(&state, delivery)?),
                None => (
                    state.anomalies.into_iter().find(|anomaly| anomaly.id == id),
                    Vec::new(),
                ),
            };
            if let Some(anomaly) = anomaly {
                cases.push(AnomalyCase {
                    entitlement,
                    household: state.household,
                    campaign: state.campaign,
                    anomaly,
                    clashes,
                });
            }
        }
        Ok(cases)
    }

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

    /// The deliveries of an entitlement whose serials were out with an earlier one already.
    pub fn serials_twice(&self, entitlement: EntitlementId) -> Result<Vec<DeliveryId>> {
        self.all(
            "SELECT delivery FROM anomaly WHERE entitlement = ?1 AND kind = ?2",
            (blob(&entitlement.0), anomaly_kind(AnomalyKind::SerialsTwice)),
            |row| Ok(DeliveryId(uuid(row, 0)?)),
        )
    }

    /// How many anomalies wait for a decision.
    pub fn open_anomalies(&self) -> Result<u64> {
        Ok(self
            .conn
            .query_row("SELECT count(*) FROM anomaly WHERE open = 1", [], |row| {
                row.get::<_, i64>(0)
            })?
            .unsigned_abs())
    }
}
