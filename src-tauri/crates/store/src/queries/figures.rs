// SPDX-License-Identifier: EUPL-1.2
//! Figures over a whole campaign that are not the indicator itself.

use super::{Reads, uuid};
use crate::Result;
use crate::book::blob;
use sportello_domain::household::Household;
use sportello_domain::ids::{CampaignId, DeskId};
use std::collections::BTreeMap;

impl Reads<'_> {
    /// Entitled households with an appointment of the campaign's services that was not called off; who came without one is not
    /// among them.
    pub fn booked(&self, campaign: CampaignId) -> Result<u64> {
        let found = self.one(
            "SELECT count(DISTINCT e.household) FROM entitlement e JOIN appointment a ON a.household = e.household
             WHERE e.campaign = ?1 AND e.status <> 3 AND a.status <> ?3
               AND a.service IN (SELECT unhex(value) FROM json_each(?2))
               AND json_extract(a.state, '$.walk_in') = 0",
            (blob(&campaign.0), self.services_of(campaign)?, crate::projection::CANCELLED),
            |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
        )?;
        Ok(found.unwrap_or(0))
    }

    /// Every household, whole: what an import compares a list with.
    pub fn households(&self) -> Result<Vec<Household>> {
        self.folded(
            "SELECT id, places FROM household WHERE sort_name IS NOT NULL ORDER BY n",
            [],
        )
    }

    /// Entitlements not served and not withdrawn, by the desk that may serve them.
    pub fn custody_counts(&self) -> Result<BTreeMap<DeskId, u32>> {
        let rows = self.all(
            "SELECT holder, count(*) FROM entitlement WHERE status IN (0, 1) AND holder IS NOT NULL GROUP BY holder",
            [],
            |row| Ok((DeskId(uuid(row, 0)?), row.get(1)?)),
        )?;
        Ok(rows.into_iter().collect())
    }
}
