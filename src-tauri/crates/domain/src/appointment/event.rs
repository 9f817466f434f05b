// SPDX-License-Identifier: EUPL-1.2
//! What can be written about an appointment. Bodies are immutable once released.

use super::{AppointmentStatus, Outcome, Person};
use crate::ids::{EntitlementId, HouseholdId, ServiceId, SiteId};
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
pub struct Presented {}

/// It was called to the counter of the desk that wrote this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {}

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
