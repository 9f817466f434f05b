// SPDX-License-Identifier: EUPL-1.2
//! Households by what identifies them, with what belongs to them.

use super::{Reads, uuid};
use crate::Result;
use crate::book::blob;
use crate::projection::list_ref_key;
use sportello_domain::appointment::Appointment;
use sportello_domain::entitlement::Entitlement;
use sportello_domain::ids::{HouseholdId, MemberId};

/// A member found by identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberMatch {
    /// The household.
    pub household: HouseholdId,
    /// The member.
    pub member: MemberId,
}

impl Reads<'_> {
    /// Members whose identifier has this search key (`PersonIdentifier::search_key`): several, where a tax code is omocodic or
    /// somebody stands in two households.
    pub fn members_by_key(&self, key: &str) -> Result<Vec<MemberMatch>> {
        self.all(
            "SELECT household, member FROM member WHERE key = ?1",
            [key],
            |row| {
                Ok(MemberMatch {
                    household: HouseholdId(uuid(row, 0)?),
                    member: MemberId(uuid(row, 1)?),
                })
            },
        )
    }

    /// Households with this reference of Servizi Sociali, however it is written.
    pub fn households_by_list_ref(&self, list_ref: &str) -> Result<Vec<HouseholdId>> {
        let key = list_ref_key(list_ref);
        if key.is_empty() {
            return Ok(Vec::new());
        }
        self.all(
            "SELECT id FROM household WHERE list_ref = ?1 AND list_ref <> '' ORDER BY id",
            [key],
            |row| Ok(HouseholdId(uuid(row, 0)?)),
        )
    }

    /// The entitlements of a household.
    pub fn entitlements_of(&self, household: HouseholdId) -> Result<Vec<Entitlement>> {
        self.folded(
            "SELECT id, places FROM entitlement WHERE household = ?1 ORDER BY campaign, id",
            [blob(&household.0)],
        )
    }

    /// The appointments of a household, by date.
    pub fn appointments_of(&self, household: HouseholdId) -> Result<Vec<Appointment>> {
        self.states(
            "SELECT state FROM appointment WHERE household = ?1 ORDER BY start, id",
            [blob(&household.0)],
        )
    }

    /// How many households are known.
    pub fn household_count(&self) -> Result<u64> {
        Ok(self
            .conn
            .query_row("SELECT count(*) FROM household", [], |row| row.get::<_, i64>(0))?
            .unsigned_abs())
    }
}
