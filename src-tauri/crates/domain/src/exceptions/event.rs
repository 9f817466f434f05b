// SPDX-License-Identifier: EUPL-1.2
//! What can be written about a case. Bodies are immutable once released.
//!
//! Each says what the case is, so that whichever comes first begins it.

use super::{CaseDecision, Matter};
use crate::ids::{CommandId, OperatorId};
use serde::{Deserialize, Serialize};

/// A case was given to somebody, or taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAssigned {
    /// The case.
    pub case: Matter,
    /// To whom; none where it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<OperatorId>,
}

/// Somebody wrote something beside a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseNoted {
    /// The case.
    pub case: Matter,
    /// What was written.
    pub text: String,
}

/// A supervisor decided. The decision is known by the command that it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseDecided {
    /// The case.
    pub case: Matter,
    /// What was decided.
    pub decision: CaseDecision,
    /// Why.
    pub reason: String,
    /// It counts once a second person has signed it: the rule as it was then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub takes_two: bool,
}

/// A second person signed a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseCountersigned {
    /// The case.
    pub case: Matter,
    /// The decision.
    pub decision: CommandId,
}

/// A case that was decided is open again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseReopened {
    /// The case.
    pub case: Matter,
    /// The decisions that were known and count no more. One that was made elsewhere and was not known goes on counting: so it is seen.
    pub over: Vec<CommandId>,
    /// Why.
    pub reason: String,
}
