// SPDX-License-Identifier: EUPL-1.2
//! What can be written about an entitlement. Bodies are immutable once released.

use super::{Collector, Decision, RefusalReason, Source};
use crate::ids::{AppointmentId, CampaignId, DeliveryId, DeskId, ExceptionId, HouseholdId};
use crate::money::Cents;
use crate::serial::Run;
use serde::{Deserialize, Serialize};

/// A household was granted an amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// The campaign.
    pub campaign: CampaignId,
    /// The household.
    pub household: HouseholdId,
    /// The amount.
    pub amount: Cents,
    /// The desk that may serve it.
    pub holder: DeskId,
    /// Where the amount came from.
    pub source: Source,
}

/// The amount changed; a revoked right holds again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// The amount due in all from now on.
    pub amount: Cents,
    /// Where it came from.
    pub source: Source,
}

/// The right was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Why.
    pub reason: String,
}

/// A desk asks to serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyRequested {
    /// The desk that would serve.
    pub to: DeskId,
    /// Why.
    pub reason: String,
}

/// The holder gives the entitlement to another desk, and from that moment may not serve it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyReleased {
    /// The desk that may serve from now on.
    pub to: DeskId,
}

/// Vouchers were handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryConfirmed {
    /// The delivery.
    pub id: DeliveryId,
    /// Who collected.
    pub collector: Collector,
    /// The vouchers.
    pub runs: Vec<Run>,
    /// Their value.
    pub amount: Cents,
    /// The appointment it was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// Why a rule was overridden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forced: Option<String>,
    /// Why less than due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
}

/// The household presented itself and nothing was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRefused {
    /// Why.
    pub reason: RefusalReason,
    /// In words.
    pub note: String,
    /// The appointment it was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
}

/// A delivery was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryReversed {
    /// The delivery.
    pub delivery: DeliveryId,
    /// Why.
    pub reason: String,
    /// The vouchers came back into the desk's stock.
    pub returned: bool,
}

/// A supervisor decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionResolved {
    /// The anomaly.
    pub exception: ExceptionId,
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub reason: String,
}
