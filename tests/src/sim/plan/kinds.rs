// SPDX-License-Identifier: EUPL-1.2
//! What can happen: deeds of people, accidents of messages, power cuts.

use crate::sim::dice::Dice;
use serde::{Deserialize, Serialize};

/// Something that somebody at a desk sets out to do. What it comes to depends on what the desk shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "each is named as its command is, or says what is special"
)]
pub enum Deed {
    // At every desk.
    ReceiveStock,
    ReceiveTransferred,
    ReceiveWhatOthersHave,
    RemoveStock,
    SendAway,
    Ship,
    TakeShipment,
    TakeShipmentByPaper,
    SettleShipment,
    SetAside,
    Book,
    BookElsewhere,
    BookPerson,
    Move,
    Cancel,
    Present,
    Call,
    Park,
    Miss,
    Undo,
    ClosePerson,
    Deliver,
    DeliverWalkIn,
    DeliverScanned,
    DeliverPartly,
    DeliverTooMuch,
    Refuse,
    ForceNotHolder,
    ForceUnknownSerials,
    ForceOutsidePeriod,
    ReverseReturned,
    ReverseLost,
    Note,
    Correct,
    AskCustody,
    GiveCustody,
    HandOver,
    TakeSlip,
    TakeUsedSlip,
    TakeForeignSlip,
    DeliverCarried,
    BeginDraft,
    DropDraft,
    WalkIn,
    WalkInPerson,
    AddService,
    CallNext,
    NotThere,
    ComeBack,
    Transfer,
    TransferService,
    Prioritise,
    MoveSeveral,
    ImportSeries,
    ImportSeriesAgain,
    // Where supervisors sit.
    Import,
    ImportAgain,
    ImportOlder,
    AddHousehold,
    Revise,
    Lower,
    Revoke,
    GrantAgain,
    Resolve,
    GiveCase,
    NoteCase,
    SignCase,
    ReopenCase,
    ReverseForOthers,
    MoveCustody,
    RelieveCustody,
    RelieveDesk,
    EraseHousehold,
    EraseCampaign,
    EraseLooks,
    DefineHours,
    MoveTouched,
    Destroy,
}

pub(super) const AT_DESKS: [(Deed, u32); 55] = [
    (Deed::ReceiveStock, 4),
    (Deed::ReceiveTransferred, 3),
    (Deed::ReceiveWhatOthersHave, 1),
    (Deed::RemoveStock, 2),
    (Deed::SendAway, 2),
    (Deed::Ship, 5),
    (Deed::TakeShipment, 6),
    (Deed::TakeShipmentByPaper, 5),
    (Deed::SettleShipment, 2),
    (Deed::SetAside, 2),
    (Deed::Book, 30),
    (Deed::BookElsewhere, 3),
    (Deed::BookPerson, 2),
    (Deed::Move, 3),
    (Deed::Cancel, 3),
    (Deed::Present, 9),
    (Deed::Call, 8),
    (Deed::Park, 2),
    (Deed::Miss, 4),
    (Deed::Undo, 2),
    (Deed::ClosePerson, 2),
    (Deed::Deliver, 26),
    (Deed::DeliverWalkIn, 6),
    (Deed::DeliverScanned, 4),
    (Deed::DeliverPartly, 7),
    (Deed::DeliverTooMuch, 1),
    (Deed::Refuse, 5),
    (Deed::ForceNotHolder, 3),
    (Deed::ForceUnknownSerials, 2),
    (Deed::ForceOutsidePeriod, 1),
    (Deed::ReverseReturned, 3),
    (Deed::ReverseLost, 2),
    (Deed::Note, 4),
    (Deed::Correct, 4),
    (Deed::AskCustody, 8),
    (Deed::GiveCustody, 3),
    (Deed::HandOver, 5),
    (Deed::TakeSlip, 7),
    (Deed::TakeUsedSlip, 2),
    (Deed::TakeForeignSlip, 2),
    (Deed::DeliverCarried, 4),
    (Deed::BeginDraft, 3),
    (Deed::DropDraft, 4),
    (Deed::WalkIn, 12),
    (Deed::WalkInPerson, 12),
    (Deed::AddService, 6),
    (Deed::CallNext, 20),
    (Deed::NotThere, 14),
    (Deed::ComeBack, 10),
    (Deed::Transfer, 4),
    (Deed::TransferService, 3),
    (Deed::Prioritise, 4),
    (Deed::MoveSeveral, 2),
    (Deed::ImportSeries, 2),
    (Deed::ImportSeriesAgain, 2),
];

/// What is done by supervisors who only go through cases.
pub(super) const AT_REVIEWERS: [(Deed, u32); 5] = [
    (Deed::Resolve, 10),
    (Deed::GiveCase, 3),
    (Deed::NoteCase, 2),
    (Deed::SignCase, 12),
    (Deed::ReopenCase, 4),
];

pub(super) const AT_SUPERVISORS: [(Deed, u32); 33] = [
    (Deed::Import, 6),
    (Deed::ImportAgain, 3),
    (Deed::ImportOlder, 3),
    (Deed::AddHousehold, 6),
    (Deed::Revise, 8),
    (Deed::Lower, 4),
    (Deed::Revoke, 5),
    (Deed::GrantAgain, 6),
    (Deed::Resolve, 10),
    (Deed::GiveCase, 3),
    (Deed::NoteCase, 2),
    (Deed::SignCase, 3),
    (Deed::ReopenCase, 3),
    (Deed::ReverseForOthers, 3),
    (Deed::MoveCustody, 7),
    (Deed::TakeSlip, 2),
    (Deed::RelieveCustody, 4),
    (Deed::RelieveDesk, 1),
    (Deed::EraseHousehold, 5),
    (Deed::EraseCampaign, 1),
    (Deed::EraseLooks, 1),
    (Deed::Note, 3),
    (Deed::Correct, 3),
    (Deed::Book, 4),
    (Deed::Cancel, 2),
    (Deed::DeliverWalkIn, 1),
    (Deed::ForceNotHolder, 1),
    (Deed::DefineHours, 4),
    (Deed::MoveTouched, 5),
    (Deed::WalkInPerson, 2),
    (Deed::CallNext, 2),
    (Deed::SettleShipment, 4),
    (Deed::Destroy, 4),
];

/// An accident of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The request never arrives.
    LoseRequest,
    /// The request arrives, its answer is lost.
    LoseReply,
    /// The request arrives twice; the second answer is the one that comes back.
    Twice,
    /// The desk gives up waiting; the request arrives later, after others.
    Late,
    /// The request breaks off after so many thousandths.
    CutRequest(u16),
    /// The answer breaks off after so many thousandths.
    CutReply(u16),
    /// A bit of the request is turned, so many millionths into it.
    TurnRequest(u32),
    /// A bit of the answer is turned, so many millionths into it.
    TurnReply(u32),
    /// Somebody else answers: a guest network's page.
    Stranger,
    /// The centre is overloaded, and says so.
    Busy,
    /// The centre answers, and so many seconds have passed.
    Slow(u16),
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 78] = [
        Self::ReceiveStock,
        Self::ReceiveTransferred,
        Self::ReceiveWhatOthersHave,
        Self::RemoveStock,
        Self::SendAway,
        Self::Ship,
        Self::TakeShipment,
        Self::TakeShipmentByPaper,
        Self::SettleShipment,
        Self::SetAside,
        Self::Destroy,
        Self::Book,
        Self::BookElsewhere,
        Self::BookPerson,
        Self::Move,
        Self::Cancel,
        Self::Present,
        Self::Call,
        Self::Park,
        Self::Miss,
        Self::Undo,
        Self::ClosePerson,
        Self::Deliver,
        Self::DeliverWalkIn,
        Self::DeliverScanned,
        Self::DeliverPartly,
        Self::DeliverTooMuch,
        Self::Refuse,
        Self::ForceNotHolder,
        Self::ForceUnknownSerials,
        Self::ForceOutsidePeriod,
        Self::ReverseReturned,
        Self::ReverseLost,
        Self::Note,
        Self::Correct,
        Self::AskCustody,
        Self::GiveCustody,
        Self::HandOver,
        Self::TakeSlip,
        Self::TakeUsedSlip,
        Self::TakeForeignSlip,
        Self::DeliverCarried,
        Self::BeginDraft,
        Self::DropDraft,
        Self::Import,
        Self::ImportAgain,
        Self::ImportOlder,
        Self::AddHousehold,
        Self::Revise,
        Self::Lower,
        Self::Revoke,
        Self::GrantAgain,
        Self::Resolve,
        Self::GiveCase,
        Self::NoteCase,
        Self::SignCase,
        Self::ReopenCase,
        Self::ReverseForOthers,
        Self::MoveCustody,
        Self::RelieveCustody,
        Self::RelieveDesk,
        Self::EraseHousehold,
        Self::EraseCampaign,
        Self::EraseLooks,
        Self::WalkIn,
        Self::WalkInPerson,
        Self::AddService,
        Self::CallNext,
        Self::NotThere,
        Self::ComeBack,
        Self::Transfer,
        Self::TransferService,
        Self::Prioritise,
        Self::MoveSeveral,
        Self::ImportSeries,
        Self::ImportSeriesAgain,
        Self::DefineHours,
        Self::MoveTouched,
    ];

    /// Those that are only done where a clock is far wrong: the campaign goes on, and what was noted of looks is young.
    pub const RARELY: [Self; 3] = [Self::ForceOutsidePeriod, Self::EraseCampaign, Self::EraseLooks];

    /// Those that must never be done: a paper that was used, or that names another desk.
    pub const NEVER: [Self; 2] = [Self::TakeUsedSlip, Self::TakeForeignSlip];
}

impl Fault {
    /// What each kind is counted as.
    pub const NAMES: [&'static str; 11] = [
        "request lost",
        "reply lost",
        "duplicate",
        "late and out of order",
        "request truncated",
        "reply truncated",
        "request corrupted",
        "reply corrupted",
        "a stranger's reply",
        "centre busy",
        "delay",
    ];

    /// What it is counted as.
    pub fn name(self) -> &'static str {
        match self {
            Self::LoseRequest => "request lost",
            Self::LoseReply => "reply lost",
            Self::Twice => "duplicate",
            Self::Late => "late and out of order",
            Self::CutRequest(_) => "request truncated",
            Self::CutReply(_) => "reply truncated",
            Self::TurnRequest(_) => "request corrupted",
            Self::TurnReply(_) => "reply corrupted",
            Self::Stranger => "a stranger's reply",
            Self::Busy => "centre busy",
            Self::Slow(_) => "delay",
        }
    }

    pub(super) fn draw(dice: &mut Dice) -> Self {
        let thousandths = u16::try_from(dice.below(1000)).unwrap_or(0);
        let millionths = u32::try_from(dice.below(1_000_000)).unwrap_or(0);
        match dice.below(11) {
            0 => Self::LoseRequest,
            1 => Self::LoseReply,
            2 => Self::Twice,
            3 => Self::Late,
            4 => Self::CutRequest(thousandths),
            5 => Self::CutReply(thousandths),
            6 => Self::TurnRequest(millionths),
            7 => Self::TurnReply(millionths),
            8 => Self::Stranger,
            9 => Self::Busy,
            _ => Self::Slow(u16::try_from(dice.between(1, 400)).unwrap_or(1)),
        }
    }
}

/// When the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// When chance was asked for so many times within the write: before it is durable.
    Within(u16),
    /// After the write is durable, before anybody is told.
    BeforeTelling,
    /// Before message number so and so arrives.
    BeforeMessage(u16),
    /// After it was answered, before the answer is taken in.
    AfterMessage(u16),
}
