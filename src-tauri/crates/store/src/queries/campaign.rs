// SPDX-License-Identifier: EUPL-1.2
//! A campaign in figures, and by name where figures ask for names.

use super::{Reads, maybe_uuid, uuid};
use crate::Result;
use crate::book::blob;
use crate::projection::status;
use chrono::{NaiveDate, NaiveTime};
use sportello_domain::entitlement::{Entitlement, EntitlementStatus, Refusal};
use sportello_domain::household::Household;
use sportello_domain::ids::{CampaignId, DeliveryId, DeskId, EntitlementId, HouseholdId};
use sportello_domain::meta::Topic;
use sportello_domain::money::Cents;
use sportello_domain::time::Timestamp;

/// Entitlements of one status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusFigures {
    /// How many.
    pub count: u64,
    /// What they are due in all.
    pub amount: Cents,
    /// What was handed over.
    pub delivered: Cents,
}

/// The entitlements of a campaign by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CampaignCounts {
    /// Nothing handed over yet.
    pub due: StatusFigures,
    /// Less than due handed over.
    pub partial: StatusFigures,
    /// All handed over.
    pub served: StatusFigures,
    /// Withdrawn.
    pub revoked: StatusFigures,
}

/// The indicator: households served, of those entitled that presented themselves with an appointment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Indicator {
    /// Entitled and presented with an appointment.
    pub presented: u64,
    /// Of these, served in full.
    pub served: u64,
    /// Got something without ever presenting with an appointment: in neither figure.
    pub walk_ins: u64,
    /// Entitled, missed an appointment and never presented: in neither figure.
    pub no_shows: u64,
}

/// A household that presented itself and is not served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingHousehold {
    /// The household.
    pub household: HouseholdId,
    /// Its entitlement.
    pub entitlement: EntitlementId,
    /// The applicant; empty when the household is not known here.
    pub applicant: String,
    /// Telephone as written.
    pub phone: String,
    /// Where it lives in the records.
    pub topic: Topic,
    /// What it is due.
    pub amount: Cents,
    /// What it got.
    pub delivered: Cents,
    /// Who may serve it.
    pub holder: DeskId,
    /// Why it got nothing the last time, where that was recorded.
    pub refusal: Option<Refusal>,
}

/// A household that got something without an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkIn {
    /// The household.
    pub household: HouseholdId,
    /// Its entitlement.
    pub entitlement: EntitlementId,
    /// What it got.
    pub delivered: Cents,
}

/// An entitled household that missed its appointment and never presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoShow {
    /// The household.
    pub household: HouseholdId,
    /// Its entitlement.
    pub entitlement: EntitlementId,
}

/// An entitlement in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitlementLine {
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The household.
    pub household: HouseholdId,
    /// The applicant's name as it is sorted; empty when the household is not known here.
    pub sort_name: String,
    /// The Quartiere of residence, when the household is known here.
    pub quartiere: Option<u8>,
    /// Where it stands.
    pub status: EntitlementStatus,
    /// What it is due.
    pub amount: Cents,
    /// What it got.
    pub delivered: Cents,
    /// Who may serve it; none while the grant has not come.
    pub holder: Option<DeskId>,
}

/// A delivery in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeliveryLine {
    /// The delivery.
    pub delivery: DeliveryId,
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The campaign.
    pub campaign: CampaignId,
    /// When.
    pub at: Timestamp,
}

fn status_of(column: u8) -> EntitlementStatus {
    match column {
        0 => EntitlementStatus::Due,
        1 => EntitlementStatus::Partial,
        2 => EntitlementStatus::Served,
        _ => EntitlementStatus::Revoked,
    }
}

impl Reads<'_> {
    /// The entitlements of a campaign by status.
    pub fn campaign_counts(&self, campaign: CampaignId) -> Result<CampaignCounts> {
        let rows = self.all(
            "SELECT status, count(*), sum(amount), sum(delivered) FROM entitlement WHERE campaign = ?1 GROUP BY status",
            [blob(&campaign.0)],
            |row| {
                let figures = StatusFigures {
                    count: row.get::<_, i64>(1)?.unsigned_abs(),
                    amount: Cents(row.get(2)?),
                    delivered: Cents(row.get(3)?),
                };
                Ok((status_of(row.get(0)?), figures))
            },
        )?;
        let mut counts = CampaignCounts::default();
        for (status, figures) in rows {
            *match status {
                EntitlementStatus::Due => &mut counts.due,
                EntitlementStatus::Partial => &mut counts.partial,
                EntitlementStatus::Served => &mut counts.served,
                EntitlementStatus::Revoked => &mut counts.revoked,
            } = figures;
        }
        Ok(counts)
    }

    /// The entitlements of a campaign by applicant, of one status or all; `offset` from 0.
    pub fn entitlements(
        &self,
        campaign: CampaignId,
        only: Option<EntitlementStatus>,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<EntitlementLine>> {
        self.all(
            "SELECT e.id, e.household, h.sort_name, h.quartiere, e.status, e.amount, e.delivered, e.holder
             FROM entitlement e LEFT JOIN household h ON h.id = e.household
             WHERE e.campaign = ?1 AND (?2 IS NULL OR e.status = ?2) ORDER BY h.sort_name, e.id LIMIT ?3 OFFSET ?4",
            (
                blob(&campaign.0),
                only.map(status),
                i64::try_from(limit).unwrap_or(i64::MAX),
                i64::try_from(offset).unwrap_or(i64::MAX),
            ),
            |row| {
                Ok(EntitlementLine {
                    entitlement: EntitlementId(uuid(row, 0)?),
                    household: HouseholdId(uuid(row, 1)?),
                    sort_name: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                    quartiere: row.get(3)?,
                    status: status_of(row.get(4)?),
                    amount: Cents(row.get(5)?),
                    delivered: Cents(row.get(6)?),
                    holder: maybe_uuid(row, 7)?.map(DeskId),
                })
            },
        )
    }

    /// Every entitlement of a campaign, whole: what an import compares a list with.
    pub fn entitlement_states(&self, campaign: CampaignId) -> Result<Vec<Entitlement>> {
        self.folded(
            "SELECT id, places FROM entitlement WHERE campaign = ?1 ORDER BY id",
            [blob(&campaign.0)],
        )
    }

    /// The indicator of a campaign, from the records that are here. Distinct households.
    pub fn indicator(&self, campaign: CampaignId) -> Result<Indicator> {
        let sql = concat!(
            include_str!("presented.sql"),
            "SELECT count(DISTINCT household) FILTER (WHERE turnout = 1),
                    count(DISTINCT household) FILTER (WHERE turnout = 1 AND status = 2),
                    count(DISTINCT household) FILTER (WHERE turnout IS NOT 1 AND delivered > 0),
                    count(DISTINCT household) FILTER (WHERE turnout = 2)
             FROM (SELECT e.household, e.status, e.delivered, t.turnout
                   FROM entitlement e LEFT JOIN turned t ON t.household = e.household
                   WHERE e.campaign = ?1 AND e.status <> 3)"
        );
        let found = self.one(sql, (blob(&campaign.0), self.services_of(campaign)?), |row| {
            let count = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
            Ok(Indicator {
                presented: count(0)?,
                served: count(1)?,
                walk_ins: count(2)?,
                no_shows: count(3)?,
            })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// The households of the indicator's denominator that are not in its numerator.
    pub fn missing(&self, campaign: CampaignId) -> Result<Vec<MissingHousehold>> {
        let sql = concat!(
            include_str!("presented.sql"),
            "SELECT e.id FROM turned t JOIN entitlement e ON e.campaign = ?1 AND e.household = t.household
             WHERE t.turnout = 1 AND e.status IN (0, 1) ORDER BY e.id"
        );
        let ids = self.all(sql, (blob(&campaign.0), self.services_of(campaign)?), |row| {
            Ok(EntitlementId(uuid(row, 0)?))
        })?;
        let mut missing = Vec::with_capacity(ids.len());
        for id in ids {
            let (Some(entitlement), Some(topic)) = (self.state::<Entitlement>(id)?, self.topic_of(id)?)
            else {
                continue;
            };
            let household = self.state::<Household>(entitlement.household)?;
            missing.push(MissingHousehold {
                household: entitlement.household,
                entitlement: id,
                applicant: household
                    .as_ref()
                    .map(|h| h.data.applicant_name())
                    .unwrap_or_default(),
                phone: household.map(|h| h.data.phone).unwrap_or_default(),
                topic,
                amount: entitlement.amount(),
                delivered: entitlement.delivered(),
                holder: entitlement.custody.holder,
                refusal: entitlement.refusals.last().cloned(),
            });
        }
        missing.sort_by(|a, b| (&a.applicant, a.household).cmp(&(&b.applicant, b.household)));
        Ok(missing)
    }

    /// Households that got something without ever presenting with an appointment.
    pub fn walk_ins(&self, campaign: CampaignId) -> Result<Vec<WalkIn>> {
        let sql = concat!(
            include_str!("presented.sql"),
            "SELECT e.household, e.id, e.delivered FROM entitlement e LEFT JOIN turned t ON t.household = e.household
             WHERE e.campaign = ?1 AND e.status <> 3 AND e.delivered > 0 AND t.turnout IS NOT 1 ORDER BY e.id"
        );
        self.all(sql, (blob(&campaign.0), self.services_of(campaign)?), |row| {
            Ok(WalkIn {
                household: HouseholdId(uuid(row, 0)?),
                entitlement: EntitlementId(uuid(row, 1)?),
                delivered: Cents(row.get(2)?),
            })
        })
    }

    /// Entitled households that missed an appointment and never presented.
    pub fn no_shows(&self, campaign: CampaignId) -> Result<Vec<NoShow>> {
        let sql = concat!(
            include_str!("presented.sql"),
            "SELECT e.household, e.id FROM turned t JOIN entitlement e ON e.campaign = ?1 AND e.household = t.household
             WHERE t.turnout = 2 AND e.status <> 3 ORDER BY e.id"
        );
        self.all(sql, (blob(&campaign.0), self.services_of(campaign)?), |row| {
            Ok(NoShow {
                household: HouseholdId(uuid(row, 0)?),
                entitlement: EntitlementId(uuid(row, 1)?),
            })
        })
    }

    /// What a desk handed over on a day in Italy and did not take back, in order.
    pub fn deliveries(&self, desk: DeskId, day: NaiveDate) -> Result<Vec<DeliveryLine>> {
        let begins = |day: NaiveDate| Timestamp::of_rome(day.and_time(NaiveTime::MIN)).0;
        self.all(
            "SELECT DISTINCT delivery, owner, campaign, at FROM run
             WHERE source = 1 AND desk = ?1 AND at >= ?2 AND at < ?3 AND reversed = 0 ORDER BY at, delivery",
            (blob(&desk.0), begins(day), begins(day.succ_opt().unwrap_or(day))),
            |row| {
                Ok(DeliveryLine {
                    delivery: DeliveryId(uuid(row, 0)?),
                    entitlement: EntitlementId(uuid(row, 1)?),
                    campaign: CampaignId(uuid(row, 2)?),
                    at: Timestamp(row.get(3)?),
                })
            },
        )
    }
}
