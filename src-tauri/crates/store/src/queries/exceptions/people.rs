// SPDX-License-Identifier: EUPL-1.2
//! Cases of people: booked twice, in the records twice, come and never served.

use super::Found;
use crate::Result;
use crate::book::blob;
use crate::projection::read_delegate;
use crate::queries::{Reads, uuid};
use chrono::{NaiveDate, NaiveDateTime};
use sportello_domain::agenda::{self, SiteHours};
use sportello_domain::appointment::{Appointment, AppointmentStatus};
use sportello_domain::exceptions::{CaseAbout, CaseKind, Matter};
use sportello_domain::household::Household;
use sportello_domain::ids::{
    AppointmentId, CampaignId, DeliveryId, EntitlementId, HouseholdId, MemberId, ServiceId,
};
use sportello_domain::time::Timestamp;
use std::collections::BTreeMap;

/// From so many households on it is looked at who collects for them.
const MANY: u32 = 3;

impl Reads<'_> {
    /// What two desks booked without knowing of each other: a household twice, a slot for more people than there is room for.
    pub(super) fn find_appointments(&self, today: NaiveDate, into: &mut Vec<Found>) -> Result<()> {
        let services = self.services()?;
        let mut waited: BTreeMap<(HouseholdId, ServiceId), Vec<AppointmentId>> = BTreeMap::new();
        for site in self.sites()? {
            // Booked, presented, called, set aside: those that are still to be served.
            let rows = self.all(
                "SELECT household, service, id FROM appointment
                 WHERE site = ?1 AND start >= ?2 AND status < 4 AND household IS NOT NULL",
                (blob(&site.id.0), today.to_string()),
                |row| {
                    Ok((
                        HouseholdId(uuid(row, 0)?),
                        ServiceId(uuid(row, 1)?),
                        AppointmentId(uuid(row, 2)?),
                    ))
                },
            )?;
            for (household, service, id) in rows {
                waited.entry((household, service)).or_default().push(id);
            }
            let hours = self.state::<SiteHours>(site.id)?;
            let booked = self.all(
                "SELECT service, start, count(*) FROM appointment
                 WHERE site = ?1 AND start >= ?2 AND status = 0 GROUP BY service, start HAVING count(*) > 1",
                (blob(&site.id.0), today.to_string()),
                |row| {
                    Ok((
                        ServiceId(uuid(row, 0)?),
                        row.get::<_, String>(1)?,
                        row.get::<_, u32>(2)?,
                    ))
                },
            )?;
            for (id, start, count) in booked {
                let service = services.iter().find(|service| service.id == id);
                let start = NaiveDateTime::parse_from_str(&start, "%Y-%m-%dT%H:%M").ok();
                let (Some(service), Some(start)) = (service, start) else {
                    continue;
                };
                let slots = agenda::day(service, hours.as_ref(), site.id, start.date()).slots;
                let Some(slot) = slots.into_iter().find(|slot| slot.start == start) else {
                    continue;
                };
                if count <= u32::from(slot.capacity) {
                    continue;
                }
                // Those whom somebody booked knowing that there was no room are no news.
                let mut there = self.board(site.id, start.date())?;
                there.retain(|a| {
                    (a.service, a.start, a.status) == (id, start, AppointmentStatus::Booked)
                        && a.overbooked.is_none()
                        && !a.walk_in
                });
                if there.len() <= usize::from(slot.capacity) {
                    continue;
                }
                let about = CaseAbout::Slot {
                    site: site.id,
                    service: id,
                    start,
                };
                let at = there.iter().map(|a| a.booked_at).max().unwrap_or_default();
                let mut case = Found::new(CaseKind::SlotTwice, about, at)
                    .touching(there.iter().filter_map(|a| a.household));
                (case.site, case.campaign) = (Some(site.id), service.campaign);
                into.push(case);
            }
        }
        for ((household, service), mut ids) in waited {
            ids.sort_unstable();
            for pair in ids.windows(2) {
                let mut at = Timestamp::default();
                let mut site = None;
                for id in pair {
                    let found = self.state::<Appointment>(*id)?;
                    at = at.max(found.as_ref().map(|a| a.booked_at).unwrap_or_default());
                    site = found.map(|a| a.site).or(site);
                }
                let mut case =
                    Found::of(Matter::appointments(household, pair[0], pair[1]), at).touching([household]);
                case.site = site;
                case.campaign = services.iter().find(|s| s.id == service).and_then(|s| s.campaign);
                into.push(case);
            }
        }
        Ok(())
    }

    /// Households that seem to be the same, and people who stand in two.
    pub(super) fn find_duplicates(&self, into: &mut Vec<Found>) -> Result<()> {
        let mut pairs: BTreeMap<(HouseholdId, HouseholdId), CaseKind> = BTreeMap::new();
        let refs = self.all(
            "SELECT list_ref, id FROM household WHERE list_ref <> '' AND list_ref IN
               (SELECT list_ref FROM household WHERE list_ref <> '' GROUP BY list_ref HAVING count(*) > 1)
             ORDER BY list_ref, id",
            [],
            |row| Ok((row.get::<_, String>(0)?, HouseholdId(uuid(row, 1)?))),
        )?;
        for pair in refs.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            pairs.insert((pair[0].1, pair[1].1), CaseKind::DuplicateHousehold);
        }
        let people = self.all(
            "SELECT key, household, member FROM member WHERE key IN
               (SELECT key FROM member GROUP BY key HAVING count(DISTINCT household) > 1)
             ORDER BY key, household, member",
            [],
            |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    HouseholdId(uuid(row, 1)?),
                    MemberId(uuid(row, 2)?),
                ))
            },
        )?;
        let applies = |household: HouseholdId, member: MemberId| -> Result<bool> {
            let found = self.state::<Household>(household)?;
            Ok(found.is_some_and(|h| h.data.members.first().is_some_and(|m| m.id == member)))
        };
        for pair in people
            .windows(2)
            .filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
        {
            let both = applies(pair[0].1, pair[0].2)? && applies(pair[1].1, pair[1].2)?;
            let kind = if both {
                CaseKind::DuplicateHousehold
            } else {
                CaseKind::DuplicatePerson
            };
            let known = pairs.entry((pair[0].1, pair[1].1)).or_insert(kind);
            // That the households are the same says that the people are.
            if kind == CaseKind::DuplicateHousehold {
                *known = kind;
            }
        }
        for ((one, other), kind) in pairs {
            let mut at = Timestamp::default();
            for household in [one, other] {
                let first = self.story_of(household)?.first().map(|entry| entry.meta.at);
                at = at.max(first.unwrap_or_default());
            }
            into.push(Found::of(Matter::households(kind, one, other), at).touching([one, other]));
        }
        Ok(())
    }

    /// Households that presented themselves on a day before today, and got nothing.
    pub(super) fn find_unserved(&self, today: NaiveDate, into: &mut Vec<Found>) -> Result<()> {
        for campaign in self.campaigns()? {
            for missing in self.missing(campaign.id)? {
                if missing.delivered.0 > 0 {
                    continue; // less than due: a case of its own
                }
                let presented = self
                    .appointments_of(missing.household)?
                    .into_iter()
                    .filter(|a| a.entitlement == Some(missing.entitlement) && !a.walk_in)
                    .filter_map(|a| Some((a.presented_at?, a.site)))
                    .min();
                let Some((at, site)) = presented.filter(|(at, _)| at.day() < today) else {
                    continue;
                };
                let about = CaseAbout::Entitlement {
                    entitlement: missing.entitlement,
                };
                let mut case = Found::new(CaseKind::NeverServed, about, at)
                    .in_campaign(campaign.id)
                    .touching([missing.household]);
                case.site = Some(site);
                into.push(case);
            }
        }
        Ok(())
    }

    /// Who collected for many households of a campaign.
    pub(super) fn find_delegates(&self, into: &mut Vec<Found>) -> Result<()> {
        let rows = self.all(
            "SELECT campaign, who, at, delivery, entitlement FROM delegate WHERE (campaign, who) IN
               (SELECT campaign, who FROM delegate GROUP BY campaign, who HAVING count(DISTINCT entitlement) >= ?1)
             ORDER BY campaign, who, at, delivery",
            [MANY],
            read_delegate,
        )?;
        for group in rows.chunk_by(|a, b| (a.campaign, &a.who) == (b.campaign, &b.who)) {
            // Named by the first delivery, and dated by the last.
            let (Some(first), Some(last)) = (group.first(), group.last()) else {
                continue;
            };
            let about = CaseAbout::Delegate {
                campaign: first.campaign,
                delivery: first.delivery,
            };
            let mut households = Vec::new();
            for row in group {
                households.extend(self.household_of(row.entitlement)?);
            }
            households.sort_unstable();
            households.dedup();
            into.push(
                Found::new(CaseKind::ManyDelegations, about, Timestamp(last.at))
                    .in_campaign(first.campaign)
                    .touching(households),
            );
        }
        Ok(())
    }

    /// What the same person collected as did this delivery, oldest first.
    pub fn collected_by_the_same(
        &self,
        campaign: CampaignId,
        delivery: DeliveryId,
    ) -> Result<Vec<(EntitlementId, DeliveryId)>> {
        let rows = self.all(
            "SELECT campaign, who, at, delivery, entitlement FROM delegate WHERE campaign = ?1 AND who IN
               (SELECT who FROM delegate WHERE campaign = ?1 AND delivery = ?2) ORDER BY at, delivery",
            (blob(&campaign.0), blob(&delivery.0)),
            read_delegate,
        )?;
        Ok(rows
            .into_iter()
            .map(|row| (row.entitlement, row.delivery))
            .collect())
    }
}
