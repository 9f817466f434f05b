// SPDX-License-Identifier: EUPL-1.2
//! What a campaign's statement is drawn up from, besides its rights.

use super::Reads;
use crate::Result;
use crate::book::blob;
use sportello_domain::appointment::Appointment;
use sportello_domain::ids::{CampaignId, HouseholdId};
use sportello_domain::sample::CampaignSample;

impl Reads<'_> {
    /// The appointments of households for a campaign: of one of its services, or naming one of its rights.
    pub fn campaign_appointments(&self, campaign: CampaignId) -> Result<Vec<Appointment>> {
        self.states(
            "WITH service (id) AS MATERIALIZED (SELECT unhex(value) FROM json_each(?2))
             SELECT state FROM appointment
             WHERE household IS NOT NULL AND state IS NOT NULL AND service IN (SELECT id FROM service)
             UNION ALL
             SELECT a.state FROM appointment a JOIN entitlement e ON e.id = a.entitlement
             WHERE e.campaign = ?1 AND a.household IS NOT NULL AND a.state IS NOT NULL
               AND a.service NOT IN (SELECT id FROM service)",
            (blob(&campaign.0), self.services_of(campaign)?),
        )
    }

    /// The samples of a campaign, the latest first.
    pub fn samples(&self, campaign: CampaignId) -> Result<Vec<CampaignSample>> {
        let mut samples: Vec<CampaignSample> = self.things()?;
        samples.retain(|sample| sample.campaign == campaign);
        samples.sort_by_key(|sample| std::cmp::Reverse((sample.at, sample.id)));
        Ok(samples)
    }

    /// The applicant's name of a household as it is sorted; empty where it is not known here, or was erased.
    pub fn sort_name(&self, household: HouseholdId) -> Result<String> {
        let name = self.one(
            "SELECT sort_name FROM household WHERE id = ?1",
            [blob(&household.0)],
            |row| row.get::<_, Option<String>>(0),
        )?;
        Ok(name.flatten().unwrap_or_default())
    }
}
