// SPDX-License-Identifier: EUPL-1.2
//! The kinds of cases, and what the rules say of each: how grave it is, what may be decided, what takes two people.

use crate::entitlement::AnomalyKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What should not have happened, or should be looked at.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    TS,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CaseKind {
    /// A household was served twice.
    Double,
    /// A delivery that an operator forced.
    Forced,
    /// Handed over after the right was revoked.
    AfterRevocation,
    /// More was handed over than is due.
    OverAmount,
    /// Less was handed over than is due, and the rest did not follow.
    UnderAmount,
    /// Handed over by a desk that did not hold the entitlement.
    NotHolder,
    /// Vouchers that did not come back after a reversal.
    NotReturned,
    /// Made by a desk before it was relieved, and not known when it was.
    BeforeRelief,
    /// The same serials are out with two deliveries.
    SerialsTwice,
    /// Serials were handed over that no desk was supplied with.
    SerialsNeverReceived,
    /// Serials were handed over that another desk was supplied with.
    SerialsElsewhere,
    /// Two desks were supplied with the same serials.
    SuppliedTwice,
    /// A count found other vouchers than were to be there, and nobody knows why.
    CountDifference,
    /// A paper form was typed in twice, or typed in and said not to be used.
    FormTwice,
    /// A household has two appointments to come for the same service.
    TwoAppointments,
    /// More people have a slot than there is room for.
    SlotTwice,
    /// A household seems to be in the records twice.
    DuplicateHousehold,
    /// A person seems to be in two households.
    DuplicatePerson,
    /// The same person collected for many households.
    ManyDelegations,
    /// Two records stand at the same place of a log: a cloned disk, a restored backup.
    Fork,
    /// A desk's clock was wrong.
    ClockSkewed,
    /// Records of a revoked desk came late.
    LateAfterRevocation,
    /// Movements were recorded for a day after it was closed.
    LateAfterClosing,
    /// A household presented itself and was never served.
    NeverServed,
    /// Rows of a list were not taken in, or are doubtful.
    RowsRefused,
    /// Whoever was called says that a delivery was not as it is recorded.
    CallDisputed,
}

/// How much a case weighs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "CaseSeverity")]
#[schemars(rename = "CaseSeverity")]
pub enum Severity {
    /// Money of the office, or a right, is gone or in doubt.
    Grave,
    /// Somebody has to act.
    Serious,
    /// To be looked at.
    Minor,
}

/// What may be decided of a case.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS,
)]
#[serde(rename_all = "snake_case")]
pub enum CaseDecision {
    /// It stays as it was recorded, and nobody is asked for anything.
    Accepted,
    /// It was put right, by other records: the reason says by which.
    Corrected,
    /// What was handed over too much is to be given back.
    Recovery,
    /// It goes on to the office that follows it up.
    Referred,
    /// There is nothing wrong: two different people, a number read twice.
    Unfounded,
}

/// A decision that is not finished.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct CaseDraft {
    /// What was chosen so far.
    pub decision: Option<CaseDecision>,
    /// What was written so far.
    pub reason: String,
}

/// What the rules say of a kind of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How much it weighs.
    pub severity: Severity,
    /// What may be decided, in the order in which it is offered. Nothing where it is decided elsewhere: what came late, and branches
    /// of logs, count or do not count by `Command::ReviewLate`.
    pub decisions: &'static [CaseDecision],
    /// To accept it is to let go of what belongs to the office: that takes two people.
    pub loss: bool,
}

impl CaseKind {
    /// Every kind.
    pub const ALL: [Self; 26] = [
        Self::Double,
        Self::Forced,
        Self::AfterRevocation,
        Self::OverAmount,
        Self::UnderAmount,
        Self::NotHolder,
        Self::NotReturned,
        Self::BeforeRelief,
        Self::SerialsTwice,
        Self::SerialsNeverReceived,
        Self::SerialsElsewhere,
        Self::SuppliedTwice,
        Self::CountDifference,
        Self::FormTwice,
        Self::TwoAppointments,
        Self::SlotTwice,
        Self::DuplicateHousehold,
        Self::DuplicatePerson,
        Self::ManyDelegations,
        Self::Fork,
        Self::ClockSkewed,
        Self::LateAfterRevocation,
        Self::LateAfterClosing,
        Self::NeverServed,
        Self::RowsRefused,
        Self::CallDisputed,
    ];

    /// Its word, as identifiers are derived from it: it never changes.
    pub fn word(self) -> &'static str {
        self.into()
    }

    /// What the rules say of it.
    pub const fn rules(self) -> Rules {
        use CaseDecision::{Accepted, Corrected, Recovery, Referred, Unfounded};
        let (severity, decisions, loss): (Severity, &[CaseDecision], bool) = match self {
            Self::Double | Self::OverAmount => (
                Severity::Grave,
                &[Recovery, Corrected, Accepted, Referred, Unfounded],
                true,
            ),
            Self::AfterRevocation | Self::NotReturned => {
                (Severity::Grave, &[Recovery, Corrected, Accepted, Referred], true)
            }
            Self::SerialsTwice => (Severity::Grave, &[Corrected, Accepted, Referred, Unfounded], true),
            Self::SerialsNeverReceived | Self::CountDifference => {
                (Severity::Grave, &[Corrected, Accepted, Referred], true)
            }
            Self::Forced | Self::BeforeRelief => (
                Severity::Serious,
                &[Accepted, Corrected, Recovery, Referred],
                false,
            ),
            Self::NotHolder | Self::SerialsElsewhere => {
                (Severity::Serious, &[Accepted, Corrected, Referred], false)
            }
            Self::SuppliedTwice | Self::DuplicateHousehold => {
                (Severity::Serious, &[Corrected, Referred, Unfounded], false)
            }
            Self::FormTwice | Self::CallDisputed => (
                Severity::Serious,
                &[Corrected, Recovery, Referred, Unfounded],
                false,
            ),
            Self::DuplicatePerson => (
                Severity::Serious,
                &[Corrected, Accepted, Referred, Unfounded],
                false,
            ),
            Self::NeverServed => (Severity::Serious, &[Corrected, Accepted, Referred], false),
            Self::UnderAmount | Self::ClockSkewed | Self::LateAfterClosing | Self::RowsRefused => {
                (Severity::Minor, &[Corrected, Accepted, Referred], false)
            }
            Self::TwoAppointments | Self::SlotTwice => {
                (Severity::Minor, &[Corrected, Accepted, Unfounded], false)
            }
            Self::ManyDelegations => (Severity::Minor, &[Accepted, Referred, Unfounded], false),
            Self::Fork => (Severity::Grave, &[], false),
            Self::LateAfterRevocation => (Severity::Serious, &[], false),
        };
        Rules {
            severity,
            decisions,
            loss,
        }
    }

    /// Whether a decision of it counts only once a second person has signed it.
    pub fn takes_two(self, decision: CaseDecision) -> bool {
        self.rules().loss && decision == CaseDecision::Accepted
    }
}

impl From<AnomalyKind> for CaseKind {
    fn from(kind: AnomalyKind) -> Self {
        match kind {
            AnomalyKind::Forced => Self::Forced,
            AnomalyKind::Double => Self::Double,
            AnomalyKind::OverAmount => Self::OverAmount,
            AnomalyKind::AfterRevocation => Self::AfterRevocation,
            AnomalyKind::NotHolder => Self::NotHolder,
            AnomalyKind::NotReturned => Self::NotReturned,
            AnomalyKind::BeforeRelief => Self::BeforeRelief,
            AnomalyKind::SerialsTwice => Self::SerialsTwice,
        }
    }
}
