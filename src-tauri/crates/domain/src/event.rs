// SPDX-License-Identifier: EUPL-1.2
//! Every fact that can be written. A kind is immutable once released: a changed fact is a new version, read by an upcast.

use crate::agenda as g;
use crate::appointment as a;
use crate::campaign as c;
use crate::closing as k;
use crate::desk as d;
use crate::entitlement as e;
use crate::erasure as x;
use crate::exceptions as q;
use crate::household as h;
use crate::import as i;
use crate::look as l;
use crate::meta::{EntityRef, Topic};
use crate::office as o;
use crate::paper as p;
use crate::plan as n;
use crate::sample as w;
use crate::stock as s;

/// Why a body could not be read as the event that its head names.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Written by a newer version: kept and verified, projected after the update.
    #[error("event kind {kind} version {version} is not known to this version")]
    Unknown {
        /// The kind that the head names.
        kind: String,
        /// The version that the head names.
        version: u16,
    },
    /// The kind is known and the body is not one.
    #[error("the body of a {kind} event cannot be read")]
    Malformed {
        /// The kind that the head names.
        kind: String,
        /// What the reader said.
        source: serde_json::Error,
    },
}

macro_rules! events {
    ($($variant:ident($body:ty) = $kind:literal v $version:literal),+ $(,)?) => {
        /// A fact, as one desk wrote it.
        #[derive(Clone, Debug, PartialEq)]
        #[allow(missing_docs, reason = "each body documents itself")]
        pub enum Event {
            $($variant($body),)+
        }

        impl Event {
            /// Every kind with the version that this program writes.
            pub const KINDS: &[(&str, u16)] = &[$(($kind, $version)),+];

            /// The kind, as heads name it.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$variant(_) => $kind,)+ }
            }

            /// The version of the kind that this program writes.
            pub fn version(&self) -> u16 {
                match self { $(Self::$variant(_) => $version,)+ }
            }

            /// The body: JSON (RFC 8259), fields in the order in which they are declared.
            pub fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $(Self::$variant(body) => serde_json::to_vec(body),)+ }
            }

            /// Reads a body as the event that its head names.
            pub fn decode(kind: &str, version: u16, body: &[u8]) -> Result<Self, DecodeError> {
                match (kind, version) {
                    $(($kind, $version) => serde_json::from_slice::<$body>(body)
                        .map(Self::$variant)
                        .map_err(|source| DecodeError::Malformed { kind: kind.to_owned(), source }),)+
                    _ => Err(DecodeError::Unknown { kind: kind.to_owned(), version }),
                }
            }
        }

        $(impl From<$body> for Event {
            fn from(body: $body) -> Self {
                Self::$variant(body)
            }
        })+
    };
}

events! {
    SiteDefined(o::SiteDefined) = "site.defined" v 1,
    ServiceDefined(o::ServiceDefined) = "service.defined" v 1,
    OperatorDefined(o::OperatorDefined) = "operator.defined" v 1,
    PassphraseSet(o::PassphraseSet) = "operator.passphrase_set" v 1,
    CampaignDefined(c::CampaignDefined) = "campaign.defined" v 1,
    ImportApplied(i::ImportApplied) = "import.applied" v 1,
    HouseholdRegistered(h::HouseholdRegistered) = "household.registered" v 1,
    HouseholdCorrected(h::HouseholdCorrected) = "household.corrected" v 1,
    HouseholdNoted(h::HouseholdNoted) = "household.noted" v 1,
    HouseholdCarried(h::HouseholdCarried) = "household.carried" v 1,
    EntitlementGranted(e::Granted) = "entitlement.granted" v 1,
    EntitlementRevised(e::Revised) = "entitlement.revised" v 1,
    EntitlementRevoked(e::Revoked) = "entitlement.revoked" v 1,
    CustodyRequested(e::CustodyRequested) = "custody.requested" v 1,
    CustodyReleased(e::CustodyReleased) = "custody.released" v 1,
    CustodySlipIssued(e::CustodySlipIssued) = "custody.slip_issued" v 1,
    CustodyAccepted(e::CustodyAccepted) = "custody.accepted" v 1,
    CustodyRelieved(e::CustodyRelieved) = "custody.relieved" v 1,
    DeliveryConfirmed(e::DeliveryConfirmed) = "delivery.confirmed" v 1,
    DeliveryRefused(e::DeliveryRefused) = "delivery.refused" v 1,
    DeliveryReversed(e::DeliveryReversed) = "delivery.reversed" v 1,
    AppointmentBooked(a::Booked) = "appointment.booked" v 1,
    AppointmentMoved(a::Moved) = "appointment.moved" v 1,
    AppointmentCancelled(a::Cancelled) = "appointment.cancelled" v 1,
    AppointmentPresented(a::Presented) = "appointment.presented" v 1,
    AppointmentCalled(a::Called) = "appointment.called" v 1,
    AppointmentParked(a::Parked) = "appointment.parked" v 1,
    AppointmentMissed(a::Missed) = "appointment.missed" v 1,
    AppointmentFinished(a::Finished) = "appointment.finished" v 1,
    AppointmentUndone(a::Undone) = "appointment.undone" v 1,
    AppointmentWalkedIn(a::WalkedIn) = "appointment.walked_in" v 1,
    AppointmentNotThere(a::NotThere) = "appointment.not_there" v 1,
    AppointmentTransferred(a::Transferred) = "appointment.transferred" v 1,
    AppointmentPrioritised(a::Prioritised) = "appointment.prioritised" v 1,
    HoursDefined(g::HoursDefined) = "hours.defined" v 1,
    StockReceived(s::StockReceived) = "stock.received" v 1,
    StockRemoved(s::StockRemoved) = "stock.removed" v 1,
    StockShipped(s::StockShipped) = "stock.shipped" v 1,
    StockArrived(s::StockArrived) = "stock.arrived" v 1,
    StockSettled(s::StockSettled) = "stock.settled" v 1,
    StockReserved(s::StockReserved) = "stock.reserved" v 1,
    StockDestroyed(s::StockDestroyed) = "stock.destroyed" v 1,
    ErasureOrdered(x::ErasureOrdered) = "erasure.ordered" v 1,
    ErasureListed(x::ErasureListed) = "erasure.listed" v 1,
    LooksNoted(l::LooksNoted) = "looks.noted" v 1,
    RecordAdopted(d::RecordAdopted) = "record.adopted" v 1,
    DeskSucceeded(d::DeskSucceeded) = "desk.succeeded" v 1,
    LateReviewed(d::LateReviewed) = "desk.late_reviewed" v 1,
    ClockCompared(d::ClockCompared) = "desk.clock_compared" v 1,
    DayClosed(k::DayClosed) = "closing.day_closed" v 1,
    ClosingCorrected(k::ClosingCorrected) = "closing.corrected" v 1,
    PaperKitPrepared(p::PaperKitPrepared) = "paper.kit_prepared" v 1,
    PaperFormEntered(p::PaperFormEntered) = "paper.form_entered" v 1,
    PaperFormsVoided(p::PaperFormsVoided) = "paper.forms_voided" v 1,
    CaseAssigned(q::CaseAssigned) = "case.assigned" v 1,
    CaseNoted(q::CaseNoted) = "case.noted" v 1,
    CaseDecided(q::CaseDecided) = "case.decided" v 1,
    CaseCountersigned(q::CaseCountersigned) = "case.countersigned" v 1,
    CaseReopened(q::CaseReopened) = "case.reopened" v 1,
    SampleDrawn(w::SampleDrawn) = "sample.drawn" v 1,
    SampleCalled(w::SampleCalled) = "sample.called" v 1,
    PlanLoaded(n::PlanLoaded) = "plan.loaded" v 1,
    PlanNoted(n::PlanNoted) = "plan.noted" v 1,
    PlanBound(n::PlanBound) = "plan.bound" v 1,
}

/// A fact that was decided and is not yet written: the store seals it with sequence, clock and hash.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEvent {
    /// The topic whose log it goes to.
    pub topic: Topic,
    /// What it concerns.
    pub entity: EntityRef,
    /// The fact.
    pub event: Event,
}

impl NewEvent {
    /// A fact about `entity`, for the log of `topic`.
    pub fn new(topic: Topic, entity: impl Into<EntityRef>, event: impl Into<Event>) -> Self {
        Self {
            topic,
            entity: entity.into(),
            event: event.into(),
        }
    }
}
