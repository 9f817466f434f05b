// SPDX-License-Identifier: EUPL-1.2
//! What the whole office shares.

use super::Reads;
use crate::Result;
use crate::book::blob;
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::CampaignId;
use sportello_domain::import::Import;
use sportello_domain::office::{Operator, Service, Site};
use sportello_domain::state::Entity;

impl Reads<'_> {
    pub(super) fn things<S: Entity>(&self) -> Result<Vec<S>> {
        self.states(
            "SELECT state FROM thing WHERE kind = ?1 AND state IS NOT NULL ORDER BY id",
            [S::KIND.number()],
        )
    }

    /// Every site, by code.
    pub fn sites(&self) -> Result<Vec<Site>> {
        let mut sites: Vec<Site> = self.things()?;
        sites.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(sites)
    }

    /// Every service, by name.
    pub fn services(&self) -> Result<Vec<Service>> {
        let mut services: Vec<Service> = self.things()?;
        services.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(services)
    }

    /// Every campaign, the latest first.
    pub fn campaigns(&self) -> Result<Vec<Campaign>> {
        let mut campaigns: Vec<Campaign> = self.things()?;
        campaigns.sort_by(|a, b| (b.from, &a.name).cmp(&(a.from, &b.name)));
        Ok(campaigns)
    }

    /// Every operator, by name.
    pub fn operators(&self) -> Result<Vec<Operator>> {
        let mut operators: Vec<Operator> = self.things()?;
        operators.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(operators)
    }

    /// The operator who logs in with this name, in whatever case it is typed.
    pub fn operator_by_username(&self, username: &str) -> Result<Option<Operator>> {
        let username = username.trim().to_lowercase();
        Ok(self
            .things::<Operator>()?
            .into_iter()
            .find(|operator| operator.username.to_lowercase() == username))
    }

    /// Every list that was taken in, the one issued last first.
    pub fn imports(&self) -> Result<Vec<Import>> {
        let mut imports: Vec<Import> = self.things()?;
        imports.sort_by_key(|import| std::cmp::Reverse((import.issued, import.at)));
        Ok(imports)
    }

    /// The services that deliver a campaign's vouchers, as the JSON array of hexadecimal identifiers that queries take.
    pub(crate) fn services_of(&self, campaign: CampaignId) -> Result<String> {
        let services: Vec<String> = self
            .things::<Service>()?
            .into_iter()
            .filter(|service| service.campaign == Some(campaign))
            .map(|service| hex::encode(blob(&service.id.0)))
            .collect();
        Ok(serde_json::to_string(&services)?)
    }
}
