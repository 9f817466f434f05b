// SPDX-License-Identifier: EUPL-1.2
//! What a case is about, and the identifier that follows from it.

use super::CaseKind;
use crate::ids::{
    AppointmentId, CampaignId, CaseId, ClosingId, DeliveryId, DeskId, EntitlementId, HouseholdId, ImportId,
    PaperKitId, ServiceId, SiteId,
};
use crate::meta::{EntityRef, Topic};
use crate::serial::Run;
use crate::time::Timestamp;
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a case is about. Nothing of a person stands here: it is written with each thing that is done with the case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CaseAbout {
    /// A delivery.
    Delivery {
        /// Its entitlement.
        entitlement: EntitlementId,
        /// The delivery.
        delivery: DeliveryId,
    },
    /// An entitlement.
    Entitlement {
        /// The entitlement.
        entitlement: EntitlementId,
    },
    /// Whoever collected with a delega, named by the first delivery that person collected: a person is no part of an identifier.
    Delegate {
        /// The campaign.
        campaign: CampaignId,
        /// That delivery.
        delivery: DeliveryId,
    },
    /// Serials that two desks were supplied with.
    Supply {
        /// The campaign.
        campaign: CampaignId,
        /// The desk with the lower identifier.
        first: DeskId,
        /// The other one.
        second: DeskId,
        /// The serials.
        run: Run,
    },
    /// The count of one campaign's vouchers.
    Count {
        /// The closing.
        closing: ClosingId,
        /// The campaign.
        campaign: CampaignId,
    },
    /// A paper form.
    Form {
        /// The kit.
        kit: PaperKitId,
        /// The form.
        number: u16,
    },
    /// Two appointments of a household.
    Appointments {
        /// The household.
        household: HouseholdId,
        /// The one with the lower identifier.
        first: AppointmentId,
        /// The other one.
        second: AppointmentId,
    },
    /// A slot.
    Slot {
        /// The site.
        site: SiteId,
        /// The service.
        service: ServiceId,
        /// When: wall time in Italy.
        start: NaiveDateTime,
    },
    /// Two households.
    Households {
        /// The one with the lower identifier.
        first: HouseholdId,
        /// The other one.
        second: HouseholdId,
    },
    /// Records that wait for a decision.
    Records {
        /// The desk that wrote them.
        desk: DeskId,
        /// The topic of the log.
        topic: Topic,
        /// The link after the last one, hexadecimal.
        link: String,
    },
    /// A desk's clock.
    Clock {
        /// The desk.
        desk: DeskId,
        /// When it was found wrong, by that clock.
        at: Timestamp,
    },
    /// A desk's day.
    Day {
        /// The desk.
        desk: DeskId,
        /// The day.
        day: NaiveDate,
    },
    /// A list that was taken in.
    Import {
        /// The list.
        import: ImportId,
    },
}

/// A kind, and what it is about: what makes a case the case that it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[ts(rename = "CaseMatter")]
#[schemars(rename = "CaseMatter")]
pub struct Matter {
    /// The kind.
    pub kind: CaseKind,
    /// What it is about.
    pub about: CaseAbout,
}

impl Matter {
    /// A kind about something.
    pub fn new(kind: CaseKind, about: CaseAbout) -> Self {
        Self { kind, about }
    }

    /// Two appointments of a household, whichever was found first.
    pub fn appointments(household: HouseholdId, one: AppointmentId, other: AppointmentId) -> Self {
        let (first, second) = (one.min(other), one.max(other));
        Self::new(
            CaseKind::TwoAppointments,
            CaseAbout::Appointments {
                household,
                first,
                second,
            },
        )
    }

    /// Two households, whichever was found first.
    pub fn households(kind: CaseKind, one: HouseholdId, other: HouseholdId) -> Self {
        let (first, second) = (one.min(other), one.max(other));
        Self::new(kind, CaseAbout::Households { first, second })
    }

    /// The identifier of the case: the same at every desk.
    pub fn id(&self) -> CaseId {
        let mut parts: Vec<Vec<u8>> = vec![self.kind.word().into()];
        let mut add = |bytes: &[u8]| parts.push(bytes.to_vec());
        match &self.about {
            CaseAbout::Delivery {
                entitlement,
                delivery,
            } => {
                add(entitlement.0.as_bytes());
                add(delivery.0.as_bytes());
            }
            CaseAbout::Entitlement { entitlement } => add(entitlement.0.as_bytes()),
            CaseAbout::Delegate { campaign, delivery } => {
                add(campaign.0.as_bytes());
                add(delivery.0.as_bytes());
            }
            CaseAbout::Supply {
                campaign,
                first,
                second,
                run,
            } => {
                add(campaign.0.as_bytes());
                add(first.0.as_bytes());
                add(second.0.as_bytes());
                add(run.series.as_bytes());
                add(&[run.width]);
                add(&run.first.to_be_bytes());
                add(&run.last.to_be_bytes());
            }
            CaseAbout::Count { closing, campaign } => {
                add(closing.0.as_bytes());
                add(campaign.0.as_bytes());
            }
            CaseAbout::Form { kit, number } => {
                add(kit.0.as_bytes());
                add(&number.to_be_bytes());
            }
            CaseAbout::Appointments {
                household,
                first,
                second,
            } => {
                add(household.0.as_bytes());
                add(first.0.as_bytes());
                add(second.0.as_bytes());
            }
            CaseAbout::Slot { site, service, start } => {
                add(site.0.as_bytes());
                add(service.0.as_bytes());
                add(start.format("%Y-%m-%dT%H:%M").to_string().as_bytes());
            }
            CaseAbout::Households { first, second } => {
                add(first.0.as_bytes());
                add(second.0.as_bytes());
            }
            CaseAbout::Records { desk, topic, link } => {
                add(desk.0.as_bytes());
                add(topic.to_string().as_bytes());
                add(link.as_bytes());
            }
            CaseAbout::Clock { desk, at } => {
                add(desk.0.as_bytes());
                add(&at.0.to_be_bytes());
            }
            CaseAbout::Day { desk, day } => {
                add(desk.0.as_bytes());
                add(day.to_string().as_bytes());
            }
            CaseAbout::Import { import } => add(import.0.as_bytes()),
        }
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        CaseId(crate::ids::derived("sportello 2026 case", &parts))
    }

    /// The thing whose topic what is done with the case is written in: whoever reads that thing reads what became of it. None for what
    /// is the supervisors' own.
    pub fn anchor(&self) -> Option<EntityRef> {
        Some(match &self.about {
            CaseAbout::Delivery { entitlement, .. } | CaseAbout::Entitlement { entitlement } => {
                (*entitlement).into()
            }
            CaseAbout::Appointments { household, .. } => (*household).into(),
            CaseAbout::Count { closing, .. } => (*closing).into(),
            CaseAbout::Form { kit, .. } => (*kit).into(),
            CaseAbout::Delegate { .. }
            | CaseAbout::Supply { .. }
            | CaseAbout::Slot { .. }
            | CaseAbout::Households { .. }
            | CaseAbout::Records { .. }
            | CaseAbout::Clock { .. }
            | CaseAbout::Day { .. }
            | CaseAbout::Import { .. } => return None,
        })
    }
}
