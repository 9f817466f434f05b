// SPDX-License-Identifier: EUPL-1.2
//! What every event says about itself besides its content: where it lives, what it concerns, who did it and when.

use crate::ids::{CommandId, DeskId, OperatorId};
use crate::time::{Hlc, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Who may read a log. Each desk writes one log per topic; a desk pulls only the topics it may read.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
#[ts(type = "string")]
pub enum Topic {
    /// The whole office: sites, services, campaigns, operators.
    Office,
    /// One Quartiere, 1 to 5: its households, entitlements, appointments, stock.
    Quartiere(u8),
    /// Supervisors only: imports, decisions.
    Supervisors,
}

impl Topic {
    /// Every topic of an office.
    pub const ALL: [Self; 7] = [
        Self::Office,
        Self::Quartiere(1),
        Self::Quartiere(2),
        Self::Quartiere(3),
        Self::Quartiere(4),
        Self::Quartiere(5),
        Self::Supervisors,
    ];
}

impl std::fmt::Display for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Office => f.write_str("office"),
            Self::Quartiere(n) => write!(f, "q{n}"),
            Self::Supervisors => f.write_str("supervisors"),
        }
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.to_string()
    }
}

/// The name of a topic that this version does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown topic {0:?}")]
pub struct UnknownTopic(pub String);

impl std::str::FromStr for Topic {
    type Err = UnknownTopic;
    fn from_str(text: &str) -> Result<Self, UnknownTopic> {
        Self::ALL
            .into_iter()
            .find(|topic| topic.to_string() == text)
            .ok_or_else(|| UnknownTopic(text.to_owned()))
    }
}

impl TryFrom<String> for Topic {
    type Error = UnknownTopic;
    fn try_from(text: String) -> Result<Self, UnknownTopic> {
        text.parse()
    }
}

/// What kind of thing an event concerns. The numbers are written in journals: they never change meaning.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum EntityKind {
    /// A site.
    Site = 1,
    /// A service.
    Service = 2,
    /// A campaign.
    Campaign = 3,
    /// An operator.
    Operator = 4,
    /// A household.
    Household = 5,
    /// An entitlement.
    Entitlement = 6,
    /// An appointment.
    Appointment = 7,
    /// The vouchers that one desk holds.
    Stock = 8,
    /// One list of Servizi Sociali taken in.
    Import = 9,
    /// An order to erase.
    Erasure = 10,
    /// Who looked at what, noted by one desk.
    Looks = 11,
    /// What befell a desk's identity, and what was found of its clock.
    DeskStory = 12,
    /// The hours of a site.
    SiteHours = 13,
    /// The end of a desk's day.
    Closing = 14,
    /// Numbered forms for when the PC is dead.
    PaperKit = 15,
    /// What a supervisor must look at.
    Case = 16,
    /// Deliveries drawn for verification calls.
    CampaignSample = 19,
    /// An objective sheet that is followed.
    Plan = 24,
}

impl EntityKind {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::Site,
        Self::Service,
        Self::Campaign,
        Self::Operator,
        Self::Household,
        Self::Entitlement,
        Self::Appointment,
        Self::Stock,
        Self::Import,
        Self::Erasure,
        Self::Looks,
        Self::DeskStory,
        Self::SiteHours,
        Self::Closing,
        Self::PaperKit,
        Self::Case,
        Self::CampaignSample,
        Self::Plan,
    ];

    /// The number written in journals.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The kind with this number, if this version knows it.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// One thing: its kind and its identifier.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
pub struct EntityRef {
    /// Its kind.
    pub kind: EntityKind,
    /// Its identifier.
    #[ts(type = "string")]
    pub id: Uuid,
}

impl EntityRef {
    /// A reference to the thing of this kind with this identifier.
    pub fn new(kind: EntityKind, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}

macro_rules! refs {
    ($($id:ident => $kind:ident),+ $(,)?) => {$(
        impl From<crate::ids::$id> for Uuid {
            fn from(id: crate::ids::$id) -> Self {
                id.0
            }
        }
        impl From<crate::ids::$id> for EntityRef {
            fn from(id: crate::ids::$id) -> Self {
                Self::new(EntityKind::$kind, id.0)
            }
        }
    )+};
}
// A desk's reference is to the stock it holds.
refs!(SiteId => Site, ServiceId => Service, CampaignId => Campaign, OperatorId => Operator, HouseholdId => Household,
      EntitlementId => Entitlement, AppointmentId => Appointment, DeskId => Stock, ImportId => Import,
      ErasureId => Erasure, LooksId => Looks, ClosingId => Closing, PaperKitId => PaperKit, CaseId => Case, SampleId => CampaignSample, PlanId => Plan);

/// What is known of an event besides its content. Events of one thing are folded in the order (hlc, desk, seq).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMeta {
    /// The desk that wrote it.
    pub desk: DeskId,
    /// The topic of the log it stands in.
    pub topic: Topic,
    /// Its place in that log, from 1.
    pub seq: u64,
    /// Its place in the order of everything.
    pub hlc: Hlc,
    /// The desk's own clock.
    pub at: Timestamp,
    /// What it concerns.
    pub entity: EntityRef,
    /// Who did it.
    pub actor: OperatorId,
    /// The command that it came from.
    pub command: CommandId,
}

impl EventMeta {
    /// The key of the order in which events are folded: the same at every desk.
    pub fn order(&self) -> (Hlc, DeskId, u64) {
        (self.hlc, self.desk, self.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_and_kinds_read_back() {
        for topic in Topic::ALL {
            assert_eq!(topic.to_string().parse::<Topic>().unwrap(), topic);
        }
        assert!("q6".parse::<Topic>().is_err());
        for kind in EntityKind::ALL {
            assert_eq!(EntityKind::from_number(kind.number()), Some(kind));
        }
        assert_eq!(EntityKind::from_number(0), None);
    }
}
