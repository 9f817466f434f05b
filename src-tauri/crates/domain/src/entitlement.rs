// SPDX-License-Identifier: EUPL-1.2
//! Entitlements: a household's right to an amount in a campaign, who may serve it, and what was handed over for it.
//!
//! Two invariants carry the whole house:
//! - an entitlement has exactly one holder desk, and only the holder gives it away (what anybody else writes of giving it
//!   changes nothing), so two desks that cannot speak to each other never both believe they hold it. A supervisor may relieve a
//!   dead holder; whatever that desk then turns out to have done is an anomaly;
//! - nothing is ever taken out of the story: what should not have happened is an [`Anomaly`], seen by a supervisor.

mod anomaly;
mod custody;
mod decide;
mod event;
mod slip;
#[cfg(test)]
mod tests;

pub use anomaly::*;
pub use custody::*;
pub use decide::*;
pub use event::*;
pub use slip::*;

use crate::event::Event;
use crate::ids::{
    AppointmentId, CampaignId, DeliveryId, DeskId, EntitlementId, HouseholdId, ImportId, MemberId,
    OperatorId, PaperKitId,
};
use crate::meta::EventMeta;
use crate::money::Cents;
use crate::serial::Run;
use crate::time::Timestamp;
use chrono::NaiveDateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an amount came from: a row of a list, or a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Source {
    /// The list; none when decided by hand.
    pub import: Option<ImportId>,
    /// The row of the list.
    pub row: Option<u32>,
    /// Why, when decided by hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// An amount as it was set at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Revision {
    /// The amount due from then on.
    pub amount: Cents,
    /// Where it came from.
    pub source: Source,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// Who collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Collector {
    /// Someone of the household.
    Member {
        /// Who of them; none where it was not said (before it was asked for, or for a household whose members are not known).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member: Option<MemberId>,
        /// The document that was shown.
        document: Document,
    },
    /// Someone with a written delega; the household's document is shown in copy.
    Delegate {
        /// Surname and name as on the document.
        name: String,
        /// Tax code where it was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tax_code: Option<String>,
        /// The delegate's document.
        document: Document,
        /// The document of the one who delegates.
        delegator_document: Document,
    },
}

/// Kinds of identity document accepted at the desk (D.P.R. 445/2000 art. 35).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Carta d'identità.
    IdentityCard,
    /// Passaporto.
    Passport,
    /// Patente di guida.
    DrivingLicence,
    /// Permesso di soggiorno.
    ResidencePermit,
    /// Another document with photograph and stamp of a public administration.
    Other,
}

/// An identity document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Document {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its number, as written.
    pub number: String,
}

/// A delivery that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Reversal {
    /// Why.
    pub reason: String,
    /// The vouchers came back into the desk's stock.
    pub returned: bool,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// The form on which a delivery was written while the PC was dead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PaperMark {
    /// The kit.
    pub kit: PaperKitId,
    /// The form.
    pub number: u16,
    /// When it was filled in: wall time in Italy.
    pub at: NaiveDateTime,
    /// Who filled it in.
    pub by: OperatorId,
}

/// Vouchers handed over against a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Delivery {
    /// Its identifier.
    pub id: DeliveryId,
    /// When it was confirmed.
    pub at: Timestamp,
    /// The desk whose stock it came from.
    pub desk: DeskId,
    /// Who confirmed it.
    pub by: OperatorId,
    /// Who collected.
    pub collector: Collector,
    /// The vouchers.
    pub runs: Vec<Run>,
    /// Their value.
    pub amount: Cents,
    /// The appointment it was for; none for a walk-in.
    pub appointment: Option<AppointmentId>,
    /// Why it was made although a rule was against it.
    pub forced: Option<String>,
    /// Why less than what was due was handed over.
    pub partial: Option<String>,
    /// Taken back.
    pub reversal: Option<Reversal>,
    /// The form on which it was written while the PC was dead: `at` and `by` are then of whoever typed it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub paper: Option<PaperMark>,
}

/// Why nothing was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// No identity document, or not a valid one.
    NoDocument,
    /// No delega, or not a complete one.
    NoDelega,
    /// The person is not of the household.
    NotOfHousehold,
    /// The desk has not enough vouchers.
    NoStock,
    /// The person does not want them.
    Declined,
    /// Something else, told in the note.
    Other,
}

/// The household presented itself and got nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Refusal {
    /// Why.
    pub reason: RefusalReason,
    /// In words.
    pub note: String,
    /// The appointment it was for.
    pub appointment: Option<AppointmentId>,
    /// When.
    pub at: Timestamp,
    /// At which desk.
    pub desk: DeskId,
    /// By whom.
    pub by: OperatorId,
}

/// Where an entitlement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntitlementStatus {
    /// Nothing handed over yet.
    Due,
    /// Less than due handed over.
    Partial,
    /// All that is due handed over.
    Served,
    /// The right was withdrawn.
    Revoked,
}

/// An entitlement as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Entitlement {
    /// Its identifier, which follows from campaign and household.
    pub id: EntitlementId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The household.
    pub household: HouseholdId,
    /// Every amount it has had, oldest first; never empty.
    pub revisions: Vec<Revision>,
    /// Why it was withdrawn.
    pub revoked: Option<String>,
    /// Who may serve it.
    pub custody: Custody,
    /// What was handed over, oldest first.
    pub deliveries: Vec<Delivery>,
    /// When it presented itself and got nothing, oldest first.
    pub refusals: Vec<Refusal>,
    /// What a supervisor must look at.
    pub anomalies: Vec<Anomaly>,
}

impl Entitlement {
    /// The amount due in all.
    pub fn amount(&self) -> Cents {
        self.revisions.last().map(|r| r.amount).unwrap_or_default()
    }

    /// What was handed over and not taken back.
    pub fn delivered(&self) -> Cents {
        self.deliveries
            .iter()
            .filter(|d| d.reversal.is_none())
            .map(|d| d.amount)
            .sum()
    }

    /// What is still to be handed over; never less than nothing.
    pub fn remaining(&self) -> Cents {
        (self.amount() - self.delivered()).max(Cents(0))
    }

    /// Where it stands.
    pub fn status(&self) -> EntitlementStatus {
        let delivered = self.delivered();
        if delivered.0 > 0 && delivered >= self.amount() {
            EntitlementStatus::Served
        } else if self.revoked.is_some() {
            EntitlementStatus::Revoked
        } else if delivered.0 > 0 {
            EntitlementStatus::Partial
        } else {
            EntitlementStatus::Due
        }
    }

    fn take_in_delivery(&mut self, meta: &EventMeta, body: &DeliveryConfirmed) {
        if self.deliveries.iter().any(|d| d.id == body.id) {
            return; // the same delivery cannot come from two facts
        }
        let reason = body.forced.as_deref().unwrap_or_default();
        if body.forced.is_some() {
            self.flag(AnomalyKind::Forced, body.id, meta, reason);
        }
        if meta.desk != self.custody.holder {
            self.flag(AnomalyKind::NotHolder, body.id, meta, reason);
        }
        if self.revoked.is_some() {
            self.flag(AnomalyKind::AfterRevocation, body.id, meta, reason);
        }
        let before = self.delivered();
        if before.0 > 0 && before + body.amount > self.amount() {
            self.flag(AnomalyKind::Double, body.id, meta, reason);
        } else if body.amount > self.amount() {
            self.flag(AnomalyKind::OverAmount, body.id, meta, reason);
        }
        self.deliveries.push(Delivery {
            id: body.id,
            at: meta.at,
            desk: meta.desk,
            by: meta.actor,
            collector: body.collector.clone(),
            runs: body.runs.clone(),
            amount: body.amount,
            appointment: body.appointment,
            forced: body.forced.clone(),
            partial: body.partial.clone(),
            reversal: None,
            paper: body.paper.clone(),
        });
        // Served: whoever was waiting for it waits no longer.
        if self.remaining().0 == 0 {
            self.custody.request = None;
        }
    }

    fn apply(&mut self, meta: &EventMeta, event: &Event) {
        match event {
            // A second grant (two supervisors took the same list in, offline) is one more revision.
            Event::EntitlementGranted(b) => self.revise(meta, b.amount, &b.source),
            Event::EntitlementRevised(b) => self.revise(meta, b.amount, &b.source),
            Event::EntitlementRevoked(b) => self.revoked = Some(b.reason.clone()),
            Event::CustodyRequested(b) if self.remaining().0 > 0 => self.custody.ask(meta, b),
            Event::CustodyReleased(b) => self.custody.release(meta, b),
            Event::CustodySlipIssued(b) => self.custody.issue(self.id, meta, b),
            Event::CustodyAccepted(b) => self.custody.accept(meta, b),
            Event::CustodyRelieved(b) => {
                self.came_to_light(&b.known);
                self.custody.relieve(meta, b);
            }
            Event::DeliveryConfirmed(b) => self.take_in_delivery(meta, b),
            Event::DeliveryRefused(b) => self.refusals.push(Refusal {
                reason: b.reason,
                note: b.note.clone(),
                appointment: b.appointment,
                at: meta.at,
                desk: meta.desk,
                by: meta.actor,
            }),
            Event::DeliveryReversed(b) => {
                let open = self
                    .deliveries
                    .iter_mut()
                    .find(|d| d.id == b.delivery && d.reversal.is_none());
                if let Some(delivery) = open {
                    delivery.reversal = Some(Reversal {
                        reason: b.reason.clone(),
                        returned: b.returned,
                        at: meta.at,
                        by: meta.actor,
                    });
                    if !b.returned {
                        self.flag(AnomalyKind::NotReturned, b.delivery, meta, &b.reason);
                    }
                }
            }
            _ => {}
        }
    }

    /// An entitlement of which only a slip is known: what was still due is the amount.
    fn carried(meta: &EventMeta, body: &CustodyAccepted) -> Option<Self> {
        let mut entitlement = Self::of(meta, body.carried?, body.from, Source::default());
        entitlement.custody.accept(meta, body);
        Some(entitlement)
    }

    /// An entitlement of which only a delivery is known: what began it left the logs with what a revoked desk wrote too late. Nobody
    /// can be shown who granted it, so a supervisor must look at it.
    fn delivered_only(meta: &EventMeta, body: &DeliveryConfirmed) -> Option<Self> {
        let mut entitlement = Self::of(meta, body.right?, meta.desk, Source::default());
        entitlement.take_in_delivery(meta, body);
        entitlement.flag(AnomalyKind::AfterRevocation, body.id, meta, "");
        Some(entitlement)
    }

    /// As it begins.
    fn of(meta: &EventMeta, right: Carried, holder: DeskId, source: Source) -> Self {
        Self {
            id: EntitlementId(meta.entity.id),
            campaign: right.campaign,
            household: right.household,
            revisions: vec![Revision {
                amount: right.due,
                source,
                at: meta.at,
                by: meta.actor,
            }],
            revoked: None,
            custody: Custody::of(holder),
            deliveries: Vec::new(),
            refusals: Vec::new(),
            anomalies: Vec::new(),
        }
    }

    fn revise(&mut self, meta: &EventMeta, amount: Cents, source: &Source) {
        self.revoked = None;
        self.revisions.push(Revision {
            amount,
            source: source.clone(),
            at: meta.at,
            by: meta.actor,
        });
    }
}

impl crate::state::Fold for Entitlement {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        if let Some(mut entitlement) = state {
            entitlement.apply(meta, event);
            return Some(entitlement);
        }
        // Nothing exists before the grant; what came earlier by a wrong clock is folded again once the grant is there. A desk
        // that does not read the household's Quartiere has no more than what a slip carried.
        match event {
            Event::EntitlementGranted(body) => {
                let right = Carried {
                    campaign: body.campaign,
                    household: body.household,
                    due: body.amount,
                };
                Some(Self::of(meta, right, body.holder, body.source.clone()))
            }
            Event::CustodyAccepted(body) => Self::carried(meta, body),
            Event::DeliveryConfirmed(body) => Self::delivered_only(meta, body),
            _ => None,
        }
    }
}
