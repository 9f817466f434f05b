// SPDX-License-Identifier: EUPL-1.2
//! The cases that the records hold, found by themselves: one finder for each kind of thing that should not be. Nothing of what is
//! found is kept; what was done with a case is ([`Case`]).

mod people;
mod serials;

use super::{Reads, uuid};
use crate::Result;
use crate::aside::Aside;
use crate::book::blob;
use crate::projection::{anomaly_kind, status};
use chrono::NaiveDate;
use sportello_domain::closing::Closing;
use sportello_domain::desk::DeskStory;
use sportello_domain::entitlement::{AnomalyKind, Entitlement, EntitlementStatus};
use sportello_domain::exceptions::{Case, CaseAbout, CaseKind, Matter};
use sportello_domain::ids::{CampaignId, DeliveryId, DeskId, EntitlementId, HouseholdId, SiteId};
use sportello_domain::import::Import;
use sportello_domain::paper::PaperKit;
use sportello_domain::sample::CampaignSample;
use sportello_domain::time::Timestamp;
use sportello_protocol::Head;
use std::collections::{BTreeMap, BTreeSet};

/// A case as the records hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub matter: Matter,
    /// When it happened.
    pub at: Timestamp,
    /// The desk concerned.
    pub desk: Option<DeskId>,
    /// The site concerned, where it is not the desk's.
    pub site: Option<SiteId>,
    /// The campaign.
    pub campaign: Option<CampaignId>,
    /// The households that it touches.
    pub households: Vec<HouseholdId>,
    /// It was decided where such things are decided, and not as a case.
    pub settled: bool,
}

impl Found {
    fn new(kind: CaseKind, about: CaseAbout, at: Timestamp) -> Self {
        Self::of(Matter::new(kind, about), at)
    }

    fn of(matter: Matter, at: Timestamp) -> Self {
        Self {
            matter,
            at,
            desk: None,
            site: None,
            campaign: None,
            households: Vec::new(),
            settled: false,
        }
    }

    fn at_desk(mut self, desk: DeskId) -> Self {
        self.desk = Some(desk);
        self
    }

    fn in_campaign(mut self, campaign: CampaignId) -> Self {
        self.campaign = Some(campaign);
        self
    }

    fn touching(mut self, households: impl IntoIterator<Item = HouseholdId>) -> Self {
        self.households.extend(households);
        self
    }
}

/// What of the world a finder has to know besides the records.
#[derive(Clone, Copy, Debug)]
pub struct Looking {
    /// Today in Italy.
    pub today: NaiveDate,
    /// Every Quartiere is read here: what is nowhere in the records was never written.
    pub whole: bool,
}

impl Reads<'_> {
    /// All that was done with cases.
    pub fn cases(&self) -> Result<Vec<Case>> {
        self.things()
    }

    /// Every case that the records hold, in no order.
    pub fn find_cases(&self, looking: Looking) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        self.find_anomalies(None, &mut found)?;
        self.find_partial(&mut found)?;
        self.find_serials(looking, &mut found)?;
        self.find_supply(&mut found)?;
        self.find_counts(&mut found)?;
        self.find_forms(&mut found)?;
        self.find_appointments(looking.today, &mut found)?;
        self.find_duplicates(&mut found)?;
        self.find_delegates(&mut found)?;
        self.find_records(&mut found)?;
        self.find_clocks(&mut found)?;
        self.find_late_movements(looking.today, &mut found)?;
        self.find_unserved(looking.today, &mut found)?;
        self.find_rows(&mut found)?;
        self.find_disputes(&mut found)?;
        Ok(found)
    }

    /// The cases of a household that show at its counter: what its deliveries make, and whatever was done something with.
    pub fn cases_of(&self, household: HouseholdId) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        self.find_anomalies(Some(household), &mut found)?;
        for case in self.cases()? {
            if found.iter().any(|found: &Found| found.matter == case.matter) {
                continue;
            }
            let gone = self.touched_by(&case)?;
            if gone.households.contains(&household) {
                found.push(gone);
            }
        }
        Ok(found)
    }

    /// Whether a case of a household's deliveries still waits for a supervisor.
    pub fn is_undecided(&self, household: HouseholdId) -> Result<bool> {
        let mut found = Vec::new();
        self.find_anomalies(Some(household), &mut found)?;
        for found in &found {
            let case = self.state::<Case>(found.matter.id())?;
            if case.is_none_or(|case| case.standing().is_open()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What can be told of a case that the records may not hold any more, from what it is about.
    pub fn touched_by(&self, case: &Case) -> Result<Found> {
        let at = case.acts.first().map(|act| act.at).unwrap_or_default();
        let mut found = Found::of(case.matter.clone(), at);
        match &case.matter.about {
            CaseAbout::Delivery { entitlement, .. } | CaseAbout::Entitlement { entitlement } => {
                let right = self.state::<Entitlement>(*entitlement)?;
                found.campaign = right.as_ref().map(|right| right.campaign);
                found.households.extend(right.map(|right| right.household));
            }
            CaseAbout::Appointments { household, .. } => found.households.push(*household),
            CaseAbout::Households { first, second } => found.households.extend([*first, *second]),
            CaseAbout::Delegate { campaign, .. } => found.campaign = Some(*campaign),
            CaseAbout::Supply { campaign, second, .. } => {
                (found.campaign, found.desk) = (Some(*campaign), Some(*second));
            }
            CaseAbout::Count { closing, campaign } => {
                found.campaign = Some(*campaign);
                found.desk = self.state::<Closing>(*closing)?.map(|closing| closing.desk);
            }
            CaseAbout::Form { kit, .. } => {
                let kit = self.state::<PaperKit>(*kit)?;
                (found.campaign, found.desk) = (kit.as_ref().map(|k| k.campaign), kit.map(|k| k.desk));
            }
            CaseAbout::Slot { site, .. } => found.site = Some(*site),
            CaseAbout::Records { desk, .. } | CaseAbout::Clock { desk, .. } | CaseAbout::Day { desk, .. } => {
                found.desk = Some(*desk);
            }
            CaseAbout::Import { import } => {
                found.campaign = self.state::<Import>(*import)?.map(|import| import.campaign);
            }
        }
        Ok(found)
    }

    /// What entitlements say of their own deliveries, and serials that are out twice.
    fn find_anomalies(&self, of: Option<HouseholdId>, into: &mut Vec<Found>) -> Result<()> {
        let kinds = [
            AnomalyKind::Forced,
            AnomalyKind::Double,
            AnomalyKind::OverAmount,
            AnomalyKind::AfterRevocation,
            AnomalyKind::NotHolder,
            AnomalyKind::NotReturned,
            AnomalyKind::BeforeRelief,
            AnomalyKind::SerialsTwice,
        ];
        let rows = self.all(
            "SELECT a.kind, a.entitlement, a.delivery, a.at, a.desk, a.campaign, e.household
             FROM anomaly a LEFT JOIN entitlement e ON e.id = a.entitlement WHERE ?1 IS NULL OR e.household = ?1",
            [of.as_ref().map(|household| blob(&household.0))],
            |row| {
                let about = CaseAbout::Delivery {
                    entitlement: EntitlementId(uuid(row, 1)?),
                    delivery: DeliveryId(uuid(row, 2)?),
                };
                let found = Found::new(CaseKind::Forced, about, Timestamp(row.get(3)?))
                    .at_desk(DeskId(uuid(row, 4)?))
                    .in_campaign(CampaignId(uuid(row, 5)?))
                    .touching(super::maybe_uuid(row, 6)?.map(HouseholdId));
                Ok((row.get::<_, u8>(0)?, found))
            },
        )?;
        for (column, mut found) in rows {
            let Some(kind) = kinds.into_iter().find(|kind| anomaly_kind(*kind) == column) else {
                continue;
            };
            found.matter.kind = kind.into();
            into.push(found);
        }
        Ok(())
    }

    /// Less than due, and the rest did not follow.
    fn find_partial(&self, into: &mut Vec<Found>) -> Result<()> {
        let rights: Vec<Entitlement> = self.folded(
            "SELECT id, places FROM entitlement WHERE status = ?1 ORDER BY id",
            [status(EntitlementStatus::Partial)],
        )?;
        for right in rights {
            let Some(last) = right.deliveries.iter().rev().find(|d| d.reversal.is_none()) else {
                continue;
            };
            let about = CaseAbout::Entitlement {
                entitlement: right.id,
            };
            into.push(
                Found::new(CaseKind::UnderAmount, about, last.at)
                    .at_desk(last.desk)
                    .in_campaign(right.campaign)
                    .touching([right.household]),
            );
        }
        Ok(())
    }

    fn household_of(&self, entitlement: EntitlementId) -> Result<Option<HouseholdId>> {
        let found = self.one(
            "SELECT household FROM entitlement WHERE id = ?1",
            [blob(&entitlement.0)],
            |row| super::maybe_uuid(row, 0),
        )?;
        Ok(found.flatten().map(HouseholdId))
    }

    fn find_counts(&self, into: &mut Vec<Found>) -> Result<()> {
        for difference in self.open_count_differences()? {
            let about = CaseAbout::Count {
                closing: difference.closing,
                campaign: difference.line.campaign,
            };
            into.push(
                Found::new(CaseKind::CountDifference, about, difference.at)
                    .at_desk(difference.desk)
                    .in_campaign(difference.line.campaign),
            );
        }
        Ok(())
    }

    fn find_forms(&self, into: &mut Vec<Found>) -> Result<()> {
        for form in self.forms_twice()? {
            let about = CaseAbout::Form {
                kit: form.kit,
                number: form.number,
            };
            let at = form.entries.iter().map(|entry| entry.entered_at).max();
            let mut households = Vec::new();
            for entry in &form.entries {
                households.extend(self.household_of(entry.entitlement)?);
            }
            households.sort_unstable();
            households.dedup();
            into.push(
                Found::new(CaseKind::FormTwice, about, at.unwrap_or_default())
                    .at_desk(form.desk)
                    .in_campaign(form.campaign)
                    .touching(households),
            );
        }
        Ok(())
    }

    /// What came late from revoked desks, and branches of logs.
    fn find_records(&self, into: &mut Vec<Found>) -> Result<()> {
        for aside in self.asides()? {
            let kind = if aside.continues {
                CaseKind::LateAfterRevocation
            } else {
                CaseKind::Fork
            };
            let about = CaseAbout::Records {
                desk: aside.desk,
                topic: aside.topic,
                link: aside.link.clone(),
            };
            let mut case = Found::new(kind, about, aside.at).at_desk(aside.desk);
            case.settled = self.aside_is_settled(&aside)?;
            into.push(case);
        }
        Ok(())
    }

    /// Whether records that were set aside count, or were said not to, or follow from nothing that is known here: then there is nothing
    /// to decide.
    fn aside_is_settled(&self, aside: &Aside) -> Result<bool> {
        let story = self.state::<DeskStory>(aside.desk)?;
        if story.is_some_and(|story| story.decided(&aside.link)) {
            return Ok(true);
        }
        let records = self.aside_records(aside)?;
        if records.is_empty() || records.len() as u64 != aside.last + 1 - aside.first {
            return Ok(true);
        }
        for found in &records {
            let Ok(meta) =
                Head::from_bytes(&found.record.head).and_then(|head| head.meta(aside.desk, aside.topic))
            else {
                return Ok(false);
            };
            if !self.counts(meta.entity, found.link)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn find_clocks(&self, into: &mut Vec<Found>) -> Result<()> {
        for story in self.things::<DeskStory>()? {
            let mut right = true;
            for notice in &story.clock {
                if notice.ahead != 0 && right {
                    let about = CaseAbout::Clock {
                        desk: story.desk,
                        at: notice.at,
                    };
                    into.push(Found::new(CaseKind::ClockSkewed, about, notice.at).at_desk(story.desk));
                }
                right = notice.ahead == 0;
            }
        }
        Ok(())
    }

    /// Movements of days that had been closed, and that no further closing has closed since.
    fn find_late_movements(&self, today: NaiveDate, into: &mut Vec<Found>) -> Result<()> {
        let closings = self.closings()?;
        let mut last: BTreeMap<DeskId, NaiveDate> = BTreeMap::new();
        for Closing { desk, day, .. } in &closings {
            let known = last.entry(*desk).or_insert(*day);
            *known = (*known).max(*day);
        }
        for (desk, closed) in last {
            for open in self.open_days(desk, &closings)? {
                if open.day <= closed && open.day < today {
                    let about = CaseAbout::Day { desk, day: open.day };
                    into.push(Found::new(CaseKind::LateAfterClosing, about, open.last).at_desk(desk));
                }
            }
        }
        Ok(())
    }

    /// What whoever was called says of a delivery.
    fn find_disputes(&self, into: &mut Vec<Found>) -> Result<()> {
        // Drawn twice and disputed twice it is one case.
        let mut known = BTreeSet::new();
        for sample in self.things::<CampaignSample>()? {
            for (delivery, call) in sample.disputed() {
                if !known.insert(delivery) {
                    continue;
                }
                let Some(pick) = sample.picks.iter().find(|pick| pick.delivery == delivery) else {
                    continue;
                };
                let right = self.state::<Entitlement>(pick.entitlement)?;
                let handed_over = right
                    .as_ref()
                    .and_then(|right| right.deliveries.iter().find(|d| d.id == delivery));
                let about = CaseAbout::Delivery {
                    entitlement: pick.entitlement,
                    delivery,
                };
                let mut found = Found::new(CaseKind::CallDisputed, about, call.at)
                    .in_campaign(sample.campaign)
                    .touching(right.as_ref().map(|right| right.household));
                found.desk = handed_over.map(|delivery| delivery.desk);
                into.push(found);
            }
        }
        Ok(())
    }

    fn find_rows(&self, into: &mut Vec<Found>) -> Result<()> {
        for import in self.imports()? {
            if import.counts.refused + import.counts.doubtful > 0 {
                let about = CaseAbout::Import { import: import.id };
                into.push(Found::new(CaseKind::RowsRefused, about, import.at).in_campaign(import.campaign));
            }
        }
        Ok(())
    }
}
