// SPDX-License-Identifier: EUPL-1.2
//! Erasure by order (Regulation (EU) 2016/679, art. 17 and art. 5.1.e): what a person is known by goes, everywhere; heads and
//! chain stay, and so do the facts that figures are made of.
//!
//! An order is a record like any other. It names households, whose records lose their bodies whenever and wherever they turn
//! up, and the records of their entitlements and appointments that say something of a person, each with what [`remains`] of it:
//! the same fact without the person. Whoever holds an erased body folds what the order says remains of it, so every desk shows
//! the same figures, also one that never saw the body.

use crate::appointment as a;
use crate::entitlement::{self as e, Collector, Document, DocumentKind};
use crate::event::Event;
use crate::ids::{CampaignId, DeskId, ErasureId, HouseholdId, OperatorId};
use crate::meta::{EventMeta, Topic};
use crate::queue::Priority;
use crate::refusal::Rejection;
use crate::time::Timestamp;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use ts_rs::TS;

/// On what an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ErasureGround")]
#[schemars(rename = "ErasureGround")]
pub enum Ground {
    /// The time for which the data may be kept is over (art. 5.1.e).
    RetentionEnded,
    /// The person asked for it, and the request was granted (art. 17.1).
    Request,
    /// An authority ordered it (art. 58.2.g), or a court.
    Authority,
    /// The data should never have been entered (art. 17.1.d).
    Unlawful,
}

/// What an order is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ErasureScope {
    /// One household.
    Household {
        /// The household.
        household: HouseholdId,
    },
    /// Every household of a campaign that is over, but for those that something else is still going on with.
    Campaign {
        /// The campaign.
        campaign: CampaignId,
    },
    /// What was noted of who looked at which household, before a day.
    Looks {
        /// That day.
        before: NaiveDate,
    },
}

/// A supervisor ordered that bodies be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureOrdered {
    /// What it is about.
    pub scope: ErasureScope,
    /// On what it stands.
    pub ground: Ground,
    /// Why, and on whose word. It stays: it is to name nobody.
    pub reason: String,
    /// Households that it names in all.
    pub households: u32,
    /// Records that it names in all.
    pub records: u32,
}

/// By what a body is known from another one at the same place: the first half of its salted hash, which stays when it is gone. As text
/// 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyMark(pub [u8; 16]);

impl BodyMark {
    /// Of a body with this hash.
    pub fn of(hash: &[u8; 32]) -> Self {
        let (half, _) = hash.split_at(16);
        let mut mark = [0; 16];
        mark.copy_from_slice(half);
        Self(mark)
    }
}

impl fmt::Display for BodyMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl Serialize for BodyMark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BodyMark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16)
            .map(|number| Self(number.to_be_bytes()))
            .map_err(serde::de::Error::custom)
    }
}

/// A record that loses its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedRecord {
    /// The desk that wrote it.
    pub desk: DeskId,
    /// The topic of its log.
    pub topic: Topic,
    /// Its place in that log.
    pub seq: u64,
    /// Which body: of a log that was copied two records may stand at one place, and only one of them is meant. None in orders that
    /// were given before this was said: whatever stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyMark>,
    /// What remains: a body of the same kind and version. None when nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remains: Option<serde_json::Value>,
}

impl ErasedRecord {
    /// Whether a body with this hash is meant.
    pub fn means(&self, hash: &[u8; 32]) -> bool {
        self.body.is_none_or(|body| body == BodyMark::of(hash))
    }
}

/// A part of what an order names. A long order has many; records that came to light later are added by further ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureListed {
    /// Households: each record of one loses its body, whenever it turns up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub households: Vec<HouseholdId>,
    /// Records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<ErasedRecord>,
}

/// An order as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Erasure {
    /// Its identifier.
    pub id: ErasureId,
    /// What it is about.
    pub scope: ErasureScope,
    /// On what it stands.
    pub ground: Ground,
    /// Why, and on whose word.
    pub reason: String,
    /// When it was given.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
    /// At which desk: it sees to what comes to light later.
    pub desk: DeskId,
    /// Households that it names.
    pub households: u32,
    /// Records that it names, those that came to light later too.
    pub records: u32,
    /// Of these, those that came to light later.
    pub late: u32,
}

impl crate::state::Fold for Erasure {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        match (state, event) {
            (None, Event::ErasureOrdered(body)) => Some(Self {
                id: ErasureId(meta.entity.id),
                scope: body.scope,
                ground: body.ground,
                reason: body.reason.clone(),
                at: meta.at,
                by: meta.actor,
                desk: meta.desk,
                households: body.households,
                records: body.records,
                late: 0,
            }),
            // The lists of the order itself come with its command; later ones are done by the desk, in nobody's name.
            (Some(mut order), Event::ErasureListed(body)) if meta.actor != order.by => {
                let late = count(body.records.len());
                order.records = order.records.saturating_add(late);
                order.late = order.late.saturating_add(late);
                Some(order)
            }
            (state, _) => state,
        }
    }
}

/// What is left of a fact when the person is taken out of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Remains {
    /// All of it: it says nothing of a person.
    All,
    /// The fact without the person.
    Facts(Box<Event>),
    /// Nothing.
    Nothing,
}

/// What is left of a fact when the person is taken out of it. Of free text nothing is: who knows what it says?
pub fn remains(event: &Event) -> Remains {
    let mut left = event.clone();
    match &mut left {
        Event::HouseholdRegistered(_)
        | Event::HouseholdCorrected(_)
        | Event::HouseholdNoted(_)
        | Event::HouseholdCarried(_)
        | Event::LooksNoted(_)
        // Who reads records says what is left of the one within.
        | Event::RecordAdopted(_) => return Remains::Nothing,
        Event::EntitlementGranted(body) => body.source.reason.clear(),
        Event::EntitlementRevised(body) => body.source.reason.clear(),
        Event::EntitlementRevoked(e::Revoked { reason })
        | Event::CustodyRequested(e::CustodyRequested { reason, .. })
        | Event::CustodyRelieved(e::CustodyRelieved { reason, .. })
        | Event::DeliveryReversed(e::DeliveryReversed { reason, .. })
        | Event::AppointmentCancelled(a::Cancelled { reason })
        | Event::AppointmentParked(a::Parked { reason })
        | Event::AppointmentTransferred(a::Transferred { reason, .. }) => reason.clear(),
        Event::DeliveryRefused(body) => body.note.clear(),
        Event::DeliveryConfirmed(body) => {
            body.collector = nobody();
            // That a rule was overridden stays, and with it the anomaly; the words do not.
            [&mut body.forced, &mut body.partial]
                .into_iter()
                .flatten()
                .for_each(String::clear);
        }
        Event::AppointmentBooked(body) => {
            body.person = None;
            body.overbooked.iter_mut().for_each(String::clear);
        }
        Event::AppointmentWalkedIn(body) => body.person = None,
        Event::AppointmentPrioritised(body) => {
            // That somebody went before others stays; an illness or a pregnancy does not.
            body.priority = body.priority.map(|_| Priority::Other);
            body.reason.clear();
        }
        // A closing has figures and serials; its words are of vouchers, and no order names it by a household. Where somebody wrote a
        // name into them all the same, what is asked for is what is left.
        Event::DayClosed(body) => {
            body.note.clear();
            for line in &mut body.counts {
                line.explanation.iter_mut().for_each(String::clear);
            }
        }
        Event::ClosingCorrected(body) => body.text.clear(),
        Event::PaperFormsVoided(body) => body.reason.clear(),
        // For whom vouchers are set aside, and who was there when they were destroyed, is written in words.
        Event::StockReserved(body) => body.purpose.iter_mut().for_each(String::clear),
        Event::StockDestroyed(body) => body.minutes.present.clear(),
        // What was decided stays, and who did; the words do not.
        Event::CaseNoted(body) => body.text.clear(),
        Event::CaseDecided(body) => body.reason.clear(),
        Event::CaseReopened(body) => body.reason.clear(),
        Event::AppointmentMoved(body) => body.overbooked.iter_mut().for_each(String::clear),
        // No facts of a person: what the office shares, who holds a right, steps of an appointment, stock, orders like this one.
        Event::SiteDefined(_)
        | Event::ServiceDefined(_)
        | Event::OperatorDefined(_)
        | Event::PassphraseSet(_)
        | Event::DeskSucceeded(_)
        | Event::LateReviewed(_)
        | Event::ClockCompared(_)
        | Event::CampaignDefined(_)
        | Event::ImportApplied(_)
        | Event::CustodyReleased(_)
        | Event::CustodySlipIssued(_)
        | Event::CustodyAccepted(_)
        | Event::AppointmentPresented(_)
        | Event::AppointmentCalled(_)
        | Event::AppointmentMissed(_)
        | Event::AppointmentFinished(_)
        | Event::AppointmentNotThere(_)
        | Event::AppointmentUndone(_)
        | Event::HoursDefined(_)
        | Event::StockReceived(_)
        | Event::PaperKitPrepared(_)
        | Event::PaperFormEntered(_)
        | Event::CaseAssigned(_)
        | Event::CaseCountersigned(_)
        // The plan names those who answer for it, as the office itself publishes them.
        | Event::PlanLoaded(_)
        // Identifiers, and what came of a call without a word of it.
        | Event::SampleDrawn(_)
        | Event::SampleCalled(_)
        | Event::PlanNoted(_)
        | Event::PlanBound(_)
        | Event::StockRemoved(_)
        | Event::StockShipped(_)
        | Event::StockArrived(_)
        | Event::StockSettled(_)
        | Event::ErasureOrdered(_)
        | Event::ErasureListed(_) => return Remains::All,
    }
    if left == *event {
        Remains::All
    } else {
        Remains::Facts(Box::new(left))
    }
}

/// Somebody collected; who it was is not known any more.
fn nobody() -> Collector {
    Collector::Member {
        member: None,
        document: Document {
            kind: DocumentKind::Other,
            number: String::new(),
        },
    }
}

/// What stands in the way of erasing a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Something is still due to it in a campaign that goes on until this day.
    StillDue(NaiveDate),
    /// It is to come to an appointment on this day.
    Awaited(NaiveDate),
    /// A supervisor has not decided an anomaly of it yet.
    Undecided,
}

impl Hindrance {
    /// The refusal that it is, for an order about one household.
    pub fn rejection(self) -> Rejection {
        match self {
            Self::StillDue(until) => Rejection::ErasureStillDue { until },
            Self::Awaited(on) => Rejection::ErasureAwaited { on },
            Self::Undecided => Rejection::ErasureUndecided,
        }
    }
}

/// Whether a household may be erased: nothing is due to it any more, it is not waited for, and nothing is left to decide. `rights`:
/// its entitlements, each with the last day of its campaign. `undecided`: a case of its deliveries waits for a supervisor.
pub fn hindrance(
    rights: &[(&e::Entitlement, Option<NaiveDate>)],
    appointments: &[a::Appointment],
    undecided: bool,
    today: NaiveDate,
) -> Option<Hindrance> {
    if undecided {
        return Some(Hindrance::Undecided);
    }
    for (right, to) in rights {
        let open = matches!(
            right.status(),
            e::EntitlementStatus::Due | e::EntitlementStatus::Partial
        );
        if let Some(to) = to.filter(|to| open && *to >= today) {
            return Some(Hindrance::StillDue(to));
        }
    }
    appointments
        .iter()
        .find(|appointment| {
            appointment.status.is_open()
                && appointment.status != a::AppointmentStatus::Missed
                && appointment.start.date() >= today
        })
        .map(|appointment| Hindrance::Awaited(appointment.start.date()))
}

/// Whether what was noted of looks before a day may be erased already.
pub fn looks_may_go(before: NaiveDate, today: NaiveDate) -> Result<(), Rejection> {
    let latest = today - chrono::Duration::days(crate::look::KEPT_DAYS);
    if before > latest {
        return Err(Rejection::LooksTooYoung { latest });
    }
    Ok(())
}

/// Decides what an order begins with.
pub fn order(
    scope: ErasureScope,
    ground: Ground,
    reason: &str,
    households: usize,
    records: usize,
) -> Result<ErasureOrdered, Rejection> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Rejection::ReasonMissing);
    }
    if households == 0 && records == 0 {
        return Err(Rejection::ErasureEmpty);
    }
    Ok(ErasureOrdered {
        scope,
        ground,
        reason: reason.to_owned(),
        households: u32::try_from(households).unwrap_or(u32::MAX),
        records: u32::try_from(records).unwrap_or(u32::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Cents;

    fn delivery() -> e::DeliveryConfirmed {
        e::DeliveryConfirmed {
            id: crate::ids::DeliveryId::default(),
            collector: Collector::Delegate {
                name: "Verdi Anna".into(),
                tax_code: Some("VRDNNA80A41D612X".into()),
                document: Document {
                    kind: DocumentKind::Passport,
                    number: "YA0000001".into(),
                },
                delegator_document: Document {
                    kind: DocumentKind::IdentityCard,
                    number: "CA00000AA".into(),
                },
            },
            runs: vec![],
            amount: Cents(100),
            appointment: None,
            forced: Some("il figlio era malato".into()),
            partial: None,
            right: None,
            paper: None,
        }
    }

    #[test]
    fn a_delivery_keeps_its_amount_and_forgets_who_came() {
        let Remains::Facts(left) = remains(&delivery().into()) else {
            unreachable!("a delivery says who came");
        };
        let text = String::from_utf8(left.encode().unwrap()).unwrap();
        for word in ["Verdi", "VRDNNA", "YA0000001", "CA00000AA", "malato", "passport"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        let Event::DeliveryConfirmed(left) = *left else {
            unreachable!("of the same kind");
        };
        assert_eq!(left.amount, Cents(100));
        assert_eq!(left.forced.as_deref(), Some(""), "it is still an anomaly");
        assert_eq!(left.partial, None);
        assert_eq!(
            remains(&left.into()),
            Remains::All,
            "nothing more is to be taken out"
        );
    }

    #[test]
    fn a_household_leaves_nothing_and_a_step_leaves_all() {
        let note = crate::household::HouseholdNoted { text: "x".into() };
        assert_eq!(remains(&note.into()), Remains::Nothing);
        assert_eq!(remains(&a::Presented { ticket: None }.into()), Remains::All);
        let cancelled = |reason: &str| {
            Event::from(a::Cancelled {
                reason: reason.into(),
            })
        };
        assert_eq!(remains(&cancelled("")), Remains::All);
        assert_eq!(
            remains(&cancelled("malata")),
            Remains::Facts(Box::new(cancelled("")))
        );
    }

    #[test]
    fn an_order_has_a_reason_and_something_to_erase() {
        let scope = ErasureScope::Household {
            household: HouseholdId::default(),
        };
        let order = |reason, many| order(scope, Ground::Request, reason, many, many);
        assert_eq!(order(" ", 1), Err(Rejection::ReasonMissing));
        assert_eq!(order("prot. 12", 0), Err(Rejection::ErasureEmpty));
        assert_eq!(order(" prot. 12 ", 3).unwrap().reason, "prot. 12");
    }
}
