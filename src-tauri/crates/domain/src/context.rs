// SPDX-License-Identifier: EUPL-1.2
//! What a decision may know of the world besides the states that it is given.

use crate::ids::{DeskId, OperatorId, SiteId};
use crate::office::Role;
use crate::time::Timestamp;

/// Where, when and by whom a command is given. The domain has no clock: time is told to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ctx {
    /// The desk's clock.
    pub now: Timestamp,
    /// The desk at which the command is given.
    pub desk: DeskId,
    /// The site that the desk stands at.
    pub site: SiteId,
    /// Who gives it.
    pub operator: OperatorId,
    /// What that person may do.
    pub role: Role,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use uuid::Uuid;

    pub(crate) fn ctx() -> Ctx {
        let noon = chrono::NaiveDate::from_ymd_opt(2021, 1, 18)
            .unwrap()
            .and_hms_opt(12, 0, 0)
            .unwrap();
        Ctx {
            now: Timestamp::of_rome(noon),
            desk: DeskId(Uuid::from_u128(0xd1)),
            site: SiteId(Uuid::from_u128(0x51)),
            operator: OperatorId(Uuid::from_u128(0x0f)),
            role: Role::Operator,
        }
    }
}
