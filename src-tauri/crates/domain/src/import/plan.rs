// SPDX-License-Identifier: EUPL-1.2
//! What taking a list in would do. Every row has a fate and its reasons; one bad row never stops the others.

use super::columns::{Column, Columns};
use super::known::Known;
use super::notice::Notice;
use super::reason::Reason;
use super::value::RawTable;
use super::{ImportCounts, settle};
use crate::campaign::Campaign;
use crate::household::HouseholdData;
use crate::ids::{EntitlementId, HouseholdId};
use crate::money::Cents;
use chrono::NaiveDate;
use serde::Serialize;

/// A list, and what it is taken in for.
#[derive(Clone, Copy, Debug)]
pub struct PlanInput<'a> {
    /// The list.
    pub table: &'a RawTable,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// BLAKE3 of the file, hexadecimal.
    pub digest: &'a str,
    /// The date that the list bears.
    pub issued: NaiveDate,
    /// Today in Italy.
    pub today: NaiveDate,
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Not taken in.
    Refused,
    /// Taken in; a person should look.
    Doubtful,
    /// Says again what another row says.
    Duplicate,
    /// A household known, with something changed.
    Changed,
    /// A household not known before.
    New,
    /// A household known, nothing changed.
    Unchanged,
}

/// A row with what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedRow {
    /// Its number, as the spreadsheet shows it.
    pub row: u32,
    /// What becomes of it; of a member's row, what becomes of its household.
    pub fate: Fate,
    /// Why; several where there are several.
    pub reasons: Vec<Reason>,
    /// The known household that it was matched with.
    pub household: Option<HouseholdId>,
    /// Surname and name as written.
    pub name: String,
    /// The identifier as written.
    pub identifier: String,
    /// The amount that the household would be due.
    pub amount: Option<Cents>,
    /// The applicant's row, where this is the row of another member of the household. Such a row is not counted among
    /// the households; it is counted when it is refused or a duplicate.
    pub part_of: Option<u32>,
}

/// Something to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Enters a household and grants it the amount.
    Register {
        /// Its identifier, which follows from the file and the row: two desks that take the same file in enter the same one.
        household: HouseholdId,
        /// What is known of it.
        data: Box<HouseholdData>,
        /// The amount.
        amount: Cents,
        /// The row.
        row: u32,
    },
    /// Corrects what is known of a household.
    Correct {
        /// The household.
        household: HouseholdId,
        /// What holds from now on.
        data: Box<HouseholdData>,
        /// The row.
        row: u32,
    },
    /// Grants a known household an amount.
    Grant {
        /// The household.
        household: HouseholdId,
        /// The amount.
        amount: Cents,
        /// The row.
        row: u32,
    },
    /// Sets another amount, or restores a right that was withdrawn.
    Revise {
        /// The household.
        household: HouseholdId,
        /// Its entitlement.
        entitlement: EntitlementId,
        /// The amount.
        amount: Cents,
        /// The row.
        row: u32,
    },
}

/// What taking a list in would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPlan {
    /// What the columns were taken for.
    pub columns: Vec<Column>,
    /// Every row below the headings, once, in the order of the list.
    pub rows: Vec<PlannedRow>,
    /// What is to be written, in the order of the list; empty when the list cannot be taken in.
    pub actions: Vec<Action>,
    /// Households new, changed, unchanged and doubtful; rows that are duplicates or refused.
    pub counts: ImportCounts,
    /// What is to be said of the list as a whole.
    pub notices: Vec<Notice>,
    /// It can be taken in.
    pub applicable: bool,
    /// This very file was taken in before for the campaign: nothing is done again.
    pub again: bool,
    /// What all the households that are taken in are due together, whether anything changes for them or not.
    pub total: Cents,
}

/// Plans the taking in of a list.
pub fn plan<K: Known>(input: &PlanInput<'_>, known: &K) -> Result<ImportPlan, K::Error> {
    let columns = Columns::recognise(input.table);
    let settled = settle::settle(input, &columns, known)?;
    let imports = known.imports()?;
    let again = imports.iter().find(|import| import.digest == input.digest);
    let mut notices = about_columns(&columns, &settled);
    if input.issued > input.today {
        notices.push(Notice::FutureList { issued: input.issued });
    }
    match imports.iter().map(|import| import.issued).max() {
        Some(last) if last > input.issued => notices.push(Notice::OlderList {
            issued: input.issued,
            last,
        }),
        Some(last) if last == input.issued && again.is_none() => {
            notices.push(Notice::SameDate { issued: last });
        }
        _ => {}
    }
    if let Some(again) = again {
        notices.push(Notice::SameListAgain { issued: again.issued });
    }
    let gone = known
        .entitled()?
        .into_iter()
        .filter(|id| !settled.mentioned.contains(id))
        .count();
    if gone > 0 && !settled.rows.is_empty() {
        notices.push(Notice::MissingHouseholds {
            count: u32::try_from(gone).unwrap_or(u32::MAX),
        });
    }
    let mut rows = settled.rows;
    let mut actions = settled.actions;
    if again.is_some() {
        actions.clear();
        for row in rows
            .iter_mut()
            .filter(|row| matches!(row.fate, Fate::New | Fate::Changed | Fate::Doubtful))
        {
            row.fate = Fate::Unchanged;
            row.reasons
                .retain(|reason| matches!(reason, Reason::MemberOf { .. }));
        }
    }
    let applicable = !notices.iter().any(Notice::forbids);
    if !applicable {
        actions.clear();
    }
    Ok(ImportPlan {
        columns: columns.columns,
        counts: count(&rows),
        total: total(&rows),
        rows,
        actions,
        notices,
        applicable,
        again: again.is_some(),
    })
}

fn about_columns(columns: &Columns, settled: &settle::Settled) -> Vec<Notice> {
    if columns.headings.is_none() {
        return vec![Notice::NoHeadings];
    }
    let missing = columns.missing(settled.per_member);
    let mut notices: Vec<Notice> = missing
        .iter()
        .map(|field| Notice::MissingColumn { field: field.key() })
        .collect();
    if settled.rows.is_empty() {
        notices.push(Notice::NoRows);
    } else if notices.is_empty() && settled.rows.iter().all(|row| row.fate == Fate::Refused) {
        notices.push(Notice::AllRefused);
    }
    if settled.per_member {
        notices.push(Notice::OneRowPerMember {
            households: settled.households,
        });
    }
    notices
}

fn is_counted(row: &PlannedRow) -> bool {
    row.part_of.is_none() || matches!(row.fate, Fate::Refused | Fate::Duplicate)
}

fn count(rows: &[PlannedRow]) -> ImportCounts {
    let mut counts = ImportCounts::default();
    for row in rows.iter().filter(|row| is_counted(row)) {
        let place = match row.fate {
            Fate::New => &mut counts.new,
            Fate::Changed => &mut counts.changed,
            Fate::Unchanged => &mut counts.unchanged,
            Fate::Duplicate => &mut counts.duplicate,
            Fate::Doubtful => &mut counts.doubtful,
            Fate::Refused => &mut counts.refused,
        };
        *place += 1;
    }
    counts
}

fn total(rows: &[PlannedRow]) -> Cents {
    rows.iter()
        .filter(|row| row.part_of.is_none() && !matches!(row.fate, Fate::Refused | Fate::Duplicate))
        .filter_map(|row| row.amount)
        .sum()
}
