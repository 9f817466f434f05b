// SPDX-License-Identifier: EUPL-1.2
//! Entitlements that one desk holds and another waits for.

use super::{Reads, uuid};
use crate::Result;
use crate::book::blob;
use sportello_domain::ids::{DeskId, EntitlementId, HouseholdId};

/// An entitlement that is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustodyCase {
    /// The entitlement.
    pub entitlement: EntitlementId,
    /// The household.
    pub household: HouseholdId,
    /// The desk that holds it.
    pub holder: DeskId,
    /// The desk that waits for it.
    pub to: DeskId,
}

/// Looked at after each exchange. Left to itself, SQLite goes through every entitlement in the order of their identifiers, to spare itself the
/// sorting of the few that are asked for: an exchange of one record then takes as long as the history is.
const ASKED_OF: &str =
    "SELECT id, household, holder, request_to FROM entitlement INDEXED BY entitlement_request
  WHERE request_to IS NOT NULL AND holder = ?1 ORDER BY id";

impl Reads<'_> {
    /// What other desks ask this desk for.
    pub fn custody_asked_of(&self, holder: DeskId) -> Result<Vec<CustodyCase>> {
        self.all(ASKED_OF, [blob(&holder.0)], case)
    }

    /// What this desk waits for.
    pub fn custody_asked_by(&self, desk: DeskId) -> Result<Vec<CustodyCase>> {
        self.all(
            "SELECT id, household, holder, request_to FROM entitlement WHERE request_to = ?1 ORDER BY id",
            [blob(&desk.0)],
            case,
        )
    }

    /// Every entitlement that a desk holds and that is not all served or revoked.
    pub fn custody_of(&self, holder: DeskId) -> Result<Vec<EntitlementId>> {
        self.all(
            "SELECT id FROM entitlement WHERE holder = ?1 AND status IN (0, 1) ORDER BY id",
            [blob(&holder.0)],
            |row| Ok(EntitlementId(uuid(row, 0)?)),
        )
    }
}

fn case(row: &rusqlite::Row<'_>) -> rusqlite::Result<CustodyCase> {
    Ok(CustodyCase {
        entitlement: EntitlementId(uuid(row, 0)?),
        household: HouseholdId(uuid(row, 1)?),
        holder: DeskId(uuid(row, 2)?),
        to: DeskId(uuid(row, 3)?),
    })
}
