// SPDX-License-Identifier: EUPL-1.2
//! What can be written about an entitlement. Bodies are immutable once released.

use super::{Collector, PaperMark, RefusalReason, Source};
use crate::ids::{AppointmentId, CampaignId, DeliveryId, DeskId, HouseholdId, SlipId};
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

/// The holder gives the entitlement to one other desk by a paper, and from that moment may not serve it. The slip's
/// identifier follows from what stands here, the entitlement and the writer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodySlipIssued {
    /// The only desk that may use the paper.
    pub to: DeskId,
    /// When, as the slip says it: [`super::SlipStamp`].
    pub stamp: super::SlipStamp,
}

/// The desk that a slip names has read it, found that it holds, and serves from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyAccepted {
    /// The slip.
    pub slip: SlipId,
    /// The desk that wrote it.
    pub from: DeskId,
    /// When, as the slip says it.
    pub stamp: super::SlipStamp,
    /// What the slip carried of an entitlement that was not known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

/// What a slip, or a delivery, tells of an entitlement that others may not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The campaign.
    pub campaign: CampaignId,
    /// The household.
    pub household: HouseholdId,
    /// What was still due, in cents, when it was written.
    pub due: crate::money::Cents,
}

/// A supervisor took the entitlement from a desk that cannot release it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyRelieved {
    /// The desk that was believed to hold it.
    pub from: DeskId,
    /// The desk that may serve from now on.
    pub to: DeskId,
    /// Why.
    pub reason: String,
    /// The statement that the dead desk, its papers and its vouchers were looked at.
    pub checked: bool,
    /// The deliveries that were known when it was decided: any other that turns out to have been made before is an anomaly.
    pub known: Vec<DeliveryId>,
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
    /// The right that it was for, told again where the office was not known to have all that was written of it: should what began it
    /// leave the logs (a desk was revoked, and wrote it too late), the vouchers are out all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Carried>,
    /// The form on which it was written while the PC was dead; the record itself is when it was typed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperMark>,
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
