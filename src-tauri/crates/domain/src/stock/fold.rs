// SPDX-License-Identifier: EUPL-1.2
//! The stock of a desk, as its events leave it.

use super::event::{DeliveryNote, Minutes, RemovalReason, ShipmentNo, ShipmentOutcome};
use crate::event::Event;
use crate::ids::{CampaignId, DeskId, OperatorId};
use crate::meta::EventMeta;
use crate::serial::Run;
use crate::time::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a movement was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Moved {
    /// Came in.
    Received {
        /// What the paper says that came with them.
        delivery_note: Option<DeliveryNote>,
    },
    /// Left without being delivered.
    Removed {
        /// Why.
        reason: RemovalReason,
    },
    /// Went off to another desk.
    Shipped {
        /// With which shipment.
        shipment: ShipmentNo,
        /// To whom.
        to: DeskId,
    },
    /// Came from another desk.
    Arrived {
        /// With which shipment.
        shipment: ShipmentNo,
    },
    /// Went off, did not arrive, and it was settled what became of them.
    Settled {
        /// With which shipment.
        shipment: ShipmentNo,
        /// What became of them.
        outcome: ShipmentOutcome,
    },
    /// Set aside, or set free again: nothing moved.
    Reserved {
        /// What for; none where they are free again.
        purpose: Option<String>,
    },
    /// Destroyed.
    Destroyed {
        /// The minutes.
        minutes: Minutes,
    },
}

/// One movement of the stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Movement {
    /// The campaign.
    pub campaign: CampaignId,
    /// The serials.
    pub runs: Vec<Run>,
    /// What it was.
    pub moved: Moved,
    /// In words.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
    /// At which desk it was written.
    pub desk: DeskId,
}

impl Movement {
    /// Whether vouchers came to the desk with it from outside of it.
    pub fn came(&self) -> bool {
        matches!(self.moved, Moved::Received { .. } | Moved::Arrived { .. })
    }
}

/// What came to a desk and what left it other than by delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Stock {
    /// The desk.
    pub desk: DeskId,
    /// Oldest first.
    pub movements: Vec<Movement>,
}

impl Stock {
    /// The serials of a campaign that came in and were not removed: what deliveries may take from.
    pub fn supplied(&self, campaign: CampaignId) -> Vec<Run> {
        self.places(campaign).present
    }

    /// The number of the desk's next shipment.
    pub fn next_shipment(&self) -> u32 {
        let last = self.movements.iter().filter_map(|m| match &m.moved {
            Moved::Shipped { shipment, .. } => Some(shipment.number),
            _ => None,
        });
        last.max().unwrap_or(0).saturating_add(1)
    }

    /// The movement by which a shipment went off.
    pub fn shipped(&self, shipment: ShipmentNo) -> Option<&Movement> {
        self.movements.iter().find(|m| match &m.moved {
            Moved::Shipped { shipment: sent, .. } => *sent == shipment,
            _ => false,
        })
    }

    /// What went off with a shipment, and of which campaign. A desk whose file was put back may have given a number twice: then what
    /// both say is on it.
    pub fn sent(&self, shipment: ShipmentNo) -> Option<(CampaignId, Vec<Run>)> {
        let campaign = self.shipped(shipment)?.campaign;
        let of_it = |m: &&Movement| match &m.moved {
            Moved::Shipped { shipment: sent, .. } => *sent == shipment && m.campaign == campaign,
            _ => false,
        };
        let runs = self.movements.iter().filter(of_it).flat_map(|m| m.runs.clone());
        Some((campaign, runs.collect()))
    }

    /// What arrived here of a shipment.
    pub fn arrived(&self, shipment: ShipmentNo) -> impl Iterator<Item = &Movement> {
        self.movements.iter().filter(move |m| match &m.moved {
            Moved::Arrived { shipment: came } => *came == shipment,
            _ => false,
        })
    }

    /// What was settled of a shipment.
    pub fn settled(&self, shipment: ShipmentNo) -> impl Iterator<Item = &Movement> {
        self.movements.iter().filter(move |m| match &m.moved {
            Moved::Settled { shipment: of, .. } => *of == shipment,
            _ => false,
        })
    }
}

impl crate::state::Fold for Stock {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        let (campaign, runs, note, moved) = match event {
            Event::StockReceived(b) => {
                let delivery_note = b.delivery_note.clone();
                (
                    b.campaign,
                    &b.runs,
                    b.note.clone(),
                    Moved::Received { delivery_note },
                )
            }
            Event::StockRemoved(b) => (
                b.campaign,
                &b.runs,
                b.note.clone(),
                Moved::Removed { reason: b.reason },
            ),
            Event::StockShipped(b) => {
                let (shipment, to) = (b.shipment, b.to);
                (
                    b.campaign,
                    &b.runs,
                    b.note.clone(),
                    Moved::Shipped { shipment, to },
                )
            }
            Event::StockArrived(b) => {
                let shipment = b.shipment;
                (b.campaign, &b.runs, b.note.clone(), Moved::Arrived { shipment })
            }
            Event::StockSettled(b) => {
                let (shipment, outcome) = (b.shipment, b.outcome);
                (
                    b.campaign,
                    &b.runs,
                    b.note.clone(),
                    Moved::Settled { shipment, outcome },
                )
            }
            Event::StockReserved(b) => {
                let purpose = b.purpose.clone();
                (b.campaign, &b.runs, String::new(), Moved::Reserved { purpose })
            }
            Event::StockDestroyed(b) => {
                let minutes = b.minutes.clone();
                (b.campaign, &b.runs, String::new(), Moved::Destroyed { minutes })
            }
            _ => return state,
        };
        let mut stock = state.unwrap_or(Self {
            desk: DeskId(meta.entity.id),
            movements: Vec::new(),
        });
        stock.movements.push(Movement {
            campaign,
            runs: runs.clone(),
            moved,
            note,
            at: meta.at,
            by: meta.actor,
            desk: meta.desk,
        });
        Some(stock)
    }
}
