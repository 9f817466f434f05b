// SPDX-License-Identifier: EUPL-1.2
//! Vouchers: what a desk has, what is on its way, where each of them was.

use super::{DeskName, Problem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::campaign::Campaign;
use sportello_domain::ids::{CampaignId, EntitlementId, HouseholdId};
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_domain::stock::{Moved, Movement, ShipmentNo, ShipmentOutcome};
use sportello_domain::time::Timestamp;
use ts_rs::TS;

/// What this desk holds of a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StockView {
    /// The campaign.
    pub campaign: Campaign,
    /// The desk.
    pub desk: DeskName,
    /// Serials at hand.
    pub held: Vec<Run>,
    /// How many vouchers that is.
    #[ts(type = "number")]
    pub held_count: u64,
    /// Their value.
    pub held_value: Cents,
    /// Of these, what is set aside.
    pub reserved: Vec<SetAside>,
    /// Of these, how many are set aside.
    #[ts(type = "number")]
    pub reserved_count: u64,
    /// How many are where.
    pub counts: BucketCounts,
    /// Vouchers on their way to this desk, by what is known here.
    #[ts(type = "number")]
    pub coming: u64,
    /// Vouchers that ever came in, each once.
    #[ts(type = "number")]
    pub received: u64,
    /// Vouchers delivered and not taken back.
    #[ts(type = "number")]
    pub delivered: u64,
    /// Vouchers that left otherwise (sent on, damaged, lost, returned, destroyed, or miscounted).
    #[ts(type = "number")]
    pub removed: u64,
    /// What came in and left, latest first.
    pub movements: Vec<MovementRow>,
}

/// Whether serials can be delivered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SerialCheckView {
    /// The run; none when what was typed is not one.
    pub run: Option<Run>,
    /// How many vouchers.
    #[ts(type = "number")]
    pub count: u64,
    /// Their value.
    pub value: Cents,
    /// What some of them are set aside for: that does not stop a delivery.
    pub aside: Option<String>,
    /// What stands against it.
    pub problem: Option<Problem>,
}

/// Vouchers that are set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SetAside {
    /// What for; the code of the kit for those that go with paper forms.
    pub purpose: String,
    /// They go with a kit of paper forms.
    pub kit: bool,
    /// The serials.
    pub runs: Vec<Run>,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// One movement, with names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct MovementRow {
    /// As it was written.
    #[serde(flatten)]
    pub movement: Movement,
    /// How many vouchers.
    #[ts(type = "number")]
    pub count: u64,
    /// Who.
    pub operator: String,
    /// The number of the shipment, as people call it; none where it is of no shipment.
    pub shipment_name: Option<String>,
    /// The other desk of a shipment.
    pub other_desk: Option<DeskName>,
}

/// How many vouchers are where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BucketCounts {
    /// Came from outside of the office at some time.
    #[ts(type = "number")]
    pub received: u64,
    /// Came from another desk at some time.
    #[ts(type = "number")]
    pub arrived: u64,
    /// At hand.
    #[ts(type = "number")]
    pub held: u64,
    /// With people.
    #[ts(type = "number")]
    pub delivered: u64,
    /// On their way to another desk.
    #[ts(type = "number")]
    pub in_transit: u64,
    /// At another desk, which said so.
    #[ts(type = "number")]
    pub transferred: u64,
    /// Cannot be used.
    #[ts(type = "number")]
    pub damaged: u64,
    /// Cannot be found.
    #[ts(type = "number")]
    pub lost: u64,
    /// Went back to the office.
    #[ts(type = "number")]
    pub returned: u64,
    /// Destroyed.
    #[ts(type = "number")]
    pub destroyed: u64,
    /// Never were there.
    #[ts(type = "number")]
    pub miscounted: u64,
}

/// What is odd about booklets before they are taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SupplyPreviewView {
    /// The campaign.
    pub campaign: CampaignId,
    /// Vouchers scanned, each once.
    #[ts(type = "number")]
    pub count: u64,
    /// Their value.
    pub value: Cents,
    /// Boxes scanned.
    pub boxes: u32,
    /// What the delivery note declares, if there is one.
    #[ts(type = "number | null")]
    pub declared: Option<u64>,
    /// The value of that.
    pub declared_value: Option<Cents>,
    /// Boxes that the delivery note declares.
    pub declared_boxes: Option<u32>,
    /// The difference is to be explained: fewer or more came than declared.
    pub differs: bool,
    /// Serials between two boxes of one series that are in neither.
    pub gaps: Vec<Run>,
    /// Serials that were scanned more than once.
    pub twice: Vec<Run>,
    /// Serials that are somewhere already.
    pub known: Vec<KnownSerials>,
}

/// Serials that are somewhere already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct KnownSerials {
    /// The serials.
    pub runs: Vec<Run>,
    /// Where.
    pub desk: DeskName,
    /// They are on their way with this shipment: then they are taken in with it.
    pub shipment: Option<ShipmentNo>,
}

/// Shipments of vouchers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ShipmentsView {
    /// Those with something on its way first, then the latest.
    pub rows: Vec<ShipmentRow>,
}

/// One shipment.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own that the page asks"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ShipmentRow {
    /// Which.
    pub shipment: ShipmentNo,
    /// As people call it: `Q1-A 7`.
    pub name: String,
    /// The sender.
    pub from: DeskName,
    /// To whom; none where the sender's record is not here yet.
    pub to: Option<DeskName>,
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub campaign_name: String,
    /// What went off; what arrived, where the sender's record is not here yet.
    pub runs: Vec<Run>,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
    /// What they are worth.
    pub value: Cents,
    /// When it went off; none where the sender's record is not here yet.
    pub sent_at: Option<Timestamp>,
    /// Who sent it.
    pub sent_by: String,
    /// In words.
    pub note: String,
    /// What arrived.
    pub arrived: Vec<Run>,
    /// When the last of it arrived.
    pub arrived_at: Option<Timestamp>,
    /// What is on its way: did not arrive, and nobody settled.
    pub open: Vec<Run>,
    /// How many.
    #[ts(type = "number")]
    pub open_count: u64,
    /// What was settled.
    pub settled: Vec<SettledRow>,
    /// It goes to this desk.
    pub here: bool,
    /// Whoever asks may say that the sender took back what is open.
    pub may_take_back: bool,
    /// Whoever asks may say that what is open is lost or damaged.
    pub may_write_off: bool,
    /// The records of the receiver are not read at this desk: that it arrived is known at the supervisors' desks.
    pub unseen: bool,
}

/// What was settled of a shipment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SettledRow {
    /// The serials.
    pub runs: Vec<Run>,
    /// What became of them.
    pub outcome: ShipmentOutcome,
    /// In words.
    pub note: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub operator: String,
}

/// A shipment as its paper says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BollaView {
    /// Which.
    pub shipment: ShipmentNo,
    /// As people call it.
    pub name: String,
    /// The sender.
    pub from: DeskName,
    /// The campaign.
    pub campaign: CampaignId,
    /// What is on it; what of it did not arrive yet, where the sender's record is here.
    pub runs: Vec<Run>,
    /// The sender's record is here.
    pub known: bool,
}

/// Where the vouchers of a campaign are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct StockLedgerView {
    /// The campaign.
    pub campaign: CampaignId,
    /// Value of one voucher.
    pub denomination: Cents,
    /// Desks that ever had any, by name.
    pub desks: Vec<LedgerRow>,
    /// The office, where a supervisor asks.
    pub office: Option<OfficeLedger>,
}

/// Where the vouchers of one desk are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct LedgerRow {
    /// The desk.
    pub desk: DeskName,
    /// How many are where.
    pub counts: BucketCounts,
    /// Of those that are held, how many are set aside.
    #[ts(type = "number")]
    pub reserved: u64,
}

/// Where the vouchers of the office are: what was taken in is what is somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct OfficeLedger {
    /// What was taken in, each voucher once, without what was merely miscounted: the one side.
    #[ts(type = "number")]
    pub received: u64,
    /// Its value.
    pub received_value: Cents,
    /// How many are where: the other side.
    pub counts: BucketCounts,
    /// The sum of these.
    #[ts(type = "number")]
    pub accounted: u64,
    /// The value of that.
    pub accounted_value: Cents,
}

/// Everything that is known here of one voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SerialHistoryView {
    /// The campaign.
    pub campaign: CampaignId,
    /// The voucher, as printed.
    pub serial: String,
    /// Oldest first.
    pub steps: Vec<SerialStep>,
    /// At which desk it was, from when until when.
    pub periods: Vec<HeldPeriod>,
}

/// One thing that happened with a voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct SerialStep {
    /// When.
    pub at: Timestamp,
    /// Of which desk's stock.
    pub desk: DeskName,
    /// By whom.
    pub operator: String,
    /// What.
    pub deed: SerialDeed,
    /// In words.
    pub note: String,
    /// The shipment, as people call it.
    pub shipment_name: Option<String>,
    /// The other desk of a shipment.
    pub other_desk: Option<DeskName>,
}

/// What happened with a voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SerialDeed {
    /// It moved.
    Moved {
        /// How.
        moved: Moved,
    },
    /// It was handed over.
    Delivered {
        /// The entitlement.
        entitlement: EntitlementId,
        /// The household.
        household: HouseholdId,
    },
    /// The delivery was taken back.
    Reversed {
        /// The voucher came back.
        returned: bool,
        /// The household.
        household: HouseholdId,
    },
}

/// A time during which a voucher was at a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HeldPeriod {
    /// The desk.
    pub desk: DeskName,
    /// Since when.
    pub from: Timestamp,
    /// Until when; none while it is there.
    pub to: Option<Timestamp>,
}
