// SPDX-License-Identifier: EUPL-1.2
//! Who looked at what.

use super::Reads;
use crate::Result;
use crate::book::blob;
use crate::projection::{opened, read_look};
use sportello_domain::ids::{DeskId, HouseholdId, LooksId, OperatorId};
use sportello_domain::look::Opened;
use sportello_domain::time::Timestamp;
use uuid::Uuid;

/// Which looks are meant: all that fit each condition that is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookFilter {
    /// At this household.
    pub household: Option<HouseholdId>,
    /// By this operator.
    pub operator: Option<OperatorId>,
    /// At this desk.
    pub desk: Option<DeskId>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
}

/// A look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookLine {
    /// When.
    pub at: Timestamp,
    /// The household; none for a table.
    pub household: Option<HouseholdId>,
    /// Who.
    pub operator: OperatorId,
    /// Where.
    pub desk: DeskId,
    /// How they came to it.
    pub how: Opened,
}

impl Reads<'_> {
    /// The looks that fit, the latest first, at most so many.
    pub fn looks(&self, filter: &LookFilter, limit: usize) -> Result<Vec<LookLine>> {
        let sql = "SELECT batch, n, at, household, operator, desk, how FROM look
                   WHERE (?1 IS NULL OR household = ?1) AND (?2 IS NULL OR operator = ?2) AND (?3 IS NULL OR desk = ?3)
                     AND at >= ?4 AND at < ?5 ORDER BY at DESC, batch, n LIMIT ?6";
        let rows = self.all(
            sql,
            (
                filter.household.as_ref().map(|id| blob(&id.0)),
                filter.operator.as_ref().map(|id| blob(&id.0)),
                filter.desk.as_ref().map(|id| blob(&id.0)),
                filter.from.map_or(i64::MIN, |at| at.0),
                filter.before.map_or(i64::MAX, |at| at.0),
                i64::try_from(limit).unwrap_or(i64::MAX),
            ),
            read_look,
        )?;
        Ok(rows
            .into_iter()
            .map(|row| LookLine {
                at: Timestamp(row.at),
                household: row.household,
                operator: row.operator,
                desk: row.desk,
                how: opened(row.how),
            })
            .collect())
    }

    /// Records of looks all of which are older than this.
    pub fn looks_before(&self, before: Timestamp) -> Result<Vec<LooksId>> {
        self.all(
            "SELECT batch FROM look GROUP BY batch HAVING max(at) < ?1 ORDER BY batch",
            [before.0],
            |row| Ok(LooksId(Uuid::from_bytes(row.get(0)?))),
        )
    }
}
