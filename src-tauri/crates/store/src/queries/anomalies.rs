// SPDX-License-Identifier: EUPL-1.2
//! What a supervisor must look at.

use super::{Reads, uuid};
use crate::Result;
use sportello_domain::entitlement::{Anomaly, Entitlement};
use sportello_domain::ids::{CampaignId, EntitlementId, ExceptionId, HouseholdId};

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
}

impl Reads<'_> {
    /// Anomalies, the latest first: those still open, or all of them.
    pub fn anomalies(&self, only_open: bool, limit: usize) -> Result<Vec<AnomalyCase>> {
        let found = self.all(
            "SELECT id, entitlement FROM anomaly WHERE open = 1 OR NOT ?1 ORDER BY at DESC, id LIMIT ?2",
            (only_open, i64::try_from(limit).unwrap_or(i64::MAX)),
            |row| Ok((ExceptionId(uuid(row, 0)?), EntitlementId(uuid(row, 1)?))),
        )?;
        let mut cases = Vec::with_capacity(found.len());
        for (id, entitlement) in found {
            let Some(state) = self.state::<Entitlement>(entitlement)? else {
                continue;
            };
            if let Some(anomaly) = state.anomalies.into_iter().find(|anomaly| anomaly.id == id) {
                cases.push(AnomalyCase {
                    entitlement,
                    household: state.household,
                    campaign: state.campaign,
                    anomaly,
                });
            }
        }
        Ok(cases)
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
