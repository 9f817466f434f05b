// SPDX-License-Identifier: EUPL-1.2
//! Why a command is not done. Each names the rule; the sentence that a person reads is in the catalogues, by code.

use crate::ids::{AppointmentId, DeskId, SiteId};
use crate::money::Cents;
use crate::office::Role;
use crate::time::Timestamp;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

/// A rule was against it; nothing was written.
#[derive(
    Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "code", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Rejection {
    /// The role does not allow it.
    #[error("this needs the role {needed:?}")]
    RoleTooLow {
        /// The least role that may.
        needed: Role,
    },
    /// The thing named is not known to this desk.
    #[error("the {what} is not known to this desk")]
    NotFound {
        /// What kind of thing.
        what: &'static str,
    },
    /// A reason is required.
    #[error("a reason is required")]
    ReasonMissing,
    /// A required field is empty or makes no sense.
    #[error("the field {field} is missing or not valid")]
    FieldInvalid {
        /// The field.
        field: &'static str,
    },
    /// A file is larger than what is kept.
    #[error("the file is larger than {most} KiB, or has no name")]
    FileTooLarge {
        /// The most, KiB.
        most: u64,
    },
    /// Nothing was handed over of which a sample could be drawn.
    #[error("nothing was handed over yet")]
    NothingToDraw,
    /// The plan is like that already.
    #[error("the plan is like that already")]
    PlanUnchanged,
    /// The name is taken.
    #[error("{name:?} is already in use")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// One's own passphrase is changed by who knows it.
    #[error("one's own passphrase is changed with the one before")]
    OwnPassphrase,
    /// Another desk may serve it.
    #[error("the entitlement is in the custody of another desk")]
    NotHolder {
        /// That desk.
        holder: DeskId,
    },
    /// All that is due was handed over.
    #[error("all that is due was already handed over")]
    AlreadyServed {
        /// When.
        at: Timestamp,
        /// By which desk.
        desk: DeskId,
    },
    /// The right was withdrawn.
    #[error("the right was revoked: {reason}")]
    Revoked {
        /// Why.
        reason: String,
    },
    /// More than what is still due.
    #[error("{amount} is more than the {due} still due")]
    TooMuch {
        /// What was to be handed over.
        amount: Cents,
        /// What is still due.
        due: Cents,
    },
    /// Less than what is due, and no reason was given.
    #[error("{amount} is less than the {due} still due: a reason is needed")]
    TooLittle {
        /// What was to be handed over.
        amount: Cents,
        /// What is still due.
        due: Cents,
    },
    /// No serials, or serials whose ends make no sense.
    #[error("the voucher serials are missing or not valid")]
    SerialsMissing,
    /// The same serial twice in one act.
    #[error("serials {first} to {last} are given twice")]
    SerialTwice {
        /// First serial.
        first: String,
        /// Last serial.
        last: String,
    },
    /// The desk does not hold these serials.
    #[error("serials {first} to {last} are not in this desk's stock")]
    SerialNotHeld {
        /// First serial.
        first: String,
        /// Last serial.
        last: String,
    },
    /// The serials came in before.
    #[error("serials {first} to {last} were already received")]
    SerialAlreadyReceived {
        /// First serial.
        first: String,
        /// Last serial.
        last: String,
    },
    /// The serials are not on the shipment with which they are to have come.
    #[error("serials {first} to {last} are not on this shipment")]
    SerialNotInShipment {
        /// First serial.
        first: String,
        /// Last serial.
        last: String,
    },
    /// The serials did not go off, arrived, or were settled before.
    #[error("serials {first} to {last} are not on their way")]
    SerialNotInTransit {
        /// First serial.
        first: String,
        /// Last serial.
        last: String,
    },
    /// Another desk sent it.
    #[error("only the desk that sent it, or a supervisor, settles a shipment")]
    NotYourShipment {
        /// That desk.
        desk: DeskId,
    },
    /// What is there is not what the paper says, and nobody said why.
    #[error("{counted} vouchers are there and the delivery note declares {declared}")]
    DeclaredDiffers {
        /// What it says.
        declared: u64,
        /// What is there.
        counted: u64,
    },
    /// Today is not in the campaign's period.
    #[error("today is outside the campaign's period {from} to {to}")]
    OutsidePeriod {
        /// First day.
        from: NaiveDate,
        /// Last day.
        to: NaiveDate,
    },
    /// The campaign serves by appointment only.
    #[error("this campaign serves by appointment only")]
    AppointmentRequired,
    /// The appointment is of somebody else, or of another service.
    #[error("the appointment is not for this household")]
    WrongAppointment,
    /// The act does not fit where the appointment stands.
    #[error("the appointment is {status}")]
    WrongStatus {
        /// Where it stands.
        status: String,
    },
    /// Another desk has called it.
    #[error("another desk has called it")]
    CalledElsewhere {
        /// That desk.
        desk: DeskId,
    },
    /// Nobody waits who can be called here.
    #[error("nobody waits to be called")]
    NobodyWaits,
    /// The service is suspended.
    #[error("the service is suspended: {reason}")]
    ServiceSuspended {
        /// Why.
        reason: String,
    },
    /// The service is not given at this site.
    #[error("the service is not given at this site")]
    ServiceNotHere,
    /// The service is not booked: people come.
    #[error("the service cannot be booked")]
    NotReservable,
    /// It must be booked earlier than that.
    #[error("{start} can no longer be booked: not before {earliest}")]
    TooSoon {
        /// The slot.
        start: NaiveDateTime,
        /// The first moment that can be booked.
        earliest: NaiveDateTime,
    },
    /// It cannot be booked so far ahead.
    #[error("{start} cannot be booked yet: not after {last}")]
    TooFar {
        /// The slot.
        start: NaiveDateTime,
        /// The last day that can be booked.
        last: NaiveDate,
    },
    /// The hours make no sense.
    #[error("the hours make no sense: {problem}")]
    HoursWrong {
        /// What is wrong: `span`, `overlap`, `period`, `reason`.
        problem: &'static str,
    },
    /// No slot begins then.
    #[error("no slot begins at {start}")]
    NoSuchSlot {
        /// What was asked.
        start: NaiveDateTime,
    },
    /// The slot has no room.
    #[error("the slot at {start} is full ({capacity})")]
    SlotFull {
        /// The slot.
        start: NaiveDateTime,
        /// People it has room for.
        capacity: u16,
    },
    /// The slot is over.
    #[error("{start} is in the past")]
    SlotPast {
        /// The slot.
        start: NaiveDateTime,
    },
    /// The household has an appointment already.
    #[error("there is already an appointment at {start}")]
    AlreadyBooked {
        /// That appointment.
        appointment: AppointmentId,
        /// When.
        start: NaiveDateTime,
        /// Where.
        site: SiteId,
    },
    /// The delivery was taken back before.
    #[error("the delivery was already reversed")]
    AlreadyReversed,
    /// The vouchers lie at another desk.
    #[error("only the desk that made the delivery, or a supervisor, can reverse it")]
    NotYourDelivery {
        /// The desk that made it.
        desk: DeskId,
    },
    /// A household is being served: its entitlement stays.
    #[error("the household is being served")]
    BeingServed,
    /// The desk asks for what it has.
    #[error("the desk already holds the entitlement")]
    AlreadyHolder,
    /// The other desk does not read the Quartiere of the household.
    #[error("the other desk does not read {topic}")]
    DeskCannotRead {
        /// The topic.
        topic: crate::meta::Topic,
    },
    /// The code of a hand-over slip was mistyped: its check character says so.
    #[error("the code of the slip was mistyped")]
    SlipMistyped,
    /// Nobody who may have written this slip did: not for this entitlement, or not by a desk of the office.
    #[error("the slip does not hold")]
    SlipWrong,
    /// The slip names another desk.
    #[error("the slip is for another desk")]
    SlipForOther,
    /// The slip was accepted before.
    #[error("the slip was used already")]
    SlipUsed,
    /// The entitlement has gone elsewhere since the slip was written.
    #[error("the slip was called off")]
    SlipCalledOff,
    /// The desk that wrote the slip was revoked.
    #[error("the slip is that of a revoked desk")]
    SlipOfRevoked {
        /// That desk.
        desk: DeskId,
    },
    /// A typed code says nothing of a household that is not known here.
    #[error("a typed code needs the household's records")]
    SlipNeedsRecords,
    /// Nobody said that the dead desk was looked at.
    #[error("the physical check must be made and stated")]
    CheckMissing,
    /// Somebody decided it already.
    #[error("this was decided already")]
    AlreadyDecided,
    /// Nothing was decided that could be opened again.
    #[error("nothing was decided yet")]
    NotDecided,
    /// It is decided elsewhere: what came late, and branches of logs.
    #[error("this is decided where late records are reviewed")]
    DecidedElsewhere,
    /// The decision does not wait for a second signature.
    #[error("no decision waits for a second signature")]
    NothingToSign,
    /// The second signature is another person's.
    #[error("a second person has to sign")]
    SignedAlready,
    /// A right exists already.
    #[error("the household already has an entitlement in this campaign")]
    AlreadyEntitled,
    /// What was known of the household was erased by order.
    #[error("what was known of the household was erased by order")]
    Erased,
    /// Something is still due to the household.
    #[error("something is due to the household until {until}")]
    ErasureStillDue {
        /// The last day of the campaign.
        until: NaiveDate,
    },
    /// The household has an appointment to come to.
    #[error("the household has an appointment on {on}")]
    ErasureAwaited {
        /// That day.
        on: NaiveDate,
    },
    /// An anomaly of the household is not decided.
    #[error("an anomaly of the household is not decided yet")]
    ErasureUndecided,
    /// The campaign goes on.
    #[error("the campaign goes on until {to}")]
    CampaignNotOver {
        /// Its last day.
        to: NaiveDate,
    },
    /// Looks are kept longer than that.
    #[error("looks are kept since {latest}")]
    LooksTooYoung {
        /// The latest day before which they may be erased.
        latest: NaiveDate,
    },
    /// There is nothing that an order would erase.
    #[error("there is nothing to erase")]
    ErasureEmpty,
    /// Days are closed in their order.
    #[error("the day {day} is not closed yet")]
    EarlierDayOpen {
        /// The earliest day that is not.
        day: NaiveDate,
    },
    /// The day was closed, and nothing came after it.
    #[error("the day {day} was closed, and nothing came after it")]
    DayClosed {
        /// The day.
        day: NaiveDate,
    },
    /// The desk holds vouchers that nobody counted.
    #[error("the vouchers of {campaign} were not counted")]
    CountMissing {
        /// The campaign, by name.
        campaign: String,
    },
    /// What was counted is not what is to be there, and nobody said why or that nobody knows.
    #[error("{counted} vouchers of {campaign} were counted instead of {expected}")]
    CountDiffers {
        /// The campaign, by name.
        campaign: String,
        /// How many are to be there.
        expected: u64,
        /// How many were counted.
        counted: u64,
    },
    /// Another desk closed its day.
    #[error("only the desk that closed the day, or a supervisor, writes beside its closing")]
    NotYourClosing {
        /// That desk.
        desk: DeskId,
    },
    /// The desk has no vouchers, or nobody to serve with them.
    #[error("there is nobody to serve, or nothing to serve them with")]
    KitEmpty,
    /// The form was typed in before.
    #[error("the form {number} was typed in already")]
    FormEntered {
        /// The form.
        number: u16,
        /// When.
        at: Timestamp,
    },
    /// It was said that the form is not used.
    #[error("the form {number} was said not to be used")]
    FormVoided {
        /// The form.
        number: u16,
    },
    /// An amount that whole vouchers cannot make.
    #[error("{amount} cannot be made of vouchers of {denomination}")]
    NotWholeVouchers {
        /// The amount.
        amount: Cents,
        /// One voucher.
        denomination: Cents,
    },
}

impl Rejection {
    /// Every code.
    pub const CODES: &'static [&'static str] = <Self as strum::VariantNames>::VARIANTS;

    /// Its code in the catalogues, which never changes.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// An operator may go on with a reason; the act is then an anomaly that a supervisor sees.
    pub fn can_be_forced(&self) -> bool {
        matches!(
            self,
            Self::NotHolder { .. }
                | Self::SerialNotHeld { .. }
                | Self::OutsidePeriod { .. }
                | Self::AppointmentRequired
        )
    }
}
