// SPDX-License-Identifier: EUPL-1.2
//! What is written of vouchers: they came, left, moved between desks, were set aside, were destroyed.

use crate::ids::{CampaignId, DeskId};
use crate::money::Cents;
use crate::serial::Run;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the paper says that came with booklets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DeliveryNote {
    /// Its number, as written.
    pub number: String,
    /// The date it bears.
    pub date: NaiveDate,
    /// How many vouchers it says there are.
    #[ts(type = "number")]
    pub declared: u64,
    /// In how many boxes.
    pub boxes: u32,
}

/// Booklets came to the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockReceived {
    /// The campaign they are for.
    pub campaign: CampaignId,
    /// Value of one voucher.
    pub denomination: Cents,
    /// The serials.
    pub runs: Vec<Run>,
    /// In words; where fewer or more came than declared, why.
    pub note: String,
    /// What the paper says that came with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_note: Option<DeliveryNote>,
}

/// Why vouchers left the stock without being delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RemovalReason {
    /// Cannot be used.
    Damaged,
    /// Cannot be found.
    Lost,
    /// Went back to the office.
    Returned,
    /// Was never there: a receipt entered wrongly.
    Miscounted,
}

/// Vouchers left the stock without being delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRemoved {
    /// The campaign they were for.
    pub campaign: CampaignId,
    /// The serials.
    pub runs: Vec<Run>,
    /// Why.
    pub reason: RemovalReason,
    /// In words.
    pub note: String,
}

/// A shipment: the desk that sent it, and which of its shipments.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
pub struct ShipmentNo {
    /// The sender.
    pub from: DeskId,
    /// 1 for its first, and so on.
    pub number: u32,
}

/// Vouchers went off to another desk: they are not the sender's any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockShipped {
    /// Which shipment.
    pub shipment: ShipmentNo,
    /// To whom.
    pub to: DeskId,
    /// The campaign they are for.
    pub campaign: CampaignId,
    /// Value of one voucher.
    pub denomination: Cents,
    /// The serials.
    pub runs: Vec<Run>,
    /// In words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Vouchers of a shipment are here: those that are really there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockArrived {
    /// Which shipment.
    pub shipment: ShipmentNo,
    /// The campaign they are for.
    pub campaign: CampaignId,
    /// Value of one voucher.
    pub denomination: Cents,
    /// The serials.
    pub runs: Vec<Run>,
    /// In words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What became of vouchers that went off and did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShipmentOutcome {
    /// They are back with the sender.
    TakenBack,
    /// They cannot be found.
    Lost,
    /// They cannot be used.
    Damaged,
}

/// It was settled what became of vouchers that went off and did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockSettled {
    /// Which shipment.
    pub shipment: ShipmentNo,
    /// The campaign they were for.
    pub campaign: CampaignId,
    /// The serials.
    pub runs: Vec<Run>,
    /// What became of them.
    pub outcome: ShipmentOutcome,
    /// In words.
    pub note: String,
}

/// Vouchers are set aside, or set free again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockReserved {
    /// The campaign they are for.
    pub campaign: CampaignId,
    /// The serials.
    pub runs: Vec<Run>,
    /// What for; none where they are free again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
}

/// The minutes of a destruction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Minutes {
    /// Their number, as written.
    pub number: String,
    /// The date they bear.
    pub date: NaiveDate,
    /// Who was present.
    pub present: String,
}

/// Vouchers were destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockDestroyed {
    /// The campaign they were for.
    pub campaign: CampaignId,
    /// The serials.
    pub runs: Vec<Run>,
    /// The minutes.
    pub minutes: Minutes,
}
