// SPDX-License-Identifier: EUPL-1.2
//! What can be written about an appointment. Bodies are immutable once released.

use super::{AppointmentStatus, Outcome, Person};
use crate::ids::{AppointmentId, DeskId, EntitlementId, HouseholdId, ServiceId, SiteId};
use crate::queue::{Priority, Ticket};
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// An appointment was booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booked {
    /// The household, when it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// The person, when it is for nobody in the lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The entitlement it is to serve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitlement: Option<EntitlementId>,
    /// The service.
    pub service: ServiceId,
    /// Where.
    pub site: SiteId,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// Why it was booked in a full slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overbooked: Option<String>,
}

/// It is to be at another time or place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Where.
    pub site: SiteId,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// Why it was moved into a full slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overbooked: Option<String>,
}

/// It was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Why.
    pub reason: String,
}

/// The household turned up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presented {
    /// The number that it is called by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
}

/// Somebody came without an appointment, or asks for one more service in the same visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalkedIn {
    /// The household, when it is one in the lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// The person, when it is nobody in the lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
    /// The entitlement it is to be served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entitlement: Option<EntitlementId>,
    /// The service.
    pub service: ServiceId,
    /// Where.
    pub site: SiteId,
    /// When: wall time in Italy.
    pub start: NaiveDateTime,
    /// The number that it is called by.
    pub ticket: Ticket,
    /// The first service of the visit, when this is one more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<AppointmentId>,
}

/// It was called, and nobody came to the counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotThere {}

/// It waits for another desk, or another service, of the same site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transferred {
    /// The desk that is to serve it; none for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskId>,
    /// The service from now on, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceId>,
    /// Why.
    pub reason: String,
}

/// It goes before others, or does so no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prioritised {
    /// Why, of what is foreseen; none to take it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Why, in words.
    pub reason: String,
}

/// It was called to the counter of the desk that wrote this; once more, when it is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// The number that it is called by, when it has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
}

/// It waits aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// Why.
    pub reason: String,
}

/// The household did not turn up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {}

/// It is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// How it ended.
    pub outcome: Outcome,
}

/// The last step was a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Where the appointment stood when it was undone.
    pub status: AppointmentStatus,
}
