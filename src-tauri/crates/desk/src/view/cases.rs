// SPDX-License-Identifier: EUPL-1.2
//! The reconciliation inbox: what a supervisor must look at, with the evidence of every side and all that was done with it.

use super::DeskName;
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sportello_domain::exceptions::{
    CaseDecision, CaseDeed, CaseDraft, CaseKind, CaseStanding, Matter, Severity,
};
use sportello_domain::ids::{CampaignId, CaseId, CommandId, HouseholdId, OperatorId, SiteId};
use sportello_domain::money::Cents;
use sportello_domain::serial::Run;
use sportello_domain::time::Timestamp;
use ts_rs::TS;

/// A household that a case touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseHousehold {
    /// The household.
    pub id: HouseholdId,
    /// The applicant's name; empty when it is not known here, or was erased.
    pub name: String,
}

/// Somebody with a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CasePerson {
    /// The operator.
    pub id: OperatorId,
    /// The name.
    pub name: String,
}

/// What may be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseChoice {
    /// The decision.
    pub decision: CaseDecision,
    /// It counts once a second person has signed it.
    pub takes_two: bool,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseRow {
    /// Its identifier.
    pub id: CaseId,
    /// What it is.
    pub matter: Matter,
    /// How much it weighs.
    pub severity: Severity,
    /// Where it stands.
    pub standing: CaseStanding,
    /// The records still hold it. Otherwise it was put right, and what was done with it is all that is left.
    pub found: bool,
    /// When it happened.
    pub at: Timestamp,
    /// The desk concerned.
    pub desk: Option<DeskName>,
    /// The site concerned.
    pub site: Option<SiteId>,
    /// The Quartiere concerned: that of the household, or else of the site.
    pub quartiere: Option<u8>,
    /// The campaign.
    pub campaign: Option<CampaignId>,
    /// Who is touched.
    pub households: Vec<CaseHousehold>,
    /// To whom it was given.
    pub assignee: Option<CasePerson>,
    /// What was decided and counts; several where people did not know of each other.
    pub decisions: Vec<CaseDecision>,
    /// What may be decided now: nothing where it was decided, or is decided elsewhere.
    pub choices: Vec<CaseChoice>,
    /// Whoever asks may sign it.
    pub signable: bool,
}

/// How many cases of a kind are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct KindCount {
    /// The kind.
    pub kind: CaseKind,
    /// How many.
    pub open: u32,
}

/// How many cases there are, whatever is filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct InboxCounts {
    /// Somebody still has to do something.
    pub open: u32,
    /// Of these, grave ones.
    pub grave: u32,
    /// Of these, those of whoever asks.
    pub mine: u32,
    /// Of these, given to nobody.
    pub unassigned: u32,
    /// Of these, waiting for a second signature.
    pub awaiting: u32,
    /// Of these, decided differently by two people.
    pub contested: u32,
    /// Decided.
    pub decided: u32,
    /// Open ones by kind; kinds without any are left out.
    pub kinds: Vec<KindCount>,
}

/// The reconciliation inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct InboxView {
    /// The cases that were asked for: grave ones first, then by where they stand, the latest first.
    pub rows: Vec<CaseRow>,
    /// How many fit the filter.
    pub total: u32,
    /// How many there are in all.
    pub counts: InboxCounts,
    /// People to whom a case can be given.
    pub assignees: Vec<CasePerson>,
}

/// What is told on one side of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CaseSideName {
    /// A delivery.
    Delivery,
    /// A time when the household came and got nothing.
    Refusal,
    /// A supervisor took the right from a dead desk.
    Relief,
    /// A supply of vouchers.
    Supply,
    /// What was to be there.
    Expected,
    /// What was counted.
    Counted,
    /// A form as it was typed in.
    Form,
    /// A form that was said not to be used.
    Void,
    /// An appointment.
    Appointment,
    /// A household.
    Household,
    /// Records that were set aside.
    Records,
    /// A desk's clock.
    Clock,
    /// A closing.
    Closing,
    /// What was recorded after it.
    Movements,
    /// A list.
    Import,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each names what the page calls so")]
pub enum CaseFieldName {
    Household,
    At,
    Start,
    FilledAt,
    Desk,
    Operator,
    Site,
    Service,
    Status,
    Applicant,
    Identifier,
    Members,
    Address,
    Phone,
    ListRef,
    Quartiere,
    Right,
    Collector,
    Document,
    Amount,
    Serials,
    Count,
    SharedSerials,
    Forced,
    Partial,
    Reversed,
    Paper,
    Reason,
    Note,
    BookedAt,
    BookedBy,
    Overbooked,
    Topic,
    Records,
    Ahead,
    File,
    Issued,
    Refused,
    Doubtful,
    Taken,
}

/// A value that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CaseValue {
    /// Nothing stands there.
    Nothing,
    /// Words as written.
    Text {
        /// The words.
        text: String,
    },
    /// A word that the page has in its catalogue.
    Word {
        /// Its key.
        word: String,
    },
    /// An amount.
    Amount {
        /// The amount.
        amount: Cents,
    },
    /// An instant.
    At {
        /// The instant.
        at: Timestamp,
    },
    /// A day.
    Day {
        /// The day.
        day: NaiveDate,
    },
    /// A wall time in Italy.
    Slot {
        /// The time.
        start: NaiveDateTime,
    },
    /// Serials.
    Serials {
        /// The runs.
        runs: Vec<Run>,
    },
    /// A number.
    Number {
        /// The number.
        #[ts(type = "number")]
        number: i64,
    },
    /// A span of time, milliseconds.
    Span {
        /// Milliseconds.
        #[ts(type = "number")]
        millis: i64,
    },
}

/// A value of one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseField {
    /// What it is.
    pub name: CaseFieldName,
    /// What stands there.
    pub value: CaseValue,
    /// Another side says something else.
    pub differs: bool,
}

/// One side of a case. All sides have the same fields in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseSide {
    /// What it is.
    pub name: CaseSideName,
    /// It is the one that the case is about.
    pub concerned: bool,
    /// Whose it is.
    pub household: Option<HouseholdId>,
    /// What it says.
    pub fields: Vec<CaseField>,
}

/// What was done with a case, told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseActRow {
    /// The act.
    pub id: CommandId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: CasePerson,
    /// At which desk.
    pub desk: DeskName,
    /// What.
    pub deed: CaseDeed,
    /// To whom it was given, by name.
    pub to: Option<String>,
    /// Of a decision: it counts.
    pub live: bool,
}

/// One case, with the evidence of every side and all that was done with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseView {
    /// The case.
    pub row: CaseRow,
    /// What the records say, side by side; those that say the same kind of thing stand together.
    pub sides: Vec<CaseSide>,
    /// What is due in all, where the case is about a right.
    pub due: Option<Cents>,
    /// What was handed over and not taken back.
    pub delivered: Option<Cents>,
    /// Why the right was withdrawn.
    pub revoked: Option<String>,
    /// All that was done with it, oldest first: it stays for ever.
    pub acts: Vec<CaseActRow>,
    /// What whoever asks left unfinished.
    pub draft: Option<CaseDraft>,
    /// People to whom it can be given.
    pub assignees: Vec<CasePerson>,
}
