// SPDX-License-Identifier: EUPL-1.2
//! What should not have happened. What is decided of it is written of the case that it is ([`crate::exceptions`]).

use super::Entitlement;
use crate::exceptions::{CaseAbout, Matter};
use crate::ids::{CaseId, DeliveryId, DeskId, EntitlementId};
use crate::meta::EventMeta;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What should not have happened, and did.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum AnomalyKind {
    /// A delivery that an operator forced.
    Forced,
    /// A second delivery by another desk: the household was served twice.
    Double,
    /// More was handed over than is due.
    OverAmount,
    /// Handed over after the right was revoked.
    AfterRevocation,
    /// Handed over by a desk that did not hold the entitlement.
    NotHolder,
    /// Vouchers that did not come back after a reversal.
    NotReturned,
    /// Made by a desk before it was relieved, and not known when it was.
    BeforeRelief,
    /// Its serials were out with an earlier delivery already: one of the two bears serials that it did not hand over. It follows
    /// from two entitlements, so none of them has it among its own: whoever holds the records of both finds it.
    SerialsTwice,
}

/// An anomaly of an entitlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Anomaly {
    /// The case that it is: it follows from the entitlement, the kind and the delivery, and is the same at every desk.
    pub id: CaseId,
    /// What happened.
    pub kind: AnomalyKind,
    /// The delivery concerned.
    pub delivery: DeliveryId,
    /// When.
    pub at: Timestamp,
    /// The desk concerned.
    pub desk: DeskId,
    /// What the operator said when forcing.
    pub reason: String,
}

impl Anomaly {
    /// The identifier that an anomaly has at every desk.
    pub fn id_of(entitlement: EntitlementId, kind: AnomalyKind, delivery: DeliveryId) -> CaseId {
        let about = CaseAbout::Delivery {
            entitlement,
            delivery,
        };
        Matter::new(kind.into(), about).id()
    }
}

impl Entitlement {
    /// A delivery of it whose serials were out already, as the anomaly that it is.
    pub fn serials_twice(&self, delivery: DeliveryId) -> Option<Anomaly> {
        let delivery = self.deliveries.iter().find(|d| d.id == delivery)?;
        let id = Anomaly::id_of(self.id, AnomalyKind::SerialsTwice, delivery.id);
        Some(Anomaly {
            id,
            kind: AnomalyKind::SerialsTwice,
            delivery: delivery.id,
            at: delivery.at,
            desk: delivery.desk,
            reason: delivery.forced.clone().unwrap_or_default(),
        })
    }

    pub(super) fn flag(&mut self, kind: AnomalyKind, delivery: DeliveryId, meta: &EventMeta, reason: &str) {
        self.raise(kind, delivery, meta.at, meta.desk, reason);
    }

    fn raise(&mut self, kind: AnomalyKind, delivery: DeliveryId, at: Timestamp, desk: DeskId, reason: &str) {
        let id = Anomaly::id_of(self.id, kind, delivery);
        if self.anomalies.iter().any(|a| a.id == id) {
            return; // two reliefs, and one delivery that neither knew
        }
        self.anomalies.push(Anomaly {
            id,
            kind,
            delivery,
            at,
            desk,
            reason: reason.to_owned(),
        });
    }

    /// What was delivered before a relief and was not known when it was decided.
    pub(super) fn came_to_light(&mut self, known: &[DeliveryId]) {
        let unknown: Vec<_> = self
            .deliveries
            .iter()
            .filter(|d| d.reversal.is_none() && !known.contains(&d.id))
            .map(|d| (d.id, d.at, d.desk, d.forced.clone().unwrap_or_default()))
            .collect();
        for (id, at, desk, reason) in unknown {
            self.raise(AnomalyKind::BeforeRelief, id, at, desk, &reason);
        }
    }
}
