// SPDX-License-Identifier: EUPL-1.2
//! The vouchers that a desk holds, as runs of serials.
//!
//! What a desk holds is what came to it, less what left it and what its deliveries took, plus what reversals brought back.
//! The first two are here; deliveries are facts of entitlements, and the store puts the two together. Each desk writes of its own
//! vouchers only: what went from one to another is joined from what both wrote, by the number of the shipment.

mod bolla;
mod decide;
mod event;
mod fold;
mod ledger;
mod preview;

pub use bolla::{Bolla, QR_PREFIX};
pub use decide::{Arrival, Settlement, arrive, destroy, receive, remove, reserve, settle, ship};
pub use event::{
    DeliveryNote, Minutes, RemovalReason, ShipmentNo, ShipmentOutcome, StockArrived, StockDestroyed,
    StockReceived, StockRemoved, StockReserved, StockSettled, StockShipped,
};
pub use fold::{Moved, Movement, Stock};
pub use ledger::{Away, Buckets, Office, Places, Reserved};
pub use preview::{SupplyBox, gaps, twice};

#[cfg(test)]
mod tests;
