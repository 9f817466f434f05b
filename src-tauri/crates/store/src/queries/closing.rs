// SPDX-License-Identifier: EUPL-1.2
//! Closings, the days that none closes, and the differences that nobody explained.

use super::Reads;
use crate::place::Place;
use crate::{Result, book};
use chrono::NaiveDate;
use sportello_domain::closing::{Closing, CountLine, closes};
use sportello_domain::ids::{ClosingId, DeskId};
use sportello_domain::time::{Hlc, Timestamp};
use sportello_protocol::Head;
use std::collections::BTreeMap;

/// So many records are gone through, at most, to find what no closing closes: a desk that never closed has more, and is told of
/// these.
const MOST: usize = 50_000;

/// A day with movements of vouchers that no closing closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDay {
    /// The desk.
    pub desk: DeskId,
    /// The day.
    pub day: NaiveDate,
    /// How many movements.
    pub records: u32,
    /// The last one.
    pub last: Timestamp,
}

/// A difference of a count that nobody has explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountDifference {
    /// The closing.
    pub closing: ClosingId,
    /// Its desk.
    pub desk: DeskId,
    /// Its day.
    pub day: NaiveDate,
    /// Which closing of that day.
    pub turn: u16,
    /// When it was counted.
    pub at: Timestamp,
    /// What was to be there, and what was.
    pub line: CountLine,
}

impl Reads<'_> {
    /// Every closing that is here, the latest first.
    pub fn closings(&self) -> Result<Vec<Closing>> {
        let mut closings: Vec<Closing> = self.things()?;
        closings.sort_by_key(|closing| std::cmp::Reverse((closing.day, closing.turn, closing.desk)));
        Ok(closings)
    }

    /// The days of a desk with movements of vouchers after its last closing, oldest first. They are read from the ends of its logs,
    /// so that no record costs more for it when it is written.
    pub fn open_days(&self, desk: DeskId, closings: &[Closing]) -> Result<Vec<OpenDay>> {
        let closings: Vec<&Closing> = closings.iter().filter(|closing| closing.desk == desk).collect();
        let mut days: BTreeMap<NaiveDate, OpenDay> = BTreeMap::new();
        for (log, id, _) in book::names(self.conn)? {
            if log.desk_id() != desk {
                continue;
            }
            let mut statement = self.conn.prepare_cached(
                "SELECT head FROM journal WHERE place BETWEEN ?1 AND ?2 ORDER BY place DESC",
            )?;
            let mut rows = statement.query((Place::new(id, 0).0, Place::new(id + 1, 0).0 - 1))?;
            let mut seen = 0;
            while let Some(row) = rows.next()? {
                seen += 1;
                if seen > MOST {
                    break;
                }
                let head = Head::from_bytes(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
                if !closes(&head.kind) {
                    continue;
                }
                let (at, hlc) = (Timestamp(head.at), Hlc(head.hlc));
                let day = at.day();
                if closings.iter().any(|closing| closing.covers(day, hlc)) {
                    // Whatever stands before it is closed as well.
                    break;
                }
                let open = days.entry(day).or_insert(OpenDay {
                    desk,
                    day,
                    records: 0,
                    last: at,
                });
                open.records += 1;
                open.last = open.last.max(at);
            }
        }
        Ok(days.into_values().collect())
    }

    /// The differences of all counts that are here and that nobody has explained, the latest first.
    pub fn open_count_differences(&self) -> Result<Vec<CountDifference>> {
        Ok(self
            .closings()?
            .iter()
            .flat_map(|closing| {
                closing.open_differences().map(|line| CountDifference {
                    closing: closing.id,
                    desk: closing.desk,
                    day: closing.day,
                    turn: closing.turn,
                    at: closing.at,
                    line: line.clone(),
                })
            })
            .collect())
    }
}
