// SPDX-License-Identifier: EUPL-1.2
//! What should not have happened, and what was decided of it.

use super::{Entitlement, ExceptionResolved};
use crate::ids::{DeliveryId, DeskId, EntitlementId, ExceptionId, OperatorId};
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

/// What a supervisor decided of an anomaly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Resolution {
    /// The decision.
    pub decision: Decision,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
}

/// What may be decided of an anomaly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It was right as it was done.
    Accepted,
    /// It was put right (vouchers came back, amount settled).
    Corrected,
    /// It goes on to the office that follows it up.
    Referred,
}

/// An anomaly of an entitlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Anomaly {
    /// Follows from the entitlement, the kind and the delivery: the same at every desk.
    pub id: ExceptionId,
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
    /// What was decided; open while none.
    pub resolution: Option<Resolution>,
}

/// What was decided of an anomaly that is found elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Settled {
    /// The anomaly.
    pub exception: ExceptionId,
    /// The decision; the last one holds.
    pub resolution: Resolution,
}

impl Anomaly {
    /// The identifier that an anomaly has at every desk.
    pub fn id_of(entitlement: EntitlementId, kind: AnomalyKind, delivery: DeliveryId) -> ExceptionId {
        ExceptionId(crate::ids::derived(
            "sportello 2026 anomaly",
            &[entitlement.0.as_bytes(), &[kind as u8], delivery.0.as_bytes()],
        ))
    }
}

impl Entitlement {
    /// A delivery of it whose serials were out already, as the anomaly that it is.
    pub fn serials_twice(&self, delivery: DeliveryId) -> Option<Anomaly> {
        let delivery = self.deliveries.iter().find(|d| d.id == delivery)?;
        let id = Anomaly::id_of(self.id, AnomalyKind::SerialsTwice, delivery.id);
        let settled = self.settled.iter().find(|settled| settled.exception == id);
        Some(Anomaly {
            id,
            kind: AnomalyKind::SerialsTwice,
            delivery: delivery.id,
            at: delivery.at,
            desk: delivery.desk,
            reason: delivery.forced.clone().unwrap_or_default(),
            resolution: settled.map(|settled| settled.resolution.clone()),
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
            resolution: None,
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

    pub(super) fn settle(&mut self, meta: &EventMeta, body: &ExceptionResolved) {
        let exception = body.exception;
        let resolution = Resolution {
            decision: body.decision,
            reason: body.reason.clone(),
            at: meta.at,
            by: meta.actor,
        };
        if let Some(anomaly) = self.anomalies.iter_mut().find(|a| a.id == exception) {
            anomaly.resolution = Some(resolution);
            return;
        }
        self.settled.retain(|settled| settled.exception != exception);
        self.settled.push(Settled {
            exception,
            resolution,
        });
    }
}
